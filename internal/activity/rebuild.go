package activity

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/activity/template"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// stream gives a service's ledger case by case, each in order of time; events of one command share their time
// and keep the order of their ids.
const stream = `select case_key, at, organisation_id, kind, source, reason, staff_group, class, outcome, priority, minutes
 from activity where service_id = $1 order by case_key, at, id`

// sortMemory lets PostgreSQL sort some 2 million narrow rows in few passes; it is returned at the end of the transaction.
const sortMemory = `set local work_mem = '128MB'`

// turn is the advisory lock of who makes the roll-ups of service $1.
const turn = `hashtextextended('activity.rollup ' || $1::text, 0)`

// Rebuild makes the roll-ups of a service anew from its whole ledger, behind the worker wall, and says how many
// rows it read. It is deterministic: the same ledger gives the same roll-ups. It waits for its turn, for a file that is
// taken in by command may meet the job: neither sees the rows of the other, and both would write the same.
func Rebuild(ctx context.Context, tx *postgres.Tx, service uuid.UUID, at time.Time) (rows int, err error) {
	r, err := readLedger(ctx, tx, service)
	if err != nil {
		return 0, err
	}
	if err := r.people(ctx, tx, service); err != nil {
		return 0, err
	}
	if err := r.store(ctx, tx, service); err != nil {
		return 0, fmt.Errorf("store roll-ups: %w", err)
	}
	if err := r.storeFits(ctx, tx, service, at); err != nil {
		return 0, err
	}
	feedback, err := rollFeedback(ctx, tx, service)
	if err != nil {
		return 0, err
	}
	var changes int
	if err := tx.QueryRow(ctx, countClosures, service).Scan(&changes); err != nil {
		return 0, fmt.Errorf("count closures: %w", err)
	}
	feedback += changes
	if err := r.storeScores(ctx, tx, service); err != nil {
		return 0, fmt.Errorf("roll up scores of another system: %w", err)
	}
	if err := template.Roll(ctx, tx, service, at); err != nil {
		return 0, err
	}
	_, err = tx.Exec(ctx, `insert into rollup_run (service_id, made_at, rows_read) values ($1,$2,$3)
 on conflict (service_id) do update set made_at = excluded.made_at, rows_read = excluded.rows_read`, service, at.UTC(), r.read+feedback)
	if err != nil {
		return 0, fmt.Errorf("note the roll-up: %w", err)
	}
	return r.read + feedback, nil
}

// readLedger waits for its turn and reads the whole ledger of a service.
func readLedger(ctx context.Context, tx *postgres.Tx, service uuid.UUID) (*roll, error) {
	if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(`+turn+`)`, service); err != nil {
		return nil, fmt.Errorf("wait for the roll-ups: %w", err)
	}
	closed, err := ReadClosures(ctx, tx, service)
	if err != nil {
		return nil, err
	}
	last, err := lastDay(ctx, tx, service)
	if err != nil {
		return nil, err
	}
	r := newRoll(workday.England().Closed(closed))
	r.until, r.demand.Until = locale.Day(last), locale.Day(last)
	if err := r.stream(ctx, tx, service); err != nil {
		return nil, fmt.Errorf("read the ledger: %w", err)
	}
	return r, nil
}

func (r *roll) stream(ctx context.Context, tx *postgres.Tx, service uuid.UUID) error {
	if _, err := tx.Exec(ctx, sortMemory); err != nil {
		return err
	}
	rows, err := tx.Query(ctx, stream, service)
	if err != nil {
		return err
	}
	defer rows.Close()
	words := interned{}
	var last []byte
	for rows.Next() {
		// The raw values are read in place: two million rows through Scan are twenty million small strings.
		v := rows.RawValues()
		at, err := instant(v[1], rows.FieldDescriptions()[1].Format)
		if err != nil {
			return err
		}
		minutes, err := number(v[10], rows.FieldDescriptions()[10].Format)
		if err != nil {
			return err
		}
		if !bytes.Equal(v[0], last) {
			last = append(last[:0], v[0]...)
			r.begin()
		}
		r.add(event{organisation: uuid.UUID(v[2]), at: at, kind: Kind(words.of(v[3])), source: words.of(v[4]), reason: words.of(v[5]),
			staffGroup: words.of(v[6]), class: words.of(v[7]), outcome: words.of(v[8]), priority: words.of(v[9]), minutes: minutes})
	}
	r.begin() // the last case is over too
	return rows.Err()
}

// interned keeps one string for each code.
type interned map[string]string

func (m interned) of(b []byte) string {
	if s, ok := m[string(b)]; ok { // no allocation for the look-up
		return s
	}
	s := string(b)
	m[s] = s
	return s
}

// instant reads a timestamptz in PostgreSQL's binary form: microseconds since 2000.
func instant(b []byte, format int16) (time.Time, error) {
	if format != 1 || len(b) != 8 {
		return time.Time{}, fmt.Errorf("a time came in format %d with %d bytes, not in binary", format, len(b))
	}
	const epoch = 946_684_800_000_000 // 2000-01-01 in microseconds since 1970
	return time.UnixMicro(int64(binary.BigEndian.Uint64(b)) + epoch), nil
}

// number reads an int in PostgreSQL's binary form; null is nought.
func number(b []byte, format int16) (int, error) {
	if b == nil {
		return 0, nil
	}
	if format != 1 || len(b) != 4 {
		return 0, fmt.Errorf("a number came in format %d with %d bytes, not in binary", format, len(b))
	}
	return int(int32(binary.BigEndian.Uint32(b))), nil
}

// storeRows is how many roll-up rows go in one statement.
const storeRows = 10000

// store replaces the roll-ups. Readers see the old ones until the transaction ends.
func (r *roll) store(ctx context.Context, tx *postgres.Tx, service uuid.UUID) error {
	for _, table := range []string{"rollup_count", "rollup_wait", "rollup_cohort", "rollup_state"} {
		if _, err := tx.Exec(ctx, `delete from `+table+` where service_id = $1`, service); err != nil {
			return err
		}
	}
	counts := slices.SortedFunc(maps.Keys(r.counts), func(a, b countKey) int {
		return cmp.Or(byPlace(a.organisation, b.organisation, a.month, b.month), cmp.Compare(a.kind, b.kind), cmp.Compare(a.side, b.side), cmp.Compare(a.dimension, b.dimension), cmp.Compare(a.code, b.code))
	})
	for part := range slices.Chunk(counts, storeRows) {
		var org []uuid.UUID
		var month []time.Time
		var kind, side, dimension, code []string
		var n []int64
		for _, k := range part {
			org, month, kind = append(org, k.organisation), append(month, k.month.UTC()), append(kind, k.kind)
			side, dimension, code, n = append(side, k.side), append(dimension, k.dimension), append(code, k.code), append(n, int64(r.counts[k]))
		}
		if _, err := tx.Exec(ctx, `insert into rollup_count (service_id, organisation_id, month, kind, side, dimension, code, n)
 select $1, * from unnest($2::uuid[],$3::date[],$4::text[],$5::text[],$6::text[],$7::text[],$8::bigint[])`, service, org, month, kind, side, dimension, code, n); err != nil {
			return err
		}
	}
	if err := r.storeWaits(ctx, tx, service); err != nil {
		return err
	}
	if err := r.storeCohorts(ctx, tx, service); err != nil {
		return err
	}
	return r.storeStates(ctx, tx, service)
}

// storeWaits gathers the lengths of each histogram in one row.
func (r *roll) storeWaits(ctx context.Context, tx *postgres.Tx, service uuid.UUID) error {
	waits := slices.SortedFunc(maps.Keys(r.waits), func(a, b waitKey) int { return cmp.Or(a.compare(b), cmp.Compare(a.days, b.days)) })
	for len(waits) > 0 {
		size := min(storeRows, len(waits))
		for size < len(waits) && waits[size].compare(waits[size-1]) == 0 { // a histogram goes in one statement
			size++
		}
		var org []uuid.UUID
		var month []time.Time
		var measure, clock, side, priority []string
		var days, n []int32
		for _, k := range waits[:size] {
			org, month, measure = append(org, k.organisation), append(month, k.month.UTC()), append(measure, string(k.measure))
			clock, side, priority = append(clock, string(k.clock)), append(side, k.side), append(priority, k.priority)
			days, n = append(days, int32(k.days)), append(n, int32(r.waits[k])) //nolint:gosec // no service has two thousand million waits in a month
		}
		waits = waits[size:]
		if _, err := tx.Exec(ctx, `insert into rollup_wait (service_id, organisation_id, month, measure, clock, side, priority, working_days, n)
 select $1, o, m, w, c, s, p, array_agg(d order by d), array_agg(n order by d)
 from unnest($2::uuid[],$3::date[],$4::text[],$5::text[],$6::text[],$7::text[],$8::int[],$9::int[]) as x (o, m, w, c, s, p, d, n) group by o, m, w, c, s, p`,
			service, org, month, measure, clock, side, priority, days, n); err != nil {
			return err
		}
	}
	return nil
}

// compare orders histograms; the length of a wait is not in it.
func (k waitKey) compare(o waitKey) int {
	return cmp.Or(byPlace(k.organisation, o.organisation, k.month, o.month), cmp.Compare(k.measure, o.measure), cmp.Compare(k.clock, o.clock), cmp.Compare(k.side, o.side), cmp.Compare(k.priority, o.priority))
}

func (r *roll) storeStates(ctx context.Context, tx *postgres.Tx, service uuid.UUID) error {
	var org []uuid.UUID
	var month []time.Time
	var side, state []string
	var cases []int64
	var hours []float64
	for _, k := range slices.SortedFunc(maps.Keys(r.states), func(a, b stateKey) int {
		return cmp.Or(byPlace(a.organisation, b.organisation, a.month, b.month), cmp.Compare(a.side, b.side), cmp.Compare(a.state, b.state))
	}) {
		s := r.states[k]
		org, month, state = append(org, k.organisation), append(month, k.month.UTC()), append(state, k.state)
		side = append(side, k.side)
		cases, hours = append(cases, int64(s.cases)), append(hours, s.hours)
	}
	_, err := tx.Exec(ctx, `insert into rollup_state (service_id, organisation_id, month, side, state, cases, hours)
 select $1, * from unnest($2::uuid[],$3::date[],$4::text[],$5::text[],$6::bigint[],$7::double precision[])`, service, org, month, side, state, cases, hours)
	return err
}

// Invited stands in the place of a question for the messages that asked for an answer: what a response rate is out of.
const Invited = "invited"

// fewest is how many answers about courses a month has before they are counted: a course has few people, who were told that nobody sees
// less.
const fewest = 10

// rollFeedback counts the scores. It cannot read a comment: the worker login has no right to that column. What managers answered
// stands under questions of its own (manager.mattered), so that K18 stays what those who were seen say.
func rollFeedback(ctx context.Context, tx *postgres.Tx, service uuid.UUID) (answers int, err error) {
	if _, err := tx.Exec(ctx, `delete from rollup_feedback where service_id = $1`, service); err != nil {
		return 0, fmt.Errorf("clear feedback roll-up: %w", err)
	}
	_, err = tx.Exec(ctx, `insert into rollup_feedback (service_id, organisation_id, month, question, score, n)
 select f.service_id, f.organisation_id, f.month, case f.audience when 'person' then '' else f.audience || '.' end || q.question, q.score, count(*)
 from feedback f cross join lateral (values ('communication', f.communication), ('specific', f.specific), ('mattered', f.mattered)) as q (question, score)
 where f.service_id = $1 and (f.audience <> 'course' or f.month < date_trunc('month', now() at time zone 'Europe/London')
   and (select count(*) from feedback x where x.service_id = f.service_id and x.month = f.month and x.audience = 'course') >= $3)
 group by 1, 2, 3, 4, 5
 union all select $1, organisation_id, date_trunc('month', created_at at time zone 'Europe/London')::date, $2, 0, count(*)
 from outbox where service_id = $1 and link_purpose = 'feedback' and organisation_id is not null group by 2, 3`, service, Invited, fewest)
	if err != nil {
		return 0, fmt.Errorf("roll up feedback: %w", err)
	}
	if err := rollVoices(ctx, tx, service); err != nil {
		return 0, err
	}
	if err := tx.QueryRow(ctx, countFeedback, service).Scan(&answers); err != nil {
		return 0, fmt.Errorf("count feedback: %w", err)
	}
	return answers, nil
}

// rollVoices counts who was asked for feedback and answered, by group, and what comments were about. Of a comment the last reading
// stands; one that is set aside, as it may show who wrote it, counts no more.
func rollVoices(ctx context.Context, tx *postgres.Tx, service uuid.UUID) error {
	for _, sql := range []string{
		`delete from rollup_feedback_asked where service_id = $1`,
		`delete from rollup_feedback_theme where service_id = $1`,
		`insert into rollup_feedback_asked (service_id, organisation_id, month, audience, dimension, code, asked, answered)
 select a.service_id, a.organisation_id, a.month, a.audience, d.dimension, d.code, count(*), count(*) filter (where a.answered)
 from feedback_asked a cross join lateral (values ('all', ''), ('source', a.source), ('staff_group', a.staff_group), ('site', a.site)) as d (dimension, code)
 where a.service_id = $1 and (d.dimension = 'all' or a.audience = 'person' and d.code <> '') group by 1, 2, 3, 4, 5, 6`,
		`insert into rollup_feedback_theme (service_id, organisation_id, month, audience, theme, tone, n)
 select r.service_id, r.organisation_id, r.month, r.audience, x.theme, r.tone, count(*)
 from (select distinct on (feedback_id) service_id, organisation_id, month, audience, themes, tone, aside from feedback_reading where service_id = $1 order by feedback_id, version desc) r
 cross join lateral unnest(r.themes) as x (theme) where not r.aside group by 1, 2, 3, 4, 5, 6`,
	} {
		if _, err := tx.Exec(ctx, sql, service); err != nil {
			return fmt.Errorf("roll up who answered, and themes: %w", err)
		}
	}
	return nil
}

// scoreQuestion is the question that the scores of another system join: K18 is made of it, and says so.
const scoreQuestion = "mattered"

// storeScores adds the scores that came as events to those that people gave here.
func (r *roll) storeScores(ctx context.Context, tx *postgres.Tx, service uuid.UUID) error {
	var org []uuid.UUID
	var month []time.Time
	var score, n []int64
	for _, k := range slices.SortedFunc(maps.Keys(r.scores), func(a, b scoreKey) int {
		return cmp.Or(byPlace(a.organisation, b.organisation, a.month, b.month), cmp.Compare(a.score, b.score))
	}) {
		org, month = append(org, k.organisation), append(month, k.month.UTC())
		score, n = append(score, int64(k.score)), append(n, int64(r.scores[k]))
	}
	_, err := tx.Exec(ctx, `insert into rollup_feedback (service_id, organisation_id, month, question, score, n)
 select $1, x.o, x.m, $2, x.s, x.n from unnest($3::uuid[],$4::date[],$5::int[],$6::bigint[]) as x (o, m, s, n)
 on conflict (service_id, organisation_id, month, question, score) do update set n = rollup_feedback.n + excluded.n`, service, scoreQuestion, org, month, score, n)
	return err
}

const (
	countLedger = `select count(*) from activity where service_id = $1`
	// An answer, an invitation and a reading are each added and never taken away.
	countFeedback = `select (select count(id) from feedback where service_id = $1) + (select count(service_id) from feedback_asked where service_id = $1) + (select count(service_id) from feedback_reading where service_id = $1)`
	// One that is withdrawn counts otherwise than one that holds, so that every change is seen.
	countClosures = `select coalesce(sum(case when withdrawn then 3 else 1 end), 0)::int from service_closure where service_id = $1`
)

func byPlace(a, b uuid.UUID, ma, mb civil.Date) int {
	return cmp.Or(bytes.Compare(a[:], b[:]), ma.Compare(mb))
}
