package noteweb_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/casetest"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/note"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// counter counts the pages that somebody sees.
type counter struct {
	*webtest.Browser
	pages int
}

func (c *counter) see(path string) *webtest.Page {
	c.pages++
	return c.Get(path).Want(200)
}

// linkTo finds a link that ends in a word.
func linkTo(t *testing.T, p *webtest.Page, end string) string {
	t.Helper()
	for _, l := range p.Links() {
		if strings.HasSuffix(l, end) {
			return l
		}
	}
	t.Fatalf("no link to …%s on the page", end)
	return ""
}

// filled is a note that can be signed.
func filled() url.Values {
	return url.Values{"presenting": {"Cannot lift since the operation"}, "function": {"Walks well"}, "work": {"physical", "shifts"},
		"risk": {"none"}, "body": {"Recovering as expected"}, "class": {"diagnostic"}, "minutes": {"40"}}
}

// saveOf is where the form of a note page posts to.
func saveOf(t *testing.T, p *webtest.Page) string {
	t.Helper()
	_, rest, ok := strings.Cut(p.Body, `action="/cases/`)
	if !ok {
		t.Fatal("the page has no form")
	}
	path, _, _ := strings.Cut(rest, `"`)
	return "/cases/" + path
}

func TestAttendedToSignedNoteTakesAtMostSixPages(t *testing.T) {
	b := casetest.New(t)
	c := b.Managed(flow.Attended, nil)
	b.Visit(c, b.W.OHNurse, access.Nurse, "attended", b.Now.Add(-time.Minute))
	nurse := &counter{Browser: b.Site(b.Now).As(b.W.OHNurse.As(access.Nurse, access.Clinical))}
	record := linkTo(t, nurse.see("/today"), c.ID.String())
	form := nurse.see(linkTo(t, nurse.see(record), "/notes/new"))
	if form.Form().Get("minutes") != "30" {
		t.Error("the length of the visit is not filled in")
	}
	v := filled()
	v.Set("do", "sign")
	back := nurse.Post(saveOf(t, form), v).To(record)
	page := nurse.see(back).Says("Cannot lift since the operation", "Physical strain; Shifts or nights", "Diagnostic", "40 minutes")
	outcome := linkTo(t, page, "/outcome")
	t.Logf("signed after %d pages, answer included", nurse.pages)
	if nurse.pages > 6 {
		t.Errorf("%d pages", nurse.pages)
	}

	f := nurse.see(outcome).Form()
	f.Set("fitness", "FIT_ADJ_TEMP")
	if errs := nurse.Post(outcome, f).Want(422).Errors(); len(errs) != 1 {
		t.Errorf("errors: %q", errs)
	}
	f.Set("do", "more")
	f.Set("adj-0-kind", "LIFTING")
	f.Set("adj-0-detail", "Up to 5 kg")
	more := nurse.Post(outcome, f).Want(200)
	if more.Form().Get("adj-0-detail") != "Up to 5 kg" || !strings.Contains(more.Body, "adj-1-kind") {
		t.Error("another row loses the first, or is not there")
	}
	f.Del("do")
	nurse.Post(outcome, f).Want(422).Says("Enter when the adjustment ends")
	for name, value := range map[string]string{"review-day": "1", "review-month": "3", "review-year": "2027"} {
		f.Set(name, value)
	}
	nurse.Post(outcome, f).To(record)
	nurse.Post(outcome, f).To(record) // a double click
	nurse.see(record).Says("Fit with temporary adjustments", "Limit on lifting", "Up to 5 kg", "1 March 2027")
	worker := access.SystemActor(access.Worker, c.Organisation, c.Service)
	for kind, outcome := range map[string]string{"contact.recorded": "oh_nurse", "outcome.recorded": "FIT_ADJ_TEMP"} {
		if n := b.Count(worker, `select count(*) from activity where service_id = $1 and kind = $2 and outcome = $3`, c.Service, kind, outcome); n != 1 {
			t.Errorf("%d rows of %s in the ledger", n, kind)
		}
	}
}

func TestDraft(t *testing.T) {
	b := casetest.New(t)
	c := b.Managed(flow.Attended, &b.W.OHNurse)
	b.Task(c, b.W.OHNurse2)
	s := b.Site(b.Now)
	nurse := s.As(b.W.OHNurse.As(access.Nurse, access.Clinical))
	base := "/cases/" + c.ID.String() + "/notes/"
	save := saveOf(t, nurse.Get(base+"new").Want(200))
	path := strings.TrimSuffix(save, "/save")

	t.Run("autosave keeps what is there, however little", func(t *testing.T) {
		nurse.Post(save, url.Values{"do": {"auto"}, "presenting": {"canary-half a sen"}, "minutes": {"many"}}).Want(204)
		if got := nurse.Get(path).Want(200).Form().Get("presenting"); got != "canary-half a sen" {
			t.Errorf("kept %q", got)
		}
	})
	t.Run("a reload goes on with the draft", func(t *testing.T) { nurse.Get(base + "new").To(path) })
	t.Run("a session that ended loses nothing", func(t *testing.T) {
		v := filled()
		v.Set("body", "canary-typed while signed out")
		again := s.Anonymous().Post(save, v).Want(401).Form()
		if again.Get("body") != v.Get("body") || len(again["work"]) != 2 {
			t.Fatalf("the page keeps %v", again)
		}
		nurse.Post(save, again).To(path)
		if got := nurse.Get(path).Form().Get("body"); got != v.Get("body") {
			t.Errorf("after signing in again: %q", got)
		}
	})
	t.Run("a note too long is saved and says so", func(t *testing.T) {
		v := filled()
		v.Set("function", strings.Repeat("x", note.MaxBox+1))
		v.Set("do", "sign")
		nurse.Post(save, v).Want(422)
		if n := len(nurse.Get(path).Form().Get("function")); n != note.MaxBox+1 {
			t.Errorf("%d characters are kept", n)
		}
	})
	t.Run("a colleague neither sees nor writes it", func(t *testing.T) {
		other := s.As(b.W.OHNurse2.As(access.Nurse, access.Clinical))
		other.Get(path).Want(404).Hides("canary")
		other.Post(save, filled()).Want(404)
		other.Get("/cases/" + c.ID.String()).Want(200).Hides("canary")
	})
	t.Run("a signed note is locked", func(t *testing.T) {
		v := filled()
		v.Set("do", "sign")
		v.Del("risk")
		if errs := nurse.Post(save, v).Want(422).Errors(); len(errs) != 1 {
			t.Errorf("errors: %q", errs)
		}
		v.Set("risk", "none")
		nurse.Post(save, v).To("/cases/")
		nurse.Post(save, v).To("/cases/") // a double click
		if n := b.Count(b.W.OHNurse.As(access.Nurse, access.Clinical), `select count(*) from contact where casefile_id = $1`, c.ID); n != 1 {
			t.Errorf("%d contacts", n)
		}
		nurse.Post(save, url.Values{"do": {"auto"}, "body": {"changed"}}).Want(409)
		nurse.Post(save, url.Values{"body": {"changed"}}).Want(422).Says("signed and locked")
		nurse.Get(path).Want(200).Says("Recovering as expected").Hides("changed", "<textarea")
		err := b.Try(b.W.OHNurse.As(access.Nurse, access.Clinical), `update note set body = 'changed' where casefile_id = $1`, c.ID)
		if postgres.Code(err) != postgres.Locked {
			t.Errorf("the database changes a signed note: %v", err)
		}
	})
	t.Run("an addendum stands below it", func(t *testing.T) {
		v := nurse.Get(path + "/addendum").Want(200).Says("Recovering as expected").Form()
		nurse.Post(path+"/addendum", v).Want(422)
		v.Set("body", "Correction: the left arm")
		nurse.Post(path+"/addendum", v).To("/cases/")
		nurse.Post(path+"/addendum", v).To("/cases/")
		if n := strings.Count(nurse.Get("/cases/"+c.ID.String()).Want(200).Text(), "Correction: the left arm"); n != 1 {
			t.Errorf("shown %d times", n)
		}
	})
	t.Run("withheld until a review", func(t *testing.T) {
		person := b.W.Nurse.As(access.Person, access.Portal)
		count := func() int {
			return b.Count(person, `select count(*) from note where casefile_id = $1 and addendum_to is null`, c.ID)
		}
		if count() != 1 {
			t.Fatal("the person does not see the signed note")
		}
		nurse.Get(path + "/withhold").Want(200)
		nurse.Post(path+"/withhold", url.Values{"reason": {"third_party"}}).Want(422)
		day := b.Now.AddDate(0, 3, 0)
		v := url.Values{"reason": {"third_party"}, "why": {"Names her sister"}, "review-day": {day.Format("2")}, "review-month": {day.Format("1")}, "review-year": {day.Format("2006")}}
		nurse.Post(path+"/withhold", v).To("/cases/")
		if count() != 0 {
			t.Error("the person reads a withheld note")
		}
		nurse.Get("/cases/" + c.ID.String()).Says("Not shown to the person")
		nurse.Post(path+"/withhold", url.Values{"reason": {"show"}}).To("/cases/")
		if count() != 1 {
			t.Error("the note stays withheld")
		}
	})
}

// A note withheld at its signature is never in the person's record, not for a moment; on the day of review it stands on
// Today for its author and for who leads the case, closed or not, and can be withheld on, or shown.
func TestWithheldFromTheSignatureOnAndAfterTheCase(t *testing.T) {
	b := casetest.New(t)
	c := b.Managed(flow.Attended, &b.W.OHPhysician)
	b.Task(c, b.W.OHNurse)
	nurse := b.Site(b.Now).As(b.W.OHNurse.As(access.Nurse, access.Clinical))
	person := b.W.Nurse.As(access.Person, access.Portal)
	visible := func() int { return b.Count(person, `select count(*) from note where casefile_id = $1`, c.ID) }
	save := saveOf(t, nurse.Get("/cases/"+c.ID.String()+"/notes/new").Want(200).Says("May the person read it?"))
	day := b.Now.AddDate(0, 1, 0)
	withhold := func(day time.Time) url.Values {
		return url.Values{"reason": {"serious_harm"}, "why": {"canary-why"}, "review-day": {day.Format("2")}, "review-month": {day.Format("1")}, "review-year": {day.Format("2006")}}
	}
	v := filled()
	v.Set("do", "sign")
	v.Set("reason", "serious_harm")
	if errs := nurse.Post(save, v).Want(422).Errors(); len(errs) != 2 {
		t.Errorf("errors: %q", errs)
	}
	path := strings.TrimSuffix(save, "/save")
	for k, x := range withhold(day) {
		v[k] = x
	}
	draft := v
	draft.Set("do", "save")
	nurse.Post(save, draft).To(path)
	if got := nurse.Get(path).Form(); got.Get("reason") != "serious_harm" || got.Get("why") != "canary-why" || got.Get("review-year") == "" {
		t.Errorf("the draft keeps %v", got)
	}
	v.Set("do", "sign")
	nurse.Post(save, v).To("/cases/")
	if visible() != 0 {
		t.Fatal("the person reads the note after it was signed as withheld")
	}
	if n := b.Count(b.W.Caldicott.As(access.Caldicott, access.Audit), `select count(*) from audit_event where action = 'note.withheld' and subject_person = $1`, c.Person); n != 1 {
		t.Errorf("%d rows of the audit log", n)
	}
	nurse.Get("/today").Want(200).Hides("Withheld from the person")

	b.Exec(access.SystemActor(access.Clinical, c.Organisation, c.Service), `update task set done_at = $2 where casefile_id = $1`, c.ID, b.Now)
	b.Exec(access.SystemActor(access.Clinical, c.Organisation, c.Service), `update casefile set state = 'closed', closed_at = $2, closing_reason = 'FULL_DUTY' where id = $1`, c.ID, b.Now)
	late := b.Site(day)
	author, leader := late.As(b.W.OHNurse.As(access.Nurse, access.Clinical)), late.As(b.W.OHPhysician.As(access.Physician, access.Clinical))
	for _, who := range []*webtest.Browser{author, leader} {
		if link := linkTo(t, who.Get("/today").Want(200).Says("Withheld from the person: look at it again", "Amara Okafor"), "/withhold"); link != path+"/withhold" {
			t.Errorf("leads to %s", link)
		}
		who.Get(path+"/withhold").Want(200).Says("Recovering as expected", "canary-why")
		who.Get("/cases/" + c.ID.String()).Want(404)
		who.Get(path + "/addendum").Want(404)
	}
	late.As(b.W.OHNurse2.As(access.Nurse, access.Clinical)).Get(path + "/withhold").Want(404)
	author.Post(path+"/withhold", withhold(day.AddDate(0, 1, 0))).To("/today")
	author.Get("/today").Hides("Withheld from the person")
	leader.Post(path+"/withhold", url.Values{"reason": {"show"}}).To("/today")
	if visible() != 1 {
		t.Error("the note of a closed case cannot be shown")
	}
}

func TestCounsellingNotesAreTheirAuthors(t *testing.T) {
	b := casetest.New(t)
	c := b.Managed(flow.Attended, &b.W.OHNurse)
	b.Visit(c, b.W.OHCounsellor, access.Counsellor, "attended", b.Now.Add(-time.Hour))
	s := b.Site(b.Now)
	counsellor, nurse := s.As(b.W.OHCounsellor.As(access.Counsellor, access.Clinical)), s.As(b.W.OHNurse.As(access.Nurse, access.Clinical))
	save := saveOf(t, counsellor.Get("/cases/"+c.ID.String()+"/notes/new").Want(200).Says("Only you and the person read this"))
	path := strings.TrimSuffix(save, "/save")
	v := filled()
	v.Set("body", "canary-counselling")
	v.Set("do", "sign")
	counsellor.Post(save, v).To("/cases/")
	counsellor.Get(path).Want(200).Says("canary-counselling")
	nurse.Get(path).Want(404).Hides("canary")
	nurse.Get("/cases/" + c.ID.String()).Want(200).Hides("canary")
	nurse.Post(save, filled()).Want(404)
	nurse.Post(path+"/withhold", url.Values{"reason": {"show"}}).Want(404)
	counsellor.Get(path + "/outcome").Want(404)
	if n := b.Count(b.W.OHNurse.As(access.Nurse, access.Clinical), `select count(*) from note where casefile_id = $1`, c.ID); n != 0 {
		t.Error("the database shows a counselling note to a nurse")
	}
}

func TestNobodyElseWrites(t *testing.T) {
	b := casetest.New(t)
	c := b.Managed(flow.Attended, &b.W.OHNurse)
	s := b.Site(b.Now)
	nurse := s.As(b.W.OHNurse.As(access.Nurse, access.Clinical))
	save := saveOf(t, nurse.Get("/cases/"+c.ID.String()+"/notes/new"))
	v := filled()
	v.Set("do", "sign")
	nurse.Post(save, v).To("/cases/")
	path := strings.TrimSuffix(save, "/save")
	for _, a := range []access.Actor{b.W.OHNurse2.As(access.Nurse, access.Clinical), b.W.OHAdmin.As(access.OHAdmin, access.Clinical),
		b.W.OHLead.As(access.Lead, access.Clinical), b.W.ForeignOHNurse.As(access.Nurse, access.Clinical), b.W.Ward.As(access.Manager, access.Employer),
		b.W.HR.As(access.HR, access.Employer), b.W.Nurse.As(access.Person, access.Portal)} {
		for _, page := range []string{"", "/addendum", "/withhold", "/outcome"} {
			s.As(a).Get(path + page).Want(404).Hides("Recovering")
		}
		for _, page := range []string{"/save", "/addendum", "/withhold", "/outcome"} {
			s.As(a).Post(path+page, v).Want(404)
		}
	}
}

// TestAllFaultsAtOnce: what cannot be read and what is missing are told together, in the order of the page, and a date
// says which it is.
func TestAllFaultsAtOnce(t *testing.T) {
	b := casetest.New(t)
	c := b.Managed(flow.Attended, nil)
	b.Visit(c, b.W.OHNurse, access.Nurse, "attended", b.Now.Add(-time.Minute))
	nurse := b.Site(b.Now).As(b.W.OHNurse.As(access.Nurse, access.Clinical))
	save := saveOf(t, nurse.Get("/cases/"+c.ID.String()+"/notes/new").Want(200))
	told := func(path string, v url.Values, want ...string) {
		t.Helper()
		if got := nurse.Post(path, v).Want(422).Errors(); !slices.Equal(got, want) {
			t.Errorf("errors %q, want %q", got, want)
		}
	}
	told(save, url.Values{"do": {"sign"}, "work": {"physical", "none"}, "minutes": {"many"}, "class": {"treatment"}, "reason": {"serious_harm"},
		"review-day": {"31"}, "review-month": {"2"}, "review-year": {"2027"}},
		"Enter what they came with", "Select what at work bears on it, or “Nothing at work”, not both", "Say whether there is a risk",
		"Minutes must be a whole number from 1 to 480", "Enter what must not be read, and why",
		"The day on which you will look at this again: enter a real date")
	v := filled()
	v.Set("do", "sign")
	nurse.Post(save, v).To("/cases/")
	told(strings.TrimSuffix(save, "/save")+"/outcome", url.Values{"fitness": {"FIT_ADJ_TEMP"}, "effective-day": {"x"}, "adj-0-kind": {"LIFTING"}, "adj-0-end-day": {"1"}, "review-year": {"27"}},
		"The day from which this holds: enter the day as a number from 1 to 31", "Enter what exactly is adjusted",
		"Adjustment 1, until: enter the month as a number, or its name", "Review date: enter the day as a number from 1 to 31")
}

// TestWriteBesideTheReferral: what was referred folds out where the note is written, without a script, after a mistake
// too.
func TestWriteBesideTheReferral(t *testing.T) {
	b := casetest.New(t)
	c := b.Managed(flow.Attended, nil)
	b.Visit(c, b.W.OHNurse, access.Nurse, "attended", b.Now.Add(-time.Minute))
	nurse := b.Site(b.Now).As(b.W.OHNurse.As(access.Nurse, access.Clinical))
	form := nurse.Get("/cases/"+c.ID.String()+"/notes/new").Want(200).Says("Read the referral", "referral-management")
	nurse.Post(saveOf(t, form), url.Values{"do": {"sign"}}).Want(422).Says("Read the referral", "referral-management")
}
