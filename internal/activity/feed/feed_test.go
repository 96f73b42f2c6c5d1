package feed_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/activity/feed"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

var (
	ctx = context.Background()
	now = time.Date(2026, 11, 10, 9, 0, 0, 0, time.UTC)
)

const heading = "Event,Event date,Org,Staff ref,Case no,Reason,Group\n"

const mapping = `
columns: {kind: Event, time: Event date, organisation: Org, person: Staff ref, case: Case no, reason: Reason, staff_group: Group}
values:
  kind:
    Referral in: referral.submitted
    Triage: referral.triaged priority=P2 outcome=ACCEPT-OHN
    Accepted: referral.accepted priority=P2
    Booked: appointment.booked
    Seen: appointment.attended
    DNA: appointment.missed outcome=DNA
    Report out: report.released
    Closed: casefile.closed outcome=done
  reason: {Long term: LTS, Stress: STR}
fixed: {source: management}
`

type bench struct {
	t        *testing.T
	db       *postgres.DB
	w        *world.World
	s        *feed.Service
	m        feed.Mapping
	lead     access.Actor
	worker   access.Actor
	own, gps string // codes of the trust and of the practice it serves
}

func open(t *testing.T) *bench {
	db := world.Open(t)
	w := world.New(t, db)
	keys, err := seal.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	m, err := feed.ParseMapping([]byte(mapping))
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{t: t, db: db, w: w, m: m, s: feed.New(feed.Deps{DB: db, Ledger: activity.Ledger{Keys: keys}}), lead: w.OHLead.As(access.Lead, access.Clinical),
		worker: access.SystemActor(access.Worker, w.Trust, w.Service), own: "R" + strings.ToUpper(uuid.NewString()[:6]), gps: "G" + strings.ToUpper(uuid.NewString()[:6])}
	for id, code := range map[uuid.UUID]string{w.Trust: b.own, w.Practice: b.gps} {
		if err := db.InTenant(ctx, access.SystemActor(access.Hall, id, uuid.Nil), func(tx *postgres.Tx) error {
			_, err := tx.Exec(ctx, `update organisation set ods_code = $2 where id = $1`, id, code)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

func (b *bench) take(a access.Actor, file string, dry bool) feed.Report {
	b.t.Helper()
	r, err := b.s.Import(ctx, a, now, b.m, "opas.csv", strings.NewReader(file), dry)
	if err != nil {
		b.t.Fatal(err)
	}
	return r
}

func (b *bench) ledger() (n int) {
	b.t.Helper()
	if err := b.db.InTenant(ctx, b.worker, func(tx *postgres.Tx) error {
		return tx.QueryRow(ctx, `select count(*) from activity where service_id = $1`, b.w.Service).Scan(&n)
	}); err != nil {
		b.t.Fatal(err)
	}
	return n
}

// journey is six events of a case, all on whole days.
func (b *bench) journey(case_ int, start time.Time) string {
	var out strings.Builder
	org := b.own
	if case_%10 == 0 {
		org = b.gps
	}
	for i, e := range []string{"Referral in", "Triage", "Accepted", "Booked", "Seen", "Closed"} {
		fmt.Fprintf(&out, "%s,%s,%s,S%d,C%d,Long term,Nursing & Midwifery Registered\n", e, start.AddDate(0, 0, []int{0, 1, 1, 1, 10, 12}[i]).Format("02/01/2006"), org, case_%500, case_)
	}
	return out.String()
}

// TestImport: 50,000 rows with bad ones among them go in at once; the same file changes nothing, an overlapping one
// adds what is new; the roll-ups know it.
func TestImport(t *testing.T) {
	b := open(t)
	var file strings.Builder
	file.WriteString(heading)
	const cases = 8330
	for i := range cases {
		file.WriteString(b.journey(i, time.Date(2024, 1, 1+i%900, 0, 0, 0, 0, time.UTC)))
	}
	bad := []string{"Tea,01/02/2026,%s,S1,C1,,", "DNA,soon,%s,S1,C1,,", "DNA,01/02/2030,%s,S1,C1,,", "DNA,01/02/2026,ZZZ,S1,C1,,", "DNA,01/02/2026,%s,,C1,,", "Referral in,01/02/2026,%s,S1,C1,Okafor,",
		"Referral in,01/02/2026,%s,S1,C1,,", "DNA,01/02/2026", `DNA,"01"/02/2026,%s,S1,C1,,`}
	for _, x := range bad {
		file.WriteString(strings.ReplaceAll(x, "%s", b.own) + "\n")
	}
	dry := b.take(b.worker, file.String(), true)
	if !dry.DryRun || b.ledger() != 0 || dry.Added != 6*cases || !dry.Tied || dry.Waits[activity.WaitFirstSeen] != cases || dry.Waits[activity.WaitReport] != 0 {
		t.Fatalf("a dry run: %d added, %d in the ledger", dry.Added, b.ledger())
	}
	r := b.take(b.worker, file.String(), false)
	if r.Rows != 6*cases+len(bad) || r.Added != 6*cases || r.Rejects.N != len(bad) || b.ledger() != 6*cases {
		t.Fatalf("rows %d, added %d, ledger %d, rejects %v", r.Rows, r.Added, b.ledger(), r.Rejects.List)
	}
	keys := map[string]bool{}
	for _, x := range r.Rejects.List {
		keys[x.Key] = true
		if x.Line < 6*cases+2 {
			t.Errorf("line %d: %s", x.Line, x.Key)
		}
	}
	if len(keys) != len(bad) {
		t.Errorf("reasons %v", keys)
	}
	if again := b.take(b.worker, file.String(), false); !again.Same || again.ID != r.ID || b.ledger() != 6*cases {
		t.Errorf("the second time: %+v", again)
	}
	over := b.take(b.worker, heading+b.journey(0, time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC))+b.journey(cases, time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)), false)
	if over.Added != 6 || over.Known != 6 || b.ledger() != 6*cases+6 {
		t.Errorf("an overlapping file: added %d, known %d", over.Added, over.Known)
	}
	growth := b.w.OHLead.As(access.Lead, access.Growth)
	if err := b.db.InTenant(ctx, growth, func(tx *postgres.Tx) error {
		counts, err := activity.ReadCounts(ctx, tx, civil.MustParse("2024-01-01"), civil.MustParse("2026-12-01"), []activity.Kind{activity.ReferralSubmitted}, []string{"reason"})
		n := 0
		for _, c := range counts {
			if c.Code != "LTS" {
				t.Errorf("reason %s", c.Code)
			}
			n += c.N
		}
		waits, err2 := activity.ReadWaits(ctx, tx, civil.MustParse("2024-01-01"), civil.MustParse("2026-12-01"), activity.WaitFirstSeen)
		if n != cases+1 || len(waits) == 0 {
			t.Errorf("roll-ups: %d referrals, %d waits", n, len(waits))
		}
		return errors.Join(err, err2)
	}); err != nil {
		t.Fatal(err)
	}
}

// TestPage: the lead's page works behind the clinical wall, which may not read the ledger.
func TestPage(t *testing.T) {
	b := open(t)
	file := heading + b.journey(1, time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC))
	if r := b.take(b.lead, file, true); r.Added != 6 || b.ledger() != 0 || len(r.Counts) != 6 || r.Counts[0].New != 1 {
		t.Errorf("dry: %+v", r)
	}
	r := b.take(b.lead, file, false)
	if r.Added != 6 || b.ledger() != 6 {
		t.Errorf("%+v", r)
	}
	got, err := b.s.FindImport(ctx, b.lead, r.ID)
	if err != nil || got.Added != 6 || len(got.Counts) != 6 || got.By != b.lead.Name {
		t.Errorf("%+v %v", got, err)
	}
	foreign := b.w.Foreign.As(access.Lead, access.Clinical)
	if _, err := b.s.FindImport(ctx, foreign, r.ID); fault.KindOf(err) != fault.NotFound {
		t.Errorf("another service opens the report: %v", err)
	}
	// Nobody of another service has the code, and the same references are other people there.
	other, err := b.s.Import(ctx, foreign, now, b.m, "opas.csv", strings.NewReader(file), false)
	if err != nil || other.Added != 0 || other.Rejects.N != 6 {
		t.Errorf("for another service: %+v %v", other, err)
	}
	if err := b.db.InTenant(ctx, b.worker, func(tx *postgres.Tx) error {
		var text string
		err := tx.QueryRow(ctx, `select string_agg(a::text, ' ') || (select string_agg(i::text, ' ') from activity_import i where service_id = $1) from activity a where service_id = $1`, b.w.Service).Scan(&text)
		if strings.Contains(text, "S1,") || strings.Contains(text, "C1,") {
			t.Error("a reference is stored")
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

func TestMapping(t *testing.T) {
	b := open(t)
	for name, c := range map[string]struct {
		change func(*feed.Mapping)
		key    string
	}{
		"no kind":          {func(m *feed.Mapping) { delete(m.Columns, "kind") }, "feed.mapping.column"},
		"no such field":    {func(m *feed.Mapping) { m.Columns["surname"] = "Name" }, "feed.mapping.field"},
		"no such kind":     {func(m *feed.Mapping) { m.Values["kind"]["x"] = "tea.made" }, "feed.mapping.code"},
		"no such code":     {func(m *feed.Mapping) { m.Values["reason"]["x"] = "Okafor" }, "feed.mapping.code"},
		"no such fixed":    {func(m *feed.Mapping) { m.Fixed["source"] = "aunt" }, "feed.mapping.code"},
		"a kind with junk": {func(m *feed.Mapping) { m.Values["kind"]["x"] = "appointment.missed outcome=late" }, "feed.mapping.code"},
	} {
		t.Run(name, func(t *testing.T) {
			m, _ := feed.ParseMapping([]byte(mapping))
			c.change(&m)
			if f := b.s.Check(m); len(f) != 1 || f[0].Key != c.key {
				t.Errorf("%+v", f)
			}
			var refused *sheet.Refused
			if _, err := b.s.Import(ctx, b.lead, now, m, "x.csv", strings.NewReader(heading), false); !errors.As(err, &refused) {
				t.Errorf("%v", err)
			}
		})
	}
	var m feed.Mapping
	if bad := m.ReadLines(b.m.Lines() + "\nkind: Untranslated = \n"); bad != 0 || m.Lines() != b.m.Lines() {
		t.Errorf("line %d of\n%s", bad, m.Lines())
	}
	if bad := m.ReadLines("source = management\nwhat is this"); bad != 2 {
		t.Errorf("bad line %d", bad)
	}
	b.m.Name = "OPAS"
	for range 2 {
		if err := b.s.Save(ctx, b.lead, now, b.m); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := b.s.MappingNamed(ctx, b.worker, "OPAS"); err != nil || got.Lines() != b.m.Lines() {
		t.Errorf("%+v %v", got, err)
	}
	if all, err := b.s.Mappings(ctx, b.w.Foreign.As(access.Lead, access.Clinical)); err != nil || len(all) != 0 {
		t.Errorf("another service sees %d mappings, %v", len(all), err)
	}
	g := b.s.Guess([]string{"Event type", "Appointment date", "Employee number", "Referral reason"})
	if g.Columns["kind"] != "Event type" || g.Columns["time"] != "Appointment date" || g.Columns["person"] != "Employee number" || g.Columns["reason"] != "Referral reason" {
		t.Errorf("guess %v", g.Columns)
	}
	for _, whole := range []string{"", "a,b\n", heading, "\xff\xfex"} {
		var refused *sheet.Refused
		if _, err := b.s.Import(ctx, b.lead, now, b.m, "x.csv", strings.NewReader(whole), false); !errors.As(err, &refused) {
			t.Errorf("%q: %v", whole, err)
		}
	}
}

// TestMinutes: how long contacts took reaches the fit of their length, and slips of the pen do not.
func TestMinutes(t *testing.T) {
	b := open(t)
	b.m.Columns["minutes"] = "Minutes"
	b.m.Values["kind"]["Contact"] = "contact.recorded class=diagnostic outcome=nurse"
	heading := strings.Replace(heading, "\n", ",Minutes\n", 1)
	file := heading
	for day := range 28 * 4 { // the fits need weeks of referrals
		at := civil.MustParse("2025-11-03").AddDays(day)
		file += fmt.Sprintf("Referral in,%[1]s,%[2]s,S%[3]d,C%[3]d,Stress,,\nContact,%[1]s,%[2]s,S%[3]d,C%[3]d,,,%[4]d\n", at, b.own, day, 20+day%2*20)
	}
	r := b.take(b.worker, file, false)
	bad := heading
	for _, m := range []string{"-1", "481", "ten", "4.5"} {
		bad += fmt.Sprintf("Contact,2026-01-10,%s,S1,C1,,,%s\n", b.own, m)
	}
	x := b.take(b.worker, bad, false)
	if r.Rejects.N != 0 || x.Added != 0 || x.Rejects.N != 4 || x.Rejects.List[0].Key != "feed.reject.minutes" {
		t.Fatalf("%+v\n%+v", r, x)
	}
	if err := b.db.InTenant(ctx, b.w.OHLead.As(access.Lead, access.Growth), func(tx *postgres.Tx) error {
		fits, ok, err := activity.ReadFits(ctx, tx, activity.Now)
		if len(fits.Lengths) != 1 || !ok || fits.Lengths[0].Role != "nurse" || math.Abs(fits.Lengths[0].Mean-30) > 1 || fits.Lengths[0].N < 100 {
			t.Errorf("lengths %+v", fits.Lengths)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// TestScores: the scores of feedback reach the question that K18 is made of, in the months they were given in, and no
// count by outcome tells them.
func TestScores(t *testing.T) {
	b := open(t)
	b.m.Columns["score"] = "Score"
	b.m.Values["kind"]["Survey"] = "feedback.given"
	b.m.Values["score"] = map[string]string{"Very good": "5"}
	file := strings.Replace(heading, "\n", ",Score\n", 1)
	for i, score := range []string{"5", "4", "Very good", "2", "", "7", "Okafor"} {
		file += fmt.Sprintf("Survey,%02d/02/2026,%s,S%d,C%d,,,%s\n", i+1, b.own, i, i, score)
	}
	file += fmt.Sprintf("Seen,09/02/2026,%s,S1,C1,,,3\n", b.own) // a score of another event is not counted
	r := b.take(b.worker, file, false)
	if r.Added != 6 || r.Rejects.N != 2 || r.Rejects.List[0].Key != "feed.reject.code" {
		t.Fatalf("%+v", r)
	}
	b.take(b.worker, strings.Replace(heading, "\n", ",Score\n", 1)+fmt.Sprintf("Survey,01/03/2026,%s,S9,C9,,,4\n", b.own), false)
	if err := b.db.InTenant(ctx, b.w.OHLead.As(access.Lead, access.Growth), func(tx *postgres.Tx) error {
		got, err := activity.ReadScores(ctx, tx, civil.MustParse("2026-01-01"), civil.MustParse("2026-12-01"))
		want := []activity.Score{{Month: civil.MustParse("2026-02-01"), Question: "mattered", Score: 2, N: 1}, {Month: civil.MustParse("2026-02-01"), Question: "mattered", Score: 4, N: 1},
			{Month: civil.MustParse("2026-02-01"), Question: "mattered", Score: 5, N: 2}, {Month: civil.MustParse("2026-03-01"), Question: "mattered", Score: 4, N: 1}}
		if !slices.Equal(got, want) {
			t.Errorf("scores %v", got)
		}
		counts, err2 := activity.ReadCounts(ctx, tx, civil.MustParse("2026-01-01"), civil.MustParse("2026-12-01"), []activity.Kind{activity.FeedbackGiven}, []string{"all", "outcome"})
		for _, c := range counts {
			if c.Dimension == "outcome" {
				t.Errorf("counted by score: %+v", c)
			}
		}
		return errors.Join(err, err2)
	}); err != nil {
		t.Fatal(err)
	}
}
