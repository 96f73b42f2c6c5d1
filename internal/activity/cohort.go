package activity

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// A cohort is the other way to count a wait: by the month in which it began, with those that have not ended. A service
// that stops seeing people ends no waits, so a share of those that ended stays at 100%; of those that began it falls.
// These waits are followed so; the others have no limit to keep.
var followed = map[Measure]bool{WaitTriage: true, WaitFirstOffer: true, WaitFirstContact: true, WaitFirstSeen: true, WaitReport: true}

// fate says what became of a wait.
type fate int

const (
	ended   fate = iota
	givenUp      // its case ended before it did
	open         // it lasts, as far as the ledger goes
)

type cohortKey struct {
	waitKey // its month is that in which the wait began
	fate    fate
}

// Cohort is the waits that began in a month, of one measure, clock, side and priority.
type Cohort struct {
	Month    civil.Date
	Measure  Measure
	Clock    Clock
	Side     string
	Priority string
	Ended    Histogram // by their length
	GivenUp  Histogram // by how long they had lasted when their case ended
	Open     Histogram // by how long they last
}

// Due counts the waits that kept a limit in days, and those that had to: what ended, what was given up after the limit and
// what is open beyond it. waiting are the open ones that may still keep it.
func (c Cohort) Due(days int) (kept, due, waiting int) {
	waiting = c.Open.Within(days)
	return c.Ended.Within(days), c.Ended.N() + c.GivenUp.N() - c.GivenUp.Within(days) + c.Open.N() - waiting, waiting
}

// begin forgets the case before, after noting which of its waits are still open on the last day that the ledger knows.
func (r *roll) begin() {
	if r.thread.organisation != uuid.Nil {
		r.stop(r.until, open)
	}
	r.thread = thread{pauses: r.thread.pauses[:0]}
	r.demand.Begin()
}

// stop notes the waits of a case that have not ended on a day. What another event shows to be past is not waited for: it was
// not recorded. A report is owed for the first appointment of a case that the employer opened, until the case is closed without.
func (r *roll) stop(day civil.Date, how fate) {
	t := &r.thread
	if t.stopped {
		return
	}
	t.stopped = true
	for _, w := range []struct {
		lasts   bool
		measure Measure
		from    civil.Date
	}{
		{!t.triaged && !t.decided && !t.offered && !t.contacted, WaitTriage, t.submitted},
		{!t.offered && !t.contacted, WaitFirstOffer, t.submitted},
		{!t.contacted, WaitFirstContact, t.submitted},
		{!t.seen && !t.contacted, WaitFirstSeen, t.submitted},
		{how == open && !t.reported && t.side() == SideEmployer, WaitReport, t.attended},
	} {
		if w.lasts && !w.from.IsZero() {
			r.cohort(t.organisation, w.measure, w.from, day, how)
		}
	}
}

// cohort counts a wait in the month in which it began, under both clocks.
func (r *roll) cohort(organisation uuid.UUID, measure Measure, from, to civil.Date, how fate) {
	raw, adjusted := r.lasted(measure, from, to)
	k := cohortKey{waitKey{organisation, civil.Date{Year: from.Year, Month: from.Month, Day: 1}, measure, Raw, r.thread.side(), cmp.Or(r.thread.priority, NoPriority), raw}, how}
	r.cohorts[k]++
	k.clock, k.days = Adjusted, adjusted
	r.cohorts[k]++
}

// lastEvent asks for the last event kind by kind, each of which the index answers without looking through the ledger.
const lastEvent = `select max(l.at) from unnest($2::text[]) as k (kind), lateral (select max(at) as at from activity where service_id = $1 and kind = k.kind) as l`

// lastDay is how far a service's ledger goes. What came later is not known, so a wait is open up to then and not up to today:
// a file of activity is as old as its last line. It also makes the same ledger give the same roll-ups on any day.
func lastDay(ctx context.Context, tx *postgres.Tx, service uuid.UUID) (at time.Time, err error) {
	var last *time.Time
	if err := tx.QueryRow(ctx, lastEvent, service, Kinds).Scan(&last); err != nil {
		return at, fmt.Errorf("find the last event: %w", err)
	}
	if last != nil {
		at = *last
	}
	return at, nil
}

// storeCohorts gathers the lengths of each cohort in one row.
func (r *roll) storeCohorts(ctx context.Context, tx *postgres.Tx, service uuid.UUID) error {
	all := slices.SortedFunc(maps.Keys(r.cohorts), func(a, b cohortKey) int {
		return cmp.Or(a.compare(b.waitKey), cmp.Compare(a.days, b.days), cmp.Compare(a.fate, b.fate))
	})
	for len(all) > 0 {
		size := min(storeRows, len(all))
		for size < len(all) && all[size].compare(all[size-1].waitKey) == 0 { // a cohort goes in one statement
			size++
		}
		var org []uuid.UUID
		var month []time.Time
		var measure, clock, side, priority []string
		var days []int32
		var n [open + 1][]int32
		for i, k := range all[:size] {
			if i > 0 && k.waitKey == all[i-1].waitKey { // the same length, another fate
				n[k.fate][len(days)-1] = int32(r.cohorts[k]) //nolint:gosec // no service has two thousand million waits in a month
				continue
			}
			org, month, measure = append(org, k.organisation), append(month, k.month.UTC()), append(measure, string(k.measure))
			clock, side, priority = append(clock, string(k.clock)), append(side, k.side), append(priority, k.priority)
			days = append(days, int32(k.days)) //nolint:gosec // nobody waits that long
			for f := range n {
				n[f] = append(n[f], 0)
			}
			n[k.fate][len(days)-1] = int32(r.cohorts[k]) //nolint:gosec // as above
		}
		all = all[size:]
		if _, err := tx.Exec(ctx, `insert into rollup_cohort (service_id, organisation_id, month, measure, clock, side, priority, working_days, ended, given_up, open)
 select $1, o, m, w, c, s, p, array_agg(d order by d), array_agg(e order by d), array_agg(g order by d), array_agg(n order by d)
 from unnest($2::uuid[],$3::date[],$4::text[],$5::text[],$6::text[],$7::text[],$8::int[],$9::int[],$10::int[],$11::int[]) as x (o, m, w, c, s, p, d, e, g, n) group by o, m, w, c, s, p`,
			service, org, month, measure, clock, side, priority, days, n[ended], n[givenUp], n[open]); err != nil {
			return err
		}
	}
	return nil
}

// ReadWantedCohorts reads cohorts as ReadWantedWaits reads waits.
func ReadWantedCohorts(ctx context.Context, tx *postgres.Tx, from, to civil.Date, wanted []Wanted) (out map[Wanted][]Cohort, first civil.Date, err error) {
	return readCohorts(ctx, tx, uuid.Nil, from, to, wanted)
}

func readCohorts(ctx context.Context, tx *postgres.Tx, client uuid.UUID, from, to civil.Date, wanted []Wanted) (out map[Wanted][]Cohort, first civil.Date, err error) {
	lots, first, err := gather(ctx, tx, "rollup_cohort", client, from, to, wanted)
	if err != nil {
		return nil, first, fmt.Errorf("read cohorts: %w", err)
	}
	out = make(map[Wanted][]Cohort, len(wanted))
	for _, l := range lots {
		out[l.Wanted] = append(out[l.Wanted], Cohort{l.month, l.Measure, l.Clock, l.Side, l.priority, l.counts[ended], l.counts[givenUp], l.counts[open]})
	}
	return out, first, nil
}

// ReadClosures lists the days on which a service is shut besides weekends and bank holidays.
func ReadClosures(ctx context.Context, tx *postgres.Tx, service uuid.UUID) (map[civil.Date]string, error) {
	rows, err := tx.Query(ctx, `select day, reason from service_closure where service_id = $1 and not withdrawn`, service)
	if err != nil {
		return nil, fmt.Errorf("read closures: %w", err)
	}
	defer rows.Close()
	out := map[civil.Date]string{}
	for rows.Next() {
		var day time.Time
		var reason string
		if err := rows.Scan(&day, &reason); err != nil {
			return nil, fmt.Errorf("read closures: %w", err)
		}
		out[civil.Of(day)] = reason
	}
	return out, rows.Err()
}
