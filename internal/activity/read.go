package activity

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/google/uuid"

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

// ReadWaits reads waits by month, over the organisations the row policy shows: all that the service serves for its
// own staff, the one organisation for an actor without a service.
func ReadWaits(ctx context.Context, tx *postgres.Tx, from, to civil.Date, measures ...Measure) ([]Waits, error) {
	names := make([]string, len(measures))
	for i, m := range measures {
		names[i] = string(m)
	}
	rows, err := tx.Query(ctx, `select month, measure, clock, side, priority, working_days, n from rollup_wait
 where month >= $1 and month < $2 and measure = any ($3) order by 1, 2, 3, 4, 5`, from.UTC(), to.UTC(), names)
	if err != nil {
		return nil, fmt.Errorf("read waits: %w", err)
	}
	defer rows.Close()
	var out []Waits
	var days, n []int32
	for rows.Next() {
		var w Waits
		var month time.Time
		if err := rows.Scan(&month, &w.Measure, &w.Clock, &w.Side, &w.Priority, &days, &n); err != nil {
			return nil, fmt.Errorf("read waits: %w", err)
		}
		w.Month = civil.Of(month)
		if last := len(out) - 1; last < 0 || !out[last].same(w) {
			w.Lengths = make(Histogram, 0, days[len(days)-1]+1)
			out = append(out, w)
		}
		for i, d := range days { // of another organisation of the service, it joins what is there
			out[len(out)-1].Lengths.Add(int(d), int(n[i]))
		}
	}
	return out, rows.Err()
}

// same says whether two rows are parts of one histogram.
func (w Waits) same(o Waits) bool {
	return w.Month == o.Month && w.Measure == o.Measure && w.Clock == o.Clock && w.Side == o.Side && w.Priority == o.Priority
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
	rows, err := tx.Query(ctx, `select month, kind, dimension, code, sum(n)::bigint from rollup_count
 where month >= $1 and month < $2 and kind = any ($3) and dimension = any ($4) group by 1, 2, 3, 4 order by 1, 2, 3, 4`, from.UTC(), to.UTC(), names, dimensions)
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
	rows, err := tx.Query(ctx, `select month, state, sum(cases)::bigint, sum(hours) from rollup_state
 where month >= $1 and month < $2 group by 1, 2 order by 1, 2`, from.UTC(), to.UTC())
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
	rows, err := tx.Query(ctx, `select month, question, score, sum(n)::bigint from rollup_feedback
 where month >= $1 and month < $2 group by 1, 2, 3 order by 1, 2, 3`, from.UTC(), to.UTC())
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

// Histogram counts waits by their length in whole working days: the n-th number is how many took n days.
type Histogram []int

// Add counts n waits of a length.
func (h *Histogram) Add(days, n int) {
	if more := days + 1 - len(*h); more > 0 {
		*h = append(*h, make([]int, more)...)
	}
	(*h)[days] += n
}

// Merge adds the counts of another histogram.
func (h *Histogram) Merge(o Histogram) {
	if more := len(o) - len(*h); more > 0 {
		*h = append(*h, make([]int, more)...)
	}
	for days, n := range o {
		(*h)[days] += n
	}
}

// N is the number of waits.
func (h Histogram) N() (n int) {
	for _, k := range h {
		n += k
	}
	return n
}

// Within counts the waits of at most so many days.
func (h Histogram) Within(days int) int { return h[:max(0, min(days+1, len(h)))].N() }

// Quantile gives the p-quantile (0.5: median, 0.9: nine in ten waited no longer) as the R default does: type 7,
// linear between the two waits around rank p(n-1). ok is false where there is no wait.
func (h Histogram) Quantile(p float64) (q float64, ok bool) {
	n := h.N()
	if n == 0 {
		return 0, false
	}
	at := p * float64(n-1)
	low := h.ranked(int(math.Floor(at)))
	high := h.ranked(int(math.Ceil(at)))
	return low + (at-math.Floor(at))*(high-low), true
}

// ranked gives the k-th shortest wait, from 0.
func (h Histogram) ranked(k int) float64 {
	for days, n := range h {
		if k -= n; k < 0 {
			return float64(days)
		}
	}
	return float64(len(h) - 1)
}
