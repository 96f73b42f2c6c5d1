package flock_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/rowan-ohwb/rowan/internal/platform/pgchild/flock"
)

func TestTry(t *testing.T) {
	for _, c := range []struct {
		name          string
		first, second flock.Mode
		want          error
	}{
		{"one exclusive holder", flock.Exclusive, flock.Exclusive, flock.ErrHeld},
		{"no reader beside a writer", flock.Exclusive, flock.Shared, flock.ErrHeld},
		{"no writer beside a reader", flock.Shared, flock.Exclusive, flock.ErrHeld},
		{"two readers", flock.Shared, flock.Shared, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "lock")
			first, err := flock.Try(path, c.first)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := flock.Try(path, c.second); !errors.Is(err, c.want) {
				t.Errorf("second lock: %v, want %v", err, c.want)
			}
			if err := first.Release(); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestWait(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	held, err := flock.Try(path, flock.Exclusive)
	if err != nil {
		t.Fatal(err)
	}
	short, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := flock.Wait(short, path, flock.Shared); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a held lock: %v, want a deadline", err)
	}
	time.AfterFunc(50*time.Millisecond, func() { held.Release() })
	if _, err := flock.Wait(t.Context(), path, flock.Exclusive); err != nil {
		t.Errorf("a lock given back: %v", err)
	}
}
