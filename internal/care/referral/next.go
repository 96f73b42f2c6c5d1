package referral

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/referral/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// awaited names the target that a state waits for, and whether its clock began when the referral was sent. A
// referrer is never told a priority, which says something about health, so the dates are those of the standard
// priority P2; an urgent case is seen earlier.
var awaited = map[flow.Seen]struct {
	measure    string
	fromSubmit bool
}{
	flow.SeenSubmitted:     {"triage.P2", false}, // state_at: a resubmitted referral is checked anew
	flow.SeenAccepted:      {"first_seen.P2", true},
	flow.SeenAttended:      {"report.P2", false},
	flow.SeenReportPending: {"report.P2", false},
}

// next finds what comes next. With a booked time ahead the page shows that time itself.
func next(ctx context.Context, tx *postgres.Tx, r Referral, times []Time) (Next, error) {
	n := Next{State: r.State, Known: true}
	target, waits := awaited[r.State]
	if !waits || slices.ContainsFunc(times, func(t Time) bool { return t.State == "booked" }) {
		return n, nil
	}
	from := r.StateAt
	if target.fromSubmit {
		from = r.SubmittedAt
	}
	days, err := db.New(tx).TargetFor(ctx, db.TargetForParams{ServiceID: r.Service, Measure: target.measure, OnDay: locale.Day(from).UTC()})
	if errors.Is(err, pgx.ErrNoRows) {
		return n, nil // a service without a target promises no date
	}
	if err != nil {
		return n, fmt.Errorf("find target: %w", err)
	}
	n.By, n.Known = workday.England().Add(locale.Day(from), int(days))
	return n, nil
}

// Event is one line of the timeline: a state, a later version, or a comment that the person shared.
type Event struct {
	At      time.Time
	State   flow.Seen
	Version int       // of an amendment, else 0
	Comment bool      // the person wrote to OH and the referrer
	For     time.Time // of a booking: when the appointment is; zero where it was moved or cancelled since
}

// history puts states, amendments and shared comments in the order in which they happened. The last booking says
// for when it is: of the ones before it the times are gone.
func history(states []Event, versions []Version, shared []Said, times []Time) []Event {
	out := slices.Clone(states)
	live := slices.DeleteFunc(slices.Clone(times), func(t Time) bool { return t.State == "cancelled" })
	for i, e := range slices.Backward(out) {
		if e.State == flow.SeenBooked && len(live) > 0 {
			out[i].For = live[len(live)-1].Starts
			break
		}
	}
	for _, v := range versions {
		if v.Number > 1 {
			out = append(out, Event{At: v.At, Version: v.Number})
		}
	}
	for _, c := range shared {
		out = append(out, Event{At: c.At, Comment: true})
	}
	slices.SortStableFunc(out, func(a, b Event) int { return a.At.Compare(b.At) })
	return out
}
