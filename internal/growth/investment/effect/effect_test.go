package effect_test

import (
	"math"
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/effect"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/investmenttest"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
)

// TestOf: what a line changes is the plan with it less the plan without it, in the option that is followed or in the largest that has it.
func TestOf(t *testing.T) {
	r := investmenttest.Record(t)
	for title, want := range map[string]struct {
		in     option.Option
		others int
	}{"Nurse for the second clinic": {option.Preferred, 1}, "Physiotherapist": {option.Maximum, 0}, "Booking software": {option.Preferred, 2}} {
		var line investment.Line
		for _, l := range r.Lines {
			if l.Title == title {
				line = l
			}
		}
		e, ok, err := effect.Of(r, line.ID)
		if err != nil || !ok {
			t.Fatalf("%s: %v, %v", title, ok, err)
		}
		if e.Title != title || e.Option != want.in || len(e.Others) != want.others {
			t.Errorf("%s: %q in %s, and in %v", title, e.Title, e.Option, e.Others)
		}
		price, err := r.Price(line, investment.Budget)
		if err != nil || e.Costs != price {
			t.Errorf("%s costs %v, want %v (%v)", title, e.Costs, price, err)
		}
		if more := e.With.Cost - e.Without.Cost; math.Abs(more-price.Sum()*(1+line.Bias/100)) > 0.01 {
			t.Errorf("%s: the option costs %.2f more with it, the line costs %.2f", title, more, price.Sum()*(1+line.Bias/100))
		}
		if e.With.NPV >= e.Without.NPV || e.With.NPSV >= e.Without.NPSV || *e.With.BCR >= *e.Without.BCR {
			t.Errorf("%s: a cost without a benefit is worth something: %+v, %+v", title, e.Without, e.With)
		}
		if len(r.Lines) != 9 {
			t.Fatalf("the plan itself has lost a line: %d", len(r.Lines))
		}
	}
	if _, ok, err := effect.Of(r, uuid.New()); ok || err != nil {
		t.Errorf("what is not there changes something: %v, %v", ok, err)
	}
	if _, ok, err := effect.Of(r, r.Benefits[0].ID); ok || err != nil {
		t.Errorf("a benefit is no cost: %v, %v", ok, err)
	}
}
