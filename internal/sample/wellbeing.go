package sample

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/champion"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/conversation"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/sample/cast"
)

// circle tells of the wellbeing of the large trust: champions in some teams and not in others, and conversations that some managers
// keep up with and others do not.
type circle struct {
	*builder
	champions     *champion.Service
	conversations *conversation.Service
	lead          access.Actor
	made          int
}

const (
	// keepsUpEvery: one manager in three keeps up with conversations.
	keepsUpEvery = 3
	// mostChampions, who are spread over the teams, and mostTeams keep what this adds to the start of a demonstration under two seconds.
	mostChampions = 24
	mostTeams     = 8
	// The fifth of a crew asks for a conversation, and the ninth says that what is recorded is not right: both are in crews whose
	// manager keeps up and in those whose does not.
	asks, objects = 4, 8
)

// wellbeing fills both by the commands.
func (b *builder) wellbeing(ctx context.Context) error {
	now := func() time.Time { return b.Now }
	c := &circle{builder: b, champions: champion.New(champion.Deps{DB: b.DB, Now: now}), conversations: conversation.New(conversation.Deps{DB: b.DB, Box: b.Box, Now: now}),
		lead: b.Services[0].Team[access.Lead][0].Actor(access.Clinical)}
	teams := c.teams(b.Services[0].Team[access.Lead][0].Org)
	kit := champion.Kit{ID: c.id(), Kind: "kit", Title: "Winter wellbeing", Words: "Put the poster up where your team has its breaks.\nTell people that flu clinics run in the canteen on Tuesdays.", Link: "https://staff.wyrevalley.example/winter"}
	if err := c.champions.MakeLink(ctx, c.lead, b.Now.AddDate(0, 0, -40), c.lead.Organisation, c.id()); err != nil {
		return err
	}
	made := 0
	for i, t := range teams {
		known := t.boss.Account != uuid.Nil // one can sign in as them
		if known || i%max(1, len(teams)/mostChampions) == 0 {
			switch err := c.champion(ctx, t, made); {
			case err == nil:
				made++
			case fault.KindOf(err) != fault.Conflict: // a conflict: they had not come yet, or had nobody to ask
				return fmt.Errorf("champion %d: %w", made, err)
			}
		}
		if known || i < mostTeams {
			if err := c.talk(ctx, t, i); err != nil {
				return fmt.Errorf("conversations of team %d: %w", i, err)
			}
		}
	}
	if err := c.champions.Publish(ctx, c.lead, b.Now.AddDate(0, 0, -12), kit); err != nil {
		return err
	}
	if err := b.In(ctx, access.SystemActor(access.Worker, c.lead.Organisation, uuid.Nil), func(tx *postgres.Tx) error {
		return conversation.Count(ctx, tx, c.lead.Organisation, b.Now)
	}); err != nil {
		return err
	}
	return c.adjustments(ctx)
}

func (c *circle) id() uuid.UUID {
	c.made++
	return c.ID("wellbeing", c.made)
}

// crew is a leader and who reports to them.
type crew struct {
	boss  *cast.Member
	staff []*cast.Member
}

// teams lists the crews of an organisation, in the order of the staff feed.
func (c *circle) teams(o *cast.Org) (out []crew) {
	at := map[uuid.UUID]int{}
	for _, m := range o.People {
		if m.Boss == nil || m.Leads || m.Role != "" {
			continue
		}
		i, found := at[m.Boss.ID]
		if !found {
			i = len(out)
			at[m.Boss.ID] = i
			out = append(out, crew{boss: m.Boss})
		}
		out[i].staff = append(out[i].staff, m)
	}
	return out
}

func as(m *cast.Member, role access.Role, wall access.Wall) access.Actor {
	return cast.Who{Member: m, Acting: role}.Actor(wall)
}

// champion has somebody of a crew ask; most are agreed to and trained, some long ago, one waits.
func (c *circle) champion(ctx context.Context, t crew, n int) error {
	asked := c.Now.AddDate(0, 0, -40-61*(n%13))
	m, id := t.staff[0], c.id()
	person, boss := as(m, access.Person, access.Portal), as(t.boss, access.Manager, access.Employer)
	if n%8 == 7 {
		return c.champions.Ask(ctx, person, c.Now.AddDate(0, 0, -3), id, uuid.Nil) // waits for an answer
	}
	if err := c.champions.Ask(ctx, person, asked, id, uuid.Nil); err != nil {
		return err
	}
	x := champion.Champion{ID: id, Organisation: m.Org.ID, Person: m.ID}
	if err := c.champions.Agree(ctx, boss, asked.AddDate(0, 0, 4), x, 2+n%4); err != nil {
		return err
	}
	if n%6 != 5 {
		if err := c.champions.Train(ctx, c.lead, asked.AddDate(0, 0, 20), id, "first", locale.Day(asked.AddDate(0, 0, 18))); err != nil {
			return err
		}
	}
	if n%6 == 1 {
		if err := c.champions.Thank(ctx, c.lead, c.Now.AddDate(0, 0, -8), id); err != nil {
			return err
		}
	}
	today := locale.Day(c.Now)
	month := civil.Date{Year: today.Year, Month: today.Month, Day: 1}
	for back := range 5 { // three of them are closed, so the network sees their sums
		at, of := c.Now, month.AddMonths(-back)
		if back > 0 {
			at = of.AddMonths(1).UTC().Add(12 * time.Hour) // the first day of the next month
		}
		if back > 1 && of.UTC().Before(asked) {
			break
		}
		counts := map[string]int{"line_manager": 2 + n%3, "oh": 1 + (n+back)%4, "eap": n % 3, "peer": n % 2, "mental": (n + back) % 3, "physical": n % 2, "event": n % 2, "kit": max(0, 1-back)}
		if err := c.champions.Count(ctx, person, at, of, counts); err != nil {
			return err
		}
	}
	return nil
}

// talk has a manager offer and hold conversations with some of the crew.
func (c *circle) talk(ctx context.Context, t crew, i int) error {
	boss, keeps := as(t.boss, access.Manager, access.Employer), i%keepsUpEvery == 0
	for n, m := range t.staff {
		if !keeps && n%4 != 0 {
			continue // never offered one
		}
		at := c.Now.AddDate(0, 0, -20-23*((n*7+i*3)%17))
		in := conversation.In{Outcome: conversation.Held, On: locale.Day(at), With: "manager"}
		switch n % 6 {
		case 0:
			in.Actions, in.Signposts = []string{"breaks", "workload"}, []string{"wellbeing_offer"}
		case 1:
			in.Actions = []string{"pattern"}
		case 2:
			in.Signposts = []string{"learning", "staff_network"}
		case 3:
			in.Outcome, in.With = conversation.Declined, ""
		case 4:
			in.Outcome, in.With = conversation.Elsewhere, "professional_lead"
		case 5:
			if err := c.conversations.Offer(ctx, boss, c.Now.AddDate(0, 0, -5-n), c.id(), m.ID); err != nil {
				return err
			}
			continue
		}
		id, person := c.id(), as(m, access.Person, access.Portal)
		if n == asks {
			if err := c.conversations.Ask(ctx, person, c.Now.AddDate(0, 0, -2), id); err != nil {
				return err
			}
			continue
		}
		if err := c.conversations.Record(ctx, boss, at, id, m.ID, "", in); err != nil {
			return err
		}
		if n == objects {
			if err := c.conversations.Dispute(ctx, person, at.AddDate(0, 0, 1), id); err != nil {
				return err
			}
		}
	}
	return nil
}
