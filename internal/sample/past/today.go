package past

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/glass"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/care/referral"
	"github.com/rowan-ohwb/rowan/internal/care/referral/sheet"
	"github.com/rowan-ohwb/rowan/internal/care/report"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/sample/cast"
	"github.com/rowan-ohwb/rowan/internal/sample/model"
)

// Today makes today: what the past left open, and what no past leaves behind.
func (p Past) Today(ctx context.Context) error {
	for _, h := range p {
		for _, do := range []func(context.Context) error{h.safeContacts, h.messages, h.clocks, h.urgent, h.breakGlass, h.colleague, h.withheld} {
			if err := do(ctx); err != nil {
				return err
			}
		}
	}
	return p[0].faces(ctx)
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

// safeContacts gives everybody with an open case the safe contact that they chose and proved, but for the one who has waited
// longest: OH administrators are to find somebody on their list.
func (h *history) safeContacts(ctx context.Context) error {
	return h.b.In(ctx, h.system(access.Portal), func(tx *postgres.Tx) error {
		batch := &pgx.Batch{}
		list := h.open()
		for _, s := range list[:max(len(list)-1, 0)] {
			tx.Rebind(batch, s.asPerson())
			batch.Queue(`insert into contact_event (organisation_id, id, person_id, kind, address, method, at) values ($1,$2,$3,'mobile',$4,'code',$5)`,
				s.m.Org.ID, s.row.ID, s.m.ID, s.m.Mobile(), s.row.ReceivedAt)
			batch.Queue(`update person set safe_contact = $3, safe_contact_kind = 'mobile', safe_contact_verified_at = $4 where organisation_id = $1 and id = $2`,
				s.m.Org.ID, s.m.ID, s.m.Mobile(), s.row.ReceivedAt)
		}
		return tx.SendBatch(ctx, batch).Close()
	})
}

// messages queues what the last week's events would have sent; the worker finds addresses and words when it starts.
func (h *history) messages(ctx context.Context) error {
	week := h.plan.Cutoff().AddDate(0, 0, -7)
	return h.b.In(ctx, h.system(access.Clinical), func(tx *postgres.Tx) error {
		for _, s := range h.open() {
			for _, e := range s.c.Events {
				out := message.Out{Organisation: s.m.Org.ID, Service: h.s.ID, To: s.m.ID, Capacity: message.Self, LinkPurpose: "my", At: e.At}
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
					out.Template, out.To, out.Capacity, out.LinkPurpose = "report_released", s.referrer.ID, message.Work, ""
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
func (h *history) clocks(ctx context.Context) error {
	for _, s := range h.open(flow.WithPerson) {
		if s.report.released != uuid.Nil {
			continue
		}
		last := s.c.Last(model.Signed)
		version := s.signed
		where := report.Where{Organisation: s.m.Org.ID, Service: h.s.ID}
		err := h.b.In(ctx, h.system(access.Clinical), func(tx *postgres.Tx) error {
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
func (h *history) urgent(ctx context.Context) error {
	list := h.open(flow.AwaitingBooking, flow.Booked, flow.Received)
	if len(list) == 0 {
		return nil
	}
	s, at := list[len(list)/2], h.b.Now.Add(-12*time.Minute)
	if err := as(ctx, h, access.Portal, "task", []taskRow{{Service: h.s.ID, ID: h.b.Next(), Case: s.row.ID, Kind: "urgent_help", Priority: "P0", Created: at, Due: at.Add(2 * time.Hour)}},
		func(taskRow) access.Actor { return s.asPerson() }); err != nil {
		return err
	}
	return h.b.In(ctx, h.system(access.Clinical), func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `update casefile set priority = 'P0' where service_id = $1 and id = $2`, h.s.ID, s.row.ID)
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
func (h *history) breakGlass(ctx context.Context) error {
	list := h.open(flow.Attended, flow.WithPerson, flow.Booked)
	if len(list) == 0 {
		return nil
	}
	s, who := list[0], h.s.Team[access.Physician][0]
	at := h.plan.Cutoff().Add(-3 * time.Hour)
	id, reason := h.b.Next(), glass.Reasons[1] // urgent, and no colleague could be reached
	h.audits = map[access.Wall][]auditRow{}
	h.note(who.Actor(access.Clinical), at, "break_glass.opened", "break_glass", id, s.m.ID, "glass:"+id.String(), map[string]string{"reason": reason})
	h.note(who.Actor(access.Clinical), at.Add(time.Minute), "casefile.opened", "casefile", s.row.ID, s.m.ID, "glass:"+id.String(), nil)
	return h.b.In(ctx, who.Actor(access.Clinical), func(tx *postgres.Tx) error {
		return cast.FirstError(cast.Insert(ctx, tx, "break_glass", []glassRow{{h.s.ID, id, s.m.Org.ID, s.m.ID, who.Account, reason,
			"Called by the emergency department about their medicines.", at, at.Add(time.Hour)}}), cast.Insert(ctx, tx, "audit_event", h.audits[access.Clinical]))
	})
}

// colleague is a case in which a nurse asked a physician to help, and nobody has answered.
func (h *history) colleague(ctx context.Context) error {
	for _, s := range h.open(flow.Attended, flow.ReportDraft) {
		if s.clinician.Acting != access.Nurse {
			continue
		}
		id := h.b.Next()
		return h.b.In(ctx, s.clinician.Actor(access.Clinical), func(tx *postgres.Tx) error {
			return cast.Insert(ctx, tx, "case_step", []stepRow{{Service: h.s.ID, ID: id, Case: s.row.ID, ToRole: string(access.Physician), State: "requested",
				Why: h.lock(sealed.StepWhy, id, "Two medicines that may affect night work: please advise."), AskedBy: s.clinician.Account, AskedAt: h.b.Now.Add(-90 * time.Minute)}})
		})
	}
	return nil
}

// withheld is a note that the person does not see for now: it tells of somebody else.
func (h *history) withheld(ctx context.Context) error {
	for _, s := range h.open(flow.WithPerson) {
		if s.note == uuid.Nil || s.clinician.Acting == access.Counsellor {
			continue
		}
		return h.b.In(ctx, s.clinician.Actor(access.Clinical), func(tx *postgres.Tx) error {
			_, err := tx.Exec(ctx, `update note set withheld_reason = $3, withheld_review_on = $4, withheld_why = $5 where service_id = $1 and id = $2`, h.s.ID, s.note,
				[]byte(h.lock(sealed.NoteWithheld, s.note, "third_party")), h.b.Now.AddDate(0, 3, 0),
				[]byte(h.lock(sealed.NoteWithheldWhy, s.note, "Names a colleague who has not agreed to be named.")))
			return err
		})
	}
	return nil
}

// faces opens accounts for members of staff and managers whom a visitor can be: one for each thing that can be
// waiting, with the managers of those people and a draft of a referral for each.
func (h *history) faces(ctx context.Context) error {
	var staff, managers []cast.Who
	taken := map[*cast.Member]bool{}
	add := func(list *[]cast.Who, m *cast.Member, role access.Role) bool {
		if taken[m] || m.Role != "" || m.Org != h.s.Host {
			return false
		}
		taken[m] = true
		*list = append(*list, cast.Who{Member: m, Acting: role})
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
	// The main job begins with a nurse off sick, so one of the managers has nurses.
	wards := func(w cast.Who) bool { return w.Title == "Ward manager" }
	if !slices.ContainsFunc(managers, wards) {
		for _, m := range h.s.Host.People {
			if w := (cast.Who{Member: m, Acting: access.Manager}); wards(w) && add(&managers, m, access.Manager) {
				break
			}
		}
	}
	if err := h.b.Open(ctx, append(staff, managers...)); err != nil {
		return err
	}
	for i, w := range managers[:min(3, len(managers))] {
		if err := h.draft(ctx, w, i); err != nil {
			return err
		}
	}
	return nil
}

// draft is a referral that a manager began and left, as far as its reason or its questions.
func (h *history) draft(ctx context.Context, w cast.Who, n int) error {
	var about *cast.Member
	for _, m := range w.Org.People {
		if m.Boss == w.Member && m.Busy.Before(h.b.Now) {
			about = m
		}
	}
	if about == nil {
		return nil
	}
	t := textOf("STR")
	a := referral.Answers{Done: []sheet.Part{sheet.Reason, sheet.Why}}
	a.Text = sheet.Text{Person: sheet.Person{ID: about.ID, Name: about.Name(), Title: about.Title, Band: about.Band, StaffGroup: about.Group, Department: about.Department, Team: about.Team, Site: about.Site, Hours: about.Hours},
		Referrer: sheet.Named{ID: w.ID, Name: w.Name(), Title: w.Title}, Reason: "STR", Why: t.why}
	if n > 0 {
		a.Done = append(a.Done, sheet.AbsenceOf, sheet.Questions)
		a.Absence, a.Questions = sheet.Absence{Now: "no"}, t.questions
	}
	answers, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("encode draft: %w", err)
	}
	actor := w.Actor(access.Employer)
	return h.b.In(ctx, actor, func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `insert into referral_draft (organisation_id, id, author_person_id, person_id, kind, answers, updated_at) values ($1,$2,$3,$4,'management',$5,$6)`,
			w.Org.ID, h.b.Next(), w.ID, about.ID, answers, h.b.Now.Add(-time.Duration(20+n*60)*time.Minute))
		return err
	})
}
