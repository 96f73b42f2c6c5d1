package triage

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/clock"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// standard is the priority that holds while a clinician has set none: for the target and for the place in the queue.
const standard = "P2"

// Measure names the target that a waiting case is held to: how soon it is triaged, then how soon the person is
// seen. Both run from the day the referral came.
func Measure(state flow.State, priority string) string {
	if priority == "" {
		priority = standard
	}
	if state == flow.AwaitingBooking {
		return "first_seen." + priority
	}
	return "triage." + priority
}

// Targets are a service's working-day targets by measure.
type Targets map[string]int

// Of finds a target. P0 needs none: it is the same day by definition.
func (t Targets) Of(measure string) (days int, ok bool) {
	if days, ok = t[measure]; ok {
		return days, true
	}
	return 0, strings.HasSuffix(measure, ".P0")
}

// rank puts P0 first. A case without a priority stands among the standard ones: nobody has read it, so it may be
// the most urgent of all, and behind everything it would never come up.
func rank(priority string) int {
	if priority == "" {
		priority = standard
	}
	return int(priority[1] - '0')
}

// Order is the order of the queue: priority, then whoever is late, then the day on which the target is missed (none last), then how
// long it has waited. The freed-slot offer uses it too.
type Order struct {
	Priority   string
	Late       bool       // the target is missed already and the clock runs
	Due        civil.Date // zero when no target holds
	ReceivedAt time.Time
	Case       uuid.UUID
}

// Compare says which comes first.
func (a Order) Compare(b Order) int {
	if c := cmp.Compare(rank(a.Priority), rank(b.Priority)); c != 0 {
		return c
	}
	if a.Late != b.Late {
		if a.Late {
			return -1
		}
		return 1
	}
	if a.Due.IsZero() != b.Due.IsZero() {
		if a.Due.IsZero() {
			return 1
		}
		return -1
	}
	if c := a.Due.Compare(b.Due); c != 0 {
		return c
	}
	if c := a.ReceivedAt.Compare(b.ReceivedAt); c != 0 {
		return c
	}
	return slices.Compare(a.Case[:], b.Case[:])
}

// Decision is what a clinician decides. ID comes from the page, so that a second click decides nothing twice.
type Decision struct {
	ID, Case  uuid.UUID
	Outcome   string
	Priority  string
	Rationale string
	Message   string    // code of a fixed text
	Into      uuid.UUID // the open case, for a merge
}

// rationaleLimit keeps a rationale to about a page.
const rationaleLimit = 4000

// check finds what is wrong with a decision; open are the cases it could be merged into.
func (in Decision) check(source string, open []OpenCase) (o Outcome, faults fault.Fields) {
	p := Lists()
	o, known := p.Outcome(in.Outcome)
	if !slices.Contains(p.PriorityCodes(), in.Priority) {
		faults.Add("priority", "triage.priority.empty")
	}
	if !known || o.Act == Merge && len(open) == 0 {
		faults.Add("outcome", "triage.outcome.empty")
	}
	if o.Act == Merge && len(open) > 0 && !slices.ContainsFunc(open, func(c OpenCase) bool { return c.ID == in.Into }) {
		faults.Add("into", "triage.into.empty")
	}
	if len(o.Messages) > 0 && source != SelfReferral && !slices.Contains(o.Messages, in.Message) {
		faults.Add("message", "triage.message.empty")
	}
	faults.Text("rationale", "triage.rationale.empty", in.Rationale, rationaleLimit)
	return o, faults
}

// endOfDay is when a same-day task is due: the end of the day in London.
func endOfDay(at time.Time) time.Time { return clock.Midnight(locale.Day(at).AddDays(1)) }
