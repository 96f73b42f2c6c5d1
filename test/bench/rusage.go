package main

import (
	"syscall"
	"time"
)

// processor is the processor time that this process has used: what is left of a measurement when a busy machine takes
// the clock's share away.
func processor() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
