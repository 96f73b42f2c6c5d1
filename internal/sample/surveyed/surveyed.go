// Package surveyed is a survey that a sample's integrated care system asks the members of its community of practice, which is open, and
// what some of them answered.
package surveyed

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/community/asked"
	"github.com/rowan-ohwb/rowan/internal/growth/network/call"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/sample/cast"
)

// Tell tells it. The community is there already.
func Tell(ctx context.Context, c *cast.Cast) error {
	host := access.Actor{Organisation: c.ID("ics", 0), Role: access.SystemLead, Wall: access.Growth, Demo: true}
	if err := c.In(ctx, access.SystemActor(access.Hall, host.Organisation, uuid.Nil), func(tx *postgres.Tx) error {
		return tx.QueryRow(ctx, `select a.id, a.display_name from account a join role_grant g on g.account_id = a.id where g.organisation_id = $1 and g.role = $2`, host.Organisation, string(host.Role)).Scan(&host.Account, &host.Name)
	}); err != nil {
		return fmt.Errorf("find who leads the ICS: %w", err)
	}
	calls, id := call.New(c.DB), c.ID("survey", 0)
	if err := calls.Add(ctx, host, c.Now.AddDate(0, 0, -12), call.In{ID: id, Kind: call.Survey, Asks: call.Members, Title: "Who works alone, and what would help?",
		About:     "Some of you are the only one of your profession where you work. We plan meetings of peers for next year, and want to know what they should be for.",
		Questions: "Are you the only one of your profession at your service? | Yes; No\nWhat would help you most? | A buddy; Meetings of peers; Supervision; Nothing of these\nWhat should we know about it?", Closes: locale.Day(c.Now).AddDays(20)}); err != nil {
		return fmt.Errorf("write a survey: %w", err)
	}
	if err := calls.Publish(ctx, host, c.Now.AddDate(0, 0, -11), id, 1); err != nil {
		return fmt.Errorf("publish a survey: %w", err)
	}
	answers := asked.New(c.DB, call.ForMembers)
	for i, said := range []struct {
		by      access.Actor
		answers []string
	}{
		{c.Services[0].Team[access.Physio][0].Actor(access.Growth), []string{"Yes", "Meetings of peers", "An hour every other month would do, by video."}},
		{c.Services[1].Team[access.Counsellor][0].Actor(access.Growth), []string{"Yes", "Supervision", "I find it hard to get time for it agreed."}},
		{c.Services[2].Team[access.Lead][0].Actor(access.Growth), []string{"Yes", "A buddy", "Somebody to ring before a hard meeting."}},
	} {
		if err := answers.Answer(ctx, said.by, c.Now.AddDate(0, 0, i-9), id, 0, said.answers); err != nil {
			return fmt.Errorf("answer a survey: %w", err)
		}
	}
	return nil
}
