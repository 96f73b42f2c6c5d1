package e2e

import (
	"strconv"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/halfday"
	"github.com/rowan-ohwb/rowan/internal/growth/network/peopleplan"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/network/sharing"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

// walkSkills goes from two organisations that take part in the skills bank of their ICS to a session that took place: a nurse offers
// herself, her lead agrees, another lead looks for somebody and asks, and her name is seen there once she says yes.
func walkSkills(t *testing.T) { each(t, (*journey).skills) }

func (j *journey) skills() {
	j.h.show(j.t, j.w.SystemLead(), access.SystemLead)
	lead, nurse := j.as(j.w.OHLead, access.Lead), j.as(j.w.OHNurse, access.Nurse)
	foreign := j.w.ForeignOHNurse // leads her service in this walk
	j.h.show(j.t, foreign, access.Lead)
	there := j.as(foreign, access.Lead)
	lead.Visit("/skills-bank").Want(200).Says("does not take part").Shot("skills-none")
	nurse.Visit("/skills-bank/mine").Want(200).Says("does not take part in a skills bank yet")
	for _, v := range []*browser.Visitor{lead, there} {
		v.Visit("/sharing/items/skills/ask").Want(200).Says("You take part by name")
		v.Select("From which month on?", locale.Day(j.h.now()).AddMonths(-1).MonthYear()).Click("Ask an executive to agree").At("/sharing")
	}
	j.as(j.w.Executive, access.Executive).Visit("/sharing").Want(200).Click("Agree to share: The skills bank of your ICS").At("/sharing").Says("Agreed by Paul Grant")
	j.h.show(j.t, foreign, access.Executive)
	j.as(foreign, access.Executive).Visit("/sharing").Want(200).Click("Agree to share: The skills bank of your ICS").At("/sharing")

	j.ready(nurse, lead)
	on := j.offers(nurse, lead)
	j.lends(there, nurse, lead, on)
	system := j.as(j.w.SystemLead(), access.SystemLead).Visit("/system/skills").Want(200).Says("2 of 2 organisations take part", "How many people offer to help is not told here", "Assessment", "4 of 8 booked or done", "Harrow Fell Hospitals").Hides("Helen Marsh").Shot("skills-system")
	j.peoplePlan(system, lead)

	nurse.Visit("/skills-bank/mine").Want(200).Click("Withdraw the offer from " + locale.Day(j.h.now()).Long()).At("/skills-bank/mine").Says("what was asked of it is called off")
	there.Visit("/skills-bank").Want(200).Click("Assessment, Fell site").Want(200).Says("Nobody fits at the moment").Click("Nobody is looked for any more").At("/skills-bank").Says("It is closed")
	lead.Visit("/sharing").Click("Stop sharing: The skills bank of your ICS").At("/sharing").Visit("/skills-bank").Want(200).Says("does not take part")
}

// dates fills in a day.
func dates(v *browser.Visitor, legend string, d civil.Date) *browser.Visitor {
	return v.Date(legend, strconv.Itoa(d.Day), strconv.Itoa(int(d.Month)), strconv.Itoa(d.Year))
}

// ready has the nurse registered and signed off for assessment.
func (j *journey) ready(nurse, lead *browser.Visitor) {
	j.t.Helper()
	today := locale.Day(j.h.now())
	nurse.Visit("/skills-bank/mine").Want(200).Says("There is nothing yet").Shot("skills-mine-none").Visit("/skills-bank/mine/add").Want(200).At("/skills-bank/mine")
	nurse.Visit("/practice").Want(200).Click("Give your registration, so that we can remind you").Want(200).Select("Register", "NMC (Nursing and Midwifery Council)").Fill("Number", "00a 0000e")
	dates(nurse, "Registration ends on", today.AddMonths(9)).Click("Save").At("/practice/registration")
	nurse.Visit("/practice/competencies").Want(200).Click("Assessment").Want(200).Click("Ask to be signed off").Want(200)
	lead.Visit("/practice/sign-off").Want(200).Click("Assessment").Want(200)
	dates(lead, "Until when does it count? (optional)", today.AddMonths(6)).Click("Sign off").Want(200)
}

// offers has the nurse offer herself from today on, on every half-day of today's weekday; her lead refuses once and agrees once.
func (j *journey) offers(nurse, lead *browser.Visitor) civil.Date {
	j.t.Helper()
	today := locale.Day(j.h.now())
	morning := locale.English().T("skills.slot." + halfday.Of(today, halfday.Morning))
	offer := func() {
		nurse.Visit("/skills-bank/mine").Want(200).Click("Offer to help").Want(200)
		nurse.ChooseIn("What you are signed off for", "Assessment").Select("What is your band?", "Band 6").ChooseIn("Where would you help?", "Harrow Fell Hospitals").ChooseIn("On which half-days?", morning)
		dates(dates(nurse, "First day", today), "Last day", today.AddMonths(3)).ChooseIn("Who may recognise you", "I know that colleagues may recognise me by role, band and dates, where few people do this work").Click("Send to my lead").At("/skills-bank/mine").Says("Waits for your lead")
	}
	nurse.Visit("/skills-bank/mine").Want(200).Click("Offer to help").Want(200).Shot("skills-offer")
	j.refused(nurse, "Send to my lead", "Select at least one that you are signed off for", "Select your band", "Select at least one place", "Select at least one half-day", "Enter the first day", "Enter the last day", "Confirm that you know colleagues may recognise you").Shot("skills-offer-refused")
	offer()
	lead.Visit("/skills-bank").Want(200).Says("Helen Marsh", "Waits for you to agree").Shot("skills-agree").Click("Refuse the offer of Helen Marsh").At("/skills-bank").Says("Refused by Anne Shaw")
	offer()
	lead.Visit("/skills-bank").Want(200).Click("Agree to the offer of Helen Marsh").At("/skills-bank").Says("Others can find it, without the name")
	return today
}

// lends goes from a need to hours that are counted.
func (j *journey) lends(there, nurse, lead *browser.Visitor, on civil.Date) {
	j.t.Helper()
	morning := locale.English().T("skills.slot." + halfday.Of(on, halfday.Morning))
	there.Visit("/skills-bank").Want(200).Says("2 organisations take part").Click("Look for somebody").Want(200)
	j.refused(there, "Post it", "Select what they should be signed off for", "Enter where", "Select at least one half-day", "Enter the first day", "Enter the last day", "Hours must be a whole number from 1 to 2,000").Shot("skills-need-refused")
	there.Select("What should they be signed off for?", "Assessment").Fill("Where? Name the site", "Fell site").ChooseIn("On which half-days?", morning).Fill("How many hours in all?", "8")
	dates(dates(there, "First day", on), "Last day", on.AddMonths(1)).Click("Post it").At("/skills-bank/needs/").Says("Occupational health nurse, Band 6", "Signed off for Assessment until", "Comes to your organisation").Hides("Helen Marsh").Shot("skills-need")
	need := there.Path
	there.Click("Ask: Occupational health nurse, Band 6, Wyre Valley Hospitals").Want(200)
	j.refused(there, "Ask", "Enter the day", "Select a part of the day", "Hours must be a whole number from 1 to 12").Shot("skills-ask-refused")
	dates(there, "Which day?", on).ChooseIn("Which part of the day?", "Morning").Fill("How many hours?", "5").Click("Ask").At("/skills-bank/needs/").Says("The person has been asked")
	nurse.Visit("/skills-bank/mine").Want(200).Click("Answer Harrow Fell Hospitals for " + on.Long()).Want(200).Shot("skills-answer")
	j.refused(nurse, "Answer", "Select whether you will go").ChooseIn("Will you go?", "Yes. They will see my name.").Click("Answer").At("/skills-bank/mine").Says("The person said yes")
	there.Visit("/skills-bank").Want(200).Says("Helen Marsh", "You have to agree").Click("Agree to " + on.Long()).At("/skills-bank").Says("The other lead has to agree")
	lead.Visit("/skills-bank").Want(200).Click("Agree to " + on.Long()).At("/skills-bank").Says("Booked").Shot("skills-booked")
	there.Visit("/skills-bank").Want(200).Click("Say that "+on.Long()+" took place").Want(200).Fill("How many hours were worked?", "90")
	j.refused(there, "It took place", "Hours must be a whole number from 1 to 12").Fill("How many hours were worked?", "4").Click("It took place").At("/skills-bank").Says("The hours are counted")
	again := on.AddDays(7)
	there.Visit(need).Want(200).Click("Ask: Helen Marsh, Occupational health nurse, Band 6, Wyre Valley Hospitals").Want(200)
	dates(there, "Which day?", again).ChooseIn("Which part of the day?", "Morning").Fill("How many hours?", "4").Click("Ask").At("/skills-bank/needs/")
	lead.Visit("/skills-bank").Want(200).Click("Call off " + again.Long()).At("/skills-bank").Says("Called off")
	if table := lead.Visit("/skills-bank").Click("Hours given and received").Want(200).Says("Wyre Valley Hospitals", "Harrow Fell Hospitals").Shot("skills-hours").Download("Download the hours as a table (CSV)"); len(table) < 100 {
		j.t.Errorf("the table is %q", table)
	}
}

// peoplePlan is the plan of the ICS from posts that two organisations told by signed files, and an action that one is asked to join.
func (j *journey) peoplePlan(v, lead *browser.Visitor) {
	j.t.Helper()
	v.Visit("/system").Want(200).Click("People plan").Want(200).Says("Nobody has shared posts yet", "0 of 2 organisations").Shot("people-none")
	key, err := release.SigningKey.Make()
	if err != nil {
		j.t.Fatal(err)
	}
	signer, err := release.NewSigner(seal.Secret(strings.TrimSpace(key)))
	if err != nil {
		j.t.Fatal(err)
	}
	v.Visit("/system/keys/add").Want(200).Fill("Whose key is it?", "Moors Trust").Fill("The 64 letters and numbers of their key", signer.Fingerprint()).Click("Add the key").At("/system/releases")
	pack, err := release.Load(content.FS)
	if err != nil {
		j.t.Fatal(err)
	}
	month := sharing.Last(locale.Day(j.h.now()))
	for month.Month%3 != 0 {
		month = month.AddMonths(-1)
	}
	nurse := peopleplan.Place{Role: "nurse", Band: "6"}
	for i, nurses := range []float64{16, 5} {
		t := peopleplan.Team{Now: map[peopleplan.Place]float64{nurse: nurses}, Planned: map[int]map[peopleplan.Place]float64{}, InPost: map[string]peopleplan.Staff{"nurse": {WTE: nurses - 1.5, Heads: nurses}}, Expected: map[int]map[string]peopleplan.Staff{}, Retire: float64(9 - 7*i)}
		for y := month.Year + 1; y <= month.Year+peopleplan.Years; y++ {
			t.Planned[y], t.Expected[y] = map[peopleplan.Place]float64{nurse: nurses + 1}, map[string]peopleplan.Staff{"nurse": {WTE: nurses - 2, Heads: nurses}}
		}
		var figures []release.Figure
		for _, id := range peopleplan.Metrics {
			m, _ := pack.Find(id)
			figures = append(figures, t.Figures(m, month)...)
		}
		v.Visit("/system/take").Upload("File of the release", j.signed(signer, "PLANS"+string(rune('A'+i)), figures)).Swap("Take in the file", "The release is in").At("/system/releases")
	}
	v.Visit("/system/people-plan").Want(200).Says("2 of 2 organisations", month.MonthYear(), "17 WTE of posts are planned and 10 WTE are expected", "a gap of 7 WTE", "Of the 1 of 2 organisations", "Whole teams", "Definition: posts, version 1", "5 to 22, of 2 of 2 organisations").Shot("people-plan")
	if table := v.Download("Download the people plan as a table (CSV)"); !strings.Contains(string(table), "posts,nurse,6,,21,21,2,2,\"posts, version 1\"") {
		j.t.Errorf("the table is %.300s", table)
	}
	lead.Visit("/joint-actions").Want(200).Says("has not asked you")
	v.Click("Begin an action").Want(200)
	j.refused(v, "Begin it", "Select what kind of action it is", "Enter what it is called", "Select a profession", "Enter who owns it", "Enter by which day", "WTE must be a number above 0, and no more than 1,000", "Select at least one organisation").Shot("people-action-refused")
	v.ChooseIn("What kind of action is it?", "Recruit together").Fill("What is it called?", "One advert for nurses").Select("For which profession?", "Occupational health nurse").Fill("Who owns it?", "The ICS lead").Fill("How many WTE more in post do you expect by then?", "3")
	dates(v, "By which day?", locale.Day(j.h.now()).AddMonths(6)).ChooseIn("Which organisations do you ask?", "Wyre Valley Hospitals").Click("Begin it").At("/system/people-plan/actions/").Says("Wyre Valley Hospitals: Asked")
	action := v.Path
	lead.Visit("/joint-actions").Want(200).Says("One advert for nurses").Shot("people-joint").Click("Take no part: One advert for nurses").At("/joint-actions").Says("Takes no part").Click("Take part: One advert for nurses").At("/joint-actions").Says("Takes part")
	v.Visit(action).Want(200).Says("Wyre Valley Hospitals: Takes part").Shot("people-action").Click("Say how it ended").Want(200)
	j.refused(v, "Save", "Select how it ended", "Enter what came of it").ChooseIn("How did it end?", "Done").Fill("What came of it?", "Three nurses came.").Click("Save").At(action).Says("Three nurses came.")
}
