package e2e

import (
	"bytes"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/xuri/excelize/v2"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/workbook"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

// loop is the story from a gap to what came of it, at one service. Its twin decides and begins the same, and nobody starts there: the
// wait stays, and no effect may be claimed.
//
// What people wait is played day by day (loop_queue_test.go) by who is in post, which is read from the pages' own establishment
// (loop_team_test.go) and told to nobody else. So the effect is that of the nurse and the two trainees who start in it, from the day on
// which they do, as far as they have found their feet, and less what their courses and supervision take. The judgement is by the rule
// that was fixed before. The story is of one service, always the same; what becomes of others that are otherwise alike is played and judged
// at its end (many, loop_study_test.go).
type loop struct {
	*planner
	twin  bool
	queue *queue // the service from day to day

	compared string // what the page says that the posts do to the wait
	fall     string // working days by which the simulation shortens the wait over the quarters that are judged
	paper    string // before the board
}

// story is what is done on which day of which month and when; without a time, right after what was before.
var story = []struct {
	name       string
	month, day int
	at         string
	do         func(*loop)
}{
	{"team", 0, 9, "9:00", (*loop).team},
	{"history", 0, 10, "9:00", (*loop).happen},
	{"ask", 0, 10, "11:00", func(l *loop) { l.ask() }},
	{"answer", 0, 11, "12:00", func(l *loop) { l.answer() }},
	{"close", 0, 12, "9:00", func(l *loop) { l.close() }},
	{"gap", 0, 12, "", (*loop).gap},
	{"action", 0, 15, "9:00", (*loop).act},
	{"posts", 0, 15, "", (*loop).staff},
	{"simulate", 0, 15, "", (*loop).simulate},
	{"wait", 0, 16, "9:00", (*loop).wait},
	{"foretell", 0, 16, "", (*loop).foretell},
	{"money", 0, 17, "9:00", (*loop).money},
	{"case", 0, 18, "9:00", (*loop).argue},
	{"board", 0, meets, "14:00", (*loop).decide},
	{"advertise", planned, 5, "9:00", (*loop).advertise},
	{"offer", planned, 30, "9:00", (*loop).offer},
	{"begin", nurseIn, 2, "9:00", (*loop).begins},
	{"trainees", traineesIn, 1, "9:00", (*loop).trainees},
	{"first quarter", planned + 3, 7, "9:00", func(l *loop) { l.follow(0) }},
	{"second quarter", planned + 6, 6, "9:00", func(l *loop) { l.follow(1) }},
	{"third quarter", foretold + 1, 5, "9:00", func(l *loop) { l.follow(2) }},
	{"effect", foretold + 1, 5, "", (*loop).judged},
}

// The months of the story, and the day on which the board meets in its first. Posts are planned from a quarter on and take two or three
// months to fill; the action begins with the first who starts. Six whole months after that are the fewest that a judgement takes.
const (
	meets      = 19
	planned    = 1
	nurseIn    = 3
	traineesIn = 4
	foretold   = 9
)

// walkLoop walks the story in the narrow view and the twin's without JavaScript; with ROWAN_WALK or ROWAN_PROVE in the wide
// view too.
func walkLoop(t *testing.T) {
	h := open(t, true)
	var all []*loop
	add := func(name string, view browser.View) {
		c := trust(world.New(t, h.db))
		c.name = name
		p := h.planner(t, c, view)
		p.first, p.quiet = storyBegins, true
		all = append(all, &loop{planner: p, twin: name == "twin"})
	}
	add("loop", browser.Phone)
	if allCasts() {
		add("loop", browser.Desktop)
		add("twin", browser.Desktop)
	} else {
		add("twin", browser.DesktopPlain)
	}
	h.work(t)
	for _, part := range story {
		h.idle(t)
		if part.at != "" {
			h.at(all[0].time(part.month, part.day, part.at))
		}
		done := t.Run(part.name, func(t *testing.T) {
			for _, l := range all {
				t.Run(l.name+"-"+l.view.Name, func(t *testing.T) {
					t.Parallel()
					l.t = t
					part.do(l)
				})
			}
		})
		if !done {
			return // what follows would only fail for the same reason
		}
	}
}

// storyBegins is fixed: which days are worked decides who is seen when, and a story of another year would be another service.
var storyBegins = time.Date(2025, time.December, 1, 0, 0, 0, 0, locale.London)

// step keeps a picture of the story under its number.
func (l *loop) step(v *browser.Visitor, name string) *browser.Visitor {
	return v.Shot(l.name + "-" + name)
}

// gap is what staff, managers and board said, and the need that the biggest gap becomes.
func (l *loop) gap() {
	l.propose()
	v := l.asLead().Visit(l.round + "/results").Want(200)
	l.step(v, "01-gap")
	l.step(v.Visit(l.needs[0]).Want(200).Says("Agreed"), "02-need")
}

// posted is the action of the story.
const posted = "Two development posts and a nurse"

// act turns the need into an objective, measured by the wait, and the action.
func (l *loop) act() {
	v := l.asLead().Visit(l.needs[0]).Want(200).Click("Set an objective").Want(200)
	v.Fill("What do you want to reach?", objective).Choose("Services across systems").Select("Element of the framework", "Professional wellbeing support").Choose("This year")
	v.Fill("Which objective of your organisation does it serve?", "Fewer days lost to ill health").Click("Set objective").At("/plan/objectives/").Want(200)
	v.Click("Choose a figure to measure it by").Want(200).Select("Figure", "Wait from referral to first appointment, median").Click("Choose figure").Want(200)
	v.Click("Plan an action").Want(200)
	l.plan(v.Fill("What will be done?", posted).Choose("Diagnostic"), nurseIn, 2)
	l.action = v.Path
	l.step(v, "03-action")
}

// recruited are the nurses of the team, and vacancies of more than two years ago that were each filled within a quarter: the plan then
// uses these times, and assumes none. Since the ledger begins everybody was there.
func (l *loop) recruited() {
	l.t.Helper()
	lead, s, now := l.lead.As(access.Lead, access.Growth), l.h.app.Workforce, l.h.now().AddDate(-2, 0, 0)
	must := func(err error) {
		if err != nil {
			l.t.Fatal(err)
		}
	}
	post := workforce.PostIn{ID: uuid.New(), Title: "OH nurse", Role: "nurse", Band: "6", WTE: 1, Heads: 6, InPost: 1, Years: 3, Funding: "recurrent", VacantSince: locale.Day(now.AddDate(-1, 0, 0))}
	must(s.AddPost(l.t.Context(), lead, now.AddDate(0, 0, -360), post))
	for i := range post.Heads - post.InPost {
		id, seen := uuid.New(), now.AddDate(0, 0, -350+20*i)
		must(s.OpenVacancy(l.t.Context(), lead, seen, workforce.VacancyIn{ID: id, Post: post.ID, Left: new(bool), Source: "national", Advertised: locale.Day(seen)}))
		applicants := 3
		for _, m := range []workforce.Move{{To: workforce.Closed, Applicants: &applicants}, {To: workforce.Offered, Starts: locale.Day(seen.AddDate(0, 0, 70))}, {To: workforce.Started}} {
			at := seen.AddDate(0, 0, map[workforce.Stage]int{workforce.Closed: 14, workforce.Offered: 10, workforce.Started: 46}[m.To])
			m.On = locale.Day(at)
			must(s.MoveVacancy(l.t.Context(), lead, at, seen, id, m))
			seen = at
		}
	}
}

const leavers = "Leavers a year, in percent of those in post"

// team writes down who works there, and that few of them leave: nobody has in two years.
func (l *loop) team() {
	l.recruited()
	v := l.asLead().Visit("/workforce/posts/add").Want(200).Fill("Title of the post", "Occupational physician").Select("Role", "Occupational physician").Select("Band", "Medical").Fill("How many people is it for?", "2").Fill("WTE of each person", "0.8").
		Fill("How many are in post today?", "2").Fill("Years in the band", "6").Choose("Recurrent").Fill("Salary of a physician, full time", "125000").Click("Save").Want(200).Says("Saved")
	for _, role := range []string{"Occupational health nurse", "Occupational physician"} {
		v.Visit("/workforce/plan").Want(200).Click(role).Want(200).Fill(leavers, "4").Click("Save").Want(200)
	}
}

// staff plans the two development posts and the nurse in the preferred option.
func (l *loop) staff() {
	v, start := l.asLead(), l.time(planned, 1, "0:00")
	v.Visit("/workforce/plan").Want(200).Click("What the plan assumes of everybody").Want(200).Select("The plan begins in", start.Format("January")+" to "+start.AddDate(0, 2, 0).Format("January 2006")).Fill("How many staff does the service look after?", "9,200").Click("Save").Want(200)
	v.Visit("/workforce/changes/add").Click("A new post").Want(200).Fill("Title of the post", newNurse).Select("Role", "Occupational health nurse").Select("Band", "Band 6").Fill("How many people?", "1").Fill("WTE of each person", "1").
		Choose("Do minimum").Choose("Preferred").Choose("Do maximum").Click("Save").Want(200)
	v.Visit("/workforce/changes/add").Click("A development post").Want(200).Fill("How many people?", "2").Fill("WTE of each person", "1").Fill("Length of the course, in months", "12").Fill("Days of study a year during the course", "40").
		Fill("Hours of supervision a week", "2").Fill("Hours of backfill a week", "4").Fill("Cost of the course a year, in pounds", "5200").Fill("Who complete the course: lowest percent you would expect", "75").Fill("Who complete the course: highest percent you would expect", "95").
		Fill("Still here two years later: lowest percent", "60").Fill("Still here two years later: highest percent", "85").Choose("Band 5, and Band 6 on completion").Choose("Preferred").Choose("Do maximum").Click("Save").Want(200)
	v.Visit("/workforce/plan/roles/development-nurse").Want(200).Fill(leavers, "4").Click("Save").Want(200)
	l.step(v.Visit("/workforce/plan").Want(200).Says("Development nurse", "With the option “Preferred” the team goes from"), "04-posts")
}

// quarterOf is how the quarter of a day is called.
func quarterOf(d time.Time) string {
	return locale.Quarter(civil.Date{Year: d.Year(), Month: (d.Month()-1)/3*3 + 1, Day: 1})
}

const (
	asIs     = "Nothing changes"
	withPlan = "Two development posts and a nurse"
)

// simulate asks for both futures; the worker simulates them.
func (l *loop) simulate() {
	v := l.asLead()
	for title, option := range map[string]string{asIs: "Do nothing", withPlan: "Preferred"} {
		v.Visit("/capacity").Want(200).Hides("too little activity").Click("Add a scenario").Want(200).Fill("What do you call it?", title).Choose(option).Click("Add the scenario").Want(200).Click("Run the simulation").Want(200)
	}
	v.Visit("/capacity").Want(200).Click("How many people do we need?").Want(200).Select("Which profession?", "nurse").Click("Show what it takes").Want(200).Click("Run the simulation").Want(200)
}

// shorter is what the page says of one scenario against another: how many more of 100 people are seen in time, by how many days the wait is
// shorter, and by how many at least. In about one run of ten nothing is gained in the end, so that it may say either way whether that is
// certain; of the quarters that are judged it is (fallen).
var shorter = regexp.MustCompile(`Compared with ` + asIs + `, (\d+) in 100 people more are seen within 10 working days in ([A-Z][a-z]+ to [A-Z][a-z]+ \d{4})(?:, but it is not certain that more are)? \(between (\d+) and (\d+) (?:more )?in 8 of 10 simulated runs\)\. ` +
	`The middle wait is ([0-9.]+) working days shorter(?:, and at least ([0-9.]+) in 9 of 10 runs|, but it is not certain that it is)\. In at least 1 run in 10 with ` + asIs + ` the list is still growing when the plan ends, so the largest difference depends on when you stop counting\.`)

// wait reads off what the posts would do: the wait falls against doing nothing, in more than chance.
func (l *loop) wait() {
	v := l.asLead()
	if l.view.Width > browser.Phone.Width { // two clicks from where the lead begins; a phone has them in a menu
		v.Click("How many we need").Want(200).Click("How many people do we need?").Want(200).At("/capacity/posts")
	} else {
		v.Visit("/capacity/posts").Want(200)
	}
	v.Says("With the team as it is,", "working days", "more nurse", "a year")
	l.t.Log(v.Lines("main p strong"))
	l.step(v, "05-how-many").Visit("/capacity").Want(200)
	l.step(v, "05-options").Click(withPlan).Want(200).Says("With the preferred option, half of the people seen in")
	l.step(v, "06-wait")
	text := v.Text()
	found := shorter.FindStringSubmatch(text)
	if found == nil {
		l.t.Fatalf("the wait does not fall for certain: %s", text)
	}
	more, least, most, days := number(l.t, found[1]), number(l.t, found[3]), number(l.t, found[4]), number(l.t, found[5])
	if !(more > 50 && least >= 0 && least <= more && more <= most && most <= 100 && days > 5) || found[6] != "" && number(l.t, found[6]) > days {
		l.t.Errorf("of 100 people %v more are seen in time (%v to %v), and the wait falls by %v, at least %q", more, least, most, days, found[6])
	}
	l.compared = found[0]
	l.t.Log(l.compared)
	// The judgement compares the mean of the months after the start, so the forecast is of the mean of the same quarters.
	sum, quarters := 0.0, 0
	for month := traineesIn; month <= foretold; month += 3 {
		quarter := quarterOf(l.time(month, 1, "0:00"))
		for _, row := range v.Lines("table tbody tr") {
			if found := fallen.FindStringSubmatch(strings.Join(strings.Fields(row), " ")); found != nil && strings.Contains(row, quarter) {
				sum, quarters = sum+number(l.t, found[1]), quarters+1
				l.t.Logf("in %s it is %s shorter (%s to %s)", quarter, found[1], found[3], found[2])
				if number(l.t, found[3]) >= 0 {
					l.t.Errorf("the interval holds zero")
				}
			}
		}
	}
	if quarters != (foretold-traineesIn+1)/3 {
		l.t.Fatalf("the wait falls in %d quarters for certain", quarters)
	}
	l.fall = strconv.FormatFloat(sum/float64(quarters), 'f', -1, 64)
}

// fallen is the cell of a quarter's wait against doing nothing: fewer days, from the most to the least.
var fallen = regexp.MustCompile(`Middle wait \(half of people wait less\) -([0-9.]+) \((-[0-9.]+) to (-[0-9.]+)\)`)

// number reads one as pages write them.
func number(t *testing.T, text string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(strings.NewReplacer(",", "", "£", "", "−", "-").Replace(text), 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// foretell registers what the action should change, before it starts.
func (l *loop) foretell() {
	v := l.asLead().Visit(l.action).Want(200).Click("Register what this should change").Want(200).Select("Which figure should move?", "Wait from referral to first appointment, median").Choose("Down").Fill("By how much?", l.fall).Select("By the end of which month?", l.month(foretold))
	v.Fill("What else might explain a change?", "Fewer referrals in summer").Choose("Fairly sure").Click("Register and lock").At("/effect/forecasts/").Want(200).Says("It is locked from now on", "Too early")
	l.forecast = v.Path
	l.step(v, "07-forecast")
}

// money plans what goes with the posts and what they bring, and checks the workbook against the page.
func (l *loop) money() {
	begins := l.time(planned, 1, "0:00").Format("2 January 2006")
	v := l.asLead().Visit("/investment").Want(200).Click("Set the plan up").Want(200).Select("First quarter", begins).Fill("Rise of pay a year, percent", "3.3").Fill("General inflation a year, percent", "2").
		Fill("By how many quarters may benefits come late?", "2").Click("Save").Want(200)
	v.Click("Add a line").Want(200).Fill("What is it?", "A clinic room on two days a week").Choose("Estate").Fill("Amount in pounds", "9,000").Select("From when?", begins).Choose("Preferred").Choose("Do maximum").
		Select("Type of project", "Price that is signed and cannot move").Click("Save").Want(200).Says("Saved")
	benefit := func(title, class, owner, share string, units [3]string, options ...string) {
		v.Visit("/investment/benefits/add").Want(200).Fill("What gets better?", title).Choose(class).Fill("Which post answers for it?", owner).Fill("What measures it?", "Days lost to sickness absence").Fill("For whom?", "All staff").Fill("In which unit?", "days").
			Fill("Units a year: lowest", units[0]).Fill("Units a year: most likely", units[1]).Fill("Units a year: highest", units[2]).Fill("What is one unit worth, in pounds?", "165").Fill("How much of it is due to this plan, percent?", "60").
			Fill("Which share of the measure does this benefit claim, percent?", share).Fill("How much of it is reached in each quarter, percent?", "0, 25, 50, 75, 100").Select("From when?", begins)
		for _, o := range options {
			v.Choose(o)
		}
		v.Click("Save").Want(200).Says("Saved")
	}
	benefit("Less agency cover", "Cash-releasing", "Director of finance", "60", [3]string{"1,000", "2,400", "3,800"}, "Preferred", "Do maximum")
	benefit("Days worked in place of days lost", "Other public value", "Director of nursing", "40", [3]string{"1,000", "2,400", "3,800"}, "Preferred", "Do maximum")
	benefit("Less agency cover, by the nurse alone", "Cash-releasing", "Director of finance", "60", [3]string{"200", "800", "1,200"}, "Do minimum")
	l.step(v.Visit("/investment").Want(200).Says("Development nurse", "OH nurse, more clinics", "A clinic room"), "08-cost")
	v.Visit("/investment/appraisal").Want(200).Says("The chance that it costs more than it is worth is")
	l.step(v, "09-npv")
	for _, doubt := range v.Lines(".nhsuk-warning-callout li") {
		l.t.Logf("to check: %s", doubt)
	}
	found := regexp.MustCompile(`([-−]?£[0-9,]+)`).FindStringSubmatch(strings.Join(v.Lines("main p strong"), " "))
	if found == nil {
		l.t.Fatalf("no net present value in %q", v.Lines("main p strong"))
	}
	page := number(l.t, found[1])
	f, err := excelize.OpenReader(bytes.NewReader(v.Visit("/investment/case").Want(200).Download("Workbook for the finance team (XLSX)")))
	if err != nil {
		l.t.Fatal(err)
	}
	sheet, cell := workbook.NPV(option.Preferred, investment.Social)
	text, err := f.CalcCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	if err != nil {
		l.t.Fatal(err)
	}
	// The page rounds to whole pounds.
	if xlsx := number(l.t, text); math.Abs(page-xlsx) > 0.5+1e-6 || page == 0 {
		l.t.Errorf("the page says %v, the workbook works out %v", page, xlsx)
	} else {
		l.t.Logf("net present social value: %v on the page, %.2f in the workbook", page, xlsx)
	}
}

// argue writes the case and submits it, which puts it before the board.
func (l *loop) argue() {
	v := l.asLead()
	for part, text := range map[string]string{
		"strategic": "Staff wait too long to be seen: the round said so, and so do the figures.", "economic": "Two development posts and a nurse were simulated beside doing nothing. " + l.compared,
		"commercial": "Posts are advertised by the trust; two develop nurses of our own.", "financial": "Most of the cost is pay. Less agency cover gives part of it back.",
		"management": "Spend, posts and waits come back each quarter. What should change was registered before the start.",
	} {
		v.Visit("/investment/case/parts/" + part).Want(200)
		if part == "economic" {
			v.Choose("Preferred: net present social value")
		}
		v.Fill("Text", text).Click("Save this version").Want(200).Says("Saved")
	}
	l.step(v, "10-case").Click("Submit to the board").Want(200).Fill("What do you recommend?", "Agree to two development posts and a nurse").Fill("What does it mean for the wellbeing of staff?", "Staff are seen sooner")
	l.date(v, "Date of the meeting", 0, meets)
	v.Click("Freeze and submit").Want(200).Says("Nothing yet. The paper is for the meeting")
	l.paper = v.Path
}

// decide is the board's part: the paper is there without anybody having added it, and what is decided stands on the case.
func (l *loop) decide() {
	x := l.asExecutive().Visit("/plan/board").Want(200).Click("Business case 1 for occupational health").Want(200).Says("Agree to two development posts and a nurse", "Staff are seen sooner")
	x.Click("Read the business case").Want(200).At(l.paper).Click("See the paper before the board, with its questions").Want(200).Click("Record a decision").Want(200).Choose("Approve").Fill("Words for the minutes", "The three posts are agreed for five years")
	l.date(x, "When?", 0, meets)
	x.Click("Record decision").Want(200).Says("Decision recorded")
	l.step(x, "11-board")
	l.step(l.asLead().Visit(l.paper).Want(200).Says("Approved on", "The three posts are agreed for five years"), "12-decided")
}

// newNurse and trainee are the titles of the posts.
const (
	newNurse = "OH nurse, more clinics"
	trainee  = "Development nurse"
)

// advertise advertises the three posts.
func (l *loop) advertise() {
	v := l.asLead()
	for _, title := range []string{newNurse, trainee, trainee} {
		v.Visit("/workforce/pipeline/add").Want(200).Select("What is it for?", title).Choose("National jobs site")
		l.date(v, "When was it advertised?", planned, 5)
		v.Click("Save").Want(200).Says("Advertised")
	}
}

// offer has all three accept. Nobody applies at the twin.
func (l *loop) offer() {
	if l.twin {
		return
	}
	l.move(newNurse, "It was offered and accepted", planned, 30, nurseIn, 2)
	for range 2 {
		l.move(trainee, "It was offered and accepted", planned, 30, traineesIn, 1)
	}
}

// move says what happened to the first vacancy of a post that is at the stage before, on a day; agreed is the month and day of the
// start that was agreed.
func (l *loop) move(title, what string, month, day int, agreed ...int) {
	l.t.Helper()
	stage := "Advertised"
	if len(agreed) == 0 {
		stage = "Offered"
	}
	v := l.asLead().Visit("/workforce/pipeline").Want(200)
	v.Press("(//main//tr[contains(normalize-space(), '" + title + "')][contains(normalize-space(), '" + stage + "')]//a)[1]").Want(200).Choose(what)
	l.date(v, "On which day?", month, day)
	if len(agreed) > 0 {
		l.date(v, "Agreed first day", agreed[0], agreed[1])
	}
	v.Click("Save").Want(200)
}

// begins is the day from which the action holds: that of the nurse. What the board agreed to does not move when somebody starts, and what
// the plan costs is what it cost with the agreed day.
func (l *loop) begins() {
	v := l.asLead().Visit(l.action).Want(200).Click("Start, finish or stop this action").Want(200).Choose("It starts today").Click("Save").Want(200).Says("Started on")
	if l.twin {
		return
	}
	plan := func() string {
		l.t.Helper()
		costs := v.Visit("/investment").Want(200).Lines("main strong")[0]
		return strings.Join(append(v.Visit("/investment/actual?quarter=0").Want(200).Lines("main tbody td:nth-child(2)"), costs), "\n")
	}
	before := plan()
	l.move(newNurse, "The person started", nurseIn, 2)
	if after := plan(); after != before {
		l.t.Errorf("before the nurse started the plan was\n%s\nand now it is\n%s", before, after)
	}
}

// trainees has the two start on their course.
func (l *loop) trainees() {
	if !l.twin {
		l.move(trainee, "The person started", traineesIn, 1)
		l.move(trainee, "The person started", traineesIn, 1)
		l.step(l.asLead().Visit("/workforce/pipeline").Want(200), "13-started")
	}
}

// follow enters what a quarter cost beside what the board agreed to. Waits and posts are Rowan's own.
func (l *loop) follow(quarter int) {
	l.happen()
	spent, posts := []string{"7,100", "41,300", "40,600"}[quarter], []string{"1 of ", "3 of ", "3 of "}[quarter]
	if l.twin {
		spent, posts = "2,250", "0 of "
	}
	v := l.asLead().Visit("/investment/actual/enter").Want(200).Select("Quarter", l.month(planned+3*quarter)+" to "+l.month(planned+3*quarter+2)).Fill("Spent in the quarter, in pounds", spent).Click("Save").Want(200).
		Says("Saved", "we spent", posts, "WTE were in post", "From Rowan's own records: The posts that the plan for people brought", "Entered by", "Does not apply",
			"The plan is what business case 1 said of the option “Preferred”. The board agreed to it on")
	var found []string
	for _, row := range v.Lines("main tbody tr") {
		if m := followed.FindStringSubmatch(strings.Join(strings.Fields(row), " ")); m != nil {
			found = m
		}
	}
	if found == nil {
		l.t.Fatalf("the wait does not stand beside its plan: %s", v.Lines("main tbody tr"))
	}
	plan, actual, people := number(l.t, found[1]), number(l.t, found[2]), number(l.t, found[3])
	l.t.Logf("quarter %d: plan %v, actual %v working days, of %v people", quarter+1, plan, actual, people)
	if people < 300 { // some 33 come a week
		l.t.Errorf("the actual wait is of %v people", people)
	}
	// Until they have come and found their feet the wait is above the plan in both; then it is where they have come, and not where nobody has.
	if off := actual - plan; quarter == 2 && (l.twin && off < 5 || !l.twin && math.Abs(off) > 2) {
		l.t.Errorf("in the third quarter the wait is %v, by the plan %v", actual, plan)
	}
	l.step(v, "14-actual-"+strconv.Itoa(quarter+1))
}

// followed is the row of the wait: plan, actual and whose.
var followed = regexp.MustCompile(`Median wait from referral.*?Plan (\d+) \(working days\).*?Actual (\d+) \(working days\).*?From Rowan's own records: Wait from referral to first appointment attended, median of everybody \((\d+) people\)`)

// judged is what may be said of the effect, by the rule that was fixed before.
func (l *loop) judged() {
	v := l.asGuardian().Visit(l.forecast).Want(200).Says("Fingerprint", "Fewer referrals in summer")
	l.step(v, "15-effect")
	if l.twin {
		v.Says("No effect claimed", "So no effect is claimed").Hides("Consistent with the forecast")
	} else {
		v.Says("Consistent with the forecast", "That does not show that the action caused it").Hides("So no effect is claimed")
	}
	l.step(v.Visit("/performance").Want(200).Click("Wait from referral to first appointment, median").Want(200), "16-chart")
	l.many()
}
