package mentoring

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
)

// The states of a mentorship.
const (
	Waiting   = "waiting" // the mentor was full
	Asked     = "asked"   // and holds a place until it is answered
	On        = "on"
	Declined  = "declined"
	Withdrawn = "withdrawn"
	Ended     = "ended"
)

// The states of a goal.
const (
	Open    = "open"
	Reached = "reached"
	Dropped = "dropped"
)

// GoalStates lists them.
var GoalStates = []string{Open, Reached, Dropped}

// Ways are how somebody meets.
var Ways = []string{"in_person", "online"}

// Days are the days of the week on which they usually have time, by the number of the day.
var Days = []string{"1", "2", "3", "4", "5"}

// Bounds of what is written.
const (
	MaxLine    = 200
	MaxText    = 4_000
	maxMinutes = 480
	mostWants  = 8 // of one question: who wants everything wants nothing
)

// The kinds of things that a mentor helps with. A thing is a kind and a code: "competence.triage".
const (
	Area       = "area."
	Competence = "competence."
	Interest   = "interest."
)

// Things makes things of codes.
func Things(kind string, codes ...string) []string {
	out := make([]string, len(codes))
	for i, c := range codes {
		out[i] = kind + c
	}
	return out
}

// Standing is what somebody brings to the search: their own plan and competencies, read for them alone.
type Standing struct {
	Areas    []string // of their open goals
	Learning []string // competencies of their role that they are not signed off for
	Holds    []string // competencies that they practise unsupervised
}

// Profile is what somebody offers.
type Profile struct {
	Account uuid.UUID
	Name    string
	Role    access.Role
	Taking  bool
	Places  int
	Offers  []string // things
	How     []string
	Days    []string
	Taken   int // of the places
	Queue   int // who waits
}

// Full says that whoever asks now waits.
func (p Profile) Full() bool { return p.Taken >= p.Places || p.Queue > 0 }

// Path is where one asks them.
func (p Profile) Path() string { return "/mentoring/ask/" + p.Account.String() }

// Found is a mentor with the reasons for which they fit whoever looks.
type Found struct {
	Profile
	Goals    []string // areas of open goals
	Learning []string // competencies
	Share    []string // interests that were chosen
}

// Fits says whether there is a reason.
func (f Found) Fits() bool { return len(f.Goals)+len(f.Learning)+len(f.Share) > 0 }

// Find lays what somebody brings, and the interests they chose, beside what mentors offer: those who fit and the others, each by name.
// Nobody has a score: more reasons are no better mentor.
func Find(all []Profile, me uuid.UUID, has Standing, interests []string) (fit, others []Found) {
	for _, p := range all {
		if p.Account == me || !p.Taking {
			continue
		}
		f := Found{Profile: p, Goals: both(p.Offers, Area, has.Areas), Learning: both(p.Offers, Competence, has.Learning), Share: both(p.Offers, Interest, interests)}
		if f.Fits() {
			fit = append(fit, f)
		} else {
			others = append(others, f)
		}
	}
	for _, list := range [][]Found{fit, others} {
		slices.SortFunc(list, func(a, b Found) int {
			return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Account.String(), b.Account.String()))
		})
	}
	return fit, others
}

func both(offers []string, kind string, codes []string) (out []string) {
	for _, thing := range offers {
		if code, found := strings.CutPrefix(thing, kind); found && slices.Contains(codes, code) {
			out = append(out, code)
		}
	}
	return out
}

// ProfileIn is a profile as it is written.
type ProfileIn struct {
	Taking string // "yes" or "no"
	Places int
	Offers []string
	How    []string
	Days   []string
}

// CheckProfile says what is wrong with it. A mentor offers competencies that they practise unsupervised today.
func (p Pack) CheckProfile(in ProfileIn, areas, holds []string) (f fault.Fields) {
	if in.Taking != "yes" && in.Taking != "no" {
		f.Add("taking", "mentoring.taking.empty")
	}
	allowed := slices.Concat(Things(Area, areas...), Things(Competence, holds...), Things(Interest, p.Interests...))
	switch {
	case len(in.Offers) == 0:
		f.Add("areas", "mentoring.offers.empty")
	case !subset(in.Offers, allowed):
		f.Add("areas", "mentoring.offers.bad")
	}
	if in.Places < 1 || in.Places > p.MostPlaces {
		f.Add("places", "mentoring.places.bad", "n", p.MostPlaces)
	}
	if len(in.How) == 0 || !subset(in.How, Ways) {
		f.Add("how", "mentoring.how.empty")
	}
	if !subset(in.Days, Days) {
		f.Add("days", "mentoring.days.bad")
	}
	return f
}

// subset says whether all of a list are allowed, and none is there twice.
func subset(list, allowed []string) bool {
	for i, x := range list {
		if !slices.Contains(allowed, x) || slices.Contains(list[:i], x) {
			return false
		}
	}
	return true
}

// CheckAsk says what is wrong with a question to a mentor.
func CheckAsk(wants []string, m Profile) (f fault.Fields) {
	switch {
	case len(wants) == 0:
		f.Add("wants", "mentoring.wants.empty")
	case len(wants) > mostWants:
		f.Add("wants", "mentoring.wants.many", "n", mostWants)
	case !subset(wants, m.Offers):
		f.Add("wants", "mentoring.wants.bad", "name", m.Name)
	}
	return f
}

// Mentorship is what the two of it see.
type Mentorship struct {
	ID                     uuid.UUID
	Mentor, Mentee         uuid.UUID
	MentorName, MenteeName string
	Wants                  []string
	State                  string
	AskedAt                time.Time
	AnsweredAt, EndedAt    time.Time // zero until then
	EndedBy                uuid.UUID
	Thanks                 string
	Next                   civil.Date // zero when none is planned
	NextSet                time.Time
	NextVersion            int
	Said                   bool // the reader has said whether it helped
	Mentors                bool // the reader is the mentor
}

// Other names the other of the two.
func (m Mentorship) Other() string {
	if m.Mentors {
		return m.MenteeName
	}
	return m.MentorName
}

// OtherAccount is theirs.
func (m Mentorship) OtherAccount() uuid.UUID {
	if m.Mentors {
		return m.Mentee
	}
	return m.Mentor
}

// Path is where the two keep it.
func (m Mentorship) Path() string { return "/mentoring/with/" + m.ID.String() }

// Over says that nothing more comes of it.
func (m Mentorship) Over() bool {
	return m.State == Declined || m.State == Withdrawn || m.State == Ended
}

// MaySay says whether the reader may say whether it helped: the mentee, once, within the days of the pack.
func (p Pack) MaySay(m Mentorship, now time.Time) bool {
	return !m.Mentors && m.State == Ended && !m.Said && now.Before(m.EndedAt.AddDate(0, 0, p.Help))
}
