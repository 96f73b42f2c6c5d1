package release

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
)

// State says whether there is a value, and why there is none.
type State string

// The states.
const (
	Known   State = "known"
	Hidden  State = "hidden"  // too small to show
	Nothing State = "nothing" // measured, and nothing happened
)

// Figure is a number of a month. Of a share Part and Whole are counts, rounded; of gaps and actions counts of things, exact; of
// scores Score is the percentage, of rates so many units of the item. What is hidden is null.
type Figure struct {
	Metric     string     `json:"metric"`
	Item       string     `json:"item"` // the element of a score, the rate; "" otherwise
	Month      civil.Date `json:"month"`
	Definition string     `json:"definition"`
	State      State      `json:"state"`
	Part       *int       `json:"numerator"`
	Whole      *int       `json:"denominator"`
	Score      *int       `json:"score"`
}

// Key is what a figure is of. What was released once under a key is never released under it anew.
type Key struct {
	Metric, Item string
	Month        civil.Date
}

// Key of the figure.
func (f Figure) Key() Key { return Key{f.Metric, f.Item, f.Month} }

// Same says whether two figures of one key say the same.
func (f Figure) Same(g Figure) bool {
	same := func(a, b *int) bool { return (a == nil) == (b == nil) && (a == nil || *a == *b) }
	return f.Key() == g.Key() && f.Definition == g.Definition && f.State == g.State && same(f.Part, g.Part) && same(f.Whole, g.Whole) && same(f.Score, g.Score)
}

// Percent is the share, where it may be shown: of counts of people from a denominator of 11 up.
func (f Figure) Percent(m Metric) (float64, bool) {
	switch {
	case m.Kind == Rates:
		return 0, false
	case f.Score != nil:
		return float64(*f.Score), true
	case f.Part == nil || f.Whole == nil || *f.Whole == 0:
		return 0, false
	case m.People():
		return disclosure.RoundedShare(*f.Part, *f.Whole)
	}
	return 100 * float64(*f.Part) / float64(*f.Whole), true
}

// Rate is the number that a figure of rates tells.
func (f Figure) Rate(m Metric) (float64, bool) {
	x, _, ok := m.Item(f.Item)
	if !ok || f.Score == nil {
		return 0, false
	}
	return float64(*f.Score) * x.Unit, true
}

// OfRate is the figure of a rate, to the nearest unit.
func OfRate(m Metric, item, definition string, month civil.Date, value float64) Figure {
	x, _, ok := m.Item(item)
	if !ok {
		panic("no rate of " + m.ID + ": " + item) // a broken build: the pack is tested
	}
	n := int(math.Round(value / x.Unit))
	return Figure{Metric: m.ID, Item: item, Month: month, Definition: definition, State: Known, Score: &n}
}

// OfStock is the figure of an amount of people.
func OfStock(m Metric, item, definition string, month civil.Date, stock disclosure.Figure) Figure {
	n, ok := stock.Value()
	f := OfRate(m, item, definition, month, float64(n))
	if !ok {
		f.State, f.Score = Hidden, nil
	}
	return f
}

// OfPeople is the figure of a month of a share.
func OfPeople(metric, definition string, month civil.Date, part, whole disclosure.Figure) Figure {
	f := Figure{Metric: metric, Month: month, Definition: definition, State: Known}
	if n, ok := part.Value(); ok {
		f.Part = &n
	}
	if n, ok := whole.Value(); ok {
		f.Whole = &n
	}
	switch {
	case f.Part == nil || f.Whole == nil:
		f.State = Hidden
	case *f.Whole == 0:
		f.State = Nothing
	}
	return f
}

// OfGroup is the figure of a group of people in a half-year, of counts that calc/disclosure/linked lets out.
func OfGroup(metric, item, definition string, month civil.Date, part, whole *int) Figure {
	f := Figure{Metric: metric, Item: item, Month: month, Definition: definition, State: Known, Part: part, Whole: whole}
	if part == nil || whole == nil {
		f.State = Hidden
	}
	return f
}

// OfThings is the figure of a month of what are no people.
func OfThings(metric, definition string, month civil.Date, part, whole int) Figure {
	f := Figure{Metric: metric, Month: month, Definition: definition, State: Known, Part: &part, Whole: &whole}
	if whole == 0 {
		f.State = Nothing
	}
	return f
}

// Format and Version name the form of a release.
const (
	Format  = "rowan-release"
	Version = 1
)

// Release is what an organisation gives to its ICS at once.
type Release struct {
	Format  string     `json:"format"`
	Version int        `json:"version"`
	ID      uuid.UUID  `json:"id"`
	MadeAt  time.Time  `json:"made_at"`
	AsAt    civil.Date `json:"as_at"`  // the last day of the newest month: the organisation belongs to the ICS on that day
	System  string     `json:"system"` // the ICS, by its ODS code
	Code    string     `json:"code"`   // the organisation's pseudonym in that ICS
	Name    string     `json:"name"`   // "" where it has not agreed to be named
	Model   string     `json:"model"`  // how its OH service is provided; "" where nobody has said
	Figures []Figure   `json:"figures"`
}

// Models are the ways in which a service is provided (content/packs/services.yaml).
var Models = []string{"internal", "hosted", "collaborative", "outsourced", "mixed", "income"}

// Sort puts the figures in the order in which they are kept: so the same figures are the same bytes.
func (r *Release) Sort() {
	slices.SortFunc(r.Figures, func(a, b Figure) int {
		return cmp.Or(cmp.Compare(a.Metric, b.Metric), cmp.Compare(a.Item, b.Item), a.Month.Compare(b.Month))
	})
}

// Bounds of a release: ten years of every metric are under 2,000 figures.
const (
	mostFigures = 5000
	mostName    = 120
	mostCount   = 10_000_000
	mostRate    = 100_000
)

var (
	codes       = regexp.MustCompile(`^[A-Z2-9]{6}$`)
	items       = regexp.MustCompile(`^[A-Za-z0-9._-]{1,40}$`)
	systems     = regexp.MustCompile(`^[A-Z0-9]{3,10}$`)
	definitions = regexp.MustCompile(`^[\p{L}\p{N} ,.()-]{1,80}$`)
	names       = regexp.MustCompile(`^[\p{L}\p{N} ,.&'’()/-]*$`)
)

// SystemCode names an ICS in a release: by its ODS code, or where it has none by the beginning of its id here.
func SystemCode(id uuid.UUID, ods string) string {
	if ods != "" {
		return ods
	}
	return "X" + strings.ToUpper(id.String()[:8])
}

// Check says what of a release is not as releases are, as the key of a sentence; "" for nothing. It takes no word of whoever made it:
// a count of people must be one that disclosure control lets out.
func (r Release) Check(p Pack, today civil.Date) string {
	switch {
	case r.Format != Format || r.Version != Version || r.ID == uuid.Nil || r.MadeAt.IsZero():
		return "network.file.format"
	case !systems.MatchString(r.System) || !codes.MatchString(r.Code) || len(r.Name) > mostName || !names.MatchString(r.Name) || r.Model != "" && !slices.Contains(Models, r.Model):
		return "network.file.format"
	case !r.AsAt.Valid() || !r.AsAt.EndOfMonth() || r.AsAt.After(today):
		return "network.file.day"
	case len(r.Figures) == 0 || len(r.Figures) > mostFigures:
		return "network.file.figures"
	}
	seen := map[Key]bool{}
	for _, f := range r.Figures {
		m, ok := p.Find(f.Metric)
		switch {
		case !ok:
			return "network.file.metric"
		case seen[f.Key()]:
			return "network.file.twice"
		case !f.Month.Valid() || f.Month.Day != 1 || f.Month.After(r.AsAt):
			return "network.file.day"
		case !definitions.MatchString(f.Definition) || m.Itemised() != (f.Item != "") || f.Item != "" && !items.MatchString(f.Item):
			return "network.file.format"
		}
		seen[f.Key()] = true
		if key := f.check(m); key != "" {
			return key
		}
	}
	return ""
}

func (f Figure) check(m Metric) string {
	const wrong, shows = "network.file.format", "network.file.small"
	if m.Kind == Scores || m.Kind == Rates {
		most := 100
		if m.Kind == Rates {
			most = mostRate
			x, _, ok := m.Item(f.Item)
			if !ok {
				return wrong
			}
			if f.Score != nil && x.Stock && !disclosure.MayBeStock(*f.Score*int(x.Unit)) {
				return shows
			}
		}
		if f.Part != nil || f.Whole != nil || !slices.Contains([]State{Known, Hidden, Nothing}, f.State) || (f.State == Known) != (f.Score != nil) || f.Score != nil && (*f.Score < 0 || *f.Score > most) {
			return wrong
		}
		return ""
	}
	if m.Kind == Groups {
		if _, _, ok := m.InGroups(f.Item); !ok {
			return wrong
		}
	}
	if f.Score != nil {
		return wrong
	}
	for _, n := range []*int{f.Part, f.Whole} {
		if n != nil && (*n < 0 || *n > mostCount) {
			return wrong
		}
		if n != nil && m.People() && !disclosure.MayBeShown(*n, m.Topic()) {
			return shows
		}
	}
	whole := f.Part != nil && f.Whole != nil
	switch f.State {
	case Known:
		if !whole || *f.Whole == 0 || *f.Part > *f.Whole {
			return wrong
		}
	case Nothing:
		if !whole || *f.Whole != 0 || *f.Part != 0 {
			return wrong
		}
	case Hidden:
		if f.Part != nil || !m.People() {
			return wrong
		}
	default:
		return wrong
	}
	return ""
}
