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
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// OnePost is what one person more of a role brings and costs, full time, once they do all of the work.
type OnePost struct {
	Role  string  `json:"role"`
	Band  string  `json:"band"`
	Hours float64 `json:"hours"` // with patients, a week
	Cost  float64 `json:"cost"`  // pounds a year
}

// MostPosts is how many more are tried: a team seldom grows by more at once.
const MostPosts = 6

// postReplications are those of each number of posts: a table needs less than a chart.
const postReplications = 200

// With is what a number of posts more would bring, in the last quarter of the plan.
type With struct {
	Posts    int              `json:"posts"`
	Measures map[Measure]Band `json:"measures"`
}

// Staffed is the answer to how many are needed: doing nothing, and so many full-time people more of a role, there from the first
// day. Every number of posts has the same referrals and the same luck.
type Staffed struct {
	One   OnePost `json:"one"`
	Lead  float64 `json:"lead"` // working days before which the model sees nobody but the urgent
	Table []With  `json:"table"`
}

// Needed is the smallest number of posts with which at least so many percent are seen within the target, in the middle future.
func (s Staffed) Needed(percent float64) (With, bool) {
	i := slices.IndexFunc(s.Table, func(w With) bool { return w.Measures[Within].P50 >= percent })
	if i < 0 {
		return With{}, false
	}
	return s.Table[i], true
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

// withPosts simulates every number of posts.
func (s *Service) withPosts(ctx context.Context, in Inputs, told func(int)) (*Staffed, error) {
	out := &Staffed{One: *in.Post, Lead: in.Fits.Lead.Value}
	pool := s.pack.pool(in.Post.Role).Role
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
		r, err := plan.Run(ctx, spec, in.Seed, in.Replications, runtime.GOMAXPROCS(0), func(done int) { told((n*in.Replications + done) / (MostPosts + 1)) })
		if err != nil {
			return nil, err
		}
		quarters, _ := more.report(r)
		out.Table = append(out.Table, With{n, quarters[len(quarters)-1].Measures})
	}
	return out, nil
}

// PostsAsked is the page of the question.
type PostsAsked struct {
	Roles      []OnePost // empty where nobody has written the team down
	Fits       bool
	Last, Best *Run
}

// Posts gives the newest answer, and the newest that has ended.
func (s *Service) Posts(ctx context.Context, a access.Actor) (out PostsAsked, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		if out.Roles, err = s.roles(ctx, tx); err != nil {
			return err
		}
		k, err := s.know(ctx, tx)
		if err != nil {
			return err
		}
		out.Fits = k.ok
		rows, err := db.New(tx).ListRuns(ctx, tx.Actor.Organisation)
		if err != nil {
			return fmt.Errorf("list runs: %w", err)
		}
		for _, row := range rows {
			if row.Kind != kindPosts {
				continue
			}
			r, err := fromRun(row)
			if err != nil {
				return err
			}
			if r.State == Done {
				if i := slices.IndexFunc(out.Roles, func(x OnePost) bool { return x.Role == r.Result.Staffed.One.Role }); k.ok && i >= 0 {
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
