package cast

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/sample/model"
	"github.com/rowan-ohwb/rowan/internal/sample/staff"
)

// Org is an employer.
type Org struct {
	N                     int
	ID                    uuid.UUID
	kind, ODS, name, mail string
	Sites                 []string
	size                  int
	trades                []staff.Trade
	special               []staff.Special
	Service               *Service
	People                []*Member
	HR                    []*Member
	caldicott             *Member
}

// Service is an OH service and what its history is run with.
type Service struct {
	N                   int
	ID                  uuid.UUID
	Host                *Org
	Name, phone, urgent string
	PerYear             float64
	Missed              float64 // of appointments; 0 for as many as usual
	Clinics             []model.Clinic
	Clients             []*Org
	Team                map[access.Role][]Who
	Elsewhere           bool // keeps its cases in another system: there is no care data, and activity comes by file
}

// Since is when everything begins: before the first year of history.
func (b *Cast) Since() time.Time { return b.Now.AddDate(-6, 0, 0).Truncate(24 * time.Hour) }

// Holder finds who has a role at an employer.
func (o *Org) Holder(r access.Role) Who {
	for _, m := range o.People {
		if access.Role(m.Role) == r {
			return Who{Member: m, Acting: r}
		}
	}
	panic("nobody at " + o.name + " is " + string(r)) // staff.Service and staff.Corporate name them
}

// crew is the large service as its establishment has it in post (wing/people.go): the head of service, seven nurses of whom one leads the
// others, two physicians, a physiotherapist, two counsellors and three administrators. Its technician does not sign in.
func crew() []staff.Special { return staff.Service(7, 2, 1, 2, 3) }

// decide says who there is. The second trust has its own service; the first one's serves four others. The third keeps
// another occupational health system.
func (b *Cast) decide() {
	large := &Service{N: 0, ID: b.ID("service", 0), Name: "Wyre Valley Staff Health", phone: "01632 960100", PerYear: 1500, Clinics: model.Large(),
		urgent: "Call the hospital's site team on 01632 960199, day or night, and ask for the duty mental health nurse."}
	small := &Service{N: 1, ID: b.ID("service", 1), Name: "Harrow Fell Staff Health", phone: "01632 960200", PerYear: 170, Clinics: model.Small(),
		urgent: "Call the hospital switchboard on 01632 960299, day or night, and ask for the duty manager."}
	hospital := []string{"Wyre General", "Mill Road Hospital", "Saltmarsh Hospital", "Quay House"}
	trust := &Org{kind: "trust", ODS: "ZW1", name: "Wyre Valley Hospitals", mail: "wyrevalley.example", Sites: hospital, size: 10000, trades: staff.Hospital,
		special: append(crew(), staff.Corporate(6)...), Service: large}
	community := &Org{kind: "trust", ODS: "ZW2", name: "Wyre Community Health", mail: "wyrecommunity.example", Sites: []string{"North hub", "South hub"}, size: 900,
		trades: staff.Community, special: staff.Corporate(2), Service: large}
	other := &Org{kind: "trust", ODS: "ZH1", name: "Harrow Fell Hospitals", mail: "harrowfell.example", Sites: []string{"Harrow Infirmary", "Fellside Hospital"}, size: 1500,
		trades: staff.Hospital, special: append(staff.Service(3, 1, 1, 1, 2), staff.Corporate(2)...), Service: small}
	b.orgs, b.Services = []*Org{trust, community}, []*Service{large}
	for i, name := range []string{"Mill Lane Surgery", "Harbour Practice", "Orchard Health Centre"} {
		b.orgs = append(b.orgs, &Org{kind: "practice", ODS: "ZG" + string(rune('1'+i)), name: name, mail: "practice" + string(rune('1'+i)) + ".example",
			Sites: []string{name}, size: 14, trades: staff.Practice, Service: large})
	}
	if b.Small {
		trust.size, community.size, other.size = 40, 12, 20
		trust.trades, community.trades, other.trades = staff.Hospital[:2], staff.Community[:1], staff.Hospital[:1]
		b.orgs = b.orgs[:3]
		large.PerYear, small.PerYear, large.Clinics = 13, 3, model.Small()
		trust.special = append(crew(), staff.Corporate(1)...)
	}
	if b.ICS {
		if !b.Small {
			trust.size = largest
		}
		b.decideTrusts()
	} else {
		b.decideAway(small, other)
	}
	large.Host = trust
	for i, o := range b.orgs {
		o.N, o.ID = i, b.ID("organisation", i)
		o.Service.Clients = append(o.Service.Clients, o)
	}
	for _, s := range b.Services {
		s.Team = map[access.Role][]Who{}
	}
}

// decideAway adds the second trust, and one that keeps its cases in another system.
func (b *Cast) decideAway(small *Service, other *Org) {
	away := &Service{N: 2, ID: b.ID("service", 2), Name: "Moor Edge Occupational Health", phone: "01632 960300", Elsewhere: true,
		urgent: "Call the hospital switchboard on 01632 960399, day or night, and ask for the duty manager."}
	moor := &Org{kind: "trust", ODS: "ZM1", name: "Moor Edge Hospitals", mail: "mooredge.example", Sites: []string{"Moor Edge General"},
		special: append(staff.Service(0, 0, 0, 0, 0), staff.Corporate(1)...), Service: away}
	b.orgs = append(b.orgs, other, moor)
	small.Host, away.Host = other, moor
	b.Services = append(b.Services, small, away)
}

// Targets are in working days (clinical.md 1.6; D: local settings).
var Targets = map[string]int{"triage.P1": 0, "triage.P2": 2, "triage.P3": 2, "first_seen.P1": 5, "first_seen.P2": 10, "first_seen.P3": 20, "report.P1": 2, "report.P2": 3, "report.P3": 5}

// Places makes the installation, the tree and the services, behind the hall.
func (b *Cast) Places(ctx context.Context) error {
	b.decide()
	ics, nation := b.ID("ics", 0), b.ID("nation", 0)
	return b.In(ctx, access.SystemActor(access.Hall, uuid.Nil, uuid.Nil), func(tx *postgres.Tx) error {
		do := func(sql string, args ...any) error {
			_, err := tx.Exec(ctx, sql, args...)
			return err
		}
		const place = `insert into organisation (id, kind, ods_code) values ($1,$2,$3)`
		const span = `insert into organisation_span (organisation_id, valid_from, name, parent_id) values ($1,$2,$3,$4)`
		if err := FirstError(do(`insert into installation (demo) values (true)`), do(place, nation, "nation", "ZNA"), do(span, nation, b.Since(), "National programme (invented)", nil),
			do(place, ics, "ics", "ZIC"), do(span, ics, b.Since(), "Wyre and Fells ICS", nation)); err != nil {
			return err
		}
		for _, o := range b.orgs {
			if err := FirstError(do(place, o.ID, o.kind, o.ODS), do(span, o.ID, b.Since(), o.name, ics)); err != nil {
				return err
			}
		}
		for _, s := range b.Services {
			if err := do(`insert into service (id, organisation_id, name, phone, urgent_text) values ($1,$2,$3,$4,$5)`, s.ID, s.Host.ID, s.Name, s.phone, s.urgent); err != nil {
				return err
			}
			for _, o := range s.Clients {
				if err := do(`insert into contract (service_id, organisation_id, valid_from) values ($1,$2,$3)`, s.ID, o.ID, b.Since()); err != nil {
					return err
				}
			}
			for measure, days := range Targets {
				if err := do(`insert into service_target (service_id, measure, valid_from, working_days, source) values ($1,$2,$3,$4,'Invented, after clinical.md 1.6')`, s.ID, measure, b.Since(), days); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
