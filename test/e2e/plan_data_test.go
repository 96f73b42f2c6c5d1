package e2e

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

const nationalSurvey = "internal/sample/published/nhs-staff-survey-wellbeing-2020-to-2024.csv"

// The waits of the walk in calendar days: shorter once the action has started, by more than chance explains.
const (
	waitBefore = 20
	waitAfter  = 11
	perMonth   = 20 // referrals
)

// data is what the organisation knows: its service's history, and what other systems count.
func (p *planner) data() {
	v := p.asLead().Visit("/data").Want(200).Says("No series has been taken in yet", "Start with one measure")
	if p.care {
		p.work(-before, 0)
	} else {
		p.mapping()
		p.feed(-before, 0)
		v.Visit("/data").Click("Take in a file of measures or survey results").Want(200)
	}
	v.Visit("/data/import").Want(200).Swap("Take in the file", "There is a problem").Want(422)
	measures := p.write("measures.csv", p.measures())
	v.Upload("File", measures).Choose("Only check the file, and change nothing").Swap("Take in the file", "Nothing was changed").Want(200)
	v.Visit("/data/import").Upload("File", measures).Swap("Take in the file", "Rows not taken").Want(200).Says("this is not a number")
	p.shot(v, "data-imported")
	if got := string(v.Download("Download the list as a file")); !strings.Contains(got, "numerator,this is not a number") {
		p.t.Errorf("the rows that were not taken are %q", got)
	}
	v.Visit("/data/import").Upload("File", measures).Swap("Take in the file", "Nothing changed")
	for _, path := range []string{filepath.Join(root, nationalSurvey), p.write("own.csv", ownSurvey)} {
		v.Visit("/data/import").Upload("File", path).Swap("Take in the file", "Rows read").Says("Staff survey")
	}
	v.Visit("/data").Want(200).Says("Staff turnover in the period", "Electronic staff record")
	p.shot(v, "data").Click("Staff turnover in the period").Want(200).Says("Suppressed at the source", "Not collected", "Not declared")
	p.shot(v, "data-series").Click("Staff turnover in the period: Nurses").Want(200)
	v.Visit("/data").Click("Staff survey").Want(200).Click("Q11A").Want(200).Says("Our organisation", "Porters", "Suppressed at the source")
	p.shot(v, "data-survey")
	v.Visit("/performance").Want(200).Says("Wait to be seen, median")
	p.shot(v, "performance").Click("Measures we cannot show yet").Want(200).Visit("/performance/access_equity").Want(200)
	if !p.care {
		p.covered(v)
	}
}

// covered: of imported activity and measures alone, each indicator that Rowan computes is a value, or named with the
// source that this organisation lacks.
func (p *planner) covered(v *browser.Visitor) {
	lacks := map[string]bool{"K09": true, "K11": true, "K19": true, "K25": true} // no self-referrals, cancellations and answers of managers in the file
	text := v.Visit("/performance/missing").Want(200).Says("Measures that your data does not give yet").Text()
	for _, code := range []string{"K01", "K02", "K03", "K04", "K05", "K09", "K10", "K11", "K18", "K19", "K25", "K26", "K30"} {
		if named := strings.Contains(text, code); named != lacks[code] {
			p.t.Errorf("%s is named as lacking: %v", code, named)
		}
		if !lacks[code] {
			v.Visit("/performance/"+code).Want(200).Hides("There is no data yet", "There is nothing to compare yet", "There are too few events to show")
		}
	}
	v.Visit("/performance/K30").Says("Nursing and Midwifery Registered", "There is no staff feed")
	p.shot(v, "equity")
}

// measures are two years of turnover with every way of having no number, and a row that is none.
func (p *planner) measures() string {
	var b strings.Builder
	b.WriteString("measure,date,group,numerator,denominator,state\n")
	rng := rand.New(rand.NewPCG(3, 4))
	for m := -before; m < 0; m++ {
		month := p.first.AddDate(0, m, 0).Format("2006-01")
		switch m {
		case -9:
			fmt.Fprintf(&b, "turnover,%s,,,,suppressed\n", month)
		case -8:
			fmt.Fprintf(&b, "turnover,%s,,,,not collected\n", month)
		case -7:
			fmt.Fprintf(&b, "turnover,%s,,,,not declared\n", month)
		default:
			fmt.Fprintf(&b, "turnover,%s,,%d,2000,\nturnover,%s,Nurses,%d,800,\n", month, 40+rng.IntN(10), month, 10+rng.IntN(10))
		}
	}
	for m := -12; m < 0 && !p.care; m++ { // what stands in for a staff feed
		month := p.first.AddDate(0, m, 0).Format("2006-01")
		fmt.Fprintf(&b, "headcount,%s,Registered nursing,800,,\nheadcount,%s,Admin & Clerical,400,,\n", month, month)
	}
	b.WriteString("turnover," + p.first.Format("2006-01") + ",,many,2000,\n")
	return b.String()
}

const ownSurvey = "question,year,group,responses,answer,share\nq11a,2024,,812,Agree,40%\nq11a,2024,,812,Strongly agree,11%\n" +
	"q11a,2024,Porters,9,Agree,40%\nq11a,2024,Porters,9,Strongly agree,11%\nq11a,2024,Nurses,310,Agree,35%\nq11a,2024,Nurses,310,Strongly agree,9%\n"

// mapping says once which column of the other system is what.
func (p *planner) mapping() {
	v := p.asLead().Visit("/data").Click("Activity from another occupational health system").Want(200).Says("First make a mapping")
	v.Click("Make a mapping").Want(200).Swap("Read the columns", "There is a problem").Want(422)
	file := p.write("few.csv", p.events(-1, 0))
	v.Upload("A file of your system", file).Swap("Read the columns", "What happened").Want(200)
	p.shot(v, "feed-mapping").Click("Save the mapping").Want(422)
	v.Fill("Name of the mapping", "Old system").Fill("Your words in our codes", strings.Join(words, "\n")).Click("Save the mapping").Want(200).Says("The mapping was saved")
	v.Click("Old system").Want(200).Says("Name of the mapping").Visit("/data/activity").Swap("Take in the file", "There is a problem").Want(422)
}

// words are those of the other system in our codes.
var words = []string{
	"source = management", "kind: In = referral.submitted reason=LTS", "kind: Sorted = referral.triaged priority=P2 outcome=ACCEPT-OHN", "kind: Taken = referral.accepted priority=P2",
	"kind: Booked = appointment.booked", "kind: Away = appointment.missed outcome=DNA", "kind: Seen = appointment.attended", "kind: Signed = report.signed", "kind: Sent = report.released", "kind: Over = casefile.closed outcome=done", "kind: Opinion = feedback.given",
	"kind: Advice = contact.recorded class=preventative outcome=nurse", "kind: Talk = contact.recorded class=diagnostic outcome=nurse", "kind: Therapy = contact.recorded class=treatment outcome=nurse",
}

// feed takes in the events of some months from the other system, twice: the second time changes nothing.
func (p *planner) feed(from, to int) {
	file := p.write("activity.csv", p.events(from, to)+"Kettle,"+p.first.AddDate(0, from, 0).Format("02/01/2006")+" 09:30,S1,C0,,\n")
	v := p.asLead().Visit("/data/activity").Want(200).Upload("Activity file", file).Choose("Old system").Choose("Only check the file, and change nothing").Swap("Take in the file", "Nothing was changed")
	v.Visit("/data/activity").Upload("Activity file", file).Choose("Old system").Swap("Take in the file", "Events by month").Says("the mapping does not say what this event is").Hides("Kettle")
	p.shot(v, "feed-imported")
	if got := string(v.Download("Download the list as a file")); !strings.Contains(got, "kind,the mapping does not say what this event is") {
		p.t.Errorf("the rows that were not taken are %q", got)
	}
	v.Visit("/data/activity").Upload("Activity file", file).Choose("Old system").Swap("Take in the file", "Nothing changed")
	p.roll()
}

// former is what a service that works in Rowan takes in from the system that it had before: the other organisation of
// the walk has done so from its first day.
func (p *planner) former() {
	if p.care {
		p.mapping()
		p.feed(-before-2, -before)
	}
}

// events is the file of the other system.
func (p *planner) events(from, to int) string {
	var b strings.Builder
	b.WriteString("Event,Date,Employee number,Case,Staff group,Score\n")
	p.each(from, to, func(x step) {
		score := ""
		if x.kind == activity.FeedbackGiven {
			score = strconv.Itoa(3 + x.n%3)
		}
		fmt.Fprintf(&b, "%s,%s,S%d,C%s,%s,%s\n", x.word, x.at.Format("02/01/2006 15:04"), x.n, x.id.String()[:12], x.codes.StaffGroup, score)
	})
	return b.String()
}

// work writes the history of a service that works in Rowan into the ledger, as its own pages do one by one.
func (p *planner) work(from, to int) {
	p.t.Helper()
	var rows []activity.Row
	p.each(from, to, func(x step) {
		x.codes.Source = "management"
		rows = append(rows, activity.Row{Kind: x.kind, At: x.at, Organisation: p.organisation, Service: p.service, Person: p.lead.Person, Case: x.id, Actor: p.lead.Account, Codes: x.codes})
	})
	err := p.h.db.InTenant(p.t.Context(), access.SystemActor(access.Worker, uuid.Nil, p.service), func(tx *postgres.Tx) error {
		return activity.Ledger{Keys: p.h.keys}.CopyIn(p.t.Context(), tx, rows)
	})
	if err != nil {
		p.t.Fatal(err)
	}
	p.roll()
}

// roll makes the roll-ups, as the worker does every few minutes.
func (p *planner) roll() {
	p.t.Helper()
	err := p.h.db.InTenant(p.t.Context(), access.SystemActor(access.Worker, uuid.Nil, p.service), func(tx *postgres.Tx) error {
		_, err := activity.Rebuild(p.t.Context(), tx, p.service, p.h.now())
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
}

// step is an event of a case, in our words and in theirs.
type step struct {
	kind  activity.Kind
	word  string
	codes activity.Codes
	at    time.Time
	n     int // the person
	id    uuid.UUID
}

// each goes through the cases that began in some months; what lies in the future has not happened.
func (p *planner) each(from, to int, do func(step)) {
	rng := rand.New(rand.NewPCG(1, 2))
	now := p.h.now()
	for month := from; month < to; month++ {
		wait := waitBefore
		if month >= startsIn {
			wait = waitAfter
		}
		for n := range perMonth {
			days, id := wait-2+rng.IntN(5), uuid.New()
			begun := p.time(month, 1+rng.IntN(4), "9:00")
			add := func(kind activity.Kind, word string, day int, codes activity.Codes) {
				if codes.StaffGroup = "Nursing and Midwifery Registered"; n%4 == 0 {
					codes.StaffGroup = "Administrative and Clerical"
				}
				at := begun.AddDate(0, 0, day)
				if at.Before(now) {
					do(step{kind, word, codes, at, n, id})
				}
			}
			add(activity.ReferralSubmitted, "In", 0, activity.Codes{Reason: "LTS"})
			add(activity.ReferralTriaged, "Sorted", 1, activity.Codes{Priority: "P2", Outcome: "ACCEPT-OHN"})
			add(activity.ReferralAccepted, "Taken", 1, activity.Codes{Priority: "P2"})
			add(activity.AppointmentBooked, "Booked", 2, activity.Codes{})
			if n == 0 {
				add(activity.AppointmentDNA, "Away", days-4, activity.Codes{Outcome: "DNA"})
				add(activity.AppointmentBooked, "Booked", days-4, activity.Codes{})
			}
			add(activity.AppointmentHeld, "Seen", days, activity.Codes{})
			word, class := "Talk", "diagnostic"
			switch n % 5 {
			case 0:
				word, class = "Advice", "preventative"
			case 4:
				word, class = "Therapy", "treatment"
			}
			add(activity.ContactRecorded, word, days, activity.Codes{Class: class, Outcome: "nurse"})
			add(activity.ReportSigned, "Signed", days+2, activity.Codes{})
			add(activity.ReportReleased, "Sent", days+4, activity.Codes{})
			if !p.care { // in Rowan answers are kept apart from cases
				add(activity.FeedbackGiven, "Opinion", days+4, activity.Codes{})
			}
			add(activity.CaseClosed, "Over", days+5, activity.Codes{Outcome: "done"})
		}
	}
}

// write keeps a file for the time of the part.
func (p *planner) write(name, text string) string {
	p.t.Helper()
	path := filepath.Join(p.t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		p.t.Fatal(err)
	}
	return path
}
