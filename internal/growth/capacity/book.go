package capacity

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Outcome is what an option brings in a quarter, from the newest run of a scenario of the option.
type Outcome struct {
	Option   option.Option
	Scenario uuid.UUID
	Title    string
	Quarter  civil.Date
	Measures map[Measure]Band
	Made     time.Time
	Stale    bool
}

// Compared are options that differ by nothing but what they are: every scenario has the same Terms.
type Compared struct {
	Terms    Terms
	Outcomes []Outcome       // every option that was run with these terms, by quarter
	Missing  []option.Option // those that were not
	Tested   Tested
}

// Plain says that the terms change nothing but people.
func (c Compared) Plain() bool { return c.Terms.Plain() }

// Outcomes gives the options that can be compared.
func (s *Service) Outcomes(ctx context.Context, tx *postgres.Tx) (out Compared, err error) {
	k, err := s.know(ctx, tx)
	if err != nil {
		return out, err
	}
	all, err := s.told(ctx, tx, k)
	if err != nil {
		return out, err
	}
	if out.Tested, err = s.tested(ctx, tx); err != nil {
		return out, err
	}
	terms, chosen := alike(all)
	out.Terms = terms
	for _, o := range option.All {
		t := chosen[o]
		if t == nil {
			out.Missing = append(out.Missing, o)
			continue
		}
		for _, q := range t.Best.Result.Quarters {
			out.Outcomes = append(out.Outcomes, Outcome{o, t.ID, t.Title, q.Start, q.Measures, t.Best.Finished, t.Best.Stale})
		}
	}
	return out, nil
}

// alike chooses the scenarios that stand for the options. They have the same terms: else the difference between two options would be of
// demand and of staff at once. Terms under which doing nothing can be compared with something go first, then those with most options, then those
// that change nothing but people, then the newest; of several scenarios of an option the newest run holds.
func alike(all []Told) (Terms, map[option.Option]*Told) {
	type group struct {
		terms  Terms
		of     map[option.Option]*Told
		newest time.Time
	}
	var groups []*group
	for i := range all {
		t := &all[i]
		if t.Best == nil {
			continue
		}
		at := slices.IndexFunc(groups, func(g *group) bool { return g.terms.Same(t.Terms) })
		if at < 0 {
			at, groups = len(groups), append(groups, &group{terms: t.Terms, of: map[option.Option]*Told{}})
		}
		g := groups[at]
		if best := g.of[t.Option]; best == nil || t.Best.Finished.After(best.Best.Finished) {
			g.of[t.Option] = t
		}
		if t.Best.Finished.After(g.newest) {
			g.newest = t.Best.Finished
		}
	}
	if len(groups) == 0 {
		return Terms{}, nil
	}
	rank := func(b bool) int {
		if b {
			return 1
		}
		return 0
	}
	best := slices.MaxFunc(groups, func(a, b *group) int {
		pair := func(g *group) int { return rank(g.of[option.Nothing] != nil && len(g.of) > 1) }
		return cmp.Or(cmp.Compare(pair(a), pair(b)), cmp.Compare(len(a.of), len(b.of)), cmp.Compare(rank(a.terms.Plain()), rank(b.terms.Plain())), a.newest.Compare(b.newest))
	})
	return best.terms, best.of
}

// Say writes a value of a measure with its unit.
func Say(ctx context.Context, m Measure, x float64) string {
	return locale.T(ctx, "capacity.amount."+string(m), "n", Whole(x))
}

// Whole writes a number without decimals, a half upwards: in one way on every page, so that the same number is the same there.
func Whole(x float64) string { return strconv.FormatFloat(math.Round(x)+0, 'f', 0, 64) }
