package skillsbank

import (
	"slices"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/halfday"
	"github.com/rowan-ohwb/rowan/internal/fault"
)

// Remote is the place of work by telephone or video.
const Remote = "remote"

// Bounds of what is written.
const (
	mostPlace = 120
	mostHours = 2000
	mostDay   = 12 // hours of a session
)

// Holding is a competence of an offer, with the last day on which it holds.
type Holding struct {
	Competence string
	Until      civil.Date
}

// Offer is that somebody would help elsewhere. Name and Account are empty where they are not to be seen.
type Offer struct {
	Organisation uuid.UUID
	ID           uuid.UUID
	Where        string // the organisation by name
	Role, Band   string
	Slots        []string
	Places       []string
	From, Until  civil.Date
	State        string // waits, agreed, refused, withdrawn
	DecidedBy    string
	Held         []Holding
	Name         string
	Account      uuid.UUID
}

// Holds says whether a competence holds on a day.
func (o Offer) Holds(competence string, on civil.Date) bool {
	return slices.ContainsFunc(o.Held, func(h Holding) bool { return h.Competence == competence && !h.Until.Before(on) })
}

// Holding are the competencies that hold on a day.
func (o Offer) Holding(on civil.Date) (out []string) {
	for _, h := range o.Held {
		if !h.Until.Before(on) {
			out = append(out, h.Competence)
		}
	}
	return out
}

// Live says whether an offer is on the list on a day: agreed to, not over, and with something that still holds.
func (o Offer) Live(today civil.Date) bool {
	return o.State == "agreed" && !o.Until.Before(today) && len(o.Holding(today)) > 0
}

// NeedIn is what an organisation looks for.
type NeedIn struct {
	ID          uuid.UUID
	Competence  string
	Place       string
	Remote      bool // can be done by telephone or video
	Slots       []string
	From, Until civil.Date
	Hours       int
}

// Need is a need that was posted.
type Need struct {
	NeedIn
	Organisation uuid.UUID
	Where        string
	Closed       bool
}

// Open says whether help is still looked for on a day.
func (n Need) Open(today civil.Date) bool { return !n.Closed && !n.Until.Before(today) }

// Check finds what is wrong with it.
func (in NeedIn) Check(competencies []Competence, today civil.Date) (f fault.Fields) {
	if !slices.ContainsFunc(competencies, func(c Competence) bool { return c.Key == in.Competence }) {
		f.Add("competence", "skills.competence.empty")
	}
	f.Text("place", "skills.place.empty", in.Place, mostPlace)
	halfday.Check(&f, in.Slots, in.From, in.Until, today)
	if in.Hours < 1 || in.Hours > mostHours {
		f.Add("hours", "skills.hours.bad", "most", mostHours)
	}
	return f
}

// State of a session.
type State string

// The states.
const (
	Asked     State = "asked"
	Declined  State = "declined"
	Offered   State = "offered"
	Booked    State = "booked"
	Done      State = "done"
	Cancelled State = "cancelled"
)

// States in their order.
var States = []State{Asked, Offered, Booked, Done, Declined, Cancelled}

// Session is help on a half-day, from one organisation to another.
type Session struct {
	Organisation uuid.UUID // that asked
	ID           uuid.UUID
	Need         uuid.UUID
	Giver        uuid.UUID // the other organisation
	Offer        uuid.UUID
	State        State
	On           civil.Date
	Part         string
	Hours        int
	GiverAgreed  bool
	TakerAgreed  bool
}

// Over says whether nothing follows.
func (s Session) Over() bool { return s.State == Done || s.State == Declined || s.State == Cancelled }

// agree is the session once one side agreed too; ok is false where there is nothing to agree to.
func (s Session) agree(side uuid.UUID) (Session, bool) {
	switch {
	case s.State != Offered:
		return s, false
	case side == s.Giver && !s.GiverAgreed:
		s.GiverAgreed = true
	case side == s.Organisation && !s.TakerAgreed:
		s.TakerAgreed = true
	default:
		return s, false
	}
	if s.GiverAgreed && s.TakerAgreed {
		s.State = Booked
	}
	return s, true
}

// Tellable says whether it can be said that a session took place: it is booked, and its day has come.
func (s Session) Tellable(today civil.Date) bool { return s.State == Booked && !s.On.After(today) }

// CheckDone finds what is wrong with the hours that were worked.
func CheckDone(hours int) (f fault.Fields) {
	if hours < 1 || hours > mostDay {
		f.Add("hours", "skills.session.hours.bad", "most", mostDay)
	}
	return f
}

// AskIn is when somebody is asked for.
type AskIn struct {
	ID    uuid.UUID
	On    civil.Date
	Part  string
	Hours int
}

// Check finds what is wrong with it: it is on a half-day of both, while the competence holds.
func (in AskIn) Check(n Need, o Offer, today civil.Date) (f fault.Fields) {
	switch {
	case in.On.IsZero():
		f.Add("on", "skills.on.empty")
	case in.On.Before(today) || in.On.Before(n.From) || in.On.Before(o.From) || in.On.After(n.Until) || in.On.After(o.Until) || !o.Holds(n.Competence, in.On):
		f.Add("on", "skills.on.outside")
	}
	switch {
	case !slices.Contains(halfday.Parts, in.Part):
		f.Add("part", "skills.part.empty")
	case f.Of("on") == nil && !slices.Contains(halfday.Common(n.Slots, o.Slots), halfday.Of(in.On, in.Part)):
		f.Add("part", "skills.part.other")
	}
	if in.Hours < 1 || in.Hours > mostDay {
		f.Add("hours", "skills.session.hours.bad", "most", mostDay)
	}
	return f
}

// Met is how many hours of a need are booked or done.
func (n Need) Met(all []Session) (hours int) {
	for _, s := range all {
		if s.Need == n.ID && s.Organisation == n.Organisation && (s.State == Booked || s.State == Done) {
			hours += s.Hours
		}
	}
	return hours
}

// Hours of an organisation in a quarter.
type Hours struct {
	Organisation    uuid.UUID
	Quarter         civil.Date // its first day
	Given, Received int
}

// Tally adds up what took place, by organisation and quarter: the newest quarter first, organisations in the order in which they come.
func Tally(all []Session) (out []Hours) {
	add := func(who uuid.UUID, on civil.Date, given, received int) {
		quarter := civil.Date{Year: on.Year, Month: (on.Month-1)/3*3 + 1, Day: 1}
		i := slices.IndexFunc(out, func(h Hours) bool { return h.Organisation == who && h.Quarter == quarter })
		if i < 0 {
			i = len(out)
			out = append(out, Hours{Organisation: who, Quarter: quarter})
		}
		out[i].Given, out[i].Received = out[i].Given+given, out[i].Received+received
	}
	for _, s := range all {
		if s.State == Done {
			add(s.Giver, s.On, s.Hours, 0)
			add(s.Organisation, s.On, 0, s.Hours)
		}
	}
	slices.SortStableFunc(out, func(a, b Hours) int { return b.Quarter.Compare(a.Quarter) })
	return out
}
