package sample_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/outlook"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
	"github.com/rowan-ohwb/rowan/internal/sample"
)

var now = time.Date(2026, 11, 19, 10, 30, 0, 0, time.UTC)

// built is a small sample in a database of its own.
type built struct {
	*postgres.DB
	super string
}

// build makes a small sample; name tells the databases of a test process apart.
func build(t *testing.T, name string, o sample.Options) built {
	t.Helper()
	ctx := context.Background()
	keys, err := seal.Open(t.TempDir(), release.SigningKey)
	if err != nil {
		t.Fatal(err)
	}
	d := pgtest.New(t, func(ctx context.Context, dsn string) error {
		return postgres.Migrate(ctx, postgres.MigrateOptions{Admin: dsn})
	}, "sample "+name+world.Version())
	db, err := postgres.Open(ctx, func(login string) string { return d.DSN(strings.TrimPrefix(login, postgres.LoginPrefix)) }, postgres.LoginPrefix)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Close)
	o.Now, o.Small = now, true
	if err := sample.Build(ctx, sample.Deps{DB: db, Ledger: activity.Ledger{Keys: keys}, Box: sealed.New(keys), Links: keys, Sign: keys.Other(release.SigningKey.Name)}, o); err != nil {
		t.Fatal(err)
	}
	return built{db, d.DSN("super")}
}

// ask runs a query as the superuser, who sees behind every wall.
func ask[T any](t *testing.T, b built, sql string, args ...any) (v T) {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, b.super)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	if err := conn.QueryRow(ctx, sql, args...).Scan(&v); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return v
}

func TestSmallSample(t *testing.T) {
	b := build(t, "one", sample.Options{Seed: 1})
	if s, err := sample.StateOf(context.Background(), b.DB); err != nil || s != sample.Complete {
		t.Errorf("state %v, %v", s, err)
	}
	if is, err := sample.IsICS(context.Background(), b.DB); err != nil || is {
		t.Errorf("it is taken for the ICS: %v", err)
	}
	if n := ask[int](t, b, `select count(*) from person`); n < 60 || n > 150 {
		t.Errorf("%d people", n)
	}
	if n := ask[int](t, b, `select count(*) from casefile`); n < 30 || n > 90 {
		t.Errorf("%d cases", n)
	}
	for _, table := range []string{"referral", "referral_version", "self_referral", "casefile_state", "triage", "clock_pause", "clinic", "clinic_session", "slot", "appointment", "assessment_consent", "contact_event", "note", "outcome",
		"contact", "report", "report_version", "consent_event", "released_report", "adjustment", "report_receipt", "feedback", "audit_event", "activity", "task", "break_glass",
		"referral_draft", "absence_reason", "absence_rate", "chart_mark", "rollup_count", "rollup_wait", "account", "role_grant",
		"self_check", "diagnostic_round", "round_answer", "round_tally", "plan_need", "plan_action", "plan_version", "board_decision", "forecast", "assurance_pack", "story", "testimonial", "award", "award_evidence", "evidence_item", "evidence_snapshot", "document", "clinical_audit",
		"practice_event", "practice_registration", "practice_cpd", "practice_reflection", "practice_supervision", "practice_role",
		"passport_item", "passport_note", "passport_share", "adjustment_ask", "adjustment_answer", "adjustment_followup", "adjustment_uptake", "return_plan", "return_hours",
		"sharing_agreement", "sharing_release", "system_key", "system_value",
		"contract_level", "contract_line", "contract_dates", "contract_pack", "contract_review", "contract_action", "contract_site", "front_door"} {
		if ask[int](t, b, `select count(*) from `+table) == 0 {
			t.Errorf("no %s", table)
		}
	}
	for rule, sql := range rules {
		if n := ask[int](t, b, sql); n > 0 {
			t.Errorf("%d times: %s", n, rule)
		}
	}
	// Enough organisations with figures that may be shown, each month of the last three, for a funnel.
	if n := ask[int](t, b, `select count(*) from (select code from system_value where metric = 'K10' and state = 'known' and month >= '2026-08-01' group by code having count(*) = 3) x`); n < 8 {
		t.Errorf("the funnel of the ICS has %d points", n)
	}
	agreedOn(t, b)
	sums(t, b)
	histories(t, b)
	asked(t, b)
	invested(t, b)
	employed(t, b)
	fifthYear(t, b)
}

// agreedOn looks at the pack that the sample released: it is what it was, and tells nothing of the few people of a small sample.
func agreedOn(t *testing.T, b built) {
	t.Helper()
	if n := ask[int](t, b, `select count(*) from contract_pack where sha256 <> encode(sha256(convert_to(content, 'UTF8')), 'hex')`); n > 0 {
		t.Errorf("%d packs are not what they were", n)
	}
	if n := ask[int](t, b, `select jsonb_array_length(content::jsonb -> 'levels') + jsonb_array_length(content::jsonb -> 'lines') from contract_pack limit 1`); n != 6 {
		t.Errorf("the pack has %d levels and prices", n)
	}
	if n := ask[int](t, b, `select count(*) from contract_pack p, jsonb_array_elements(p.content::jsonb -> 'levels') l where l -> 'share' ? 'reach'`); n > 0 {
		t.Errorf("%d verdicts on a handful of people", n)
	}
}

// fifthYear says what the sample's team costs in the plan's fifth year, and what makes it: go test ./internal/sample -run TestSmallSample -v
// prints it. Increments and awards add, newcomers and empty posts take away, and none of them is nothing.
func fifthYear(t *testing.T, b built) {
	t.Helper()
	staff := workforce.New(workforce.Deps{DB: b.DB, Now: func() time.Time { return now }})
	host := ask[uuid.UUID](t, b, `select organisation_id from workforce_plan`)
	team, err := staff.Find(context.Background(), access.SystemActor(access.Growth, host, ask[uuid.UUID](t, b, `select id from service where organisation_id = (select organisation_id from workforce_plan)`)), now)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range []option.Option{option.Nothing, option.Preferred} {
		steps, err := outlook.Steps(team.Input(), o, false)
		if err != nil {
			t.Fatal(err)
		}
		s := steps[len(steps)-1]
		increments, awards, newcomers, empty := s.Increments-s.Flat, s.Uplift-s.Increments, s.Newcomers-s.Uplift, s.Plan-s.Newcomers
		t.Logf("%s, the year from %s: £%.0f without any of it; increments %+.0f, awards %+.0f, newcomers %+.0f, empty posts %+.0f: £%.0f, %+.1f%%", o, s.Start, s.Flat, increments, awards, newcomers, empty, s.Plan, 100*(s.Plan/s.Flat-1))
		if increments < 0.01*s.Flat || awards < 0.1*s.Flat || newcomers > -0.01*s.Flat || empty > -0.01*s.Flat {
			t.Errorf("%s: %+v", o, s)
		}
	}
}

// employed holds who signs in to the establishment: of each role that has one in Rowan, as many practise in it as are in post. A technician has none.
func employed(t *testing.T, b built) {
	t.Helper()
	const team = `with role as (select distinct on (account_id) account_id, role from practice_role order by account_id, at desc),
 team as (select coalesce(r.role, case g.role when 'oh_nurse' then 'nurse' when 'oh_physician' then 'physician' when 'oh_physio' then 'physiotherapist' when 'oh_counsellor' then 'counsellor' when 'oh_admin' then 'administrator' when 'oh_lead' then 'manager' end) as role
  from role_grant g left join role r using (account_id) where g.service_id = (select id from service where organisation_id = (select organisation_id from workforce_plan)))
 select coalesce(string_agg(role || ' ' || n, ', ' order by role), '') from (select role, count(*) as n from team group by 1) as x`
	const posts = `select string_agg(role || ' ' || n, ', ' order by role) from (select role, sum(in_post) as n from workforce_post where ended_on is null and role <> 'technician' group by 1) as x`
	if signs, post := ask[string](t, b, team), ask[string](t, b, posts); signs != post || !strings.Contains(post, "nurse 6") {
		t.Errorf("the team is %s, and in post are %s", signs, post)
	}
	// Nobody of these came by an average that was older than they are: the years of a post that was filled fell.
	if n := ask[int](t, b, `select count(*) from workforce_post where title like 'OH nurse, two days%' and years < 3 and years_on > date '2026-01-01'`); n != 1 {
		t.Error("the years of a post that was filled twice are still those of its first holder")
	}
}

// asked checks that the simulations of the demonstration are of what its pages show: out of date is what somebody else made so.
func asked(t *testing.T, b built) {
	t.Helper()
	staff := workforce.New(workforce.Deps{DB: b.DB, Now: func() time.Time { return now }})
	s := capacity.New(capacity.Deps{DB: b.DB, Staffing: joints.Staffing(staff), Futures: joints.Futures(staff), Gained: staff.Gained, Posts: joints.One(staff)})
	host := ask[uuid.UUID](t, b, `select organisation_id from capacity_run limit 1`)
	o, err := s.List(context.Background(), access.SystemActor(access.Growth, host, ask[uuid.UUID](t, b, `select id from service where organisation_id = (select organisation_id from capacity_run limit 1)`)))
	if err != nil {
		t.Fatal(err)
	}
	if len(o.All) != 6 || !o.Fits || !o.Plan {
		t.Fatalf("%d scenarios, fits %v, a plan %v", len(o.All), o.Fits, o.Plan)
	}
	for _, x := range o.All {
		if x.Last == nil || x.Last.Stale {
			t.Errorf("%s is out of date from the start", x.Title)
		}
	}
}

// rules are broken by the rows that their queries count.
var rules = map[string]string{
	"a released report without a consent of its person that names its version, or a choice before it": `select count(*) from released_report x
 join consent_event c on c.service_id = x.service_id and c.report_id = x.report_id and c.event_no = x.consent_no
 where c.person_id <> x.person_id or c.at > x.released_at or not (x.recipients <@ c.recipients) or not (c.kind = 'given' and c.version = x.version or c.kind = 'choice' and c.choice in ('now','after_days'))`,
	"a case whose state is not the last of its history":            `select count(*) from casefile c where c.state <> (select s.state from casefile_state s where s.service_id = c.service_id and s.casefile_id = c.id order by step desc limit 1)`,
	"a referral whose state is not the last that its referrer saw": `select count(*) from referral r where r.state <> (select s.state from referral_state s where s.organisation_id = r.organisation_id and s.referral_id = r.id order by step desc limit 1)`,
	"a referral that shows something else than its case allows": `select count(*) from referral r join casefile c on c.service_id = r.service_id and c.referral_id = r.id
 where not (r.state = any (case c.state when 'received' then array['submitted'] when 'returned' then array['returned'] when 'awaiting_booking' then array['accepted'] when 'booked' then array['booked']
  when 'attended' then array['attended'] when 'report_draft' then array['report_pending'] when 'report_signed' then array['report_pending']
  when 'with_person' then array['report_pending','reported','not_reported'] when 'closed' then array['closed','declined','withdrawn'] else array['accepted','booked','attended','report_pending','closed'] end))`,
	"a live case in two slots":            `select count(*) from (select casefile_id from appointment where state = 'booked' group by 1 having count(*) > 1) as x`,
	"a booked case without a booking":     `select count(*) from casefile c where c.state = 'booked' and not exists (select 1 from appointment a where a.casefile_id = c.id and a.state = 'booked')`,
	"an appointment to come that is over": `select count(*) from appointment where state in ('attended','dna') and starts_at > '2026-11-19'`,
	"an audit row of tomorrow":            `select count(*) from audit_event where at > '2026-11-19 10:30Z'`,
	"a demonstration without a manager of nurses": `select 1 - least(1, count(*)) from account a join post o on o.organisation_id = a.organisation_id and o.manager_person_id = a.person_id
 where o.title = 'Staff nurse' and not exists (select 1 from role_grant g where g.account_id = a.id)`,
	"a declaration of something else than was shown": `select count(*) from referral where coalesce(text -> 'told' ->> 'shown', '') = ''`,
	"a referral about oneself":                       `select count(*) from referral where person_id = referrer_person_id`,
	"an open clock of a closed case":                 `select count(*) from clock_pause p join casefile c on c.id = p.casefile_id where p.ends_at is null and c.state in ('closed','merged')`,
	"an adjustment of a kind that no opinion of its case names": `select count(*) from adjustment a join casefile c on c.service_id = a.service_id and c.referral_id = a.referral_id
 where not exists (select 1 from outcome o, jsonb_array_elements(o.adjustments) x where o.service_id = c.service_id and o.casefile_id = c.id and x ->> 'kind' = a.kind)`,
	"a counselling note that is not restricted":          `select count(*) from note where author_role = 'oh_counsellor' and not restricted`,
	"somebody seen who was not asked whether they agree": `select count(*) from appointment a where a.state = 'attended' and not exists (select 1 from assessment_consent s where s.service_id = a.service_id and s.appointment_id = a.id)`,
}

// sums compares the ledger with the tables, event by event, where there are cases: not at the trust that has another system.
func sums(t *testing.T, b built) {
	for kind, sql := range map[activity.Kind]string{
		activity.ReferralSubmitted:  `select count(*) from casefile`,
		activity.ReferralAccepted:   `select count(*) from triage where outcome like 'ACCEPT%'`,
		activity.ReferralReturned:   `select count(*) from triage where outcome like 'RETURN%'`,
		activity.AppointmentBooked:  `select count(*) from appointment`,
		activity.AppointmentHeld:    `select count(*) from appointment where state = 'attended'`,
		activity.AppointmentDNA:     `select count(*) from appointment where state = 'dna'`,
		activity.ContactRecorded:    `select count(*) from contact`,
		activity.ReportSigned:       `select count(*) from report_version where signed_at is not null`,
		activity.ReportReleased:     `select count(*) from released_report`,
		activity.ReportAnswered:     `select count(*) from report_receipt where answered is not null`,
		activity.CaseMerged:         `select count(*) from casefile where state = 'merged'`,
		activity.CaseClosed:         `select count(*) from casefile where state = 'closed'`,
		activity.ClockPaused:        `select count(*) from clock_pause`,
		activity.AdjustmentAnswered: `select count(*) from adjustment where status <> 'advised'`,
	} {
		ledger, table := ask[int](t, b, `select count(*) from activity where kind = $1 and service_id in (select service_id from casefile)`, string(kind)), ask[int](t, b, sql)
		if ledger != table {
			t.Errorf("%s: %d in the ledger, %d in the tables", kind, ledger, table)
		}
	}
}

// histories holds every step of every case to the moves that flow allows.
func histories(t *testing.T, b built) {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, b.super)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	rows, err := conn.Query(ctx, `select coalesce(lag(state) over w, ''), state, at >= coalesce(lag(at) over w, at) from casefile_state window w as (partition by casefile_id order by step)`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var from, to string
		var inOrder bool
		if err := rows.Scan(&from, &to, &inOrder); err != nil {
			t.Fatal(err)
		}
		if !flow.Can(flow.State(from), flow.State(to)) || !inOrder {
			t.Errorf("%q to %q (in order: %v)", from, to, inOrder)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

// fingerprint is what two samples of one seed have in common. Ids of people come from the staff import, so people
// count by their employee number.
const fingerprint = `select coalesce(string_agg(concat_ws('|', c.id, p.employee_number, c.state, c.state_at, c.received_at, c.reason, c.priority, c.pathway,
 (select string_agg(concat_ws(',', a.starts_at, a.state, a.clinician_name), ';' order by a.booked_at, a.id) from appointment a where a.casefile_id = c.id),
 (select string_agg(concat_ws(',', v.version, v.signed_at, v.content ->> 'fitness'), ';' order by v.version) from report_version v join report r on r.id = v.report_id where r.casefile_id = c.id),
 (select string_agg(concat_ws(',', e.kind, e.choice, e.at), ';' order by e.event_no) from consent_event e join report r on r.id = e.report_id where r.casefile_id = c.id)
 ), E'\n' order by c.id), '') from casefile c join person p on p.organisation_id = c.organisation_id and p.id = c.person_id`

func TestSameSeedSameSample(t *testing.T) {
	one := ask[string](t, build(t, "seed 2", sample.Options{Seed: 2}), fingerprint)
	if again := ask[string](t, build(t, "seed 2 again", sample.Options{Seed: 2}), fingerprint); again != one {
		t.Error("the same seed made another sample")
	}
	if other := ask[string](t, build(t, "seed 3", sample.Options{Seed: 3, NoInitiative: true}), fingerprint); other == one || other == "" {
		t.Error("another seed made the same sample, or none")
	}
}

// A sample that was interrupted has its installation row and no date of completion.
func TestInterrupted(t *testing.T) {
	b := build(t, "interrupted", sample.Options{Seed: 4})
	states := []struct {
		sql  string
		want sample.State
	}{
		{`update installation set sample_at = null`, sample.Half},
		{`update installation set demo = false`, sample.Real},
		{`delete from installation`, sample.Real}, // organisations without an installation: a set-up under way
	}
	conn, err := pgx.Connect(context.Background(), b.super)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	for _, x := range states {
		if _, err := conn.Exec(context.Background(), x.sql); err != nil {
			t.Fatal(err)
		}
		if s, err := sample.StateOf(context.Background(), b.DB); err != nil || s != x.want {
			t.Errorf("after %s: %v, %v", x.sql, s, err)
		}
	}
}
