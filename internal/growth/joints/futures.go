package joints

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/people"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/outlook"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// kept is a team of the plan for people among the inputs of a simulation.
type kept struct {
	Option option.Option
	Team   outlook.Input
}

// Futures gives a simulation the futures of the team that the plan for people has: who leaves, who follows when, who completes a course.
func Futures(s *workforce.Service) people.Source {
	return people.Source{Draw: DrawFutures, Keep: func(ctx context.Context, tx *postgres.Tx) (map[option.Option]people.Team, error) {
		all, err := s.Teams(ctx, tx)
		if err != nil {
			return nil, err
		}
		out := map[option.Option]people.Team{}
		for o, team := range all {
			if out[o], err = json.Marshal(kept{o, team}); err != nil {
				return nil, fmt.Errorf("encode the team: %w", err)
			}
		}
		return out, nil
	}}
}

// DrawFutures draws those of a team that was kept, from a day on.
func DrawFutures(team people.Team, known civil.Date, seed uint64, futures int) (f people.Futures, err error) {
	var k kept
	if err := json.Unmarshal(team, &k); err != nil {
		return f, fmt.Errorf("decode the team: %w", err)
	}
	k.Team.Plan.Calendar = workday.England()
	c := outlook.Chance(k.Team, k.Option, known, seed, futures)
	f.Roles, f.Middle = c.Roles, c.Middle[:]
	for q := range outlook.Quarters {
		f.Quarters = append(f.Quarters, k.Team.Plan.Start.AddMonths(3*q))
	}
	for i := range c.Draws {
		f.Hours = append(f.Hours, c.Draws[i][:])
	}
	return f, nil
}
