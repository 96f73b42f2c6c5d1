package past

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/note"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/referral/sheet"
	"github.com/rowan-ohwb/rowan/internal/care/report"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/sample/cast"
	"github.com/rowan-ohwb/rowan/internal/sample/model"
)

// reportFile is the report of a story while it is told.
type reportFile struct {
	id       uuid.UUID
	row      int // index into history.reports
	names    []string
	events   int // consent events so far: the trigger numbers them
	draft    int // index into history.versions of the version being written
	content  report.Content
	released uuid.UUID
}

// openReport opens the report of a referral, on its own case or the one it was merged into.
func (s *story) openReport(on *story, at time.Time) {
	if s.referral == nil {
		return
	}
	s.report.id = s.h.id()
	for _, v := range s.referral.Viewers {
		for _, x := range append([]*cast.Member{s.m.Boss}, s.m.Org.HR...) {
			if x.ID == v {
				s.report.names = append(s.report.names, x.Name()+", "+x.Title)
			}
		}
	}
	s.report.row = len(s.h.reports)
	s.h.reports = append(s.h.reports, reportRow{Service: s.h.s.ID, ID: s.report.id, Organisation: s.m.Org.ID, Case: on.row.ID, Referral: s.row.ID, Person: s.m.ID,
		Recipients: s.referral.Viewers, RecipientNames: []string{}, OpenedAt: at})
}

// reporting makes the rows of what happens between draft and adjustments.
func (s *story) reporting(e model.Event) {
	actor, at := s.clinician.Actor, e.At
	switch e.Kind {
	case model.Chose:
		row := s.consent(report.Say{Report: s.report.id, Kind: report.Choice, Way: report.Way(e.Code), Days: e.Days}, at)
		s.h.choices = append(s.h.choices, row)
		s.audit(s.asPerson(), at, "consent.choice", "report", s.report.id, "own", map[string]string{"method": "online"})
	case model.Drafted:
		s.draft(actor(access.Clinical), e)
	case model.Signed:
		s.sign(actor(access.Clinical), e)
	case model.Said:
		s.say(e)
	case model.Released:
		s.release(e)
	case model.NotReleased:
		s.h.reports[s.report.row].NoticeVersion = s.signed
		s.show(string(flow.SeenNotReported), "", at)
		s.resume(actor(access.Clinical), at, "with_person")
		s.record(actor(access.Clinical), at, activity.ReportNotReleased, "report", s.report.id, activity.Codes{})
	case model.Read:
		s.audit(s.asReferrer(), at, "report.read", "report", s.report.released, "viewer", nil)
		s.h.receipts = append(s.h.receipts, s.receipt(at))
	case model.Adjusted:
		s.answer(at)
	}
}

// consent is what the person says, with the words they read.
func (s *story) consent(in report.Say, at time.Time) consentRow {
	s.report.events++
	row := consentRow{Service: s.h.s.ID, Report: s.report.id, Organisation: s.m.Org.ID, Person: s.m.ID, Kind: string(in.Kind), Choice: string(in.Way), Days: in.Days,
		Version: in.Version, Recipients: []uuid.UUID{}, Method: "online", Words: report.Words(context.Background(), in, s.report.names), At: at}
	if in.Kind == report.Given || in.Kind == report.Choice && in.Way != report.AfterRead {
		row.Recipients = s.referral.Viewers
	}
	return row
}

func (s *story) draft(a access.Actor, e model.Event) {
	s.resume(a, e.At, "with_person")
	s.write(a, e.At)
	s.move(flow.ReportDraft, e.At, a.Account, seenStep{})
	s.audit(a, e.At, "report.begun", "report", s.report.id, "case", map[string]string{"version": fmt.Sprint(e.Version)})
	s.report.draft = len(s.h.versions[e.Version-1])
	s.h.versions[e.Version-1] = append(s.h.versions[e.Version-1], versionRow{Service: s.h.s.ID, Report: s.report.id, Version: e.Version, Organisation: s.m.Org.ID, Person: s.m.ID,
		Content: s.encode(), Author: a.Account, AuthorName: a.Name, SavedAt: e.At})
}

func (s *story) sign(a access.Actor, e model.Event) {
	s.report.content.Header.SignedOn, s.signed = locale.Day(e.At), e.Version
	v := &s.h.versions[e.Version-1][s.report.draft]
	v.Content, v.SavedAt, v.SignedAt = s.encode(), e.At, e.At
	s.move(flow.ReportSigned, e.At, a.Account, seenStep{})
	s.move(flow.WithPerson, e.At, a.Account, seenStep{})
	s.record(a, e.At, activity.ReportSigned, "report", s.report.id, activity.Codes{Outcome: s.report.content.Fitness})
	s.pause(a, e.At, "with_person")
}

// say records what the person said: on their own page, or to a nurse by telephone.
func (s *story) say(e model.Event) {
	row := s.consent(report.Say{Report: s.report.id, Kind: report.EventKind(e.Code), Version: e.Version}, e.At)
	by := s.asPerson()
	if e.Role != "" {
		by = s.triager.Actor(access.Clinical)
		row.Assisted, row.Method, row.Recorder = true, "telephone", by.Account
	}
	s.h.says[e.Version-1] = append(s.h.says[e.Version-1], row)
	s.audit(by, e.At, "consent."+e.Code, "report", s.report.id, map[bool]string{true: "assisted", false: "own"}[row.Assisted], map[string]string{"method": row.Method, "version": fmt.Sprint(e.Version)})
	if row.Kind == string(report.CorrectionAsked) {
		s.h.corrections = append(s.h.corrections, correctionRow{s.h.s.ID, s.h.id(), s.report.id, e.Version, s.m.Org.ID, s.m.ID, anyOf(s.rng, caveats), e.At})
	}
}

// release sends the version. The trigger looks for the consent that this row names.
func (s *story) release(e model.Event) {
	a := s.clinician.Actor(access.Clinical)
	s.report.released = s.h.id()
	v := s.h.versions[e.Version-1][s.report.draft]
	s.h.released = append(s.h.released, releasedRow{Organisation: s.m.Org.ID, Service: s.h.s.ID, ID: s.report.released, Report: s.report.id, Version: e.Version, Referral: s.row.ID,
		Person: s.m.ID, Recipients: s.referral.Viewers, Content: v.Content, AuthorName: v.AuthorName, ConsentNo: s.report.events, ReleasedAt: e.At})
	for i, x := range s.report.content.Adjustments {
		row := adjustmentRow{Organisation: s.m.Org.ID, Service: s.h.s.ID, Released: s.report.released, N: i + 1, Person: s.m.ID, Referral: s.row.ID, Kind: x.Kind, Detail: x.Detail, Status: "advised"}
		if !x.StartsOn.IsZero() {
			row.StartsOn = x.StartsOn.String()
		}
		if !x.EndsOn.IsZero() {
			row.EndsOn = x.EndsOn.String()
		}
		s.h.adjustments = append(s.h.adjustments, row)
	}
	s.show(string(flow.SeenReported), "", e.At)
	s.resume(a, e.At, "with_person")
	s.record(a, e.At, activity.ReportReleased, "report", s.report.id, activity.Codes{})
}

// receipt is the first reading. Half of those who read say a minute later whether the report answered their questions;
// that has a luck of its own, so that whoever asks fewer questions has the same history otherwise.
func (s *story) receipt(at time.Time) receiptRow {
	row := receiptRow{Organisation: s.m.Org.ID, Service: s.h.s.ID, Released: s.report.released, Person: s.referrer.ID, ReadAt: at}
	luck := rand.New(rand.NewPCG(s.h.b.Seed, uint64(9+s.h.s.N)<<32|uint64(s.c.N))).IntN(20)
	if at = at.Add(time.Minute); luck < 10 || at.After(s.h.b.Now) {
		return row
	}
	row.Answered, row.AnsweredAt = []string{"yes", "yes", "yes", "yes", "yes", "yes", "partly", "partly", "partly", "no"}[luck-10], at
	s.record(s.asReferrer(), at, activity.ReportAnswered, "report", s.report.released, activity.Codes{Outcome: row.Answered})
	return row
}

// answer is what the manager did about each adjustment.
func (s *story) answer(at time.Time) {
	for i := range s.report.content.Adjustments {
		row := adjustedRow{by: s.referrer.ID, released: s.report.released, n: i + 1, status: "done", at: at}
		switch n := s.rng.IntN(10); {
		case n == 0:
			why := "The team is too small to cover this. We will look at it again together."
			row.status, row.reason = "not_possible", &why
		case n < 3:
			row.status = "later"
		}
		s.h.adjusted = append(s.h.adjusted, row)
		s.record(s.asReferrer(), at, activity.AdjustmentAnswered, "adjustment", s.report.released, activity.Codes{Outcome: row.status})
	}
}

// write fills in the report from the opinion and the questions asked.
func (s *story) write(a access.Actor, at time.Time) {
	t, o := textOf(s.c.Reason), s.outcome
	c := report.Content{Summary: t.summary, Outlook: t.outlook, Fitness: s.c.Fitness, FitnessDetail: o.Timescale, EqualityAct: anyOf(s.rng, equality), WorkRelated: workLink(s.c.Reason),
		Header: report.Header{Person: s.m.Name(), Post: s.m.Title, SeenOn: locale.Day(s.sawAt), Mode: s.sawMode, Clinician: a.Name, ClinicianRole: string(a.Role), Registration: a.Registration}}
	c.EffectiveOn, c.ReviewOn = date(o.EffectiveOn), date(o.ReviewOn)
	for _, q := range t.questions {
		c.Answers = append(c.Answers, report.Answer{Code: q, Question: sheet.Lists().Questions.Name(q), Text: answers[q]})
	}
	if list, ok := o.Adjustments.([]note.Adjustment); ok {
		for _, x := range list {
			c.Adjustments = append(c.Adjustments, report.Adjustment{Kind: x.Kind, Detail: x.Detail, StartsOn: date(x.Start), EndsOn: date(x.End)})
		}
	}
	s.report.content = c
}

func date(s string) civil.Date {
	d, err := civil.Parse(s)
	if err != nil {
		return civil.Date{}
	}
	return d
}

func (s *story) encode() json.RawMessage {
	b, err := s.report.content.Encode()
	if err != nil {
		panic(err) // plain values
	}
	return b
}
