// Package effect says what one line of an investment plan, or one post of the plan for people, does to it: the plan with it beside the
// plan without it. Costs move; benefits do not, because nobody has said that they would.
package effect

import (
	"slices"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
)

// Effect is what it does in one option.
type Effect struct {
	Title         string
	Option        option.Option
	Others        []option.Option // in which it is too
	Costs         investment.Cash // without optimism bias
	Without, With Worth
}

// Worth is what an option costs and is worth.
type Worth struct {
	Cost float64  // to the budget over the plan, with optimism bias, in the prices of each quarter
	NPV  float64  // for the budget
	NPSV float64  // for society
	BCR  *float64 // nil where it costs nothing
}

// Of says it of the option that is followed or, where that does not have it, of the largest that does; false where none does.
func Of(r investment.Record, id uuid.UUID) (e Effect, ok bool, err error) {
	without, ok := r.Without(id)
	if !ok || !r.Plan.Set() {
		return e, false, nil
	}
	var in []option.Option
	costs := map[option.Option]investment.Cash{}
	for _, o := range slices.Backward(option.All) {
		all, err := r.Costs(o, investment.Budget)
		if err != nil {
			return e, false, err
		}
		own := slices.DeleteFunc(all, func(f investment.Flow) bool { return f.ID != id })
		if sum := investment.Total(own, false); sum != (investment.Cash{}) {
			in, costs[o], e.Title = append(in, o), sum, own[0].Title
		}
	}
	if len(in) == 0 {
		return e, false, nil
	}
	if e.Option = in[0]; slices.Contains(in, r.Plan.Chosen) {
		e.Option = r.Plan.Chosen
	}
	for _, o := range slices.Backward(in) {
		if o != e.Option {
			e.Others = append(e.Others, o)
		}
	}
	e.Costs = costs[e.Option]
	if e.With, err = worth(r, e.Option); err != nil {
		return e, false, err
	}
	e.Without, err = worth(without, e.Option)
	return e, err == nil, err
}

func worth(r investment.Record, o option.Option) (w Worth, err error) {
	costs, err := r.Costs(o, investment.Budget)
	if err != nil {
		return w, err
	}
	own, err := r.Appraise(o, investment.Budget)
	if err != nil {
		return w, err
	}
	social, err := r.Appraise(o, investment.Social)
	if err != nil {
		return w, err
	}
	return Worth{Cost: investment.Total(costs, true).Sum(), NPV: own.Central.NPSV, NPSV: social.Central.NPSV, BCR: social.Central.BCR}, nil
}
