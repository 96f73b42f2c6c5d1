//go:build unix

package pgchild

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
)

const exeSuffix = ""

func supported() error { return nil }

// account is the operating-system user that PostgreSQL runs as.
type account struct {
	uid, gid int
	name     string
	other    bool // not the user that runs Rowan
}

func isRoot() bool { return os.Geteuid() == 0 }

// osUser is the name under which this process connects, as peer authentication sees it. PostgreSQL and initdb need an
// entry in the user database; a container started with a bare number has none.
func osUser() (string, error) {
	uid := os.Geteuid()
	entry, err := user.LookupId(strconv.Itoa(uid))
	if err != nil {
		return "", refuse(err, "The user that runs Rowan (number %d) has no name on this machine, which PostgreSQL needs: run Rowan as a named user, or set ROWAN_DATABASE_URL.", uid)
	}
	return entry.Username, nil
}

// childAccount chooses the user: ourselves; for root the owner of the data, and for new data nobody.
func childAccount(data string) (account, error) {
	if !isRoot() {
		name, err := osUser()
		return account{uid: os.Geteuid(), gid: os.Getegid(), name: name}, err
	}
	var entry *user.User
	var err error
	if uid, ok := ownerOf(data); ok && uid != 0 {
		entry, err = user.LookupId(strconv.Itoa(uid))
	} else {
		entry, err = user.Lookup("nobody")
	}
	if err != nil {
		return account{}, refuse(err, "PostgreSQL refuses to run as root, and this machine has no user to run it as (%v): run Rowan as an ordinary user.", err)
	}
	uid, errUID := strconv.Atoi(entry.Uid)
	gid, errGID := strconv.Atoi(entry.Gid)
	return account{uid: uid, gid: gid, name: entry.Username, other: true}, errors.Join(errUID, errGID)
}

// ownerOf is the user that owns path, if there is such a path.
func ownerOf(path string) (uid int, ok bool) {
	info, err := os.Lstat(path)
	if err != nil {
		return 0, false
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, false
	}
	return int(stat.Uid), true
}

// ours says whether path belongs to the user that runs Rowan.
func ours(path string) bool {
	uid, ok := ownerOf(path)
	return ok && uid == os.Geteuid()
}

// give makes path belong to the account.
func (a account) give(path string) error {
	if !a.other {
		return nil
	}
	return os.Lchown(path, a.uid, a.gid)
}

// attributes start a program as the account, in a process group of its own: Ctrl-C reaches Rowan, not the program.
func (a account) attributes() *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{Setpgid: true}
	if a.other {
		attr.Credential = &syscall.Credential{Uid: uint32(a.uid), Gid: uint32(a.gid)}
	}
	return attr
}

// reaches says whether the account can enter dir. Running a program there as the account is the only answer that
// counts ACLs, security modules and mount options in.
func (a account) reaches(ctx context.Context, bin Binaries, dir string) bool {
	if !a.other {
		return true
	}
	cmd := exec.CommandContext(ctx, bin.program("postgres"), "--version")
	cmd.Dir, cmd.SysProcAttr = dir, a.attributes()
	return cmd.Run() == nil
}

// trusted says whether dir is a private folder of ours or of the account: in a folder that everybody may write to,
// somebody else may have made one of that name first.
func (a account) trusted(dir string) bool {
	info, err := os.Lstat(dir)
	if err != nil || !info.IsDir() || info.Mode().Perm()&0o077 != 0 {
		return false
	}
	uid, ok := ownerOf(dir)
	return ok && (uid == a.uid || uid == os.Geteuid())
}

// signals for the three ways to stop a postmaster.
const (
	stopFast = syscall.SIGINT  // end sessions, write everything, stop
	stopNow  = syscall.SIGQUIT // stop; the next start replays the log
	stopKill = syscall.SIGKILL // the children notice within seconds
)

func signal(pid int, sig syscall.Signal) error {
	err := syscall.Kill(pid, sig)
	if errors.Is(err, syscall.ESRCH) {
		return fs.ErrNotExist
	}
	return err
}
