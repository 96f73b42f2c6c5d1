package investment

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Told is what a plan says of each of its quarters in an option: what is spent, without optimism bias, who is in the posts
// that it adds, the median wait where somebody simulated it, and the units of each benefit as foretold.
type Told struct {
	Spend    Cash              `json:"spend"`
	Posts    [Quarters]float64 `json:"posts"`
	Wait     [Quarters]*Wait   `json:"waits"`
	Benefits []Gain            `json:"benefits"`
	Costs    []Cost            `json:"costs"`
}

// Cost is what a line or a post takes from the budget over the five years, with optimism bias.
type Cost struct {
	ID    uuid.UUID `json:"id"`
	Title string    `json:"title"`
	Sum   float64   `json:"sum"`
}

// Gain is what a benefit should bring in each quarter.
type Gain struct {
	ID    uuid.UUID         `json:"id"`
	Title string            `json:"title"`
	Unit  string            `json:"unit"`
	Units [Quarters]float64 `json:"units"`
}

// Promised is what a plan says by quarter. Its JSON is frozen with the case.
type Promised struct {
	Start   civil.Date             `json:"start"`
	Chosen  option.Option          `json:"chosen"`
	Options map[option.Option]Told `json:"options"`
}

// Promise is what actual is held against: a case that went to the board, or the plan as it stands.
type Promise struct {
	Promised
	Case   uuid.UUID // nil: the plan as it stands
	N      int
	At     time.Time  // when it was submitted
	Agreed civil.Date // when the board agreed to it; zero: it has not said anything yet
}

// Verdict is what the board said of a case.
type Verdict struct {
	Agreed bool // maybe with conditions
	On     civil.Date
}

// Promised is what the plan says now.
func (r Record) Promised(options ...option.Option) (Promised, error) {
	out := Promised{Start: r.Plan.Start, Chosen: r.Plan.Chosen, Options: map[option.Option]Told{}}
	for _, o := range options {
		costs, err := r.Costs(o, Budget)
		if err != nil {
			return out, err
		}
		t := Told{Spend: Total(costs, false)}
		for _, f := range costs {
			t.Costs = append(t.Costs, Cost{f.ID, f.Title, Total([]Flow{f}, true).Sum()})
		}
		for q := range Quarters {
			t.Posts[q] = r.PostsIn(o, q)
		}
		for _, w := range r.Waits[o] {
			if q := r.Plan.QuarterOf(w.Start); q >= 0 && q < Quarters {
				t.Wait[q] = &w
			}
		}
		for _, b := range r.Benefits {
			if !b.In.Has(o) {
				continue
			}
			g := Gain{ID: b.ID, Title: b.Title, Unit: b.Unit}
			for q := range Quarters {
				g.Units[q] = r.Plan.units(b, q)
			}
			t.Benefits = append(t.Benefits, g)
		}
		out.Options[o] = t
	}
	return out, nil
}

// Against is what actual is held against, in this order: the last case that the board agreed to, the last on which it has
// not said anything, the plan as it stands. A case that the board declined binds nobody.
func (r Record) Against() (Promise, error) {
	if r.frozen != nil {
		return *r.frozen, nil
	}
	now, err := r.Promised(r.Plan.Chosen)
	return Promise{Promised: now}, err
}

// Agreed is the last case that the board agreed to, and the newest since on which it has not said anything; nil where there is none.
func (r Record) Agreed() (agreed, asked *Promise) {
	if r.frozen == nil || r.frozen.Agreed.IsZero() {
		return nil, nil
	}
	return r.frozen, r.asked
}

// told is what was said of the option followed, and which of its quarters begins on a day; ok is false outside of it.
func (p Promised) told(day civil.Date) (t Told, q int, ok bool) {
	t = p.Options[p.Chosen]
	q = Plan{Start: p.Start}.QuarterOf(day)
	return t, q, q >= 0 && q < Quarters
}

// Waits says from which quarter to which waits were simulated, of the option followed, by the first days of both; ok is false where
// none was.
func (p Promised) Waits() (first, last civil.Date, ok bool) {
	plan := Plan{Start: p.Start}
	for q, x := range p.Options[p.Chosen].Wait {
		if x == nil {
			continue
		}
		if last = plan.Quarter(q); !ok {
			first, ok = last, true
		}
	}
	return first, last, ok
}

// promise finds the case that binds, and the newest since on which the board has not said anything.
func (s *Service) promise(ctx context.Context, a access.Actor) (binds, asked *Promise, err error) {
	var all []Promise
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListPromises(ctx, a.Organisation)
		if err != nil {
			return fmt.Errorf("list frozen cases: %w", err)
		}
		for _, x := range rows { // newest first
			p := Promise{Case: x.ID, N: int(x.N), At: x.At}
			if err := json.Unmarshal(x.Promise, &p.Promised); err != nil {
				return fmt.Errorf("read frozen case %s: %w", x.ID, err)
			}
			all = append(all, p)
		}
		return nil
	})
	if err != nil || len(all) == 0 {
		return nil, nil, err
	}
	said := map[uuid.UUID]Verdict{}
	if s.d.Verdicts != nil {
		if said, err = s.d.Verdicts(ctx, a); err != nil {
			return nil, nil, err
		}
	}
	binds, asked = binding(all, said)
	return binds, asked, nil
}

// binding is the newest case that the board agreed to, else the newest on which it has not said anything; asked is the newest of these
// that is newer than what the board agreed to.
func binding(newest []Promise, said map[uuid.UUID]Verdict) (binds, asked *Promise) {
	for i := range newest {
		p := &newest[i]
		v, decided := said[p.Case]
		if v.Agreed {
			p.Agreed = v.On
			return p, asked
		}
		if !decided && asked == nil {
			asked = p
		}
	}
	return asked, asked
}
