package lending

import (
	"slices"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/halfday"
	"github.com/rowan-ohwb/rowan/internal/fault"
)

// Remote is the place of work by telephone or video.
const Remote = "remote"

// Bands are those of Agenda for Change, and that of doctors.
var Bands = []string{"2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d", "9", "medical"}

// Able is what somebody may practise today, as their practice says it.
type Able struct {
	Role  string                // of the competencies
	Until map[string]civil.Date // by competence, the last day on which it and the entry in a register hold
}

// Place is where somebody can help: an organisation that takes part.
type Place struct {
	ID   string
	Name string
}

// In is what somebody offers.
type In struct {
	ID           uuid.UUID
	Band         string
	Competencies []string
	Slots        []string
	Places       []string
	From, Until  civil.Date
}

// Check finds what is wrong with it.
func (in In) Check(a Able, places []Place, today civil.Date) (f fault.Fields) {
	if len(in.Competencies) == 0 || slices.ContainsFunc(in.Competencies, func(k string) bool { return a.Until[k].Before(today) }) {
		f.Add("competencies", "lending.competencies.empty")
	}
	if !slices.Contains(Bands, in.Band) {
		f.Add("band", "lending.band.empty")
	}
	if len(in.Places) == 0 || slices.ContainsFunc(in.Places, func(id string) bool {
		return id != Remote && !slices.ContainsFunc(places, func(p Place) bool { return p.ID == id })
	}) {
		f.Add("places", "lending.places.empty")
	}
	halfday.Check(&f, in.Slots, in.From, in.Until, today)
	return f
}

// State of an offer.
type State string

// The states.
const (
	Waits     State = "waits" // for the lead
	Agreed    State = "agreed"
	Refused   State = "refused"
	Withdrawn State = "withdrawn"
)

// Holding is a competence of an offer.
type Holding struct {
	Competence string
	Until      civil.Date
}

// Offer is one's own.
type Offer struct {
	In
	Role      string
	State     State
	DecidedBy string
	Held      []Holding
	Asked     []Session
}

// Open says whether it waits or is agreed to.
func (o Offer) Open() bool { return o.State == Waits || o.State == Agreed }

// Ended are the competencies of an open offer that no longer hold, so that it is on no list with them.
func (o Offer) Ended(today civil.Date) (out []string) {
	for _, h := range o.Held {
		if h.Until.Before(today) {
			out = append(out, h.Competence)
		}
	}
	return out
}

// Listed says whether others find it on a day.
func (o Offer) Listed(today civil.Date) bool {
	return o.State == Agreed && !o.Until.Before(today) && len(o.Ended(today)) < len(o.Held)
}

// Session is what another organisation asks of an offer.
type Session struct {
	Organisation uuid.UUID
	ID           uuid.UUID
	Offer        uuid.UUID
	Name         string // of the organisation
	Place        string
	Competence   string
	On           civil.Date
	Part         string // of the day
	Hours        int
	State        string // asked, declined, offered, booked, done, cancelled
}

// Waits says whether it waits for its person's answer, on a day.
func (s Session) Waits(today civil.Date) bool { return s.State == "asked" && !s.On.Before(today) }

// clash says whether another session of the same half-day was said yes to.
func clash(all []Session, s Session) bool {
	return slices.ContainsFunc(all, func(x Session) bool {
		return x.ID != s.ID && x.On == s.On && x.Part == s.Part && (x.State == "offered" || x.State == "booked")
	})
}
