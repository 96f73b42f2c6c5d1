package report_test

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/report"
	"github.com/rowan-ohwb/rowan/internal/care/report/casetest"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// TestHoles tries, one by one, the ways round the rule of release that its triggers once left open.
func TestHoles(t *testing.T) {
	const event = `insert into consent_event (service_id, report_id, event_no, organisation_id, person_id, kind, choice, version, recipients, assisted, method, recorder_account, words, at)
 values ($1,$2,1,$3,$4,$5,nullif($6,''),nullif($7,0),$8,$9,$10,$11,$12,$13)`
	c := casetest.New(t)
	w, stranger := c.W, c.W.Peer.As(access.Person, access.Portal)
	recipients := []uuid.UUID{w.Ward.Person}
	say := func(a access.Actor, kind, way string, version int, to []uuid.UUID, words string, at time.Time) error {
		method, by := "online", (*uuid.UUID)(nil)
		if a.Wall == access.Clinical {
			method, by = "post", &a.Account
		}
		return c.Try(a, event, w.Service, c.Report, w.Trust, w.Nurse.Person, kind, way, version, to, by != nil, method, by, words, at)
	}
	version := func(a access.Actor, person uuid.UUID, n int, signed *time.Time) error {
		return c.Try(a, `insert into report_version (service_id, report_id, version, organisation_id, person_id, content, author_account, author_name, saved_at, signed_at) values ($1,$2,$3,$4,$5,'{}',$6,'x',now(),$7)`,
			w.Service, c.Report, n, w.Trust, person, a.Account, signed)
	}
	past := c.Now.Add(-72 * time.Hour)
	refused := func(name, code string, err error) {
		t.Helper()
		if got := postgres.Code(err); got != code {
			t.Errorf("%s: %v (%s), want %s", name, err, got, code)
		}
	}
	const check = "23514"
	refused("a signature dated back, to shorten the days to object", postgres.BadConsent, version(c.Clinician, w.Nurse.Person, 1, &past))
	refused("a version that shows in another person's portal", postgres.BadConsent, version(c.Clinician, w.Peer.Person, 1, nil))
	refused("a version out of turn", postgres.BadConsent, version(c.Clinician, w.Nurse.Person, 2, nil))
	refused("an early choice for nobody", check, say(c.Person, "choice", "now", 0, []uuid.UUID{}, "yes", c.Now))
	refused("consent without words", check, say(c.Person, "choice", "now", 0, recipients, "", c.Now))
	refused("a recipient who is not on the report", postgres.BadConsent, say(c.Person, "choice", "now", 0, []uuid.UUID{w.Peer.Person}, "yes", c.Now))
	refused("a choice for another person", postgres.BadConsent, say(stranger, "choice", "now", 0, recipients, "yes", c.Now))
	refused("an event in the future", postgres.BadConsent, say(c.Person, "choice", "now", 0, recipients, "yes", c.Now.Add(time.Hour)))
	c.Sign("v1")
	refused("an early choice after the signature, dated back", postgres.BadConsent, say(c.Clinician, "choice", "now", 0, recipients, "yes", past))
	refused("a second report with other recipients", postgres.BadConsent, c.Try(c.Clinician,
		`insert into report (service_id, id, organisation_id, casefile_id, referral_id, person_id, recipients, opened_at) values ($1,$2,$3,$4,$5,$6,$7,now())`,
		w.Service, uuid.New(), w.Trust, c.ID, c.Referral, w.Nurse.Person, []uuid.UUID{w.Peer.Person}))
	refused("a second report of one referral", postgres.UniqueViolation, c.Try(c.Clinician,
		`insert into report (service_id, id, organisation_id, casefile_id, referral_id, person_id, recipients, opened_at) values ($1,$2,$3,$4,$5,$6,$7,now())`,
		w.Service, uuid.New(), w.Trust, c.ID, c.Referral, w.Nurse.Person, recipients))
	refused("recipients changed afterwards", postgres.PermissionDenied, c.Try(c.Clinician, `update report set recipients = recipients`))
	refused("a correction of somebody else's report", postgres.BadConsent, c.Try(stranger,
		`insert into correction (service_id, id, report_id, version, organisation_id, person_id, text, at) values ($1,$2,$3,1,$4,$5,'x',now())`,
		w.Service, uuid.New(), c.Report, w.Trust, w.Peer.Person))
	must(t, c.Say(report.Say{Kind: report.Given, Version: 1}))
	must(t, c.Run())
	id := casetest.Ask[uuid.UUID](c, c.Clinician, `select id from released_report where report_id = $1`, c.Report)
	adjustment := `insert into adjustment (organisation_id, service_id, released_id, n, person_id, referral_id, kind, detail) values ($1,$2,$3,$4,$5,$6,'other','She has cancer')`
	refused("a note to the manager as an adjustment", postgres.ReleaseRefused, c.Try(c.Clinician, adjustment, w.Trust, w.Service, id, 3, w.Nurse.Person, c.Referral))
	refused("a changed adjustment", postgres.ReleaseRefused, c.Try(c.Clinician, adjustment, w.Trust, w.Service, id, 1, w.Nurse.Person, c.Referral))
	refused("a receipt of somebody who received nothing", postgres.PermissionDenied, c.Try(c.W.Peer.As(access.Manager, access.Employer),
		`insert into report_receipt (organisation_id, service_id, released_id, person_id, first_read_at) values ($1,$2,$3,$4,now())`, w.Trust, w.Service, id, w.Peer.Person))
	for _, a := range []access.Actor{c.W.Peer.As(access.Manager, access.Employer), c.W.ForeignManager.As(access.Manager, access.Employer), c.W.LocalManager.As(access.HR, access.Employer)} {
		if n := casetest.Ask[int](c, a, `select count(*) from released_report`) + casetest.Ask[int](c, a, `select count(*) from adjustment`); n != 0 {
			t.Errorf("%s sees %d rows of a report that is not theirs", a.Name, n)
		}
	}
	if n := casetest.Ask[int](c, c.W.ForeignOHNurse.As(access.Nurse, access.Clinical), `select count(*) from report`); n != 0 {
		t.Errorf("another service sees %d reports", n)
	}
}

// TestOldSnapshotReleasesNothing: a transaction that began before a withdrawal must not release after it.
func TestOldSnapshotReleasesNothing(t *testing.T) {
	c, ctx := casetest.New(t), context.Background()
	c.Sign("v1")
	must(t, c.Say(report.Say{Kind: report.Given, Version: 1}))
	d, err := c.S.Desk(ctx, c.Clinician, c.Now, c.ID)
	must(t, err)
	content, err := d.Texts[1].Content.Encode()
	must(t, err)
	conn, err := pgx.Connect(ctx, world.Super(t))
	must(t, err)
	defer conn.Close(ctx)
	must(t, run(ctx, conn, `set role rowan_clinical`))
	must(t, run(ctx, conn, `begin isolation level repeatable read`))
	must(t, run(ctx, conn, `select set_config('app.service', $1, true), set_config('app.organisation', $2, true)`, c.W.Service.String(), c.W.Trust.String()))
	must(t, run(ctx, conn, `select count(*) from consent_event`)) // takes the snapshot
	must(t, c.Say(report.Say{Kind: report.Withdrawn}))
	_, err = conn.Exec(ctx, insertRelease, c.W.Trust, c.W.Service, uuid.New(), c.Report, 1, c.Referral, c.W.Nurse.Person, d.Standing.Recipients, content, d.Texts[1].Name, 1, time.Now())
	if postgres.Code(err) != postgres.ReleaseRefused {
		t.Errorf("a release from an old snapshot: %v, want %s", err, postgres.ReleaseRefused)
	}
}

func run(ctx context.Context, conn *pgx.Conn, sql string, args ...any) error {
	_, err := conn.Exec(ctx, sql, args...)
	return err
}

// TestWithdrawalRacesRelease lets a withdrawal and a release start together, many times. Either may win. The
// withdrawal counts what is released once it holds the report's lock: nothing may be added after that.
func TestWithdrawalRacesRelease(t *testing.T) {
	rounds := 25
	if os.Getenv("ROWAN_PROVE") == "1" {
		rounds = 1000
	}
	db := world.Open(t)
	w := world.New(t, db)
	won := 0
	for round := range rounds {
		c := casetest.In(t, db, w)
		c.Sign("v1")
		must(t, c.Say(report.Say{Kind: report.Given, Version: 1}))
		args := []byte(fmt.Sprintf(`{"organisation":%q,"service":%q,"report":%q,"version":1}`, w.Trust, w.Service, c.Report))
		var start, done sync.WaitGroup
		var atWithdrawal int
		var withdrawal, release error
		start.Add(1)
		done.Add(2)
		go func() {
			defer done.Done()
			start.Wait()
			time.Sleep(time.Duration(round%8) * 400 * time.Microsecond) // a release reads more before it locks
			atWithdrawal, withdrawal = withdraw(c)
		}()
		go func() {
			defer done.Done()
			start.Wait()
			release = casetest.Work(c, args, c.S.Release)
		}()
		start.Done()
		done.Wait()
		must(t, withdrawal)
		must(t, release)
		n := released(c)
		if n != atWithdrawal {
			t.Fatalf("%d released when the person withdrew, %d afterwards", atWithdrawal, n)
		}
		won += n
	}
	t.Logf("%d rounds: the release was first %d times, and never second", rounds, won)
}

func withdraw(c *casetest.Case) (releasedBefore int, err error) {
	ctx := context.Background()
	err = c.DB.InTenant(ctx, c.Person, func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `insert into consent_event (service_id, report_id, event_no, organisation_id, person_id, kind, method, words, at) values ($1,$2,0,$3,$4,'withdrawn','online','stop',$5)`,
			c.W.Service, c.Report, c.W.Trust, c.W.Nurse.Person, c.Now)
		if err != nil {
			return err
		}
		return tx.QueryRow(ctx, `select count(*) from released_report where report_id = $1`, c.Report).Scan(&releasedBefore)
	})
	return releasedBefore, err
}
