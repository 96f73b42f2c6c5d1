package reportweb_test

import (
	"context"
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/care/casefile"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/note"
	"github.com/rowan-ohwb/rowan/internal/care/report"
	"github.com/rowan-ohwb/rowan/internal/care/report/casetest"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
)

// opine signs a note and records an opinion on it, as the pages of notes do.
func opine(t *testing.T, c *casetest.Case, list []note.Adjustment) {
	t.Helper()
	ctx, s := context.Background(), note.New(note.Deps{DB: c.DB, Ledger: activity.Ledger{Keys: c.Keys}, Box: sealed.New(c.Keys)})
	about := casefile.Case{ID: c.ID, Service: c.W.Service, Organisation: c.W.Trust, Person: c.W.Nurse.Person}
	draft := note.Draft{ID: uuid.New(), Body: "Seen.", Findings: note.Findings{Presenting: "Back pain", Risk: note.Risks[0], Contact: note.Contact{Class: "none"}}}
	faults, err := s.Sign(ctx, c.Clinician, c.Now, about, draft)
	if err != nil || len(faults) > 0 {
		t.Fatal(faults, err)
	}
	must(t, s.Record(ctx, c.Clinician, c.Now, about, note.Outcome{ID: uuid.New(), Note: draft.ID, Fitness: "FIT_ADJ_TEMP", Effective: c.Now, Adjustments: list}))
}

// TestPrefill: a report starts from the opinion, and what it took over can be signed as it stands.
func TestPrefill(t *testing.T) {
	c, site := open(t)
	kinds := note.Adjustments()
	var list []note.Adjustment
	for _, kind := range kinds[:note.MaxAdjustments] {
		list = append(list, note.Adjustment{Kind: kind, Detail: "As agreed: " + kind, Start: "2026-12-01", End: "2026-12-28"})
	}
	opine(t, c, list)
	desk, nurse := "/cases/"+c.ID.String()+"/report", site.As(c.Clinician)
	form := nurse.Get(desk).Want(200).Form()
	for i, a := range list {
		if kind, detail := form.Get(report.AdjustmentName("kind", i)), form.Get(report.AdjustmentName("detail", i)); kind != a.Kind || detail != a.Detail {
			t.Errorf("adjustment %d of the opinion is %q, %q in the report", i, kind, detail)
		}
	}
	full := merge(form, map[string]string{"summary": "s", "answer-1": "a", "answer-2": "a", "equality_act": "POSSIBLE", "outlook": "o", "work_related": "NO"})
	nurse.Post(desk, full).To(desk)
	nurse.Get(desk+"/preview").Want(200).Says("Phased return", "As agreed: PHASED_RETURN", "1 December 2026", "28 December 2026", "Protective equipment", "As agreed: PPE")
	nurse.Post(desk+"/sign", nurse.Get(desk+"/sign").Form()).To(desk)
}

// TestRegistration: it stands in what the clinician signs, and no row is empty for who has given none.
func TestRegistration(t *testing.T) {
	c, site := open(t)
	c.Sign("v1")
	own := "/my/reports/" + c.Report.String()
	site.As(c.Person).Get(own).Want(200).Says("Helen Marsh, OH nurse").Hides("Registration")
	c.Now, c.Clinician.Registration = c.Now.Add(time.Second), "NMC 00Z2345E"
	c.Sign("v2")
	site.As(c.Person).Get(own).Want(200).Says("Registration Nursing and Midwifery Council, 00Z2345E")
	must(t, c.Say(report.Say{Kind: report.Given, Version: 2}))
	must(t, c.Run())
	site.As(c.Manager).Get("/referrals/" + c.Referral.String() + "/report").Want(200).Says("Registration Nursing and Midwifery Council, 00Z2345E")
}

func TestAutosave(t *testing.T) {
	c, site := open(t)
	desk, nurse := "/cases/"+c.ID.String()+"/report", site.As(c.Clinician)
	form := merge(nurse.Get(desk).Want(200).Form(), map[string]string{"do": "auto", "summary": "half a sen", "review_on-day": "4"})
	t.Run("keeps what is there, however little", func(t *testing.T) {
		nurse.Post(desk, form).Want(204)
		if got := nurse.Get(desk).Want(200).Says("Draft saved").Form().Get("summary"); got != "half a sen" {
			t.Errorf("kept %q", got)
		}
	})
	t.Run("says nothing of a reading that there was not", func(t *testing.T) {
		count := func() int {
			return casetest.Ask[int](c, c.Person, `select count(*) from audit_event where action = 'report.opened'`)
		}
		before := count()
		nurse.Post(desk, form).Want(204)
		if after := count(); before == 0 || after != before {
			t.Errorf("%d readings before a save, %d after", before, after)
		}
	})
	t.Run("refuses what no draft can hold", func(t *testing.T) {
		nurse.Post(desk, merge(url.Values{"version": {"1"}}, map[string]string{"do": "auto", "fitness": "FORGED"})).Want(422)
	})
	t.Run("a session that ended loses nothing", func(t *testing.T) {
		typed := merge(nurse.Get(desk).Form(), map[string]string{"summary": "typed while signed out"})
		again := site.Anonymous().Post(desk, typed).Want(401).Form()
		if again.Get("summary") != "typed while signed out" {
			t.Fatalf("the page keeps %v", again)
		}
		nurse.Post(desk, again).To(desk)
		if got := nurse.Get(desk).Form().Get("summary"); got != "typed while signed out" {
			t.Errorf("after signing in again: %q", got)
		}
	})
	t.Run("is over when the version is signed", func(t *testing.T) {
		c.Now = c.Now.Add(time.Second)
		c.Sign("v1")
		nurse.Post(desk, form).Want(409)
	})
}

// TestAllFaultsAtOnce: what cannot be read and what is missing are told together, in the order of the page, and a date
// says which it is.
func TestAllFaultsAtOnce(t *testing.T) {
	c, site := open(t)
	desk, nurse := "/cases/"+c.ID.String()+"/report", site.As(c.Clinician)
	form := merge(nurse.Get(desk).Form(), typed)
	bad := merge(form, map[string]string{"summary": "", "effective_on-day": "x", "adjustment-1-kind": "", "adjustment-1-end-month": "13", "review_on-day": "31",
		"review_on-month": "2", "review_on-year": "2027", "do": "preview"})
	want := []string{"Enter a brief summary", "Fit from: enter the day as a number from 1 to 31", "Select the kind of adjustment",
		"Adjustment 1, until: enter the month as a number, or its name", "Review date: enter a real date"}
	page := nurse.Post(desk, bad).Want(422)
	if got := page.Errors(); !slices.Equal(got, want) {
		t.Errorf("errors %q, want %q", got, want)
	}
	if got := page.Form(); got.Get("review_on-day") != "31" || got.Get("outlook") != typed["outlook"] {
		t.Errorf("the page keeps %v", got)
	}
}

// TestOnlyWhatWasAsked: a question may be declined, and what nobody asked is no part of the report.
func TestOnlyWhatWasAsked(t *testing.T) {
	c, site := open(t)
	desk, nurse := "/cases/"+c.ID.String()+"/report", site.As(c.Clinician)
	form := nurse.Get(desk).Want(200).Says("Read the referral").Form()
	if form.Get("equality_act") != "NOT_ADDRESSED" || form.Get("work_related") != "NOT_ADDRESSED" {
		t.Errorf("nobody asked, and the form begins with %q and %q", form.Get("equality_act"), form.Get("work_related"))
	}
	full := merge(form, map[string]string{"summary": "Depression limits night work.", "answer-1": "Yes.", "decline-2": "yes", "fitness": "FIT", "outlook": "Good.",
		"effective_on-day": "1", "effective_on-month": "12", "effective_on-year": "2026", "do": "preview"})
	nurse.Post(desk, full).To(desk + "/preview")
	nurse.Get(desk+"/preview").Want(200).Says("Occupational health does not answer this question.", "“depression” in: Brief summary").Hides("Equality Act", "related to work", "legal decision")
	nurse.Post(desk+"/sign", nurse.Get(desk+"/sign").Says("“depression” in: Brief summary").Form()).To(desk)
	must(t, c.Say(report.Say{Kind: report.Given, Version: 1}))
	must(t, c.Run())
	site.As(c.Manager).Get("/referrals/"+c.Referral.String()+"/report").Want(200).Says("Occupational health does not answer this question.").Hides("Equality Act", "related to work", "Check these words")
}

// TestWriteBesideTheNote: what one noted and what was asked fold out where the report is written, without a script,
// after a mistake too.
func TestWriteBesideTheNote(t *testing.T) {
	c, site := open(t)
	desk, beside := "/cases/"+c.ID.String()+"/report", []string{"Read the referral", "Read your note", "noted-canary"}
	form := site.As(c.Clinician).Get(desk).Want(200).Says(beside...).Form()
	site.As(c.Clinician).Post(desk, merge(form, map[string]string{"summary": "", "do": "preview"})).Want(422).Says(beside...)
}

// TestAnswerBesideTheDraft: an answer and what was changed in the report go in one post, and neither is lost, whichever
// button is pressed and whatever is wrong.
func TestAnswerBesideTheDraft(t *testing.T) {
	c, site := open(t)
	c.Sign("v1")
	id := uuid.New()
	c.Now = c.Now.Add(time.Second)
	must(t, c.Say(report.Say{Kind: report.CorrectionAsked, Version: 1, Correction: id, Text: "I work nights"}))
	must(t, c.Run())
	desk, reply, nurse := "/cases/"+c.ID.String()+"/report", "reply-"+id.String(), site.As(c.Clinician)
	answer := func() string {
		return casetest.Ask[string](c, c.Clinician, `select coalesce(answer, '') from correction where id = $1`, id)
	}
	post := func(more map[string]string) url.Values { return merge(nurse.Get(desk).Want(200).Form(), more) }

	page := nurse.Post(desk, post(map[string]string{"do": reply, "outlook": "edited once"})).Want(422)
	if got := page.Errors(); !slices.Equal(got, []string{"Enter your answer"}) || page.Form().Get("outlook") != "edited once" {
		t.Errorf("an empty answer: %q, %q", got, page.Form().Get("outlook"))
	}
	if got := nurse.Get(desk).Form().Get("outlook"); got != "edited once" {
		t.Errorf("an empty answer leaves the draft at %q", got)
	}
	page = nurse.Post(desk, post(map[string]string{"do": reply, reply: "Nights now.", "review_on-day": "x"})).Want(422)
	if form := page.Form(); form.Get(reply) != "Nights now." || form.Get("review_on-day") != "x" || answer() != "" {
		t.Errorf("beside a date that is none: %v, sent %q", form, answer())
	}
	for _, do := range []string{"save", "preview", "add"} {
		page = nurse.Post(desk, merge(post(typed), map[string]string{"do": do, reply: "Nights now."})).Want(422)
		if got := page.Errors(); !slices.Equal(got, []string{"This answer is not sent yet: select Answer, or empty the box"}) || page.Form().Get(reply) != "Nights now." || answer() != "" {
			t.Errorf("%s: %q, sent %q", do, got, answer())
		}
	}
	nurse.Post(desk, post(map[string]string{"do": reply, reply: "Nights now.", "outlook": "edited twice"})).To(desk)
	if got := nurse.Get(desk).Says("Nights now.").Form().Get("outlook"); got != "edited twice" || answer() != "Nights now." {
		t.Errorf("after the answer: the draft has %q, sent %q", got, answer())
	}
}
