//go:build unix

package pgtest

import (
	"os"
	"syscall"
)

// detached gives the supervisor a session of its own, so that neither Ctrl-C nor the end of a terminal reaches it.
func detached() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true} }

// private says whether dir is a real folder that only this user writes to.
func private(dir string) bool {
	info, err := os.Lstat(dir)
	if err != nil || !info.IsDir() || info.Mode().Perm()&0o022 != 0 {
		return false
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Geteuid()
}
