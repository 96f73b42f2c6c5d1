package story

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/document/redaction"
)

// Lengths that a story may have: a title of a line, and parts that are read in a minute each.
const (
	mostTitle   = 120
	mostContact = 200
	MostWords   = 2000
	MostReason  = 500
)

// termMonths is how far ahead the last day may be: what a service did three years ago says little of what it does.
const termMonths = 36

// soonDays is how long before its last day a list says that a story ends.
const soonDays = 30

// State is how far a story has come.
type State string

// The states; see the package's comment.
const (
	Drafted   State = "draft"
	Checked   State = "checked"
	Published State = "published"
	Replaced  State = "replaced"
	Withdrawn State = "withdrawn"
)

// Where a story is shown.
const (
	Inside = "inside"
	Public = "public"
)

// Places are where a story may be shown.
var Places = []string{Inside, Public}

// Drivers are the strategic drivers by which stories are sorted, as the plan's objectives are.
var Drivers = []string{"D1", "D2", "D3", "D4"}

// Effect is the verdict of a forecast in its own words, with the months it was given by.
type Effect struct {
	Forecast, Action          uuid.UUID
	Judgement, Fingerprint    string
	Before, After, Low, High  float64
	Title, Foretold           string // what was done, and what was said beforehand
	Tag, Sentence             string // what came of it, in few words and in one sentence
	Caution                   []string
	Explanations              []string // what else may explain a change
	Figure, Version, Source   string
	Months                    []civil.Date
	Readings                  []float64
	Start, Due                civil.Date
	ForetoldLow, ForetoldHigh float64
	ChanceText, ForetoldText  string // of the bands of the chart
	Judged                    time.Time
	Withheld                  []civil.Date // months that are not told, as they would tell a small number
	Today                     string       // what the months say today, where that is something else; not kept
}

// In is what somebody writes.
type In struct {
	ID                                                uuid.UUID
	Place, Driver, Title, Need, Done, Failed, Contact string
	Review, Ends                                      civil.Date
	Version                                           int // that the form showed; 0 for a new story
}

// Story is a case study.
type Story struct {
	In
	Follows           uuid.UUID
	Citation          uuid.UUID
	Cited             string // the figure of the need as it stood
	Action            uuid.UUID
	ActionTitle, Cost string
	Forecast          uuid.UUID // whose chart is shown
	Effects           []Effect
	State             State
	Returned          string
	Changed           time.Time
	By                string
	writers           []uuid.UUID
	CheckedAt         time.Time
	CheckedBy         string
	PublishedOn       civil.Date
	PublishedBy       string
	EndedOn           civil.Date
	EndedBy, EndedWhy string
}

// Lapsed says that its last day is over.
func (s Story) Lapsed(today civil.Date) bool { return s.State == Published && s.Ends.Before(today) }

// Due says that it is to be looked at again.
func (s Story) Due(today civil.Date) bool {
	return s.State == Published && !s.Lapsed(today) && !s.Review.After(today)
}

// Soon says that it ends soon.
func (s Story) Soon(today civil.Date) bool {
	return s.State == Published && !s.Lapsed(today) && !s.Ends.After(today.AddDays(soonDays))
}

// Shown says that whoever may read it where it is published reads it.
func (s Story) Shown(today civil.Date) bool { return s.State == Published && !s.Lapsed(today) }

// Open says that it is being written or waits.
func (s Story) Open() bool { return s.State == Drafted || s.State == Checked }

// WrittenBy says whether an account wrote any of what waits to be checked.
func (s Story) WrittenBy(account uuid.UUID) bool { return slices.Contains(s.writers, account) }

// Main is the effect whose chart is shown: the one that was chosen, or else the first.
func (s Story) Main() (Effect, bool) {
	for _, e := range s.Effects {
		if e.Forecast == s.Forecast {
			return e, true
		}
	}
	if len(s.Effects) > 0 {
		return s.Effects[0], true
	}
	return Effect{}, false
}

// Check finds what is missing, and what looks like a person: a story is read by strangers.
func (in In) Check(today civil.Date) (f fault.Fields) {
	if !slices.Contains(Places, in.Place) {
		f.Add("place", "story.place.empty")
	}
	if !slices.Contains(Drivers, in.Driver) {
		f.Add("driver", "story.driver.empty")
	}
	text(&f, "title", in.Title, mostTitle, today)
	text(&f, "need", in.Need, MostWords, today)
	text(&f, "done", in.Done, MostWords, today)
	text(&f, "failed", in.Failed, MostWords, today)
	text(&f, "contact", in.Contact, mostContact, today)
	switch {
	case in.Review.IsZero():
		f.Add("review", "story.review.empty")
	case !in.Review.After(today):
		f.Add("review", "story.review.past")
	}
	switch {
	case in.Ends.IsZero():
		f.Add("ends", "story.ends.empty")
	case in.Ends.After(today.AddMonths(termMonths)):
		f.Add("ends", "story.ends.far")
	case !in.Review.IsZero() && in.Ends.Before(in.Review):
		f.Add("ends", "story.ends.early")
	}
	return f
}

// text finds what is wrong with one part. Whom to ask is a role or a team, with its shared address: that is no person.
func text(f *fault.Fields, name, words string, most int, today civil.Date) {
	words = strings.TrimSpace(words)
	switch {
	case words == "":
		f.Add(name, "story."+name+".empty")
	case len([]rune(words)) > most:
		f.Add(name, "form.too_long", "n", most)
	default:
		for _, x := range redaction.Scan(words, today) {
			if name == "contact" && (x.Kind == redaction.Email || x.Kind == redaction.Phone) {
				continue
			}
			f.Add(name, "story.person", "words", x.Text)
			return
		}
	}
}

// CheckReason finds what is wrong with why a story is given back or withdrawn.
func CheckReason(words string) (f fault.Fields) {
	switch n := len([]rune(strings.TrimSpace(words))); {
	case n == 0:
		f.Add("reason", "story.reason.empty")
	case n > MostReason:
		f.Add("reason", "form.too_long", "n", MostReason)
	}
	return f
}

// belonging are the effects that a story has to show: every judged forecast of its action, and the one that was chosen.
func belonging(all []Effect, action, chosen uuid.UUID) (out []Effect) {
	for _, e := range all {
		if e.Forecast == chosen || action != uuid.Nil && e.Action == action {
			out = append(out, e)
		}
	}
	return out
}

// Without is an effect of which some months are not told to everybody; says and why stand in the place of what would tell them: the means and the
// bands that were made of all months.
func (e Effect) Without(months []civil.Date, says, why string) Effect {
	out := e
	out.Months, out.Readings, out.Withheld = nil, nil, nil
	for i, m := range e.Months {
		if slices.Contains(months, m) {
			out.Withheld = append(out.Withheld, m)
			continue
		}
		out.Months, out.Readings = append(out.Months, m), append(out.Readings, e.Readings[i])
	}
	if len(out.Withheld) == 0 {
		return e
	}
	out.Sentence, out.Caution = says, append(slices.Clone(e.Caution), why)
	out.ChanceText, out.ForetoldText, out.ForetoldLow, out.ForetoldHigh = "", "", 0, 0
	return out
}

// Means says whether its means and bands are told.
func (e Effect) Means() bool { return len(e.Withheld) == 0 }

// same says whether two lists are of the same verdicts, told alike.
func same(a, b []Effect) bool {
	key := func(list []Effect) (out []string) {
		for _, e := range list {
			out = append(out, fmt.Sprint(e.Forecast, e.Fingerprint, e.Withheld))
		}
		slices.Sort(out)
		return out
	}
	return slices.Equal(key(a), key(b))
}
