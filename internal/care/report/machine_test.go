package report_test

import (
	"context"
	"flag"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/report"
	"github.com/rowan-ohwb/rowan/internal/care/report/casetest"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// TestNothingLeavesWithoutConsent drives one report through random commands and random SQL under every login,
// and after each step judges every released row by an oracle that knows only what was said and signed, in order.
// ROWAN_PROVE=1 runs the full figure.
func TestNothingLeavesWithoutConsent(t *testing.T) {
	checks := "40"
	if os.Getenv("ROWAN_PROVE") == "1" {
		checks = "2000"
	}
	if err := flag.Set("rapid.checks", checks); err != nil {
		t.Fatal(err)
	}
	casetest.Invented(t, true)
	t.Cleanup(func() { casetest.Invented(t, false) })
	db := world.Open(t)
	w := world.New(t, db)
	var total machine
	rapid.Check(t, func(rt *rapid.T) {
		c := casetest.In(t, db, w)
		c.Now = c.Now.AddDate(0, 0, -150) // time may pass, and PostgreSQL's clock is the wall's
		m := &machine{Case: c, known: map[int]bool{}}
		rt.Repeat(map[string]func(*rapid.T){
			"":            m.invariant,
			"time passes": m.pass,
			"sign":        m.sign,
			"sign again":  m.sign,
			"begin":       m.begin,
			"say":         m.say,
			"agree":       m.agree,
			"assist":      m.assist,
			"work":        m.work,
			"say sql":     m.saySQL,
			"release sql": m.releaseSQL,
			"release ok":  m.releaseAllowed,
			"release ok2": m.releaseAllowed,
			"tamper":      m.tamper,
		})
		total.attempts += m.attempts
		total.allowed += m.allowed
		total.commands += len(m.known)
	})
	t.Logf("%s runs: %d releases tried by SQL, %d allowed; %d versions released in all", checks, total.attempts, total.allowed, total.commands)
	if total.allowed == 0 || total.commands == 0 {
		t.Error("no release was ever allowed: the test proves nothing")
	}
}

// word is what the oracle remembers of one consent event.
type word struct {
	kind    report.EventKind
	way     report.Way
	version int
	days    int
	who     []uuid.UUID
	order   int
}

type signature struct {
	version, order int
	at             time.Time
}

type machine struct {
	*casetest.Case
	order    int
	words    []word
	signed   []signature
	known    map[int]bool // versions released so far
	attempts int
	allowed  int
	commands int
}

// allows is the oracle: the rule of clinical.md 1.8 told in order of events, apart from Decide and the trigger.
func (m *machine) allows(version int, to []uuid.UUID, at time.Time) bool {
	if len(m.words) == 0 || len(m.signed) == 0 || len(to) == 0 {
		return false
	}
	last, newest := m.words[len(m.words)-1], m.signed[len(m.signed)-1]
	if newest.version != version {
		return false
	}
	for _, id := range to {
		if !slices.Contains(last.who, id) {
			return false
		}
	}
	early := last.kind == report.Choice && len(m.signed) == 1 && last.order < newest.order
	switch {
	case last.kind == report.Given:
		return last.version == version
	case early && last.way == report.Now:
		return true
	case early && last.way == report.AfterDays:
		return !at.Before(newest.at.AddDate(0, 0, last.days))
	}
	return false
}

func (m *machine) next() int { m.order++; return m.order }

// invariant judges what is new among the released rows.
func (m *machine) invariant(rt *rapid.T) {
	for _, r := range m.desk(rt).Released {
		if m.known[r.Version] {
			continue
		}
		m.known[r.Version] = true
		if !m.allows(r.Version, r.Recipients, r.At) {
			rt.Fatalf("version %d was released to %d people against the person's word: %+v, signed %+v", r.Version, len(r.Recipients), m.words, m.signed)
		}
	}
}

func (m *machine) desk(rt *rapid.T) report.Desk {
	d, err := m.S.Desk(context.Background(), m.Clinician, m.Now, m.ID)
	if err != nil {
		rt.Fatal(err)
	}
	return d
}

func (m *machine) pass(rt *rapid.T) {
	m.Now = m.Now.Add(time.Duration(rapid.IntRange(1, 100).Draw(rt, "hours")) * time.Hour)
}

func (m *machine) work(rt *rapid.T) {
	if err := m.Run(); err != nil {
		rt.Fatal(err)
	}
}

func (m *machine) begin(rt *rapid.T) {
	d := m.desk(rt)
	_, err := m.S.Save(context.Background(), m.Clinician, m.Now, report.Save{Case: m.ID, Version: d.Version, Content: casetest.Text("")})
	expected(rt, err)
}

func (m *machine) sign(rt *rapid.T) {
	m.begin(rt)
	ctx, d := context.Background(), m.desk(rt)
	for _, x := range d.Corrections {
		if x.Answer == "" {
			expected(rt, m.S.AnswerCorrection(ctx, m.Clinician, m.Now, report.AnswerCorrection{Case: m.ID, Correction: x.ID, Text: "Done"}))
		}
	}
	f, err := m.S.Sign(ctx, m.Clinician, m.Now, report.Sign{Case: m.ID, Version: d.Version})
	expected(rt, err)
	if err == nil && len(f) == 0 && d.Begun {
		m.signed = append(m.signed, signature{d.Version, m.next(), m.Now})
	}
}

// expected lets the refusals through that a user can meet; anything else is a fault of the program.
func expected(rt *rapid.T, err error) {
	if err != nil && fault.KindOf(err) != fault.Conflict && fault.KindOf(err) != fault.Invalid {
		rt.Fatal(err)
	}
}

func draw(rt *rapid.T) report.Say {
	in := report.Say{Kind: rapid.SampledFrom([]report.EventKind{report.Choice, report.Choice, report.Given, report.Given, report.Refused, report.Withdrawn, report.CorrectionAsked}).Draw(rt, "kind")}
	switch in.Kind {
	case report.Choice:
		in.Way = rapid.SampledFrom(report.Ways).Draw(rt, "way")
		if in.Way == report.AfterDays {
			in.Days = rapid.IntRange(1, 9).Draw(rt, "days")
		}
	case report.CorrectionAsked:
		in.Correction, in.Text = uuid.New(), "I work nights"
		fallthrough
	case report.Given, report.Refused:
		in.Version = rapid.IntRange(1, 4).Draw(rt, "version")
	}
	return in
}

// heard remembers what a command took. The same said twice is said once, at its first time.
func (m *machine) heard(in report.Say) {
	if n := len(m.words); n > 0 && in.Kind != report.CorrectionAsked {
		if last := m.words[n-1]; last.kind == in.Kind && last.way == in.Way && last.version == in.Version && last.days == in.Days {
			return
		}
	}
	x := word{kind: in.Kind, way: in.Way, version: in.Version, days: in.Days, order: m.next()}
	if in.Kind == report.Given || in.Kind == report.Choice && in.Way != report.AfterRead {
		x.who = []uuid.UUID{m.W.Ward.Person, m.W.HR.Person}
	}
	m.words = append(m.words, x)
}

func (m *machine) say(rt *rapid.T) {
	in := draw(rt)
	err := m.Say(in)
	expected(rt, err)
	if err == nil {
		m.heard(in)
	}
}

// agree is aimed: without it random words would seldom allow anything, and the test would prove little.
func (m *machine) agree(rt *rapid.T) {
	in := report.Say{Kind: report.Choice, Way: report.Now}
	if n := m.desk(rt).Standing.LatestSigned().N; n > 0 {
		in = report.Say{Kind: report.Given, Version: n}
	}
	err := m.Say(in)
	expected(rt, err)
	if err == nil {
		m.heard(in)
	}
}

func (m *machine) assist(rt *rapid.T) {
	in := draw(rt)
	in.Report = m.Report
	err := m.S.SayAssisted(context.Background(), m.Clinician, m.Now, m.ID, in, report.Heard{Method: "telephone", At: m.Now})
	expected(rt, err)
	if err == nil {
		m.heard(in)
	}
}

// actors are those who try by SQL: every login, in the person's, a stranger's and the clinician's name.
func (m *machine) actor(rt *rapid.T) access.Actor {
	wall := rapid.SampledFrom(access.Walls).Draw(rt, "login")
	switch rapid.IntRange(0, 3).Draw(rt, "who") {
	case 0:
		return m.Person.At(wall)
	case 1:
		return m.W.Peer.As(access.Person, wall)
	case 2:
		return m.Manager.At(wall)
	}
	return m.Clinician.At(wall)
}

func (m *machine) people(rt *rapid.T) []uuid.UUID {
	return rapid.SampledFrom([][]uuid.UUID{{m.W.Ward.Person, m.W.HR.Person}, {m.W.Ward.Person}, {m.W.HR.Person}, {m.W.HR.Person, m.W.Ward.Person},
		{m.W.Peer.Person}, {m.W.Ward.Person, m.W.Peer.Person}, {}}).Draw(rt, "people")
}

// saySQL inserts a consent event by hand. Where the database takes it, it must be the person's own login or an
// assisted event in the clinician's own name.
func (m *machine) saySQL(rt *rapid.T) {
	a, in, who := m.actor(rt), draw(rt), m.people(rt)
	assisted := rapid.Bool().Draw(rt, "assisted")
	recorder := rapid.SampledFrom([]uuid.UUID{m.Clinician.Account, m.W.OHPhysician.Account}).Draw(rt, "recorder")
	subject := rapid.SampledFrom([]uuid.UUID{m.W.Nurse.Person, m.W.Nurse.Person, m.W.Peer.Person}).Draw(rt, "subject")
	var by *uuid.UUID
	method := "online"
	if assisted {
		by, method = &recorder, "post"
	}
	err := m.Try(a, `insert into consent_event (service_id, report_id, event_no, organisation_id, person_id, kind, choice, days, version, recipients, assisted, method, recorder_account, words, at)
 values ($1,$2,$3,$4,$5,$6,nullif($7,''),nullif($8,0),nullif($9,0),$10,$11,$12,$13,'I agree',$14)`,
		m.W.Service, m.Report, len(m.words)+1, m.W.Trust, subject, string(in.Kind), string(in.Way), in.Days, in.Version, who, assisted, method, by, m.Now)
	if err != nil {
		return
	}
	own := a.Wall == access.Portal && a.Person == m.W.Nurse.Person && !assisted
	helped := a.Wall == access.Clinical && assisted && recorder == a.Account
	if subject != m.W.Nurse.Person || (!own && !helped) {
		rt.Fatalf("the %s login of %s wrote a consent event (assisted %v) for another", a.Wall, a.Name, assisted)
	}
	m.words = append(m.words, word{in.Kind, in.Way, in.Version, in.Days, who, m.next()})
}

const insertRelease = `insert into released_report (organisation_id, service_id, id, report_id, version, referral_id, person_id, recipients, content, author_name, consent_no, released_at)
 values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)`

// releaseSQL inserts a released row by hand: the database must answer exactly as Decide does.
func (m *machine) releaseSQL(rt *rapid.T) {
	d := m.desk(rt)
	m.try(rt, d, m.actor(rt), rapid.IntRange(1, 4).Draw(rt, "version"), m.people(rt), rapid.IntRange(1, len(d.Standing.Events)+1).Draw(rt, "event"), rapid.IntRange(0, 7).Draw(rt, "altered") == 0)
}

// releaseAllowed aims at what might be allowed: the newest version, the last event, the clinical login.
func (m *machine) releaseAllowed(rt *rapid.T) {
	d := m.desk(rt)
	m.try(rt, d, m.Clinician, d.Standing.LatestSigned().N, m.people(rt), len(d.Standing.Events), false)
}

func (m *machine) try(rt *rapid.T, d report.Desk, a access.Actor, version int, to []uuid.UUID, event int, altered bool) {
	m.attempts++
	content, err := d.Texts[version].Content.Encode()
	if err != nil {
		rt.Fatal(err)
	}
	if altered {
		content = []byte(`{"summary":"something else","adjustments":[]}`)
	}
	err = m.Try(a, insertRelease, m.W.Trust, m.W.Service, uuid.New(), m.Report, version, m.Referral, m.W.Nurse.Person, to, content, d.Texts[version].Name, event, m.Now)
	n, ok := report.Decide(d.Standing, version, to, m.Now)
	_, already := d.ReleasedAt(version)
	want := ok && n == event && !altered && !already && a.Wall == access.Clinical && a.Service == m.W.Service
	if got := err == nil; got != want {
		rt.Fatalf("%s login, version %d, event %d: database %v, rule %v (event %d); standing %+v", a.Wall, version, event, err, ok, n, d.Standing)
	}
	if err == nil {
		m.allowed++
	}
	if a.Wall != access.Clinical && postgres.Code(err) != postgres.PermissionDenied {
		rt.Fatalf("%s login: %v, want permission denied", a.Wall, err)
	}
}

// tampering is what no login may do to what was said and released.
var tampering = []string{
	`update released_report set content = '{}'`, `delete from released_report`, `truncate released_report cascade`,
	`update consent_event set kind = 'given'`, `delete from consent_event`, `truncate consent_event cascade`,
	`update report set recipients = array[gen_random_uuid()]`, `delete from report`,
	`delete from report_version`, `truncate report_version cascade`, `update report_version set version = version + 1`,
	`update adjustment set detail = 'x'`, `delete from adjustment`, `alter table released_report disable trigger all`,
	`set session_replication_role = replica`, `set role rowan_owner`, `drop trigger released_report_needs_consent on released_report`,
	`create or replace function report_lock(report uuid) returns void language sql as 'select'`,
}

func (m *machine) tamper(rt *rapid.T) {
	a, sql := m.actor(rt), rapid.SampledFrom(tampering).Draw(rt, "sql")
	if err := m.Try(a, sql); err == nil {
		rt.Fatalf("%s login could: %s", a.Wall, sql)
	}
}
