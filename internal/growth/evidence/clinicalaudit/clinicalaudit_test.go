package clinicalaudit

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
)

var (
	now   = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	today = civil.MustParse("2026-11-22")
)

func id() uuid.UUID { return uuid.Must(uuid.NewV7()) }

func good() New {
	return New{ID: id(), Topic: "Mental health considered", Standard: "Each report on long absence says whether it was considered", Found: "Templates lack the question", Actions: "Change the template",
		Owner: "Lead physician", Target: 90, Sample: 60, Denominator: 50, Numerator: 30, On: today.AddDays(-200), Again: today.AddDays(-20)}
}

func TestCheck(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*New)
		want   []string
	}{
		"good": {func(*New) {}, nil},
		"nothing": {func(n *New) { *n = New{Numerator: -1} }, []string{"evidence.audit.topic.empty", "evidence.audit.standard.empty", "evidence.audit.target.bad", "evidence.audit.on.empty", "evidence.audit.sample.bad",
			"evidence.audit.denominator.bad", "evidence.audit.numerator.bad", "evidence.audit.findings.empty", "evidence.audit.actions.empty", "evidence.audit.owner.empty"}},
		"more than all":      {func(n *New) { n.Denominator, n.Numerator = 61, 62 }, []string{"evidence.audit.denominator.more", "evidence.audit.numerator.more"}},
		"tomorrow":           {func(n *New) { n.On, n.Again = today.AddDays(1), today.AddDays(9) }, []string{"evidence.audit.on.future"}},
		"again before":       {func(n *New) { n.Again = n.On }, []string{"evidence.audit.again.early"}},
		"a person":           {func(n *New) { n.Found = "Mrs Winter was not asked" }, []string{"evidence.audit.cleared.empty"}},
		"no person, as said": {func(n *New) { n.Found, n.Cleared = "The Dr Foster method", "A firm" }, nil},
	} {
		n := good()
		c.change(&n)
		var got []string
		for _, f := range n.Check(today) {
			got = append(got, f.Key)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// TestShow hides what is small from everybody but the lead.
func TestShow(t *testing.T) {
	for _, c := range []struct {
		numerator, denominator int
		exact, shown           string
		verdict, hidden        Verdict
	}{
		{45, 50, "90.0%", "90%", Reached, Reached},
		{48, 50, "96.0%", "100%", Reached, Reached},
		{9, 50, "18.0%", "too few to show", Below, Unknown},
		{0, 50, "0.0%", "too few to show", Below, Unknown},
		{9, 9, "100.0%", "too few to show", Reached, Unknown},
	} {
		a := Audit{Sample: 60, Numerator: c.numerator, Denominator: c.denominator, Target: 90}
		if x, y := a.Show(true), a.Show(false); x.Share != c.exact || y.Share != c.shown || a.Verdict(true) != c.verdict || a.Verdict(false) != c.hidden {
			t.Errorf("%d of %d: %+v %s, %+v %s", c.numerator, c.denominator, x, a.Verdict(true), y, a.Verdict(false))
		}
	}
}

// TestShowTellsNoSmallCount: what guardian and executives see is the same for every count under the threshold.
func TestShowTellsNoSmallCount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		of := rapid.IntRange(10, 500).Draw(t, "of")
		a := Audit{Sample: of, Denominator: of, Numerator: rapid.IntRange(0, 9).Draw(t, "few"), Target: 90}
		b := a
		b.Numerator = rapid.IntRange(0, 9).Draw(t, "others")
		if x, y := a.Show(false), b.Show(false); x != y || a.Verdict(false) != b.Verdict(false) {
			t.Fatalf("%d and %d of %d look different: %+v %+v", a.Numerator, b.Numerator, of, x, y)
		}
	})
}

func TestCompare(t *testing.T) {
	a := func(n int) Audit { return Audit{Sample: 100, Denominator: 100, Numerator: n, Target: 90} }
	for _, c := range []struct {
		first, later int
		exact        bool
		want         Trend
		points       float64
	}{{60, 85, true, Better, 25}, {85, 60, true, Worse, 25}, {60, 60, true, Same, 0}, {61, 62, true, Better, 1}, {61, 62, false, Same, 0}, {5, 60, false, NoTrend, 0}, {5, 60, true, Better, 55}} {
		if got, points := Compare(a(c.first), a(c.later), c.exact); got != c.want || points != c.points {
			t.Errorf("%d then %d, exact %v: %s %v", c.first, c.later, c.exact, got, points)
		}
	}
}

// TestRecord keeps an audit and its re-audits, and lists what is overdue.
func TestRecord(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s, ctx, lead, foreign := NewService(db), t.Context(), w.OHLead.As(access.Lead, access.Growth), w.Foreign.As(access.Lead, access.Growth)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	lines := func() []Line {
		t.Helper()
		all, err := s.List(ctx, lead)
		must(err)
		return Lines(all, today)
	}
	first, other := good(), good()
	other.Again, other.On = civil.Date{}, today
	must(s.Record(ctx, lead, now, other))
	must(s.Record(ctx, lead, now, first))
	must(s.Record(ctx, lead, now, first)) // a double click
	if l := lines(); len(l) != 2 || l[0].First().ID != first.ID || !l[0].Overdue(today) || l[1].Overdue(today) {
		t.Fatalf("lines %+v", l)
	}
	second := good()
	second.First, second.On, second.Again, second.Numerator = first.ID, today.AddDays(-10), today.AddDays(30), 47
	must(s.Record(ctx, lead, now, second))
	third := good()
	third.First, third.On, third.Again, third.Found, third.Cleared = second.ID, today.AddDays(-5), civil.Date{}, "As Dr Ash writes in print", "An author"
	must(s.Record(ctx, lead, now, third))
	l := lines()
	if got := l[1]; len(got.Audits) != 3 || got.Last().ID != third.ID || got.Last().First != first.ID || got.Last().Cleared != "An author" || got.Overdue(today) {
		t.Errorf("the line is %+v", got)
	}
	must(s.Withdraw(ctx, lead, now, third.ID))
	if fault.KindOf(s.Withdraw(ctx, lead, now, third.ID)) != fault.NotFound || fault.KindOf(s.Withdraw(ctx, foreign, now, first.ID)) != fault.NotFound {
		t.Error("it is withdrawn twice, or by another trust")
	}
	must(s.Withdraw(ctx, lead, now, first.ID))
	if l := lines(); len(l) != 2 || len(l[1].Audits) != 1 || l[1].First().ID != second.ID {
		t.Errorf("after withdrawals the lines are %+v", l)
	}
	bad := good()
	bad.Topic = ""
	if err := s.Record(ctx, lead, now, bad); fault.KindOf(err) != fault.Invalid {
		t.Errorf("an audit without topic gives %v", err)
	}
	bad = good()
	bad.First = first.ID
	if err := s.Record(ctx, foreign, now, bad); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a re-audit of another trust's audit gives %v", err)
	}
	if all, err := s.List(ctx, foreign); err != nil || len(all) != 0 {
		t.Errorf("another trust sees %+v, %v", all, err)
	}
}
