package sample

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/sample/model"
	"github.com/rowan-ohwb/rowan/internal/sample/staff"
)

// org is an employer.
type org struct {
	n                     int
	id                    uuid.UUID
	kind, ods, name, mail string
	sites                 []string
	size                  int
	trades                []staff.Trade
	special               []staff.Special
	service               *service
	people                []*member
	hr                    []*member
	caldicott             *member
}

// service is an OH service and what its history is run with.
type service struct {
	n                   int
	id                  uuid.UUID
	host                *org
	name, phone, urgent string
	perYear             float64
	clinics             []model.Clinic
	clients             []*org
	team                map[access.Role][]who
	pool                []*member // whoever may be referred to it
	history             *history
}

// since is when everything begins: before the first year of history.
func (b *builder) since() time.Time { return b.Now.AddDate(-6, 0, 0).Truncate(24 * time.Hour) }

// cast is who there is. The second trust has its own service; the first one's serves four others.
func (b *builder) cast() {
	large := &service{n: 0, id: b.id("service", 0), name: "Wyre Valley Staff Health", phone: "01632 960100", perYear: 1500, clinics: model.Large(),
		urgent: "Call the hospital's site team on 01632 960199, day or night, and ask for the duty mental health nurse."}
	small := &service{n: 1, id: b.id("service", 1), name: "Harrow Fell Staff Health", phone: "01632 960200", perYear: 170, clinics: model.Small(),
		urgent: "Call the hospital switchboard on 01632 960299, day or night, and ask for the duty manager."}
	hospital := []string{"Wyre General", "Mill Road Hospital", "Saltmarsh Hospital", "Quay House"}
	trust := &org{kind: "trust", ods: "ZW1", name: "Wyre Valley Hospitals", mail: "wyrevalley.example", sites: hospital, size: 10000, trades: staff.Hospital,
		special: append(staff.Service(18, 5, 4, 5, 7), staff.Corporate(6)...), service: large}
	community := &org{kind: "trust", ods: "ZW2", name: "Wyre Community Health", mail: "wyrecommunity.example", sites: []string{"North hub", "South hub"}, size: 900,
		trades: staff.Community, special: staff.Corporate(2), service: large}
	other := &org{kind: "trust", ods: "ZH1", name: "Harrow Fell Hospitals", mail: "harrowfell.example", sites: []string{"Harrow Infirmary", "Fellside Hospital"}, size: 1500,
		trades: staff.Hospital, special: append(staff.Service(3, 1, 1, 1, 2), staff.Corporate(2)...), service: small}
	b.orgs = []*org{trust, community}
	for i, name := range []string{"Mill Lane Surgery", "Harbour Practice", "Orchard Health Centre"} {
		b.orgs = append(b.orgs, &org{kind: "practice", ods: "ZG" + string(rune('1'+i)), name: name, mail: "practice" + string(rune('1'+i)) + ".example",
			sites: []string{name}, size: 14, trades: staff.Practice, service: large})
	}
	if b.Small {
		trust.size, community.size, other.size = 40, 12, 20
		trust.trades, community.trades, other.trades = staff.Hospital[:2], staff.Community[:1], staff.Hospital[:1]
		b.orgs = b.orgs[:3]
		large.perYear, small.perYear, large.clinics = 13, 3, model.Small()
		trust.special = append(staff.Service(10, 4, 2, 2, 1), staff.Corporate(1)...)
	}
	b.orgs = append(b.orgs, other)
	large.host, small.host = trust, other
	b.services = []*service{large, small}
	for i, o := range b.orgs {
		o.n, o.id = i, b.id("organisation", i)
		o.service.clients = append(o.service.clients, o)
	}
	for _, s := range b.services {
		s.team = map[access.Role][]who{}
	}
}

// targets in working days (clinical.md 1.6; D: local settings).
var targets = map[string]int{"triage.P1": 0, "triage.P2": 2, "triage.P3": 2, "first_seen.P1": 5, "first_seen.P2": 10, "first_seen.P3": 20, "report.P1": 2, "report.P2": 3, "report.P3": 5}

// places makes the installation, the tree and the services, behind the hall.
func (b *builder) places(ctx context.Context) error {
	b.cast()
	ics := b.id("ics", 0)
	return b.in(ctx, access.SystemActor(access.Hall, uuid.Nil, uuid.Nil), func(tx *postgres.Tx) error {
		do := func(sql string, args ...any) error {
			_, err := tx.Exec(ctx, sql, args...)
			return err
		}
		const place = `insert into organisation (id, kind, ods_code) values ($1,$2,$3)`
		const span = `insert into organisation_span (organisation_id, valid_from, name, parent_id) values ($1,$2,$3,$4)`
		if err := firstError(do(`insert into installation (demo) values (true)`), do(place, ics, "ics", "ZIC"), do(span, ics, b.since(), "Wyre and Fells ICS", nil)); err != nil {
			return err
		}
		for _, o := range b.orgs {
			if err := firstError(do(place, o.id, o.kind, o.ods), do(span, o.id, b.since(), o.name, ics)); err != nil {
				return err
			}
		}
		for _, s := range b.services {
			if err := do(`insert into service (id, organisation_id, name, phone, urgent_text) values ($1,$2,$3,$4,$5)`, s.id, s.host.id, s.name, s.phone, s.urgent); err != nil {
				return err
			}
			for _, o := range s.clients {
				if err := do(`insert into contract (service_id, organisation_id, valid_from) values ($1,$2,$3)`, s.id, o.id, b.since()); err != nil {
					return err
				}
			}
			for measure, days := range targets {
				if err := do(`insert into service_target (service_id, measure, valid_from, working_days, source) values ($1,$2,$3,$4,'Invented, after clinical.md 1.6')`, s.id, measure, b.since(), days); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// firstError gives the first of several errors. The statements after a failed one fail too, since its transaction is
// over, so nothing is written by evaluating them.
func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
