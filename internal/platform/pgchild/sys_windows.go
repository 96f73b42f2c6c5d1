package pgchild

import (
	"context"
	"errors"
	"syscall"
)

const (
	exeSuffix   = ".exe"
	socketLimit = 107
)

// supported refuses: peer authentication, which keeps other users of the machine out, does not exist on Windows.
func supported() error {
	return refuse(errors.ErrUnsupported, "Rowan does not run its own PostgreSQL on Windows: set ROWAN_DATABASE_URL to a PostgreSQL %d or later.", oldest)
}

// What follows lets the package compile; Start refuses before any of it runs.

type account struct {
	name  string
	other bool
}

const (
	stopFast = syscall.SIGINT
	stopNow  = syscall.SIGQUIT
	stopKill = syscall.SIGKILL
)

func isRoot() bool                                             { return false }
func osUser() (string, error)                                  { return "", supported() }
func childAccount(string) (account, error)                     { return account{}, supported() }
func ours(string) bool                                         { return true }
func (account) give(string) error                              { return supported() }
func (account) attributes() *syscall.SysProcAttr               { return &syscall.SysProcAttr{} }
func (account) reaches(context.Context, Binaries, string) bool { return true }
func (account) trusted(string) bool                            { return false }
func dieWithParent(*syscall.SysProcAttr)                       {}
func inspectProcess(int, string) processState                  { return processGone }
func signal(int, syscall.Signal) error                         { return supported() }
