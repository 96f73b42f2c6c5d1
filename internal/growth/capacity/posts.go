package capacity

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"runtime"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/des/plan"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/measured"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/mix"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/people"
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

	// Whole-time equivalents of the role: funded, of these empty today, and expected in post when nothing is done.
	Funded   float64 `json:"funded,omitempty"`
	Vacant   float64 `json:"vacant,omitempty"`
	Expected float64 `json:"expected,omitempty"`
}

// Several stands for the question of which professions together.
const Several = "several"

// Chosen is the option that posts are planned in from an answer, and that the question of several professions begins with.
const Chosen = option.Preferred

// MostPosts is how many more are tried: a team seldom grows by more at once.
const MostPosts = 6

// With is what a number of posts more would bring, in the last quarter of the plan.
type With struct {
	Posts    int              `json:"posts"`
	Measures map[Measure]Band `json:"measures"`
	Within   []mix.Share      `json:"within"` // percent seen within so many working days, from 0 to LongestTarget
	Used     mix.Share        `json:"used"`   // percent of the appointments of the last year that somebody is called to
}

// LongestTarget is the longest target, in working days, that can be asked for.
const LongestTarget = plan.LongestTarget

// Staffed is the answer to how many are needed: doing nothing, and so many full-time people more of a role, there from the first
// day. Every number of posts has the same referrals and the same luck. Where it was asked of several professions, they are more than the
// preferred option has, One has no role, the table has nobody more alone, and Mixes are the combinations.
type Staffed struct {
	One   OnePost    `json:"one"`
	Last  civil.Date `json:"last"` // first day of the quarter that all of it is of: the last that is simulated
	Lead  float64    `json:"lead"` // working days before which the model sees nobody but the urgent
	Table []With     `json:"table"`
	// Filled is with nobody more than is funded, and no post ever empty; nil where none is empty.
	Filled  *With   `json:"filled,omitempty"`
	Planned *With   `json:"planned,omitempty"` // as the preferred option has it; nil where it is what the first row has
	Brings  float64 `json:"brings,omitempty"`  // appointments a week that one more gives
	// What no number of people of the role exceeds, and what no number of any: appointments without end, as they are booked now.
	Ceiling  []mix.Share `json:"ceiling"`
	Everyone []mix.Share `json:"everyone"`

	Team  []OnePost   `json:"team,omitempty"`  // of several: one of each
	Mixes [][]mix.Mix `json:"mixes,omitempty"` // by the working days of the target, the cheapest first; of people in the order of Team
}

// AsPlanned is what the preferred option brings: what its scenario brings, with the same random numbers.
func (s Staffed) AsPlanned() With {
	if s.Planned != nil {
		return *s.Planned
	}
	return s.Table[0]
}

// Of are the professions that a combination has somebody of.
func (s Staffed) Of(m mix.Mix) (roles []string) {
	for i, heads := range m.Posts {
		if heads > 0 {
			roles = append(roles, s.Team[i].Role)
		}
	}
	return roles
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
func (s Staffed) Bound(days int, percent float64) (Bound, mix.Share) {
	switch {
	case s.Everyone[days].Middle < percent:
		return Booked, s.Everyone[days]
	case s.Ceiling[days].Middle < percent:
		return Others, s.Ceiling[days]
	}
	return Unbound, s.Ceiling[days]
}

// AskPosts asks how many of a role are needed, or how many of several, and has scenarios that are out of date run too: else the same
// question would have two answers.
func (s *Service) AskPosts(ctx context.Context, a access.Actor, now time.Time, role string, run uuid.UUID) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		all, err := s.roles(ctx, tx)
		if err != nil {
			return err
		}
		if role != Several && !slices.ContainsFunc(all, func(x OnePost) bool { return x.Role == role }) {
			return fault.Missing("role")
		}
		k, err := s.know(ctx, tx)
		if err != nil {
			return err
		}
		if !k.ok {
			return fault.New(fault.Conflict, "capacity.run.short")
		}
		in, ok := s.posts(k, all, role)
		if !ok {
			return fault.Missing("role")
		}
		if err := s.queue(ctx, tx, now, nil, run, in); err != nil {
			return err
		}
		return s.follow(ctx, tx, now, k)
	})
}

// posts are the inputs of the question as they would be now; ok is false where nobody of the role would see people.
func (s *Service) posts(k known, all []OnePost, role string) (in Inputs, ok bool) {
	in = s.inputs(k, Scenario{Option: option.Nothing, Replications: Replications})
	planned := s.inputs(k, Scenario{Option: Chosen})
	if role == Several {
		in.Option, in.Staff, in.People = Chosen, planned.Staff, planned.People
		in.Post, in.Team = &OnePost{Role: Several}, s.together(in, all)
		return in, len(in.Team) > 0
	}
	i := slices.IndexFunc(all, func(x OnePost) bool { return x.Role == role })
	if i < 0 {
		return in, false
	}
	in.Post = &all[i]
	if !reflect.DeepEqual(in.Staff, planned.Staff) {
		in.Planned, in.PlannedTeam = planned.Staff, planned.People
	}
	return in, true
}

// together are the professions whose numbers can be put together, in the order of the model: those with a list of their own, of which
// one that nobody knows the hours of stays as it is; none where there are fewer than two. A profession that nobody is routed to
// relieves all the others, so that no list would be alone.
func (s *Service) together(in Inputs, all []OnePost) (out []OnePost) {
	known := 0
	for _, name := range slices.Sorted(maps.Keys(in.routing())) {
		one := OnePost{Role: name}
		if i := slices.IndexFunc(all, func(x OnePost) bool { return x.Role == name }); i >= 0 {
			one = all[i]
			known++
		}
		out = append(out, one)
	}
	if known < 2 {
		return nil
	}
	return out
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
		if s.pack.Of(x.Role) != nil && x.Hours > 0 {
			out = append(out, x)
		}
	}
	return out, nil
}

// withPosts simulates every number of posts, all with the same futures of the team, then funded posts that are never empty, and then appointments without end: of the role, and
// of everybody. Of several professions all have so many more at once; the combinations are made of these (package mix).
func (s *Service) withPosts(ctx context.Context, in Inputs, told func(int)) (*Staffed, error) {
	out := &Staffed{One: *in.Post, Last: in.Quarters[Quarters-1], Lead: in.Fits.Lead.Value, Team: in.Team}
	team := in.Team
	if in.Post.Role != Several {
		team, out.Brings = []OnePost{*in.Post}, s.brings(in, *in.Post)
	}
	futures, err := s.futures(in, in.People)
	if err != nil {
		return nil, err
	}
	const runs = MostPosts + 1 + 4
	run := func(n int, spec *plan.Spec) (*plan.Result, error) {
		return plan.Run(ctx, spec, in.Seed, in.Replications, runtime.GOMAXPROCS(0), func(done int) { told((n*in.Replications + done) / runs) })
	}
	with := func(n int, posts int, hours func(OnePost) float64, sure ...string) (With, *plan.Result, error) {
		more, extra := in, map[string]float64{}
		for _, one := range team {
			if one.Hours > 0 {
				extra[s.pack.Of(one.Role).Role] += hours(one)
			}
		}
		more.Staff = people.More(in.Staff, extra)
		spec, err := s.model(more, futures, sure...)
		if err != nil {
			return With{}, nil, err
		}
		r, err := run(n, spec)
		if err != nil {
			return With{}, nil, err
		}
		return *more.ends(r, posts), r, nil
	}
	var each mix.Runs
	for n := range MostPosts + 1 {
		w, r, err := with(n, n, func(one OnePost) float64 { return float64(n) * one.Hours })
		if err != nil {
			return nil, err
		}
		if len(in.Team) == 0 || n == 0 {
			out.Table = append(out.Table, w)
		}
		each = append(each, r.Pools)
	}
	if slices.ContainsFunc(team, func(one OnePost) bool { return one.Vacant > 0 }) {
		var sure []string // nobody doubts a post that is never empty
		for _, one := range team {
			sure = append(sure, one.Role)
		}
		w, _, err := with(MostPosts+1, 0, func(one OnePost) float64 { return max(one.Funded-one.Expected, 0) * one.Hours }, sure...)
		if err != nil {
			return nil, err
		}
		out.Filled = &w
	}
	if in.Planned != nil {
		planned := in
		planned.Staff = in.Planned
		futures, err := s.futures(in, in.PlannedTeam)
		if err != nil {
			return nil, err
		}
		spec, err := s.model(planned, futures)
		if err != nil {
			return nil, err
		}
		r, err := run(MostPosts+2, spec)
		if err != nil {
			return nil, err
		}
		out.Planned = planned.ends(r, 0)
	}
	if len(in.Team) > 0 {
		cost := make([]float64, len(in.Team))
		for i, one := range in.Team {
			cost[i] = one.Cost
		}
		out.Mixes = each.Search(cost)
	}
	return out, s.ceilings(in, futures, out, func(i int, spec *plan.Spec) (*plan.Result, error) { return run(MostPosts+3+i, spec) })
}

// ends is what a run of so many posts more comes to in the last quarter.
func (in Inputs) ends(r *plan.Result, posts int) *With {
	quarters, _ := in.report(r)
	used := mix.UsedOf(len(r.Pools), func(i int) []plan.Part { return r.Pools[i] })
	return &With{posts, quarters[len(quarters)-1].Measures, mix.Within(r), used}
}

// ceilings are what appointments without end bring.
func (s *Service) ceilings(in Inputs, futures people.Futures, out *Staffed, run func(int, *plan.Spec) (*plan.Result, error)) error {
	pool, routed := "", false
	if len(in.Team) == 0 {
		pool = s.pack.Of(in.Post.Role).Role
		_, routed = in.routing()[pool]
	}
	for i, ceiling := range []*[]mix.Share{&out.Ceiling, &out.Everyone} {
		spec, err := s.model(in, futures)
		if err != nil {
			return err
		}
		for j := range spec.Pools {
			// Whom nobody is routed to relieves everybody.
			if i == 1 || !routed || spec.Pools[j].Name == pool {
				open(spec.Pools[j].Slots, spec.Working)
			}
		}
		r, err := run(i, spec)
		if err != nil {
			return err
		}
		*ceiling = mix.Within(r)
	}
	return nil
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

// PostsAsked is the page of the question.
type PostsAsked struct {
	Roles      []OnePost // empty where nobody has written the team down
	Fits       bool
	Last, Best *Run
	Answered   []string           // the professions that there is an answer for
	Tested     Tested             // the newest back-test
	PlanFrom   civil.Date         // the first quarter of the plan for people that is simulated
	Together   bool               // there are professions whose numbers can be put together
	Added      map[string]float64 // whole-time equivalents that the preferred option adds now, by the profession that sees people
	Recorded   []measured.Recorded
	Scenario   *Told // that stands for the preferred option: its first choice changes nothing but people; nil where there is none
}

// Posts gives the newest answer for a profession ("" for the newest of all), and what is being worked out now.
func (s *Service) Posts(ctx context.Context, a access.Actor, role string) (out PostsAsked, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		if out.Tested, err = s.tested(ctx, tx); err != nil {
			return err
		}
		if out.Roles, err = s.roles(ctx, tx); err != nil {
			return err
		}
		if out.Added, err = s.added(ctx, tx); err != nil {
			return err
		}
		k, err := s.know(ctx, tx)
		if err != nil {
			return err
		}
		if out.Fits = k.ok; k.ok {
			if staff := k.staff[option.Nothing]; len(staff) > 0 {
				out.PlanFrom = staff[0].Start
				begins := s.inputs(k, Scenario{}).Quarters[0]
				if i := slices.IndexFunc(staff, func(x Staff) bool { return !x.Start.Before(begins) }); i > 0 {
					out.PlanFrom = staff[i].Start
				}
			}
			out.Together = len(s.together(s.inputs(k, Scenario{}), out.Roles)) > 0
		}
		if _, out.Recorded, err = s.last(ctx, tx, k); err != nil {
			return err
		}
		var of Overview
		if of.All, err = s.told(ctx, tx, k); err != nil {
			return err
		}
		if t, there := of.Of(Chosen); there {
			out.Scenario = &t
		}
		all, err := runs(ctx, tx, kindPosts)
		if err != nil {
			return err
		}
		for _, r := range all {
			if r.State == Done && (len(r.Result.Staffed.Ceiling) == 0 || r.Result.Staffed.Last.IsZero()) {
				continue // of a version that knew one target only, or did not say of when it is
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
				if r.Stale, err = s.stale(k, out.Roles, of, r.Fingerprint); err != nil {
					return err
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

// stale says that the question would be made of something else now; false for whoever does not read the fits.
func (s *Service) stale(k known, all []OnePost, role, fingerprint string) (bool, error) {
	if !k.ok {
		return false, nil
	}
	in, ok := s.posts(k, all, role)
	if !ok {
		return false, nil
	}
	now, err := in.Fingerprint()
	return now != fingerprint, err
}
