package outreach

import (
	"fmt"
	"io/fs"
	"net/mail"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/pack"
)

// The kinds of event.
const (
	Recruitment = "recruitment"
	Wellbeing   = "wellbeing"
)

// Kinds lists them.
var Kinds = []string{Recruitment, Wellbeing}

// Part is a step or a role of the pack. Its words are outreach.step.<code> and outreach.role.<code>.
type Part struct {
	Code  string   `yaml:"code"`
	Days  int      `yaml:"days"`  // of a step: before the event; negative after it
	Kinds []string `yaml:"kinds"` // of event; empty for each
}

// Pack is content/packs/outreach.yaml.
type Pack struct {
	Steps     []Part   `yaml:"steps"`
	Roles     []Part   `yaml:"roles"`
	Interests []string `yaml:"interests"`
	MarkDays  int      `yaml:"mark_days"`
	Forget    int      `yaml:"forget_months"`
	Hour      float64  `yaml:"hour_pounds"`
}

// LoadPack reads and checks the pack.
func LoadPack(files fs.FS) (Pack, error) {
	var p Pack
	err := pack.Read(files, "outreach", &p)
	if err == nil && (len(p.Steps) == 0 || len(p.Roles) == 0 || len(p.Interests) == 0 || p.MarkDays < 1 || p.Forget < 1 || p.Hour <= 0) {
		err = fmt.Errorf("pack outreach: steps, roles, interests, mark_days, forget_months or hour_pounds is missing")
	}
	return p, err
}

// of are the parts for a kind of event.
func of(all []Part, kind string) (out []Part) {
	for _, x := range all {
		if len(x.Kinds) == 0 || slices.Contains(x.Kinds, kind) {
			out = append(out, x)
		}
	}
	return out
}

// Interest says whether the pack has it.
func (p Pack) Interest(code string) bool { return slices.Contains(p.Interests, code) }

// RolesOf are the roles on the day of an event of a kind.
func (p Pack) RolesOf(kind string) []Part { return of(p.Roles, kind) }

// Step is one of the plan of an event.
type Step struct {
	Code string
	Due  civil.Date
	Done civil.Date // zero: not yet
	By   string
}

// Late says whether its day is over and it is not done.
func (s Step) Late(today civil.Date) bool { return s.Done.IsZero() && s.Due.Before(today) }

// Event is one.
type Event struct {
	ID                  uuid.UUID
	Service             uuid.UUID
	Kind, Title, About  string
	Starts              time.Time
	Minutes             int
	Place               string
	Places, Taken       int
	Opened, Off, Marked bool
	WalkIns             int
	Pounds              *int
	Hours               *float64
	Forgotten           civil.Date
	Tally               Tally
}

// Tally is how many signed up, came (with those who had not signed up), agreed to be written to, applied, and started.
type Tally struct{ Signed, Came, Leads, Applied, Started int }

// Ends is when it is over.
func (e Event) Ends() time.Time { return e.Starts.Add(time.Duration(e.Minutes) * time.Minute) }

// Free is how many places there are left.
func (e Event) Free() int { return max(0, e.Places-e.Taken) }

// Coming says whether it is still ahead.
func (e Event) Coming(now time.Time) bool { return !e.Off && now.Before(e.Starts) }

// Takes says whether somebody may sign up: it is open, and not over.
func (e Event) Takes(now time.Time) bool {
	return e.Opened && !e.Off && !e.Marked && now.Before(e.Ends())
}

// Markable says whether the team can say who came: from its start on, for the days of the pack, and again while it can.
func (p Pack) Markable(e Event, now time.Time) bool {
	return !e.Off && e.Forgotten.IsZero() && !now.Before(e.Starts) && locale.Day(now).DaysSince(locale.Day(e.Starts)) <= p.MarkDays
}

// Stage names where it is in its life: planned, open, over (nobody has said who came), held, off.
func (e Event) Stage(now time.Time) string {
	switch {
	case e.Off:
		return "off"
	case e.Marked:
		return "held"
	case !now.Before(e.Ends()):
		return "over"
	case e.Opened:
		return "open"
	}
	return "planned"
}

// Plan gives the steps of an event with what is done of them.
func (p Pack) Plan(e Event, done []Step) (out []Step) {
	day := locale.Day(e.Starts)
	for _, x := range of(p.Steps, e.Kind) {
		s := Step{Code: x.Code, Due: day.AddDays(-x.Days)}
		if i := slices.IndexFunc(done, func(d Step) bool { return d.Code == x.Code }); i >= 0 {
			s.Done, s.By = done[i].Done, done[i].By
		}
		out = append(out, s)
	}
	return out
}

// Cost is what an event cost in pounds: the money, and the hours of the team at the rate of the pack. ok is false where nobody has said.
func (p Pack) Cost(e Event) (pounds float64, ok bool) {
	if e.Pounds == nil || e.Hours == nil {
		return 0, false
	}
	return float64(*e.Pounds) + *e.Hours*p.Hour, true
}

// PerLead is the cost of a lead; ok is false without a cost or without a lead.
func (p Pack) PerLead(e Event, t Tally) (pounds float64, ok bool) {
	cost, ok := p.Cost(e)
	if !ok || t.Leads == 0 {
		return 0, false
	}
	return cost / float64(t.Leads), true
}

// The states of a place.
const (
	Booked    = "booked"
	Cancelled = "cancelled"
	Attended  = "attended"
	Missed    = "missed"
)

// Outcomes of a lead, in the order in which they come; the first is none yet.
var Outcomes = []string{"", "written", "applied", "started", "not_now"}

// Guest is somebody who signed up.
type Guest struct {
	ID          uuid.UUID
	Name, Email string
	MayWrite    bool
	Interest    string
	State       string
	Outcome     string
	On          civil.Date // of the outcome
	By          string
}

// Lead says whether somebody may be written to: a place that was given up takes the word with it.
func (g Guest) Lead() bool { return g.MayWrite && g.State != Cancelled }

// Count counts an event's guests.
func Count(e Event, all []Guest) (t Tally) {
	if !e.Forgotten.IsZero() {
		return e.Tally
	}
	t.Came = e.WalkIns
	for _, g := range all {
		if g.State == Cancelled {
			continue
		}
		t.Signed++
		if g.State == Attended {
			t.Came++
		}
		if g.Lead() {
			t.Leads++
		}
		if g.Outcome == "applied" || g.Outcome == "started" {
			t.Applied++
		}
		if g.Outcome == "started" {
			t.Started++
		}
	}
	return t
}

// EventIn is an event as it is planned.
type EventIn struct {
	ID                 uuid.UUID
	Kind, Title, About string
	On                 civil.Date
	At                 string // "09:30"
	Minutes            int
	Place              string
	Places             int
}

// Bounds: longer is a mistake. A year and a half ahead is as far as anybody books a hall.
const (
	MaxTitle  = 100
	MaxAbout  = 1000
	MaxPlace  = 200
	MaxPlaces = 500
	maxMail   = 254 // RFC 5321
	maxAhead  = 550
	MinLength = 15
	MaxLength = 1440
)

// Starts is the moment that day and time name in England; ok is false where they name none.
func (in EventIn) Starts() (at time.Time, ok bool) {
	clock, err := time.Parse("15:04", in.At)
	if err != nil || in.On.IsZero() {
		return at, false
	}
	return time.Date(in.On.Year, in.On.Month, in.On.Day, clock.Hour(), clock.Minute(), 0, 0, locale.London), true
}

// Check says what is wrong with it, in the order of the page. Fewer places than are taken is no change that can be made.
func Check(in EventIn, taken int, now time.Time) (f fault.Fields) {
	if !slices.Contains(Kinds, in.Kind) {
		f.Add("kind", "outreach.kind.empty")
	}
	f.Text("title", "outreach.title.empty", in.Title, MaxTitle)
	f.Text("about", "outreach.about.empty", in.About, MaxAbout)
	today := locale.Day(now)
	switch {
	case in.On.IsZero():
		f.Add("on", "outreach.on.empty")
	case in.On.Before(today):
		f.Add("on", "outreach.on.past")
	case in.On.DaysSince(today) > maxAhead:
		f.Add("on", "outreach.on.far")
	}
	if _, err := time.Parse("15:04", in.At); err != nil {
		f.Add("at", "outreach.at.bad")
	} else if starts, ok := in.Starts(); ok && in.On == today && starts.Before(now) {
		f.Add("at", "outreach.at.past")
	}
	if in.Minutes < MinLength || in.Minutes > MaxLength {
		f.Add("minutes", "outreach.minutes.bad", "min", MinLength, "max", MaxLength)
	}
	f.Text("place", "outreach.place.empty", in.Place, MaxPlace)
	switch {
	case in.Places < 1 || in.Places > MaxPlaces:
		f.Add("places", "outreach.places.bad", "n", MaxPlaces)
	case in.Places < taken:
		f.Add("places", "outreach.places.taken", "n", taken)
	}
	return f
}

// SignIn is somebody who signs up.
type SignIn struct {
	ID          uuid.UUID
	Name, Email string
	MayWrite    bool
	Interest    string
}

// CheckSign says what is wrong with it. Of an interest only whoever may be written to is asked.
func (p Pack) CheckSign(in SignIn) (f fault.Fields) {
	f.Text("name", "outreach.name.empty", in.Name, MaxTitle)
	if a, err := mail.ParseAddress(in.Email); err != nil || a.Address != in.Email || len(in.Email) > maxMail {
		f.Add("email", "outreach.email.bad")
	}
	if in.MayWrite && !p.Interest(in.Interest) {
		f.Add("interest", "outreach.interest.empty")
	}
	return f
}

// CostIn is what an event cost as it is typed: whole pounds, and hours of the team.
type CostIn struct {
	Pounds int
	Hours  float64
}

// Bounds of a cost.
const (
	maxPounds = 1_000_000
	maxHours  = 10_000
	maxWalk   = 10_000
)

// CheckCost says what is wrong with it.
func CheckCost(in CostIn) (f fault.Fields) {
	if in.Pounds < 0 || in.Pounds > maxPounds {
		f.Add("pounds", "outreach.pounds.bad", "n", maxPounds)
	}
	if !(in.Hours >= 0 && in.Hours <= maxHours) {
		f.Add("hours", "outreach.hours.bad", "n", maxHours)
	}
	return f
}

// CheckWalkIns says what is wrong with how many came who had not signed up.
func CheckWalkIns(n int) (f fault.Fields) {
	if n < 0 || n > maxWalk {
		f.Add("walk_ins", "outreach.walk_ins.bad", "n", maxWalk)
	}
	return f
}
