package frontdoor

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/fault"
)

// Site is a place where clinics for a client run.
type Site struct {
	ID               uuid.UUID
	Kind, Name, Days string
}

// Kinds are those of a place, in the order of the form.
var Kinds = []string{"hub", "spoke"}

// The longest name of a place, and the longest sentence about its days.
const (
	mostName = 80
	mostDays = 120
)

// Check says what is wrong with a place, in the order of the form. The page is public, so an e-mail address in it is refused.
func Check(s Site) (f fault.Fields) {
	if !slices.Contains(Kinds, s.Kind) {
		f.Add("kind", "frontdoor.kind.empty")
	}
	public(&f, "name", "frontdoor.name.empty", s.Name, mostName)
	public(&f, "days", "frontdoor.days.empty", s.Days, mostDays)
	return f
}

func public(f *fault.Fields, name, empty, text string, most int) {
	if strings.Contains(text, "@") {
		f.Add(name, "frontdoor.address")
		return
	}
	f.Text(name, empty, text, most)
}
