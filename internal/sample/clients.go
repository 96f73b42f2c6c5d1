package sample

import (
	"context"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/organisation/client"
	"github.com/rowan-ohwb/rowan/internal/organisation/client/exit"
)

// monthsLeft is what is left of the contract of the first practice: near enough for the page to say so.
const monthsLeft = 4

// clients says what the contracts of the large trust's service cover: its own staff, a community trust with which it shares its ways,
// and practices, of which one must be renewed soon.
func (b *builder) clients(ctx context.Context) error {
	lead := b.Services[0].Team[access.Lead][0].Actor(access.Hall)
	s := client.NewService(b.DB, account.New(account.Deps{DB: b.DB}))
	all, err := s.List(ctx, lead, b.Now)
	if err != nil {
		return err
	}
	core, ends := s.Pack().Core, uuid.Nil
	for _, c := range all {
		t := client.Terms{Model: "hosted", Integration: "separate", Services: core[:4]}
		switch {
		case c.Host:
			t = client.Terms{Model: "internal", Integration: "one", Services: core}
		case c.Kind == organisation.Trust:
			t = client.Terms{Model: "collaborative", Integration: "shared", Services: core}
		case ends == uuid.Nil:
			ends = c.Organisation
		}
		if err := s.SetTerms(ctx, lead, b.Now, c.Organisation, t); err != nil {
			return err
		}
	}
	if ends == uuid.Nil {
		return nil
	}
	last := locale.Day(b.Now).AddMonths(monthsLeft)
	if err := s.End(ctx, lead, b.Now, ends, last); err != nil {
		return err
	}
	return b.exit(ctx, s, lead, ends)
}

// exit begins the exit plan of a contract: who takes over is known, and whose the other steps are.
func (b *builder) exit(ctx context.Context, clients *client.Service, lead access.Actor, organisation uuid.UUID) error {
	team := b.Services[0].Team
	owners := []exit.Member{{Account: lead.Account, Name: lead.Name}, {Account: team[access.OHAdmin][0].Account, Name: team[access.OHAdmin][0].Name()}}
	s := exit.New(exit.Deps{DB: b.DB, Clients: clients, Team: func(context.Context, uuid.UUID) ([]exit.Member, error) { return owners, nil }})
	if err := s.Start(ctx, lead, b.Now, organisation); err != nil {
		return err
	}
	if err := s.SetReceiver(ctx, lead, b.Now, organisation, exit.Receiver{Name: "Fells Occupational Health (invented)", Contact: "Ida Marsh, records manager"}); err != nil {
		return err
	}
	p, err := s.Find(ctx, lead, b.Now, organisation)
	if err != nil {
		return err
	}
	for _, x := range p.Steps {
		in := exit.In{Owner: lead.Account, Due: x.Due}
		switch x.Key {
		case "receiver":
			in.DoneOn = locale.Day(b.Now)
		case "lists", "reports", "records":
			in.Owner = owners[1].Account
		}
		if err := s.SetStep(ctx, lead, b.Now, organisation, x.Key, in); err != nil {
			return err
		}
	}
	return nil
}
