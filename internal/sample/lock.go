package sample

import (
	"encoding/hex"
	"encoding/json"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/care/casefile/note"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
)

// locked is sealed text, in JSON as PostgreSQL reads bytes.
type locked []byte

// MarshalJSON writes the hexadecimal form of bytea.
func (l locked) MarshalJSON() ([]byte, error) { return json.Marshal(`\x` + hex.EncodeToString(l)) }

// lock seals a text of the sample for its row.
func (b *builder) lock(c sealed.Column, s *service, row uuid.UUID, text string) locked {
	l, err := b.Box.Seal(c, s.id, row, text)
	if err != nil {
		panic(err) // every row of ours has a service and an id
	}
	return l
}

// lockNote seals the text of a note.
func (b *builder) lockNote(s *service, d note.Draft) (body, findings locked) {
	body, findings, err := d.Seal(b.Box, s.id)
	if err != nil {
		panic(err) // as above
	}
	return body, findings
}
