// Package past writes the three years of a sample that are over, and today: what they left open, and a few cases
// made to measure so that every page has something to show (today.go).
//
// Package model runs the queue of each service day by day. A story turns each case of it into rows event by event,
// and the rows of a service are gathered before they are written wall by wall, in the order in which they depend on
// each other (write.go).
package past

import (
	"context"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/sample/cast"
	"github.com/rowan-ohwb/rowan/internal/sample/model"
)

// history gathers the rows of one service before they are written wall by wall (write.go).
type history struct {
	b    *cast.Cast
	s    *cast.Service
	plan model.Plan
	cal  *workday.Calendar
	n    int            // ids given
	pool []*cast.Member // whoever may be referred

	stories []*story
	byCase  map[*model.Case]*story
	slots   map[*model.Slot]uuid.UUID

	selfs        []selfReferralRow
	cases        []caseRow
	states       []stateRow
	triages      []triageRow
	pauses       []pauseRow
	tasks        []taskRow
	appointments []appointmentRow
	notes        []noteRow
	outcomes     []outcomeRow
	contacts     []contactRow
	steps        []stepRow
	reports      []reportRow
	versions     [2][]versionRow // by version: the second follows what was said about the first
	choices      []consentRow
	says         [2][]consentRow // by version
	corrections  []correctionRow
	released     []releasedRow
	adjustments  []adjustmentRow
	receipts     []receiptRow
	adjusted     []adjustedRow
	feedback     []feedbackRow
	audits       map[access.Wall][]auditRow
	ledger       []activity.Row
}

// adjustedRow is what a manager answers about an adjustment.
type adjustedRow struct {
	by       uuid.UUID
	released uuid.UUID
	n        int
	status   string
	reason   *string
	at       time.Time
}

// Past is the histories of all services, once they are written.
type Past []*history

// Write runs each service's past and writes it.
func Write(ctx context.Context, b *cast.Cast) (Past, error) {
	var p Past
	for _, s := range b.Services {
		if s.Elsewhere {
			continue
		}
		h := &history{b: b, s: s, plan: Plan(b, s), cal: workday.England(), byCase: map[*model.Case]*story{}, slots: map[*model.Slot]uuid.UUID{}, audits: map[access.Wall][]auditRow{}}
		for _, o := range s.Clients {
			for _, m := range o.People {
				if m.Role == "" && m.Boss != nil {
					h.pool = append(h.pool, m)
				}
			}
		}
		past := model.Run(h.plan)
		b.Say(fmt.Sprintf("  %s, %d referrals:", s.Name, len(past.Cases)))
		sessions := h.diary(past.Slots)
		for _, c := range past.Cases {
			h.tell(c)
		}
		for _, st := range h.stories {
			h.cases = append(h.cases, st.row)
		}
		if err := h.write(ctx, sessions); err != nil {
			return nil, fmt.Errorf("%s: %w", s.Name, err)
		}
		p = append(p, h)
	}
	return p, nil
}

// id gives the next id of this service's history: the same in every sample of a seed.
func (h *history) id() uuid.UUID {
	h.n++
	return h.b.ID("history"+string(rune('0'+h.s.N)), h.n)
}

// pick finds who a case is about: somebody in post who has no case yet, more often of a group in which the reason
// is more frequent.
func (h *history) pick(c *model.Case, rng *rand.Rand) *cast.Member {
	at := c.Events[0].At
	var m *cast.Member
	for range 200 {
		m = h.pool[rng.IntN(len(h.pool))]
		if at.Before(m.Busy) || at.Before(m.Start) {
			continue
		}
		if rng.Float64() < leaning(c.Reason, m) {
			return m
		}
	}
	return m
}

// leaning is how readily somebody of a group is taken for a reason: lifting goes with bad backs, facing the public
// with strain.
func leaning(reason string, m *cast.Member) float64 {
	physical := m.Group == "Estates and Ancillary" || m.Group == "Additional Clinical Services"
	switch reason {
	case "MSK":
		if physical {
			return 1
		}
		return 0.45
	case "STR", "INC", "WRH":
		if m.Patients {
			return 1
		}
		return 0.6
	case "PREG":
		if m.Born.Year() < 1980 {
			return 0
		}
	}
	return 0.8
}

// auditID is a version 7 id of the moment the event happened, so that the audit trail reads in order.
func (h *history) auditID(at time.Time) uuid.UUID {
	id := h.id()
	var ms [8]byte
	binary.BigEndian.PutUint64(ms[:], uint64(at.UnixMilli()))
	copy(id[:6], ms[2:])
	id[6] = 0x70 | id[6]&0x0f
	return id
}

// note adds an audit row.
func (h *history) note(a access.Actor, at time.Time, action, kind string, object, subject uuid.UUID, ground string, detail map[string]string) {
	if detail == nil {
		detail = map[string]string{}
	}
	row := auditRow{ID: h.auditID(at), At: at, Organisation: a.Organisation, Service: a.Service, Account: a.Account, ActorPerson: a.Person,
		Role: string(a.Role), Wall: string(a.Wall), Action: action, Kind: kind, Object: object, Subject: subject, Ground: ground, Outcome: "ok", Detail: detail,
		Name: audit.WorkName(a)}
	row.Channel, row.Address, row.Strength = came(a)
	h.audits[a.Wall] = append(h.audits[a.Wall], row)
}

// came says where an invented actor came from: at work with two factors, at home by a one-time link. The addresses are of
// the ranges that RFC 5737 keeps for examples.
func came(a access.Actor) (channel, address, strength string) {
	switch a.Role {
	case access.System:
		return string(access.House), "", ""
	case access.Person:
		return string(access.Link), fmt.Sprintf("198.51.100.%d", a.Person[15]), string(access.LinkCheck)
	default:
		return string(access.Browser), fmt.Sprintf("192.0.2.%d", a.Account[15]), string(access.SecondFactor)
	}
}

// Plan is what the model runs for a service.
func Plan(b *cast.Cast, s *cast.Service) model.Plan {
	return model.Plan{Seed: b.Seed*2 + uint64(s.N), Now: b.Now, PerYear: s.PerYear, Clinics: s.Clinics, Initiative: !b.NoInitiative && s.N == 0, Missed: s.Missed}
}
