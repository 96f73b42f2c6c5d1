package testimony

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/document/redaction"
)

// The permissions of the slice.
const (
	Read   access.Permission = "testimonial.read"
	Keep   access.Permission = "testimonial.keep"
	Answer access.Permission = "testimonial.answer"
)

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Read, Wall: access.Growth, Data: access.D0, Purpose: "Read what people agreed to have shown", Allow: access.Allow(access.Any, access.Lead, access.OHAdmin, access.Communications, access.Guardian, access.Executive)},
	{Permission: Keep, Wall: access.Growth, Data: access.D0, Purpose: "Ask people whether their words may be shown, and take them away", Allow: access.Allow(access.Any, access.Lead, access.OHAdmin)},
	{Permission: Answer, Wall: access.Hall, Data: access.D0, Purpose: "Agree by a link that one's words are shown, and take that back", Allow: access.Allow(access.Any, access.Roles...)},
}

// Lengths: what is read at a glance.
const (
	MostWords  = 600
	mostGiver  = 120
	MostReason = 300
)

// termMonths is how far ahead the last day may be.
const termMonths = 24

// soonDays is how long before its last day the list says that one ends.
const soonDays = 30

// The places where words may be shown.
const (
	Inside   = "inside"
	Public   = "public"
	Partners = "partners"
)

// Places, Names and Audiences are what may be chosen.
var (
	Places    = []string{Inside, Public, Partners}
	Names     = []string{"name", "role", Nobody}
	Audiences = []string{"person", "manager", "partner"}
)

// Nobody is how somebody is named who is not.
const Nobody = "nobody"

// State is how far a testimonial has come.
type State string

// The states; see the package's comment. Lapsed follows from the last day.
const (
	Asked     State = "asked"
	Agreed    State = "agreed"
	Refused   State = "refused"
	Withdrawn State = "withdrawn"
	Lapsed    State = "lapsed"
)

// Testimonial is what somebody said.
type Testimonial struct {
	ID, Quote          uuid.UUID
	Words              string
	Audience           string
	Named, Giver       string
	Places             []string // that were asked for
	Agreed             []string // that they agreed to
	Ends               civil.Date
	State              State
	Held               bool
	Found              int
	ClearedBy, Cleared string
	By                 string
	maker              uuid.UUID
	AgreedAt           time.Time
	EndedOn            civil.Date
	EndedBy            string
	Gone               bool // a quote that the team withdrew
}

// On is where it stands on a day.
func (x Testimonial) On(today civil.Date) State {
	if (x.State == Agreed || x.State == Asked) && x.Ends.Before(today) {
		return Lapsed
	}
	return x.State
}

// ShownIn says whether it is shown in a place on a day.
func (x Testimonial) ShownIn(place string, today civil.Date) bool {
	return x.On(today) == Agreed && !x.Held && !x.Gone && slices.Contains(x.Agreed, place)
}

// Soon says that it ends soon.
func (x Testimonial) Soon(today civil.Date) bool {
	return x.On(today) == Agreed && !x.Ends.After(today.AddDays(soonDays))
}

// WrittenBy says whether an account wrote it down.
func (x Testimonial) WrittenBy(account uuid.UUID) bool { return x.maker == account }

// Findings are what looks like a person in the words.
func (x Testimonial) Findings(today civil.Date) []redaction.Finding {
	return redaction.Scan(x.Words, today)
}

// Check finds what is missing.
func (x Testimonial) Check(today civil.Date) (f fault.Fields) {
	switch n := len([]rune(strings.TrimSpace(x.Words))); {
	case n == 0 && x.Quote == uuid.Nil:
		f.Add("words", "testimony.words.empty")
	case n > MostWords:
		f.Add("words", "form.too_long", "n", MostWords)
	}
	if !slices.Contains(Audiences, x.Audience) {
		f.Add("audience", "testimony.audience.empty")
	}
	if !slices.Contains(Names, x.Named) {
		f.Add("named", "testimony.named.empty")
	}
	switch n := len([]rune(strings.TrimSpace(x.Giver))); {
	case n == 0 && (x.Named == "name" || x.Named == "role"):
		f.Add("giver", "testimony.giver.empty")
	case n > mostGiver:
		f.Add("giver", "form.too_long", "n", mostGiver)
	case n > 0 && x.Named == Nobody:
		f.Add("giver", "testimony.giver.nobody")
	}
	if len(x.Places) == 0 || !within(x.Places, Places) {
		f.Add("places", "testimony.places.empty")
	}
	checkEnds(&f, x.Ends, today)
	return f
}

func checkEnds(f *fault.Fields, ends, today civil.Date) {
	switch {
	case ends.IsZero():
		f.Add("ends", "testimony.ends.empty")
	case !ends.After(today):
		f.Add("ends", "testimony.ends.past")
	case ends.After(today.AddMonths(termMonths)):
		f.Add("ends", "testimony.ends.far")
	}
}

// within says whether every place is among others.
func within(places, others []string) bool {
	return !slices.ContainsFunc(places, func(p string) bool { return !slices.Contains(others, p) })
}

// CheckPlaces finds what is wrong with the places that the giver ticked.
func (x Testimonial) CheckPlaces(places []string) (f fault.Fields) {
	if len(places) == 0 || !within(places, x.Places) {
		f.Add("places", "testimony.answer.places.empty")
	}
	return f
}

// CheckQuote finds what is missing where a quote of feedback is used.
func CheckQuote(quote uuid.UUID, ends, today civil.Date) (f fault.Fields) {
	if quote == uuid.Nil {
		f.Add("quote", "testimony.quote.empty")
	}
	checkEnds(&f, ends, today)
	return f
}

// CheckReason finds what is wrong with why held words may stand.
func CheckReason(words string) (f fault.Fields) {
	switch n := len([]rune(strings.TrimSpace(words))); {
	case n == 0:
		f.Add("reason", "testimony.clear.empty")
	case n > MostReason:
		f.Add("reason", "form.too_long", "n", MostReason)
	}
	return f
}
