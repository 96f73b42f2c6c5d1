package past

import (
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/note"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/sample/cast"
	"github.com/rowan-ohwb/rowan/internal/sample/model"
)

var modes = []string{"phone", "face_to_face", "video"}

// mode and clinician of a clinic stay the same for all its sessions.
func (h *history) clinic(i int) (c model.Clinic, w cast.Who, mode, site string) {
	c = h.plan.Clinics[i]
	team := h.s.Team[access.Role(c.Role)]
	mode = modes[i%len(modes)]
	if c.Role == model.Physio {
		mode = "face_to_face"
	}
	return c, team[c.Clinician%len(team)], mode, h.s.Host.Sites[i%min(2, len(h.s.Host.Sites))]
}

// appointment makes and changes the row of a visit.
func (s *story) appointment(e model.Event) {
	v := s.c.Visits[e.Visit]
	_, w, mode, site := s.h.clinic(v.Slot.Clinic)
	by := s.admin.Actor(access.Clinical)
	if v.ByPerson {
		by = s.asPerson()
	}
	switch e.Kind {
	case model.Booked:
		s.visits = append(s.visits, len(s.h.appointments))
		s.h.appointments = append(s.h.appointments, appointmentRow{Service: s.h.s.ID, Organisation: s.m.Org.ID, ID: s.h.id(), Case: s.row.ID, Referral: s.row.Referral, Person: s.m.ID,
			Slot: s.h.slots[v.Slot], Clinician: w.Account, ClinicianName: w.Name(), Role: string(w.Acting), Kind: v.Kind, Mode: mode, Site: site, StartsAt: v.Slot.StartsAt,
			Minutes: v.Slot.Minutes, State: "booked", BookedAt: e.At})
		s.move(flow.Booked, e.At, by.Account, seenStep{})
		s.record(by, e.At, activity.AppointmentBooked, "appointment", s.visit(e).ID, activity.Codes{})
	case model.Cancelled:
		a := s.visit(e)
		a.State, a.Outcome, a.EndedAt = "cancelled", e.Code, e.At
		s.move(flow.AwaitingBooking, e.At, by.Account, seenStep{})
		s.record(by, e.At, activity.AppointmentMoved, "appointment", a.ID, activity.Codes{Outcome: e.Code})
	case model.Missed:
		a := s.visit(e)
		a.State, a.Outcome, a.EndedAt = "dna", e.Code, e.At
		s.move(flow.AwaitingBooking, e.At, w.Account, seenStep{})
		s.record(w.Actor(access.Clinical), e.At, activity.AppointmentDNA, "appointment", a.ID, activity.Codes{Outcome: e.Code})
	case model.Attended:
		s.attended(e, w)
	}
}

// visit is the row of the event's appointment: the visits of a case are booked in order.
func (s *story) visit(e model.Event) *appointmentRow { return &s.h.appointments[s.visits[e.Visit]] }

// attended is the appointment with its note, the contact and, but for a review, the opinion.
func (s *story) attended(e model.Event, w cast.Who) {
	a, at := s.visit(e), e.At
	a.State, a.EndedAt = "attended", at
	s.clinician, s.row.Owner, s.sawAt, s.sawMode = w, w.Account, a.StartsAt, a.Mode
	actor := w.Actor(access.Clinical)
	s.audit(actor, a.StartsAt.Add(-5*time.Minute), "casefile.opened", "casefile", s.row.ID, "appointment", nil)
	s.move(flow.Attended, at, w.Account, seenStep{})
	s.record(actor, at, activity.AppointmentHeld, "appointment", a.ID, activity.Codes{})
	signed := at.Add(12 * time.Minute)
	if !signed.Before(s.h.plan.Cutoff()) {
		return
	}
	t := textOf(s.c.Reason)
	class := map[string]string{model.Physio: "treatment", model.Counsellor: "treatment", model.Physician: "diagnostic"}[string(w.Acting)]
	if class == "" {
		class = anyOf(s.rng, []string{"preventative", "preventative", "diagnostic"})
	}
	n := noteRow{Service: s.h.s.ID, ID: s.h.id(), Case: s.row.ID, Organisation: s.m.Org.ID, Person: s.m.ID, Appointment: a.ID, Restricted: w.Acting == access.Counsellor,
		Author: w.Account, AuthorName: w.Name(), AuthorRole: string(w.Acting), SavedAt: signed, SignedAt: signed}
	n.Body, n.Findings = s.h.lockNote(note.Draft{ID: n.ID, Body: t.body,
		Findings: note.Findings{Presenting: t.presenting, Function: t.function, Work: t.work, Risk: "none", Contact: note.Contact{Class: class, Minutes: a.Minutes}}})
	s.note = n.ID
	s.h.notes = append(s.h.notes, n)
	s.audit(actor, signed, "note.signed", "note", n.ID, "case", nil)
	s.h.contacts = append(s.h.contacts, contactRow{s.h.s.ID, s.h.id(), s.row.ID, class, string(w.Acting), a.Minutes, w.Account, signed})
	s.record(actor, signed, activity.ContactRecorded, "contact", n.ID, activity.Codes{Class: class, Outcome: string(w.Acting), Minutes: a.Minutes})
	if a.Kind == "new" && !n.Restricted && s.referral != nil {
		s.opine(actor, signed)
	}
}

// opine records the opinion on fitness.
func (s *story) opine(actor access.Actor, at time.Time) {
	f := s.c.Fitness
	o := outcomeRow{Service: s.h.s.ID, ID: s.h.id(), Case: s.row.ID, Note: s.note, Fitness: f, EffectiveOn: isoDay(at), At: at, By: actor.Account}
	var list []note.Adjustment
	if f == "FIT_ADJ_TEMP" || f == "FIT_ADJ_PERM" {
		first := s.rng.IntN(len(adjustments))
		for i := range 1 + s.rng.IntN(3) {
			x := adjustments[(first+3*i)%len(adjustments)]
			y := note.Adjustment{Kind: x.kind, Detail: x.detail, Start: isoDay(at)}
			if f == "FIT_ADJ_TEMP" {
				y.End = isoDay(at.AddDate(0, 0, 56))
			}
			list = append(list, y)
		}
	}
	if f == "UNFIT_TEMP" || f == "FIT_PENDING" {
		o.Timescale, o.ReviewOn = "About six weeks from now.", isoDay(at.AddDate(0, 0, 42))
	}
	if f == "UNFIT_PERM_ROLE" {
		o.Timescale = "A role without lifting and without nights."
	}
	o.Adjustments = append([]note.Adjustment{}, list...)
	s.outcome = o
	s.h.outcomes = append(s.h.outcomes, o)
	s.record(actor, at, activity.OutcomeRecorded, "outcome", o.ID, activity.Codes{Outcome: f})
}

// referOn asks a colleague inside the case, who accepts, sees the person and says when it is done.
func (s *story) referOn(e model.Event) {
	team := s.h.s.Team[access.Role(e.Role)]
	switch e.Kind {
	case model.ReferredOn:
		s.stepIdx = len(s.h.steps)
		id := s.h.id()
		s.h.steps = append(s.h.steps, stepRow{Service: s.h.s.ID, ID: id, Case: s.row.ID, ToRole: e.Role,
			Why:   s.h.lock(sealed.StepWhy, id, "Please see them: a second view would help the opinion."),
			State: "requested", AskedBy: s.clinician.Account, AskedAt: e.At})
		s.record(s.clinician.Actor(access.Clinical), e.At, activity.CaseReferredOn, "case_step", s.h.steps[s.stepIdx].ID, activity.Codes{Outcome: e.Role})
	case model.StepTaken:
		x, w := &s.h.steps[s.stepIdx], team[s.rng.IntN(len(team))]
		x.State, x.ToAccount, x.AcceptedAt = "accepted", w.Account, e.At
		s.audit(w.Actor(access.Clinical), e.At, "casefile.step_accepted", "case_step", x.ID, "step", nil)
		s.move(flow.AwaitingBooking, e.At, w.Account, seenStep{})
	case model.StepDone:
		x := &s.h.steps[s.stepIdx]
		x.State, x.DoneAt, x.ToAccount = "done", e.At, s.clinician.Account
		s.audit(s.clinician.Actor(access.Clinical), e.At, "casefile.step_done", "case_step", x.ID, "step", nil)
	}
}

type clinicRow struct {
	Service   uuid.UUID `json:"service_id"`
	ID        uuid.UUID `json:"id"`
	Name      string    `json:"name"`
	Site      string    `json:"site"`
	Mode      string    `json:"mode"`
	Role      string    `json:"role"`
	Weekday   int       `json:"weekday"`
	StartsAt  string    `json:"starts_at"`
	Minutes   int       `json:"slot_minutes"`
	Slots     int       `json:"slots"`
	Clinician uuid.UUID `json:"clinician_account"`
	By        string    `json:"clinician_name"`
	From      string    `json:"valid_from"`
	To        string    `json:"valid_to,omitempty"`
}

type sessionRow struct {
	Service   uuid.UUID `json:"service_id"`
	ID        uuid.UUID `json:"id"`
	Clinic    uuid.UUID `json:"clinic_id"`
	On        string    `json:"on_date"`
	Clinician uuid.UUID `json:"clinician_account"`
	By        string    `json:"clinician_name"`
	Site      string    `json:"site"`
	Mode      string    `json:"mode"`
	Role      string    `json:"role"`
}

type slotRow struct {
	Service   uuid.UUID `json:"service_id"`
	ID        uuid.UUID `json:"id"`
	Session   uuid.UUID `json:"session_id"`
	Clinician uuid.UUID `json:"clinician_account"`
	Role      string    `json:"role"`
	StartsAt  time.Time `json:"starts_at"`
	Minutes   int       `json:"minutes"`
}

// diary is the clinics of a service with their sessions and slots.
type diary struct {
	clinics  []clinicRow
	sessions []sessionRow
	slots    []slotRow
}

func (h *history) diary(slots []*model.Slot) (d diary) {
	titles := map[string]string{model.Nurse: "Nurse clinic", model.Physician: "Physician clinic", model.Physio: "Physiotherapy clinic", model.Counsellor: "Counselling clinic"}
	for i := range h.plan.Clinics {
		c, w, mode, site := h.clinic(i)
		from, to := h.b.Since(), ""
		name := titles[c.Role] + ", " + c.Weekday.String()
		switch c.When {
		case model.FromInitiative:
			from = model.At(h.plan.InitiativeBegin(), 0)
		case model.OnDemand:
			// It ends with history, or the job that keeps diaries open would hold it every week.
			name, to = titles[c.Role]+" when the list is long, "+c.Weekday.String(), isoDay(h.b.Now)
		}
		d.clinics = append(d.clinics, clinicRow{h.s.ID, h.id(), name, site, mode, c.Role, int(c.Weekday), model.At(locale.Day(h.b.Now), c.From).Format("15:04"), c.Minutes, c.Slots, w.Account, w.Name(), isoDay(from), to})
	}
	type session struct {
		clinic int
		day    time.Time
	}
	seen := map[session]uuid.UUID{}
	for _, s := range slots {
		c, w, mode, site := h.clinic(s.Clinic)
		k := session{s.Clinic, s.Day}
		if seen[k] == uuid.Nil {
			seen[k] = h.id()
			d.sessions = append(d.sessions, sessionRow{h.s.ID, seen[k], d.clinics[s.Clinic].ID, isoDay(s.Day), w.Account, w.Name(), site, mode, c.Role})
		}
		h.slots[s] = h.id()
		d.slots = append(d.slots, slotRow{h.s.ID, h.slots[s], seen[k], w.Account, c.Role, s.StartsAt, s.Minutes})
	}
	return d
}
