package pgchild

import (
	"os/exec"
	"strconv"
	"strings"
	"syscall"
)

// socketLimit is the longest path of a Unix socket: sun_path holds 104 bytes with its closing zero.
const socketLimit = 103

// dieWithParent can do nothing: macOS has no such signal, so the next Start stops one that is left over.
func dieWithParent(*syscall.SysProcAttr) {}

// inspectProcess tells whether process pid is a PostgreSQL that runs on data, by its command line.
func inspectProcess(pid int, data string) processState {
	out, err := exec.Command("/bin/ps", "-o", "stat=,command=", "-p", strconv.Itoa(pid)).Output()
	if err != nil {
		return processGone
	}
	line := strings.TrimSpace(string(out))
	switch {
	case strings.HasPrefix(line, "Z"):
		return processZombie
	case strings.Contains(line, "postgres") && strings.Contains(line, data):
		return processLive
	}
	return processElsewhere
}
