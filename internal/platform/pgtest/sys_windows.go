package pgtest

import "syscall"

// On Windows pgchild refuses to start: tests need ROWAN_TEST_DATABASE_URL there.

func detached() *syscall.SysProcAttr { return &syscall.SysProcAttr{} }

func private(string) bool { return true }
