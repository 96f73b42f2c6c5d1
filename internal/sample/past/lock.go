package past

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
func (h *history) lock(c sealed.Column, row uuid.UUID, text string) locked {
	l, err := h.b.Box.Seal(c, h.s.ID, row, text)
	if err != nil {
		panic(err) // every row of ours has a service and an id
	}
	return l
}

// lockNote seals the text of a note.
func (h *history) lockNote(d note.Draft) (body, findings locked) {
	body, findings, err := d.Seal(h.b.Box, h.s.ID)
	if err != nil {
		panic(err) // as above
	}
	return body, findings
}
