package app

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// ForUse refuses to serve data that is not meant for use: an empty installation, or the demonstration's.
func (s *Site) ForUse(ctx context.Context) error {
	demo, _, err := s.Accounts.Installed(ctx)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return errors.New("this installation is empty: run `rowan setup` first, or `rowan demo` to try Rowan on invented data")
	case err != nil:
		return fmt.Errorf("read the installation: %w", err)
	case demo:
		return errors.New("this folder holds the demonstration's invented data: run `rowan demo`, or choose another folder with --data")
	}
	return nil
}
