package e2e

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/network/contract"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

// walkContract goes from what a service and a client agree on to the pack that both read, the review over it, and the front door.
func walkContract(t *testing.T) { each(t, (*journey).contract) }

func (j *journey) contract() {
	lead, name := j.as(j.w.OHLead, access.Lead), "Wyre Valley Hospitals"
	at, month := "/agreements/"+j.w.Trust.String(), contract.MonthOf(locale.Day(j.day))
	first := month.AddMonths(-6)
	lead.Visit("/agreements").Want(200).Says(name, "No day set").Shot("contract-list").Click(name).Want(200).Says("No service levels are agreed on", "No prices are agreed on")

	// What is agreed on.
	lead.Click("Agree on a service level").Want(200)
	j.refused(lead, "Save what you agreed on", "Select what is measured", "Enter a share from 1 to 100").Shot("contract-level-refused")
	lead.Select("What is measured?", "Reports within target").Fill("Share that you aim at, in per cent", "90").Fill("Within how many working days?", "3").Select("From which month on?", first.MonthYear()).
		Click("Save what you agreed on").At(at).Says("At least 90% within 3 working days").Click("Agree on a price").Want(200)
	j.refused(lead, "Save what you agreed on", "Select what it is for", "Select what the price is of", "Enter a price in pounds, for example 45 or 1,250.50").Shot("contract-line-refused")
	lead.ChooseIn("What is it for?", "Appointment that took place").ChooseIn("What is the price of?", "One of them").Fill("Price", "45.50").Fill("How many do you expect in a year?", "240").
		Fill("How many per cent more or less before you talk about the price again?", "10").Select("From which month on?", first.MonthYear()).Click("Save what you agreed on").At(at).Says("£45.50 each", "240 a year, give or take 10%")
	lead.Click("Agree on a price").Want(200).ChooseIn("What is it for?", "Other work").ChooseIn("What is the price of?", "A whole year").Fill("Price", "£12,000").Select("From which month on?", first.MonthYear()).
		Click("Save what you agreed on").At(at).Says("£12,000 a year").Click("Change notice and reviews").Want(200).Fill("Months of notice", "40")
	j.refused(lead, "Save what you agreed on", "Enter months of notice from 0 to 36", "Enter the day of the next review").Shot("contract-dates-refused")
	lead.Fill("Months of notice", "6")
	j.date(lead, "Next review", 20)
	lead.Click("Save what you agreed on").At(at).Says("6 months", "Look at the pack for").Shot("contract-one")

	// The pack, which the client cannot read before it is released.
	hr := j.as(j.w.HR, access.HR).Visit("/our-contract").Want(200).Says("No pack has been released to you yet", "£45.50 each").Hides("End with this month")
	lead.Click("Look at the pack for").Want(200).Says("This is exactly what", "Nothing to measure in these months", "Fewer: talk about the price", "£6,000").Shot("contract-draft").
		Click("Release it to "+name).At(at+"/packs/").Says("Both sides read the same", "Kept as it was released").Shot("contract-pack")
	pack := lead.Path
	lead.Click("Write down that you met").Want(200)
	lead.Date("When did you meet?", "", "", "").Date("When do you meet next?", "1", "1", "2020")
	j.refused(lead, "Save", "Enter when you met", "Enter a day of the next review within the next 3 years").Shot("contract-review-refused")
	j.date(lead, "When did you meet?", 0)
	j.date(lead, "When do you meet next?", 180)
	lead.Click("Save").At(pack).Says("They meet next on").Click("Add something that you agreed to do").Want(200)
	j.refused(lead, "Save", "Enter what is to be done", "Select who does it", "Enter by when it is done").Shot("contract-action-refused")
	lead.Fill("What is to be done?", "Send referrals complete").ChooseIn("Who does it?", "The client")
	j.date(lead, "By when?", 30)
	lead.Click("Save").At(pack).Says("Send referrals complete").Visit(at).Click("Mark as done: Send referrals complete").At(at).Says("The next pack is about").Shot("contract-after")

	// The client reads the same, and says whether it is named in public.
	hr.Visit("/our-contract").Want(200).Shot("contract-ours").Press("//main//table//a").Want(200).Says("Kept as it was released", "Send referrals complete", "They meet next on").Hides("Add something").Shot("contract-ours-pack")
	hr.Visit("/our-contract").Click("Being named in public").Want(200)
	j.refused(hr, "Save", "Select yes or no").Shot("contract-listing-refused")
	lead.Click("Where clinics run").Want(200).Says("is not named on your public site").Click("Add a place").Want(200)
	j.refused(lead, "Add the place", "Select what kind of place it is", "Enter the name of the place", "Enter when clinics run there").Shot("contract-site-refused")
	lead.ChooseIn("What kind of place is it?", "Spoke: nearer to the staff of this client").Fill("Name of the place", "Health centre").Fill("When do clinics run there?", "Tuesdays").Click("Add the place").Want(200).Says("Health centre")
	hr.Choose("Yes, name us").Click("Save").At("/our-contract")
	lead.Visit(at + "/sites").Want(200).Says("wants to be named on your public site").Shot("contract-sites")
	j.door(lead, name)
	lead.Visit(at + "/sites").Click("Take off the list: Health centre").Want(200).Says("No places are written down")
	hr.Visit("/our-contract/listing").Want(200).Choose("No, leave us out").Click("Save").At("/our-contract")

	// What is agreed on ends with a month, and what the work costs.
	lead.Visit(at).Press("(//main//form//button[contains(., 'End with this month')])[1]").At(at).Says("until the end of").Shot("contract-ended")
	lead.Visit("/unit-costs").Want(200).Says("Nothing has been worked out yet", name).Shot("unit-costs").Click("Work out a year").Want(200)
	j.refused(lead, "Work it out", "Enter the cost of the team in pounds, for example 450,000", "Enter the hours with patients in whole hours", "Enter a percentage from 0 to 100, for example 18.5", "Enter where the percentage comes from").Shot("unit-costs-refused")
}

// door says who one works for, and is led to the way in; from the site of a service, and from the door that it shares with another.
func (j *journey) door(lead *browser.Visitor, name string) {
	open := func(v *browser.Visitor) string {
		slug := "d-" + strings.ReplaceAll(uuid.NewString(), "-", "")[:12]
		v.Visit("/site-editor").Want(200).Click("Open the public site").Want(200).Fill("Address", slug).Click("Open the site").Want(200)
		return "/site/" + slug
	}
	j.h.show(j.t, j.w.ForeignOHNurse, access.Lead) // leads her service in this walk
	site, other := open(lead), open(j.as(j.w.ForeignOHNurse, access.Lead))
	anybody := j.h.visitor(j.t, j.view).Visit(site+"/refer").Want(200).Click("Who do you work for?").Want(200).Says("Choose your employer", "Your employer is not here?").Shot("door")
	anybody.Click(name).Want(200).Says("looks after the staff of "+name, "For somebody you manage", "Health centre: Tuesdays").Shot("door-employer").Click("Refer somebody").At("/sign-in")
	anybody.Visit(other+"/your-employer").Want(200).Click("Look at the employers of other services").At("/site").Says("Occupational health services", "Who do you work for?", name, "The services").Shot("door-shared")
	anybody.Visit("/site?q=nobody+here").Want(200).Says("0 employers found", "The services").Hides(name).Shot("door-shared-none")
}
