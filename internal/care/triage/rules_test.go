package triage

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

func TestMeasure(t *testing.T) {
	for _, c := range []struct {
		state    flow.State
		priority string
		want     string
	}{
		{flow.Received, "", "triage.P2"},
		{flow.Received, "P1", "triage.P1"},
		{flow.Returned, "", "triage.P2"},
		{flow.AwaitingBooking, "P3", "first_seen.P3"},
		{flow.AwaitingBooking, "", "first_seen.P2"},
	} {
		if got := Measure(c.state, c.priority); got != c.want {
			t.Errorf("%s %s: %s, want %s", c.state, c.priority, got, c.want)
		}
	}
	if d, ok := (Targets{}).Of("first_seen.P0"); !ok || d != 0 {
		t.Error("P0 is the same day, target or not")
	}
	if _, ok := (Targets{}).Of("first_seen.P2"); ok {
		t.Error("a target that nobody set")
	}
}

// The queue is one order: whatever the input, sorting it puts priority first, then who is late, then breach, then arrival.
func TestOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Order {
			o := Order{Priority: rapid.SampledFrom([]string{"", "P0", "P1", "P2", "P3"}).Draw(t, "priority"), Case: uuid.UUID{byte(rapid.IntRange(0, 255).Draw(t, "id"))},
				ReceivedAt: time.Unix(int64(rapid.IntRange(0, 3).Draw(t, "received")), 0)}
			if n := rapid.IntRange(0, 3).Draw(t, "due"); n > 0 {
				o.Due = civil.Date{Year: 2026, Month: 11, Day: n}
			}
			o.Late = rapid.Bool().Draw(t, "late")
			return o
		}), 0, 12).Draw(t, "queue")
		slices.SortFunc(list, Order.Compare)
		for i := 1; i < len(list); i++ {
			a, b := list[i-1], list[i]
			late := a.Due.IsZero() && !b.Due.IsZero() || !a.Due.IsZero() && !b.Due.IsZero() && a.Due.After(b.Due)
			same := rank(a.Priority) == rank(b.Priority)
			switch {
			case rank(a.Priority) > rank(b.Priority), same && !a.Late && b.Late, same && a.Late == b.Late && late, a.Compare(b) > 0, a.Compare(b) != -b.Compare(a):
				t.Fatalf("%+v stands before %+v", a, b)
			}
		}
	})
}

// A referral that nobody has read may be the most urgent of all: it waits among the standard ones, not behind them.
func TestOrderOfTheUnread(t *testing.T) {
	day := func(n int) civil.Date { return civil.Date{Year: 2026, Month: 11, Day: n} }
	for _, c := range []struct {
		name          string
		first, second Order
	}{
		{"before P3", Order{Due: day(20)}, Order{Priority: "P3", Due: day(2)}},
		{"after P1", Order{Priority: "P1", Due: day(20)}, Order{Due: day(2)}},
		{"before a P2 that is due later", Order{Due: day(2)}, Order{Priority: "P2", Due: day(3)}},
		{"after a P2 that is due sooner", Order{Priority: "P2", Due: day(2)}, Order{Due: day(3)}},
	} {
		if c.first.Compare(c.second) >= 0 || c.second.Compare(c.first) <= 0 {
			t.Errorf("unread %s: the order is wrong", c.name)
		}
	}
}

// Every code of the pack has words, and every outcome does something that the life of a case has.
func TestPack(t *testing.T) {
	w := locale.English()
	p := Lists()
	for _, o := range p.Outcomes {
		if o.Mark == "" || !w.Has("triage.outcome."+o.Code) {
			t.Errorf("%s has no mark or no words", o.Code)
		}
		if (o.Act == Accept) != (o.Pathway != "") || (o.Act == Decline) != (o.Closing != "") || (o.Act == Return || o.Act == Decline) != (len(o.Messages) > 0) {
			t.Errorf("%s: %+v", o.Code, o)
		}
		if o.Pathway != "" && o.Pathway != Paper && !access.Role(o.Pathway).IsClinician() {
			t.Errorf("%s leads to %s, which is no clinician", o.Code, o.Pathway)
		}
		for _, m := range o.Messages {
			if !w.Has("triage.seen." + m) {
				t.Errorf("message %s has no words", m)
			}
		}
	}
	for _, c := range p.PriorityCodes() {
		if !w.Has("triage.priority." + c) {
			t.Errorf("%s has no words", c)
		}
	}
	for _, source := range []string{"management", SelfReferral} {
		for _, c := range p.Checks(source) {
			if !w.Has("triage.check." + c) {
				t.Errorf("check %s has no words", c)
			}
		}
	}
	for _, template := range []string{"referral_accepted", "referral_returned", "referral_declined", "case_accepted", "case_accepted_paper", "case_returned", "case_declined"} {
		if !w.Has("message."+template+".subject") || !w.Has("message."+template+".body") {
			t.Errorf("message %s has no words", template)
		}
	}
}
