// Package invite asks somebody how it was, by a link: who was seen, once in a case, and the manager who referred, once their report
// is out. For each invitation a row keeps the groups that whoever is asked belongs to and, later, that it was answered; by which
// answer nobody knows. The login that writes the row cannot read it: what is read is a count (activity, rollup_feedback_asked).
//
// A manager is asked about the referral that they made and that has ended for them. Nobody is asked, as a manager, about a
// self-referral: there is nothing that they could have been told.
package invite

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// The purposes of the links (platform/seal): what a link was minted for says who answers.
const (
	PersonLink  = "feedback"
	ManagerLink = "feedback_manager"
)

// The audiences. Who came to a course is asked on the page of their training, where they are signed in, and by no link: AskCourse.
const (
	Person  = "person"
	Manager = "manager"
	Course  = "course"
)

// Case is what somebody is asked about.
type Case struct {
	Organisation, Service, ID, Person uuid.UUID
}

// Ask asks who was seen. The same case again does nothing.
func Ask(ctx context.Context, tx *postgres.Tx, c Case, at time.Time) error {
	id := name(c.ID, Person)
	if err := keep(ctx, tx, c, id, Person, at); err != nil {
		return err
	}
	return message.Queue(ctx, tx, message.Out{Key: "feedback_asked:" + c.ID.String(), Organisation: c.Organisation, Service: c.Service, To: c.Person,
		Capacity: message.Self, Template: "feedback_asked", LinkPurpose: PersonLink, LinkObject: id, At: at})
}

// AskReferrer asks who made the referral of a case, if they are among those who received its report.
func AskReferrer(ctx context.Context, tx *postgres.Tx, c Case, recipients []uuid.UUID, at time.Time) error {
	var to uuid.UUID
	err := tx.QueryRow(ctx, `select r.referrer_person_id from casefile c join referral r on r.service_id = c.service_id and r.id = c.referral_id
 where c.service_id = $1 and c.id = $2 and c.source <> 'self' and r.referrer_person_id = any ($3)`, c.Service, c.ID, recipients).Scan(&to)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("find who referred: %w", err)
	}
	id := name(c.ID, Manager)
	if err := keep(ctx, tx, c, id, Manager, at); err != nil {
		return err
	}
	return message.Queue(ctx, tx, message.Out{Key: "feedback_manager_asked:" + c.ID.String(), Organisation: c.Organisation, Service: c.Service, To: to,
		Capacity: message.Work, Template: "feedback_manager_asked", LinkPurpose: ManagerLink, LinkObject: id, At: at})
}

// AskCourse keeps that somebody who came to a course is asked: their page of training does, once for a booking. Nothing of them is kept
// but that one was.
func AskCourse(ctx context.Context, tx *postgres.Tx, organisation, booking uuid.UUID, at time.Time) error {
	in := at.In(locale.London)
	_, err := tx.Exec(ctx, `insert into feedback_asked (service_id, id, organisation_id, month, audience, source) values ($1, $2, $3, $4, $5, $5) on conflict do nothing`,
		tx.Actor.Service, CourseID(booking), organisation, time.Date(in.Year(), in.Month(), 1, 0, 0, 0, 0, time.UTC), Course)
	if err != nil {
		return fmt.Errorf("keep that somebody was asked about a course: %w", err)
	}
	return nil
}

// CourseID is under what it is kept: it does not lead back to the booking.
func CourseID(booking uuid.UUID) uuid.UUID { return name(booking, Course) }

// name is the same for the same case, so that nobody is counted twice, and does not lead back to it.
func name(casefile uuid.UUID, audience string) uuid.UUID {
	return uuid.NewSHA1(casefile, []byte("feedback "+audience))
}

// keep writes the groups of whoever is asked. Of a manager nothing is kept but that one was.
func keep(ctx context.Context, tx *postgres.Tx, c Case, id uuid.UUID, audience string, at time.Time) error {
	in := at.In(locale.London)
	month := time.Date(in.Year(), in.Month(), 1, 0, 0, 0, 0, time.UTC)
	_, err := tx.Exec(ctx, `insert into feedback_asked (service_id, id, organisation_id, month, audience, source, staff_group, site)
 select c.service_id, $3, c.organisation_id, $4, $5, c.source, case when $5 = 'person' then coalesce(p.staff_group, '') else '' end, case when $5 = 'person' then coalesce(p.site, '') else '' end
 from casefile c left join lateral (select o.staff_group, o.site from post o where o.organisation_id = c.organisation_id and o.person_id = c.person_id and o.starts_on <= $6 and (o.ends_on is null or o.ends_on > $6)
  order by o.is_primary desc, o.starts_on limit 1) p on true
 where c.service_id = $1 and c.id = $2 on conflict do nothing`, c.Service, c.ID, id, month, audience, locale.Day(at).UTC())
	if err != nil {
		return fmt.Errorf("keep that somebody was asked: %w", err)
	}
	return nil
}
