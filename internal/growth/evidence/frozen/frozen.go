// Package frozen renders what a snapshot says: every standard with its evidence as on a day, as a text that refers to
// nothing outside itself, so that it says the same for ever.
package frozen

import (
	"bytes"
	"context"
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/document"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
)

// Content is what a snapshot says.
type Content struct {
	Organisation string
	AsOf         civil.Date
	At           time.Time
	By           string
	Percent      int // of all standards
	Met          int
	Partly       int
	Missing      int
	Domains      []Domain
}

// Domain is a domain of a framework.
type Domain struct {
	Framework, Edition, Name string
	Standards                []Standard
}

// Standard is a standard with its evidence.
type Standard struct {
	Code, Title, Level, State string
	Version                   int
	Items                     []Item
}

// Item is a piece of evidence. Figure is set for a figure, File for a file: its fingerprint says which it was.
type Item struct {
	Kind, Title, Body, Standing, Owner, Reviewer string
	Collected, ValidUntil                        civil.Date
	StandingBy                                   string
	StandingAt                                   time.Time
	Figure                                       *figure.Citation
	File                                         *document.File
}

// Render gives the text of a snapshot: what is kept and hashed.
func Render(ctx context.Context, c Content) (string, error) {
	var b bytes.Buffer
	if err := body(c).Render(ctx, &b); err != nil {
		return "", err
	}
	return b.String(), nil
}
