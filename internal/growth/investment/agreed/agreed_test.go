package agreed_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/agreed"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
)

var (
	nurse, clinic, physio = uuid.UUID{1}, uuid.UUID{2}, uuid.UUID{3}
	start, day            = civil.MustParse("2026-07-01"), civil.MustParse("2026-09-24")
)

// says is a plan of an option; of another it costs a million, which nobody asks about.
func says(o option.Option, costs ...investment.Cost) investment.Promised {
	other := option.Maximum
	if o == other {
		other = option.Preferred
	}
	return investment.Promised{Start: start, Chosen: o, Options: map[option.Option]investment.Told{o: {Costs: costs}, other: {Costs: []investment.Cost{{ID: uuid.UUID{9}, Title: "Other", Sum: 1e6}}}}}
}

func cost(id uuid.UUID, title string, sum float64) investment.Cost {
	return investment.Cost{ID: id, Title: title, Sum: sum}
}

// TestBetween: something is said only of a plan that costs another sum than the board has agreed to, to the pound.
func TestBetween(t *testing.T) {
	was := says(option.Preferred, cost(nurse, "Evening nurse", 300_000), cost(clinic, "Second clinic", 172_969))
	decided := investment.Promise{Promised: was, Case: uuid.UUID{7}, N: 1, Agreed: day}
	for name, c := range map[string]struct {
		was  investment.Promise
		now  investment.Promised
		more float64
		says bool
	}{
		"the same plan":                    {decided, was, 0, false},
		"a difference of pence":            {decided, says(option.Preferred, cost(nurse, "Evening nurse", 300_000.2), cost(clinic, "Second clinic", 172_969)), 0, false},
		"the board has not decided":        {investment.Promise{Promised: was, N: 1}, says(option.Preferred, cost(nurse, "Evening nurse", 900_000)), 0, false},
		"more posts":                       {decided, says(option.Preferred, cost(nurse, "Evening nurse", 300_000), cost(clinic, "Second clinic", 172_969), cost(physio, "Physiotherapist", 657_031)), 657_031, true},
		"a part of it was dropped":         {decided, says(option.Preferred, cost(nurse, "Evening nurse", 300_000)), -172_969, true},
		"nothing is left":                  {decided, says(option.Preferred), -472_969, true},
		"another option is followed":       {decided, says(option.Maximum, cost(nurse, "Evening nurse", 600_000)), 127_031, true},
		"a case that was to cost nothing":  {investment.Promise{Promised: says(option.Preferred), N: 1, Agreed: day}, was, 472_969, true},
		"other parts of the same sum":      {decided, says(option.Preferred, cost(physio, "Physiotherapist", 472_969)), 0, false},
		"a post in two lines, as it was":   {decided, says(option.Preferred, cost(nurse, "Evening nurse", 100_000), cost(nurse, "Evening nurse, course", 200_000), cost(clinic, "Second clinic", 172_969)), 0, false},
		"years that begin later cost less": {decided, says(option.Preferred, cost(nurse, "Evening nurse", 250_000), cost(clinic, "Second clinic", 172_969)), -50_000, true},
	} {
		g, ok := agreed.Between(c.was, c.now, nil)
		if ok != c.says || ok && g.More() != c.more {
			t.Errorf("%s: says %v, %v more; want %v, %v", name, ok, g.More(), c.says, c.more)
		}
	}
}

// TestParts: what differs is named, most first; what is as it was is not; and what the board has not seen is what came on top.
func TestParts(t *testing.T) {
	ctx := t.Context()
	was := investment.Promise{Promised: says(option.Preferred, cost(nurse, "Evening nurse", 300_000), cost(clinic, "Second clinic", 172_969)), Case: uuid.UUID{7}, N: 1, Agreed: day}
	now := says(option.Maximum, cost(nurse, "Evening nurse", 310_000), cost(clinic, "Second clinic", 172_969), cost(physio, "Physiotherapist", 647_031))
	now.Start = start.AddMonths(3)
	g, ok := agreed.Between(was, now, &investment.Promise{Promised: now, Case: uuid.UUID{8}, N: 2})
	if !ok || len(g.Parts) != 2 || g.Parts[0] != (agreed.Part{ID: physio, Title: "Physiotherapist", Now: 647_031}) || g.Parts[1] != (agreed.Part{ID: nurse, Title: "Evening nurse", Agreed: 300_000, Now: 310_000}) {
		t.Fatalf("%v %+v", ok, g.Parts)
	}
	if on := g.New(); len(on) != 1 || on[0].ID != physio {
		t.Errorf("new is %+v", on)
	}
	text := strings.Join(g.Sentences(ctx), " ")
	for _, want := range []string{"The board agreed to £472,969 on 24 September 2026 (business case 1). The plan now costs £1,130,000: £657,031 more.", "five years, with optimism bias", "“Preferred”. The plan now follows the option “Do maximum”",
		"begin on 1 July 2026, those of the plan on 1 October 2026", "Business case 2 asks the board for £1,130,000"} {
		if !strings.Contains(text, want) {
			t.Errorf("want %q of %q", want, text)
		}
	}
}
