package seal

import (
	"errors"
	"fmt"

	"github.com/google/uuid"
)

// Cell is the one place where a ciphertext opens.
type Cell struct {
	Tenant uuid.UUID // the organisation or service that leads the table's key
	Table  string
	Column string
	Row    uuid.UUID
	Class  string // data class: a cell moved to a lower class does not open
}

// ErrCell means the ciphertext is not of this cell, or was altered.
var ErrCell = errors.New("sealed field does not open in this cell")

// bound is what the ciphertext is tied to. Its first part is the version of
// this layout.
func (c Cell) bound() ([]byte, error) {
	if c.Tenant == uuid.Nil || c.Row == uuid.Nil || c.Table == "" || c.Column == "" || c.Class == "" {
		return nil, fmt.Errorf("sealed field of %q.%q has no complete cell", c.Table, c.Column)
	}
	return parts("field 1", string(c.Tenant[:]), c.Table, c.Column, string(c.Row[:]), c.Class), nil
}

// SealField encrypts a value for its cell.
func (k *Keys) SealField(c Cell, plain []byte) ([]byte, error) {
	bound, err := c.bound()
	if err != nil {
		return nil, err
	}
	sealed, err := k.field.Encrypt(plain, bound)
	if err != nil {
		return nil, fmt.Errorf("seal field: %w", err)
	}
	return sealed, nil
}

// OpenField decrypts the value of a cell.
func (k *Keys) OpenField(c Cell, sealed []byte) ([]byte, error) {
	bound, err := c.bound()
	if err != nil {
		return nil, err
	}
	plain, err := k.field.Decrypt(sealed, bound)
	if err != nil {
		return nil, ErrCell
	}
	return plain, nil
}
