package capacity

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/des/plan"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// OnePost is what one person more of a role brings and costs, full time, once they do all of the work.
type OnePost struct {
	Role   string  `json:"role"`
	Band   string  `json:"band"`
	Hours  float64 `json:"hours"`            // with patients, a week
	Cost   float64 `json:"cost"`             // pounds a year
	Salary float64 `json:"salary,omitempty"` // that the cost is of, where a doctor has no band
}

// MostPosts is how many more are tried: a team seldom grows by more at once.
const MostPosts = 6

// postReplications are those of each number of posts: a table needs less than a chart.
const postReplications = 200

// With is what a number of posts more would bring, in the last quarter of the plan.
type With struct {
	Posts    int              `json:"posts"`
	Measures map[Measure]Band `json:"measures"`
	Within   []Share          `json:"within"` // percent seen within so many working days, from 0 to LongestTarget
}

// Share is a percentage: in the middle future, and where 8 in 10 have it.
type Share struct {
	Low    float64 `json:"low"`
	Middle float64 `json:"middle"`
	High   float64 `json:"high"`
}

// LongestTarget is the longest target, in working days, that can be asked for.
const LongestTarget = plan.LongestTarget

// Staffed is the answer to how many are needed: doing nothing, and so many full-time people more of a role, there from the first
// day. Every number of posts has the same referrals and the same luck.
type Staffed struct {
	One   OnePost `json:"one"`
	Lead  float64 `json:"lead"` // working days before which the model sees nobody but the urgent
	Table []With  `json:"table"`
	// What no number of people of the role exceeds, and what no number of any: appointments without end, as they are booked now.
	Ceiling  []Share `json:"ceiling"`
	Everyone []Share `json:"everyone"`
}

// Needed is the smallest number of posts with which at least so many percent are seen within so many working days, in the middle
// future.
func (s Staffed) Needed(days int, percent float64) (With, bool) {
	i := slices.IndexFunc(s.Table, func(w With) bool { return w.Within[days].Middle >= percent })
	if i < 0 {
		return With{}, false
	}
	return s.Table[i], true
}

// Bound says what keeps more posts from a target.
type Bound string

// The bounds. Booked is how far ahead appointments are booked, and that who misses one waits again: no number of people of any
// profession helps. Others are the other professions, whose lists stay as they are.
const (
	Unbound Bound = ""
	Booked  Bound = "booked"
	Others  Bound = "others"
)

// Bound tells whether a target is out of reach of any number of posts, why, and what can be reached.
func (s Staffed) Bound(days int, percent float64) (Bound, Share) {
	switch {
	case s.Everyone[days].Middle < percent:
		return Booked, s.Everyone[days]
	case s.Ceiling[days].Middle < percent:
		return Others, s.Ceiling[days]
	}
	return Unbound, s.Ceiling[days]
}

// AskPosts asks how many of a role are needed.
func (s *Service) AskPosts(ctx context.Context, a access.Actor, now time.Time, role string, run uuid.UUID) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		all, err := s.roles(ctx, tx)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(x OnePost) bool { return x.Role == role })
		if i < 0 {
			return fault.Missing("role")
		}
		k, err := s.know(ctx, tx)
		if err != nil {
			return err
		}
		if !k.ok {
			return fault.New(fault.Conflict, "capacity.run.short")
		}
		return s.queue(ctx, tx, now, nil, run, s.posts(k, all[i]))
	})
}

// posts are the inputs of the question as they would be now.
func (s *Service) posts(k known, one OnePost) Inputs {
	in := s.inputs(k, Scenario{Option: option.Nothing, Replications: postReplications})
	in.Post = &one
	return in
}

// roles are those of the plan for people whose posts would see people.
func (s *Service) roles(ctx context.Context, tx *postgres.Tx) (out []OnePost, err error) {
	if s.d.Posts == nil {
		return nil, nil
	}
	all, err := s.d.Posts(ctx, tx)
	if err != nil {
		return nil, fmt.Errorf("ask for posts: %w", err)
	}
	for _, x := range all {
		if s.pack.pool(x.Role) != nil && x.Hours > 0 {
			out = append(out, x)
		}
	}
	return out, nil
}

// withPosts simulates every number of posts, and then appointments without end: of the role, and of everybody.
func (s *Service) withPosts(ctx context.Context, in Inputs, told func(int)) (*Staffed, error) {
	out := &Staffed{One: *in.Post, Lead: in.Fits.Lead.Value}
	pool := s.pack.pool(in.Post.Role).Role
	const runs = MostPosts + 1 + 2
	run := func(n int, spec *plan.Spec) (*plan.Result, error) {
		return plan.Run(ctx, spec, in.Seed, in.Replications, runtime.GOMAXPROCS(0), func(done int) { told((n*in.Replications + done) / runs) })
	}
	for n := range MostPosts + 1 {
		more := in
		more.Staff = slices.Clone(in.Staff)
		for i, x := range more.Staff {
			hours := map[string]float64{pool: 0}
			for role, h := range x.Hours {
				hours[role] = h
			}
			hours[pool] += float64(n) * in.Post.Hours
			more.Staff[i].Hours = hours
		}
		spec, err := more.build(s.calendar)
		if err != nil {
			return nil, err
		}
		r, err := run(n, spec)
		if err != nil {
			return nil, err
		}
		quarters, _ := more.report(r)
		out.Table = append(out.Table, With{n, quarters[len(quarters)-1].Measures, shares(r)})
	}
	routing := in.routing()
	_, routed := routing[pool]
	for i, ceiling := range []*[]Share{&out.Ceiling, &out.Everyone} {
		spec, err := in.build(s.calendar)
		if err != nil {
			return nil, err
		}
		for j := range spec.Pools {
			// Whom nobody is routed to relieves everybody.
			if i == 1 || !routed || spec.Pools[j].Name == pool {
				open(spec.Pools[j].Slots, spec.Working)
			}
		}
		r, err := run(MostPosts+1+i, spec)
		if err != nil {
			return nil, err
		}
		*ceiling = shares(r)
	}
	return out, nil
}

// open gives so many appointments on every working day that nobody waits for one.
func open(slots []float64, working []bool) {
	const endless = 500 // as many as a plan may have
	for d := range slots {
		if working[d] {
			slots[d] = endless
		}
	}
}

// shares are the percentages seen within each number of working days.
func shares(r *plan.Result) []Share {
	out := make([]Share, LongestTarget+1)
	for d := range out {
		x := make([]float64, r.Replications)
		for i, w := range r.Within {
			x[i] = 100 * w[d]
		}
		b := plan.Over(x)
		out[d] = Share{b.P10, b.P50, b.P90}
	}
	return out
}

// PostsAsked is the page of the question.
type PostsAsked struct {
	Roles      []OnePost // empty where nobody has written the team down
	Fits       bool
	Last, Best *Run
	Answered   []string // the professions that there is an answer for
	Doubted    *Back    // the newest back-test, where the model failed it
}

// Posts gives the newest answer for a profession ("" for the newest of all), and what is being worked out now.
func (s *Service) Posts(ctx context.Context, a access.Actor, role string) (out PostsAsked, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		if out.Doubted, err = doubted(ctx, tx); err != nil {
			return err
		}
		if out.Roles, err = s.roles(ctx, tx); err != nil {
			return err
		}
		k, err := s.know(ctx, tx)
		if err != nil {
			return err
		}
		out.Fits = k.ok
		all, err := runs(ctx, tx, kindPosts)
		if err != nil {
			return err
		}
		for _, r := range all {
			if r.State == Done && len(r.Result.Staffed.Ceiling) == 0 {
				continue // of a version that knew one target only
			}
			if r.State == Done {
				of := r.Result.Staffed.One.Role
				if slices.Contains(out.Answered, of) {
					continue // there is a newer one
				}
				out.Answered = append(out.Answered, of)
				if role != "" && role != of {
					continue
				}
				if i := slices.IndexFunc(out.Roles, func(x OnePost) bool { return x.Role == of }); k.ok && i >= 0 {
					now, err := s.posts(k, out.Roles[i]).Fingerprint()
					if err != nil {
						return err
					}
					r.Stale = now != r.Fingerprint
				}
			}
			if out.Last == nil {
				out.Last = &r
			}
			if out.Best == nil && r.State == Done {
				out.Best = &r
			}
		}
		return nil
	})
	return out, err
}
