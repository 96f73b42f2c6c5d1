package codesign

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post"
	"github.com/rowan-ohwb/rowan/internal/growth/community/screen"
	"github.com/rowan-ohwb/rowan/internal/growth/framework"
)

func day(n int) civil.Date { return civil.Date{Year: 2026, Month: 11, Day: n} }

func TestStateOf(t *testing.T) {
	when := time.Date(2026, 11, 5, 9, 0, 0, 0, time.UTC)
	draft := Draft{Version: framework.Version{ID: uuid.New(), Number: 3}}
	two := Draft{Version: framework.Version{ID: uuid.New(), Number: 2, Effective: day(10)}, Published: when}
	three := Draft{Version: framework.Version{ID: uuid.New(), Number: 3, Effective: day(20)}, Published: when}
	all := []framework.Version{{Number: 1, Effective: day(1)}, two.Version, three.Version}
	round := Round{RoundIn: RoundIn{Opens: day(5), Closes: day(9)}, Version: draft.ID}
	ended := round
	ended.Ended = when
	for _, x := range []struct {
		name   string
		d      Draft
		rounds []Round
		on     int
		want   State
	}{
		{"nobody was asked", draft, nil, 8, Drafted}, {"a round runs", draft, []Round{round}, 9, InCodesign}, {"a round is to come", draft, []Round{round}, 4, InCodesign}, {"it is over", draft, []Round{round}, 10, Drafted},
		{"it was ended", draft, []Round{ended}, 6, Drafted}, {"of another version", two, []Round{round}, 9, Coming}, {"its day has come", two, nil, 10, InForce}, {"the next one's too", two, nil, 20, Superseded}, {"the newest", three, nil, 20, InForce},
	} {
		if got := x.d.StateOf(all, x.rounds, day(x.on)); got != x.want {
			t.Errorf("%s: %s, want %s", x.name, got, x.want)
		}
	}
	for on, want := range map[int]bool{4: false, 5: true, 9: true, 10: false} {
		if round.Running(day(on)) != want {
			t.Errorf("on the %d it runs: %v", on, !want)
		}
	}
	if ended.Running(day(6)) {
		t.Error("it runs after it was ended")
	}
}

func asked() Round {
	five := []string{"1", "2", "3", "4", "5"}
	return Round{RoundIn: RoundIn{ID: uuid.New(), Questions: []string{"Enough?", "Clear?"}}, Themes: []framework.Theme{
		{Code: "M01", Title: "Leadership", Use: framework.Both, Levels: five, Bought: []string{"a", "b", "c", "d", "e"}, Evidence: []string{"", "v", "w", "x", "y"}}, {Code: "M02", Title: "Buying", Use: framework.Procured, Bought: five, Evidence: five}}}
}

func TestSpot(t *testing.T) {
	r := asked()
	for text, want := range map[string]string{"q1": "Enough?", "q2": "Clear?", "M01": "Leadership", "M01-internal-3": "3", "M01-procured-2": "b", "M01-evidence-5": "y", "M02-procured-1": "1"} {
		s, ok := r.Spot(text)
		if !ok || s.String() != text || r.Words(s) != want {
			t.Errorf("%s: %+v, %v, %q", text, s, ok, r.Words(s))
		}
	}
	for _, text := range []string{"", "q0", "q3", "q", "M03", "M01-", "M01-internal-0", "M01-internal-6", "M01-other-1", "M02-internal-1", "M01-internal-x", "q1-internal-1"} {
		if _, ok := r.Spot(text); ok {
			t.Errorf("%q is a spot", text)
		}
	}
}

func TestRoundCheck(t *testing.T) {
	in := RoundIn{About: "Is it clear?", Opens: day(10), Closes: day(20)}
	if f := in.Check(day(10), nil); len(f) > 0 {
		t.Errorf("%v", f)
	}
	for name, change := range map[string]func(*RoundIn){
		"about": func(in *RoundIn) { in.About = "" }, "opens": func(in *RoundIn) { in.Opens = day(9) }, "closes": func(in *RoundIn) { in.Closes = day(9) },
		"questions": func(in *RoundIn) { in.Questions = Lines(strings.Repeat("x?\n\n", 11)) },
	} {
		x := in
		change(&x)
		if f := x.Check(day(10), nil); len(f) != 1 || f[0].Name != name {
			t.Errorf("%s: %v", name, f)
		}
	}
	in.Closes = day(10).AddDays(184)
	if f := in.Check(day(10), nil); f.Of("closes") == nil {
		t.Error("it runs for longer than half a year")
	}
	in.Closes = day(12)
	if f := in.Check(day(10), []screen.Finding{{Text: "Mrs Winter"}}); f.Of("about") == nil {
		t.Error("it names somebody")
	}
}

// TestCount: each person and organisation counts once, what is held or withdrawn does not, and no share is rounded up to all.
func TestCount(t *testing.T) {
	r := asked()
	ann, bob, cat := uuid.New(), uuid.New(), uuid.New()
	trust, other, third := uuid.New(), uuid.New(), uuid.New()
	said := func(who, home uuid.UUID, theme string, state post.State, agreed int, answered bool) Comment {
		c := Comment{Post: post.Post{Author: who, State: state}, Spot: Spot{Theme: theme}, Home: home, Agreed: agreed}
		if theme == "" {
			c.Question = 1
		}
		if answered {
			c.Answer = &Answer{}
		}
		return c
	}
	all := []Comment{said(ann, trust, "M01", post.Published, 2, true), said(ann, trust, "", post.Published, 0, true), said(bob, other, "M01", post.Published, 0, false), said(cat, third, "M02", post.Held, 0, false), said(cat, third, "M01", post.Withdrawn, 1, true)}
	n := Count(r, all, []Agreeing{{bob, other}, {ann, trust}}, 5)
	if n.Organisations != 2 || n.Of != 5 || n.People != 2 || n.Comments != 3 || n.Agreed != 2 || n.Answered != 2 || n.Share() != 66 {
		t.Errorf("%+v", n)
	}
	want := []Part{{"M01", 2, 2, 1}, {"M02", 0, 0, 0}, {"", 1, 0, 1}}
	for i, p := range n.Parts {
		if p != want[i] {
			t.Errorf("part %d: %+v", i, p)
		}
	}
	if got := Waiting(all); len(got) != 1 || got[0].Author != bob {
		t.Errorf("%+v", got)
	}
	if (Numbers{}).Share() != 0 || (Numbers{Comments: 200, Answered: 199}).Share() != 99 {
		t.Error("a share is rounded up")
	}
}

func TestHindrance(t *testing.T) {
	r := asked()
	d := Draft{Version: framework.Version{ID: uuid.New(), Number: 2, Themes: r.Themes}}
	over := Round{RoundIn: RoundIn{ID: uuid.New(), Opens: day(1), Closes: day(5)}, Version: d.ID}
	open := Round{RoundIn: RoundIn{Opens: day(1), Closes: day(15)}, Version: d.ID}
	change := []framework.Change{{Code: "M01"}}
	said := Comment{Post: post.Post{State: post.Published}}
	answered := said
	answered.Answer = &Answer{}
	held := Comment{Post: post.Post{State: post.Held}}
	gap := d
	gap.Themes = []framework.Theme{{Code: "M09", Use: framework.Both}}
	for _, x := range []struct {
		d       Draft
		rounds  []Round
		said    []Comment
		changes []framework.Change
		want    string
	}{
		{d, nil, nil, change, "codesign.publish.unasked"}, {d, []Round{over, open}, nil, change, "codesign.publish.running"}, {d, []Round{over}, []Comment{answered, said}, change, "codesign.publish.unanswered"},
		{d, []Round{over}, []Comment{answered, held}, change, "codesign.publish.held"}, {gap, []Round{over}, nil, change, "codesign.publish.gaps"}, {d, []Round{over}, nil, nil, "codesign.publish.same"}, {d, []Round{over}, []Comment{answered}, change, ""},
	} {
		x.rounds = append([]Round{}, x.rounds...)
		for i := range x.rounds {
			x.rounds[i].Version = x.d.ID
		}
		if got := Hindrance(x.d, x.rounds, x.said, x.changes, day(10)); got != x.want {
			t.Errorf("%q, want %q", got, x.want)
		}
	}
}

func TestCheckPublish(t *testing.T) {
	changes := []framework.Change{{Code: "M01", Title: "Leadership"}, {Code: "M02", Title: "Buying"}}
	in := PublishIn{Effective: day(10), Summary: "Clearer", Reasons: []framework.Reason{{Theme: "M01", Why: "Members asked"}}}
	if f := CheckPublish(in, changes, day(10), nil); len(f) != 1 || f[0].Name != "why-M02" {
		t.Errorf("%v", f)
	}
	in.Reasons = append(in.Reasons, framework.Reason{Theme: "M02", Why: "New"})
	if f := CheckPublish(in, changes, day(10), nil); len(f) > 0 {
		t.Errorf("%v", f)
	}
	in.Effective, in.Summary = day(9), ""
	if f := CheckPublish(in, changes, day(10), nil); len(f) != 2 {
		t.Errorf("%v", f)
	}
	if f := CheckAnswer("maybe", "", nil); len(f) != 2 {
		t.Errorf("%v", f)
	}
	if f := CheckAnswer("not", "Because Mrs Winter said so", []screen.Finding{{Text: "Mrs Winter"}}); len(f) != 1 {
		t.Errorf("%v", f)
	}
}
