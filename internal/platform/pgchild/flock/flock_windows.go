package flock

import (
	"errors"
	"os"
)

// Nothing that locks runs on Windows: Rowan uses an external PostgreSQL there.
func try(*os.File, Mode) error { return errors.ErrUnsupported }
