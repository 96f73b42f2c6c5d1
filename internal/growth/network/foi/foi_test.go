package foi

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system"
)

var october = civil.MustParse("2026-10-01")

func pack(t *testing.T) release.Pack {
	t.Helper()
	p, err := release.Load(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// value is what an organisation released of a month: part of whole, as they are.
func value(who, ics, model string, month civil.Date, part, whole int, definition string) system.Value {
	p, w := disclosure.Split(part, whole, disclosure.General)
	return system.Value{Who: system.Who{Fingerprint: "key", Code: who}, System: ics, Model: model, Figure: release.OfPeople("K10", definition, month, p, w)}
}

// TestSmallGroups: a group too small to stand goes with the other small ones; where they are too few together, it is in no line and not
// in the total, so that no difference tells it.
func TestSmallGroups(t *testing.T) {
	p := pack(t)
	var values []system.Value
	add := func(ics string, n, whole int) {
		for range n {
			values = append(values, value(fmt.Sprintf("ORG%03d", len(values)), ics, "internal", october, whole/2, whole, "v1"))
		}
	}
	add("QAA", 3, 100)
	add("QBB", 2, 100)
	choice := Choice{Metric: "K10", From: october, To: october, By: System}
	got := Extract(values, choice, p, map[string]string{"QAA": "Fells"})
	if len(got.Lines) != 1 || got.Lines[0] != (Line{"Fells", "QAA", 3, 150, 300}) || got.Others != nil || got.Missing != 2 || got.Total != (Line{"", "", 3, 150, 300}) {
		t.Errorf("two are told by the difference: %+v", got)
	}
	add("QCC", 1, 100)
	got = Extract(values, choice, p, nil)
	if got.Others == nil || *got.Others != (Line{"", "", 3, 150, 300}) || got.Groups != 2 || got.Missing != 0 || got.Total.N != 6 {
		t.Errorf("small groups together: %+v", got)
	}
	add("QDD", 2, 10)
	add("QDD", 1, 2000) // one of three makes nearly all
	got = Extract(values, choice, p, nil)
	if slices.ContainsFunc(got.Lines, func(l Line) bool { return l.Code == "QDD" }) {
		t.Errorf("one that makes nearly all stands alone: %+v", got)
	}
	if by := Extract(values, Choice{Metric: "K10", From: october, To: october, By: Model}, p, nil); len(by.Lines)+by.Missing == 0 {
		t.Errorf("by model: %+v", by)
	}
}

// TestWholeOrganisations: a sum holds an organisation with every month, known, of one definition, or not at all.
func TestWholeOrganisations(t *testing.T) {
	p, september := pack(t), october.AddMonths(-1)
	values := []system.Value{
		value("AAAAAA", "Q", "", september, 40, 100, "v2"), value("AAAAAA", "Q", "", october, 50, 100, "v2"),
		value("BBBBBB", "Q", "", october, 50, 100, "v2"),
		value("CCCCCC", "Q", "", september, 40, 100, "v1"), value("CCCCCC", "Q", "", october, 50, 100, "v2"),
		value("DDDDDD", "Q", "", september, 3, 100, "v2"), value("DDDDDD", "Q", "", october, 50, 100, "v2"),
		value("EEEEEE", "Q", "", september, 0, 0, "v2"), value("EEEEEE", "Q", "", october, 50, 100, "v2"),
	}
	other := value("FFFFFF", "Q", "", october, 50, 100, "v2")
	other.Metric = "K01"
	got := Extract(append(values, other), Choice{Metric: "K10", From: september, To: october, By: Organisation}, p, nil)
	want := []Line{{"", "AAAAAA", 1, 90, 200}, {"", "EEEEEE", 1, 50, 100}}
	if !slices.Equal(got.Lines, want) || got.Left[Months] != 1 || got.Left[Other] != 1 || got.Left[Small] != 1 || got.Definition != "v2" || got.Total != (Line{"", "", 2, 140, 300}) {
		t.Errorf("%+v", got)
	}
}

// TestNothingBeyondTheReleases: every number of every extract that can be asked for is a sum of numbers that organisations released, of
// whole organisations; so all extracts together tell nothing that the releases do not (sharing.TestAttack attacks those). What was
// hidden is in none of them, alone or in a sum or as a difference of two.
func TestNothingBeyondTheReleases(t *testing.T) {
	p, rng, months := pack(t), rand.New(rand.NewPCG(3, 5)), 6
	type key struct {
		who   string
		month civil.Date
	}
	released, hidden := map[key]system.Value{}, 0
	var values []system.Value
	for i := range 9 {
		for m := range months {
			whole := 20 + rng.IntN(90)
			v := value(fmt.Sprintf("ORG%03d", i), string(rune('P'+i%3)), []string{"internal", "hosted"}[i%2], october.AddMonths(-m), rng.IntN(whole+1), whole, "v1")
			if v.State == release.Hidden {
				hidden++
			}
			values, released[key{v.Code, v.Month}] = append(values, v), v
		}
	}
	if hidden == 0 {
		t.Fatal("nothing is hidden, so this proves nothing")
	}
	in := func(who string, from, to civil.Date) (l Line, ok bool) { // the sum of one organisation, from what it released
		for m := from; !m.After(to); m = m.AddMonths(1) {
			v, there := released[key{who, m}]
			if !there || v.State == release.Hidden {
				return l, false
			}
			l.Part, l.Whole = l.Part+*v.Part, l.Whole+*v.Whole
		}
		return l, true
	}
	checked := 0
	for from := range months {
		for to := range from + 1 {
			first, last := october.AddMonths(-from), october.AddMonths(-to)
			var sums Line
			for i := range 9 {
				if l, ok := in(fmt.Sprintf("ORG%03d", i), first, last); ok {
					sums.add(Line{N: 1, Part: l.Part, Whole: l.Whole})
				}
			}
			for _, by := range Groupings {
				got := Extract(values, Choice{Metric: "K10", From: first, To: last, By: by}, p, nil)
				var all Line
				for _, l := range got.Lines {
					all.add(l)
					if want, ok := in(l.Code, first, last); by == Organisation && (!ok || l.Part != want.Part || l.Whole != want.Whole) {
						t.Errorf("%v to %v: %+v was not released", first, last, l)
					}
					if by != Organisation && l.N < p.Least {
						t.Errorf("a group of %d stands alone", l.N)
					}
					if l.Part%5 != 0 || l.Whole%5 != 0 {
						t.Errorf("%+v is no sum of rounded counts", l)
					}
					checked++
				}
				if got.Others != nil {
					all.add(*got.Others)
					if got.Others.N < p.Least {
						t.Errorf("others are %d", got.Others.N)
					}
				}
				if all != got.Total || got.Missing == 0 && got.Total != sums {
					t.Errorf("%v to %v by %s: the total is %+v, the lines %+v, what was released %+v", first, last, by, got.Total, all, sums)
				}
				if got.Missing >= p.Least {
					t.Errorf("%d are left out although they could stand together", got.Missing)
				}
			}
		}
	}
	if checked < 100 {
		t.Errorf("only %d lines", checked)
	}
}
