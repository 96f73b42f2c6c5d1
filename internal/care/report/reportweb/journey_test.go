package reportweb_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/report"
	"github.com/rowan-ohwb/rowan/internal/care/report/casetest"
	"github.com/rowan-ohwb/rowan/internal/care/report/reportweb"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// open serves the pages for a case; the loader stands for the casefile slice's: the clinicians of the service
// have the case, nobody else does.
func open(t *testing.T) (*casetest.Case, *webtest.Site) {
	c := casetest.New(t)
	return c, siteOf(c, c.W.OHNurse)
}

// siteOf has the pages, for a case that some clinicians look after.
func siteOf(c *casetest.Case, carers ...world.Who) *webtest.Site {
	load := func(_ context.Context, a access.Actor, r *http.Request) (access.Object, error) {
		id, err := web.PathID(r, "id")
		o := access.Object{Kind: "case", ID: id, Subject: c.W.Nurse.Person, Ground: "case"}
		if slices.ContainsFunc(carers, func(w world.Who) bool { return w.Account == a.Account }) {
			o.Relations = []access.Relation{access.Care}
		}
		return o, err
	}
	return webtest.New(c.T, c.Now, reportweb.Routes(c.S, load, func(context.Context, access.Actor, time.Time, access.Object) (templ.Component, error) {
		return templ.Raw("noted-canary"), nil
	}), report.Rules)
}

func merge(base url.Values, more map[string]string) url.Values {
	for k, v := range more {
		base.Set(k, v)
	}
	return base
}

var typed = map[string]string{
	"summary": "Back pain limits lifting.", "answer-1": "Yes, with changes.", "answer-2": "From Monday.", "fitness": "FIT_ADJ_TEMP",
	"adjustment-1-kind": "PHASED_RETURN", "adjustment-1-detail": "Half hours for two weeks",
	"adjustment-1-end-day": "14", "adjustment-1-end-month": "12", "adjustment-1-end-year": "2026",
	"equality_act": "POSSIBLE", "outlook": "Full recovery is likely.", "work_related": "NO",
}

func TestFromDraftToManager(t *testing.T) {
	c, site := open(t)
	desk, own, manager := "/cases/"+c.ID.String()+"/report", "/my/reports/"+c.Report.String(), "/referrals/"+c.Referral.String()
	nurse, person, ward := site.As(c.Clinician), site.As(c.Person), site.As(c.Manager)

	person.Get("/my/reports").Want(200).Says("Not written yet", "Tom Reid, Ward manager")
	wait := person.Get(own).Want(200).Says("Priya Nair, HR adviser", "How may your report go?")
	person.Post(own, wait.Form()).Want(422).Says("Select how your report may go")
	person.Post(own, merge(wait.Form(), map[string]string{"say": "after_days-7"})).To(own)
	person.Get(own).Says("7 days after it is signed, unless I object")
	person.Post(own, merge(wait.Form(), map[string]string{"say": "after_read"})).To(own)

	page := nurse.Get(desk).Want(200).Says("Are they fit for their full role now?", "Can she work on another ward?", "Amara Okafor")
	nurse.Post(desk, merge(page.Form(), map[string]string{"summary": "half", "review_on-day": "40", "review_on-month": "1", "review_on-year": "2027"})).Want(422).Says("Review date: enter the day as a number from 1 to 31")
	nurse.Post(desk, merge(page.Form(), map[string]string{"summary": "half", "review_on-day": "", "review_on-month": "", "review_on-year": ""})).To(desk)
	if got := nurse.Post(desk, merge(nurse.Get(desk).Form(), map[string]string{"do": "preview"})).Want(422).Says("Are they fit for their full role now?”, or tick").Errors(); len(got) < 4 {
		t.Errorf("half a report, before its preview, lacks only %q", got)
	}
	half := nurse.Get(desk + "/sign").Want(200).Says("asked to read it first")
	if got := nurse.Post(desk+"/sign", half.Form()).Want(422).Errors(); len(got) < 4 {
		t.Errorf("half a report lacks only %q", got)
	}
	full := merge(nurse.Get(desk).Form(), typed)
	nurse.Post(desk, merge(full, map[string]string{"do": "preview"})).To(desk + "/preview")
	nurse.Get(desk+"/preview").Want(200).Hides("Check these words").Says("This is exactly what the recipients will see", "Not given", "Half hours for two weeks", "Tom Reid, Ward manager")
	ward.Get(manager + "/report").Want(200).Says("No report yet").Hides("Back pain")
	nurse.Post(desk+"/sign", nurse.Get(desk+"/sign").Form()).To(desk)

	read := person.Get(own).Want(200).Says("This is exactly what they will see", "Back pain limits lifting.", "I have read version 1 of my report")
	ward.Get(manager + "/report").Want(200).Hides("Back pain")
	person.Post(own, merge(read.Form(), map[string]string{"say": "given"})).To(own)
	must(t, c.Run())
	ward.Get(manager+"/report").Want(200).Says("Back pain limits lifting.", "Half hours for two weeks", "Helen Marsh, OH nurse")
	site.As(c.W.HR.As(access.HR, access.Employer)).Get(manager + "/report").Want(200).Says("Back pain limits lifting.")
	if seen := person.Get(own).Text(); !strings.Contains(seen, "was sent on") {
		t.Errorf("the person is not told that it was sent: %s", seen)
	}
	adjust := ward.Get(manager + "/adjustments").Want(200).Says("Phased return: Half hours for two weeks")
	ward.Post(manager+"/adjustments", merge(adjust.Form(), map[string]string{"status-1": "not_possible"})).Want(422).Says("Enter why it is not possible")
	ward.Post(manager+"/adjustments", merge(adjust.Form(), map[string]string{"status-1": "not_possible", "reason-1": "No cover"})).To(manager + "/report")
	ask := ward.Get(manager + "/report").Want(200).Says("Did the report answer your questions? (optional)")
	if e := ward.Post(manager+"/report", ask.Form()).Want(422).Says("Back pain limits lifting.").Errors(); !slices.Equal(e, []string{"Select yes, partly or no"}) {
		t.Errorf("errors %q", e)
	}
	ward.Post(manager+"/report", url.Values{"answered": {"yes"}}).Want(404) // of which report?
	ward.Post(manager+"/report", merge(ask.Form(), map[string]string{"answered": "partly"})).To(manager + "/report")
	ward.Post(manager+"/report", merge(ask.Form(), map[string]string{"answered": "yes"})).To(manager + "/report") // the first answer stands
	ward.Get(manager + "/report").Want(200).Says("You said: Partly").Hides("Send my answer")
	site.As(c.W.HR.As(access.HR, access.Employer)).Get(manager + "/report").Want(200).Says("Send my answer").Hides("You said")
	nurse.Get(desk).Want(200).Says("Version 1 was signed").Hides("version 2")
	nurse.Get(desk).Want(200).Says("First read by a recipient on", "Begin a new version")
	if len(nurse.Get(desk).Form()) > 0 {
		t.Error("a signed report invites to write")
	}
	nurse.Get(desk + "?version=new").Want(200).Says("version 2")
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestWords: what the page showed is what the record keeps.
func TestWords(t *testing.T) {
	c, site := open(t)
	c.Sign("v1")
	own := "/my/reports/" + c.Report.String()
	page := site.As(c.Person).Get(own).Want(200)
	site.As(c.Person).Post(own, merge(page.Form(), map[string]string{"say": "refused"})).To(own)
	words := casetest.Ask[string](c, c.Person, `select words from consent_event where report_id = $1 and kind = 'refused'`, c.Report)
	if !strings.Contains(page.Text(), words) || !strings.Contains(words, "Tom Reid, Ward manager; Priya Nair, HR adviser") {
		t.Errorf("kept %q, which the page did not show", words)
	}
}

// TestNoticeIsOneText: the manager's page after refusal, withdrawal and silence is the same to the byte.
func TestNoticeIsOneText(t *testing.T) {
	bodies := map[string]bool{}
	for _, kinds := range [][]report.EventKind{nil, {report.Refused}, {report.Given, report.Withdrawn}} {
		c, site := open(t)
		c.Sign("v1")
		for _, k := range kinds {
			in := report.Say{Kind: k}
			if k != report.Withdrawn {
				in.Version = 1
			}
			must(t, c.Say(in))
		}
		c.Now = report.Deadline(c.Now, 5)
		must(t, c.Run())
		page := func() string {
			return strings.ReplaceAll(site.As(c.Manager).Get("/referrals/"+c.Referral.String()+"/report").Want(200).Body, c.Referral.String(), "")
		}
		before := page()
		if left, err := c.Close(); err != nil || left.Any() {
			t.Fatalf("the case could not close: %+v %v", left, err)
		}
		bodies[before+page()] = true
		site.As(c.Manager).Get("/referrals/"+c.Referral.String()+"/report").Says("There is no report", "says nothing about the reason")
	}
	if len(bodies) != 1 {
		t.Errorf("the notice has %d forms, want 1", len(bodies))
	}
}

// TestAgreePerRecipient: the report goes to those who are ticked, and to nobody else, by page and by SQL.
func TestAgreePerRecipient(t *testing.T) {
	c, site := open(t)
	c.Sign("CANARY")
	own, referral := "/my/reports/"+c.Report.String(), "/referrals/"+c.Referral.String()+"/report"
	person := site.As(c.Person)
	page := person.Get(own).Want(200).Says("the people I have ticked above", "It is sent at once", "If we have not heard from you by")
	if got := page.Form()["to"]; len(got) != 2 {
		t.Errorf("%d recipients are ticked at first, want both", len(got))
	}
	form := merge(page.Form(), map[string]string{"say": "given"})
	none := url.Values{"say": {"given"}, "version": {"1"}}
	person.Post(own, none).Want(422).Says("Tick who may get it")
	form["to"] = []string{c.W.Peer.Person.String()}
	person.Post(own, form).Want(404)
	form["to"] = []string{c.W.HR.Person.String()}
	person.Post(own, form).To(own)
	person.Post(own, form).To(own) // a double click
	words := casetest.Ask[string](c, c.Person, `select words from consent_event where report_id = $1 and kind = 'given'`, c.Report)
	if !strings.Contains(words, "Priya Nair, HR adviser. It is sent at once") || strings.Contains(words, "Tom Reid") {
		t.Errorf("the record keeps %q", words)
	}
	must(t, c.Run())
	site.As(c.W.HR.As(access.HR, access.Employer)).Get(referral).Want(200).Says("CANARY")
	site.As(c.Manager).Get(referral).Want(200).Says("There is no report", "says nothing about the reason").Hides("CANARY")
	if n := casetest.Ask[int](c, c.Clinician, `select count(*) from released_report where report_id = $1 and recipients = array[$2]::uuid[]`, c.Report, c.W.HR.Person); n != 1 {
		t.Errorf("%d releases to exactly the one who is ticked, want 1", n)
	}
}

func TestCorrection(t *testing.T) {
	c, site := open(t)
	c.Sign("v1")
	own, desk := "/my/reports/"+c.Report.String(), "/cases/"+c.ID.String()+"/report"
	person, nurse := site.As(c.Person), site.As(c.Clinician)
	person.Post(own, merge(person.Get(own).Form(), map[string]string{"say": "correction"})).To(own + "/correction")
	ask := person.Get(own+"/correction").Want(200).Says("Samaritans", "Your manager does not")
	person.Post(own+"/correction", ask.Form()).Want(422).Says("Enter which fact is wrong")
	form := merge(ask.Form(), map[string]string{"text": "I work nights"})
	person.Post(own+"/correction", form).To(own)
	person.Post(own+"/correction", form).To(own) // a double click
	must(t, c.Run())
	id := casetest.Ask[uuid.UUID](c, c.Clinician, `select id from correction where report_id = $1`, c.Report)
	nurse.Get(desk).Want(200).Says("I work nights", "Your answer to the person")
	nurse.Post(desk, nurse.Get(desk).Form()).To(desk)
	nurse.Post(desk+"/sign", nurse.Get(desk+"/sign").Form()).Want(422).Says("Answer the correction that was asked for")
	reply := "reply-" + id.String()
	if page := nurse.Post(desk, merge(nurse.Get(desk).Form(), map[string]string{"do": reply})).Want(422).Says("Enter your answer"); !strings.Contains(page.Body, `id="correction-error"`) {
		t.Error("the fault does not stand at the box")
	}
	open := func(kind string) int {
		return casetest.Ask[int](c, c.Clinician, `select count(*) from task where casefile_id = $1 and kind = $2 and owner_account = $3 and done_at is null`, c.ID, kind, c.Clinician.Account)
	}
	if open("correction") != 1 || open("report") != 0 {
		t.Errorf("before the answer: %d tasks to answer, %d to write", open("correction"), open("report"))
	}
	answer := merge(nurse.Get(desk).Form(), map[string]string{"do": reply, reply: "Changed to nights"})
	nurse.Post(desk, answer).To(desk)
	nurse.Post(desk, answer).To(desk) // a double click
	if open("correction") != 0 || open("report") != 1 {
		t.Errorf("after the answer: %d tasks to answer, %d to write", open("correction"), open("report"))
	}
	nurse.Post(desk+"/sign", nurse.Get(desk+"/sign").Form()).To(desk)
	if open("report") != 0 {
		t.Error("the signature leaves the task to write")
	}
	if n := casetest.Ask[int](c, access.SystemActor(access.Worker, c.W.Trust, c.W.Service), `select count(*) from outbox where template = 'correction_answered' and to_person = $1 and link_object = $2`,
		c.W.Nurse.Person, c.Report); n != 1 {
		t.Errorf("%d messages that the correction was answered, want 1", n)
	}
	person.Get(own).Want(200).Says("Version 2", "Changed to nights", "I have read version 2 of my report")
}

func TestAssistedChoice(t *testing.T) {
	c, site := open(t)
	path, own := "/cases/"+c.ID.String()+"/consent", "/my/reports/"+c.Report.String()
	admin := site.As(c.W.OHAdmin.As(access.OHAdmin, access.Clinical))
	page := admin.Get(path).Want(200).Says("Amara Okafor", "without waiting for me to read it")
	if got := admin.Post(path, url.Values{}).Want(422).Errors(); len(got) != 5 {
		t.Errorf("an empty form has the errors %q", got)
	}
	said := merge(page.Form(), map[string]string{"say": "now", "method": "telephone", "time": c.Now.In(locale.London).Format("15:04"), "read": "yes"})
	admin.Post(path, said).To(path)
	site.As(c.Person).Get(own).Want(200).Says("by telephone, written down by occupational health", "without waiting for me to read it")
	c.Now = c.Now.Add(time.Second)
	c.Sign("CANARY")
	must(t, c.Run())
	site.As(c.Manager).Get("/referrals/" + c.Referral.String() + "/report").Want(200).Says("CANARY")
	admin.Get(path).Want(200).Hides("CANARY")
}

// TestDoors asks every route as those who may not.
func TestDoors(t *testing.T) {
	c, site := open(t)
	c.Sign("CANARY")
	must(t, c.Say(report.Say{Kind: report.Given, Version: 1}))
	must(t, c.Run())
	cases, own, referral := "/cases/"+c.ID.String(), "/my/reports/"+c.Report.String(), "/referrals/"+c.Referral.String()
	w := c.W
	for path, actors := range map[string][]access.Actor{
		cases + "/report":              {w.OHNurse2.As(access.Nurse, access.Clinical), w.OHAdmin.As(access.OHAdmin, access.Clinical), c.Person, c.Manager, w.OHLead.As(access.Lead, access.Clinical)},
		cases + "/report/preview":      {w.OHNurse2.As(access.Nurse, access.Clinical), c.Manager},
		cases + "/report/sign":         {w.OHNurse2.As(access.Nurse, access.Clinical), c.Manager},
		cases + "/consent":             {c.Person, c.Manager, w.ForeignOHAdmin.As(access.OHAdmin, access.Clinical)},
		cases + "/disclosure":          {w.OHPhysio.As(access.Physio, access.Clinical), c.Manager, c.Person},
		own:                            {w.Peer.As(access.Person, access.Portal), w.Foreign.As(access.Person, access.Portal), c.Manager, c.Clinician},
		own + "/correction":            {w.Peer.As(access.Person, access.Portal)},
		referral + "/report":           {w.Peer.As(access.Manager, access.Employer), w.ForeignManager.As(access.Manager, access.Employer), c.Person, c.Clinician, w.LocalManager.As(access.Manager, access.Employer)},
		referral + "/adjustments":      {w.Peer.As(access.Manager, access.Employer), c.Person},
		"/my/reports/" + c.ID.String(): {c.Person},
	} {
		for _, a := range actors {
			site.As(a).Get(path).Want(404).Hides("CANARY")
			site.As(a).Post(path, url.Values{"say": {"given"}, "version": {"1"}})
		}
	}
	site.As(w.Peer.As(access.Person, access.Portal)).Get("/my/reports").Want(200).Hides(c.Report.String())
	if n := casetest.Ask[int](c, c.Clinician, `select count(*) from consent_event where report_id = $1`, c.Report); n != 1 {
		t.Errorf("%d consent events, want the person's one", n)
	}
}
