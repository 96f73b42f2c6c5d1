package tree

import (
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// Line is one sealed event as an export holds it. In an export for one tenant
// the events of others are withheld: their line has number and leaf hash only,
// which is all that a root needs and tells nothing.
type Line struct {
	Seq   int64     `json:"seq"`
	Event Event     `json:"event,omitzero"`
	Leaf  tlog.Hash `json:"leaf"`
}

// Withheld says whether the line has no event.
func (l Line) Withheld() bool { return reflect.ValueOf(l.Event).IsZero() }

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

// WriteWithheld writes the line of an event that the reader may not see.
func WriteWithheld(w io.Writer, seq int64, leaf tlog.Hash) error {
	return WriteLine(w, seq, Event{}, leaf)
}

// bytes is the one spelling of a line. The verifier writes what it has read
// again and compares, which refuses unknown keys, double keys and spaces.
func (l Line) bytes() ([]byte, error) {
	if !l.Withheld() {
		l.Event.At = l.Event.At.UTC().Truncate(time.Microsecond)
	}
	b, err := json.Marshal(l)
	if err != nil {
		return nil, fmt.Errorf("spell audit event %d: %w", l.Seq, err)
	}
	return append(b, '\n'), nil
}
