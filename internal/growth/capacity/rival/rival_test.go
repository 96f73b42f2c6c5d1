package rival_test

import (
	"context"
	"slices"
	"testing"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/rival"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

const runs = 500

func preferred(year, low, middle, high float64) rival.Choice {
	return rival.Choice{Kind: rival.Option, Option: option.Preferred, Year: year, Low: low, Middle: middle, High: high, Used: 70}
}

func fill(low, middle, high float64) rival.Choice {
	return rival.Choice{Kind: rival.Fill, Role: "nurse", WTE: 0.6, Low: low, Middle: middle, High: high, Used: 89}
}

func nurses(n int, low, middle, high float64) rival.Choice {
	return rival.Choice{Kind: rival.Posts, Role: "nurse", Heads: n, Year: 53_000 * float64(n), Low: low, Middle: middle, High: high, Used: 75}
}

// TestOf is the rule as a table, with the sentences that it makes.
func TestOf(t *testing.T) {
	words, err := locale.Load(content.FS, "en")
	if err != nil {
		t.Fatal(err)
	}
	ctx := locale.Into(context.Background(), words)
	trains := preferred(92_000, 65, 71, 84)
	trains.Trains, trains.Covers = 2, []string{"Occupational physician"}
	same := nurses(1, 65, 71, 84)
	same.Used = 70
	for name, c := range map[string]struct {
		preferred rival.Choice
		all       []rival.Choice
		want      []string
	}{
		"nothing to compare": {preferred(92_000, 65, 71, 84), nil, nil},
		"none is cheaper":    {preferred(20_000, 65, 71, 84), []rival.Choice{nurses(1, 65, 71, 84)}, nil},
		"a nurse, and filling is as good": {trains, []rival.Choice{nurses(2, 65, 71, 84), nurses(1, 65, 71, 84), fill(61, 70.1, 83)}, []string{
			"For less money, filling your 0.6 vacant WTE at once and leaving no post of nurses empty (70 in 100, no new funding), or 1 more nurse, full time (71 in 100, about £53,000 a year), would bring as many people in time as Preferred (71 in 100 seen within 10 working days, posts about £92,000 a year): the simulation cannot tell them apart.",
			"What Preferred brings beyond the cheapest of these: a wait that is safer, since in 9 of 10 simulated runs 65 in 100 or more are seen in time, not 61; room for a busy week, with 70% of appointments used, not 89%; 2 people who are trained for the work; cover for what one person or nobody holds now (Occupational physician)."}},
		"filling is less, but free": {trains, []rival.Choice{nurses(1, 65, 71, 84), fill(50, 68, 83)}, []string{
			"For less money, 1 more nurse, full time (71 in 100, about £53,000 a year) would bring as many people in time as Preferred (71 in 100 seen within 10 working days, posts about £92,000 a year): the simulation cannot tell them apart.",
			"With no new funding, filling your 0.6 vacant WTE at once and leaving no post of nurses empty would bring 68 in 100.",
			"What Preferred brings beyond the cheapest of these: room for a busy week, with 70% of appointments used, not 75%; 2 people who are trained for the work; cover for what one person or nobody holds now (Occupational physician)."}},
		"nothing speaks for it": {preferred(92_000, 65, 71, 84), []rival.Choice{same}, []string{
			"For less money, 1 more nurse, full time (71 in 100, about £53,000 a year) would bring as many people in time as Preferred (71 in 100 seen within 10 working days, posts about £92,000 a year): the simulation cannot tell them apart.",
			"Nothing that is stored speaks for Preferred beyond that."}},
		"none is as good": {preferred(92_000, 80, 86, 91), []rival.Choice{fill(61, 70, 83), nurses(1, 65, 71, 84), nurses(2, 90, 95, 99)}, []string{
			"Nothing cheaper that was simulated brings as many people in time as Preferred (86 in 100 seen within 10 working days, posts about £92,000 a year). The nearest is 1 more nurse, full time (71 in 100, about £53,000 a year).",
			"With no new funding, filling your 0.6 vacant WTE at once and leaving no post of nurses empty would bring 70 in 100."}},
		"filling is the nearest": {preferred(92_000, 80, 86, 91), []rival.Choice{fill(61, 70, 83)}, []string{
			"Nothing cheaper that was simulated brings as many people in time as Preferred (86 in 100 seen within 10 working days, posts about £92,000 a year). The nearest is filling your 0.6 vacant WTE at once and leaving no post of nurses empty (70 in 100, no new funding)."}},
		"an option": {preferred(92_000, 65, 71, 84), []rival.Choice{{Kind: rival.Option, Option: option.Minimum, Year: 21_000, Low: 64, Middle: 70.8, High: 84}}, []string{
			"For less money, Do minimum (71 in 100, posts about £21,000 a year) would bring as many people in time as Preferred (71 in 100 seen within 10 working days, posts about £92,000 a year): the simulation cannot tell them apart.",
			"Nothing that is stored speaks for Preferred beyond that."}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := rival.Of(c.preferred, c.all, 10, runs).Sentences(ctx); !slices.Equal(got, c.want) {
				t.Errorf("it says\n%q, not\n%q", got, c.want)
			}
		})
	}
}

// TestApart: what chance may do to a middle follows from the spread and the number of runs, and is never less than a post is planned for.
func TestApart(t *testing.T) {
	for _, c := range []struct {
		spread float64
		runs   int
		want   float64
	}{{0, 500, 1}, {10, 500, 1}, {25.63, 500, 1.585}, {25.63, 125, 3.170}, {25.63, 0, 35.44}} {
		x := rival.Choice{Low: 50, Middle: 60, High: 50 + c.spread}
		if got := rival.Apart(x, x, c.runs); got < c.want-0.01 || got > c.want+0.01 {
			t.Errorf("with %v of %d runs it is %v, want %v", c.spread, c.runs, got, c.want)
		}
	}
}
