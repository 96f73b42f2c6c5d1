package e2e

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

// walkCampaign writes a page, publishes it, reads it as anybody may, and plans a campaign about it.
func walkCampaign(t *testing.T) { each(t, (*journey).campaign) }

func (j *journey) campaign() {
	j.h.show(j.t, j.w.HR, access.Communications)
	j.vacancy()
	lead := j.as(j.w.OHLead, access.Lead).Visit("/site-editor").Want(200).Says("no public site yet").Click("Open the public site").Want(200)
	j.refused(lead, "Open the site", "Enter 2 to 40 small letters, numbers and hyphens, such as wyre-valley").Shot("site-open-refused")
	slug := "walk-" + strings.ToLower(j.view.Name) + "-" + j.w.Trust.String()[:8]
	at := "/site/" + slug
	lead.Fill("Address", slug).Click("Open the site").At("/site-editor").Says("The site is open", "Usual words", "Help in a crisis is on every page").Shot("site-editor")

	// Communications write; they cannot publish.
	v := j.as(j.w.HR, access.Communications).Visit("/site-editor").Want(200).Hides("Waits and intranet").Click("Write news or another page").Want(200)
	j.refused(v, "Save draft", "Select what it is", "Enter a title", "Enter the text of the page").Shot("site-add-refused")
	v.ChooseIn("What is it?", "News").Fill("Title", "Needlestick week").Fill("Text", "# First aid\n\n1. Wash it.\n2. Cover it.\n3. [Call us](tel:01234567890).\n\n<script>alert(1)</script>").Click("Save draft").At("/site-editor/pages/needlestick-week").
		Says("First aid", "Wash it", "Nobody has written this text yet").Hides("alert(1)").Shot("site-preview").Click("Ask the OH lead to publish it").Want(200).Says("It waits for the OH lead")
	v.Visit("/site-editor/pages/needlestick-week/return").Want(404)
	v.Visit(at + "/needlestick-week").Want(404)

	lead.Visit("/site-editor").Want(200).Says("1 page waits for you").Click("Needlestick week").Want(200).Click("Give it back with a reason").Want(200)
	j.refused(lead, "Give it back", "Say what should change").Shot("site-return-refused")
	lead.Fill("What should change?", "Write the easy words too.").Click("Give it back").Want(200).Says("Given back")
	v.Visit("/site-editor/pages/needlestick-week").Want(200).Says("Write the easy words too.").Click("Write the page").Want(200).Fill("Text", "")
	j.refused(v, "Save draft", "Enter the text of the page").Shot("site-edit-refused")
	v.Fill("Text", "# First aid\n\nWash it. Cover it. Call us.").Fill("Easy-read text", "Wash the cut. Call us.").Click("Save draft").Want(200).Click("Ask the OH lead to publish it").Want(200)
	lead.Visit("/site-editor/pages/needlestick-week").Want(200).Click("Publish").Want(200).Says("The page is on the site", "Version 1").Click("Version 1").Want(200).Says("Wash it. Cover it.").
		Visit("/site-editor/pages/needlestick-week").Click("It is still right: set the next day").Want(200)
	j.date(lead, "Look at this page again on", -1)
	j.refused(lead, "Set the day", "Enter a day from tomorrow to a year ahead").Shot("site-reviewed-refused")
	j.date(lead, "Look at this page again on", 100)
	lead.Click("Set the day").Want(200).Says("Saved")

	// The wait, the intranet and a vacancy.
	lead.Visit("/site-editor/settings").Want(200).Fill("Intranet sites that may show the block", "intranet")
	j.refused(lead, "Save", "intranet is not the address of a site. Enter it as https://intranet.example.nhs.uk").Shot("site-settings-refused")
	lead.ChooseIn("Show how long people wait?", "Yes").Fill("Intranet sites that may show the block", "https://intranet.example.nhs.uk").Click("Save").At("/site-editor").Says("<iframe", "there is no month that may be shown").Shot("site-editor-full")
	lead.Click("Development nurse, band 5, advertised " + locale.Day(j.day).Long()).Want(200)
	j.refused(lead, "Show it on the site", "Say what the work is, and for whom", "Enter the address of the advert. It begins with https://", "Enter the last day to apply").Shot("site-vacancy-refused")
	lead.Fill("What is the work, and for whom?", "Train with us for 18 months.").Fill("Address of the advert", "https://jobs.example.org/1")
	j.date(lead, "Last day to apply", 10)
	lead.Click("Show it on the site").At("/site-editor").Says("On the site")

	// Anybody reads it, without a cookie.
	anybody := j.h.visitor(j.t, j.view).Visit("/site").Want(200)
	anybody.Visit(at).Want(200).Says("Occupational health for staff", "Needlestick week", "116 123").Shot("public-home").Click("Needlestick week").Want(200).Says("First aid").
		Click("Read this page in easy words").Want(200).Says("Wash the cut").Hides("First aid").Shot("public-easy").Click("Read the full page").Want(200)
	anybody.Visit(at + "/refer").Want(200).Says("Your manager is not told").Shot("public-refer").Visit(at + "/steps").Want(200).Visit(at + "/contacts").Want(200).Says("01234 567890")
	anybody.Visit(at+"/careers").Want(200).Says("Development post", "Train with us").Shot("public-careers").Visit(at + "/news").Want(200).Says("Needlestick week").Visit(at + "/help-now").Want(200).Says("Call 999").Shot("public-help")
	for _, part := range []string{"/refer", "/steps", "/contacts", "/careers", "/news", "/help-now"} {
		anybody.Visit(at+part).Want(200).Click("Read this page in easy words").Want(200).Says("116 123", "Read the full page").Shot("public-easy" + strings.ReplaceAll(part, "/", "-"))
	}
	anybody.Visit(at+"/search").Want(200).Fill("What are you looking for?", "first aid").Click("Search").Want(200).Says("1 page found", "Needlestick week").Shot("public-search")
	anybody.Visit(at+"/block").Want(200).Says("Refer yourself", "If you need help now").Shot("public-block")
	anybody.Visit(at + "/nothing").Want(404)
	anybody.Visit(at + "/refer").Click("Refer yourself").At("/sign-in")
	lead.Visit("/site-editor/pages/needlestick-week").Click("Take it off the site").Want(200).Says("Off the site")
	j.h.visitor(j.t, j.view).Visit(at + "/needlestick-week").Want(404) // who has read it may keep it for a minute
	lead.Visit("/site-editor").Click("Development nurse, band 5, advertised " + locale.Day(j.day).Long()).Want(200).Click("Take it off the site").At("/site-editor")

	j.told(v, lead)
}

// told plans a campaign, counts whom it reached and sees what may be said of its effect; and the same for a talk.
func (j *journey) told(v, lead *browser.Visitor) {
	v.Visit("/campaigns").Want(200).Says("There is no campaign yet").Click("Plan a campaign").Want(200)
	j.refused(v, "Save", "Enter a title", "Say for whom it is", "Enter what it says", "Select a reason, or every reason", "Select more or fewer referrals", "Enter the first day", "Enter the last day").Shot("campaign-add-refused")
	v.Fill("Title", "Backs").Fill("For whom", "Wards").Fill("What it says", "Come early.").Select("On which reason for referral should it tell?", "Back, neck, joint or muscle problem").
		ChooseIn("What do you hope for?", "More referrals: people come earlier, or know that they may")
	j.date(v, "First day", -10)
	j.date(v, "Last day", 20)
	v.Click("Save").At("/campaigns").Says("Running").Shot("campaigns").Click("Backs").Want(200).Says("after it had started", "Nobody has counted yet").Hides("Did people come?").Click("Change the campaign").Want(200).Fill("Title", "")
	j.refused(v, "Save", "Enter a title").Shot("campaign-change-refused")
	v.Fill("Title", "Backs and necks").Click("Save").Want(200).Says("Backs and necks").Click("Count whom it reached").Want(200)
	j.refused(v, "Save", "Select how", "Enter the day", "Enter a whole number from 0 to 1,000,000").Shot("campaign-reach-refused")
	v.ChooseIn("How?", "E-mail, in people it went to").Fill("How many?", "1,200")
	j.date(v, "Day", -3)
	v.Click("Save").Want(200).Says("1,200 people", "E-mail").Shot("campaign")
	lead.Visit("/campaigns").Want(200).Click("Backs and necks").Want(200).Says("Did people come?", "Send your wellbeing champions a campaign kit").Shot("campaign-effect")

	lead.Visit("/talks").Want(200).Says("There is no talk yet").Click("Add a talk").Want(200)
	j.refused(lead, "Save", "Enter the day", "Say where it was", "Select who listened", "Enter a whole number from 0 to 100,000").Shot("talk-add-refused")
	j.date(lead, "When was it?", -2)
	lead.Fill("Where was it?", "Wyre College").ChooseIn("Who listened?", "A college").Fill("How many listened?", "40").Click("Save").At("/talks").Says("Nobody has counted the enquiries yet").Click("Count the enquiries: Wyre College").Want(200)
	j.refused(lead, "Save", "Enter a whole number from 0 to 100,000").Shot("talk-enquiries-refused")
	lead.Fill("How many asked about the work since?", "5").Click("Save").At("/talks").Says("5 enquiries followed").Shot("talks")
	lead.Visit("/campaigns").Click("Backs and necks").Want(200).Click("Take the campaign off the list").At("/campaigns").Says("There is no campaign yet")
}

// vacancy advertises a development post, as the plan of the team does.
func (j *journey) vacancy() {
	a, post := j.w.OHLead.As(access.Lead, access.Growth), uuid.New()
	left := false
	err := j.h.app.Workforce.AddPost(j.t.Context(), a, j.day, workforce.PostIn{ID: post, Title: "Development nurse", Role: "development-nurse", Band: "5", WTE: 1, Heads: 1, VacantSince: locale.Day(j.day).AddDays(-5), Funding: "recurrent"})
	if err == nil {
		err = j.h.app.Workforce.OpenVacancy(j.t.Context(), a, j.day, workforce.VacancyIn{ID: uuid.New(), Post: post, Left: &left, Source: "national", Advertised: locale.Day(j.day)})
	}
	if err != nil {
		j.t.Fatal(err)
	}
}
