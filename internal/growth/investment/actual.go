package investment

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/gauge"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Actual is what became of one thing in a quarter, as somebody typed it.
type Actual struct {
	Quarter civil.Date
	Kind    string    // spend, posts, wait or benefit
	Benefit uuid.UUID // nil unless it is one
	Value   float64   // pounds, whole-time equivalents, working days, units
	Reason  string    // why it stands in the place of Rowan's own records
	Drop    bool      // it does not any more
	At      time.Time
	By      string
}

// Field names what was typed in a form: benefits are told apart by their ids.
func (x Actual) Field() string {
	if x.Kind == benefitKind {
		return x.Kind + "_" + x.Benefit.String()
	}
	return x.Kind
}

// Measures are the kinds of actual besides benefits.
var Measures = []string{"spend", "posts", "wait"}

const (
	postsKind   = "posts"
	waitKind    = "wait"
	benefitKind = "benefit"
)

// Own is what Rowan's own records say of a quarter.
type Own struct {
	Quarter    civil.Date
	Value      float64
	From, Till civil.Date // that it is of; alike where it is of a day
	Source     string     // where it is from, in words
	Path       string     // where it is shown in full
}

// ownKey is of what a record is; benefit is nil unless of one.
type ownKey struct {
	kind    string
	benefit uuid.UUID
	quarter civil.Date
}

// Followed is Read with what Rowan's own records say of the quarters that have begun: of posts and benefits, those of the option that is
// followed.
func (s *Service) Followed(ctx context.Context, a access.Actor, now time.Time) (Record, error) {
	r, err := s.Read(ctx, a, now)
	r.own = map[ownKey]Own{}
	if err != nil || !r.Plan.Set() {
		return r, err
	}
	p := r.Plan
	var quarters []civil.Date
	for _, q := range slices.Backward(p.Over(locale.Day(now))) {
		quarters = append(quarters, p.Quarter(q))
	}
	against, err := r.Against()
	if err != nil || len(quarters) == 0 {
		return r, err
	}
	keep := func(kind string, benefit uuid.UUID, found []Own, err error) error {
		for _, x := range found {
			r.own[ownKey{kind, benefit, x.Quarter}] = x
		}
		return wrap("ask for own records of "+kind, err)
	}
	if s.d.InPost != nil {
		found, err := s.d.InPost(ctx, a, now, against.Chosen, quarters)
		if err := keep(postsKind, uuid.Nil, found, err); err != nil {
			return r, err
		}
	}
	if s.d.Waited != nil {
		found, err := s.d.Waited(ctx, a, now, quarters)
		if err := keep(waitKind, uuid.Nil, found, err); err != nil {
			return r, err
		}
	}
	book := s.d.Figures.Reading()
	for _, b := range r.followed(against) {
		if b, _ = r.Benefit(b.ID); b.Cited == nil || !b.Gauge.Set() {
			continue
		}
		begun := slices.DeleteFunc(slices.Clone(quarters), func(q civil.Date) bool { return q.Before(b.Start) })
		levels, err := gauge.Levels(ctx, book, a, now, b.Cited.Ref, begun)
		var found []Own
		for _, l := range levels {
			found = append(found, b.came(ctx, l))
		}
		if err := keep(benefitKind, b.ID, found, err); err != nil {
			return r, err
		}
	}
	return r, nil
}

// came is what a benefit brought in a quarter by the level of its figure, counted as its plan is.
func (b Benefit) came(ctx context.Context, l gauge.Level) Own {
	source := locale.T(ctx, "investment.gauge.own", "figure", b.Cited.Title, "level", locale.Plain(math.Round(10*l.Mean)/10), "n", l.Months, "from", locale.Plain(*b.Gauge.From), "to", locale.Plain(*b.Gauge.To))
	if l.Version != b.Cited.Version {
		source += ", " + locale.T(ctx, "investment.gauge.version", "version", l.Version, "cited", b.Cited.Version)
	}
	return Own{Quarter: l.Quarter, Value: b.quarterly() * b.Gauge.Reached(l.Mean), From: l.Quarter, Till: l.Till, Path: b.Cited.Ref.Path(), Source: source}
}

// Own is what Rowan's own records say of a kind, or of a benefit, in quarter q. Whoever only Read has none.
func (r Record) Own(kind string, benefit uuid.UUID, q int) (Own, bool) {
	x, there := r.own[ownKey{kind, benefit, r.Plan.Quarter(q)}]
	return x, there
}

func actuals(ctx context.Context, q *db.Queries, org uuid.UUID) (out []Actual, err error) {
	rows, err := q.ListActual(ctx, org)
	if err != nil {
		return nil, fmt.Errorf("list actual: %w", err)
	}
	for _, x := range rows {
		out = append(out, Actual{Quarter: civil.Of(x.Quarter), Kind: x.Kind, Benefit: x.BenefitID, Value: x.Value, Reason: x.Reason, At: x.ChangedAt, By: x.ChangedBy})
	}
	return out, nil
}

// Compared is one thing of a quarter: what was planned and what came. Nil is what nobody knows.
type Compared struct {
	Kind          string
	Benefit       Benefit // of kind benefit: its id, title and unit
	Plan, Actual  *float64
	Typed         *Actual  // who entered it and when; nil where nobody did
	Own           *Own     // what Rowan's own records say, also where something typed stands in their place
	ToDate        *float64 // actual less plan, of all quarters so far in which both are known
	QuartersKnown int
	Foretold      *Wait // of the wait: the interval of what was planned, and how far it may be relied on
}

// Variance is actual less plan.
func (c Compared) Variance() (float64, bool) {
	if c.Plan == nil || c.Actual == nil {
		return 0, false
	}
	return *c.Actual - *c.Plan, true
}

// AddsUp says whether quarters can be added up: spend and benefits can, who is in post and how long people wait cannot.
func (c Compared) AddsUp() bool { return c.Kind != postsKind && c.Kind != waitKind }

// Compare lays actual of quarter q beside what it is held against. Rowan's own records say who is in post and how long
// people waited; what somebody typed goes before them.
func (r Record) Compare(q int) ([]Compared, error) {
	against, err := r.Against()
	if err != nil {
		return nil, err
	}
	plan := func(c Compared, q int) *float64 {
		t, q, ok := against.told(r.Plan.Quarter(q))
		if !ok {
			return nil
		}
		switch c.Kind {
		case postsKind:
			return &t.Posts[q]
		case waitKind:
			if w := t.Wait[q]; w != nil {
				return &w.Median
			}
			return nil
		case benefitKind:
			for _, g := range t.Benefits {
				if g.ID == c.Benefit.ID {
					return &g.Units[q]
				}
			}
			return nil
		}
		return &t.Spend[q]
	}
	one := func(kind string, b Benefit) Compared {
		c := Compared{Kind: kind, Benefit: b}
		c.Plan = plan(c, q)
		if t, at, ok := against.told(r.Plan.Quarter(q)); ok && kind == waitKind {
			c.Foretold = t.Wait[at]
		}
		for at := range q + 1 {
			c.Actual, c.Own, c.Typed = nil, nil, nil
			if x, there := r.Own(kind, b.ID, at); there {
				c.Own, c.Actual = &x, &x.Value
			}
			if x, there := r.entered(kind, b.ID, at); there {
				c.Actual, c.Typed = &x.Value, &x
			}
			if p := plan(c, at); p != nil && c.Actual != nil && c.AddsUp() {
				c.ToDate, c.QuartersKnown = some64(or0(c.ToDate)+*c.Actual-*p), c.QuartersKnown+1
			}
		}
		return c
	}
	var out []Compared
	for _, kind := range Measures {
		out = append(out, one(kind, Benefit{}))
	}
	for _, b := range r.followed(against) {
		out = append(out, one(benefitKind, b))
	}
	return out, nil
}

// entered is what somebody typed of a quarter.
func (r Record) entered(kind string, benefit uuid.UUID, q int) (Actual, bool) {
	at := slices.IndexFunc(r.Actual, func(x Actual) bool { return x.Kind == kind && x.Benefit == benefit && r.Plan.QuarterOf(x.Quarter) == q })
	if at < 0 {
		return Actual{}, false
	}
	return r.Actual[at], true
}

// followed are the benefits that were promised, and those that were planned since in the option followed.
func (r Record) followed(p Promise) (out []Benefit) {
	for _, g := range p.Options[p.Chosen].Benefits {
		out = append(out, Benefit{ID: g.ID, Title: g.Title, Unit: g.Unit})
	}
	for _, b := range r.Benefits {
		if b.In.Has(r.Plan.Chosen) && !slices.ContainsFunc(out, func(x Benefit) bool { return x.ID == b.ID }) {
			out = append(out, b)
		}
	}
	return out
}

// Posts are the whole-time equivalents that the chosen option has in post in quarter q, in posts that it adds.
func (r Record) Posts(q int) float64 { return r.PostsIn(r.Plan.Chosen, q) }

// PostsIn is the same of any option: what InPost counts. They are the new and the development posts of the plan for people; what it
// changes about a post that is there anyway (another WTE or band, an end) is in neither. Where it plans none, people that are typed
// here are the posts: then Rowan has no records of its own, and what came is typed too.
func (r Record) PostsIn(o option.Option, q int) (sum float64) {
	planned := false
	for _, x := range r.posts[o][Budget] {
		if planned = planned || x.Added; x.Added && x.Quarter == r.Plan.Quarter(q) {
			sum += x.On
		}
	}
	if planned {
		return sum
	}
	return r.typed(o, q)
}

// StaffIn are the whole-time equivalents that an option has in quarter q beyond doing nothing, whichever way: posts that it adds,
// changes or ends, and people that are typed here.
func (r Record) StaffIn(o option.Option, q int) float64 {
	sum := r.typed(o, q)
	for _, x := range r.posts[o][Budget] {
		if x.Quarter == r.Plan.Quarter(q) {
			sum += x.On
		}
	}
	return sum
}

// typed are those of people that are typed here.
func (r Record) typed(o option.Option, q int) (sum float64) {
	for _, l := range r.Lines {
		if l.Priced() && l.In.Has(o) && r.Plan.QuarterOf(l.Start) <= q && (l.End.IsZero() || r.Plan.Quarter(q).Before(l.End)) {
			sum += float64(l.Heads) * l.WTE
		}
	}
	return sum
}

// units are what a benefit should bring in quarter q as foretold: neither late nor shared out over a year's end.
func (p Plan) units(b Benefit, q int) float64 {
	since := q - p.QuarterOf(b.Start)
	if since < 0 {
		return 0
	}
	return b.quarterly() * float64(b.Ramp[min(since, len(b.Ramp)-1)]) / 100
}

// quarterly are the units that it should bring in a quarter in full: what is due to the plan and claimed by it.
func (b Benefit) quarterly() float64 { return b.Mode / perYear * b.Attribution / 100 * b.Share / 100 }

// Over lists the quarters of the plan that have begun on a day: those of which there may be an actual, newest first.
func (p Plan) Over(today civil.Date) (out []int) {
	for q := range Quarters {
		if !p.Quarter(q).After(today) {
			out = append(out, q)
		}
	}
	slices.Reverse(out)
	return out
}

// CheckActual says what is wrong with what somebody typed of quarter q: what stands in the place of Rowan's own records
// needs a reason.
func (r Record) CheckActual(q int, x Actual) (f fault.Fields) {
	if x.Drop {
		return f
	}
	if x.Value < 0 {
		f.Add(x.Field(), "investment.actual.value.bad")
	}
	if _, known := r.Own(x.Kind, x.Benefit, q); known && strings.TrimSpace(x.Reason) == "" {
		f.Add(x.Field()+"_reason", "investment.actual.reason.empty")
	}
	f.Long(x.Field()+"_reason", x.Reason, longestReason)
	return f
}

// Enter keeps what became of a quarter. A thing that is entered again takes the place of what was there.
func (s *Service) Enter(ctx context.Context, a access.Actor, now time.Time, q int, all []Actual) error {
	r, err := s.Followed(ctx, a, now)
	if err != nil {
		return err
	}
	against, err := r.Against()
	if err != nil {
		return err
	}
	followed := r.followed(against)
	if !slices.Contains(r.Plan.Over(locale.Day(now)), q) {
		return fault.New(fault.Invalid, "investment.actual.quarter.empty")
	}
	for _, x := range all {
		there := slices.ContainsFunc(followed, func(b Benefit) bool { return b.ID == x.Benefit })
		if (x.Kind == benefitKind) != there {
			return fault.New(fault.Invalid, "investment.actual.value.bad")
		}
		if f := r.CheckActual(q, x); len(f) > 0 {
			return fault.New(fault.Invalid, f[0].Key)
		}
	}
	return s.audited(ctx, a, now, "investment.actual_entered", "invest_plan", a.Organisation, func(tx *postgres.Tx) (changed bool, err error) {
		for _, x := range all {
			quarter := r.Plan.Quarter(q).UTC()
			if x.Drop {
				n, err := db.New(tx).DropActual(ctx, db.DropActualParams{OrganisationID: a.Organisation, Quarter: quarter, Kind: x.Kind, BenefitID: x.Benefit, ChangedAt: now.UTC(), ChangedBy: a.Name})
				if err != nil {
					return false, fmt.Errorf("drop actual: %w", err)
				}
				changed = changed || n > 0
				continue
			}
			if err := db.New(tx).SaveActual(ctx, db.SaveActualParams{OrganisationID: a.Organisation, Quarter: quarter, Kind: x.Kind, BenefitID: x.Benefit, Value: x.Value, Reason: strings.TrimSpace(x.Reason),
				ChangedAt: now.UTC(), ChangedBy: a.Name}); err != nil {
				return false, fmt.Errorf("save actual: %w", err)
			}
			changed = true
		}
		return changed, nil
	})
}

func some64(x float64) *float64 { return &x }

func or0(x *float64) float64 {
	if x == nil {
		return 0
	}
	return *x
}
