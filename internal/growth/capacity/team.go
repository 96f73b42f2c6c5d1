package capacity

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/measured"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/mix"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/number"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/people"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// last is what Rowan's own records say of the last year.
func (s *Service) last(ctx context.Context, tx *postgres.Tx, k known) (y measured.Year, all []measured.Recorded, err error) {
	if !k.ok {
		return y, nil, nil
	}
	if y, err = measured.Read(ctx, tx, k.raw, s.pack.TargetDays); err != nil {
		return y, nil, fmt.Errorf("read what was measured: %w", err)
	}
	roles, err := s.roles(ctx, tx)
	if err != nil {
		return y, nil, err
	}
	fits := k.raw
	if !tx.Actor.Role.AtService() {
		fits = number.Outside(fits)
	}
	in := s.inputs(k, Scenario{})
	return y, s.recorded(in, fits, k.raw.Given.Mean, roles), nil
}

// recorded is of every profession that the plan has hours of in the year of the fits. given are the appointments of a week of five working
// days, as hours are.
func (s *Service) recorded(in Inputs, fits demand.Fits, given float64, roles []OnePost) (out []measured.Recorded) {
	for _, p := range s.pack.Pools {
		r := measured.Recorded{Role: p.Role, Minutes: p.Length(fits).Mean, Offered: in.Present[p.Role]}
		for _, x := range fits.Roles {
			if s.pack.Named(x.Name) == p.Role {
				r.Appointments += x.Share * given
			}
		}
		if r.Offered <= 0 || r.Appointments <= 0 {
			continue
		}
		for _, one := range roles {
			if one.Role == p.Role {
				r.WTE = r.Offered / one.Hours
			}
		}
		r.Low, r.Few = r.Share() < float64(s.pack.RecordedPercent), r.Share() < float64(s.pack.PlannedPercent)
		out = append(out, r)
	}
	return out
}

// brings is how many appointments a week one person more of a role would give, as the simulation has it: in proportion to those that
// there are, or their hours over the minutes of one where nobody is routed to the profession yet.
func (s *Service) brings(in Inputs, one OnePost) float64 {
	pool, base := s.pack.Of(one.Role).Role, in.Fits.Given.Mean
	routing := in.routing()
	if _, all := routing[everybody]; all {
		pool = everybody
	}
	if routing[pool] == 0 {
		return one.Hours * 60 / in.minutes(pool)
	}
	more := in
	at := func(extra float64) float64 {
		more.Staff = people.More(in.Staff, map[string]float64{s.pack.Of(one.Role).Role: extra})
		return more.slots(in.Start, pool, base*routing[pool])
	}
	return at(one.Hours) - at(0)
}

// More is a post to be planned, full time, for so many people.
type More struct {
	ID         uuid.UUID
	Role, Band string
	Heads      int
}

// PostID is the id of what one press of a button plans of a role.
func PostID(press uuid.UUID, role string) uuid.UUID { return uuid.NewSHA1(press, []byte(role)) }

// added is what the preferred option adds, by pool: somebody in a development post sees the same people.
func (s *Service) added(ctx context.Context, tx *postgres.Tx) (map[string]float64, error) {
	if s.d.Added == nil {
		return nil, nil
	}
	all, err := s.d.Added(ctx, tx, Chosen)
	if err != nil {
		return nil, fmt.Errorf("ask what is planned: %w", err)
	}
	out := map[string]float64{}
	for _, role := range slices.Sorted(maps.Keys(all)) {
		if p := s.pack.Of(role); p != nil {
			out[p.Role] += all[role]
		}
	}
	return out, nil
}

// PlanPosts plans in the preferred option the cheapest combination that an answer of several professions has for a target, all of its posts
// or none, and has the answer and the scenarios run anew. The same id again plans nothing. An answer that something has changed for since
// plans nothing either. What was planned is given back.
func (s *Service) PlanPosts(ctx context.Context, a access.Actor, now time.Time, id, run uuid.UUID, days int, percent float64) (more []More, err error) {
	if days < 0 || days > LongestTarget {
		return nil, fault.Missing("answer")
	}
	asked, err := s.Posts(ctx, a, Several)
	if err != nil {
		return nil, err
	}
	best := asked.Best
	if s.d.Plan == nil || best == nil || best.Result.Staffed.Mixes == nil {
		return nil, fault.Missing("answer")
	}
	m, ok := mix.Cheapest(best.Result.Staffed.Mixes[days], percent)
	for i, heads := range m.Posts {
		if one := best.Result.Staffed.Team[i]; heads > 0 {
			more = append(more, More{PostID(id, one.Role), one.Role, one.Band, heads})
		}
	}
	if !ok || len(more) == 0 {
		return nil, fault.New(fault.Conflict, "capacity.posts.plan.nothing")
	}
	return more, s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		n, err := s.d.Plan(ctx, tx, now, Chosen, more)
		if err == nil && n > 0 && len(measured.Unknown(asked.Recorded, best.Result.Staffed.Of(m))) > 0 {
			return fault.New(fault.Conflict, "capacity.posts.plan.record")
		}
		if err == nil && n > 0 && (best.Stale || best.ID != run) {
			return fault.New(fault.Conflict, "capacity.posts.plan.stale")
		}
		if err != nil || n == 0 {
			return err
		}
		return s.Follow(ctx, tx, now)
	})
}
