package referral

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/care/referral/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/referral/sheet"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Row is one line of the referrer's list.
type Row struct {
	ID                   uuid.UUID
	Person               string
	Own                  bool // the actor made it; otherwise they were named in it
	State                flow.Seen
	StateAt, SubmittedAt time.Time
}

// List lists what the actor referred or was named in, what is under way first, then the latest, 200 at most; and
// what they have begun, which stands above it on the same page and is read in the same transaction.
func (s *Service) List(ctx context.Context, actor access.Actor) (out []Row, begun []Draft, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListReferrals(ctx, actor.Organisation)
		if err != nil {
			return fmt.Errorf("list referrals: %w", err)
		}
		for _, r := range rows {
			out = append(out, Row{r.ID, r.PersonName, r.ReferrerPersonID == actor.Person, flow.Seen(r.State), r.StateAt, r.SubmittedAt})
		}
		begun, err = listBegun(ctx, tx)
		return err
	})
	return out, begun, err
}

// Version is one text a referral had.
type Version struct {
	Number int
	At     time.Time
	Text   sheet.Text
}

// Versions lists every text of a referral, the first one first, behind the actor's wall.
func (s *Service) Versions(ctx context.Context, actor access.Actor, id uuid.UUID) (out []Version, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		out, err = versions(ctx, tx, id)
		return err
	})
	return out, err
}

func versions(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (out []Version, err error) {
	rows, err := db.New(tx).ListVersions(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("list versions: %w", err)
	}
	for _, r := range rows {
		v := Version{Number: int(r.Version), At: r.At}
		if err := json.Unmarshal(r.Text, &v.Text); err != nil {
			return nil, fmt.Errorf("read version: %w", err)
		}
		out = append(out, v)
	}
	return out, nil
}

// Again tells somebody who can be reached from now on that there is something about them to read, for each referral that
// they may not have read.
func (s *Service) Again(ctx context.Context, tx *postgres.Tx, who message.Again) error {
	ids, err := db.New(tx).ListUnread(ctx, db.ListUnreadParams{ServiceID: tx.Actor.Service, OrganisationID: who.Organisation, PersonID: who.Person})
	if err != nil {
		return fmt.Errorf("list unread referrals: %w", err)
	}
	for _, id := range ids {
		if err := message.Queue(ctx, tx, who.Out(tx.Actor.Service, "referral_made", id.String())); err != nil {
			return err
		}
	}
	return nil
}

// Said is a comment of the person's.
type Said struct {
	ID   uuid.UUID
	Text string
	At   time.Time
}

// Time is a planned contact: when, never with whom or why.
type Time struct {
	Starts  time.Time
	Minutes int
	State   string
}

// View is a referral with all that the referrer and the person may follow of it.
type View struct {
	Referral
	Versions []Version
	History  []Event
	Times    []Time
	Shared   []Said // comments for OH and the referrer
	ToOH     []Said // comments for OH alone: empty behind the employer's wall
	Next     Next
	Advised  bool // the newest report that the actor may read advises adjustments
}

// View reads a referral for the actor and says so in the audit trail before anything is shown.
func (s *Service) View(ctx context.Context, actor access.Actor, at time.Time, id uuid.UUID, ground string) (v View, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		if v.Referral, err = load(ctx, tx, id); err != nil {
			return err
		}
		if v.Versions, err = versions(ctx, tx, id); err != nil {
			return err
		}
		if err := s.follow(ctx, tx, &v); err != nil {
			return err
		}
		if v.Next, err = next(ctx, tx, v.Referral, v.Times); err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "referral.opened", Kind: "referral", Object: id, Subject: v.Person, Ground: ground})
	})
	return v, err
}

func (s *Service) follow(ctx context.Context, tx *postgres.Tx, v *View) error {
	q := db.New(tx)
	states, err := q.ListStates(ctx, v.ID)
	if err != nil {
		return fmt.Errorf("list states: %w", err)
	}
	times, err := q.ListAppointmentTimes(ctx, db.ListAppointmentTimesParams{OrganisationID: v.Organisation, ReferralID: v.ID})
	if err != nil {
		return fmt.Errorf("list appointment times: %w", err)
	}
	for _, t := range times {
		v.Times = append(v.Times, Time{t.StartsAt, int(t.Minutes), t.State})
	}
	shared, err := q.ListSharedComments(ctx, v.ID)
	if err != nil {
		return fmt.Errorf("list shared comments: %w", err)
	}
	for _, c := range shared {
		v.Shared = append(v.Shared, Said(c))
	}
	if tx.Actor.Wall != access.Employer { // whose login has no right to them
		private, err := q.ListOHComments(ctx, v.ID)
		if err != nil {
			return fmt.Errorf("list comments to OH: %w", err)
		}
		for _, c := range private {
			text, err := s.d.Box.Open(sealed.OHComment, c.ServiceID, c.ID, c.Text)
			if err != nil {
				return err
			}
			v.ToOH = append(v.ToOH, Said{c.ID, text, c.At})
		}
	}
	if v.State == flow.SeenReported {
		if v.Advised, err = q.AdvisesAdjustments(ctx, db.AdvisesAdjustmentsParams{OrganisationID: v.Organisation, ReferralID: v.ID}); err != nil {
			return fmt.Errorf("look for adjustments: %w", err)
		}
	}
	for _, s := range states {
		v.History = append(v.History, Event{At: s.At, State: flow.Seen(s.State)})
	}
	v.History = history(v.History, v.Versions, v.Shared, v.Times)
	return nil
}

// About is one referral on the page of the person it is about.
type About struct {
	ID          uuid.UUID
	Kind        string
	Referrer    string
	State       flow.Seen
	SubmittedAt time.Time
	Next        Next
}

// ListAbout lists what has been written about the actor, behind the portal wall.
func (s *Service) ListAbout(ctx context.Context, actor access.Actor) (out []About, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListReferralsAbout(ctx, db.ListReferralsAboutParams{OrganisationID: actor.Organisation, PersonID: actor.Person})
		if err != nil {
			return fmt.Errorf("list referrals about: %w", err)
		}
		for _, r := range rows {
			var t sheet.Text
			if err := json.Unmarshal(r.Text, &t); err != nil {
				return fmt.Errorf("read referral text: %w", err)
			}
			a := About{ID: r.ID, Kind: r.Kind, Referrer: t.Referrer.Name, State: flow.Seen(r.State), SubmittedAt: r.SubmittedAt}
			ref := Referral{Organisation: actor.Organisation, Service: r.ServiceID, State: a.State, StateAt: r.StateAt, SubmittedAt: r.SubmittedAt}
			if a.Next, err = next(ctx, tx, ref, nil); err != nil {
				return err
			}
			out = append(out, a)
		}
		return nil
	})
	return out, err
}

// Next is what comes after the state a referral is in, and by when OH aims to do it. By is zero when nothing is
// due, or when a person has to act first. Known is false where bank holidays are not known that far ahead.
type Next struct {
	State flow.Seen
	By    civil.Date
	Known bool
}
