package strain

import (
	"context"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/assumed"
)

// TestSays: a team that is called to more than the bound, and to more than before, is told of; one that has room, or that the scenario relieves,
// is not.
func TestSays(t *testing.T) {
	pack, err := assumed.Load(content.FS)
	if err != nil || pack.UsedPercent != 90 || !strings.Contains(pack.UsedSource, "Own choice") {
		t.Fatalf("%d, %q, %v", pack.UsedPercent, pack.UsedSource, err)
	}
	of := func(first, last float64) *capacity.Result {
		quarter := func(start string, used float64) capacity.Quarter {
			return capacity.Quarter{Start: civil.MustParse(start), Measures: map[capacity.Measure]capacity.Band{capacity.Utilisation: {P50: used}}}
		}
		return &capacity.Result{Quarters: []capacity.Quarter{quarter("2027-04-01", first), quarter("2032-01-01", last)}}
	}
	for name, c := range map[string]struct {
		r, against *capacity.Result
		says       bool
	}{
		"it rises above the bound":             {of(80, 94), nil, true},
		"it rises below it":                    {of(70, 90), nil, false},
		"it was there when the plan began":     {of(94, 94), nil, false},
		"doing nothing has as much":            {of(80, 94), of(80, 94.4), false},
		"doing nothing has less":               {of(80, 94), of(80, 85), true},
		"it relieves a team that had no room":  {of(98, 93), of(98, 99), false},
		"above the bound, and less than today": {of(98, 93), nil, false},
	} {
		got := Says(context.Background(), c.r, c.against, pack.UsedPercent)
		if (got != "") != c.says {
			t.Errorf("%s: %q", name, got)
		}
		if c.says && (!strings.Contains(got, "94% of its appointments, up from 8") || !strings.Contains(got, "Above 90%")) {
			t.Error(got)
		}
	}
}
