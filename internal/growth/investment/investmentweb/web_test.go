package investmentweb_test

import (
	"context"
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/fivecase"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/investmentweb"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

var now = time.Date(2026, 11, 10, 10, 0, 0, 0, time.UTC)

func TestPages(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	action := investment.Action{ID: uuid.New(), Title: "A second nurse clinic"}
	library := figure.NewLibrary()
	clinic := investment.Position{ID: uuid.New(), Title: "Nurse at Northfield", Planned: true}
	positions := []investment.Position{{ID: uuid.New(), Title: "Senior nurse"}, clinic}
	s := investment.New(investment.Deps{DB: db, Figures: library, Actions: func(context.Context, access.Actor) ([]investment.Action, error) {
		return []investment.Action{action}, nil
	}, Positions: func(context.Context, access.Actor, time.Time) ([]investment.Position, error) { return positions, nil }})
	library.Add(s.Book())
	site := webtest.New(t, now, investmentweb.Routes(s, fivecase.New(fivecase.Deps{Plan: s})), investment.Rules)
	lead, guardian := site.As(w.OHLead.As(access.Lead, access.Growth)), site.As(w.Guardian.As(access.Guardian, access.Growth))

	for _, path := range []string{"/investment", "/investment/benefits", "/investment/appraisal", "/investment/actual"} {
		guardian.Get(path).Want(200).Says("There is no investment plan yet", "The head of occupational health sets it up")
		lead.Get(path).Want(200).Says("Set the plan up")
		site.As(w.HR.As(access.HR, access.Growth)).Get(path).Want(404)
	}
	for _, path := range []string{"/investment/lines/add", "/investment/benefits/add", "/investment/actual/enter"} {
		lead.Get(path).To("/investment/plan")
		guardian.Get(path).Want(404)
	}
	lead.Post("/investment/plan", url.Values{"delay": {"9"}}).Refuses("Select the first quarter", "Enter a percentage from 0 to 25", "Enter a percentage from 0 to 25", "Enter a whole number of quarters from 0 to 8", "Select the option that is followed")
	form := lead.Get("/investment/plan").Want(200).Form()
	lead.Post("/investment/plan", webtest.Fill(form, "start", "2026-07-01", "award_2027", "-1", "award_2029", "x")).Refuses("Pay award of 2027/28: enter a percentage from 0 to 25, or leave it empty", "Pay award of 2029/30: enter a percentage from 0 to 25, or leave it empty")
	lead.Post("/investment/plan", webtest.Fill(form, "start", "2026-07-01", "award_2027", "", "award_2029", "3.1")).To("/investment")
	lead.Get("/investment").Want(200).Says("Pay rises by 2% in 2027/28, 2% in 2028/29, 3.1% in 2029/30, 2% in 2030/31 and 2% in 2031/32, other prices by 2%")
	if again := lead.Get("/investment/plan").Want(200).Form(); again.Get("award_2029") != "3.1" || again.Get("award_2028") != "" {
		t.Errorf("the form keeps %v", again)
	}
	lead.Post("/investment/plan", webtest.Fill(form, "start", "2026-07-01", "award_2029", "")).To("/investment")
	lead.Get("/investment").Want(200).Says("Pay rises by 2% a year, other prices by 2%", "There are no lines yet", "1 July 2026 to 30 June 2031", "Preferred has no costs yet")
	guardian.Get("/investment/appraisal").Want(200).Says("Preferred has no costs yet")

	// A line: what is missing, what does not fit together, and what is right.
	form = lead.Get("/investment/lines/add?action=" + action.ID.String()).Want(200).Says("A second nurse clinic").Form()
	if form.Get("action") != action.ID.String() || form.Get("start") != "2026-07-01" {
		t.Errorf("the form begins with %v", form)
	}
	id := form.Get("id")
	lead.Post("/investment/lines/add", url.Values{"id": {id}, "version": {"0"}}).Refuses("Enter what it is", "Select the kind", "Enter an amount in pounds, for example 12000, or select a band", "Select how often it is paid", "Select how it is accounted for",
		"Select a quarter of the plan", "Select at least one option", "Select the type of project")
	lead.Post("/investment/lines/add", webtest.Fill(url.Values{"in": {"preferred"}}, "id", id, "version", "0", "title", "Nurse", "kind", "people", "treatment", "capital", "recurrent", "no", "band", "6", "heads", "0", "wte", "1.5", "amount", "12",
		"start", "2026-10-01", "end", "2026-07-01", "uplift", "much", "type", "staffing", "bias", "11")).Refuses("Select the role", "Enter how many people, as a whole number from 1 to 1,000", "Enter a share of full time above 0 and up to 1, for example 0.6",
		"Leave the amount empty where a band prices it", "Pay comes every year. Enter an end if the post ends", "Pay is revenue. What of it is a transfer is reckoned for you", "The end must be after the start", "Enter a percentage from 0 to 25", "Enter a percentage from 0 to 10, the range of this type")
	lead.Post("/investment/lines/add", webtest.Fill(url.Values{}, "id", "x")).Want(404)
	lead.Get("/investment/lines/add").Want(200).Says("Senior nurse", "Nurse at Northfield (planned)", "No post")
	good := webtest.Fill(url.Values{"in": {"preferred", "maximum"}}, "id", id, "version", "0", "title", "Clinic nurse", "kind", "people", "treatment", "revenue", "recurrent", "yes", "band", "6", "heads", "2", "wte", "0.5", "role", "nurse",
		"start", "2026-10-01", "type", "staffing", "bias", "5", "action", action.ID.String(), "post", clinic.ID.String())
	lead.Post("/investment/lines/add", good).Refuses("Say which risks have been dealt with, or use 10%")
	good.Set("bias_reason", "The posts are filled from the bank")
	for _, forged := range []string{uuid.NewString(), "Nurse at Northfield"} { // a post is chosen, not typed
		other := url.Values{}
		for k, v := range good {
			other[k] = v
		}
		lead.Post("/investment/lines/add", webtest.Fill(other, "post", forged)).Want(404)
	}
	saved := lead.Post("/investment/lines/add", good).To("/investment?effect=" + id)
	lead.Get(saved).Want(200).Says("What “Clinic nurse” changes", "In “Preferred” it costs £", "It is in these options too: Do maximum.", "Preferred: without it, and with it", "Without it", "With it", "Net present value for the budget", "Benefit over cost", "A post brings no benefit by itself", "Look at the benefits")
	guardian.Get(saved).Want(200).Says("What “Clinic nurse” changes").Hides("Look at the benefits")
	guardian.Get("/investment?effect=" + uuid.NewString()).Want(200).Says("This costs nothing within the five years of the plan")
	guardian.Get("/investment").Want(200).Hides("without it, and with it", "This costs nothing within")
	guardian.Get("/investment/case/print").Want(200).Says("Clinic nurse (Nurse at Northfield; A second nurse clinic)")
	licence := lead.Get("/investment/lines/add").Form()
	lead.Post("/investment/lines/add", webtest.Fill(url.Values{"in": {"minimum", "preferred", "maximum"}}, "id", licence.Get("id"), "version", "0", "title", "Booking software", "kind", "licence", "treatment", "revenue", "recurrent", "yes", "amount", "£12,000",
		"start", "2026-07-01", "type", "fixed")).To("/investment")
	page := lead.Get("/investment").Want(200).Says("Clinic nurse", "2 people of 0.5 full time each, Band 6", "Booking software", "£12,000 a year", "5%: Posts, pay and training", "A second nurse clinic", "Preferred costs £", "so all of it has to be found", "Cash by quarter: Preferred")
	guardian.Get("/investment?option=nothing&view=full").Want(200).Says("Doing nothing costs nothing more than today").Hides("Add a line", "/investment/lines/")
	guardian.Get("/investment?option=other&view=other").Want(200).Says("Preferred costs £")
	if !slices.Contains(page.Links(), "/investment/lines/"+id) {
		t.Errorf("links %v", page.Links())
	}
	form = lead.Get("/investment/lines/" + id).Want(200).Form()
	if form.Get("heads") != "2" || form.Get("wte") != "0.5" || !slices.Equal(form["in"], []string{"preferred", "maximum"}) {
		t.Errorf("the form shows %v", form)
	}
	// The post has another name by now, and then it is gone: the line keeps to it.
	positions[1].Title = "Nurse at Northfield and Eastgate"
	lead.Get("/investment").Want(200).Says("People: OH nurse (Nurse at Northfield and Eastgate)")
	positions = positions[:1]
	form = lead.Get("/investment/lines/" + id).Want(200).Says("Nurse at Northfield").Form()
	if form.Get("post") != clinic.ID.String() {
		t.Errorf("the form shows %v", form)
	}
	lead.Post("/investment/lines/"+id, webtest.Fill(form, "heads", "3")).To("/investment")
	lead.Get("/investment").Want(200).Says("(Nurse at Northfield)")
	lead.Post("/investment/lines/"+id, webtest.Fill(form, "heads", "4")).Want(409).Says("Somebody has changed this")
	lead.Get("/investment/lines/" + uuid.NewString()).Want(404)

	// A benefit, and another that claims the same.
	id = lead.Get("/investment/benefits/add").Want(200).Form().Get("id")
	lead.Post("/investment/benefits/add", url.Values{"id": {id}, "version": {"0"}}).Refuses("Enter what gets better", "Select the kind of benefit", "Enter the post that answers for it", "Select a figure or enter what measures it", "Enter for whom", "Enter the unit",
		"Enter a number of units, for example 250", "Enter a number of units, for example 250", "Enter a number of units, for example 250", "Enter pounds for one unit, for example 180",
		"Enter a percentage above 0 and up to 100", "Enter a percentage above 0 and up to 100", "Enter whole percentages from 0 to 100 apart by commas, the last above 0", "Select a quarter of the plan", "Select at least one option")
	benefit := func(id string) url.Values {
		return webtest.Fill(url.Values{"in": {"preferred", "maximum"}}, "id", id, "version", "0", "title", "Fewer days lost", "class", "public", "owner", "Director of nursing", "measure", "Days lost", "population", "All staff", "unit", "days",
			"low", "600", "mode", "1,000", "high", "1500", "value", "£180", "attribution", "50%", "share", "100", "ramp", "0, 50%, 100", "start", "2026-10-01")
	}
	lead.Post("/investment/benefits/add", webtest.Fill(benefit(id), "low", "2000", "high", "1")).Refuses("Most likely cannot be less than lowest", "Highest must be above 0 and not less than most likely")
	lead.Post("/investment/benefits/add", webtest.Fill(benefit(id), "low", "few", "ramp", "none")).Refuses("Enter a number of units, for example 250", "Enter whole percentages from 0 to 100 apart by commas, the last above 0")
	lead.Post("/investment/benefits/add", benefit(id)).To("/investment/benefits")
	second := webtest.Fill(benefit(lead.Get("/investment/benefits/add").Form().Get("id")), "title", "Less agency", "class", "cash", "owner", "Director of finance", "measure", "days  lost")
	lead.Post("/investment/benefits/add", second).Refuses("Fewer days lost already claims 100% of “Days lost” for the same people. Enter 0% at most, or reduce the other share first: one saved day has one owner")
	form = lead.Get("/investment/benefits/" + id).Want(200).Form()
	if form.Get("ramp") != "0%, 50%, 100%" {
		t.Errorf("the form shows %v", form)
	}
	lead.Post("/investment/benefits/"+id, webtest.Fill(form, "share", "60")).To("/investment/benefits")
	lead.Post("/investment/benefits/add", webtest.Fill(second, "share", "40", "value", "95.50")).To("/investment/benefits")
	guardian.Get("/investment/benefits").Want(200).Says("Cash-releasing", "Other public value", "£95.50 a unit", "1,000 days (600 to 1,500)", "Fewer days lost (Director of nursing): 60%", "100%").Hides("Add a benefit", "/investment/benefits/"+id)

	// The appraisal.
	guardian.Get("/investment/appraisal").Want(200).Says("Preferred costs £", "The chance that it costs more than it is worth is", "Net present social value", "What moves the result most", "Cost overrun: posts, pay and training",
		"At which value does the answer turn?", "1 in 20 below", "Published averages are higher", "they were not used", "Deloitte 2024: 4.7 to 1", "Green Book", "Not within five years")
	guardian.Get("/investment/appraisal?view=budget&option=maximum").Want(200).Says("Net present value", "Financial view: the trust").Hides("Who gains", "Deloitte")
	guardian.Get("/investment/appraisal?option=nothing").Want(200).Says("Doing nothing costs and brings nothing").Hides("What moves")
	guardian.Get("/investment/appraisal?option=minimum").Want(200).Says("no benefit is written down yet")

	// Actual.
	guardian.Get("/investment/actual").Want(200).Says("For July 2026 to September 2026 nobody has entered what was spent", "Not known").Hides("Enter actual")
	lead.Post("/investment/actual/enter", url.Values{}).Refuses("Select a quarter that has begun")
	lead.Post("/investment/actual/enter", url.Values{"quarter": {"0"}}).Refuses("Enter at least one number")
	lead.Post("/investment/actual/enter", url.Values{"quarter": {"2"}, "spend": {"much"}, "benefit_" + id: {"-1"}}).Refuses("Select a quarter that has begun", "Enter a number of 0 or more", "Enter a number of 0 or more")
	lead.Post("/investment/actual/enter", url.Values{"quarter": {"0"}, "spend": {"£4,000"}, "posts": {"0.5"}, "wait": {"11"}, "benefit_" + id: {"0"}}).To("/investment/actual?quarter=0")
	guardian.Get("/investment/actual?quarter=0").Want(200).Says("we spent £1,000 more than the £3,000 that was planned", "0.5 of 0 WTE were in post", "+£1,000", "11 (working days)", "1 benefit is followed, 0 is behind plan", "Spend by quarter beside the plan")
	form = lead.Get("/investment/actual/enter?quarter=0").Want(200).Form()
	if form.Get("spend") != "4000" || form.Get("quarter") != "0" {
		t.Errorf("the form shows %v", form)
	}

	lead.Post("/investment/benefits/"+id+"/drop", url.Values{}).To("/investment/benefits")
	lead.Post("/investment/lines/"+licence.Get("id")+"/drop", url.Values{}).To("/investment")
	lead.Get("/investment").Want(200).Hides("Booking software")
	lead.Get("/investment/benefits/" + id).Want(404)
}
