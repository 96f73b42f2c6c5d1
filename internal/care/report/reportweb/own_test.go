package reportweb_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/report"
	"github.com/rowan-ohwb/rowan/internal/care/report/casetest"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// inOrder says that words stand on a page one after the other.
func inOrder(t *testing.T, text string, words ...string) {
	t.Helper()
	for _, w := range words {
		_, after, ok := strings.Cut(text, w)
		if !ok {
			t.Fatalf("%q does not stand where it should, between %q, in: %s", w, words, text)
		}
		text = after
	}
}

// TestStages: heading, status and choices of the person's page fit how the report stands, whatever they said last.
func TestStages(t *testing.T) {
	for name, x := range map[string]struct {
		said   []report.EventKind
		run    bool
		title  string
		status string
		offers []string // values of the radios
		hides  string
	}{
		"nothing said": {nil, false, "Read your report and decide", "If we have not heard from you by", []string{"given", "correction", "refused"}, "Change my mind"},
		"asked for a correction": {[]report.EventKind{report.CorrectionAsked}, true, "The clinician is looking at your correction", "Nothing is sent before you agree",
			[]string{"refused"}, "If you agree, your report is sent at once"},
		"agreed, not gone": {[]report.EventKind{report.Given}, false, "You have agreed to send your report", "It has not gone yet", []string{"withdrawn", "correction"}, "If you agree, your"},
		"agreed and gone":  {[]report.EventKind{report.Given}, true, "Your report was sent", "It cannot be called back", nil, "Change my mind"},
		"did not agree": {[]report.EventKind{report.Refused}, true, "You did not agree to send your report", "Version 1 is not sent", []string{"given", "correction"},
			"If we have not heard"},
		"took it back": {[]report.EventKind{report.Given, report.Withdrawn}, true, "You took back your agreement", "Nothing more is sent", []string{"given", "correction"}, "If we have not heard"},
	} {
		t.Run(name, func(t *testing.T) {
			c, site := open(t)
			c.Sign("v1")
			for _, k := range x.said {
				in := report.Say{Kind: k}
				if k != report.Withdrawn {
					in.Version = 1
				}
				if k == report.CorrectionAsked {
					in.Correction, in.Text = uuid.New(), "I work nights"
				}
				c.Now = c.Now.Add(time.Second)
				must(t, c.Say(in))
			}
			if x.run {
				must(t, c.Run())
			}
			page := site.As(c.Person).Get("/my/reports/" + c.Report.String()).Want(200).Hides(x.hides)
			inOrder(t, page.Text(), x.title, x.status, "Back pain limits lifting.")
			if x.title != page.Title() && !strings.HasPrefix(page.Title(), x.title+" ") {
				t.Errorf("the title is %q", page.Title())
			}
			for _, value := range []string{"given", "correction", "refused", "withdrawn"} {
				offered := strings.Contains(page.Body, `value="`+value+`"`)
				if want := strings.Contains(" "+strings.Join(x.offers, " ")+" ", " "+value+" "); offered != want {
					t.Errorf("%s offered: %v, want %v", value, offered, want)
				}
			}
			if len(x.said) > 0 && x.offers != nil {
				inOrder(t, page.Text(), "Back pain limits lifting.", "Change my mind", "Your manager is never told")
			}
		})
	}
}

// TestEarlyChoiceIsTold: who chose that the report goes by itself reads when, and no other deadline.
func TestEarlyChoiceIsTold(t *testing.T) {
	c, site := open(t)
	must(t, c.Say(report.Say{Kind: report.Choice, Way: report.AfterDays, Days: 7}))
	c.Now = c.Now.Add(time.Second)
	c.Sign("v1")
	site.As(c.Person).Get("/my/reports/"+c.Report.String()).Want(200).Says("You chose that this version is sent", c.Now.AddDate(0, 0, 7).Format("2 January 2006")).Hides("If we have not heard from you")
}

// TestDeadlineIsOver: after their time the person reads that the manager was told, and that they can still agree.
func TestDeadlineIsOver(t *testing.T) {
	c, _ := open(t)
	c.Sign("v1")
	c.Now = report.Deadline(c.Now, 5)
	must(t, c.Run())
	siteOf(c, c.W.OHNurse).As(c.Person).Get("/my/reports/"+c.Report.String()).Want(200).Says("Your manager has been told that there is no report for now", "I agree that it is sent").Hides("If we have not heard")
}

// TestWhatChanged: the next version says on top what was asked, what was answered and which fields read otherwise now.
func TestWhatChanged(t *testing.T) {
	c, site := open(t)
	c.Sign("v1")
	must(t, c.Say(report.Say{Kind: report.CorrectionAsked, Version: 1, Correction: uuid.New(), Text: "I am back on the 12th"}))
	must(t, c.Run())
	own := "/my/reports/" + c.Report.String()
	inOrder(t, site.As(c.Person).Get(own).Want(200).Text(), "What you asked us to correct", "I am back on the 12th", "Not answered yet", "Your report as it stands", "Change my mind")
	c.Now = c.Now.Add(time.Second)
	c.Sign("v2")
	site = siteOf(c, c.W.OHNurse) // at the time of the signature
	page := site.As(c.Person).Get(own).Want(200).Hides("Corrections you asked for before", "Change my mind")
	inOrder(t, page.Text(), "Your correction is answered: read your report and decide", "If we have not heard from you by", "What you asked us to correct", "I am back on the 12th", "Corrected.",
		"What changed since version 1", "Summary", "Back pain limits lifting. v1", "Back pain limits lifting. v2", "This is exactly what they will see", "I have read version 2")
	form := merge(page.Form(), map[string]string{"say": "given"})
	site.As(c.Person).Post(own, form).To(own)
	must(t, c.Run())
	inOrder(t, site.As(c.Person).Get(own).Want(200).Hides("What changed").Text(), "Your report was sent", "You agreed to version 2 on", "Version 2 was sent on", "Who got it", "Corrections you asked for before", "Corrected.")
	if n := casetest.Ask[int](c, c.Clinician, `select count(*) from released_report where report_id = $1`, c.Report); n != 1 {
		t.Errorf("%d releases", n)
	}
}

// later has a version that went to HR alone, and the next one signed.
func later(t *testing.T) (c *casetest.Case, day string) {
	c, site := open(t)
	hr := c.W.HR.As(access.HR, access.Employer)
	c.Sign("v1")
	must(t, c.Say(report.Say{Kind: report.Given, Version: 1, Recipients: []uuid.UUID{hr.Person}}))
	must(t, c.Run())
	day = locale.Date(c.Now)
	site.As(hr).Get("/referrals/"+c.Referral.String()+"/report").Want(200).Says("Sent to you on "+day).Hides("Version 1", "It replaces")
	c.Now = c.Now.Add(time.Second)
	c.Sign("v2")
	return c, day
}

// TestDeadlineOfLater: with one version out, the person reads what the end of their time does to the next, and the job does
// just that.
func TestDeadlineOfLater(t *testing.T) {
	c, day := later(t)
	own, stays := "/my/reports/"+c.Report.String(), "The report sent on "+day+" stays with those who got it"
	siteOf(c, c.W.OHNurse).As(c.Person).Get(own).Want(200).Says("If we have not heard from you by", "this version is not sent", stays)
	c.Now = report.Deadline(c.Now, 5)
	must(t, c.Run())
	siteOf(c, c.W.OHNurse).As(c.Person).Get(own).Want(200).Says("Your time to answer is over", stays).Hides("If we have not heard")
	if c.Seen() != flow.SeenNotReported {
		t.Errorf("the page says that the manager is told of no report; they see %q", c.Seen())
	}
}

// TestReplaces: a reader learns of an earlier report only when they had one, and of no number.
func TestReplaces(t *testing.T) {
	c, day := later(t)
	must(t, c.Say(report.Say{Kind: report.Given, Version: 2}))
	must(t, c.Run())
	received, site := "/referrals/"+c.Referral.String()+"/report", siteOf(c, c.W.OHNurse)
	site.As(c.W.HR.As(access.HR, access.Employer)).Get(received).Want(200).Says("Sent to you on", "It replaces the report sent to you on "+day+".").Hides("Version 2")
	site.As(c.Manager).Get(received).Want(200).Says("Sent to you on").Hides("Version 2", "It replaces")
}
