package collection

import (
	"cmp"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

// Effect is the verdict of a forecast in its own words, with the months it was given by.
type Effect struct {
	Forecast                  uuid.UUID
	Judgement                 string
	Before, After, Low, High  *float64 // nil where a month is withheld
	Title, Foretold           string   // what was done, and what was said beforehand
	Tag, Sentence             string   // what came of it
	Caution, Explanations     []string
	Figure, Version, Source   string
	Months                    []civil.Date
	Readings                  []float64
	Withheld                  []civil.Date // months that are not told
	Start, Due                civil.Date
	ForetoldLow, ForetoldHigh float64
	ChanceText, ForetoldText  string // of the bands of the chart
	Judged                    time.Time
}

// Study is a case study that stands in the nation.
type Study struct {
	ID, Call                                   uuid.UUID
	Driver, Title, Need, Done, Failed, Contact string
	Cited, Cost                                string
	Forecast                                   uuid.UUID // whose chart is shown
	Ends                                       civil.Date
	Effects                                    []Effect
	From                                       string // the organisation
	Handed                                     time.Time
	By                                         string
}

// Offered is a published case study that an organisation may hand over.
type Offered struct {
	ID    uuid.UUID
	Title string
	Ends  civil.Date
	Found string // what was measured, in few words; "" for nothing
}

// Handed is a case study as the organisation that handed it over sees it.
type Handed struct {
	ID, Call, Story uuid.UUID
	Title           string
	Ends            civil.Date
	At              time.Time
	By              string
	Ended           civil.Date // zero while it stands
}

// Stands says that the nation sees it on a day.
func (h Handed) Stands(today civil.Date) bool { return h.Ended.IsZero() && !h.Ends.Before(today) }

// Finding is how many forecasts came out alike.
type Finding struct {
	Tag string
	N   int
}

// Impact is what the case studies have measured all together. It adds no effects up: they are of different things.
type Impact struct {
	Studies  int
	Measured int // of which something was foretold and judged
	Findings []Finding
}

// Sum counts what was found: what came out most often first.
func Sum(all []Study) (x Impact) {
	x.Studies = len(all)
	for _, s := range all {
		if len(s.Effects) > 0 {
			x.Measured++
		}
		for _, e := range s.Effects {
			i := slices.IndexFunc(x.Findings, func(f Finding) bool { return f.Tag == e.Tag })
			if i < 0 {
				i = len(x.Findings)
				x.Findings = append(x.Findings, Finding{Tag: e.Tag})
			}
			x.Findings[i].N++
		}
	}
	slices.SortFunc(x.Findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Tag, b.Tag))
	})
	return x
}
