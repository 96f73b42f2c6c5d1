package training

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/feedback/invite"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/care/training/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Board is what the team sees first.
type Board struct {
	Courses []Course
	Coming  []Session
	Unmarks []Session // held, and nobody has said who came
	On      map[string]bool
}

// Board reads it.
func (s *Service) Board(ctx context.Context, a access.Actor, now time.Time) (b Board, err error) {
	b.On = map[string]bool{}
	err = s.read(ctx, a, func(_ *postgres.Tx, q *db.Queries) error {
		if b.Courses, err = courses(ctx, q, a.Service, nil); err != nil {
			return err
		}
		for _, c := range b.Courses {
			if c.Open() && c.Code != "" {
				b.On[c.Code] = true
			}
		}
		all, err := sessions(ctx, q, a.Service, now.AddDate(0, 0, -s.pack.MarkDays), nil, nil)
		for _, x := range all {
			switch {
			case x.Coming(now):
				b.Coming = append(b.Coming, x)
			case s.pack.Markable(x, now):
				b.Unmarks = append(b.Unmarks, x)
			}
		}
		return err
	})
	return b, err
}

// Result is what 8 or more people thought of a course: how many (to the nearest 5), and the mean of each question (to the nearest half).
type Result struct {
	N       int
	At      time.Time
	Answers int
	Means   []float64
}

// View is a course with its sessions.
type View struct {
	Course
	Coming, Past []Session // the past: the newest first
	Results      []Result
}

// Course reads one.
func (s *Service) Course(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) (v View, err error) {
	err = s.read(ctx, a, func(_ *postgres.Tx, q *db.Queries) error {
		if v.Course, err = course(ctx, q, a.Service, id); err != nil {
			return err
		}
		all, err := sessions(ctx, q, a.Service, time.Time{}, &id, nil)
		if err != nil {
			return err
		}
		for _, x := range all {
			if x.Coming(now) {
				v.Coming = append(v.Coming, x)
			} else {
				v.Past = append(v.Past, x)
			}
		}
		slices.Reverse(v.Past)
		rows, err := q.ListResults(ctx, db.ListResultsParams{ServiceID: a.Service, CourseID: id})
		if err != nil {
			return fmt.Errorf("list results: %w", err)
		}
		for _, r := range rows {
			v.Results = append(v.Results, Result{int(r.N), r.CountedAt, int(r.Answers), r.Means})
		}
		return nil
	})
	return v, err
}

// SwitchOn adds a course of the pack, under the title and words that it has in the language of the service.
func (s *Service) SwitchOn(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, code, title, about string) error {
	k, found := s.pack.Kind(code)
	if !found {
		return fault.New(fault.Invalid, "training.code.empty")
	}
	return s.add(ctx, a, at, db.InsertCourseParams{ServiceID: a.Service, ID: id, Code: code, Title: title, About: about, Audience: k.Audience, Role: k.Role,
		Minutes: int32(k.Minutes), RenewMonths: whole(k.Renew), Judged: k.Judged, At: at, ByName: a.Name}) //nolint:gosec // bounded by the pack's check
}

// Make adds a course of the service's own.
func (s *Service) Make(ctx context.Context, a access.Actor, at time.Time, in CourseIn) error {
	if err := refuse(CheckCourse(in)); err != nil {
		return err
	}
	return s.add(ctx, a, at, db.InsertCourseParams{ServiceID: a.Service, ID: in.ID, Title: strings.TrimSpace(in.Title), About: strings.TrimSpace(in.About), Audience: in.Audience,
		Minutes: int32(in.Minutes), RenewMonths: whole(in.Renew), At: at, ByName: a.Name}) //nolint:gosec // bounded by CheckCourse
}

func whole(n int) *int32 { return postgres.Null(int32(n)) } //nolint:gosec // bounded by whoever asks

func (s *Service) add(ctx context.Context, a access.Actor, at time.Time, p db.InsertCourseParams) error {
	return s.do(ctx, a, audit.Entry{At: at, Action: "training.course_added", Kind: "training_course", Object: p.ID}, func(_ *postgres.Tx, q *db.Queries) (int64, error) {
		n, err := q.InsertCourse(ctx, p)
		if err != nil {
			return 0, fmt.Errorf("insert course: %w", err)
		}
		return n, nil
	})
}

// End ends a course that has no session to come.
func (s *Service) End(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID) error {
	return s.do(ctx, a, audit.Entry{At: at, Action: "training.course_ended", Kind: "training_course", Object: id}, func(_ *postgres.Tx, q *db.Queries) (int64, error) {
		n, err := q.EndCourse(ctx, db.EndCourseParams{ServiceID: a.Service, ID: id, At: &at})
		if err != nil {
			return 0, fmt.Errorf("end course: %w", err)
		}
		if n == 0 {
			return 0, fault.New(fault.Conflict, "training.end.not")
		}
		return n, nil
	})
}

// Open plans a session.
func (s *Service) Open(ctx context.Context, a access.Actor, at time.Time, of uuid.UUID, in SessionIn) error {
	if err := refuse(CheckSession(in, at)); err != nil {
		return err
	}
	starts, _ := in.Starts()
	return s.do(ctx, a, audit.Entry{At: at, Action: "training.session_opened", Kind: "training_session", Object: in.ID}, func(_ *postgres.Tx, q *db.Queries) (int64, error) {
		if c, err := course(ctx, q, a.Service, of); err != nil || !c.Open() {
			if err == nil {
				err = changed()
			}
			return 0, err
		}
		n, err := q.InsertSession(ctx, db.InsertSessionParams{ServiceID: a.Service, ID: in.ID, CourseID: of, StartsAt: starts, Online: in.Online == "yes", Place: strings.TrimSpace(in.Place),
			Places: int32(in.Places), Trainer: strings.TrimSpace(in.Trainer), At: at, ByName: a.Name}) //nolint:gosec // bounded by CheckSession
		if err != nil {
			return 0, fmt.Errorf("insert session: %w", err)
		}
		return n, nil
	})
}

// Place is somebody's place, or their turn on the waiting list.
type Place struct {
	ID, Organisation, Person uuid.UUID
	Name, State              string
	Turn                     int
}

// Register is a session with who has a place and who waits, in the order in which they asked.
type Register struct {
	Session
	Of     Course
	Places []Place
}

// Register reads a session as the team sees it.
func (s *Service) Register(ctx context.Context, a access.Actor, id uuid.UUID) (r Register, err error) {
	err = s.read(ctx, a, func(_ *postgres.Tx, q *db.Queries) error {
		r, err = register(ctx, q, a.Service, id)
		return err
	})
	return r, err
}

func register(ctx context.Context, q *db.Queries, service, id uuid.UUID) (r Register, err error) {
	if r.Session, err = session(ctx, q, service, id); err != nil {
		return r, err
	}
	if r.Of, err = course(ctx, q, service, r.Course); err != nil {
		return r, err
	}
	rows, err := q.ListBookings(ctx, db.ListBookingsParams{ServiceID: service, SessionID: id})
	if err != nil {
		return r, fmt.Errorf("list places: %w", err)
	}
	for _, b := range rows {
		r.Places = append(r.Places, Place{b.ID, b.OrganisationID, b.PersonID, b.Name, b.State, int(b.Turn)})
	}
	return r, nil
}

// Cancel calls a session off: whoever had a place, or waited, is told.
func (s *Service) Cancel(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID) error {
	return s.do(ctx, a, audit.Entry{At: at, Action: "training.session_cancelled", Kind: "training_session", Object: id}, func(tx *postgres.Tx, q *db.Queries) (int64, error) {
		if err := q.LockSession(ctx, id.String()); err != nil {
			return 0, fmt.Errorf("wait for the session: %w", err)
		}
		r, err := register(ctx, q, a.Service, id)
		if err != nil {
			return 0, err
		}
		if !r.Coming(at) {
			return 0, changed()
		}
		n, err := q.CancelSession(ctx, db.CancelSessionParams{ServiceID: a.Service, ID: id, At: &at})
		if err != nil || n == 0 {
			return 0, err
		}
		if _, err := q.DropBookings(ctx, db.DropBookingsParams{ServiceID: a.Service, SessionID: id}); err != nil {
			return 0, fmt.Errorf("drop places: %w", err)
		}
		for _, p := range r.Places {
			if err := message.Queue(ctx, tx, p.told("training_off", r.Starts, a.Service, at)); err != nil {
				return 0, err
			}
		}
		return n, nil
	})
}

// told is a message about a place: its day and nothing else.
func (p Place) told(template string, starts time.Time, service uuid.UUID, at time.Time) message.Out {
	return message.Out{Key: template + ":" + p.ID.String(), Organisation: p.Organisation, Service: service, To: p.Person, Capacity: message.Work, Template: template,
		Args: map[string]string{"day": locale.Date(starts)}, At: at}
}

// Mark says who came, once: the others with a place did not. Who came has a certificate from then on; the waiting list ends.
func (s *Service) Mark(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, came []uuid.UUID) error {
	return s.do(ctx, a, audit.Entry{At: at, Action: "training.marked", Kind: "training_session", Object: id}, func(tx *postgres.Tx, q *db.Queries) (int64, error) {
		if err := q.LockSession(ctx, id.String()); err != nil {
			return 0, fmt.Errorf("wait for the session: %w", err)
		}
		r, err := register(ctx, q, a.Service, id)
		if err != nil {
			return 0, err
		}
		if !s.pack.Markable(r.Session, at) {
			return 0, changed()
		}
		provider, err := q.NameService(ctx, a.Service)
		if err != nil {
			return 0, fmt.Errorf("name service: %w", err)
		}
		for _, p := range r.Places {
			state := Missed
			if slices.Contains(came, p.ID) {
				state = Attended
			}
			n, err := q.MarkBooking(ctx, db.MarkBookingParams{ServiceID: a.Service, ID: p.ID, State: state})
			if err != nil {
				return 0, fmt.Errorf("mark place: %w", err)
			}
			if n == 0 || state != Attended {
				continue
			}
			if err := certify(ctx, tx, q, r, p, provider, at); err != nil {
				return 0, err
			}
			if err := invite.AskCourse(ctx, tx, p.Organisation, p.ID, at); err != nil {
				return 0, err
			}
		}
		if _, err := q.DropBookings(ctx, db.DropBookingsParams{ServiceID: a.Service, SessionID: id}); err != nil {
			return 0, fmt.Errorf("end the waiting list: %w", err)
		}
		n, err := q.MarkSession(ctx, db.MarkSessionParams{ServiceID: a.Service, ID: id, At: &at})
		if err != nil {
			return 0, fmt.Errorf("mark session: %w", err)
		}
		return n, nil
	})
}

// certify makes the certificate of somebody who came, and tells them.
func certify(ctx context.Context, tx *postgres.Tx, q *db.Queries, r Register, p Place, provider string, at time.Time) error {
	var random [10]byte
	_, _ = rand.Read(random[:]) // never fails: crypto/rand ends the program instead
	held := locale.Day(r.Starts)
	if _, err := q.InsertCertificate(ctx, db.InsertCertificateParams{ServiceID: tx.Actor.Service, ID: p.ID, OrganisationID: p.Organisation, PersonID: p.Person, Number: Number(random), Name: p.Name, Course: r.Of.Title,
		Provider: provider, HeldOn: held.UTC(), Minutes: int32(r.Minutes), ValidUntil: r.Of.Renewal(held).Null(), At: at}); err != nil { //nolint:gosec // bounded by the table
		return fmt.Errorf("insert certificate: %w", err)
	}
	if err := audit.Append(ctx, tx, audit.Entry{At: at, Action: "training.certified", Kind: "training_booking", Object: p.ID, Subject: p.Person}); err != nil {
		return err
	}
	return message.Queue(ctx, tx, p.told("training_came", r.Starts, tx.Actor.Service, at))
}
