package outlook

import (
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/pay"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
)

// Quarters is how long a plan is: five years.
const Quarters = 20

// Role is what is assumed of everybody in a role.
type Role struct {
	Key      string
	Clinical float64 // share of the hours at work that are spent with patients
	Leavers  float64 // share that leaves in a year, without retirements
	Retire   float64 // heads expected to retire within five years
}

// Range is a lowest and a highest value.
type Range struct{ Low, High float64 }

// At is the value so far from the low to the high end.
func (r Range) At(x float64) float64 { return r.Low + (r.High-r.Low)*x }

// Pay says how a trainee is paid.
type Pay string

// The ways; see the package's comment.
const (
	Annex21    Pay = "annex21"
	Promotion  Pay = "promotion"
	Completion Pay = "completion"
)

// Pays lists them.
var Pays = []Pay{Annex21, Promotion, Completion}

// Development is the training that a post is for.
type Development struct {
	Role, Band  string // for which they train
	Months      int    // of the course
	Study       float64
	Supervision float64 // hours a week, of the role for which they train
	Backfill    float64 // hours a week that are bought
	Fee         float64 // pounds a year
	Complete    Range   // probability
	Retain      Range   // share still there two years after completion
	Pay         Pay
	Apply       int // quarters from completion until somebody who has to apply for the higher band is in it
}

// Post is a number of seats alike.
type Post struct {
	ID            uuid.UUID
	Title         string
	Role, Band    string
	WTE           float64 // of each head
	Heads, InPost int
	Years         float64    // in the band, of those in post on YearsOn
	YearsOn       civil.Date // zero: the plan's first day
	Salary        float64    // of a doctor, full time
	Zone          pay.Zone
	Since         civil.Date
	Ends          civil.Date // last day of the contract; zero for none
	Starting      []civil.Date
	Came          []Came       // of those in post, who came since the plan began
	Left          []civil.Date // since when heads are empty that were not when the plan began
	Development   *Development
	// Of is the planned change that brought the post, in which somebody started on Since. Nil: it is in every option.
	Of *Change
}

// Came is somebody who started since the plan began.
type Came struct {
	On    civil.Date
	Empty civil.Date // since when the seat had been; zero where it was so when the plan began
}

// Kind is what a change does.
type Kind string

// The kinds. Alter gives a post another WTE or band; Leadership gives its holder hours to lead, and maybe a band.
const (
	New        Kind = "new"
	Develop    Kind = "development"
	Alter      Kind = "alter"
	Leadership Kind = "leadership"
	End        Kind = "end"
)

// Kinds lists them.
var Kinds = []Kind{New, Develop, Alter, Leadership, End}

// Adds says that the change makes a post of its own.
func (k Kind) Adds() bool { return k == New || k == Develop }

// Change is something planned.
type Change struct {
	ID          uuid.UUID
	Kind        Kind
	Title       string
	From        civil.Date // first day of a quarter, or the day in it
	Post        uuid.UUID  // that it changes or ends
	Role, Band  string     // "" leaves the band of a post as it is
	WTE         float64    // 0 leaves that of a post as it is
	Heads       int
	Salary      float64
	Zone        pay.Zone // of a post that it adds
	Hours       float64  // a week, of leadership
	Starting    []civil.Date
	Development *Development
	In          map[option.Option]bool
}

// Plan is what holds for everybody.
type Plan struct {
	Start      civil.Date // first day of a quarter
	Leave      float64    // days a year
	Study      float64    // days a year
	Sickness   float64    // share of the days
	RampMonths float64
	RampBegins float64   // share of the work at the beginning
	Fill       []float64 // of vacancies, by quarters from advert to start: one, two...
	Awards     pay.Awards
	Calendar   *workday.Calendar `json:"-"`
}

// Input is a team with its plan.
type Input struct {
	Plan    Plan
	Roles   []Role
	Posts   []Post
	Changes []Change

	over int // quarters of the plan of which it is known what happened; see Chance
}

// Staff is a role in a band during a quarter, on average over its days.
type Staff struct {
	Role, Band    string
	Funded        float64 // WTE
	Heads, WTE    float64
	ClinicalHours float64 // a week
}

// Quarter is the team of one quarter.
type Quarter struct {
	Start civil.Date
	Staff []Staff
	// Heads expected to come in it, and to leave and to retire at its end.
	Joining, Leaving, Retiring float64
}

// Total adds a quarter up.
func (q Quarter) Total() (t Staff) {
	for _, s := range q.Staff {
		t.Funded += s.Funded
		t.Heads += s.Heads
		t.WTE += s.WTE
		t.ClinicalHours += s.ClinicalHours
	}
	return t
}

// YearsAt are the years in a band on a day, of somebody who had so many on another; below 0 before they came. They go by months, as
// the steps of calc/pay do: from one first of a month to another it is whole months.
func YearsAt(years float64, on, day civil.Date) float64 {
	return years + (monthsOf(day)-monthsOf(on))/12
}

// monthsOf counts months, and the share of the month that is over, from the year 0 on.
func monthsOf(d civil.Date) float64 {
	first := civil.Date{Year: d.Year, Month: d.Month, Day: 1}
	return float64(12*d.Year+int(d.Month)) + float64(d.Day-1)/float64(first.AddMonths(1).DaysSince(first))
}

// Begins says that a date is the first day of a financial quarter.
func Begins(d civil.Date) bool {
	return d.Day == 1 && (d.Month == time.January || d.Month == time.April || d.Month == time.July || d.Month == time.October)
}

// QuarterOf is the first day of the quarter of a date.
func QuarterOf(d civil.Date) civil.Date {
	return civil.Date{Year: d.Year, Month: (d.Month-1)/3*3 + 1, Day: 1}
}

// index counts quarters from the start of the plan; before it they are negative.
func (p Plan) index(d civil.Date) int {
	q := QuarterOf(d)
	return 4*(q.Year-p.Start.Year) + (int(q.Month)-int(p.Start.Month))/3
}

// InPlan is the quarter of the plan that a day is in, the first or the last where it is in none.
func (p Plan) InPlan(d civil.Date) int { return min(max(p.index(d), 0), Quarters-1) }

// place is where a day begins in the plan, in quarters from its start, by calendar days: 2.5 is half of the third. What lies between two
// places is what somebody costs and works: the one rule for starts, ends and changes within a quarter.
func (p Plan) place(d civil.Date) float64 {
	q := QuarterOf(d)
	return float64(p.index(d)) + float64(d.DaysSince(q))/float64(q.AddMonths(3).DaysSince(q))
}

// quarter is the first day of a quarter of the plan.
func (p Plan) quarter(t int) civil.Date { return p.Start.AddMonths(3 * t) }
