package outlook

import (
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/pay"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
)

// mixedTeam has something of everything that goes by chance. Nurses are enough that supervision never takes all of their hours.
func mixedTeam() Input {
	id := func(n byte) uuid.UUID { return uuid.UUID{15: n} }
	preferred := map[option.Option]bool{option.Preferred: true}
	course := training()
	course.Complete, course.Retain = Range{0.6, 0.9}, Range{0.6, 0.85}
	return Input{Plan: plan(), Roles: roles, Posts: []Post{
		{ID: id(1), Title: "Nurse", Role: "nurse", Band: "6", WTE: 0.8, Heads: 6, InPost: 4, Starting: []civil.Date{d("2027-05-10")}, Salary: 1, Zone: pay.Inner, Years: 3},
		{ID: id(2), Role: "nurse", Band: "7", WTE: 1, Heads: 3, InPost: 2, Came: []Came{{On: d("2027-06-01"), Empty: d("2027-04-20")}}, Left: []civil.Date{d("2027-08-11")}},
		{ID: id(3), Role: "physician", Band: Medical, WTE: 0.6, Heads: 2, InPost: 2, Ends: d("2030-02-14")},
	}, Changes: []Change{
		{ID: id(4), Kind: Develop, Title: "Develop", Role: "development-nurse", Band: "5", WTE: 1, Heads: 3, From: d("2027-07-01"), Development: course, In: preferred},
		{ID: id(5), Kind: New, Role: "physician", Band: Medical, WTE: 0.5, Heads: 1, From: d("2028-05-15"), In: preferred},
		{ID: id(6), Kind: Alter, Post: id(1), From: d("2028-10-01"), WTE: 1, In: preferred},
		{ID: id(7), Kind: New, Role: "nurse", Band: "6", WTE: 1, Heads: 1, From: d("2027-07-01"), In: map[option.Option]bool{option.Maximum: true}},
	}}
}

// TestChanceMean: what is drawn is on average what is expected, of every role in every quarter, within four standard errors; and it is drawn:
// hours of years later differ.
func TestChanceMean(t *testing.T) {
	in := mixedTeam()
	const draws = 3000
	for _, o := range []option.Option{option.Nothing, option.Preferred} {
		c := Chance(in, o, civil.Date{}, 7, draws)
		want := Project(in, o, 0.5)
		for q := range Quarters {
			for i, role := range c.Roles {
				middle, sum, squares := 0.0, 0.0, 0.0
				for _, s := range want[q].Staff {
					if s.Role == role {
						middle += s.ClinicalHours * in.Plan.FiveDays(want[q].Start)
					}
				}
				near(t, "middle", c.Middle[q][i], middle, 1e-9)
				for _, x := range c.Draws {
					sum, squares = sum+x[q][i], squares+x[q][i]*x[q][i]
				}
				mean := sum / draws
				sd := math.Sqrt(max(squares/draws-mean*mean, 0))
				near(t, string(o)+" "+role+" "+want[q].Start.String(), mean, middle, 4*sd/math.Sqrt(draws)+1e-9)
				if q == 12 && middle > 0 && (sd < 0.05*middle || sd > 1.5*middle) && role != "nurse" {
					t.Errorf("%s, %s: %.1f hours differ by %.2f", o, role, middle, sd)
				}
			}
		}
	}
}

// TestChanceIsShared: with the same seed the same futures, of which the first are those of fewer; with another seed others. What an option
// does not touch is the same under it, future by future, and an option that does nothing differs by nothing.
func TestChanceIsShared(t *testing.T) {
	in := mixedTeam()
	const draws = 50
	nothing, preferred := Chance(in, option.Nothing, civil.Date{}, 7, draws), Chance(in, option.Preferred, civil.Date{}, 7, draws)
	if again := Chance(in, option.Nothing, civil.Date{}, 7, 2*draws); !reflect.DeepEqual(again.Draws[:draws], nothing.Draws) || reflect.DeepEqual(again.Draws[draws:], nothing.Draws) {
		t.Error("the same futures are not the same, or all are alike")
	}
	if reflect.DeepEqual(Chance(in, option.Nothing, civil.Date{}, 8, draws).Draws, nothing.Draws) {
		t.Error("another seed has the same futures")
	}
	if !reflect.DeepEqual(Chance(in, option.Minimum, civil.Date{}, 7, draws), nothing) {
		t.Error("an option without changes is not what doing nothing is")
	}
	nurse, doctor := slices.Index(nothing.Roles, "nurse"), slices.Index(nothing.Roles, "physician")
	later := 0
	for n := range draws {
		for q := range Quarters {
			a, b := nothing.Draws[n][q], preferred.Draws[n][q]
			if q < 4 && a[doctor] != b[doctor] { // before the new one
				t.Fatalf("future %d, quarter %d: the same doctors give %v and %v", n, q, a[doctor], b[doctor])
			}
			if b[doctor] < a[doctor]-1e-9 {
				t.Fatalf("future %d, quarter %d: with a doctor more there are %v hours instead of %v", n, q, b[doctor], a[doctor])
			}
			if q > 12 && b[nurse] > a[nurse] {
				later++
			}
		}
	}
	if share := float64(later) / (draws * 7); share < 0.95 {
		t.Errorf("three trained nurses more, and longer weeks, are more in %.0f of 100 quarters", 100*share)
	}
	// A head more at the end of a post leaves the fate of the others as it is.
	more := mixedTeam()
	more.Posts[0].Heads++
	more.Roles = still()
	in.Roles = still()
	x, y := Chance(more, option.Nothing, civil.Date{}, 7, draws), Chance(in, option.Nothing, civil.Date{}, 7, draws)
	for n := range draws {
		for q := range Quarters {
			if x.Draws[n][q][nurse] < y.Draws[n][q][nurse]-1e-9 || x.Draws[n][q][doctor] != y.Draws[n][q][doctor] {
				t.Fatalf("future %d, quarter %d: a seat more changes the others", n, q)
			}
		}
	}
}

// TestChanceIsWhole: one full-time nurse is there with all of the hours or not at all; nobody who leaves comes back in the same quarter, and
// with no leavers, no course and no vacancy every future is the middle.
func TestChanceIsWhole(t *testing.T) {
	in := Input{Plan: plan(), Roles: roles, Posts: []Post{{ID: uuid.New(), Role: "nurse", Band: "6", WTE: 1, Heads: 1, InPost: 1}}}
	in.Plan.RampMonths = 0
	full := Project(Input{Plan: in.Plan, Roles: still(), Posts: in.Posts}, option.Nothing, 0.5)
	gone, back := 0, 0
	for _, x := range Chance(in, option.Nothing, civil.Date{}, 3, 400).Draws {
		for q := range Quarters {
			all := full[q].Total().ClinicalHours * in.Plan.FiveDays(full[q].Start)
			switch h := x[q][0]; {
			case h == 0:
				gone++
			case math.Abs(h-all) > 1e-9:
				t.Fatalf("%v hours of %v", h, all)
			case q > 0 && x[q-1][0] == 0:
				back++
			}
		}
	}
	if gone < 400 || back < 300 { // three in four leave within five years, and two quarters go by until somebody has come
		t.Errorf("empty in %d quarters, filled again %d times", gone, back)
	}
	in.Roles = still()
	c := Chance(in, option.Nothing, civil.Date{}, 3, 5)
	for _, x := range c.Draws {
		if !reflect.DeepEqual(x, c.Middle) {
			t.Errorf("%v, the middle is %v", x, c.Middle)
		}
	}
}

// TestFor: what is kept of a team has its hours, to the bit, after it was written down; and what only costs is not in it.
func TestFor(t *testing.T) {
	in := mixedTeam()
	keep := func(in Input, o option.Option) string {
		text, err := json.Marshal(in.For(o))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	for _, o := range option.All {
		var back Input
		if err := json.Unmarshal([]byte(keep(in, o)), &back); err != nil {
			t.Fatal(err)
		}
		back.Plan.Calendar = in.Plan.Calendar
		if !reflect.DeepEqual(Chance(back, o, civil.Date{}, 1, 20), Chance(in, o, civil.Date{}, 1, 20)) {
			t.Errorf("%s: what was kept has other hours", o)
		}
	}
	dear := mixedTeam()
	dear.Posts[0].Salary, dear.Posts[0].Title, dear.Posts[0].Years, dear.Changes[0].Development.Fee, dear.Plan.Awards, dear.Changes[0].Title = 9, "Sister", 5, 1, pay.Awards{Every: 0.1}, "Other"
	dear.Changes[3].Heads = 5 // of another option
	if keep(dear, option.Preferred) != keep(in, option.Preferred) {
		t.Error("what only costs is kept too, or what is of another option")
	}
	if in.Changes[0].Development.Fee == 0 || in.Posts[0].Title == "" {
		t.Error("the team itself was changed")
	}
	dear.Changes[0].Development.Retain.High = 0.9
	if keep(dear, option.Preferred) == keep(in, option.Preferred) || keep(dear, option.Nothing) != keep(in, option.Nothing) {
		t.Error("another retention is kept where it is not, or is not where it is")
	}
}

func BenchmarkChance(b *testing.B) {
	in := mixedTeam()
	for b.Loop() {
		Chance(in, option.Preferred, civil.Date{}, 1, 500)
	}
}
