package sealed

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

// Box seals and opens the columns of the list. Every slice that keeps such text has one.
type Box struct{ keys *seal.Keys }

// New makes a box that locks with the keys of an installation.
func New(keys *seal.Keys) Box { return Box{keys} }

func (c Column) cell(service, row uuid.UUID) seal.Cell {
	return seal.Cell{Tenant: service, Table: c.Table, Column: c.Name, Row: row, Class: c.Class}
}

// Seal gives what a column of a row holds.
func (b Box) Seal(c Column, service, row uuid.UUID, text string) ([]byte, error) {
	sealed, err := b.keys.SealField(c.cell(service, row), pad(text))
	if err != nil {
		return nil, fmt.Errorf("seal %s.%s: %w", c.Table, c.Name, err)
	}
	return sealed, nil
}

// Open gives the text of a column of a row. A column that is null was never filled: "".
func (b Box) Open(c Column, service, row uuid.UUID, sealed []byte) (string, error) {
	if sealed == nil {
		return "", nil
	}
	padded, err := b.keys.OpenField(c.cell(service, row), sealed)
	if err == nil {
		var text string
		if text, err = unpad(padded); err == nil {
			return text, nil
		}
	}
	// the fault that has its own page; ids are no secret to whoever reads the log, and say which row to look at
	return "", fault.Wrap(fault.Unreadable, "fault.unreadable", fmt.Errorf("open %s.%s of %s: %w", c.Table, c.Name, row, err))
}

// block is the step in which a ciphertext grows, in bytes: longer than any of our codes, so that of a short list
// (why a note is withheld) the length does not tell which; small beside a note.
const block = 32

// pad adds a one bit and zeros up to the next block (ISO/IEC 7816-4).
func pad(text string) []byte {
	b := make([]byte, (len(text)/block+1)*block)
	b[copy(b, text)] = 0x80
	return b
}

func unpad(padded []byte) (string, error) {
	end := bytes.LastIndexByte(padded, 0x80)
	if end < 0 || len(bytes.Trim(padded[end+1:], "\x00")) > 0 {
		return "", errors.New("its text has no end")
	}
	return string(padded[:end]), nil
}
