package pgchild

import (
	"bytes"
	"fmt"
	"os"
	"syscall"
)

// socketLimit is the longest path of a Unix socket: sun_path holds 108 bytes with its closing zero.
const socketLimit = 107

// dieWithParent has the kernel stop the program when the thread that starts it ends.
func dieWithParent(attr *syscall.SysProcAttr) { attr.Pdeathsig = stopFast }

// inspectProcess tells whether process pid is a PostgreSQL that runs on data. One whose working directory is
// elsewhere has only inherited the number.
func inspectProcess(pid int, data string) processState {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return processGone
	}
	// "123 (name) S ...": the name may hold anything, so the state is found from the right.
	if i := bytes.LastIndexByte(stat, ')'); i >= 0 && i+2 < len(stat) && (stat[i+2] == 'Z' || stat[i+2] == 'X') {
		return processZombie
	}
	cwd, err := os.Readlink(fmt.Sprintf("/proc/%d/cwd", pid))
	if err != nil || cwd != data {
		return processElsewhere // of a user's process that we may not look at, too: the data would be that user's
	}
	return processLive
}
