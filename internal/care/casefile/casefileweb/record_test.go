package casefileweb_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/casefile"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/casetest"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

func clinical(w world.Who, r access.Role) access.Actor { return w.As(r, access.Clinical) }

// addNote puts a note into a case; canary is its text.
func addNote(b *casetest.Bench, c casefile.Case, by world.Who, role access.Role, canary string, signed bool) uuid.UUID {
	id := uuid.New()
	var at *time.Time
	if signed {
		at = &b.Now
	}
	b.Exec(clinical(by, role), `insert into note (service_id, id, casefile_id, organisation_id, person_id, restricted, author_account, author_name, author_role, body, findings, saved_at, signed_at)
 values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)`,
		c.Service, id, c.ID, c.Organisation, c.Person, role == access.Counsellor, by.Account, by.Name, role,
		b.Seal(sealed.NoteBody, id, canary), b.Seal(sealed.NoteFindings, id, `{"presenting":"canary-presenting"}`), b.Now, at)
	return id
}

func TestRecord(t *testing.T) {
	b := casetest.New(t)
	c := b.Managed(flow.Attended, &b.W.OHNurse)
	b.Visit(c, b.W.OHNurse, access.Nurse, "attended", b.Now.Add(-time.Hour))
	b.Visit(c, b.W.OHCounsellor, access.Counsellor, "booked", b.Now.AddDate(0, 0, 5))
	comment := uuid.New()
	b.Exec(b.W.Nurse.As(access.Person, access.Portal), `insert into oh_comment (service_id, id, organisation_id, referral_id, person_id, text, at) values ($1,$2,$3,$4,$5,$6,$7)`,
		c.Service, comment, c.Organisation, c.Referral, c.Person, b.Seal(sealed.OHComment, comment, "canary-comment"), b.Now)
	addNote(b, c, b.W.OHNurse, access.Nurse, "canary-note", true)
	addNote(b, c, b.W.OHNurse, access.Nurse, "canary-draft", false)
	addNote(b, c, b.W.OHCounsellor, access.Counsellor, "canary-counselling", true)
	b.Task(c, b.W.OHPhysio)
	path := "/cases/" + c.ID.String()
	s := b.Site(b.Now)
	for _, tt := range []struct {
		name  string
		actor access.Actor
		says  []string
		hides []string
	}{
		{"nurse of the case", clinical(b.W.OHNurse, access.Nurse), []string{"Amara Okafor", "Staff nurse", "07700900111", "canary-note", "canary-draft", "canary-comment", "Write a note", "Refer on"}, []string{"canary-counselling"}},
		{"physio with a task", clinical(b.W.OHPhysio, access.Physio), []string{"canary-note", "canary-comment"}, []string{"canary-draft", "canary-counselling"}},
		{"counsellor with an appointment", clinical(b.W.OHCounsellor, access.Counsellor), []string{"Amara Okafor", "canary-counselling"},
			[]string{"canary-note", "canary-draft", "canary-comment", "canary-presenting\n", "Helen Marsh", "Management referral"}},
		{"administrator", clinical(b.W.OHAdmin, access.OHAdmin), []string{"Management referral", "Helen Marsh", "Close the case"},
			[]string{"canary-note", "canary-draft", "canary-comment", "canary-counselling", "canary-presenting", "Write a note"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before := opened(b, c)
			s.As(tt.actor).Get(path).Want(200).Says(tt.says...).Hides(tt.hides...)
			if n := opened(b, c) - before; n != 1 {
				t.Errorf("%d rows of the audit log for one opening", n)
			}
		})
	}
	for _, tt := range []struct {
		name  string
		actor access.Actor
	}{
		{"nurse without a relationship", clinical(b.W.OHNurse2, access.Nurse)},
		{"physician without a relationship", clinical(b.W.OHPhysician, access.Physician)},
		{"lead", clinical(b.W.OHLead, access.Lead)},
		{"nurse of another service", clinical(b.W.ForeignOHNurse, access.Nurse)},
		{"administrator of another service", clinical(b.W.ForeignOHAdmin, access.OHAdmin)},
		{"manager who referred", b.W.Ward.As(access.Manager, access.Employer)},
		{"HR", b.W.HR.As(access.HR, access.Employer)},
		{"the person", b.W.Nurse.As(access.Person, access.Portal)},
		{"Caldicott guardian", b.W.Caldicott.As(access.Caldicott, access.Audit)},
		{"the person's manager with an OH role nowhere", b.W.ForeignManager.As(access.Manager, access.Employer)},
	} {
		t.Run("never "+tt.name, func(t *testing.T) {
			for _, p := range []string{path, path + "/refer-on", path + "/close", path + "/review"} {
				s.As(tt.actor).Get(p).Want(404).Hides("canary", "Amara", "Okafor")
			}
			s.As(tt.actor).Post(path+"/close", url.Values{"reason": {"FULL_DUTY"}}).Want(404)
		})
	}
	if got := b.Load(c.Service, c.ID).State; got != flow.Attended {
		t.Errorf("the case moved to %s", got)
	}
	s.Anonymous().Get(path).To("/sign-in")
}

func TestAnOHNurseDoesNotOpenHerOwnRecord(t *testing.T) {
	b := casetest.New(t)
	c := b.About(b.W.OHNurse, b.W.Ward, flow.Attended, &b.W.OHNurse)
	own := b.About(b.W.OHAdmin, b.W.Ward, flow.Attended, nil)
	s := b.Site(b.Now)
	s.As(clinical(b.W.OHNurse, access.Nurse)).Get("/cases/" + c.ID.String()).Want(404)
	s.As(clinical(b.W.OHAdmin, access.OHAdmin)).Get("/cases/" + own.ID.String()).Want(404)
}

func opened(b *casetest.Bench, c casefile.Case) int {
	return b.Count(b.W.Caldicott.As(access.Caldicott, access.Audit), `select count(*) from audit_event where action = 'casefile.opened' and object_id = $1 and subject_person = $2 and ground <> ''`, c.ID, c.Person)
}

func TestToday(t *testing.T) {
	b := casetest.New(t)
	c := b.Managed(flow.Booked, &b.W.OHNurse)
	noon := b.Noon()
	b.Visit(c, b.W.OHNurse, access.Nurse, "booked", noon)
	b.Visit(c, b.W.OHPhysio, access.Physio, "booked", noon.AddDate(0, 0, 1))
	b.Task(c, b.W.OHNurse)
	addNote(b, c, b.W.OHNurse, access.Nurse, "draft", false)
	s := b.Site(b.Now)
	s.As(clinical(b.W.OHNurse, access.Nurse)).Get("/today").Want(200).Says("Amara Okafor", "midday", "Follow up", "Notes to finish")
	s.As(clinical(b.W.OHPhysio, access.Physio)).Get("/today").Want(200).Hides("Okafor")
	s.As(clinical(b.W.OHAdmin, access.OHAdmin)).Get("/today").Want(200).Says("Amara Okafor", "Helen Marsh").Hides("Notes to finish")
	s.As(clinical(b.W.ForeignOHAdmin, access.OHAdmin)).Get("/today").Want(200).Hides("Okafor")
	s.As(clinical(b.W.OHLead, access.Lead)).Get("/today").Want(404)
}

// Today leads the clinician to what is missing, and the administrator to who waits for triage.
func TestTodaySaysWhatIsNext(t *testing.T) {
	b := casetest.New(t)
	c := b.Managed(flow.Attended, &b.W.OHNurse)
	b.Visit(c, b.W.OHNurse, access.Nurse, "attended", b.Noon())
	b.About(b.W.Peer, b.W.Ward, flow.Received, nil)
	nurse, admin := b.Site(b.Now).As(clinical(b.W.OHNurse, access.Nurse)), b.Site(b.Now).As(clinical(b.W.OHAdmin, access.OHAdmin))
	path := "/cases/" + c.ID.String()
	nurse.Get("/today").Want(200).Says("Write the note", "1 to triage").Hides("Write the report")
	admin.Get("/today").Want(200).Says("1 to triage").Hides("Write the note")
	b.Site(b.Now).As(clinical(b.W.OHPhysio, access.Physio)).Get("/today").Want(200).Hides("to triage")
	draft := addNote(b, c, b.W.OHNurse, access.Nurse, "x", false)
	nurse.Get("/today").Want(200).Says("Sign the note").Hides("Write the note")
	nurse.Get(path).Want(200).Hides("Now write the report")
	oh := clinical(b.W.OHNurse, access.Nurse)
	b.Exec(oh, `update note set signed_at = $2 where id = $1`, draft, b.Now)
	nurse.Get("/today").Want(200).Hides("Write the report") // no report was opened
	b.Exec(oh, `insert into report (service_id, id, organisation_id, casefile_id, referral_id, person_id, recipients, opened_at) values ($1,$2,$3,$4,$5,$6,$7,$8)`,
		c.Service, uuid.New(), c.Organisation, c.ID, c.Referral, c.Person, []uuid.UUID{b.W.Ward.Person}, b.Now)
	nurse.Get("/today").Want(200).Says("Write the report").Hides("Write the note", "Sign the note")
	nurse.Get(path).Want(200).Says("Now write the report", "Back to Today", "P2, standard")
	nurse.Get(path+"/notes/"+draft.String()).Want(200).Says("Now write the report", "Back to Today", "Born 7 March 1984")
}

func TestReferOn(t *testing.T) {
	b := casetest.New(t)
	c := b.Managed(flow.Attended, &b.W.OHNurse)
	s := b.Site(b.Now)
	path := "/cases/" + c.ID.String()
	nurse, physio, physician := s.As(clinical(b.W.OHNurse, access.Nurse)), s.As(clinical(b.W.OHPhysio, access.Physio)), s.As(clinical(b.W.OHPhysician, access.Physician))

	form := nurse.Get(path + "/refer-on").Want(200).Form()
	if errs := nurse.Post(path+"/refer-on", form).Want(422).Errors(); len(errs) != 2 {
		t.Errorf("errors: %q", errs)
	}
	form.Set("to", "oh_physio")
	form.Set("why", "canary-why: please look at the shoulder")
	nurse.Post(path+"/refer-on", form).To(path)
	nurse.Post(path+"/refer-on", form).To(path) // a double click
	if n := b.Count(clinical(b.W.OHNurse, access.Nurse), `select count(*) from case_step where casefile_id = $1`, c.ID); n != 1 {
		t.Fatalf("%d steps", n)
	}
	if n := b.Count(access.SystemActor(access.Worker, c.Organisation, c.Service), `select count(*) from activity where kind = 'casefile.referred_on' and service_id = $1 and outcome = 'oh_physio' and staff_group is not null`, c.Service); n != 1 {
		t.Errorf("%d rows in the ledger", n)
	}
	step := ""
	for _, l := range physio.Get("/today").Want(200).Says("Referred on to you", "Amara Okafor").Links() {
		if strings.HasPrefix(l, path+"/steps/") {
			step = l
		}
	}
	if step == "" {
		t.Fatal("the physiotherapist's day has no link to the step")
	}
	physio.Get(path).Want(404) // asked is not accepted
	physio.Get(step).Want(200).Says("canary-why")
	physician.Get(step).Want(404).Hides("canary-why")
	physician.Post(step+"/accept", nil).Want(404)
	s.As(clinical(b.W.OHAdmin, access.OHAdmin)).Get(step).Want(404)
	physio.Post(step+"/accept", nil).To(path)
	physio.Get(path).Want(200).Says("canary-why")
	physio.Post(step+"/accept", nil).Want(409)
	nurse.Post(path+"/close", url.Values{"reason": {"FULL_DUTY"}}).Want(422).Says("1 colleague has been asked")
	physio.Post(step+"/done", nil).To("/today")
	physio.Get(path).Want(404) // the relationship ended with the step
}

func TestClose(t *testing.T) {
	b := casetest.New(t)
	s := b.Site(b.Now)
	nurse := s.As(clinical(b.W.OHNurse, access.Nurse))
	c := b.Managed(flow.Attended, &b.W.OHNurse)
	path := "/cases/" + c.ID.String()
	task := b.Task(c, b.W.OHNurse)
	draft := addNote(b, c, b.W.OHNurse, access.Nurse, "x", false)
	visit := b.Visit(c, b.W.OHPhysio, access.Physio, "booked", b.Now.AddDate(0, 0, 2))
	nurse.Get(path+"/close").Want(200).Says("1 task is open", "1 note is not signed", "1 appointment is booked")
	nurse.Post(path+"/close", url.Values{}).Want(422)
	nurse.Post(path+"/close", url.Values{"reason": {"MERGED"}}).Want(422)
	nurse.Post(path+"/close", url.Values{"reason": {"FULL_DUTY"}}).Want(422).Says("1 task is open")
	if got := b.Load(c.Service, c.ID).State; got != flow.Attended {
		t.Fatalf("a refused close moved the case to %s", got)
	}
	nurse.Post(path+"/tasks/"+task.String()+"/done", nil).To(path)
	oh := clinical(b.W.OHNurse, access.Nurse)
	b.Exec(oh, `update note set signed_at = $2 where id = $1`, draft, b.Now)
	b.Exec(oh, `update appointment set state = 'cancelled', outcome_code = 'MOVE-OH' where id = $1`, visit)
	nurse.Post(path+"/close", url.Values{"reason": {"FULL_DUTY"}}).To("/today")
	got := b.Load(c.Service, c.ID)
	if got.State != flow.Closed || got.ClosingReason != "FULL_DUTY" {
		t.Errorf("closed as %s %s", got.State, got.ClosingReason)
	}
	ward := b.W.Ward.As(access.Manager, access.Employer)
	if n := b.Count(ward, `select count(*) from referral where id = $1 and state = 'closed' and state_reason is null`, c.Referral); n != 1 {
		t.Error("the referrer sees another state, or a reason")
	}
	nurse.Get(path).Want(404) // the relationship ended with the case
	s.As(clinical(b.W.OHAdmin, access.OHAdmin)).Get(path).Want(200).Says("Returned to full duty", ": Moved.")
}

// TestTaskByAnswer: a request to correct facts leads to where it is answered, for whom it may open, and nobody ticks it off.
func TestTaskByAnswer(t *testing.T) {
	b := casetest.New(t)
	c := b.Managed(flow.ReportDraft, &b.W.OHNurse)
	oh := clinical(b.W.OHNurse, access.Nurse)
	task, follow := b.Task(c, b.W.OHNurse), b.Task(c, b.W.OHNurse)
	b.Exec(oh, `update task set kind = 'correction' where id = $1`, task)
	path, s := "/cases/"+c.ID.String(), b.Site(b.Now)
	nurse, admin := s.As(oh), s.As(clinical(b.W.OHAdmin, access.OHAdmin))
	for _, page := range []string{"/today", path} {
		if got := nurse.Get(page).Want(200).Says("Answer the request"); !slices.Contains(got.Links(), path+"/report#corrections") {
			t.Errorf("%s leads to %q", page, got.Links())
		}
		admin.Get(page).Want(200).Says("Answer a request to correct facts").Hides("Answer the request")
	}
	for _, who := range []*webtest.Browser{nurse, admin} {
		if got := who.Get(path).Body; strings.Contains(got, task.String()) || !strings.Contains(got, follow.String()) {
			t.Error("the wrong task can be ticked off")
		}
		who.Post(path+"/tasks/"+task.String()+"/done", nil).Want(409).Says("once the request is answered")
	}
	if n := b.Count(oh, `select count(*) from task where casefile_id = $1 and done_at is null`, c.ID); n != 2 {
		t.Errorf("%d tasks are open", n)
	}
}

func TestReview(t *testing.T) {
	b := casetest.New(t)
	nurse := b.Site(b.Now).As(clinical(b.W.OHNurse, access.Nurse))
	c := b.Managed(flow.Attended, &b.W.OHNurse)
	path := "/cases/" + c.ID.String() + "/review"
	nurse.Get(path).Want(200)
	nurse.Post(path, url.Values{}).Want(422)
	nurse.Post(path, url.Values{"by-day": {"31"}, "by-month": {"2"}, "by-year": {"2027"}}).Want(422)
	by := b.Now.AddDate(0, 2, 0)
	nurse.Post(path, url.Values{"by-day": {by.Format("2")}, "by-month": {by.Format("1")}, "by-year": {by.Format("2006")}}).To("/cases/" + c.ID.String())
	got := b.Load(c.Service, c.ID)
	if got.State != flow.AwaitingBooking || got.DueOn.Format(time.DateOnly) != by.Format(time.DateOnly) {
		t.Errorf("planned as %s, due %s", got.State, got.DueOn)
	}
	nurse.Get(path).Want(404) // no longer a state in which a review is planned
}

// The employer and growth logins have no way to the clinical record at all; the audit login reads why a glass was broken.
func TestNoOtherLoginReadsTheRecord(t *testing.T) {
	b := casetest.New(t)
	c := b.Managed(flow.Attended, &b.W.OHNurse)
	addNote(b, c, b.W.OHNurse, access.Nurse, "canary", true)
	for _, wall := range []access.Wall{access.Employer, access.Growth, access.Hall, access.Audit, access.Worker} {
		for _, table := range []string{"note", "outcome", "contact", "case_step", "break_glass", "casefile", "self_referral", "oh_comment"} {
			err := b.Try(b.W.Ward.As(access.Manager, wall), `select count(*) from `+table)
			reads := wall == access.Audit && table == "break_glass" // the reason, and nothing else of it
			if reads != (err == nil) || !reads && postgres.Code(err) != postgres.PermissionDenied {
				t.Errorf("%s login on %s: %v", wall, table, err)
			}
		}
	}
	for _, column := range []string{"person_id", "account_id", "opened_at"} {
		if err := b.Try(b.W.Caldicott.As(access.Caldicott, access.Audit), `select `+column+` from break_glass`); postgres.Code(err) != postgres.PermissionDenied {
			t.Errorf("audit login on break_glass.%s: %v", column, err)
		}
	}
	if n := b.Count(b.W.Foreign.As(access.Caldicott, access.Audit), `select count(*) from break_glass`); n != 0 {
		t.Errorf("a guardian of another trust reads %d reasons", n)
	}
	for _, table := range []string{"outcome", "contact", "case_step", "break_glass"} {
		if err := b.Try(b.W.Nurse.As(access.Person, access.Portal), `select count(*) from `+table); postgres.Code(err) != postgres.PermissionDenied {
			t.Errorf("portal login on %s: %v", table, err)
		}
	}
	for _, a := range []access.Actor{clinical(b.W.ForeignOHNurse, access.Nurse), b.W.Peer.As(access.Person, access.Portal), b.W.Foreign.As(access.Person, access.Portal)} {
		if n := b.Count(a, `select count(*) from note where casefile_id = $1`, c.ID); n != 0 {
			t.Errorf("%s of another tenant reads %d notes", a.Role, n)
		}
	}
}

// The line of an appointment ends before what the person said to it begins.
func TestAppointmentSaysWhetherTheyAgreed(t *testing.T) {
	b := casetest.New(t)
	c := b.Managed(flow.Attended, &b.W.OHNurse)
	visit := b.Visit(c, b.W.OHNurse, access.Nurse, "attended", b.Now.Add(-time.Hour))
	b.Exec(clinical(b.W.OHNurse, access.Nurse), `insert into assessment_consent (service_id, id, casefile_id, appointment_id, organisation_id, person_id, agreed, method, words, recorder_account, recorder_name, at)
 values ($1, $2, $3, $4, $5, $6, true, 'phone', 'asked', $7, 'Helen Marsh', $8)`, c.Service, uuid.New(), c.ID, visit, c.Organisation, c.Person, b.W.OHNurse.Account, b.Now)
	b.Site(b.Now).As(clinical(b.W.OHNurse, access.Nurse)).Get("/cases/" + c.ID.String()).Want(200).Says(": Attended. They agreed to be assessed.")
}
