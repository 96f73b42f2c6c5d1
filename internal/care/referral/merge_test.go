package referral_test

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/care/appointment"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/referral"
	"github.com/rowan-ohwb/rowan/internal/care/referral/referralweb"
	"github.com/rowan-ohwb/rowan/internal/care/triage"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// start is an ordinary Monday in winter time.
var start = time.Date(2026, 11, 16, 10, 0, 0, 0, time.UTC)

// life is one referral of the ward manager, with or without an open self-referral that it is merged into.
type life struct {
	*testing.T
	db             *postgres.DB
	w              *world.World
	s              *referral.Service
	appointments   *appointment.Service
	triage         *triage.Service
	merged         bool
	self, referral uuid.UUID // cases; self is nil in an ordinary life
	hours          int
	seen           []string
}

// acting is the case in which things happen.
func (l *life) acting() uuid.UUID {
	if l.merged {
		return l.self
	}
	return l.referral
}

// hour lets an hour pass before each step, so that every moment on a page tells which step it came from.
func (l *life) hour() time.Time {
	l.hours++
	return start.Add(time.Duration(l.hours) * time.Hour)
}

func (l *life) decide(at time.Time, id uuid.UUID, outcome string) {
	l.Helper()
	faults, err := l.triage.Decide(context.Background(), l.w.OHNurse.As(access.Nurse, access.Clinical), at,
		triage.Decision{ID: uuid.New(), Case: id, Outcome: outcome, Priority: "P2", Rationale: "why", Into: l.self})
	if err != nil || len(faults) > 0 {
		l.Fatal(outcome, faults, err)
	}
}

func (l *life) move(at time.Time, id uuid.UUID, to flow.State) {
	l.Helper()
	check(l.T, l.db.InTenant(context.Background(), l.w.OHNurse.As(access.Nurse, access.Clinical), func(tx *postgres.Tx) error {
		return flow.Move(context.Background(), tx, flow.Step{Service: l.w.Service, Case: id, To: to, At: at})
	}))
}

// slot is the free time with a number, of those on the first Tuesday.
func (l *life) slot(n int) appointment.Time {
	l.Helper()
	o, err := l.appointments.FindCase(context.Background(), l.w.OHNurse.As(access.Nurse, access.Clinical), l.acting())
	check(l.T, err)
	times, _, err := l.appointments.Free(context.Background(), l.w.OHNurse.As(access.Nurse, access.Clinical), start, o.Value.(appointment.Case), appointment.Wanted{Role: "oh_nurse", From: start})
	check(l.T, err)
	return times[n]
}

func (l *life) book(at time.Time) (id uuid.UUID, starts time.Time) {
	l.Helper()
	slot := l.slot(0)
	id = uuid.New()
	check(l.T, l.appointments.Book(context.Background(), l.w.Nurse.As(access.Person, access.Portal), at, appointment.Booking{ID: id, Case: l.acting(), Slot: slot.Slot}))
	return id, slot.StartsAt
}

func (l *life) miss(id uuid.UUID, at time.Time) {
	l.Helper()
	faults, err := l.appointments.DidNotAttend(context.Background(), l.w.OHNurse.As(access.Nurse, access.Clinical), at, id, true)
	if err != nil || len(faults) > 0 {
		l.Fatal(faults, err)
	}
}

// anyID is what may differ between two worlds.
var anyID = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)

// look keeps all that the employer can find out: the manager's pages byte by byte, every row that the employer's
// login reads about the person, and what was sent to the manager. Moments are compared as they are.
func (l *life) look(what string) {
	l.Helper()
	ctx, ward := context.Background(), l.w.Ward.As(access.Manager, access.Employer)
	site := webtest.New(l.T, start.AddDate(0, 0, 1), referralweb.Routes(l.s), referral.Rules).As(ward)
	var out []string
	for _, path := range []string{"/referrals", "/referrals/" + l.referral.String(), "/referrals/" + l.referral.String() + "/sent"} {
		out = append(out, site.Get(path).Want(200).Body)
	}
	for _, ask := range []struct {
		as  access.Actor
		id  uuid.UUID
		sql string
	}{
		{ward, l.referral, `select concat_ws(' ', r.state, r.state_reason, r.state_note, r.state_at, r.version,
 (select string_agg(concat_ws(' ', s.step, s.state, s.at), ', ' order by s.step) from referral_state s where s.referral_id = r.id),
 (select string_agg(concat_ws(' ', t.starts_at, t.minutes, t.state), ', ' order by t.starts_at, t.state) from appointment_time t where t.person_id = r.person_id)) from referral r where r.id = $1`},
		{access.SystemActor(access.Worker, uuid.Nil, uuid.Nil), l.w.Ward.Person, `select coalesce(string_agg(concat_ws(' ', template, args, created_at, link_purpose), ', ' order by created_at, template), '') from outbox where to_person = $1`},
	} {
		var row string
		check(l.T, l.db.InTenant(ctx, ask.as, func(tx *postgres.Tx) error { return tx.QueryRow(ctx, ask.sql, ask.id).Scan(&row) }))
		out = append(out, row)
	}
	l.seen = append(l.seen, what+"\n"+anyID.ReplaceAllString(strings.Join(out, "\n"), "ID"))
}

// TestMergeEqualsAccept lives each life twice, once as an ordinary referral and once merged into a self-referral
// of the person, and compares everything the employer sees after every step.
func TestMergeEqualsAccept(t *testing.T) {
	ctx := context.Background()
	for name, live := range map[string]func(*life){
		"seen, after a change and a cancellation": func(l *life) {
			l.accept("ACCEPT-OHN", flow.AwaitingBooking)
			id, _ := l.book(l.hour())
			l.look("booked")
			moved := appointment.Booking{ID: uuid.New(), Slot: l.slot(0).Slot}
			check(l.T, l.appointments.Move(ctx, l.w.Nurse.As(access.Person, access.Portal), l.hour(), id, moved, ""))
			l.look("changed")
			check(l.T, l.appointments.Cancel(ctx, l.w.Nurse.As(access.Person, access.Portal), l.hour(), moved.ID, ""))
			l.look("cancelled")
			id, starts := l.book(l.hour())
			check(l.T, l.appointments.Attend(ctx, l.w.OHNurse.As(access.Nurse, access.Clinical), starts, id, true))
			l.look("attended")
			for i, s := range []flow.State{flow.ReportDraft, flow.ReportSigned, flow.WithPerson} {
				l.move(starts.Add(time.Duration(i+1)*time.Hour), l.acting(), s)
				l.look(string(s))
			}
			l.move(starts.Add(9*time.Hour), l.acting(), flow.AwaitingBooking)
			l.look("review planned")
			l.move(starts.Add(10*time.Hour), l.acting(), flow.Closed)
			l.look("closed")
		},
		"missed twice and closed": func(l *life) {
			l.accept("ACCEPT-OHN", flow.AwaitingBooking)
			var last uuid.UUID
			for range 2 {
				id, starts := l.book(l.hour())
				l.miss(id, starts)
				l.look("missed")
				last = id
			}
			check(l.T, l.appointments.CloseNotAssessed(ctx, l.w.OHNurse.As(access.Nurse, access.Clinical), start.AddDate(0, 0, 9), last))
			l.look("not assessed")
		},
		"the self-referral is still in triage": func(l *life) {
			l.accept("ACCEPT-OHN", flow.Received)
			if at := l.hour(); l.merged {
				l.move(at, l.self, flow.Returned)
			}
			l.look("returned to the person")
			if at := l.hour(); l.merged {
				l.move(at, l.self, flow.Received)
			}
			if at := l.hour(); l.merged {
				l.decide(at, l.self, "ACCEPT-OHN")
			}
			l.look("the self-referral is accepted")
			l.book(l.hour())
			l.look("booked")
		},
		// what was booked for the self-referral alone stays its own: for the manager this is written advice
		"the self-referral has an appointment": func(l *life) {
			l.accept("ACCEPT-PAPER", flow.Booked)
			starts := start.AddDate(0, 0, 1)
			if l.merged {
				l.move(starts, l.self, flow.Attended)
			}
			l.look("attended")
			l.move(starts.Add(time.Hour), l.acting(), flow.ReportDraft)
			l.look("a report is written")
		},
		"the appointment of the self-referral is cancelled": func(l *life) {
			own := l.accept("ACCEPT-OHN", flow.Booked)
			if at := l.hour(); l.merged {
				check(l.T, l.appointments.Cancel(ctx, l.w.Nurse.As(access.Person, access.Portal), at, own, ""))
			}
			l.look("cancelled")
			id, starts := l.book(l.hour())
			l.look("booked")
			check(l.T, l.appointments.Attend(ctx, l.w.OHNurse.As(access.Nurse, access.Clinical), starts, id, true))
			l.look("attended")
		},
		"the appointment of the self-referral is missed": func(l *life) {
			own := l.accept("ACCEPT-OHN", flow.Booked)
			if l.merged {
				l.miss(own, start.AddDate(0, 0, 1))
			}
			l.look("missed")
		},
		"withdrawn after booking": func(l *life) {
			l.accept("ACCEPT-OHN", flow.AwaitingBooking)
			l.book(l.hour())
			check(l.T, l.s.Withdraw(ctx, l.w.Ward.As(access.Manager, access.Employer), l.hour(), l.referral, "not_needed"))
			l.look("withdrawn")
		},
	} {
		t.Run(name, func(t *testing.T) {
			var seen [2][]string
			for i, merged := range []bool{false, true} {
				l := newLife(t, merged)
				live(l)
				seen[i] = l.seen
			}
			for i := range seen[0] {
				if d := cmp.Diff(seen[0][i], seen[1][i]); d != "" {
					t.Fatalf("a merge shows the employer (ordinary -, merged +):\n%s", d)
				}
			}
		})
	}
}

func newLife(t *testing.T, merged bool) *life {
	db := world.Open(t)
	l := &life{T: t, db: db, w: world.New(t, db), merged: merged}
	ledger := activity.Ledger{Keys: caretest.Keys{}}
	l.s = referral.New(referral.Deps{DB: db, Ledger: ledger, Box: caretest.Box()})
	l.triage = triage.New(triage.Deps{DB: db, Ledger: ledger, Calendar: workday.England(), Box: caretest.Box()})
	l.appointments = appointment.New(appointment.Deps{DB: db, Ledger: ledger, Calendar: workday.England(),
		Clinicians: func(context.Context, uuid.UUID) ([]appointment.Clinician, error) {
			return []appointment.Clinician{{Account: l.w.OHNurse.Account, Name: l.w.OHNurse.Name, Role: access.Nurse}}, nil
		}})
	faults, err := l.appointments.SaveClinic(context.Background(), l.w.OHAdmin.As(access.OHAdmin, access.Clinical), start, appointment.Clinic{ID: uuid.New(), Name: "Clinic", Site: "Main site",
		Mode: "phone", Weekday: time.Tuesday, Start: 9 * time.Hour, SlotMinutes: 60, Slots: 6, Clinician: l.w.OHNurse.Account, From: start.Truncate(24 * time.Hour)})
	if err != nil || len(faults) > 0 {
		t.Fatal(faults, err)
	}
	return l
}

// accept brings the referral to where it is accepted with an outcome; in a merged life, into a self-referral that
// is in a state by then. It gives the appointment that the self-referral has, if it is booked.
func (l *life) accept(outcome string, self flow.State) (own uuid.UUID) {
	l.Helper()
	at := l.hour()
	if l.merged {
		l.self = caretest.Self(l.T, l.db, l.w.Nurse, "words", at)
	}
	if at = l.hour(); l.merged && self != flow.Received {
		l.decide(at, l.self, "ACCEPT-OHN")
	}
	if at = l.hour(); l.merged && self == flow.Booked {
		own, _ = l.book(at)
	}
	l.referral = caretest.Managed(l.T, l.db, l.w.Ward, l.w.Nurse, "why", l.hour())
	l.look("submitted")
	if at = l.hour(); l.merged {
		outcome = "MERGE"
	}
	l.decide(at, l.referral, outcome)
	l.look("accepted")
	return own
}
