package sample

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/care/referral"
	"github.com/rowan-ohwb/rowan/internal/care/referral/sheet"
	"github.com/rowan-ohwb/rowan/internal/care/report"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/sample/model"
)

// live makes today: what the past left open, and what no past leaves behind.
func (b *builder) live(ctx context.Context) error {
	for _, s := range b.services {
		for _, do := range []func(context.Context, *history) error{b.contacts, b.messages, b.clocks, b.urgent, b.breakGlass, b.colleague, b.withheld} {
			if err := do(ctx, s.history); err != nil {
				return err
			}
		}
	}
	return b.faces(ctx, b.services[0].history)
}

// open are the cases that are not over, newest first.
func (h *history) open(states ...flow.State) (list []*story) {
	for _, s := range slices.Backward(h.stories) {
		if flow.State(s.row.State).Live() && (len(states) == 0 || slices.Contains(states, flow.State(s.row.State))) {
			list = append(list, s)
		}
	}
	return list
}

// contacts gives everybody with an open case the safe contact that they chose and verified.
func (b *builder) contacts(ctx context.Context, h *history) error {
	return b.in(ctx, h.system(access.Portal), func(tx *postgres.Tx) error {
		batch := &pgx.Batch{}
		for _, s := range h.open() {
			tx.Rebind(batch, s.asPerson())
			batch.Queue(`update person set safe_contact = $3, safe_contact_kind = 'mobile', safe_contact_verified_at = $4 where organisation_id = $1 and id = $2`,
				s.m.org.id, s.m.id, s.m.Mobile(), s.row.ReceivedAt)
		}
		return tx.SendBatch(ctx, batch).Close()
	})
}

// messages queues what the last week's events would have sent; the worker finds addresses and words when it starts.
func (b *builder) messages(ctx context.Context, h *history) error {
	week := h.plan.Cutoff().AddDate(0, 0, -7)
	return b.in(ctx, h.system(access.Clinical), func(tx *postgres.Tx) error {
		for _, s := range h.open() {
			for _, e := range s.c.Events {
				out := message.Out{Organisation: s.m.org.id, Service: h.s.id, To: s.m.id, Capacity: message.Self, LinkPurpose: "my", At: e.At}
				switch {
				case e.At.Before(week) || s.referral == nil:
					continue
				case e.Kind == model.Submitted:
					out.Template = "referral_made"
				case e.Kind == model.Accepted:
					out.Template = "case_accepted"
				case e.Kind == model.Signed:
					out.Template, out.LinkObject = "report_ready", s.report.id
				case e.Kind == model.Released:
					out.Template, out.To, out.Capacity, out.LinkPurpose = "report_released", s.referrer.id, message.Work, ""
				default:
					continue
				}
				out.Key = fmt.Sprintf("%s:%s:%d", out.Template, s.row.ID, e.Version)
				if err := message.Queue(ctx, tx, out); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// clocks starts what time will do: an early release on its day, and the notice at the end of a person's time.
func (b *builder) clocks(ctx context.Context, h *history) error {
	for _, s := range h.open(flow.WithPerson) {
		if s.report.released != uuid.Nil {
			continue
		}
		last := s.c.Last(model.Signed)
		version := s.signed
		where := report.Where{Organisation: s.m.org.id, Service: h.s.id}
		err := b.in(ctx, h.system(access.Clinical), func(tx *postgres.Tx) error {
			due := report.Deadline(last, 5)
			if way, ok := s.early(); ok && version == 1 {
				goes := last.Add(time.Duration(way.Days) * 24 * time.Hour)
				if err := job.Add(ctx, tx, report.ReleaseArgs{Where: where, Report: s.report.id, Version: version}, goes); err != nil {
					return err
				}
				due = report.Deadline(goes, 0)
			}
			if !s.c.Last(model.NotReleased).IsZero() {
				return nil
			}
			return job.Add(ctx, tx, report.NotReportedArgs{Where: where, Report: s.report.id, Version: version}, due)
		})
		if err != nil {
			return fmt.Errorf("start the clock of a report: %w", err)
		}
	}
	return nil
}

// early is the choice that releases a first version by itself.
func (s *story) early() (model.Event, bool) {
	if !s.c.Last(model.Said).IsZero() {
		return model.Event{}, false
	}
	for _, e := range s.c.Events {
		if e.Kind == model.Chose && e.Code != string(report.AfterRead) {
			return e, true
		}
	}
	return model.Event{}, false
}

// urgent is somebody who asked for help today, a few minutes ago: nobody has seen it yet.
func (b *builder) urgent(ctx context.Context, h *history) error {
	list := h.open(flow.AwaitingBooking, flow.Booked, flow.Received)
	if len(list) == 0 {
		return nil
	}
	s, at := list[len(list)/2], b.Now.Add(-12*time.Minute)
	if err := as(ctx, h, access.Portal, "task", []taskRow{{Service: h.s.id, ID: b.next(), Case: s.row.ID, Kind: "urgent_help", Priority: "P0", Created: at, Due: at.Add(2 * time.Hour)}},
		func(taskRow) access.Actor { return s.asPerson() }); err != nil {
		return err
	}
	return b.in(ctx, h.system(access.Clinical), func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `update casefile set priority = 'P0' where service_id = $1 and id = $2`, h.s.id, s.row.ID)
		return err
	})
}

type glassRow struct {
	Service      uuid.UUID `json:"service_id"`
	ID           uuid.UUID `json:"id"`
	Organisation uuid.UUID `json:"organisation_id"`
	Person       uuid.UUID `json:"person_id"`
	Account      uuid.UUID `json:"account_id"`
	Reason       string    `json:"reason"`
	Detail       string    `json:"detail"`
	OpenedAt     time.Time `json:"opened_at"`
	ExpiresAt    time.Time `json:"expires_at"`
}

// breakGlass is a record opened out of hours without a relationship: it waits for the Caldicott guardian's review.
func (b *builder) breakGlass(ctx context.Context, h *history) error {
	list := h.open(flow.Attended, flow.WithPerson, flow.Booked)
	if len(list) == 0 {
		return nil
	}
	s, who := list[0], h.s.team[access.Physician][0]
	at := h.plan.Cutoff().Add(-3 * time.Hour)
	id := b.next()
	h.audits = map[access.Wall][]auditRow{}
	h.note(who.actor(access.Clinical), at, "break_glass.opened", "break_glass", id, s.m.id, "glass:"+id.String(), map[string]string{"reason": "emergency"})
	h.note(who.actor(access.Clinical), at.Add(time.Minute), "casefile.opened", "casefile", s.row.ID, s.m.id, "glass:"+id.String(), nil)
	return b.in(ctx, who.actor(access.Clinical), func(tx *postgres.Tx) error {
		return firstError(insert(ctx, tx, "break_glass", []glassRow{{h.s.id, id, s.m.org.id, s.m.id, who.account, "emergency",
			"Called by the emergency department about their medicines.", at, at.Add(time.Hour)}}), insert(ctx, tx, "audit_event", h.audits[access.Clinical]))
	})
}

// colleague is a case in which a nurse asked a physician to help, and nobody has answered.
func (b *builder) colleague(ctx context.Context, h *history) error {
	for _, s := range h.open(flow.Attended, flow.ReportDraft) {
		if s.clinician.role != access.Nurse {
			continue
		}
		id := b.next()
		return b.in(ctx, s.clinician.actor(access.Clinical), func(tx *postgres.Tx) error {
			return insert(ctx, tx, "case_step", []stepRow{{Service: h.s.id, ID: id, Case: s.row.ID, ToRole: string(access.Physician), State: "requested",
				Why: b.lock(sealed.StepWhy, h.s, id, "Two medicines that may affect night work: please advise."), AskedBy: s.clinician.account, AskedAt: b.Now.Add(-90 * time.Minute)}})
		})
	}
	return nil
}

// withheld is a note that the person does not see for now: it tells of somebody else.
func (b *builder) withheld(ctx context.Context, h *history) error {
	for _, s := range h.open(flow.WithPerson) {
		if s.note == uuid.Nil || s.clinician.role == access.Counsellor {
			continue
		}
		return b.in(ctx, s.clinician.actor(access.Clinical), func(tx *postgres.Tx) error {
			_, err := tx.Exec(ctx, `update note set withheld_reason = $3, withheld_review_on = $4 where service_id = $1 and id = $2`, h.s.id, s.note,
				[]byte(b.lock(sealed.NoteWithheld, h.s, s.note, "third_party")), b.Now.AddDate(0, 3, 0))
			return err
		})
	}
	return nil
}

// faces opens accounts for members of staff and managers whom a visitor can be: one for each thing that can be
// waiting, with the managers of those people and a draft of a referral for each.
func (b *builder) faces(ctx context.Context, h *history) error {
	var staff, managers []who
	taken := map[*member]bool{}
	add := func(list *[]who, m *member, role access.Role) bool {
		if taken[m] || m.Role != "" || m.org != h.s.host {
			return false
		}
		taken[m] = true
		*list = append(*list, who{m, role})
		return true
	}
	for _, state := range []flow.State{flow.WithPerson, flow.Received, flow.AwaitingBooking, flow.Booked, flow.Attended, flow.ReportDraft} {
		for _, s := range h.open(state) {
			ready := state != flow.WithPerson || s.report.released == uuid.Nil
			if s.referral != nil && ready && !taken[s.referrer] && s.referrer.Role == "" && add(&staff, s.m, access.Person) {
				add(&managers, s.referrer, access.Manager)
				break
			}
		}
	}
	if err := b.open(ctx, append(staff, managers...)); err != nil {
		return err
	}
	for i, w := range managers[:min(3, len(managers))] {
		if err := b.draft(ctx, h, w, i); err != nil {
			return err
		}
	}
	return nil
}

// draft is a referral that a manager began and left, as far as its reason or its questions.
func (b *builder) draft(ctx context.Context, h *history, w who, n int) error {
	var about *member
	for _, m := range w.org.people {
		if m.manager == w.member && m.busy.Before(b.Now) {
			about = m
		}
	}
	if about == nil {
		return nil
	}
	t := textOf("STR")
	a := referral.Answers{Done: []sheet.Part{sheet.Reason, sheet.Why}}
	a.Text = sheet.Text{Person: sheet.Person{ID: about.id, Name: about.Name(), Title: about.Title, Band: about.Band, StaffGroup: about.Group, Department: about.Department, Team: about.Team, Site: about.Site, Hours: about.Hours},
		Referrer: sheet.Named{ID: w.id, Name: w.Name(), Title: w.Title}, Reason: "STR", Why: t.why}
	if n > 0 {
		a.Done = append(a.Done, sheet.AbsenceOf, sheet.Questions)
		a.Absence, a.Questions = sheet.Absence{Now: "no"}, t.questions
	}
	answers, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("encode draft: %w", err)
	}
	actor := w.actor(access.Employer)
	return b.in(ctx, actor, func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `insert into referral_draft (organisation_id, id, author_person_id, person_id, kind, answers, updated_at) values ($1,$2,$3,$4,'management',$5,$6)`,
			w.org.id, b.next(), w.id, about.id, answers, b.Now.Add(-time.Duration(20+n*60)*time.Minute))
		return err
	})
}
