package sample

import (
	"context"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/organisation/client"
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
	return s.End(ctx, lead, b.Now, ends, locale.Day(b.Now).AddMonths(monthsLeft))
}
