package workforce

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/outlook"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Gained gives the hours with patients in a week of five working days that doing nothing has in the quarter after some days, or begins
// with, beyond those that the team had on average from one of these days to another, by role; fewer where it has lost some. Whoever
// compares the plan with what the team did on those days takes them off: who came then had not done a whole year, and who left had done
// a part.
func (s *Service) Gained(ctx context.Context, tx *postgres.Tx, from, to civil.Date) (map[string]float64, error) {
	t, err := s.team(ctx, tx, s.d.Now())
	if err != nil {
		return nil, err
	}
	rows, err := db.New(tx).ListEndedPosts(ctx, db.ListEndedPostsParams{OrganisationID: tx.Actor.Organisation, Since: from.UTC()})
	if err != nil {
		return nil, fmt.Errorf("list ended posts: %w", err)
	}
	out, input := map[string]float64{}, t.Input()
	next := input.Plan.InPlan(to.AddDays(1))
	quarter := t.Setting.Start.AddMonths(3 * next)
	then := func(p Post, ended civil.Date) float64 {
		study := t.Setting.Study
		if c, ok := t.Change(p.Change); ok && c.Development != nil && p.Role == c.Role {
			study = c.Development.Study
		}
		return t.present(p, from, to, ended) * p.WTE * input.HoursOf(p.Role, quarter, study)
	}
	for i, p := range t.Posts {
		alone := input
		alone.Posts, alone.Changes = input.Posts[i:i+1], nil
		out[p.Role] -= then(p, civil.Date{})
		for _, x := range outlook.Project(alone, option.Nothing, middle)[next].Staff {
			if x.Role == p.Role {
				out[p.Role] += x.ClinicalHours
			}
		}
	}
	for _, r := range rows {
		p := fromPost(r)
		out[p.Role] -= then(p, civil.FromNull(r.EndedOn))
	}
	for role := range out {
		out[role] *= input.Plan.FiveDays(quarter)
	}
	return out, nil
}

// present are the heads in a post from one day to another on average, as far as the establishment tells: a seat was empty from the
// advert to the start of who came, and is since VacantSince; before, somebody had it. A post that the plan added was empty before
// its start. Who came does a growing part of the work, as the plan has it. A post that has ended did so on a day.
func (t Team) present(p Post, from, to, ended civil.Date) float64 {
	sum, days := 0.0, float64(to.DaysSince(from)+1)
	for d := from; !d.After(to); d = d.AddDays(1) {
		if !ended.IsZero() && !d.Before(ended) {
			break
		}
		heads := float64(p.InPost)
		if !p.VacantSince.IsZero() && d.Before(p.VacantSince) {
			heads = float64(p.Heads)
		}
		if p.Change != uuid.Nil && !p.StartedOn.IsZero() {
			heads *= t.share(p.StartedOn, d)
		}
		for _, v := range t.Vacancies {
			if v.Post == p.ID && !v.Started.IsZero() && !d.Before(v.Advertised) {
				heads -= 1 - t.share(v.Started, d)
			}
		}
		sum += min(max(heads, 0), float64(p.Heads))
	}
	return sum / days
}

// share is the part of the work that somebody who started on a day does on another.
func (t Team) share(started, d civil.Date) float64 {
	if d.Before(started) {
		return 0
	}
	const month = 365.25 / 12
	begins, ramp := t.Pack.Assumed.RampBegins/100, t.Setting.RampMonths*month
	if ramp <= 0 {
		return 1
	}
	return begins + (1-begins)*min(float64(d.DaysSince(started))/ramp, 1)
}

// Brought gives the whole-time equivalents in post on each of some days, in the posts that the changes of an option brought: new
// and development posts, which is what an option plans in addition. A post that was there anyway does not count, whatever the plan
// changes about it; one that the plan brought counts as it is, with another WTE and until it ends. known is false where the
// option never planned a post. A gap between two holders of a post shows until it is filled again.
func (s *Service) Brought(ctx context.Context, a access.Actor, o option.Option, days []civil.Date) (wte []float64, known bool, err error) {
	wte = make([]float64, len(days))
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		planned, err := changes(ctx, tx)
		if err != nil {
			return err
		}
		ours := map[uuid.UUID]bool{}
		for _, c := range planned {
			if c.Kind.Adds() && c.In[o] {
				ours[c.ID], known = true, true
			}
		}
		rows, err := db.New(tx).ListBrought(ctx, a.Organisation)
		if err != nil {
			return fmt.Errorf("list posts that were planned: %w", err)
		}
		for _, r := range rows {
			if !ours[*r.ChangeID] {
				continue
			}
			for i, day := range days {
				heads := r.InPost
				switch started, ended, vacant := civil.FromNull(r.StartedOn), civil.FromNull(r.EndedOn), civil.FromNull(r.VacantSince); {
				case started.After(day) || !ended.IsZero() && !ended.After(day):
					continue
				case !vacant.IsZero() && day.Before(vacant):
					heads = r.Heads
				}
				wte[i] += float64(heads) * r.Wte
			}
		}
		return nil
	})
	return wte, known, err
}
