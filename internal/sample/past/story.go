package past

import (
	"math/rand/v2"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/sample/cast"
	"github.com/rowan-ohwb/rowan/internal/sample/model"
)

// story is one case of the model with its people, turned into rows event by event. It moves the case as flow.Move
// does, and refuses a move that flow does not know.
type story struct {
	h         *history
	c         *model.Case
	rng       *rand.Rand
	m         *cast.Member // who it is about
	referrer  *cast.Member
	role      access.Role // of the referrer
	row       caseRow
	referral  *referralRow // nil for a self-referral
	texts     []referralVersionRow
	step      int
	seen      []seenStep
	admin     cast.Who
	triager   cast.Who
	clinician cast.Who // of the last appointment
	visits    []int
	note      uuid.UUID
	outcome   outcomeRow
	report    reportFile
	stepIdx   int
	signed    int            // versions of the report
	paused    map[string]int // open pauses by reason: index into history.pauses
	sawAt     time.Time
	sawMode   string
}

// seenStep is a state that the referrer saw.
type seenStep struct {
	state  string
	reason string
	at     time.Time
}

func anyOf[T any](rng *rand.Rand, list []T) T { return list[rng.IntN(len(list))] }

// tell makes the rows of a case.
func (h *history) tell(c *model.Case) {
	rng := rand.New(rand.NewPCG(h.b.Seed, uint64(1+h.s.N)<<32|uint64(c.N)))
	s := &story{h: h, c: c, rng: rng, paused: map[string]int{}}
	if c.Last(model.Merged).IsZero() {
		s.m = h.pick(c, rng)
	} else {
		s.m = h.byCase[c.Into].m
	}
	s.begin()
	h.stories = append(h.stories, s)
	h.byCase[c] = s
	for _, e := range c.Events {
		s.happen(e)
	}
	if c.Last(model.Merged).IsZero() {
		s.m.Busy = h.b.Now.AddDate(1, 0, 0)
		if s.row.State == string(flow.Closed) {
			s.m.Busy = s.row.ClosedAt
		}
	}
}

// begin says who takes part.
func (s *story) begin() {
	h, c := s.h, s.c
	s.admin, s.triager = anyOf(s.rng, h.s.Team[access.OHAdmin]), anyOf(s.rng, h.s.Team[access.Nurse])
	s.referrer, s.role = s.m.Boss, access.Manager
	viewers := []uuid.UUID{s.m.Boss.ID}
	if c.Source == model.HR && len(s.m.Org.HR) > 0 {
		s.referrer, s.role = anyOf(s.rng, s.m.Org.HR), access.HR
		viewers = []uuid.UUID{s.referrer.ID, s.m.Boss.ID}
	} else if len(s.m.Org.HR) > 0 && s.rng.IntN(4) == 0 {
		viewers = append(viewers, anyOf(s.rng, s.m.Org.HR).ID)
	}
	s.row = caseRow{Service: h.s.ID, ID: h.id(), Organisation: s.m.Org.ID, Person: s.m.ID, Source: c.Source, Reason: c.Reason, ReceivedAt: c.Events[0].At}
	if c.Source == model.Self {
		s.row.SelfReferral = s.row.ID
		return
	}
	s.row.Referral = s.row.ID // the command gives both the same id
	s.referral = &referralRow{Organisation: s.m.Org.ID, Service: h.s.ID, ID: s.row.ID, Kind: c.Source, Person: s.m.ID, Referrer: s.referrer.ID, Viewers: viewers,
		Version: 1, State: string(flow.SeenSubmitted), StateAt: s.row.ReceivedAt, SubmittedAt: s.row.ReceivedAt}
	s.referral.Text = s.text(s.row.ReceivedAt, false)
	s.version(s.referral.Text, s.row.ReceivedAt)
}

// move is flow.Move on rows.
func (s *story) move(to flow.State, at time.Time, by uuid.UUID, seen seenStep) {
	if !flow.Can(flow.State(s.row.State), to) {
		panic("the model moved a case from " + s.row.State + " to " + string(to)) // the model is ours: a test runs it
	}
	s.row.State, s.row.StateAt = string(to), at
	s.step++
	s.h.states = append(s.h.states, stateRow{s.h.s.ID, s.row.ID, s.step, string(to), at, by})
	if s.step == 1 {
		return
	}
	if seen.state == "" {
		seen.state = string(to.ToReferrer())
	}
	s.show(seen.state, seen.reason, at)
}

func (s *story) show(state, reason string, at time.Time) {
	if s.referral != nil {
		s.seen = append(s.seen, seenStep{state, reason, at})
	}
}

// The actors of a case behind their walls.
func (s *story) asReferrer() access.Actor {
	return access.Actor{Account: s.referrer.Account, Name: s.referrer.Name(), Organisation: s.m.Org.ID, Service: s.h.s.ID, Person: s.referrer.ID, Role: s.role, Wall: access.Employer}
}

func (s *story) asPerson() access.Actor {
	return access.Actor{Name: s.m.Name(), Organisation: s.m.Org.ID, Service: s.h.s.ID, Person: s.m.ID, Role: access.Person, Wall: access.Portal}
}

// audit adds an audit row about the case.
func (s *story) audit(a access.Actor, at time.Time, action, kind string, object uuid.UUID, ground string, detail map[string]string) {
	s.h.note(a, at, action, kind, object, s.m.ID, ground, detail)
}

// record adds the audit row and the ledger row of an event, as a command does.
func (s *story) record(a access.Actor, at time.Time, kind activity.Kind, object string, id uuid.UUID, codes activity.Codes) {
	detail := map[string]string{}
	if codes.Outcome != "" {
		detail["outcome"] = codes.Outcome
	}
	s.audit(a, at, string(kind), object, id, "case", detail)
	s.count(a, at, kind, codes)
}

func (s *story) count(a access.Actor, at time.Time, kind activity.Kind, codes activity.Codes) {
	m := s.m
	codes.StaffGroup, codes.Band, codes.Site, codes.Team = m.Group, m.Band, m.Site, m.Team
	codes.Source, codes.Reason = s.c.Source, s.c.Reason
	if codes.Priority == "" {
		codes.Priority = s.row.Priority
	}
	by := a.Account
	if by == uuid.Nil || kind == activity.ReferralSubmitted { // as the command has it: many who refer have no account yet
		by = a.Person
	}
	s.h.ledger = append(s.h.ledger, activity.Row{Kind: kind, At: at, Organisation: m.Org.ID, Service: s.h.s.ID, Person: m.ID, Case: s.row.ID, Actor: by, Codes: codes})
}

// pause stops the clock for a reason, resume starts it again.
func (s *story) pause(a access.Actor, at time.Time, reason string) {
	s.paused[reason] = len(s.h.pauses)
	s.h.pauses = append(s.h.pauses, pauseRow{Service: s.h.s.ID, ID: s.h.id(), Case: s.row.ID, Reason: reason, Starts: at, By: a.Account})
	s.count(a, at, activity.ClockPaused, activity.Codes{Outcome: reason})
}

func (s *story) resume(a access.Actor, at time.Time, reason string) {
	i, open := s.paused[reason]
	if !open {
		return
	}
	delete(s.paused, reason)
	s.h.pauses[i].Ends = at
	s.count(a, at, activity.ClockResumed, activity.Codes{Outcome: reason})
}

// due is a working-day target from the day the referral came.
func (s *story) due(days int) string {
	d, _ := s.h.cal.Add(locale.Day(s.row.ReceivedAt), days)
	return d.String()
}

func isoDay(t time.Time) string { return locale.Day(t).String() }
