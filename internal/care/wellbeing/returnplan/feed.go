package returnplan

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/returnplan/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/icalendar"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

// feedPurpose is the purpose of the links of calendars.
const feedPurpose = "hours"

// feedValid is how long a link opens at most: twice the longest plan, and some.
const feedValid = 400 * 24 * time.Hour

// FeedToken is what stands in the link of the actor's calendar; "" while they have none. It is another one each time, and all of them
// open the same until the link is taken back.
func (s *Service) FeedToken(ctx context.Context, a access.Actor) (token string, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		feed, err := db.New(tx).FindFeed(ctx, db.FindFeedParams{OrganisationID: a.Organisation, PersonID: a.Person})
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("find feed: %w", err)
		}
		token, err = s.d.Links.MintLink(seal.Link{ID: feed.ID, Purpose: feedPurpose, Organisation: a.Organisation, Service: a.Service, Person: a.Person, Expires: feed.MadeAt.Add(feedValid)})
		return err
	})
	return token, err
}

// MakeFeed makes a link for the actor's calendar; the one before it opens no more.
func (s *Service) MakeFeed(ctx context.Context, a access.Actor, at time.Time) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		if _, err := q.DeleteFeed(ctx, db.DeleteFeedParams{OrganisationID: a.Organisation, PersonID: a.Person}); err != nil {
			return fmt.Errorf("replace feed: %w", err)
		}
		id := uuid.New()
		if err := q.InsertFeed(ctx, db.InsertFeedParams{OrganisationID: a.Organisation, ID: id, PersonID: a.Person, At: at}); err != nil {
			return fmt.Errorf("insert feed: %w", err)
		}
		return note(ctx, tx, at, "returnplan.feed_made", id, a.Person)
	})
}

// CloseFeed takes the link back.
func (s *Service) CloseFeed(ctx context.Context, a access.Actor, at time.Time) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		n, err := db.New(tx).DeleteFeed(ctx, db.DeleteFeedParams{OrganisationID: a.Organisation, PersonID: a.Person})
		if err != nil || n == 0 {
			return err
		}
		return note(ctx, tx, at, "returnplan.feed_closed", a.Person, a.Person)
	})
}

// Words are what a calendar says.
type Words struct {
	Name string
	Day  func(hours string) string
}

// Feed is the calendar that a link opens: the days of the hours that hold, and nothing else. A link that was taken back, is too old or
// is none of ours is missing. It is read as the person whose link it is, so row security shows their hours alone.
func (s *Service) Feed(ctx context.Context, token string, now time.Time, words Words) (c icalendar.Calendar, err error) {
	l, err := s.d.Links.OpenLink(token, feedPurpose, now)
	if err != nil {
		return c, fault.Missing("calendar")
	}
	c.Name = words.Name
	a := access.SystemActor(access.Portal, l.Organisation, l.Service)
	a.Person = l.Person
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		feed, err := db.New(tx).FindFeed(ctx, db.FindFeedParams{OrganisationID: a.Organisation, PersonID: a.Person})
		if errors.Is(err, pgx.ErrNoRows) || err == nil && feed.ID != l.ID {
			return fault.Missing("calendar")
		}
		if err != nil {
			return fmt.Errorf("find feed: %w", err)
		}
		all, err := plans(ctx, tx, a.Person)
		if err != nil {
			return err
		}
		for _, p := range all {
			v, holds := p.Holds()
			if !holds || !p.Ended.IsZero() {
				continue
			}
			days, _ := s.Calendar(v.Plan)
			for _, d := range days {
				if d.Minutes == 0 || d.Holiday != "" {
					continue
				}
				c.Events = append(c.Events, icalendar.Event{UID: p.ID.String() + "-" + d.Date.String() + "@rowan", Day: d.Date, Summary: words.Day(Hours(d.Minutes)), Version: v.N - 1, Changed: v.AgreedAt()})
			}
		}
		return nil
	})
	return c, err
}
