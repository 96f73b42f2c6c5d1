// Package openday tells the sample's open day of the spring and the walk that is to come.
package openday

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/outreach"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/sample/cast"
)

// Tell holds an open day in the spring that brought two applications, and plans a wellbeing event.
func Tell(ctx context.Context, b *cast.Cast) error {
	s, lead := outreach.New(b.DB), b.Services[0].Team[access.Lead][0].Actor(access.Clinical)
	held := b.Now.AddDate(0, -3, 0)
	planned := held.AddDate(0, 0, -40)
	ids := 0
	id := func() uuid.UUID { ids++; return b.ID("outreach", ids) }
	event := outreach.EventIn{ID: id(), Kind: outreach.Recruitment, Title: "Work in occupational health: open day", About: "For nurses, therapists and students. Meet the team, hear what a day is like, and ask about development posts.",
		On: locale.Day(held), At: "10:00", Minutes: 180, Place: "Education centre, hall", Places: 40}
	if err := s.Plan(ctx, lead, planned, event); err != nil {
		return fmt.Errorf("plan an open day: %w", err)
	}
	if err := s.Open(ctx, lead, planned, event.ID); err != nil {
		return fmt.Errorf("open sign-up: %w", err)
	}
	var came []uuid.UUID
	outcomes := map[uuid.UUID]string{}
	for i, who := range []struct {
		name, interest, outcome string
		came                    bool
	}{
		{"Ife Bello", "nurse", "applied", true}, {"Rhys Morgan", "physio", "written", true}, {"Sana Iqbal", "nurse", "started", true}, {"Meg Holt", "student", "not_now", true},
		{"Leo Marsh", "", "", true}, {"Uma Nair", "doctor", "written", false}, {"Kit Dawson", "", "", true}, {"Eve Sutton", "admin", "", true}, {"Jon Platt", "", "", false},
	} {
		in := outreach.SignIn{ID: id(), Name: who.name, Email: fmt.Sprintf("guest%d@example.org", i+1), MayWrite: who.interest != "", Interest: who.interest}
		if err := s.SignUp(ctx, access.Actor{}, planned, event.ID, in); err != nil {
			return fmt.Errorf("sign up: %w", err)
		}
		if who.came {
			came = append(came, in.ID)
		}
		if who.outcome != "" {
			outcomes[in.ID] = who.outcome
		}
	}
	for _, code := range []string{"place", "access", "people", "vacancies", "tell", "remind", "thank", "follow"} {
		if err := s.Step(ctx, lead, held, event.ID, code, true); err != nil {
			return fmt.Errorf("step %s: %w", code, err)
		}
	}
	after := held.AddDate(0, 0, 2)
	if err := s.Staff(ctx, lead, held, event.ID, map[string]string{"lead": lead.Name, "welcome": "Reception team", "support": "Site services"}); err != nil {
		return fmt.Errorf("roles: %w", err)
	}
	if err := s.Mark(ctx, lead, after, event.ID, came, 6); err != nil {
		return fmt.Errorf("attendance: %w", err)
	}
	if err := s.Spend(ctx, lead, after, event.ID, outreach.CostIn{Pounds: 240, Hours: 26}); err != nil {
		return fmt.Errorf("cost: %w", err)
	}
	if err := s.Follow(ctx, lead, after, event.ID, outcomes); err != nil {
		return fmt.Errorf("follow up: %w", err)
	}
	walk := outreach.EventIn{ID: id(), Kind: outreach.Wellbeing, Title: "Lunchtime walk and stretch", About: "For everybody. 30 minutes outside with our physiotherapist; come as you are.", On: locale.Day(b.Now).AddDays(24), At: "12:15", Minutes: 30, Place: "Front entrance", Places: 30}
	if err := s.Plan(ctx, lead, b.Now, walk); err != nil {
		return fmt.Errorf("plan a walk: %w", err)
	}
	return s.Open(ctx, lead, b.Now, walk.ID)
}
