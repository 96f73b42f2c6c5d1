package activity

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Waits are the waits that ended in a month, of one measure, clock, side and priority.
type Waits struct {
	Month    civil.Date // its first day
	Measure  Measure
	Clock    Clock
	Side     string
	Priority string
	Lengths  Histogram
}

// Wanted says what a reader needs of the waits of a measure. What it does not keep apart is added up as the rows come in: a
// median over both sides and all priorities is made of one histogram a month, not of six.
type Wanted struct {
	Measure    Measure
	Clock      Clock
	Side       string // of this side alone; "" for both together
	Priorities bool   // each priority by itself; else all together
}

// ReadWaits reads waits by month, over the organisations the row policy shows: all that the service serves for its
// own staff, the one organisation for an actor without a service.
func ReadWaits(ctx context.Context, tx *postgres.Tx, from, to civil.Date, measures ...Measure) ([]Waits, error) {
	lots, _, err := ReadWantedWaits(ctx, tx, from, to, apart(measures))
	out := slices.Concat(slices.Collect(maps.Values(lots))...)
	slices.SortFunc(out, func(a, b Waits) int {
		return cmp.Or(a.Month.Compare(b.Month), cmp.Compare(a.Measure, b.Measure), cmp.Compare(a.Clock, b.Clock), cmp.Compare(a.Side, b.Side), cmp.Compare(a.Priority, b.Priority))
	})
	return out, err
}

// apart wants everything that the roll-ups keep apart.
func apart(measures []Measure) (out []Wanted) {
	for _, m := range measures {
		for _, clock := range []Clock{Raw, Adjusted} {
			out = append(out, Wanted{m, clock, SideEmployer, true}, Wanted{m, clock, SideOwn, true})
		}
	}
	return out
}

// ReadWantedWaits reads waits as they are wanted, those of each in order of month. What is added up has no side, or no priority.
// first is the first month that has any wait of these measures, wanted or not; the zero date for none.
func ReadWantedWaits(ctx context.Context, tx *postgres.Tx, from, to civil.Date, wanted []Wanted) (out map[Wanted][]Waits, first civil.Date, err error) {
	return readWaits(ctx, tx, uuid.Nil, from, to, wanted)
}

func readWaits(ctx context.Context, tx *postgres.Tx, client uuid.UUID, from, to civil.Date, wanted []Wanted) (out map[Wanted][]Waits, first civil.Date, err error) {
	lots, first, err := gather(ctx, tx, "rollup_wait", client, from, to, wanted)
	if err != nil {
		return nil, first, fmt.Errorf("read waits: %w", err)
	}
	out = make(map[Wanted][]Waits, len(wanted))
	for _, l := range lots {
		out[l.Wanted] = append(out[l.Wanted], Waits{l.month, l.Measure, l.Clock, l.Side, l.priority, l.counts[0]})
	}
	return out, first, nil
}

// within says as a condition what the row policy of the roll-ups says to the growth login anyway: the rows of the actor's service, or
// without one those of the organisation. The policy joins the two by "or", for which PostgreSQL reads the rows of every service; with the
// condition it finds them by the key. arg is the value of parameter n.
func within(tx *postgres.Tx, n int) (condition string, arg uuid.UUID) {
	switch a := tx.Actor; {
	case a.Wall != access.Growth:
		return fmt.Sprintf("$%d::uuid is not null", n), uuid.Nil // the worker sees all of them
	case a.Service != uuid.Nil:
		return fmt.Sprintf("service_id = $%d", n), a.Service
	default:
		return fmt.Sprintf("organisation_id = $%d", n), a.Organisation
	}
}

// lot is the sum of all rows of a month that answer one wish.
type lot struct {
	Wanted
	month    civil.Date
	priority string
	counts   [open + 1]Histogram // of rollup_wait the first alone
}

// gather adds up the histograms of a roll-up of waits, and gives the sums in order of month; of one client, or of all where it is zero.
//
// A dashboard of ten years reads twenty thousand rows of four hundred thousand numbers here, so it works as the rebuild does: on
// the raw values in place; on the packed arrays, because to send and to read numbers one by one took half of the page; and without a
// sort in the database, which would carry all the arrays.
func gather(ctx context.Context, tx *postgres.Tx, table string, client uuid.UUID, from, to civil.Date, wanted []Wanted) ([]lot, civil.Date, error) {
	type series struct{ measure, clock, side string }
	type place struct {
		wanted, day int
		priority    string
	}
	wishes := map[series][]int{} // the wanted that a row counts for
	var measures, clocks []string
	for i, w := range wanted {
		measures, clocks = append(measures, string(w.Measure)), append(clocks, string(w.Clock))
		for _, side := range []string{SideEmployer, SideOwn} {
			if s := (series{string(w.Measure), string(w.Clock), side}); (w.Side == "" || w.Side == side) && !slices.ContainsFunc(wishes[s], func(k int) bool { return wanted[k] == w }) {
				wishes[s] = append(wishes[s], i)
			}
		}
	}
	here, whose := within(tx, 5)
	if client != uuid.Nil {
		here, whose = `organisation_id = $5`, client
	}
	rows, err := tx.Query(ctx, `select month, measure, clock, side, priority, packed from `+table+`
 where month >= $1 and month < $2 and measure = any ($3) and clock = any ($4) and `+here, from.UTC(), to.UTC(), slices.Compact(slices.Sorted(slices.Values(measures))), slices.Compact(slices.Sorted(slices.Values(clocks))), whose)
	if err != nil {
		return nil, civil.Date{}, err
	}
	defer rows.Close()
	words, places := interned{}, map[place]int{}
	var lots []lot
	var days []int
	first := math.MaxInt
	for rows.Next() {
		v := rows.RawValues()
		day, err := date(v[0], rows.FieldDescriptions()[0].Format)
		if err != nil {
			return nil, civil.Date{}, err
		}
		first = min(first, day)
		for _, i := range wishes[series{string(v[1]), string(v[2]), string(v[3])}] {
			at := place{wanted: i, day: day}
			if wanted[i].Priorities {
				at.priority = words.of(v[4])
			}
			k, known := places[at]
			if !known {
				k = len(lots)
				places[at] = k
				lots = append(lots, lot{Wanted: wanted[i], month: epoch.AddDays(day), priority: at.priority})
			}
			if days, err = unpack(v[5], days, lots[k].counts[:]); err != nil {
				return nil, civil.Date{}, err
			}
		}
	}
	if len(lots) == 0 && first == math.MaxInt {
		return nil, civil.Date{}, rows.Err()
	}
	slices.SortFunc(lots, func(a, b lot) int { return cmp.Or(a.month.Compare(b.month), cmp.Compare(a.priority, b.priority)) })
	return lots, epoch.AddDays(first), rows.Err()
}

// epoch is the day from which PostgreSQL counts.
var epoch = civil.Date{Year: 2000, Month: time.January, Day: 1}

// date reads a date in PostgreSQL's binary form: days since the epoch.
func date(b []byte, format int16) (int, error) {
	if format != 1 || len(b) != 4 {
		return 0, fmt.Errorf("a date came in format %d with %d bytes, not in binary", format, len(b))
	}
	return int(int32(binary.BigEndian.Uint32(b))), nil //nolint:gosec // it is signed on the wire
}

// Count is how many events of a kind had a code in a month.
type Count struct {
	Month           civil.Date
	Kind            Kind
	Dimension, Code string
	N               int
}

// ReadCounts reads counts by month for some kinds and dimensions.
func ReadCounts(ctx context.Context, tx *postgres.Tx, from, to civil.Date, kinds []Kind, dimensions []string) ([]Count, error) {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = string(k)
	}
	here, whose := within(tx, 5)
	rows, err := tx.Query(ctx, `select month, kind, dimension, code, sum(n)::bigint from rollup_count
 where month >= $1 and month < $2 and kind = any ($3) and dimension = any ($4) and `+here+` group by 1, 2, 3, 4 order by 1, 2, 3, 4`, from.UTC(), to.UTC(), names, dimensions, whose)
	if err != nil {
		return nil, fmt.Errorf("read counts: %w", err)
	}
	defer rows.Close()
	var out []Count
	for rows.Next() {
		var c Count
		var month time.Time
		if err := rows.Scan(&month, &c.Kind, &c.Dimension, &c.Code, &c.N); err != nil {
			return nil, fmt.Errorf("read counts: %w", err)
		}
		c.Month = civil.Of(month)
		out = append(out, c)
	}
	return out, rows.Err()
}

// ReadGroups adds up the events of some kinds by staff group, of one organisation.
func ReadGroups(ctx context.Context, tx *postgres.Tx, organisation uuid.UUID, from, to civil.Date, kinds []Kind) (map[string]int, error) {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = string(k)
	}
	rows, err := tx.Query(ctx, `select code, sum(n)::bigint from rollup_count
 where organisation_id = $1 and month >= $2 and month < $3 and kind = any ($4) and dimension = 'staff_group' group by 1`, organisation, from.UTC(), to.UTC(), names)
	if err != nil {
		return nil, fmt.Errorf("read counts by staff group: %w", err)
	}
	defer rows.Close()
	out := map[string]int{}
	for rows.Next() {
		var code string
		var n int
		if err := rows.Scan(&code, &n); err != nil {
			return nil, fmt.Errorf("read counts by staff group: %w", err)
		}
		out[code] = n
	}
	return out, rows.Err()
}

// ReadStaff gives the mean number of full-time-equivalent staff of an organisation by staff group over some months.
func ReadStaff(ctx context.Context, tx *postgres.Tx, organisation uuid.UUID, from, to civil.Date) (map[string]float64, error) {
	rows, err := tx.Query(ctx, `select staff_group, sum(fte_days) from rollup_workforce
 where organisation_id = $1 and month >= $2 and month < $3 group by 1`, organisation, from.UTC(), to.UTC())
	if err != nil {
		return nil, fmt.Errorf("read staff: %w", err)
	}
	defer rows.Close()
	out := map[string]float64{}
	for rows.Next() {
		var group string
		var days float64
		if err := rows.Scan(&group, &days); err != nil {
			return nil, fmt.Errorf("read staff: %w", err)
		}
		out[group] = days / float64(to.DaysSince(from))
	}
	return out, rows.Err()
}

// StateTime is the time that cases spent in a state, by the month they left it.
type StateTime struct {
	Month civil.Date
	State string
	Cases int
	Hours float64
}

// ReadStates reads where work waited.
func ReadStates(ctx context.Context, tx *postgres.Tx, from, to civil.Date) ([]StateTime, error) {
	here, whose := within(tx, 3)
	rows, err := tx.Query(ctx, `select month, state, sum(cases)::bigint, sum(hours) from rollup_state
 where month >= $1 and month < $2 and `+here+` group by 1, 2 order by 1, 2`, from.UTC(), to.UTC(), whose)
	if err != nil {
		return nil, fmt.Errorf("read time in states: %w", err)
	}
	defer rows.Close()
	var out []StateTime
	for rows.Next() {
		var s StateTime
		var month time.Time
		if err := rows.Scan(&month, &s.State, &s.Cases, &s.Hours); err != nil {
			return nil, fmt.Errorf("read time in states: %w", err)
		}
		s.Month = civil.Of(month)
		out = append(out, s)
	}
	return out, rows.Err()
}

// Score is how many people gave a score to a question about their contact.
type Score struct {
	Month    civil.Date
	Question string
	Score, N int
}

// ReadScores reads feedback scores by month.
func ReadScores(ctx context.Context, tx *postgres.Tx, from, to civil.Date) ([]Score, error) {
	here, whose := within(tx, 3)
	return readScores(ctx, tx, here, from.UTC(), to.UTC(), whose)
}

func readScores(ctx context.Context, tx *postgres.Tx, which string, args ...any) ([]Score, error) {
	rows, err := tx.Query(ctx, `select month, question, score, sum(n)::bigint from rollup_feedback
 where month >= $1 and month < $2 and `+which+` group by 1, 2, 3 order by 1, 2, 3`, args...)
	if err != nil {
		return nil, fmt.Errorf("read scores: %w", err)
	}
	defer rows.Close()
	var out []Score
	for rows.Next() {
		var s Score
		var month time.Time
		if err := rows.Scan(&month, &s.Question, &s.Score, &s.N); err != nil {
			return nil, fmt.Errorf("read scores: %w", err)
		}
		s.Month = civil.Of(month)
		out = append(out, s)
	}
	return out, rows.Err()
}

// MadeAt says when the roll-ups of a service were last made; the zero time if never.
func MadeAt(ctx context.Context, tx *postgres.Tx, service uuid.UUID) (time.Time, error) {
	var at *time.Time
	err := tx.QueryRow(ctx, `select max(made_at) from rollup_run where service_id = $1`, service).Scan(&at)
	if err != nil || at == nil {
		return time.Time{}, err
	}
	return *at, nil
}

// Measured counts the waits that some events make by themselves, whatever the ledger holds beside them. An event tells
// of a wait only together with another one of its case.
func Measured(rows []Known) map[Measure]int {
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b Known) int {
		return cmp.Or(bytes.Compare(a.Case[:], b.Case[:]), a.At.Compare(b.At), bytes.Compare(a.ID[:], b.ID[:]))
	})
	r := newRoll(workday.England())
	for i, x := range rows {
		if i == 0 || x.Case != rows[i-1].Case {
			r.begin()
		}
		r.add(event{organisation: x.Organisation, at: x.At, kind: x.Kind, source: x.Codes.Source, priority: x.Codes.Priority, outcome: x.Codes.Outcome})
	}
	out := map[Measure]int{}
	for k, n := range r.waits {
		if k.clock == Raw {
			out[k.measure] += n
		}
	}
	return out
}

// Referred is a referral by a manager, as far as it tells how they refer: by the key of whoever sent it, never by the person's.
type Referred struct {
	Actor        string // pseudonym
	At           time.Time
	Completeness int // per cent
	AbsentDays   int // 0 where the person was at work
}

// ReadReferred reads the referrals by managers that a service received, behind the worker wall; those of another system, which do not
// say by whom, are left out.
func ReadReferred(ctx context.Context, tx *postgres.Tx, keys Keys, service uuid.UUID) ([]Referred, error) {
	rows, err := tx.Query(ctx, `select actor_key, at, coalesce(completeness, 0), coalesce(absent_days, 0) from activity
 where service_id = $1 and kind = $2 and source = 'management' and actor_key <> $3 order by at, id`, service, string(ReferralSubmitted), keys.Pseudonym(service, "actor", uuid.Nil))
	if err != nil {
		return nil, fmt.Errorf("read referrals of managers: %w", err)
	}
	defer rows.Close()
	var out []Referred
	for rows.Next() {
		var r Referred
		var key []byte
		if err := rows.Scan(&key, &r.At, &r.Completeness, &r.AbsentDays); err != nil {
			return nil, fmt.Errorf("read referrals of managers: %w", err)
		}
		r.Actor = string(key)
		out = append(out, r)
	}
	return out, rows.Err()
}

// What follows reads the part of one client of a service: what its managers and HR sent, and what became of it. The client is told of
// it, so self-referrals are in none of it: whoever asks for them here gets an error and no number.

// employerOnly refuses to read more than the client may know of.
func employerOnly(wanted []Wanted) error {
	if slices.ContainsFunc(wanted, func(w Wanted) bool { return w.Side != SideEmployer }) {
		return fmt.Errorf("a client is told of what its managers sent, and of nothing else")
	}
	return nil
}

// ReadClientWaits reads as ReadWantedWaits does, of one client.
func ReadClientWaits(ctx context.Context, tx *postgres.Tx, client uuid.UUID, from, to civil.Date, wanted []Wanted) (out map[Wanted][]Waits, first civil.Date, err error) {
	if err := employerOnly(wanted); err != nil {
		return nil, first, err
	}
	return readWaits(ctx, tx, client, from, to, wanted)
}

// ReadClientCohorts reads as ReadWantedCohorts does, of one client.
func ReadClientCohorts(ctx context.Context, tx *postgres.Tx, client uuid.UUID, from, to civil.Date, wanted []Wanted) (out map[Wanted][]Cohort, first civil.Date, err error) {
	if err := employerOnly(wanted); err != nil {
		return nil, first, err
	}
	return readCohorts(ctx, tx, client, from, to, wanted)
}

// ReadClientCounts reads counts by month as ReadCounts does, of one client.
func ReadClientCounts(ctx context.Context, tx *postgres.Tx, client uuid.UUID, from, to civil.Date, kinds []Kind, dimensions []string) ([]Count, error) {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = string(k)
	}
	rows, err := tx.Query(ctx, `select month, kind, dimension, code, sum(n)::bigint from rollup_count
 where organisation_id = $1 and side = $2 and month >= $3 and month < $4 and kind = any ($5) and dimension = any ($6) group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
		client, SideEmployer, from.UTC(), to.UTC(), names, dimensions)
	if err != nil {
		return nil, fmt.Errorf("read counts of a client: %w", err)
	}
	defer rows.Close()
	var out []Count
	for rows.Next() {
		var c Count
		var month time.Time
		if err := rows.Scan(&month, &c.Kind, &c.Dimension, &c.Code, &c.N); err != nil {
			return nil, fmt.Errorf("read counts of a client: %w", err)
		}
		c.Month = civil.Of(month)
		out = append(out, c)
	}
	return out, rows.Err()
}

// ReadClientScores reads feedback scores by month, of one client. They are of everybody who answered, whoever referred them: a reader of
// the client's gets a mean of enough of them, and never how many they are.
func ReadClientScores(ctx context.Context, tx *postgres.Tx, client uuid.UUID, from, to civil.Date) ([]Score, error) {
	return readScores(ctx, tx, `organisation_id = $3`, from.UTC(), to.UTC(), client)
}
