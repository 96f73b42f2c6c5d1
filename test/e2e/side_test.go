package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

// walkSide goes where the main job does not lead: acting as somebody's manager, a referral that is sent back, an
// appointment that is moved and missed, the diary, the staff feed, single charts.
func walkSide(t *testing.T) {
	h := open(t, true)
	h.work(t)
	j := &journey{t: t, h: h, w: world.New(t, h.db), view: browser.Phone, day: start()}
	h.show(t, j.w.Peer, access.Manager)
	h.show(t, j.w.Nurse, access.Person)
	h.at(j.day)
	j.plan("by phone")
	j.delegate()
	j.back()
	j.reach()
	j.clock()
	j.diary()
	j.charts()
}

// delegate asks to act as somebody's manager; HR confirms.
func (j *journey) delegate() {
	v := j.as(j.w.Peer, access.Manager).Visit("/refer/someone-else").Want(200).Fill("Search by name", "Zzzz").Click("Search").Want(422)
	v.Fill("Search by name", "Okafor").Click("Search").Want(200).Click("Send request").Want(422)
	v.Choose("Amara Okafor").Fill("Why do you act as their manager?", "I stand in for a colleague on leave")
	j.date(v, "First day", 0)
	j.date(v, "Last day", 30)
	v.Click("Send request").Want(200).Says("Your request is sent").Shot("delegation")
	v = j.as(j.w.HR, access.HR).Visit("/refer/delegations").Want(200).Shot("delegations").Click("Confirm").Want(200).Says("Confirmed")
	v.Visit("/people-admin/import").Want(200).Swap("Check the file", "There is a problem").Want(422)
	j.as(j.w.OHAdmin, access.OHAdmin).Visit("/refer/delegations/oh").Want(200)
}

// back is a self-referral that is sent back, taken up again, booked, moved, missed.
func (j *journey) back() {
	v := j.as(j.w.Nurse, access.Person).At("/my").Click("Ask occupational health for help").Want(200)
	v.Choose("Stress, or how I feel").Fill("Tell us what you need", "I sleep badly.").ChooseIn("How should we contact you?", "Letter").Click("Continue").Want(200).Says("You have not given us a postal address")
	v.Click("Back").Want(200).Click("Continue").Want(200).Says("I sleep badly.").Shot("my-refer-check").Click("Send to occupational health").Want(200).Says("How we reach you")
	v = j.as(j.w.OHNurse, access.Nurse).Visit("/queue").Click("Amara Okafor").Want(200).Click("Ask for information").Want(200).Click("Send it back").Want(422)
	v.Fill("What is missing", "Since when?").Click("Send it back").Want(200).Visit("/queue").Click("Amara Okafor").Click("The answer has arrived").Want(200)
	v.Visit("/queue").Click("Amara Okafor").Click("Triage").Want(200).ChooseIn("How urgent is it?", "P2, standard").ChooseIn("What happens next?", "Accept: OH nurse").Fill("Why", "Needs a talk.").Click("Save decision").Want(200)
	v.Visit("/queue").Click("Amara Okafor").Click("Book an appointment").Want(200).Click("Book this time").Want(422)
	v.Choose(v.Lines(".nhsuk-radios__label")[0]).Click("Book this time").At("/appointments/").Shot("appointment-booked")
	at := v.Path
	v.Says("You can record attendance on").Click("Change the time").Want(200).Says("the old time is offered to the next person who waits").Click("Change to this time").Want(422).Shot("appointment-move")
	v.Visit(at).Click("Cancel the appointment").Want(200).Click("Cancel appointment").Want(422)

	p := j.as(j.w.Nurse, access.Person).Visit("/my/appointments").Want(200).Click("Cancel this appointment").Want(200)
	p.Visit("/my/appointments").Click("Change this appointment").Want(200).Click("Change to this time").Want(422).Shot("my-change")

	j.h.idle(j.t)
	j.h.at(j.time(seenOn, "9:50"))
	j.as(j.w.OHNurse, access.Nurse).Visit(at).Want(200).Click("Record that they did not come").Want(200).Click("Record it").Want(422).Choose("I called twice, within 15 minutes").Click("Record it").Want(200).Says("Recorded that they did not come")
}

// reach is how somebody is reached: their own address, proved by a code; one that an administrator takes down.
func (j *journey) reach() {
	v := j.as(j.w.Nurse, access.Person).Visit("/my/contact").Want(200).Click("Send me a code").Want(422).Shot("my-contact")
	v.Choose("Email address").Fill("Address or number", "amara@post.example").Click("Send me a code").At("/my/contact/code").Click("Continue").Want(422).Shot("my-contact-code")
	v.Fill("Code", j.code()).Click("Continue").At("/my/contact").Says("We will reach you there from now on", "amara@post.example")
	a := j.as(j.w.OHAdmin, access.OHAdmin).Visit("/no-safe-contact").Want(200).Visit(j.file()).Click("Record how to reach them").Want(200).Click("Save").Want(422).Shot("safe-contact")
	a.ChooseIn("What is it?", "Mobile number").Fill("Address or number", "07700 900456").ChooseIn("How did they tell you?", "By telephone")
	a.Choose("Called back on a number already on record").Choose("I read it back and they said it is right").Click("Save").Want(200).Says("07700900456")
}

// code finds the newest code on the page of what would be sent.
func (j *journey) code() string {
	j.t.Helper()
	j.h.idle(j.t)
	for _, line := range j.as(j.w.OHAdmin, access.OHAdmin).Visit("/messages").Want(200).Lines("main dd p") {
		if _, code, ok := strings.Cut(line, "Your code: "); ok {
			return code
		}
	}
	j.t.Fatal("no message has a code")
	return ""
}

// clock stops and starts the clock of a case.
func (j *journey) clock() {
	v := j.as(j.w.OHAdmin, access.OHAdmin).Visit(j.file()).Want(200).Click("Stop the clock").Want(200).Click("Stop the clock").Want(422).Shot("clock-stop")
	v.ChooseIn("Why?", "The person cannot be seen for now").Click("Stop the clock").Want(200).Says("The clock is stopped").Click("Start the clock").Want(200).Says("The clock runs again")
}

// diary changes a clinic and cancels a session.
func (j *journey) diary() {
	v := j.as(j.w.OHAdmin, access.OHAdmin).Visit("/clinics").Want(200).Click("Back to work clinic").Want(200).Fill("Name of the clinic", "").Click("Save clinic").Want(422)
	v.Visit("/clinics").Press("(//a[contains(@href, '/clinics/sessions/')])[1]").Want(200).Click("Cancel session").Want(422)
}

// charts are pages of one series each, and a rejected row of a file.
func (j *journey) charts() {
	v := j.as(j.w.OHLead, access.Lead).Visit("/performance/referrals").Want(200).Visit("/performance/referrals/mark").Want(200).Click("Write on the chart").Want(422)
	v.Visit("/performance/target?figure=indicator%2FK02").Want(200).Click("Set the target").Want(422)
	v.Visit("/performance/owner?figure=indicator%2FK02").Want(200).Click("Name the post").Want(422)
	v.Visit("/performance/closures").Want(200).Click("Save the day").Want(422)
	v.Visit("/absence/import").Upload("Absence file", filepath.Join(root, england)).Swap("Take in the file", "Rows read")
	v.Visit("/absence/reasons/S10?scope=england").Want(200).Shot("absence-reason")
	broken := filepath.Join(j.t.TempDir(), "broken.csv")
	good, err := os.ReadFile(filepath.Join(root, england))
	if err != nil {
		j.t.Fatal(err)
	}
	if err := os.WriteFile(broken, append(good, []byte("x,y,z\n")...), 0o600); err != nil {
		j.t.Fatal(err)
	}
	v.Visit("/absence/import").Upload("Absence file", broken).Swap("Take in the file", "Rows not counted")
	if got := string(v.Download("Download the list as CSV")); !strings.HasPrefix(got, "Line,Column,Reason\n") {
		j.t.Errorf("the list of rows not counted is %q", got)
	}
	v.Visit("/absence/import").Upload("Absence file", j.rates()).Swap("Take in the file", "Rows read")
	v.Visit("/absence?scope=england").Click("Nurses & health visitors").Want(200).Says("Nurses & health visitors").Shot("absence-group")
	v.Visit("/account/step-up").Want(200).Visit("/account/role").Want(200)
}

// rates writes a file as NHS England publishes it, of invented rates for two years, for all staff and one staff group.
func (j *journey) rates() string {
	var b strings.Builder
	b.WriteString("DATE,NHSE_REGION_CODE,NHSE_REGION_NAME,ICS_CODE,ICS_NAME,ORG_CODE,ORG_NAME,CLUSTER_GROUP,BENCHMARK_GROUP,STAFF_GROUP,FTE_DAYS_LOST,FTE_DAYS_AVAILABLE,SICKNESS_ABSENCE_RATE_PERCENT\n")
	first := time.Date(j.day.Year(), j.day.Month()-24, 1, 0, 0, 0, 0, time.UTC)
	for m := range 24 {
		end := first.AddDate(0, m+1, -1).Format("02/01/2006")
		fmt.Fprintf(&b, "%s,,,,,England,England,,,All staff groups,%d,100000,0\n%s,,,,,England,England,,,Nurses & health visitors,%d,50000,0\n", end, 5000+m%5*30, end, 2700+m%4*25)
	}
	path := filepath.Join(j.t.TempDir(), "rates.csv")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		j.t.Fatal(err)
	}
	return path
}
