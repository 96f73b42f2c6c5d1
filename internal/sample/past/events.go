package past

import (
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/sample/cast"
	"github.com/rowan-ohwb/rowan/internal/sample/model"
)

// happen makes the rows of one event.
func (s *story) happen(e model.Event) {
	admin, triager, seer := s.admin.Actor(access.Clinical), s.triager.Actor(access.Clinical), access.Actor{}
	if s.clinician.Member != nil {
		seer = s.clinician.Actor(access.Clinical)
	}
	id, at := s.row.ID, e.At
	switch e.Kind {
	case model.Submitted:
		s.submitted(at)
	case model.Checked:
		s.row.CompleteAt = at
		s.audit(admin, at, "referral.completed", "casefile", id, "case", nil)
	case model.Returned:
		s.triage("RETURN-INFO", "", "The questions for us and the dates of absence are missing.", "RETURN-INFO", s.admin, at)
		s.move(flow.Returned, at, s.admin.Account, seenStep{reason: "RETURN-INFO"})
		s.record(admin, at, activity.ReferralReturned, "casefile", id, activity.Codes{Outcome: "RETURN-INFO"})
		s.pause(admin, at, "returned")
	case model.Answered:
		s.referral.Version = 2
		s.version(s.text(at, true), at)
		s.move(flow.Received, at, uuid.Nil, seenStep{})
		s.record(s.asReferrer(), at, activity.ReferralAmended, "referral", id, activity.Codes{Completeness: 100})
		s.resume(s.asReferrer(), at, "returned")
	case model.Accepted:
		s.accepted(triager, e)
	case model.Declined:
		closing := map[string]string{"REJECT-NOT-OH": "not_oh", "REDIRECT-SELF": "redirected"}[e.Code]
		s.triage(e.Code, "", anyOf(s.rng, rationales), e.Code, s.triager, at)
		s.row.ClosedAt, s.row.Closing = at, closing
		s.move(flow.Closed, at, s.triager.Account, seenStep{state: string(flow.SeenDeclined), reason: e.Code})
		s.count(triager, at, activity.ReferralTriaged, activity.Codes{Priority: s.c.Priority, Outcome: e.Code})
		s.record(triager, at, activity.ReferralDeclined, "casefile", id, activity.Codes{Outcome: e.Code})
		s.count(triager, at, activity.CaseClosed, activity.Codes{Outcome: closing})
	case model.Merged:
		s.mergedInto(triager, at)
	case model.Withdrawn:
		s.row.ClosedAt, s.row.Closing = at, "withdrawn"
		s.move(flow.Closed, at, uuid.Nil, seenStep{state: string(flow.SeenWithdrawn)})
		s.resume(s.asReferrer(), at, "returned")
		s.record(s.asReferrer(), at, activity.ReferralWithdrawn, "referral", id, activity.Codes{})
		s.count(s.asReferrer(), at, activity.CaseClosed, activity.Codes{Outcome: "withdrawn"})
	case model.Review:
		s.resume(seer, at, "with_person")
		s.move(flow.AwaitingBooking, at, s.clinician.Account, seenStep{})
		s.audit(seer, at, "casefile.review_planned", "casefile", id, "case", nil)
	case model.Feedback:
		s.feedback(at)
	case model.Closed:
		s.resume(seer, at, "with_person")
		s.row.ClosedAt, s.row.Closing = at, e.Code
		by := s.clinician
		if by.Member == nil {
			by = s.admin
		}
		s.move(flow.Closed, at, by.Account, seenStep{})
		s.record(by.Actor(access.Clinical), at, activity.CaseClosed, "casefile", id, activity.Codes{Outcome: e.Code})
	case model.Booked, model.Cancelled, model.Missed, model.Attended:
		s.appointment(e)
	case model.ReferredOn, model.StepTaken, model.StepDone:
		s.referOn(e)
	default:
		s.reporting(e)
	}
}

func (s *story) submitted(at time.Time) {
	s.move(flow.Received, at, uuid.Nil, seenStep{})
	codes := activity.Codes{Completeness: s.complete(at), AbsentDays: s.off(at)}
	if s.referral != nil {
		s.record(s.asReferrer(), at, activity.ReferralSubmitted, "referral", s.row.ID, codes)
		return
	}
	s.h.selfs = append(s.h.selfs, selfReferralRow{Service: s.h.s.ID, ID: s.row.ID, Organisation: s.m.Org.ID, Person: s.m.ID, Reason: s.c.Reason, Text: s.h.lock(sealed.SelfReferral, s.row.ID, anyOf(s.rng, ownWords)), Contact: s.m.Mobile(), At: at})
	s.record(s.asPerson(), at, activity.ReferralSubmitted, "casefile", s.row.ID, codes)
}

func (s *story) triage(outcome, priority, rationale, message string, by cast.Who, at time.Time) {
	id := s.h.id()
	s.h.triages = append(s.h.triages, triageRow{Service: s.h.s.ID, ID: id, Case: s.row.ID, Outcome: outcome, Priority: priority,
		Rationale: s.h.lock(sealed.TriageRationale, id, rationale), Message: message, By: by.Account, At: at})
}

var acceptCode = map[string]string{model.Nurse: "ACCEPT-OHN", model.Physician: "ACCEPT-OHP", model.Physio: "ACCEPT-PHYSIO", model.Counsellor: "ACCEPT-COUNS"}

func (s *story) accepted(triager access.Actor, e model.Event) {
	c, at := s.c, e.At
	code := acceptCode[c.Pathway]
	s.row.Priority, s.row.Pathway, s.row.DueOn = c.Priority, c.Pathway, s.due(cast.Targets["first_seen."+c.Priority])
	s.triage(code, c.Priority, anyOf(s.rng, rationales), "", s.triager, at)
	s.audit(triager, at.Add(-2*time.Minute), "referral.opened", "casefile", s.row.ID, "case", nil)
	s.move(flow.AwaitingBooking, at, s.triager.Account, seenStep{reason: "ACCEPT"})
	s.count(triager, at, activity.ReferralTriaged, activity.Codes{Priority: c.Priority, Outcome: code})
	s.record(triager, at, activity.ReferralAccepted, "casefile", s.row.ID, activity.Codes{Priority: c.Priority, Outcome: code})
	if c.Priority == "P0" {
		s.h.tasks = append(s.h.tasks, taskRow{Service: s.h.s.ID, ID: s.h.id(), Case: s.row.ID, Kind: "see_person", Priority: "P0", Owner: s.triager.Account, Created: at,
			Due: model.At(locale.Day(at), 24*time.Hour), AckAt: at.Add(8 * time.Minute), AckBy: s.triager.Account, DoneAt: at.Add(70 * time.Minute)})
	}
	s.openReport(s, at)
}

// mergedInto joins the referral to the open case of the same person; to the referrer it looks accepted.
func (s *story) mergedInto(triager access.Actor, at time.Time) {
	into := s.h.byCase[s.c.Into]
	s.row.Into, s.row.Priority = into.row.ID, s.c.Priority
	s.triage("MERGE", s.c.Priority, "There is an open case about the same thing.", "", s.triager, at)
	s.move(flow.Merged, at, s.triager.Account, seenStep{reason: "ACCEPT"})
	s.count(triager, at, activity.ReferralTriaged, activity.Codes{Priority: s.c.Priority, Outcome: "MERGE"})
	s.record(triager, at, activity.CaseMerged, "casefile", s.row.ID, activity.Codes{})
	s.openReport(into, at)
	// The stories are told one after the other, so what happened to the other case since is shown now.
	for _, x := range into.seen {
		if x.at.After(at) {
			switch flow.Seen(s.seen[len(s.seen)-1].state) {
			case flow.SeenAccepted, flow.SeenBooked, flow.SeenAttended, flow.SeenReportPending:
				if x.state != string(flow.SeenReported) && x.state != string(flow.SeenNotReported) {
					s.show(x.state, "", x.at)
				}
			}
		}
	}
}

func (s *story) feedback(at time.Time) {
	score := func() int { return min(5, 3+s.rng.IntN(3)) - s.rng.IntN(4)/3 }
	words := anyOf(s.rng, comments)
	s.h.feedback = append(s.h.feedback, feedbackRow{Service: s.h.s.ID, ID: s.h.id(), Organisation: s.m.Org.ID, Month: isoDay(at)[:8] + "01",
		Communication: score(), Specific: score(), Mattered: score(), Comment: words, Quotable: words != "" && len(s.h.feedback)%2 == 0})
}
