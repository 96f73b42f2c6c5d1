package mentoring

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/mentoring/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/icalendar"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

// feedPurpose is the purpose of the links of calendars.
const feedPurpose = "mentoring"

// feedValid is how long a link opens at most.
const feedValid = 400 * 24 * time.Hour

// FeedToken is what stands in the link of the actor's calendar; "" while they have none. It is another one each time, and all of them
// open the same until the link is taken back.
func (s *Service) FeedToken(ctx context.Context, a access.Actor) (token string, err error) {
	err = s.read(ctx, a, func(q *db.Queries) error {
		feed, err := q.FindFeed(ctx, db.FindFeedParams{ServiceID: a.Service, AccountID: a.Account})
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("find calendar: %w", err)
		}
		token, err = s.d.Links.MintLink(seal.Link{ID: feed.ID, Purpose: feedPurpose, Organisation: a.Organisation, Service: a.Service, Object: a.Account, Expires: feed.MadeAt.Add(feedValid)})
		return err
	})
	return token, err
}

// MakeFeed makes a link for the actor's calendar; the one before it opens no more.
func (s *Service) MakeFeed(ctx context.Context, a access.Actor, at time.Time) error {
	id := uuid.New()
	return s.do(ctx, a, audit.Entry{At: at, Action: "mentoring.feed_made", Kind: "account", Object: a.Account}, func(_ *postgres.Tx, q *db.Queries) (int64, error) {
		if _, err := q.DeleteFeed(ctx, db.DeleteFeedParams{ServiceID: a.Service, AccountID: a.Account}); err != nil {
			return 0, fmt.Errorf("replace calendar: %w", err)
		}
		if err := q.InsertFeed(ctx, db.InsertFeedParams{ServiceID: a.Service, AccountID: a.Account, ID: id, At: at}); err != nil {
			return 0, fmt.Errorf("insert calendar: %w", err)
		}
		return 1, nil
	})
}

// CloseFeed takes the link back.
func (s *Service) CloseFeed(ctx context.Context, a access.Actor, at time.Time) error {
	return s.do(ctx, a, audit.Entry{At: at, Action: "mentoring.feed_closed", Kind: "account", Object: a.Account}, func(_ *postgres.Tx, q *db.Queries) (int64, error) {
		n, err := q.DeleteFeed(ctx, db.DeleteFeedParams{ServiceID: a.Service, AccountID: a.Account})
		if err != nil {
			return 0, fmt.Errorf("delete calendar: %w", err)
		}
		return n, nil
	})
}

// Words are what a calendar says: neither with whom nor about what.
type Words struct{ Name, Day string }

// Calendar is what a link opens: the days of the next meetings of whose link it is, while they work in the service. A link that was
// taken back, is too old or is none of ours is missing. It is read as that account, so row security shows no other's.
func (s *Service) Calendar(ctx context.Context, token string, now time.Time, words Words) (c icalendar.Calendar, err error) {
	l, err := s.d.Links.OpenLink(token, feedPurpose, now)
	if err != nil {
		return c, fault.Missing("calendar")
	}
	team, err := s.team(ctx, l.Service)
	if err != nil {
		return c, err
	}
	if _, works := team[l.Object]; !works {
		return c, fault.Missing("calendar")
	}
	c.Name = words.Name
	a := access.SystemActor(access.Clinical, l.Organisation, l.Service)
	a.Account = l.Object
	err = s.read(ctx, a, func(q *db.Queries) error {
		feed, err := q.FindFeed(ctx, db.FindFeedParams{ServiceID: a.Service, AccountID: a.Account})
		if errors.Is(err, pgx.ErrNoRows) || err == nil && feed.ID != l.ID {
			return fault.Missing("calendar")
		}
		if err != nil {
			return fmt.Errorf("find calendar: %w", err)
		}
		all, err := pairs(ctx, q, a, nil)
		for _, m := range all {
			if m.State == On && !m.Next.IsZero() {
				c.Events = append(c.Events, icalendar.Event{UID: m.ID.String() + "-" + m.Next.String() + "@rowan", Day: m.Next, Summary: words.Day, Version: m.NextVersion - 1, Changed: m.NextSet})
			}
		}
		return err
	})
	return c, err
}
