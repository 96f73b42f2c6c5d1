package investment_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/pay"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/gauge"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

var (
	now  = time.Date(2026, 11, 10, 10, 0, 0, 0, time.UTC)
	july = civil.Date{Year: 2026, Month: 7, Day: 1}
	all  = investment.In{Minimum: true, Preferred: true, Maximum: true}
)

// shelf is a book with one figure whose value a test changes.
type shelf struct{ value string }

func (s *shelf) Kinds() []string { return []string{"test"} }

func (s *shelf) List(ctx context.Context, a access.Actor, now time.Time) ([]figure.Figure, error) {
	f, err := s.Figure(ctx, a, now, figure.Ref{Kind: "test", Name: "days"}, civil.Date{})
	return []figure.Figure{f}, err
}

func (s *shelf) Figure(_ context.Context, _ access.Actor, _ time.Time, ref figure.Ref, _ civil.Date) (figure.Figure, error) {
	if ref.Name != "days" {
		return figure.Figure{}, fault.Missing("figure")
	}
	return figure.Figure{Ref: ref, Title: "Days lost", State: figure.Known, Value: s.value, PeriodText: "October 2026", Definition: "d", Version: "1", Source: "s"}, nil
}

func plan() investment.Plan {
	return investment.Plan{Start: july, PayUplift: 2, Inflation: 2, Delay: 1, Chosen: option.Preferred}
}

func nurse() investment.Line {
	return investment.Line{ID: uuid.New(), Title: "Band 6 nurse", Kind: "people", Treatment: "revenue", Role: "nurse", Band: "6", Heads: 1, WTE: 1, Recurrent: true, Start: july.AddMonths(3),
		In: investment.In{Preferred: true, Maximum: true}, Type: "staffing", Bias: 10}
}

func benefit() investment.Benefit {
	return investment.Benefit{ID: uuid.Must(uuid.NewV7()), Title: "Fewer days lost", Class: "public", Owner: "Director of nursing", Measure: "Days lost", Population: "All staff", Unit: "days", Low: 200, Mode: 400, High: 700, UnitPence: 18_000,
		Attribution: 50, Share: 100, Ramp: []int{0, 50, 100}, Start: july.AddMonths(3), In: all}
}

func TestRegister(t *testing.T) {
	db := world.Open(t)
	w, ctx := world.New(t, db), context.Background()
	lead, guardian := w.OHLead.As(access.Lead, access.Growth), w.Guardian.As(access.Guardian, access.Growth)
	book := &shelf{"1,200"}
	library := figure.NewLibrary(book)
	s := investment.New(investment.Deps{DB: db, Figures: library})
	library.Add(s.Book())
	want := func(what string, err error, kind fault.Kind) {
		t.Helper()
		if fault.KindOf(err) != kind {
			t.Errorf("%s: %v", what, err)
		}
	}
	read := func(a access.Actor) investment.Record {
		t.Helper()
		r, err := s.Read(ctx, a, now)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	if r := read(guardian); r.Plan.Set() || len(r.Lines) > 0 {
		t.Errorf("an empty organisation has %+v", r)
	}
	want("a line without a plan", s.WriteLine(ctx, lead, now, nurse()), fault.Conflict)
	want("a plan from the middle of a quarter", s.SavePlan(ctx, lead, now, investment.Plan{Start: july.AddMonths(1), Chosen: option.Preferred}), fault.Invalid)
	if err := s.SavePlan(ctx, lead, now, plan()); err != nil {
		t.Fatal(err)
	}
	line := nurse()
	for range 2 { // sent twice, it is one line
		if err := s.WriteLine(ctx, lead, now, line); err != nil {
			t.Fatal(err)
		}
	}
	if r := read(guardian); len(r.Lines) != 1 || r.Lines[0].Version != 1 || r.Lines[0].By != lead.Name || r.Lines[0].In != line.In {
		t.Fatalf("%+v", r.Lines)
	}
	line.Version, line.Heads = 1, 2
	if err := s.WriteLine(ctx, lead, now, line); err != nil {
		t.Fatal(err)
	}
	want("a change of what has changed since", s.WriteLine(ctx, lead, now, line), fault.Conflict)
	moved := plan()
	moved.Start = july.AddMonths(12)
	want("a plan that begins after its lines", s.SavePlan(ctx, lead, now, moved), fault.Invalid)

	// A benefit is cited, and its citation ages with the source.
	one := benefit()
	if err := s.WriteBenefit(ctx, lead, now, one, figure.Ref{Kind: "test", Name: "days"}); err != nil {
		t.Fatal(err)
	}
	b := read(guardian).Benefits[0]
	if b.Cited == nil || b.Cited.Standing != figure.Current || b.Cited.Value != "1,200" {
		t.Fatalf("%+v", b.Cited)
	}
	book.value = "1,300"
	if b := read(guardian).Benefits[0]; b.Cited.Standing != figure.Stale {
		t.Errorf("standing %s after the source changed", b.Cited.Standing)
	}
	two := benefit()
	two.Class, two.Measure = "cash", "days  LOST"
	want("a day that is saved twice", s.WriteBenefit(ctx, lead, now, two, figure.Ref{}), fault.Conflict)
	b.Share, two.Share = 70, 30
	if err := s.WriteBenefit(ctx, lead, now, b, b.Cited.Ref); err != nil {
		t.Fatal(err)
	}
	if err := s.WriteBenefit(ctx, lead, now, two, figure.Ref{}); err != nil {
		t.Fatal(err)
	}
	if r := read(lead); len(investment.Claims(r.Benefits)) != 3 || r.Benefits[0].Cited.Value != "1,300" {
		t.Errorf("%+v", r.Benefits)
	}

	// The figures of the case say what the register says, and go stale with it.
	figures := figure.New(db, library)
	npsv := figure.Ref{Kind: "case", Name: "npsv.preferred"}
	f, err := library.Find(ctx, guardian, now, npsv, civil.Date{})
	if err != nil || f.State != figure.Known || f.Number == nil {
		t.Fatalf("%+v %v", f, err)
	}
	var cited figure.Citation
	if err := db.InTenant(ctx, lead, func(tx *postgres.Tx) (err error) { cited, err = figure.Cite(ctx, tx, f, now); return err }); err != nil {
		t.Fatal(err)
	}
	listed, err := s.Book().List(ctx, guardian, now)
	const withoutCost = 2 // doing the minimum costs nothing yet: neither benefit nor return over cost
	if err != nil || len(listed) != 3*len(investment.Measured)-withoutCost {
		t.Errorf("%d figures, %v", len(listed), err)
	}
	if err := s.DropLine(ctx, lead, now.Add(time.Hour), line.ID); err != nil {
		t.Fatal(err)
	}
	if c, err := figures.Check(ctx, guardian, now, cited); err != nil || c.Standing != figure.Stale {
		t.Errorf("%s %v", c.Standing, err)
	}
	for _, name := range []string{"npsv.nothing", "npsv.other", "other.preferred", "npsv"} {
		_, err := library.Find(ctx, lead, now, figure.Ref{Kind: "case", Name: name}, civil.Date{})
		want(name, err, fault.NotFound)
	}
	if err := s.DropBenefit(ctx, lead, now, two.ID); err != nil {
		t.Fatal(err)
	}
	if r := read(lead); len(r.Lines) != 0 || len(r.Benefits) != 1 {
		t.Errorf("%d lines, %d benefits", len(r.Lines), len(r.Benefits))
	}
	if r := read(w.Foreign.As(access.Lead, access.Growth)); r.Plan.Set() || len(r.Benefits) > 0 {
		t.Errorf("another trust sees %+v", r)
	}
}

func TestActual(t *testing.T) {
	db := world.Open(t)
	w, ctx := world.New(t, db), context.Background()
	lead := w.OHLead.As(access.Lead, access.Growth)
	waits := func(context.Context, *postgres.Tx) (map[option.Option][]investment.Wait, error) {
		list := []investment.Wait{{Start: july.AddMonths(3), Median: 12}}
		return map[option.Option][]investment.Wait{option.Minimum: list, option.Preferred: list, option.Maximum: list}, nil
	}
	// Rowan knows the wait of both quarters that have begun, and who is in post in the second.
	own := func(value float64, from int) func(context.Context, access.Actor, time.Time, []civil.Date) ([]investment.Own, error) {
		return func(_ context.Context, _ access.Actor, _ time.Time, quarters []civil.Date) (out []investment.Own, err error) {
			if len(quarters) != 2 || quarters[0] != july {
				t.Errorf("asked for %v", quarters)
			}
			for _, q := range quarters[from:] {
				out = append(out, investment.Own{Quarter: q, Value: value, From: q, Till: q.AddMonths(3).AddDays(-1), Source: "Wait to be seen", Path: "/performance/first_seen_median"})
			}
			return out, nil
		}
	}
	inPost := func(ctx context.Context, a access.Actor, now time.Time, o option.Option, quarters []civil.Date) ([]investment.Own, error) {
		if o != option.Preferred {
			t.Errorf("asked who is in the posts of %s, which is not followed", o)
		}
		return own(0.5, 1)(ctx, a, now, quarters)
	}
	s := investment.New(investment.Deps{DB: db, Figures: figure.NewLibrary(), Waits: waits, Waited: own(13, 0), InPost: inPost})
	b := benefit()
	b.Ramp = []int{100}
	for _, err := range []error{s.SavePlan(ctx, lead, now, plan()), s.WriteLine(ctx, lead, now, nurse()), s.WriteBenefit(ctx, lead, now, b, figure.Ref{})} {
		if err != nil {
			t.Fatal(err)
		}
	}
	typed := investment.Actual{Kind: "wait", Value: 14}
	if err := s.Enter(ctx, lead, now, 1, []investment.Actual{typed}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a number goes before Rowan's own records without a reason: %v", err)
	}
	typed.Reason = "Two clinics were not in the diary"
	if err := s.Enter(ctx, lead, now, 1, []investment.Actual{{Kind: "spend", Value: 9000}, typed, {Kind: "benefit", Benefit: b.ID, Value: 30}}); err != nil {
		t.Fatal(err)
	}
	for what, x := range map[string]struct {
		q int
		a investment.Actual
	}{"a quarter to come": {2, investment.Actual{Kind: "spend"}}, "a benefit that is not there": {1, investment.Actual{Kind: "benefit", Benefit: uuid.New()}}, "less than nothing": {1, investment.Actual{Kind: "spend", Value: -1}}} {
		if err := s.Enter(ctx, lead, now, x.q, []investment.Actual{x.a}); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: %v", what, err)
		}
	}
	r, err := s.Followed(ctx, lead, now)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := r.Compare(1)
	if err != nil || len(rows) != 4 {
		t.Fatalf("%+v %v", rows, err)
	}
	costs, err := r.Costs(option.Preferred, investment.Budget)
	if err != nil {
		t.Fatal(err)
	}
	planned := investment.Total(costs, false)[1]
	for i, want := range []float64{9000 - planned, 0.5 - 1, 14 - 12, 30 - 50} {
		if d, ok := rows[i].Variance(); !ok || d-want > 1e-9 || want-d > 1e-9 {
			t.Errorf("%s: %v, want %v", rows[i].Kind, d, want)
		}
	}
	if x := rows[1]; x.Typed != nil || x.Own == nil || x.Own.Source == "" || x.ToDate != nil || x.AddsUp() {
		t.Errorf("who is in post: %+v", x)
	}
	if x := rows[2]; x.Typed == nil || x.Typed.By != lead.Name || !x.Typed.At.Equal(now) || x.Typed.Reason != typed.Reason || x.Own == nil || x.Own.Value != 13 || x.ToDate != nil {
		t.Errorf("a wait that was typed: %+v", x)
	}
	before, err := r.Compare(0)
	if err != nil || before[0].Actual != nil || before[2].Plan != nil || before[1].Actual != nil || *before[2].Actual != 13 {
		t.Errorf("%+v %v", before, err)
	}
	if err := s.Enter(ctx, lead, now, 1, []investment.Actual{{Kind: "wait", Drop: true}}); err != nil {
		t.Fatal(err)
	}
	if r, err = s.Followed(ctx, lead, now); err != nil {
		t.Fatal(err)
	}
	if rows, err := r.Compare(1); err != nil || rows[2].Typed != nil || *rows[2].Actual != 13 {
		t.Errorf("the typed wait does not go: %+v %v", rows[2], err)
	}
	if _, known := before[0].Variance(); known {
		t.Error("what nobody entered is nought")
	}
}

// months is a book of one figure, by month.
type months map[string]float64

func (m months) Kinds() []string { return []string{"test"} }

func (m months) List(context.Context, access.Actor, time.Time) ([]figure.Figure, error) {
	return nil, nil
}

func (m months) Figure(_ context.Context, _ access.Actor, _ time.Time, ref figure.Ref, period civil.Date) (figure.Figure, error) {
	if period.IsZero() {
		period = july.AddMonths(-1)
	}
	x, known := m[period.String()]
	if !known {
		return figure.Figure{}, fault.Missing("figure")
	}
	return figure.Figure{Ref: ref, Title: "Days to be seen", State: figure.Known, Value: "days", Number: &x, Period: period, Version: "1"}, nil
}

// TestMeasuredBenefit: what a benefit brought is worked out from the figure that it cites, counted as its plan is; what is typed goes before
// it with a reason, and what was worked out adds up with what was typed.
func TestMeasuredBenefit(t *testing.T) {
	db := world.Open(t)
	w, ctx := world.New(t, db), context.Background()
	lead, later := w.OHLead.As(access.Lead, access.Growth), time.Date(2027, 3, 15, 12, 0, 0, 0, time.UTC)
	s := investment.New(investment.Deps{DB: db, Figures: figure.NewLibrary(months{"2026-06-01": 20, "2026-08-01": 10, "2026-10-01": 16, "2026-12-01": 14, "2027-01-01": 25, "2027-02-01": 25, "2027-03-01": 1})})
	from, to := 20.0, 10.0
	b, ref := benefit(), figure.Ref{Kind: "test", Name: "days"} // 400 a year, half of it due to the plan, from October 2026
	b.Ramp, b.Gauge = []int{100}, gauge.Gauge{From: &from, To: &to}
	if err := s.SavePlan(ctx, lead, now, plan()); err != nil {
		t.Fatal(err)
	}
	if err := s.WriteBenefit(ctx, lead, now, b, figure.Ref{}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("levels of no figure: %v", err)
	}
	if err := s.WriteBenefit(ctx, lead, now, b, ref); err != nil {
		t.Fatal(err)
	}
	last := func(q int) investment.Compared {
		t.Helper()
		r, err := s.Followed(ctx, lead, later)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := r.Compare(q)
		if err != nil {
			t.Fatal(err)
		}
		return rows[len(rows)-1]
	}
	if x := last(0); x.Own != nil || x.Actual != nil {
		t.Errorf("before it began: %+v", x.Own)
	}
	// October and December: 15 days, half of the way: half of 50 units. January and February are 5 days worse than before; March is not over.
	if x := last(1); x.Own == nil || *x.Plan != 50 || *x.Actual != 25 || *x.ToDate != -25 || x.Own.Till != civil.MustParse("2026-12-31") || x.Own.Path != "/figures/test/days" {
		t.Errorf("%+v %+v", x, x.Own)
	}
	if x := last(2); x.Own == nil || *x.Actual != -25 || *x.ToDate != -100 || x.QuartersKnown != 2 || x.Own.Till != civil.MustParse("2027-02-28") {
		t.Errorf("%+v %+v", x, x.Own)
	}
	typed := investment.Actual{Kind: "benefit", Benefit: b.ID, Value: 40}
	if err := s.Enter(ctx, lead, later, 1, []investment.Actual{typed}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a number goes before what was measured without a reason: %v", err)
	}
	typed.Reason = "A month was not in the figure"
	if err := s.Enter(ctx, lead, later, 1, []investment.Actual{typed}); err != nil {
		t.Fatal(err)
	}
	if x := last(2); *x.Actual != -25 || *x.ToDate != -85 {
		t.Errorf("%+v", x)
	}
	typed.Drop = true
	if err := s.Enter(ctx, lead, later, 1, []investment.Actual{typed}); err != nil {
		t.Fatal(err)
	}
	if x := last(1); x.Typed != nil || *x.Actual != 25 {
		t.Errorf("what was typed does not go: %+v", x)
	}
}

// TestPostsJoint: what the workforce plan costs beyond doing nothing comes in, in both views of the pension.
func TestPostsJoint(t *testing.T) {
	db := world.Open(t)
	w, ctx := world.New(t, db), context.Background()
	lead, post := w.OHLead.As(access.Lead, access.Growth), uuid.New()
	s := investment.New(investment.Deps{DB: db, Figures: figure.NewLibrary(), Posts: func(_ context.Context, _ *postgres.Tx, full bool, awards *pay.Awards) (investment.Posts, error) {
		if !awards.Same(pay.Awards{Every: 2, Of: map[int]float64{2028: 4.5}}, []int{2026, 2027, 2028, 2029}) {
			t.Errorf("awards %v", awards)
		}
		today := investment.PostCost{Quarter: july, Line: "Today's team", Total: 300_000}
		nurse := investment.PostCost{Quarter: july.AddMonths(3), Line: "Nurse", Post: post, Total: 50_000, On: 1}
		if full {
			nurse.Total = 54_000
		}
		return investment.Posts{Start: july, End: july.AddMonths(60), Of: map[option.Option][]investment.PostCost{option.Nothing: {today}, option.Minimum: {today}, option.Preferred: {today, nurse}, option.Maximum: {today}}}, nil
	}})
	p := plan()
	p.Awards = map[int]float64{2028: 26}
	if err := s.SavePlan(ctx, lead, now, p); err == nil || err.Error() != "payaward.bad" {
		t.Errorf("an award of 26%% in one year: %v", err)
	}
	p.Awards[2028] = 4.5
	if err := s.SavePlan(ctx, lead, now, p); err != nil {
		t.Fatal(err)
	}
	r, err := s.Read(ctx, lead, now)
	if err != nil {
		t.Fatal(err)
	}
	for view, want := range map[investment.View]float64{investment.Budget: 50_000, investment.Full: 54_000} {
		costs, err := r.Costs(option.Preferred, view)
		if sum := investment.Total(costs, false).Sum(); err != nil || len(costs) != 1 || sum != want {
			t.Errorf("%s: %v, %v", view, sum, err)
		}
	}
	if costs, err := r.Costs(option.Minimum, investment.Budget); err != nil || len(costs) != 0 {
		t.Errorf("%+v %v", costs, err)
	}
	if r.Twice() {
		t.Error("the posts are called double without a line for people")
	}
	if err := s.WriteLine(ctx, lead, now, nurse()); err != nil {
		t.Fatal(err)
	}
	if r, err = s.Read(ctx, lead, now); err != nil || !r.Twice() {
		t.Errorf("posts beside people who were typed are not pointed out: %v", err)
	}
}
