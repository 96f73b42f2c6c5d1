// Package staff invents the workforce of an organisation and writes it as the staff feed that `rowan import staff`
// reads. It is pure and deterministic: a seed and a size in, people in. Every name is drawn from short lists, mobile
// numbers are of the range kept for drama (07700 900000 to 900999), addresses end in .example: nobody here exists.
package staff

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strings"
	"time"
)

// Person is one employee with one post.
type Person struct {
	Number, Family, Given           string
	Born, Start                     time.Time
	Title, Band, Group              string
	Site, Department, Team, Shifts  string
	Hours                           string
	Manager                         string // employee number; "" at the top
	Role                            string // what they do in Rowan, by the names of access.Role; "" for most
	Patients, Nights, Drives, Alone bool
	EPP, Critical                   bool
	Leads                           bool
	Sex, Ethnic, Disability         string // as ESR writes what was declared
}

// Name is how colleagues know them.
func (p Person) Name() string { return p.Given + " " + p.Family }

// Email is the work address, unique by the last digits of the employee number.
func (p Person) Email(domain string) string {
	fold := strings.NewReplacer("'", "", " ", "").Replace
	last := p.Number[4:]
	if p.Number[3] != '0' { // the ten thousandth and those after
		last = p.Number[3:]
	}
	return strings.ToLower(fold(p.Given) + "." + fold(p.Family) + last + "@" + domain)
}

// Size says what to invent.
type Size struct {
	Seed    uint64
	First   int // employee number of the first
	People  int // about so many, the special ones among them
	Sites   []string
	Trades  []Trade
	Special []Special
	Now     time.Time
}

// Trade is a kind of team: what its people are and what their work asks.
type Trade struct {
	Department, Group               string
	Team                            string // "Ward %d"
	Lead, Title                     string
	LeadBand                        string
	Bands                           []string
	Size                            int
	Share                           float64 // of the workforce
	Patients, Nights, Drives, Alone bool
	EPP, Critical                   bool
}

// Special is somebody with a role in Rowan.
type Special struct {
	Role, Title, Band, Group, Department, Team string
	N                                          int
}

// Invent makes the people, managers before those who report to them.
func Invent(s Size) []Person {
	m := &maker{Size: s, rng: rand.New(rand.NewPCG(s.Seed, uint64(s.First)))}
	head := m.add(Person{Title: "Chief operating officer", Band: "VSM", Group: "Administrative and Clerical", Department: "Executive", Team: "Executive office", Leads: true})
	for _, x := range s.Special {
		for range x.N {
			m.add(Person{Title: x.Title, Band: x.Band, Group: x.Group, Department: x.Department, Team: x.Team, Role: x.Role, Manager: head})
		}
	}
	for _, t := range s.Trades {
		m.trade(t, head)
	}
	return m.out
}

type maker struct {
	Size
	rng *rand.Rand
	out []Person
}

// spanOfControl is how many teams report to one head of department.
const spanOfControl = 9

func (m *maker) trade(t Trade, top string) {
	teams := max(1, int(t.Share*float64(m.People)/float64(t.Size)+0.5))
	boss := ""
	for n := range teams {
		if n%spanOfControl == 0 {
			boss = top
			if teams > 2 {
				boss = m.add(Person{Title: "Head of " + strings.ToLower(t.Department), Band: "8b", Group: t.Group, Department: t.Department, Team: "Management", Manager: top, Leads: true})
			}
		}
		team := t.Team
		if strings.Contains(team, "%d") {
			team = fmt.Sprintf(team, n+1)
		}
		site := m.Sites[n%len(m.Sites)]
		lead := m.add(Person{Title: t.Lead, Band: t.LeadBand, Group: t.Group, Site: site, Department: t.Department, Team: team, Manager: boss, Patients: t.Patients, Leads: true})
		for range t.Size - 1 {
			m.add(Person{Title: t.Title, Band: pick(m.rng, t.Bands), Group: t.Group, Site: site, Department: t.Department, Team: team, Manager: lead,
				Patients: t.Patients, Nights: t.Nights, Drives: t.Drives, Alone: t.Alone, EPP: t.EPP, Critical: t.Critical})
		}
	}
}

// add fills in what everybody has, and gives the employee number.
func (m *maker) add(p Person) string {
	p.Number = fmt.Sprintf("%08d", m.First+len(m.out))
	p.Family, p.Given = pick(m.rng, families), pick(m.rng, givens)
	day := func(yearsFrom, years int) time.Time {
		return m.Now.UTC().AddDate(-yearsFrom, 0, -m.rng.IntN(365*years)).Truncate(24 * time.Hour)
	}
	p.Born = day(22, 42)
	p.Start = day(0, 12)
	if p.Role != "" || p.Leads {
		p.Start = day(4, 8) // whoever acts in the history was there when it began
	}
	if p.Site == "" {
		p.Site = m.Sites[0]
	}
	p.Hours = pick(m.rng, hours)
	p.Shifts = "days"
	if p.Nights {
		p.Shifts = "rotating, with nights"
	}
	p.declare()
	m.out = append(m.out, p)
	return p.Number
}

// declare draws what somebody declared to their employer from their number alone, so that it changes nothing else that is invented: as
// in ESR few have declared a disability, some have said that they have none, and many nothing.
func (p *Person) declare() {
	h := fnv.New64a()
	fmt.Fprint(h, p.Number, p.Family)
	rng := rand.New(rand.NewPCG(h.Sum64(), 0xdec1))
	p.Sex = shares(rng, []share{{"Female", 75}, {"Male", 25}})
	p.Ethnic = shares(rng, []share{{"A White - British", 60}, {"C White - Any other White background", 8}, {"H Asian or Asian British - Indian", 8}, {"J Asian or Asian British - Pakistani", 4},
		{"N Black or Black British - African", 8}, {"M Black or Black British - Caribbean", 2}, {"D Mixed - White & Black Caribbean", 3}, {"S Any Other Ethnic Group", 3}, {"Z Not Stated", 4}})
	p.Disability = shares(rng, []share{{"No", 72}, {"Yes", 5}, {"Not Declared", 18}, {"Prefer Not To Answer", 5}})
}

type share struct {
	word    string
	percent int
}

func shares(rng *rand.Rand, of []share) string {
	n := rng.IntN(100)
	for _, x := range of {
		if n -= x.percent; n < 0 {
			return x.word
		}
	}
	return of[0].word
}

var hours = []string{"37.5", "37.5", "37.5", "37.5", "30", "30", "22.5", "15"}

func pick[T any](rng *rand.Rand, list []T) T { return list[rng.IntN(len(list))] }
