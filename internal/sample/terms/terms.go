// Package terms tells what the large trust's service has agreed on with its clients: with the community trust service levels of which one
// was kept and one was not, prices, a pack that was released and a review over it; with a practice a price for the year. Two years of what
// the work costs stand beside it. All of it is done by the commands of the slices.
package terms

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	"github.com/rowan-ohwb/rowan/internal/growth/network/contract"
	"github.com/rowan-ohwb/rowan/internal/growth/network/frontdoor"
	"github.com/rowan-ohwb/rowan/internal/growth/network/unitcost"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/organisation/client"
	"github.com/rowan-ohwb/rowan/internal/sample/cast"
)

type builder struct {
	*cast.Cast
	s       *contract.Service
	door    *frontdoor.Service
	clients *client.Service
	lead    access.Actor
	ids     int
}

func (b *builder) id() uuid.UUID { b.ids++; return b.ID("terms", b.ids) }

// Tell tells it.
func Tell(ctx context.Context, c *cast.Cast) error {
	clients, i := client.NewService(c.DB, nil), indicator.New(indicator.Deps{DB: c.DB}) // nobody is invited here
	b := &builder{Cast: c, clients: clients, door: frontdoor.New(c.DB, clients), lead: c.Services[0].Team[access.Lead][0].Actor(access.Growth),
		s: contract.New(contract.Deps{DB: c.DB, Contracts: clients, Measures: joints.Agreeable(i), Count: joints.OfClient(i)})}
	all, err := clients.List(ctx, b.lead, c.Now)
	if err != nil {
		return err
	}
	large, small := false, false
	for _, x := range all {
		switch {
		case x.Host || !x.Taking(locale.Day(c.Now)):
		case x.Kind == organisation.Trust && !large:
			large = true
			if err := b.trust(ctx, x.Organisation); err != nil {
				return fmt.Errorf("terms with the community trust: %w", err)
			}
		case x.Kind == organisation.Practice && !small:
			small = true
			if err := b.practice(ctx, x.Organisation); err != nil {
				return fmt.Errorf("terms with a practice: %w", err)
			}
		}
	}
	return b.costs(ctx)
}

// level finds the newest version of a measure that can be agreed on.
func (b *builder) level(ctx context.Context, name string, days, target int, from time.Time) contract.Level {
	l := contract.Level{ID: b.id(), Indicator: name, Target: target, Clock: "adjusted", Life: contract.Life{From: contract.MonthOf(locale.Day(from))}}
	if days > 0 {
		l.Days = &days
	}
	for _, m := range b.s.Measures(ctx) {
		if m.Indicator == name {
			l.Version = m.Version
		}
	}
	return l
}

// trust agrees on levels and prices fourteen months ago, on a dearer appointment a year later, and releases a pack last week.
func (b *builder) trust(ctx context.Context, id uuid.UUID) error {
	agreed, released := b.Now.AddDate(0, -14, 0), b.Now.AddDate(0, 0, -7)
	first := contract.Life{From: contract.MonthOf(locale.Day(agreed))}
	for _, l := range []contract.Level{b.level(ctx, "report_within", 15, 60, agreed), b.level(ctx, "first_seen_within", 5, 95, agreed), b.level(ctx, "dna_rate", 0, 10, agreed)} {
		if err := b.s.AddLevel(ctx, b.lead, agreed, id, l); err != nil {
			return err
		}
	}
	for _, l := range []contract.Line{
		{Item: contract.Attended, Basis: contract.PerItem, Pence: 8_950, Expected: 110, Band: 15, Life: first},
		{Item: contract.Referral, Basis: contract.PerBlock, Pence: 4_200_000, Expected: 160, Band: 20, Life: first},
		{Item: contract.Other, Basis: contract.PerBlock, Pence: 1_250_000, Life: first},
	} {
		l.ID = b.id()
		if err := b.s.AddLine(ctx, b.lead, agreed, id, l); err != nil {
			return err
		}
	}
	if err := b.s.SetDates(ctx, b.lead, agreed, id, contract.Dates{Notice: 6, Every: 6, Review: locale.Day(released)}); err != nil {
		return err
	}
	c, _, err := b.s.Draft(ctx, b.lead, released, id)
	if err != nil {
		return err
	}
	pack := b.id()
	if err := b.s.Release(ctx, b.lead, released, id, pack, c.Seen()); err != nil {
		return err
	}
	met := b.Now.AddDate(0, 0, -3)
	if err := b.s.Review(ctx, b.lead, met, id, pack, locale.Day(met), locale.Day(met).AddMonths(6)); err != nil {
		return err
	}
	for i, x := range []contract.Action{{What: "Show managers how a complete referral reads", Side: "service"}, {What: "Free an hour in clinic time for people who were referred", Side: "client"}} {
		x.ID, x.Pack, x.Due = b.id(), pack, locale.Day(met).AddMonths(i+2)
		if err := b.s.AddAction(ctx, b.lead, met, id, x); err != nil {
			return err
		}
	}
	return b.named(ctx, id, frontdoor.Site{Kind: "spoke", Name: "Community hospital, clinic room 2", Days: "Mondays and Thursdays, 9am to 5pm"})
}

// practice agrees on a price for the year, and a place nearby.
func (b *builder) practice(ctx context.Context, id uuid.UUID) error {
	agreed := b.Now.AddDate(0, -8, 0)
	if err := b.s.AddLevel(ctx, b.lead, agreed, id, b.level(ctx, "report_within", 5, 90, agreed)); err != nil {
		return err
	}
	l := contract.Line{ID: b.id(), Item: contract.Referral, Basis: contract.PerBlock, Pence: 180_000, Expected: 12, Band: 25, Life: contract.Life{From: contract.MonthOf(locale.Day(agreed))}}
	if err := b.s.AddLine(ctx, b.lead, agreed, id, l); err != nil {
		return err
	}
	return b.named(ctx, id, frontdoor.Site{Kind: "spoke", Name: "Health centre, first floor", Days: "Every second Tuesday, 1pm to 5pm"})
}

// named has a client say that it may be named, and writes down where its clinics run.
func (b *builder) named(ctx context.Context, id uuid.UUID, spoke frontdoor.Site) error {
	at := b.Now.AddDate(0, -2, 0)
	for _, x := range []frontdoor.Site{{Kind: "hub", Name: "Occupational health, main site", Days: "Weekdays, 8am to 6pm"}, spoke} {
		x.ID = b.id()
		if err := b.door.AddSite(ctx, b.lead, at, id, x); err != nil {
			return err
		}
	}
	hr := access.Actor{Account: b.id(), Name: "HR", Organisation: id, Role: access.HR, Wall: access.Growth, Demo: true}
	for _, o := range b.Services[0].Clients {
		if o.ID == id && len(o.HR) > 0 {
			hr = cast.Who{Member: o.HR[0], Acting: access.HR}.Actor(access.Growth)
		}
	}
	return b.door.SetListing(ctx, hr, at, true)
}

// costs works out what the work cost last year, as it was spent, and costs this year, as it is planned. A small sample has no records of a
// year to work with.
func (b *builder) costs(ctx context.Context) error {
	team := workforce.New(workforce.Deps{DB: b.DB, Now: func() time.Time { return b.Now }})
	s := unitcost.New(unitcost.Deps{DB: b.DB, Team: joints.Worked(team), Prices: b.s.Prices})
	board, err := s.Find(ctx, b.lead, b.Now)
	if err != nil || !board.Worked || !board.Has {
		return err
	}
	last, today := b.Now.AddDate(-1, 0, -4), b.Now.AddDate(0, 0, -4)
	spent := unitcost.Cost{ID: b.id(), Year: unitcost.YearOf(locale.Day(last)), Team: board.Team.Pence() / 100 * 96, Hours: board.Team.Whole(), Overhead: 1_750, Source: "Finance, reference costs of the year before"}
	if err := s.Add(ctx, b.lead, last, spent); err != nil {
		return err
	}
	plan := unitcost.Cost{ID: b.id(), Year: unitcost.YearOf(locale.Day(today)), Team: board.Team.Pence(), Hours: board.Team.Whole(), Overhead: 1_820, Source: "Finance, reference costs of last year"}
	return s.Add(ctx, b.lead, today, plan)
}
