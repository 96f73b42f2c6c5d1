package queueing

import "fmt"

// List is a waiting list with a target. Rates are a week and times in weeks.
type List struct {
	Demand     float64  `json:"demand"`      // referrals
	Capacity   *float64 `json:"capacity"`    // people who can be seen
	Queue      *float64 `json:"queue"`       // people waiting now
	Target     float64  `json:"target_wait"` // the wait that (almost) nobody should exceed
	Wait       *float64 `json:"mean_wait"`   // mean wait now
	ClearIn    *float64 `json:"clear_in"`    // weeks in which to reach the target queue
	CVDemand   float64  `json:"cv_demand"`   // coefficient of variation, not squared
	CVCapacity float64  `json:"cv_capacity"`
	Factor     float64  `json:"factor"` // target over mean wait
}

// ListAnswer is nil where an input for it was not given.
type ListAnswer struct {
	Load           *float64 `json:"load"`
	TargetMeanWait *float64 `json:"target_mean_wait"`
	TargetQueue    *float64 `json:"target_queue"`
	QueueRatio     *float64 `json:"queue_ratio"`
	ReliefCapacity *float64 `json:"relief_capacity"`
	TargetCapacity *float64 `json:"target_capacity"`
	Pressure       *float64 `json:"pressure"`
	Warnings       []string `json:"warnings"`
}

// relieved is how many times the target queue a list may be before it needs relief.
const relieved = 2

// Solve applies the formulae of Fong, Walton and others (2022). Were waits exponential,
// a share exp(-factor) would exceed the target: 1.8% for 4, 0.25% for 6.
func (in List) Solve() (ListAnswer, error) {
	var c check
	c.notNegative("demand", in.Demand)
	c.above("target_wait", in.Target)
	c.notNegative("cv_demand", in.CVDemand)
	c.notNegative("cv_capacity", in.CVCapacity)
	c.above("factor", in.Factor)
	for _, x := range []struct {
		name string
		x    *float64
	}{{"capacity", in.Capacity}, {"queue", in.Queue}, {"mean_wait", in.Wait}} {
		if x.x != nil {
			c.notNegative(x.name, *x.x)
		}
	}
	if in.ClearIn != nil {
		c.above("clear_in", *in.ClearIn)
	}
	if c.err != nil {
		return ListAnswer{}, c.err
	}
	out := ListAnswer{Warnings: []string{}}
	warn := func(format string, args ...any) { out.Warnings = append(out.Warnings, fmt.Sprintf(format, args...)) }
	meanWait := in.Target / in.Factor
	queue := in.Demand * meanWait // Little's law
	out.TargetMeanWait, out.TargetQueue = some(meanWait), some(queue)
	out.TargetCapacity = some(in.Demand + (in.CVDemand*in.CVDemand+in.CVCapacity*in.CVCapacity)/2*in.Factor/in.Target)

	switch {
	case in.Capacity == nil:
		warn("load needs capacity")
	case *in.Capacity == 0:
		warn("capacity is 0: there is no load")
	default:
		out.Load = some(in.Demand / *in.Capacity)
		if *out.Load >= 1 {
			warn("the load is %.6g: at 1 or more the list grows without end", *out.Load)
		}
	}
	switch {
	case in.Queue == nil:
		warn("queue_ratio and relief_capacity need queue")
	case queue == 0:
		warn("demand is 0, and so is the target queue: there is no queue_ratio")
	default:
		out.QueueRatio = some(*in.Queue / queue)
	}
	switch {
	case in.Queue == nil:
	case *in.Queue <= relieved*queue:
		warn("the queue is at most %d times the target queue: no relief capacity is called for", relieved)
	case in.ClearIn == nil:
		warn("relief_capacity needs clear_in")
	default:
		out.ReliefCapacity = some(in.Demand + (*in.Queue-queue) / *in.ClearIn)
	}
	if in.Wait == nil {
		warn("pressure needs mean_wait")
	} else {
		out.Pressure = some(2 * *in.Wait / in.Target)
	}
	return out, nil
}
