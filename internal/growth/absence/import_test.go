package absence_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/growth/absence"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

var (
	ctx = context.Background()
	now = time.Date(2026, 4, 20, 9, 0, 0, 0, time.UTC)
)

const (
	reasonsFile = "absencefile/testdata/nhs-england-absence-reasons-2024-03-to-2025-02.csv"
	rateHeading = "DATE,NHSE_REGION_CODE,NHSE_REGION_NAME,ICS_CODE,ICS_NAME,ORG_CODE,ORG_NAME,CLUSTER_GROUP,BENCHMARK_GROUP,STAFF_GROUP,FTE_DAYS_LOST,FTE_DAYS_AVAILABLE,SICKNESS_ABSENCE_RATE_PERCENT\n"
	esrHeading  = "Employee,Last Name,Assignment Number,Primary Assignment,FTE,Absence Reason,Absence Type,Staff Group,Absence Start Date,Absence End Date,Calendar Days Lost,FTE Days Lost\n"
	nurses      = "Nursing and Midwifery Registered"
)

type bench struct {
	t    *testing.T
	db   *postgres.DB
	w    *world.World
	s    *absence.Service
	lead access.Actor
	ods  string
}

func open(t *testing.T) *bench {
	db := world.Open(t)
	w := world.New(t, db)
	b := &bench{t: t, db: db, w: w, s: absence.New(absence.Deps{DB: db}), lead: w.OHLead.As(access.Lead, access.Growth), ods: "R" + strings.ToUpper(uuid.NewString()[:6])}
	b.in(access.SystemActor(access.Hall, w.Trust, uuid.Nil), func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `update organisation set ods_code = $2 where id = $1`, w.Trust, b.ods)
		return err
	})
	return b
}

func (b *bench) in(a access.Actor, fn func(*postgres.Tx) error) {
	b.t.Helper()
	if err := b.db.InTenant(ctx, a, fn); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) take(file string) absence.Report {
	b.t.Helper()
	r, err := b.s.Import(ctx, b.lead, now, "file.csv", strings.NewReader(file))
	if err != nil {
		b.t.Fatal(err)
	}
	return r
}

func (b *bench) read(a access.Actor, scope string, at time.Time) absence.Figures {
	b.t.Helper()
	f, err := b.s.Read(ctx, a, uuid.Nil, scope, at)
	if err != nil {
		b.t.Fatal(err)
	}
	return f
}

func last(xs []spc.Number) float64 { return math.Round(xs[len(xs)-1].Value*100) / 100 }

// TestPublishedReasons takes the real file in from the command line's side, twice.
func TestPublishedReasons(t *testing.T) {
	b := open(t)
	r, err := b.s.ImportFile(ctx, b.lead, now, reasonsFile)
	if err != nil || r.Rows != 300 || r.Kept != 300 || r.Rejected != 0 || r.First != civil.MustParse("2024-03-01") || r.Last != civil.MustParse("2025-02-01") {
		t.Fatalf("%+v %v", r, err)
	}
	again, err := b.s.ImportFile(ctx, b.lead, now.AddDate(0, 0, 1), reasonsFile)
	if err != nil || !again.Same || again.ID != r.ID || !again.At.Equal(r.At) {
		t.Errorf("the same file again: %+v %v", again, err)
	}
	f := b.read(b.lead, "", time.Date(2025, 4, 1, 9, 0, 0, 0, time.UTC))
	if f.Scope != absence.England || len(f.Months) != 12 || len(f.Reasons) != 25 || f.Reasons[0].Code != "S10" || math.Abs(f.Reasons[0].Total-7166913.9148) > 0.01 {
		t.Errorf("figures: %s %d months, %d reasons, %+v", f.Scope, len(f.Months), len(f.Reasons), f.Reasons[0])
	}
	list, err := b.s.Imports(ctx, b.lead)
	if err != nil || len(list) != 1 {
		t.Errorf("%d imports, %v", len(list), err)
	}
	foreign := b.w.Foreign.As(access.Lead, access.Growth)
	if _, err := b.s.FindImport(ctx, foreign, r.ID); err == nil {
		t.Error("another trust opens the import")
	}
	if f := b.read(foreign, "", now); len(f.Months) != 0 {
		t.Error("another trust sees the figures")
	}
}

func TestPublishedRates(t *testing.T) {
	b := open(t)
	row := func(code, group string, lost, available int) string {
		return fmt.Sprintf("31/01/2026,Y61,East,QXX,ICS,%s,Name,Acute,Large,%s,%d,%d,0\n", code, group, lost, available)
	}
	r := b.take(rateHeading + row(b.ods, "All staff groups", 500, 10000) + row(b.ods, "Nurses & health visitors", 300, 5000) + row("RZZ9", "All staff groups", 9, 10) +
		row("England", "All staff groups", 5200, 100000) + row(b.ods, "Doctors", 11, 10))
	if r.Rows != 5 || r.Rejected != 1 || r.Kept != 3 || len(r.Rejects) != 1 || r.Rejects[0].Line != 6 {
		t.Errorf("%+v", r)
	}
	f := b.read(b.lead, "", now)
	if f.Scope != absence.Own || last(f.Rate) != 5 || len(f.Groups) != 1 || last(f.Groups[0].Rate) != 6 {
		t.Errorf("%+v", f)
	}
	if f := b.read(b.lead, absence.England, now); last(f.Rate) != 5.2 {
		t.Errorf("England: %+v", f.Rate)
	}
	var refused *sheet.Refused
	_, err := b.s.Import(ctx, b.lead, now, "x.csv", strings.NewReader(rateHeading+row("RZZ9", "All staff groups", 9, 10)))
	if !errors.As(err, &refused) || refused.Key != "absence.import.nothing" {
		t.Errorf("a file of other trusts: %v", err)
	}
}

// esr writes an absence of an employee.
func esr(employee, from, to string, days int, reason, group string) string {
	return fmt.Sprintf("%s,Zyxwvu,%s,Yes,1,%s,Sickness,%s,%s 00:00,%s 00:00,%d,%d\n", employee, employee, reason, group, from, to, days, days)
}

func TestTrustReport(t *testing.T) {
	b := open(t)
	b.in(access.SystemActor(access.Worker, b.w.Trust, uuid.Nil), func(tx *postgres.Tx) error { return activity.CountWorkforce(ctx, tx, b.w.Trust, now) })
	file := esrHeading + esr("1", "20/12/2025", "10/01/2026", 22, "S11 Back Problems", nurses)
	for i := range 12 {
		file += esr(fmt.Sprint(100+i), "05/02/2026", "06/02/2026", 2, "S13 Cold Cough Flu - Influenza", nurses)
	}
	file += esr("2", "01/02/2026", "28/02/2026", 28, "S10 Anxiety", nurses)
	r := b.take(file)
	// December holds only what lasted into the report's period, so it is left out.
	if r.First != civil.MustParse("2026-01-01") || r.Last != civil.MustParse("2026-02-01") {
		t.Errorf("%+v", r)
	}
	f := b.read(b.lead, "", now)
	if !f.HasEpisodes() || last(f.Episodes) != 13 || last(f.Long) != 28 || last(f.Short) != 24 || last(f.Days) != 52 {
		t.Errorf("episodes %v long %v short %v days %v", f.Episodes, f.Long, f.Short, f.Days)
	}
	// 15 full-time posts of the test world, 28 days: 52 of 420.
	posts := 15.0
	if got := last(f.Rate); got != math.Round(52/(posts*28)*10000)/100 {
		t.Errorf("rate %v", got)
	}

	// Outside the service: reasons from 10 episodes up, counts rounded, and no word of the others.
	hr := b.w.HR.As(access.HR, access.Growth)
	f = b.read(hr, "", now)
	if last(f.Episodes) != 15 {
		t.Errorf("HR sees %v episodes, want 13 rounded to 15", last(f.Episodes))
	}
	if last(f.Days) != 50 || last(f.Rate) != math.Round(50/(posts*28)*10000)/100 {
		t.Errorf("HR sees %v days and a rate of %v, want 52 rounded to 50", last(f.Days), last(f.Rate))
	}
	if f.HasTerms() || known(f.Short) {
		t.Errorf("HR sees long %v and short %v: the long one is one person", f.Long, f.Short)
	}
	for _, x := range f.Reasons {
		if hidden := x.Code != "S13"; x.Hidden != hidden || hidden && x.Total != 0 {
			t.Errorf("HR sees %+v", x)
		}
	}
	if _, err := f.Reason("S10"); err == nil {
		t.Error("HR opens a reason of one episode")
	}

	// A report cut to the first days of February leaves February alone; a corrected one replaces it whole.
	r = b.take(esrHeading + esr("100", "05/02/2026", "06/02/2026", 2, "S13 Cold Cough Flu - Influenza", nurses))
	if len(r.Unchanged) != 1 || r.Kept != 0 {
		t.Errorf("a cut report: %+v", r)
	}
	r = b.take(strings.ReplaceAll(file, "S13 Cold Cough Flu - Influenza", "S25 Gastrointestinal problems"))
	if len(r.Unchanged) != 0 {
		t.Errorf("a corrected report: %+v", r)
	}
	f = b.read(b.lead, "", now)
	for _, x := range f.Reasons {
		if x.Code == "S13" && x.Total != 0 {
			t.Errorf("the old reason stays: %+v", x)
		}
	}
	if last(f.Days) != 52 {
		t.Errorf("days %v", f.Days)
	}
}

func known(xs []spc.Number) bool {
	return slices.ContainsFunc(xs, func(x spc.Number) bool { return x.Known })
}

// TestOneLongAbsence is the figures of a practice: the one absence is somebody whom the reader knows.
func TestOneLongAbsence(t *testing.T) {
	b := open(t)
	b.in(access.SystemActor(access.Worker, b.w.Trust, uuid.Nil), func(tx *postgres.Tx) error { return activity.CountWorkforce(ctx, tx, b.w.Trust, now) })
	b.take(esrHeading + esr("1", "01/02/2026", "28/02/2026", 28, "S10 Anxiety", nurses))
	hr := b.w.HR.As(access.HR, access.Growth)
	f := b.read(hr, absence.Own, now)
	for name, xs := range map[string][]spc.Number{"days": f.Days, "rate": f.Rate, "episodes": f.Episodes, "long": f.Long, "short": f.Short} {
		if known(xs) {
			t.Errorf("HR sees %s of one absence: %v", name, xs)
		}
	}
	if len(f.Groups) > 0 || f.HasEpisodes() || f.HasTerms() {
		t.Errorf("HR sees groups %+v", f.Groups)
	}
	beside, err := b.s.BesideWaits(ctx, hr, uuid.Nil, now)
	if err != nil || known(beside.Absence) {
		t.Errorf("HR sees it beside the waits: %v %v", beside.Absence, err)
	}

	// Eight who are away the whole month are enough; so are eight short ones where nobody is away for long.
	file := esrHeading
	for i := range 8 {
		file += esr(fmt.Sprint(i), "01/02/2026", "28/02/2026", 28, "S10 Anxiety", nurses)
	}
	b.take(file)
	if f = b.read(hr, absence.Own, now); last(f.Long) != 225 || last(f.Short) != 0 || last(f.Days) != 225 || last(f.Episodes) != 10 {
		t.Errorf("HR sees long %v short %v days %v episodes %v of eight", f.Long, f.Short, f.Days, f.Episodes)
	}
}

// TestNothingOfAPersonIsStored looks for the name in every table that the import can write.
func TestNothingOfAPersonIsStored(t *testing.T) {
	b := open(t)
	b.take(esrHeading + esr("87654321", "01/02/2026", "02/02/2026", 2, "Zyxwvu", "Zyxwvu") + "Zyxwvu\n")
	b.in(b.lead, func(tx *postgres.Tx) error {
		for _, table := range []string{"absence_import", "absence_rate", "absence_reason"} {
			var n int
			if err := tx.QueryRow(ctx, `select count(*) from `+table+` t where t::text ~ 'Zyxwvu|87654321'`).Scan(&n); err != nil {
				return err
			}
			if n > 0 {
				t.Errorf("%s holds a name or a number", table)
			}
		}
		return nil
	})
}

func TestWholeFileRefused(t *testing.T) {
	b := open(t)
	for key, file := range map[string]string{
		"absence.import.unknown": "a,b\n1,2\n",
		"absence.import.columns": strings.Replace(esrHeading, "Absence End Date", "x", 1),
		"csv.empty":              "",
	} {
		var refused *sheet.Refused
		if _, err := b.s.Import(ctx, b.lead, now, "x.csv", strings.NewReader(file)); !errors.As(err, &refused) || refused.Key != key {
			t.Errorf("%s: %v", key, err)
		}
	}
	if _, err := b.s.ImportFile(ctx, b.lead, now, filepath.Join(t.TempDir(), "none.csv")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}
