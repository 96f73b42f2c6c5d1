// Package flock takes advisory locks on files, so that two processes of one machine do not do one thing twice.
//
// The operating system drops a lock when its holder ends, however it ends: there is no lock file to clear up after a
// crash, and the file itself is never removed (removing it would let two processes lock two files of one name).
package flock

import (
	"context"
	"errors"
	"os"
	"time"
)

// ErrHeld says that another process holds the lock.
var ErrHeld = errors.New("the lock is held by another process")

// Mode says who may hold the lock at the same time.
type Mode int

const (
	Exclusive Mode = iota // one holder
	Shared                // any number of holders, none of them exclusive
)

// pause between two tries of Wait: short against the seconds a holder takes, long enough to cost nothing.
const pause = 20 * time.Millisecond

// A Lock is held until Release or until the process ends.
type Lock struct{ file *os.File }

// Try takes the lock on path, creating the file, or returns ErrHeld at once.
func Try(path string, mode Mode) (*Lock, error) {
	// The file is private: any process that can open it could hold us up by locking it.
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := try(file, mode); err != nil {
		file.Close()
		return nil, err
	}
	return &Lock{file: file}, nil
}

// Wait takes the lock on path as soon as it is free, or returns the context's error.
func Wait(ctx context.Context, path string, mode Mode) (*Lock, error) {
	for {
		lock, err := Try(path, mode)
		if !errors.Is(err, ErrHeld) {
			return lock, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(pause):
		}
	}
}

// Release gives the lock back.
func (l *Lock) Release() error { return l.file.Close() }
