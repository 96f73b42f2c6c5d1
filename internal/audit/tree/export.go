package tree

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// Line is one sealed event as an export holds it.
type Line struct {
	Seq   int64     `json:"seq"`
	Event Event     `json:"event"`
	Leaf  tlog.Hash `json:"leaf"`
}

// WriteLine writes one line of an export. Callers write sealed events only,
// from 0 up to the size of the newest checkpoint, in order.
func WriteLine(w io.Writer, seq int64, e Event, leaf tlog.Hash) error {
	b, err := Line{seq, e, leaf}.bytes()
	if err != nil {
		return err
	}
	if _, err := w.Write(b); err != nil {
		return fmt.Errorf("write audit export: %w", err)
	}
	return nil
}

// bytes is the one spelling of a line. The verifier writes what it has read
// again and compares, which refuses unknown keys, double keys and spaces.
func (l Line) bytes() ([]byte, error) {
	l.Event.At = l.Event.At.UTC().Truncate(time.Microsecond)
	b, err := json.Marshal(l)
	if err != nil {
		return nil, fmt.Errorf("spell audit event %d: %w", l.Seq, err)
	}
	return append(b, '\n'), nil
}
