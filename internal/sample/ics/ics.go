// Package ics tells two years of an integrated care system of eight organisations, by the commands of the slices and each at its own
// time: what is agreed on, and each month the release that the job would make on the tenth. Nothing is written on the side of the ICS
// but what these releases deliver.
//
// Organisations differ as they do in life: one never agrees to a measure, one has asked and waits for an answer, one came late to it,
// one forgot two months and sent three at once, one does not give its name, and one has withdrawn from everything.
package ics

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/network/sharing"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation/client"
	"github.com/rowan-ohwb/rowan/internal/sample/cast"
	"github.com/rowan-ohwb/rowan/internal/sample/network"
	"github.com/rowan-ohwb/rowan/internal/sample/wing"
)

// way is how an organisation takes part, by the ODS code of its host. Months are counted back from the newest that is over.
type way struct {
	model, integration string   // of the contract with its own host
	begins             int      // the first month that it shares: so many before the newest
	refused, asked     []string // what its executive refused, and what nobody has decided on
	unnamed            bool
	late               int // in this month and the one after it nothing was released; the month after these, all three
	withdrew           int // from this month on nothing is released
}

// whole is as far back as one can agree on.
const whole = 23

// ways of the eight.
var ways = map[string]way{
	"ZW1": {model: "internal", integration: "one", begins: whole},
	"ZN1": {model: "internal", integration: "one", begins: whole},
	"ZE1": {model: "collaborative", integration: "shared", begins: whole, refused: []string{"K09"}},
	"ZF1": {model: "mixed", integration: "joint", begins: whole, withdrew: 5},
	"ZT1": {model: "outsourced", integration: "separate", begins: whole, late: 4},
	"ZH1": {model: "hosted", integration: "separate", begins: whole, unnamed: true},
	"ZS1": {model: "income", integration: "shared", begins: whole, asked: []string{"K18", "K19", sharing.Nation}},
	"ZC1": {model: "internal", integration: "one", begins: 9},
}

// releaseDay is the day of the month on which releases are made, after that of the pack.
const releaseDay = 10

type builder struct {
	*cast.Cast
	sharing *sharing.Service
	clients *client.Service
	last    civil.Date // the newest month that is over
}

// Tell tells it.
func Tell(ctx context.Context, c *cast.Cast) error {
	if _, err := network.Lead(ctx, c); err != nil {
		return err
	}
	b := &builder{Cast: c, clients: client.NewService(c.DB, account.New(account.Deps{DB: c.DB})), last: sharing.Last(locale.Day(c.Now))}
	var err error
	if b.sharing, err = network.Sharing(c); err != nil {
		return err
	}
	for i, s := range c.Services {
		if i > 0 { // the first has its whole story
			if err := wing.Begin(ctx, c, s); err != nil {
				return err
			}
		}
		if err := b.terms(ctx, s); err != nil {
			return err
		}
		for _, do := range []func(context.Context, *cast.Service, way) error{b.agree, b.share, b.plans} {
			if err := do(ctx, s, ways[s.Host.ODS]); err != nil {
				return fmt.Errorf("%s: %w", s.Name, err)
			}
		}
	}
	return nil
}

// terms says how the service of an organisation is provided. Those of the first trust are said with its contracts.
func (b *builder) terms(ctx context.Context, s *cast.Service) error {
	w, ok := ways[s.Host.ODS]
	if !ok {
		return fmt.Errorf("nobody says how %s takes part", s.Host.ODS)
	}
	if s == b.Services[0] {
		return nil
	}
	return b.clients.SetTerms(ctx, s.Team[access.Lead][0].Actor(access.Hall), b.Now, s.Host.ID, client.Terms{Model: w.model, Integration: w.integration, Services: b.clients.Pack().Core})
}

// on is a moment of the month after one: that month is over and counted.
func on(month civil.Date, day int) time.Time {
	m := month.AddMonths(1)
	return locale.CivilDate(m.Year, m.Month, day).Add(10 * time.Hour)
}

// agree has every share asked for from the first month on, and decided on the day after.
func (b *builder) agree(ctx context.Context, s *cast.Service, w way) error {
	from := b.last.AddMonths(-w.begins)
	var items []string
	for _, m := range b.sharing.Pack().Metrics {
		if m.Once() {
			items = append(items, m.ID)
		}
	}
	items = append(items, sharing.Nation)
	if !w.unnamed {
		items = append(items, sharing.Name, sharing.Skills) // who takes part in the skills bank is there by name
	}
	return b.decide(ctx, s, on(from, 3), from, items, w)
}

func (b *builder) decide(ctx context.Context, s *cast.Service, at time.Time, from civil.Date, items []string, w way) error {
	lead, executive := s.Team[access.Lead][0].Actor(access.Growth), s.Host.Holder(access.Executive).Actor(access.Growth)
	for _, item := range items {
		if err := b.sharing.Ask(ctx, lead, at, item, from); err != nil {
			return fmt.Errorf("ask to share %s: %w", item, err)
		}
	}
	board, err := b.sharing.Board(ctx, lead, at)
	if err != nil {
		return err
	}
	for _, x := range board.Agreements {
		if x.State != sharing.Asked || slices.Contains(w.asked, x.Item) {
			continue
		}
		if err := b.sharing.Decide(ctx, executive, at.AddDate(0, 0, 1), x.ID, !slices.Contains(w.refused, x.Item)); err != nil {
			return fmt.Errorf("decide on %s: %w", x.Item, err)
		}
	}
	return nil
}

// share makes the releases of each month, as the job does.
func (b *builder) share(ctx context.Context, s *cast.Service, w way) error {
	lead := s.Team[access.Lead][0].Actor(access.Growth)
	for back := w.begins; back >= 0; back-- {
		month := b.last.AddMonths(-back)
		at := on(month, releaseDay)
		switch {
		case !at.Before(b.Now): // the day has not come
			return nil
		case w.withdrew > 0 && back == w.withdrew:
			return b.sharing.EndAll(ctx, s.Host.Holder(access.Executive).Actor(access.Growth), at.AddDate(0, 0, -2))
		case w.late > 0 && (back == w.late || back == w.late-1):
			continue
		}
		if _, err := b.sharing.Monthly(ctx, lead, at); err != nil {
			return fmt.Errorf("release %v: %w", month, err)
		}
	}
	return nil
}

// plans has what rounds found and what of the plan is done shared from now on: a plan does not keep what it was.
func (b *builder) plans(ctx context.Context, s *cast.Service, w way) error {
	if w.withdrew > 0 {
		return nil
	}
	var items []string
	for _, m := range b.sharing.Pack().Metrics {
		if !m.Once() {
			items = append(items, m.ID)
		}
	}
	// From as far back as can be, so that a round that was closed long ago is told of.
	if err := b.decide(ctx, s, b.Now.AddDate(0, 0, -2), b.last.AddMonths(-whole), items, w); err != nil {
		return err
	}
	_, err := b.sharing.Release(ctx, s.Team[access.Lead][0].Actor(access.Growth), b.Now, "")
	return err
}
