// Package exchange makes what the organisations of a sample do together for their people, by the commands of the slices and each at its
// own time: offers and sessions in the skills bank, and the actions of the people plan. All of it is invented.
package exchange

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/halfday"
	"github.com/rowan-ohwb/rowan/internal/care/lending"
	"github.com/rowan-ohwb/rowan/internal/care/practice"
	"github.com/rowan-ohwb/rowan/internal/growth/network/peopleplan"
	"github.com/rowan-ohwb/rowan/internal/growth/network/sharing"
	"github.com/rowan-ohwb/rowan/internal/growth/network/skillsbank"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/sample/cast"
)

type builder struct {
	*cast.Cast
	lending *lending.Service
	bank    *skillsbank.Service
}

// ago is a time so many days before now, at noon.
func (b *builder) ago(days int) time.Time {
	d := locale.Day(b.Now).AddDays(-days)
	return locale.CivilDate(d.Year, d.Month, d.Day).Add(12 * time.Hour)
}

// Tell tells it. A sample whose first two services do not both take part has nothing to tell of the skills bank.
func Tell(ctx context.Context, c *cast.Cast) error {
	b := &builder{Cast: c}
	s := practice.New(practice.Deps{DB: c.DB, Box: c.Box, Team: b.team})
	b.lending = lending.New(lending.Deps{DB: c.DB, Named: func(key string) string { x, _ := s.Pack().Competence(key); return x.Name },
		Able: func(ctx context.Context, tx *postgres.Tx, account uuid.UUID, acting access.Role, role string, at time.Time) (lending.Able, error) {
			role, until, err := s.Able(ctx, tx, practice.Member{Account: account, Acting: acting}, role, at)
			return lending.Able{Role: role, Until: until}, err
		}})
	var all []skillsbank.Competence
	for _, x := range s.Pack().Competencies {
		all = append(all, skillsbank.Competence{Key: x.Key, Name: x.Name})
	}
	b.bank = skillsbank.New(c.DB, all)
	if err := b.share(ctx); err != nil {
		return fmt.Errorf("the skills bank: %w", err)
	}
	if err := b.round(ctx, s); err != nil {
		return fmt.Errorf("the skills bank of an ICS: %w", err)
	}
	if err := b.plan(ctx); err != nil {
		return fmt.Errorf("the people plan: %w", err)
	}
	return nil
}

// tuesday is the first from a day on.
func tuesday(d civil.Date) civil.Date {
	for d.Weekday() != time.Tuesday {
		d = d.AddDays(1)
	}
	return d
}

// share has two nurses of the first service offer to help at the second, which asks one of them twice and still looks for the other skill.
func (b *builder) share(ctx context.Context) error {
	if len(b.Services) < 2 || len(b.Services[0].Team[access.Nurse]) < 4 {
		return nil
	}
	home, other := b.Services[0], b.Services[1]
	lead, asks := home.Team[access.Lead][0].Actor(access.Growth), other.Team[access.Lead][0].Actor(access.Growth)
	x, err := b.bank.Board(ctx, asks, b.Now)
	if err != nil || !x.Takes || x.Name(home.Host.ID) == "" {
		return err
	}
	nurse, hands := home.Team[access.Nurse][0].Actor(access.Clinical), home.Team[access.Nurse][3].Actor(access.Clinical)
	start := locale.Day(b.Now).AddDays(-100)
	offers := []struct {
		who   access.Actor
		keys  []string
		slots []string
		agree bool
	}{{nurse, []string{"surveillance", "mental-health"}, []string{"tue-am", "tue-pm"}, true}, {hands, []string{"havs"}, []string{"thu-am", "fri-am"}, true}, {hands, []string{"assessment"}, []string{"mon-am"}, false}}
	ids := make([]uuid.UUID, len(offers))
	for i, o := range offers {
		ids[i] = b.Next()
		in := lending.In{ID: ids[i], Band: "6", Competencies: o.keys, Slots: o.slots, Places: []string{other.Host.ID.String(), lending.Remote}, From: start, Until: start.AddMonths(9)}
		if err := b.lending.Add(ctx, o.who, b.ago(100-i), withFrom(in, locale.Day(b.ago(100-i)))); err != nil {
			return fmt.Errorf("offer %d: %w", i, err)
		}
		if o.agree {
			if err := b.bank.Decide(ctx, lead, b.ago(98-i), ids[i], true); err != nil {
				return fmt.Errorf("agree to offer %d: %w", i, err)
			}
		}
	}
	met, open := b.Next(), b.Next()
	for _, n := range []skillsbank.NeedIn{
		{ID: met, Competence: "surveillance", Place: "Laundry and workshops", Slots: []string{"tue-am", "wed-am"}, From: locale.Day(b.ago(90)), Until: locale.Day(b.Now).AddMonths(2), Hours: 24},
		{ID: open, Competence: "ill-health", Place: "By arrangement", Remote: true, Slots: []string{"mon-pm", "thu-pm"}, From: locale.Day(b.ago(90)), Until: locale.Day(b.Now).AddMonths(1), Hours: 12},
	} {
		if err := b.bank.Post(ctx, asks, b.ago(90), n); err != nil {
			return fmt.Errorf("look for %s: %w", n.Competence, err)
		}
	}
	first := tuesday(locale.Day(b.ago(80)))
	for i, on := range []civil.Date{first, first.AddDays(28), tuesday(locale.Day(b.Now).AddDays(3))} {
		if err := b.session(ctx, []access.Actor{asks, nurse, lead}, home.Host.ID, met, ids[0], on, i); err != nil {
			return fmt.Errorf("session %d: %w", i, err)
		}
	}
	return nil
}

func withFrom(in lending.In, from civil.Date) lending.In {
	in.From = from
	return in
}

// session is asked for, said yes to and agreed by both; one whose day is over took place. The last only waits for its answer.
func (b *builder) session(ctx context.Context, who []access.Actor, giver, need, offer uuid.UUID, on civil.Date, i int) error {
	asks, nurse, lead := who[0], who[1], who[2]
	id, at := b.Next(), b.ago(85-25*i)
	if err := b.bank.Ask(ctx, asks, at, need, giver, offer, skillsbank.AskIn{ID: id, On: on, Part: halfday.Morning, Hours: 4}); err != nil || i == 2 {
		return err
	}
	if err := b.lending.Answer(ctx, nurse, at.Add(time.Hour), asks.Organisation, id, true); err != nil {
		return err
	}
	for _, a := range []access.Actor{asks, lead} {
		if err := b.bank.Agree(ctx, a, at.Add(2*time.Hour), id); err != nil {
			return err
		}
	}
	return b.bank.TookPlace(ctx, asks, locale.CivilDate(on.Year, on.Month, on.Day).Add(15*time.Hour), id, 4-i)
}

// plan has the ICS begin two actions; the services of the installation say whether they take part.
func (b *builder) plan(ctx context.Context) error {
	ics := b.ID("ics", 0)
	host := access.Actor{Account: b.Next(), Name: "Mary Ives", Organisation: ics, Role: access.SystemLead, Wall: access.Growth, Demo: true}
	sys, err := system.New(b.DB, nil)
	if err != nil {
		return err
	}
	s := peopleplan.New(b.DB, sys)
	// In the last quarter that was told, so that there is one before it to compare with.
	last := sharing.Last(locale.Day(b.Now))
	for last.Month%3 != 0 {
		last = last.AddMonths(-1)
	}
	began := last.AddMonths(-2).AddDays(9)
	at := locale.CivilDate(began.Year, began.Month, began.Day).Add(12 * time.Hour)
	members, err := s.Members(ctx, host, at)
	if err != nil || len(members) == 0 {
		return err
	}
	var all []uuid.UUID
	for _, m := range members {
		all = append(all, m.ID)
	}
	for i, in := range []peopleplan.In{
		{Kind: "recruitment", Title: "One advert for occupational health nurses", Role: "nurse", Owner: "Mary Ives", Due: last.AddMonths(9), WTE: 6, Organisation: all},
		{Kind: "rotation", Title: "A physician's post that rotates", Role: "physician", Owner: "Head of occupational health, largest trust", Due: last.AddMonths(15), WTE: 1, Organisation: all[:min(3, len(all))]},
	} {
		in.ID = b.Next()
		if err := s.Add(ctx, host, at, in); err != nil {
			return fmt.Errorf("begin %q: %w", in.Title, err)
		}
		for k, service := range b.Services {
			lead := service.Team[access.Lead]
			if len(lead) == 0 || k+i > 1 {
				continue
			}
			found, err := s.List(ctx, lead[0].Actor(access.Growth), at)
			if err != nil {
				return err
			}
			for _, x := range found {
				if x.ID != in.ID {
					continue
				}
				if err := s.Decide(ctx, lead[0].Actor(access.Growth), at.AddDate(0, 0, 5), in.ID, i == 0 || k == 0); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
