package capacity

import (
	"math"

	"github.com/rowan-ohwb/rowan/internal/calc/queueing"
)

// Formula is what the arithmetic of waiting lists says of the last year of a plan, beside the simulation.
type Formula struct {
	Load       float64  `json:"load"`              // appointments that referrals ask for over those that are given
	Referrals  float64  `json:"referrals"`         // a week, that need an appointment
	Slots      int      `json:"slots"`             // a week, for first appointments
	List       *float64 `json:"list,omitempty"`    // that a weekly clinic settles to; nil at a load of 1 or more
	Needed     float64  `json:"needed"`            // appointments a week for the target
	Simulated  float64  `json:"simulated"`         // mean list of the simulation at the end
	WhyNot     []string `json:"why_not,omitempty"` // assumptions that do not hold, as keys of words
	PerPerson  float64  `json:"per_person"`        // appointments for each person seen, with those missed and those that follow
	LeadPeople float64  `json:"lead_people"`       // on the list because nobody is seen before the lead time
}

const (
	// factor is how many times the mean wait the target is, so that few exceed it: exp(-4) is two in a hundred.
	factor = 4.0
	// Differences that the formula does not see, if they are smaller: a twentieth of the demand.
	little = 0.05
)

// year is the mean of four quarters: one alone has its season and its bank holidays.
func year(quarters []Quarter) (q Quarter) {
	n := float64(len(quarters))
	for _, x := range quarters {
		q.Came, q.Seen, q.Given = q.Came+x.Came/n, q.Seen+x.Seen/n, q.Given+x.Given/n
	}
	q.Measures = quarters[len(quarters)-1].Measures
	return q
}

// formula computes it. It holds for one list, steady demand and a steady number of appointments.
func (in Inputs) formula(quarters []Quarter) (*Formula, error) {
	first, last := year(quarters[:4]), year(quarters[len(quarters)-4:])
	f := in.Fits
	// One who does not come and asks again takes another appointment, for first and following ones alike.
	each := 1 / (1 - f.DNA.Value*f.Rebook.Value)
	seenShare := (1 - f.DNA.Value) * each // of those called first, in the end
	out := &Formula{PerPerson: each * (1 + f.FollowUps.Value*seenShare), Simulated: last.Measures[List].Mean}
	out.Referrals = last.Came * (1 - f.Unseen.Value)
	if last.Given > 0 {
		out.Load = out.Referrals * out.PerPerson / last.Given
	}
	out.Slots = int(math.Round(last.Given / out.PerPerson))
	out.LeadPeople = out.Referrals*f.Lead.Value/workdays + last.Came*f.Unseen.Value*f.UnseenFor.Value/week
	if out.Referrals > 0 && out.Slots > 0 {
		const cv = 1.0 // Poisson by the week, both ways, at worst
		weekly := 1 / math.Sqrt(out.Referrals)
		l, err := queueing.List{Demand: out.Referrals, Target: float64(in.Target) / workdays, CVDemand: weekly, CVCapacity: cv * weekly, Factor: factor}.Solve()
		if err != nil {
			return nil, err
		}
		if l.TargetCapacity != nil {
			out.Needed = *l.TargetCapacity * out.PerPerson
		}
		c, err := queueing.Clinic{Referrals: out.Referrals, Slots: out.Slots, Stationary: true}.Solve()
		if err != nil {
			return nil, err
		}
		if c.Stationary != nil {
			list := c.Stationary.Mean + out.LeadPeople
			out.List = &list
		}
	}
	out.WhyNot = in.whyNot(first, last)
	return out, nil
}

// whyNot lists what the formula assumes and is not so.
func (in Inputs) whyNot(first, last Quarter) (why []string) {
	differs := func(a, b float64) bool { return math.Abs(a-b) > little*math.Max(a, b) }
	if differs(first.Came, last.Came) {
		why = append(why, "trend")
	}
	if differs(first.Given, last.Given) {
		why = append(why, "capacity")
	}
	if in.Fits.Given.React > 0 {
		why = append(why, "react")
	}
	if in.Fits.Level.SD > little {
		why = append(why, "level")
	}
	if len(in.routing()) > 1 {
		why = append(why, "pools")
	}
	for _, r := range in.Fits.Rates {
		if r.Monthly {
			return append(why, "season")
		}
	}
	return why
}
