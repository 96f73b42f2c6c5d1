package cast

import (
	"fmt"

	"github.com/rowan-ohwb/rowan/internal/sample/model"
	"github.com/rowan-ohwb/rowan/internal/sample/staff"
)

// trust is an organisation of the large ICS besides the trust of the small sample.
type trust struct {
	name, mail, ods, service string
	sites                    []string
	size                     int
	perYear                  float64 // referrals
	missed                   float64 // of appointments; 0 for as many as usual
	trades                   []staff.Trade
	team                     []int // nurses, physicians, physiotherapists, counsellors, administrators
}

// trusts are the other seven of the eight organisations with a service of their own. With the first one and those whose staff it looks
// after they employ some 61,000 people.
var trusts = []trust{
	{"Northmere University Hospitals", "northmere.example", SecondTrust, "Northmere Staff Health", []string{"Northmere Royal", "City Wing", "Northmere Women's Hospital"}, 13500, 1400, 0.13, staff.Hospital, []int{7, 2, 1, 2, 3}},
	{"Estuary Mental Health and Community", "estuary.example", "ZE1", "Estuary Wellbeing at Work", []string{"Estuary House", "Saltings", "Riverbank"}, 8500, 900, 0.16, staff.Community, []int{5, 1, 1, 2, 2}},
	{"Fells Partnership", "fellspartnership.example", "ZF1", "Fells Occupational Health", []string{"Fell Gate", "Tarn House"}, 7200, 780, 0.15, staff.Community, []int{5, 1, 1, 1, 2}},
	{"Three Rivers Ambulance", "threerivers.example", "ZT1", "Three Rivers Staff Health", []string{"Headquarters", "East station", "West station"}, 6200, 720, 0.19, staff.Ambulance, []int{4, 1, 1, 1, 2}},
	{"Harrow Fell Hospitals", "harrowfell.example", "ZH1", "Harrow Fell Staff Health", []string{"Harrow Infirmary", "Fellside Hospital"}, 5200, 560, 0.17, staff.Hospital, []int{4, 1, 1, 1, 2}},
	{"Southbeck Hospitals", "southbeck.example", "ZS1", "Southbeck Staff Health", []string{"Southbeck General", "Beck Lane"}, 4000, 430, 0.18, staff.Hospital, []int{3, 1, 1, 1, 2}},
	{"Heron Children's Hospital", "heron.example", "ZC1", "Heron Staff Health", []string{"Heron Park", "Heron Hill"}, 1800, 200, 0.12, staff.Hospital, []int{3, 1, 1, 1, 2}},
}

// SecondTrust is the ODS code of one that is in no other sample.
const SecondTrust = "ZN1"

// largest is how many people the first trust employs in the large ICS.
const largest = 14000

// decideTrusts puts seven further trusts, each with a service of its own, in the place of the two small ones.
func (b *Cast) decideTrusts() {
	for i, x := range trusts {
		n := i + 1
		s := &Service{N: n, ID: b.ID("service", n), Name: x.service, phone: fmt.Sprintf("01632 96%02d00", n), PerYear: x.perYear, Missed: x.missed, Clinics: model.Sized(x.perYear),
			urgent: fmt.Sprintf("Call the switchboard on 01632 96%02d99, day or night, and ask for the duty manager.", n)}
		o := &Org{kind: "trust", ODS: x.ods, name: x.name, mail: x.mail, Sites: x.sites, size: x.size, trades: x.trades, Service: s,
			special: append(staff.Service(x.team[0], x.team[1], x.team[2], x.team[3], x.team[4]), staff.Corporate(3)...)}
		if b.Small {
			o.size, o.trades, s.PerYear, s.Clinics = 20, x.trades[:1], 20, model.Small()
		}
		s.Host = o
		b.orgs, b.Services = append(b.orgs, o), append(b.Services, s)
	}
}
