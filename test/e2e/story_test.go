package e2e

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/feedback/invite"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

// walkStory writes a case study, has it checked and reads it as anybody may; asks somebody whether their words may be shown; and
// assembles a nomination from both.
func walkStory(t *testing.T) { each(t, (*journey).stories) }

func (j *journey) stories() {
	j.h.show(j.t, j.w.HR, access.Communications)
	j.verdict()
	slug := "story-" + strings.ToLower(j.view.Name) + "-" + j.w.Trust.String()[:8]
	if taken, err := j.h.app.Site.Open(j.t.Context(), j.w.OHLead.As(access.Lead, access.Hall), j.h.now(), slug); err != nil || taken {
		j.t.Fatal(taken, err)
	}
	lead, admin, guardian := j.as(j.w.OHLead, access.Lead), j.as(j.w.OHAdmin, access.OHAdmin), j.as(j.w.Guardian, access.Guardian)
	one := j.caseStudy(lead, admin)

	anybody := j.h.visitor(j.t, j.view).Visit("/site/" + slug + "/news").Want(200).Click("What we tried, and what came of it").Want(200).Says("Seen much sooner").Shot("public-stories")
	anybody.Click("Seen much sooner").Want(200).Says("No effect claimed", "What failed, and what we would do otherwise", "Nobody came in the evening", "in March 2024").Shot("public-story")
	public := anybody.Path
	guardian.Visit("/stories").Want(200).Says("Seen much sooner", "Shown until").Click("Seen much sooner").Want(200).Hides("Write it anew")

	j.testimonials(lead, admin, slug)
	j.nomination(lead, guardian)

	lead.Visit(one).Want(200).Click("Write it anew").Want(200).Says("This is a draft").Visit(one).Click("Withdraw").Want(200)
	j.refused(lead, "Withdraw", "Enter why").Shot("story-withdraw-refused")
	lead.Fill("Why?", "The clinic is closed").Click("Withdraw").At("/stories").Says("it is shown nowhere any more")
	j.h.visitor(j.t, j.view).Visit(public).Want(404)
}

// verdict is a forecast that fell due and was judged, as the house keeps it.
func (j *journey) verdict() {
	j.t.Helper()
	citation, forecast, now := uuid.New(), uuid.New(), j.h.now()
	actor := j.w.OHLead.As(access.Lead, access.Growth)
	err := j.h.db.InTenant(j.t.Context(), actor, func(tx *postgres.Tx) error {
		for _, x := range []struct {
			sql  string
			args []any
		}{
			{`insert into citation (organisation_id, id, kind, name, title, state, value, period_text, definition, version, source, digest, cited_at, cited_by) values ($1, $2, 'past', 'waits', 'Days to be seen', 'known', '12', 'October 2025', '', 'version 1', 'A file', 'd', $3, 'Anne Shaw')`,
				[]any{j.w.Trust, citation, now.AddDate(-2, 0, 0)}},
			{`insert into forecast (organisation_id, id, title, starts_on, citation_id, direction, change, due_month, explanations, registered_at, registered_by) values ($1, $2, 'A clinic on Thursdays', '2025-03-01', $3, 'decrease', 4, '2025-12-01', '{Fewer referrals}', $4, 'Anne Shaw')`,
				[]any{j.w.Trust, forecast, citation, now.AddDate(-2, 0, 0)}},
			{`insert into forecast_verdict (organisation_id, forecast_id, judgement, start_on, months, readings, fingerprint, mean_before, mean_after, low, high, months_before, months_after, judged_at)
				select $1, $2, 'no_claim', '2025-03-01', array_agg(m::date order by m), array_agg(12 - extract(month from m)::float8 / 6 order by m), $3, 12, 11, 10, 14, 12, 10, $4 from generate_series(timestamp '2024-03-01', '2025-12-01', '1 month') m`,
				[]any{j.w.Trust, forecast, strings.Repeat("ab", 32), now}},
		} {
			if _, err := tx.Exec(j.t.Context(), x.sql, x.args...); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		j.t.Fatal(err)
	}
}

// caseStudy is written by communications and the lead, checked by the administrator, and published.
func (j *journey) caseStudy(lead, admin *browser.Visitor) string {
	j.t.Helper()
	v := j.as(j.w.HR, access.Communications).Visit("/stories").Want(200).Says("There are no case studies yet").Shot("stories-empty").Click("Write a case study").Want(200)
	j.refused(v, "Save", "Enter a title", "Select where it is to be read", "Select a driver", "Enter what the need was", "Enter what was done", "Enter what failed, or what you would do otherwise", "Enter who can be asked").Shot("story-add-refused")
	v.Fill("Title", "Seen sooner").Choose("On the public site").Select("Driver of the strategy", "Services across systems").Fill("What was the need?", "People waited too long.").Fill("What was done?", "A clinic on Thursdays.")
	v.Fill("What failed, or would you do otherwise?", "Nobody came in the evening.").Fill("Who can be asked?", "Staff Health").Click("Save").At("/stories/cases/").Says("Nobody said beforehand what this should change", "Draft").Hides("Choose what was measured")
	one := v.Path
	v.Click("Change the words").Want(200).Fill("Title", "")
	j.refused(v, "Save", "Enter a title").Shot("story-edit-refused")
	v.Fill("Title", "Seen much sooner").Click("Save").At(one).Says("Seen much sooner")

	lead.Visit("/stories").Want(200).Says("Waiting for you").Shot("stories-waiting").Click("Seen much sooner").Want(200).Click("Choose what was measured").Want(200)
	j.refused(lead, "Save", "Select a figure, an action or a forecast").Shot("story-measured-refused")
	lead.Select("Forecast whose chart is shown", "A clinic on Thursdays: Days to be seen was to fall by 4").Click("Save").At(one).
		Says("No effect claimed", "That is not the same as no effect", "Fewer referrals", "in March 2024", "You wrote some of this").Shot("story-draft")
	admin.Visit(one).Want(200).Click("I have read and checked it").Want(200).Says("Checked. It can be published").Click("Give it back").Want(200)
	j.refused(admin, "Give it back", "Enter why").Shot("story-return-refused")
	admin.Fill("Why?", "One more look").Click("Give it back").At("/stories").Visit(one).Says("Given back: One more look").Click("I have read and checked it").Want(200)
	lead.Visit(one).Want(200).Click("Publish on the public site").Want(200).Says("Published").Shot("story-published")
	return one
}

var givenLink = regexp.MustCompile(`/testimonial/[A-Za-z0-9_-]+`)

// testimonials are held, cleared, agreed to and taken back; and one is a quote of feedback.
func (j *journey) testimonials(lead, admin *browser.Visitor, slug string) {
	j.t.Helper()
	lead.Visit("/stories").Click("Testimonials").Want(200).Says("There are no testimonials yet").Click("Ask somebody whether their words may be shown").Want(200)
	j.refused(lead, "Save", "Enter what they said", "Select who they are", "Select how they are named", "Select where it may be shown").Shot("testimonial-add-refused")
	ask := func(words string) string {
		lead.Visit("/stories/testimonials/add").Fill("What they said", words).Choose("A manager").Choose("By role only").Fill("Name or role, as it is shown", "Ward manager").Choose("On the public site of occupational health").
			Choose("With partners, for example in nominations for awards").Click("Save").At("/stories/testimonials/").Want(200)
		return lead.Path
	}
	held := ask("Dr Smith listened.")
	lead.Says("Held", "somebody else has to look").Shot("testimonial-held")
	admin.Visit(held).Want(200).Click("They show nobody").Want(200).Says("“Dr Smith”")
	j.refused(admin, "They show nobody", "Enter why they may stand").Shot("testimonial-clear-refused")
	admin.Fill("Why may they stand?", "A character in a book").Click("They show nobody").At(held).Says("can be put to the person now").Click("Withdraw it").At("/stories/testimonials")

	one := ask("They listened, and it helped my team.")
	link := givenLink.FindString(strings.Join(lead.Shot("testimonial").Lines("code"), " "))
	giver := j.h.visitor(j.t, j.view).Visit(link).Want(200).Says("May we show what you said?", "Ward manager").Shot("testimonial-given")
	j.refused(giver, "I agree", "Select where we may show it, or say no").Shot("testimonial-given-refused")
	giver.Choose("On the public site of occupational health").Choose("With partners, for example in nominations for awards").Click("I agree").Want(200).Says("You agreed").Shot("testimonial-agreed")
	anybody := j.h.visitor(j.t, j.view)
	anybody.Visit("/site/"+slug+"/stories").Want(200).Says("They listened, and it helped my team", "Ward manager")
	lead.Visit(one).Says("Agreed")

	// a quote of feedback stays inside
	const wrote = "I felt heard"
	v := j.asked(invite.PersonLink).ChooseIn("How well did we keep you informed?", "5").ChooseIn("Was what we did specific to you?", "4").ChooseIn("Did you feel that you mattered?", "5")
	v.Fill("Is there anything you want to say? (optional)", wrote).Choose("Yes, without my name").Click("Send my answers").Want(200)
	lead.Visit("/stories/testimonials/quotes").Want(200).Says("There is no quote that is not used yet")
	lead.Visit("/service/feedback").Want(200).Click(wrote).Want(200).Choose("Some of both").Choose("How people were treated").Click("Save").Click(wrote).Want(200).Click("Release a quote").Want(200).Fill("The quote", wrote).Click("Release the quote").Want(200)
	lead.Visit("/stories/testimonials/quotes").Want(200)
	j.refused(lead, "Save", "Select a quote").Shot("testimonial-quotes-refused")
	lead.Choose(wrote).Click("Save").At("/stories/testimonials").Says(wrote, "The quote is shown inside").Shot("testimonials")
	anybody.Visit("/site/" + slug + "/stories").Want(200).Hides(wrote)
}

// nomination is assembled from the case study and the testimonial, sent, and won.
func (j *journey) nomination(lead, guardian *browser.Visitor) {
	j.t.Helper()
	guardian.Visit("/stories/achievements").Want(200).Says("There is nothing here yet")
	lead.Visit("/stories").Click("Nominations for awards").Want(200).Says("There are no nominations yet").Click("Begin a nomination").Want(200)
	j.refused(lead, "Save", "Select what it is for", "Enter the name of the award", "Enter who gives it", "Enter the deadline", "Enter at least one criterion").Shot("award-add-refused")
	lead.Choose("An accreditation").Fill("Name of the award", "Safe service").Fill("Who gives it?", "A society").Fill("What it asks for", "Impact on staff | 5")
	j.date(lead, "Deadline", 10)
	lead.Click("Save").At("/stories/awards/").Says("Criteria that are not ready: 1 of 1", "No answer yet").Shot("award-begun")
	one := lead.Path
	lead.Click("Write the answer").Want(200)
	j.refused(lead, "Save", "Enter the answer").Shot("award-answer-refused")
	lead.Fill("Answer", "People are seen four days sooner").Click("Save").At(one).Says("6 of 5 words", "Too many words").Click("Write the answer").Fill("Answer", "Seen four days sooner").Click("Save").Click("Add evidence").Want(200)
	j.refused(lead, "Add evidence", "Select what it rests on").Shot("award-evidence-refused")
	for _, what := range []string{"Case study: Seen much sooner", "Judged forecast: A clinic on Thursdays: No effect claimed", "Testimonial: They listened, and it helped my team."} {
		lead.Visit(one+"/criteria/1/evidence").Select("Evidence", what).Click("Add evidence").At(one)
	}
	lead.Says("Every criterion has an answer").Shot("award-ready").Click("See it as it is printed").Want(200).Says("Draft: it was not sent", "They listened, and it helped my team", "Nobody came in the evening").Shot("award-print")
	lead.Visit(one).Click("We have sent it").Want(200).Says("nothing in it changes any more").Click("Say what came of it").Want(200)
	j.refused(lead, "Save", "Select what came of it", "Enter when you heard").Shot("award-outcome-refused")
	lead.Choose("Won")
	j.date(lead, "When did you hear?", 0)
	j.date(lead, "It holds until", 700)
	lead.Click("Save").At(one).Says("Won").Visit("/stories/awards").Want(200).Shot("awards")
	guardian.Visit("/stories/achievements").Want(200).Says("Safe service", "Holds until").Shot("achievements")
}
