package e2e

import (
	"strings"
	"testing"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

// journey is the main job: a ward nurse is off sick, and everybody who has a part in it does theirs.
type journey struct {
	t    *testing.T // of the part that is walked
	h    *house
	w    *world.World
	view browser.View
	day  time.Time // on which the referral is made
}

// timetable is the main job: what is done on which day of the journey and when; without a time, right after what was
// before. The views go through each part side by side, so the clock, which is the house's, moves only between parts.
var timetable = []struct {
	name string
	day  int
	at   string
	do   func(*journey)
}{
	{"clinic", 0, "9:30", (*journey).clinic},
	{"refer", 0, "", (*journey).refer},
	{"answer", 0, "", (*journey).answer},
	{"check", 0, "", (*journey).check},
	{"triage", 1, "9:00", (*journey).triage},
	{"book", 1, "", (*journey).book},
	{"see", seenOn, "9:10", (*journey).see},
	{"choose", seenOn, "", (*journey).choose},
	{"report", seenOn, "10:30", (*journey).report},
	{"aside", seenOn, "", (*journey).aside},
	{"read", seenOn, "", (*journey).read},
	{"correct", seenOn, "14:00", (*journey).correct},
	{"agree", seenOn, "", (*journey).agree},
	{"receive", seenOn, "17:00", (*journey).receive},
	{"feedback", seenOn, "", (*journey).feedback},
	{"figures", seenOn, "", (*journey).figures},
	{"guard", seenOn, "", (*journey).guard},
	{"alone", seenOn, "", (*journey).alone},
	{"urgent", seenOn, "18:00", (*journey).urgent},
}

// walkMain walks the main job from the referral to the figures, as each person of it: in the narrow view, and in the wide
// one without JavaScript; in every view where all casts walk. Each view has a world of its own.
func walkMain(t *testing.T) {
	h := open(t, true)
	h.work(t)
	var all []*journey
	views := []browser.View{browser.Phone, browser.DesktopPlain}
	if allCasts() {
		views = browser.Views
	}
	for _, view := range views {
		j := &journey{h: h, w: world.New(t, h.db), view: view, day: start()}
		h.show(t, j.w.Ward, access.Manager)
		h.show(t, j.w.Peer, access.Manager)
		h.show(t, j.w.Nurse, access.Person)
		all = append(all, j)
	}
	for _, part := range timetable {
		h.idle(t)
		if part.at != "" {
			h.at(all[0].time(part.day, part.at))
		}
		done := t.Run(part.name, func(t *testing.T) {
			for _, j := range all {
				t.Run(j.view.Name, func(t *testing.T) {
					t.Parallel()
					j.t = t
					part.do(j)
				})
			}
		})
		if !done {
			return // what follows would only fail for the same reason
		}
	}
}

// seenOn is how many days after the referral the person is seen.
const seenOn = 2

// start is the morning on which the referral is made: two days before the last working day. So nothing is dated in the
// future, which the database refuses of a signature, and the days that the person has to decide are not over.
func start() time.Time {
	d := locale.Day(time.Now()).AddDays(-1)
	for !workday.England().IsWorking(d) {
		d = d.AddDays(-1)
	}
	d = d.AddDays(-seenOn)
	return time.Date(d.Year, d.Month, d.Day, 9, 30, 0, 0, locale.London)
}

// as signs somebody in. The clock jumps between steps, so nobody stays signed in.
func (j *journey) as(who world.Who, role access.Role) *browser.Visitor {
	j.t.Helper()
	return j.h.seat(j.t, j.view, who, role).Want(200)
}

// time is a time of day on a day of the journey.
func (j *journey) time(day int, at string) time.Time {
	clock, err := time.Parse("15:04", at)
	if err != nil {
		panic(err) // a constant of these walks
	}
	d := j.day.AddDate(0, 0, day)
	return time.Date(d.Year(), d.Month(), d.Day(), clock.Hour(), clock.Minute(), 0, 0, locale.London)
}

// date writes a day of the journey under a question.
func (j *journey) date(v *browser.Visitor, legend string, days int) {
	j.t.Helper()
	d := j.day.AddDate(0, 0, days)
	v.Date(legend, d.Format("2"), d.Format("1"), d.Format("2006"))
}

// mail finds the newest one-time link of a kind on the page of what would be sent.
func (j *journey) mail(kind string) string {
	j.t.Helper()
	return j.mails(kind)[0]
}

// mailBefore gives the link of the oldest message with one.
func (j *journey) mailBefore(kind string) string {
	j.t.Helper()
	all := j.mails(kind)
	return all[len(all)-1]
}

// mails gives the links of the messages with one, the newest first.
func (j *journey) mails(kind string) (all []string) {
	j.t.Helper()
	j.h.idle(j.t)
	v := j.as(j.w.OHAdmin, access.OHAdmin).Visit("/messages").Want(200)
	for _, link := range v.Lines("main dd a") {
		if _, path, ok := strings.Cut(link, "http://rowan.example"); ok && strings.HasPrefix(path, kind) {
			all = append(all, path)
		}
	}
	if len(all) == 0 {
		j.t.Fatalf("no message has a link to %s; the page says: %s", kind, v.Text())
	}
	return all
}

// link opens the newest one-time link to the person's own pages, and passes the second check.
func (j *journey) link() *browser.Visitor {
	j.t.Helper()
	path := j.mail("/l/")
	v := j.h.visitor(j.t, j.view).Visit(path).Want(200)
	return v.Date("What is your date of birth?", "7", "3", "1984").Click("Continue").At("/my")
}

// clinic plans where people are seen.
func (j *journey) clinic() { j.plan("in person") }

// plan makes a clinic of the OH nurse, once a week.
func (j *journey) plan(mode string) {
	v := j.as(j.w.OHAdmin, access.OHAdmin).Visit("/clinics").Want(200)
	v.Click("Add a clinic").Want(200).Click("Save clinic").Want(422)
	v.Fill("Name of the clinic", "Back to work clinic").Select("Clinician", "Helen Marsh, OH nurse").Fill("Site", "Main site")
	v.ChooseIn("How people are seen", mode).ChooseIn("Weekday", j.day.AddDate(0, 0, seenOn).Weekday().String()).Fill("Starts at", "9:00")
	v.Fill("Minutes for each appointment", "45").Fill("Number of appointments", "4")
	j.date(v, "First day", 0)
	v.Click("Save clinic").At("/clinics").Says("Back to work clinic").Shot("clinics")
}

// refer is the manager's part: question pages, the hard stop shown once, check, send.
func (j *journey) refer() {
	v := j.as(j.w.Ward, access.Manager).At("/referrals").Click("Refer someone").Want(200).Shot("refer-find")
	v.Click("Continue").Want(422).Says("Choose who you want to refer")
	v.Choose("Amara Okafor, Staff nurse, Ward 7").Click("Continue").Want(200).Says("Refer Amara Okafor").Shot("refer-tasks")
	v.Click("Continue").Want(200).Click("Save and continue").Want(422).Says("Choose the main reason")
	v.Choose("Long-term sickness absence (28 days or more)").Shot("refer-reason").Click("Save and continue").Want(200)
	why := v.Path
	v.Visit(strings.TrimSuffix(why, "/why")+"/check").Want(200).Click("Send referral").Want(422).Says("Long-term sickness absence", "Say why you are referring them now", "Choose or write at least one question").Shot("refer-check-refused")
	v.Visit(why).Want(200)
	v.Click("Save and continue").Want(422).Fill("What has happened, and what you have already talked about", "Off sick for five weeks. We have spoken each week, and Amara wants to come back.")
	v.Click("Save and continue").Want(200).Click("Save and continue").Want(422).ChooseIn("Off sick now", "Yes")
	j.date(v, "First day off", -35)
	v.Fill("Times off sick", "2").Fill("Days off sick", "41").Shot("refer-absence").Click("Save and continue").Want(200)
	v.Choose("Lifting and carrying").Shot("refer-work").Click("Save and continue").Want(200)
	v.Fill("What was tried, and did it help? (optional)", strings.Repeat("x", 5000)).Click("Save and continue").Want(422)
	v.Fill("What was tried, and did it help? (optional)", "Shorter shifts in the first week. They helped a little.").Click("Save and continue").Want(200)
	v.Click("Save and continue").Want(422).Choose("When are they likely to return to their full role?").Choose("Which temporary adjustments or phased return would help, and for how long?")
	v.Fill("Question 1", "Can she work on another ward for a time?").Shot("refer-questions").Click("Save and continue").Want(200)
	v.Fill("Search by name", "Zzzz").Click("Search").Want(422).Fill("Search by name", "Nair").Click("Save and continue").Want(422).Says("Tick the person you mean")
	v.Click("Search").Want(200)
	v.Choose("Priya Nair, HR adviser, Ward 7").Click("Save and continue").Want(200)
	v.Click("Save and continue").Want(422).Choose("No, not yet").Click("Save and continue").Want(200).Says("Talk to Amara Okafor before you send this").Shot("refer-stop")
	v.Click("See all the answers on one page, to show or to print").Want(200).Says("Off sick for five weeks", "Nothing has been sent yet").Shot("refer-answers")
	v.Click("Say when and how you showed it").Want(200)
	v.ChooseIn("Does Amara Okafor know about this referral, and have they seen or heard what it says?", "Yes")
	j.date(v, "When did you show it to them?", 0)
	v.Choose("In person").Click("Save and continue").Want(200).Says("Check the answers before you send").Shot("refer-check")
	v.Click("Send referral").Want(200).Says("Referral sent", "What happens next").Shot("refer-sent")
	v.Click("Follow this referral").Want(200).Says("With occupational health").Shot("timeline-start")
	v.Click("Withdraw this referral").Want(200).Click("Withdraw referral").Want(422)
}
