package house_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/appointment"
	"github.com/rowan-ohwb/rowan/internal/care/casefile"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/glass"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/note"
	"github.com/rowan-ohwb/rowan/internal/care/feedback"
	"github.com/rowan-ohwb/rowan/internal/care/practice"
	"github.com/rowan-ohwb/rowan/internal/care/referral"
	"github.com/rowan-ohwb/rowan/internal/care/referral/selfreferral"
	"github.com/rowan-ohwb/rowan/internal/care/referral/sheet"
	"github.com/rowan-ohwb/rowan/internal/care/report"
	"github.com/rowan-ohwb/rowan/internal/care/triage"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

// tenant is a world in which the whole main job has been done once, with a canary in every text that somebody typed.
type tenant struct {
	*house
	w            *world.World
	tag          string
	case1, case2 uuid.UUID // of the ward manager's referral, and of the self-referral
	report       uuid.UUID
	mentorship   uuid.UUID
	notes        []uuid.UUID
}

// Kinds of canaries. Private ones stay in occupational health; the others may be read by those they were written for.
const (
	private  = "private"  // clinical: never to the employer, growth or audit
	review   = "review"   // why somebody broke the glass: the Caldicott guardian reviews it, nobody else reads it
	service  = "service"  // said about the service: its lead and clinicians read it, nobody else
	released = "released" // the released report: its recipients read it
	mine     = "mine"     // what a professional wrote about their own learning: they read it, nobody else
	open_    = "open"     // what the referrer wrote, or the person shared with them
)

// say is a text with a canary of its own: it names the tenant, the kind and the field.
func (x *tenant) say(kind, field string) string {
	return fmt.Sprintf("canary-%s-%s-%s", x.tag, kind, field)
}

func clinical(w world.Who, r access.Role) access.Actor { return w.As(r, access.Clinical) }

// journey does the main job: a referral from the first page to the feedback, and a self-referral to its end.
func (h *house) journey(tag string) *tenant {
	h.t.Helper()
	h.rewind()
	x := &tenant{house: h, w: h.build(), tag: tag}
	x.clinic()
	x.refer()
	x.returned()
	x.see()
	x.counsel()
	x.write()
	x.disclose()
	x.after()
	x.learn()
	x.selfRefer(x.w.Peer, func() {})
	x.develop()
	x.mentor()
	x.talk()
	x.work()
	x.rollUp()
	return x
}

// clinic plans the nurse's Tuesdays.
func (x *tenant) clinic() {
	x.t.Helper()
	f, err := x.app.Appointments.SaveClinic(ctx, clinical(x.w.OHAdmin, access.OHAdmin), x.at(), appointment.Clinic{ID: uuid.New(), Name: "Nurse clinic", Site: "Main site", Mode: "phone",
		Weekday: time.Tuesday, Start: 10 * time.Hour, SlotMinutes: 30, Slots: 6, Clinician: x.w.OHNurse.Account, From: x.at().Truncate(24 * time.Hour)})
	x.must(f, err)
}

func (x *tenant) refer() {
	x.t.Helper()
	ward, me := x.w.Ward.As(access.Manager, access.Employer), x.w.Nurse.As(access.Person, access.Portal)
	draft, err := x.app.Referrals.Start(ctx, ward, x.at(), uuid.New(), x.w.Nurse.Person)
	x.must(nil, err)
	day := locale.Day(x.at())
	x.must(nil, x.app.Referrals.Save(ctx, ward, x.at(), draft, sheet.Why, func(t *sheet.Text) {
		t.Reason, t.Why, t.Tried = "LTS", x.say(open_, "why"), x.say(open_, "tried")
		t.Absence = sheet.Absence{Now: "yes", First: day.AddDays(-28)}
		t.Questions, t.Own = []string{"Q01"}, []string{x.say(open_, "own")}
		t.Viewers = []sheet.Named{{ID: x.w.HR.Person, Name: x.w.HR.Name}}
		t.Told = sheet.Told{Done: "yes", On: day, How: "phone", Shown: t.Digest()}
	}))
	missing, err := x.app.Referrals.Submit(ctx, ward, x.at(), draft)
	if err != nil || len(missing) > 0 {
		x.t.Fatal(missing, err)
	}
	x.case1 = draft
	x.work()
	for to, kind := range map[referral.Reader]string{referral.OH: private, referral.Shared: open_} {
		f, err := x.app.Referrals.Comment(ctx, me, x.at(), referral.Remark{ID: uuid.New(), Referral: x.case1, To: to, Text: x.say(kind, "comment")})
		x.must(f, err)
	}
}

// returned sends the referral back once and takes it in again, then accepts it.
func (x *tenant) returned() {
	x.t.Helper()
	admin, nurse := clinical(x.w.OHAdmin, access.OHAdmin), clinical(x.w.OHNurse, access.Nurse)
	f, err := x.app.Triage.Return(ctx, admin, x.at(), triage.SendBack{ID: uuid.New(), Case: x.case1, Message: "RETURN-INFO", Missing: x.say(private, "missing")})
	x.must(f, err)
	x.must(nil, x.app.Triage.Resume(ctx, admin, x.at(), x.case1))
	f, err = x.app.Triage.Decide(ctx, nurse, x.at(), triage.Decision{ID: uuid.New(), Case: x.case1, Outcome: "ACCEPT-OHN", Priority: "P2", Rationale: x.say(private, "rationale")})
	x.must(f, err)
}

// book books the next free time as somebody, and gives the appointment.
func (x *tenant) book(a access.Actor, id uuid.UUID) uuid.UUID {
	x.t.Helper()
	o, err := x.app.Appointments.FindCase(ctx, a, id)
	x.must(nil, err)
	times, _, err := x.app.Appointments.Free(ctx, a, x.at(), o.Value.(appointment.Case), appointment.Wanted{Role: string(access.Nurse), From: x.at()})
	if err != nil || len(times) == 0 {
		x.t.Fatal(len(times), "free times", err)
	}
	made := uuid.New()
	x.must(nil, x.app.Appointments.Book(ctx, a, x.at(), appointment.Booking{ID: made, Case: id, Slot: times[0].Slot}))
	return made
}

func (x *tenant) load(id uuid.UUID) (c casefile.Case) {
	x.t.Helper()
	err := x.db.InTenant(ctx, clinical(x.w.OHNurse, access.Nurse), func(tx *postgres.Tx) (err error) {
		c, err = casefile.Find(ctx, tx, id)
		return err
	})
	x.must(nil, err)
	return c
}

// sign writes a note with a canary in each box, drafts first as a browser does, and signs it.
func (x *tenant) sign(a access.Actor, id uuid.UUID, field string, addendumTo uuid.UUID) uuid.UUID {
	x.t.Helper()
	in := note.Draft{ID: uuid.New(), Body: x.say(private, field), AddendumTo: addendumTo}
	if addendumTo == uuid.Nil {
		in.Findings = note.Findings{Presenting: x.say(private, field+"-presenting"), Function: x.say(private, field+"-function"), Work: []string{"demands"},
			WorkDetail: x.say(private, field+"-work"), Risk: "watch", RiskDetail: x.say(private, field+"-risk"), Contact: note.Contact{Class: "treatment", Minutes: 30}}
	}
	x.must(nil, x.app.Notes.Save(ctx, a, x.at(), x.load(id), in))
	f, err := x.app.Notes.Sign(ctx, a, x.at(), x.load(id), in)
	x.must(f, err)
	x.notes = append(x.notes, in.ID)
	return in.ID
}

func (x *tenant) see() {
	x.t.Helper()
	nurse := clinical(x.w.OHNurse, access.Nurse)
	visit := x.book(x.w.Nurse.As(access.Person, access.Portal), x.case1)
	x.wait(25*time.Hour + 5*time.Minute)
	x.must(nil, x.app.Appointments.Attend(ctx, nurse, x.at(), visit, true))
	first := x.sign(nurse, x.case1, "note", uuid.Nil)
	second := x.sign(nurse, x.case1, "addendum", first)
	c := x.load(x.case1)
	x.must(x.app.Notes.Withhold(ctx, nurse, x.at(), access.Object{Kind: "casefile", ID: c.ID, Subject: c.Person, Value: c}, second,
		note.Withholding{Reason: "third_party", Why: x.say(private, "withheld-why"), ReviewOn: x.at().AddDate(0, 1, 0)}))
	x.must(nil, x.app.Notes.Record(ctx, nurse, x.at(), c, note.Outcome{ID: uuid.New(), Note: first, Fitness: "FIT_ADJ_TEMP", Effective: x.at(), Words: x.say(private, "timescale"),
		Review: x.at().AddDate(0, 1, 0), Adjustments: []note.Adjustment{{Kind: "LIFTING", Detail: x.say(private, "outcome-adjustment")}}}))
}

// counsel refers on to the counsellor inside the case; her notes are closed even to colleagues.
func (x *tenant) counsel() {
	x.t.Helper()
	counsellor, step := clinical(x.w.OHCounsellor, access.Counsellor), uuid.New()
	x.must(nil, x.app.Cases.ReferOn(ctx, clinical(x.w.OHNurse, access.Nurse), x.at(), x.load(x.case1), casefile.ReferOn{ID: step, To: access.Counsellor, Why: x.say(private, "refer-on")}))
	r := httptest.NewRequest("GET", "/", nil)
	r.SetPathValue("id", x.case1.String())
	r.SetPathValue("step", step.String())
	o, err := x.app.Cases.LoadStep(ctx, counsellor, r)
	x.must(nil, err)
	x.must(nil, x.app.Cases.Accept(ctx, counsellor, x.at(), o.Value.(casefile.Asked)))
	x.sign(counsellor, x.case1, "counselling", uuid.Nil)
}

// content is a report with a canary in each text.
func (x *tenant) content(kind string) report.Content {
	return report.Content{Summary: x.say(kind, "summary"), Answers: []report.Answer{{Text: x.say(kind, "answer-1")}, {Text: x.say(kind, "answer-2")}}, Fitness: "FIT_ADJ_TEMP",
		FitnessDetail: x.say(kind, "fitness"), EffectiveOn: civil.Of(x.at()), ReviewOn: civil.Of(x.at()).AddDays(30), EqualityAct: "POSSIBLE", Outlook: x.say(kind, "outlook"), WorkRelated: "NO",
		Adjustments: []report.Adjustment{{Kind: "LIFTING", Detail: x.say(kind, "adjustment"), EndsOn: civil.Of(x.at()).AddDays(60)}}}
}

// write signs a report, has it corrected by the person, and releases the second version.
func (x *tenant) write() {
	x.t.Helper()
	nurse, me := clinical(x.w.OHNurse, access.Nurse), x.w.Nurse.As(access.Person, access.Portal)
	for version, kind := range []string{private, released} {
		d, err := x.app.Reports.Desk(ctx, nurse, x.at(), x.case1)
		x.must(nil, err)
		x.report = d.ID
		for _, c := range d.Corrections {
			x.must(nil, x.app.Reports.AnswerCorrection(ctx, nurse, x.at(), report.AnswerCorrection{Case: x.case1, Correction: c.ID, Text: x.say(private, "correction-answer")}))
		}
		f, err := x.app.Reports.Save(ctx, nurse, x.at(), report.Save{Case: x.case1, Version: d.Version, Content: x.content(kind)})
		x.must(f, err)
		f, err = x.app.Reports.Sign(ctx, nurse, x.at(), report.Sign{Case: x.case1, Version: d.Version})
		x.must(f, err)
		x.wait(time.Minute)
		say := report.Say{Report: x.report, Kind: report.Given, Version: d.Version}
		if version == 0 {
			say.Kind, say.Correction, say.Text = report.CorrectionAsked, uuid.New(), x.say(private, "correction")
		}
		x.must(nil, x.app.Reports.Say(ctx, me, x.at(), say))
		x.work()
	}
}

// disclose proposes a minimum statement without consent, which a physician confirms.
func (x *tenant) disclose() {
	x.t.Helper()
	id := uuid.New()
	f, err := x.app.Reports.Propose(ctx, clinical(x.w.OHNurse, access.Nurse), x.at(), report.Disclosure{ID: id, Case: x.case1, Asked: x.w.OHPhysician.Account, Recipient: x.say(private, "recipient"), Ground: "law",
		Statement: x.say(private, "statement"), Rationale: x.say(private, "disclosure-rationale"), NotToldReason: x.say(private, "not-told")})
	x.must(f, err)
	x.must(nil, x.app.Reports.ConfirmDisclosure(ctx, clinical(x.w.OHPhysician, access.Physician), x.at(), x.case1, id))
}

// after is what follows: a colleague breaks the glass, the person says how it was.
func (x *tenant) after() {
	x.t.Helper()
	x.must(nil, x.app.Glass.Open(ctx, clinical(x.w.OHNurse2, access.Nurse), x.at(), glass.Person{Organisation: x.w.Trust, ID: x.w.Nurse.Person},
		glass.Grant{ID: uuid.New(), Reason: "danger_to_life", Detail: x.say(review, "break-glass")}))
	token, err := x.keys.MintLink(seal.Link{ID: uuid.New(), Purpose: feedback.Purpose, Organisation: x.w.Trust, Service: x.w.Service, Object: uuid.New(), Expires: x.at().Add(time.Hour)})
	x.must(nil, err)
	_, f, err := x.app.Feedback.Give(ctx, token, x.at(), feedback.Answer{Communication: 4, Specific: 4, Mattered: 5, Comment: x.say(service, "feedback")})
	x.must(f, err)
}

// learn has the nurse write down what the case taught her: hers alone.
func (x *tenant) learn() {
	x.t.Helper()
	f, err := x.app.Practice.KeepCPD(ctx, clinical(x.w.OHNurse, access.Nurse), x.at(), practice.CPD{ID: uuid.New(), On: locale.Day(x.at()), Kind: "work", Minutes: 60,
		What: x.say(mine, "learned"), Reflection: x.say(mine, "reflection")})
	x.must(f, err)
}

// selfRefer is the whole life of somebody's self-referral: no employer may know of it. booked is called half way.
func (x *tenant) selfRefer(who world.Who, booked func()) {
	x.t.Helper()
	nurse, me := clinical(x.w.OHNurse, access.Nurse), who.As(access.Person, access.Portal)
	x.case2 = uuid.New()
	f, err := x.app.SelfReferrals.Send(ctx, me, x.at(), selfreferral.Ask{ID: x.case2, Reason: selfreferral.Reasons()[0].Code, Text: x.say(private, "self-referral"), Contact: selfreferral.Contacts[0]})
	x.must(f, err)
	f, err = x.app.Triage.Decide(ctx, nurse, x.at(), triage.Decision{ID: uuid.New(), Case: x.case2, Outcome: "ACCEPT-OHN", Priority: "P2", Rationale: x.say(private, "self-rationale")})
	x.must(f, err)
	visit := x.book(nurse, x.case2)
	booked()
	x.wait(7 * 24 * time.Hour)
	x.must(nil, x.app.Appointments.Attend(ctx, nurse, x.at(), visit, true))
	x.sign(nurse, x.case2, "self-note", uuid.Nil)
	left, err := x.app.Cases.Close(ctx, nurse, x.at(), x.load(x.case2), "ADVICE_COMPLETE")
	if err != nil || left.Any() {
		x.t.Fatal(left, err)
	}
	x.work()
}

// rollUp makes what the growth side reads.
func (x *tenant) rollUp() {
	x.t.Helper()
	err := x.db.InTenant(ctx, access.SystemActor(access.Worker, uuid.Nil, x.w.Service), func(tx *postgres.Tx) error {
		_, err := activity.Rebuild(context.Background(), tx, x.w.Service, x.at())
		return err
	})
	x.must(nil, err)
}
