// Package casetest makes a case that has been attended, with its referral and report row, for the tests of this
// slice and of its pages. The referral and triage slices make these rows in life.
package casetest

import (
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/casefile"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/report"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

// Case is one attended case about w.Nurse, referred by w.Ward with w.HR named.
type Case struct {
	T                          testing.TB
	DB                         *postgres.DB
	W                          *world.World
	S                          *report.Service
	ID, Referral, Report       uuid.UUID
	Clinician, Person, Manager access.Actor
	Now                        time.Time   // of the next command and of jobs; a test may live in the past
	made                       time.Time   // by the wall clock
	HR                         []uuid.UUID // who is HR of the organisation
	Keys                       *seal.Keys
	links                      int // sent again
}

// New makes a case; its world is new, so tests do not meet.
func New(t testing.TB) *Case {
	t.Helper()
	db := world.Open(t)
	return In(t, db, world.New(t, db))
}

// In makes another case in a world.
func In(t testing.TB, db *postgres.DB, w *world.World) *Case {
	t.Helper()
	keys, err := seal.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	c := &Case{T: t, DB: db, W: w, ID: uuid.New(), Referral: uuid.New(), Report: uuid.New(), Now: time.Now().UTC().Truncate(time.Microsecond), made: time.Now(), Keys: keys, HR: []uuid.UUID{w.HR.Person},
		Clinician: w.OHNurse.As(access.Nurse, access.Clinical), Person: w.Nurse.As(access.Person, access.Portal), Manager: w.Ward.As(access.Manager, access.Employer)}
	c.S = report.New(report.Deps{DB: db, Ledger: activity.Ledger{Keys: keys}, Box: sealed.New(keys), Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})),
		Clock: func() time.Time { return c.Now },
		Colleagues: func(context.Context, uuid.UUID) (out []report.Colleague, err error) {
			for who, role := range map[world.Who]access.Role{w.OHNurse: access.Nurse, w.OHNurse2: access.Nurse, w.OHPhysician: access.Physician,
				w.OHPhysician2: access.Physician, w.OHPhysio: access.Physio} {
				out = append(out, report.Colleague{Account: who.Account, Name: who.Name, Role: role, Organisation: who.Organisation, Person: who.Person, Decides: who.Decides})
			}
			return out, nil
		},
		HR: func(context.Context, uuid.UUID) ([]uuid.UUID, error) { return c.HR, nil }, CountLink: func(context.Context, uuid.UUID, uuid.UUID) (bool, error) {
			c.links++
			return c.links <= 3, nil
		}})
	c.In(c.Manager, `insert into referral (organisation_id, service_id, id, kind, person_id, referrer_person_id, viewers, text, state, state_at, submitted_at)
 values ($1,$2,$3,'management',$4,$5,$6,$7,'attended',$8,$8)`, w.Trust, w.Service, c.Referral, w.Nurse.Person, w.Ward.Person, []uuid.UUID{w.Ward.Person, w.HR.Person},
		`{"questions":["Q01"],"own":["Can she work on another ward?"]}`, c.Now)
	c.In(c.Clinician, `insert into casefile (service_id, id, organisation_id, person_id, source, referral_id, state, state_at, received_at, reason, priority)
 values ($1,$2,$3,$4,'management',$5,'attended',$6,$6,'LTS','P2')`, w.Service, c.ID, w.Trust, w.Nurse.Person, c.Referral, c.Now)
	c.In(c.Clinician, `insert into report (service_id, id, organisation_id, casefile_id, referral_id, person_id, recipients, opened_at) values ($1,$2,$3,$4,$5,$6,$7,$8)`,
		w.Service, c.Report, w.Trust, c.ID, c.Referral, w.Nurse.Person, []uuid.UUID{w.Ward.Person, w.HR.Person}, c.Now)
	return c
}

// Try runs a statement behind the actor's wall and gives its error.
func (c *Case) Try(a access.Actor, sql string, args ...any) error {
	return c.DB.InTenant(context.Background(), a, func(tx *postgres.Tx) error {
		_, err := tx.Exec(context.Background(), sql, args...)
		return err
	})
}

// In runs a statement that must succeed.
func (c *Case) In(a access.Actor, sql string, args ...any) {
	c.T.Helper()
	if err := c.Try(a, sql, args...); err != nil {
		c.T.Fatalf("%s: %v", sql, err)
	}
}

// Ask reads one value behind the actor's wall.
func Ask[T any](c *Case, a access.Actor, sql string, args ...any) (v T) {
	c.T.Helper()
	err := c.DB.InTenant(context.Background(), a, func(tx *postgres.Tx) error {
		return tx.QueryRow(context.Background(), sql, args...).Scan(&v)
	})
	if err != nil {
		c.T.Fatalf("%s: %v", sql, err)
	}
	return v
}

// Text is a complete report; its canary marks it wherever it appears.
func Text(canary string) report.Content {
	return report.Content{Summary: "Back pain limits lifting. " + canary, Answers: []report.Answer{{Text: "Yes, with changes."}, {Text: "From Monday."}},
		Fitness: "FIT_ADJ_TEMP", Adjustments: []report.Adjustment{
			{Kind: "PHASED_RETURN", Detail: "Half hours for two weeks", StartsOn: civil.Date{Year: 2026, Month: 12, Day: 1}, EndsOn: civil.Date{Year: 2026, Month: 12, Day: 14}},
			{Kind: "LIFTING", Detail: "No lifting over 5 kg", EndsOn: civil.Date{Year: 2027, Month: 1, Day: 31}}},
		EqualityAct: "POSSIBLE", Outlook: "Full recovery is likely.", WorkRelated: "NO"}
}

// Sign writes and signs the next version.
func (c *Case) Sign(canary string) int {
	c.T.Helper()
	ctx := context.Background()
	d, err := c.S.Desk(ctx, c.Clinician, c.Now, c.ID)
	if err != nil {
		c.T.Fatal(err)
	}
	if f, err := c.S.Save(ctx, c.Clinician, c.Now, report.Save{Case: c.ID, Version: d.Version, Content: Text(canary)}); err != nil || len(f) > 0 {
		c.T.Fatal("save:", f, err)
	}
	for _, x := range d.Corrections {
		if x.Answer == "" {
			if err := c.S.AnswerCorrection(ctx, c.Clinician, c.Now, report.AnswerCorrection{Case: c.ID, Correction: x.ID, Text: "Corrected."}); err != nil {
				c.T.Fatal("answer:", err)
			}
		}
	}
	if f, err := c.S.Sign(ctx, c.Clinician, c.Now, report.Sign{Case: c.ID, Version: d.Version}); err != nil || len(f) > 0 {
		c.T.Fatal("sign:", f, err)
	}
	return d.Version
}

// Say lets the person say something about the report.
func (c *Case) Say(in report.Say) error {
	in.Report = c.Report
	return c.S.Say(context.Background(), c.Person, c.Now, in)
}

// Invented says whether the installation has invented data only: then a signature may be dated back.
func Invented(t testing.TB, yes bool) {
	t.Helper()
	db := world.Open(t)
	err := db.InTenant(context.Background(), access.SystemActor(access.Hall, uuid.Nil, uuid.Nil), func(tx *postgres.Tx) error {
		_, err := tx.Exec(context.Background(), `insert into installation (one, demo) values (true, $1) on conflict (one) do update set demo = excluded.demo`, yes)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Close tries to close the case, as its page does.
func (c *Case) Close() (casefile.Outstanding, error) {
	s := casefile.New(casefile.Deps{DB: c.DB, Ledger: activity.Ledger{Keys: c.Keys}, Box: sealed.New(c.Keys)})
	about := casefile.Case{ID: c.ID, Service: c.W.Service, Organisation: c.W.Trust, Person: c.W.Nurse.Person,
		Source: "management", Reason: "LTS", Priority: "P2"}
	return s.Close(context.Background(), c.Clinician, c.Now, about, casefile.ClosingReasons()[0])
}

// Merge brings another referral about the person into this case, with a report of its own.
func (c *Case) Merge() (referral, report uuid.UUID) {
	c.T.Helper()
	w := c.W
	referral, report = uuid.New(), uuid.New()
	to := []uuid.UUID{w.HR.Person}
	c.In(w.HR.As(access.HR, access.Employer), `insert into referral (organisation_id, service_id, id, kind, person_id, referrer_person_id, viewers, text, state, state_at, submitted_at)
 values ($1,$2,$3,'hr',$4,$5,$6,'{"questions":["Q01"]}','accepted',$7,$7)`, w.Trust, w.Service, referral, w.Nurse.Person, w.HR.Person, to, c.Now)
	c.In(c.Clinician, `insert into report (service_id, id, organisation_id, casefile_id, referral_id, person_id, recipients, opened_at) values ($1,$2,$3,$4,$5,$6,$7,$8)`,
		w.Service, report, w.Trust, c.ID, referral, w.Nurse.Person, to, c.Now.Add(time.Minute))
	return referral, report
}

// Seen is the state that the manager sees.
func (c *Case) Seen() flow.Seen {
	c.T.Helper()
	return Ask[flow.Seen](c, c.Manager, `select state from referral where id = $1`, c.Referral)
}

// Run works the jobs of this report that are due, in order: each once, in a transaction of its own, behind its wall.
// The real runner waits for the wall clock; a test does not. A job for "at once" carries the time of the wall clock.
func (c *Case) Run() error {
	c.T.Helper()
	ctx := context.Background()
	super, err := pgx.Connect(ctx, world.Super(c.T))
	if err != nil {
		c.T.Fatal(err)
	}
	defer super.Close(ctx)
	rows, err := super.Query(ctx, `delete from river.river_job where kind like 'report.%' and args->>'report' = $1
 and (scheduled_at <= $2 or (state = 'available' and scheduled_at >= $3)) returning id, kind, args`, c.Report.String(), c.Now, c.made)
	if err != nil {
		c.T.Fatal(err)
	}
	type due struct {
		ID   int64
		Kind string
		Args []byte
	}
	jobs, err := pgx.CollectRows(rows, pgx.RowToStructByPos[due])
	if err != nil {
		c.T.Fatal(err)
	}
	for _, j := range jobs {
		var err error
		switch j.Kind {
		case report.ReleaseArgs{}.Kind():
			err = Work(c, j.Args, c.S.Release)
		case report.NotReportedArgs{}.Kind():
			err = Work(c, j.Args, c.S.NotReported)
		case report.CorrectionArgs{}.Kind():
			err = Work(c, j.Args, c.S.CorrectionAsked)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Work does the effect of one job as the runner would.
func Work[T any](c *Case, args []byte, do func(context.Context, *postgres.Tx, T) error) error {
	var a T
	if err := json.Unmarshal(args, &a); err != nil {
		return err
	}
	return c.DB.InTenant(context.Background(), access.SystemActor(access.Clinical, c.W.Trust, c.W.Service), func(tx *postgres.Tx) error {
		return do(context.Background(), tx, a)
	})
}
