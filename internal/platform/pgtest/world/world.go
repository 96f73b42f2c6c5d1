// Package world puts a small invented NHS into a test database: one ICS with a large trust whose OH service
// also serves a community trust and a GP practice, and a second trust with its own service. So every wall has
// two sides. Each call makes new organisations, so tests share a database and commit.
package world

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// World is what a test needs to know of it. Every name is invented.
type World struct {
	Nation, ICS                       uuid.UUID // that the organisations belong to
	Trust, Community, Practice, Other uuid.UUID // organisations
	Service, OtherService             uuid.UUID // Trust hosts Service; Other hosts OtherService

	Nurse          Who // Amara Okafor, a ward nurse of Trust: the person most tests are about; reports to Ward
	Ward           Who // Tom Reid, ward manager of Trust
	Peer           Who // another manager of Trust, no relation to Nurse
	HR             Who
	Local          Who // a nurse of Community, reports to LocalManager
	LocalManager   Who
	Foreign        Who // a nurse of Other, reports to ForeignManager
	ForeignManager Who

	OHAdmin, OHNurse, OHNurse2, OHPhysician, OHPhysician2, OHPhysio, OHCounsellor, OHLead, Caldicott Who // of Service
	Guardian, Executive                                                                              Who // of Trust
	ForeignOHNurse, ForeignOHAdmin                                                                   Who // of OtherService
}

// Who is somebody with a workforce record and an account.
type Who struct {
	Organisation, Person, Account, Service uuid.UUID
	Name                                   string
	Decides                                bool // a senior clinician who may decide on disclosures
	Born                                   time.Time
}

// As gives the actor that this person is in a role, behind a wall.
func (w Who) As(role access.Role, wall access.Wall) access.Actor {
	return access.Actor{Account: w.Account, Name: w.Name, Organisation: w.Organisation, Service: w.Service, Person: w.Person, Role: role, Wall: wall}
}

// SystemLead is somebody of the trust as the lead on occupational health of its ICS: a post beside theirs, with an account and no
// workforce record there.
func (w *World) SystemLead() Who {
	return Who{Organisation: w.ICS, Account: w.HR.Account, Name: w.HR.Name}
}

// NationalLead is the same of the nation above.
func (w *World) NationalLead() Who {
	return Who{Organisation: w.Nation, Account: w.HR.Account, Name: w.HR.Name}
}

// New makes a world.
func New(t testing.TB, db *postgres.DB) *World {
	t.Helper()
	w, err := Build(context.Background(), db)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// Build makes a world outside a test: the benchmark uses it.
func Build(ctx context.Context, db *postgres.DB) (*World, error) {
	w := &World{Nation: uuid.New(), Trust: uuid.New(), Community: uuid.New(), Practice: uuid.New(), Other: uuid.New(), Service: uuid.New(), OtherService: uuid.New()}
	ics := uuid.New()
	w.ICS = ics
	b := &builder{ctx: ctx, db: db, services: map[uuid.UUID]uuid.UUID{w.Trust: w.Service, w.Community: w.Service, w.Practice: w.Service, w.Other: w.OtherService}}
	b.organisation(w.Nation, "nation", "Sample Nation", uuid.Nil)
	b.organisation(ics, "ics", "Wyre Valley ICS", w.Nation)
	b.organisation(w.Trust, "trust", "Wyre Valley Hospitals", ics)
	b.organisation(w.Community, "trust", "Wyre Community Health", ics)
	b.organisation(w.Practice, "practice", "Mill Lane Surgery", ics)
	b.organisation(w.Other, "trust", "Harrow Fell Hospitals", ics)
	b.service(w.Service, w.Trust, "Wyre Valley Staff Health", w.Trust, w.Community, w.Practice)
	b.service(w.OtherService, w.Other, "Harrow Fell Staff Health", w.Other)

	w.Ward = b.person(w.Trust, "Tom", "Reid", "Ward manager", uuid.Nil)
	w.Nurse = b.person(w.Trust, "Amara", "Okafor", "Staff nurse", w.Ward.Person)
	w.Peer = b.person(w.Trust, "Sian", "Hughes", "Theatre manager", uuid.Nil)
	w.HR = b.person(w.Trust, "Priya", "Nair", "HR adviser", uuid.Nil)
	w.LocalManager = b.person(w.Community, "Ewan", "Clark", "Team lead", uuid.Nil)
	w.Local = b.person(w.Community, "Joan", "Miles", "District nurse", w.LocalManager.Person)
	w.ForeignManager = b.person(w.Other, "Grace", "Lund", "Ward manager", uuid.Nil)
	w.Foreign = b.person(w.Other, "Ben", "Stone", "Staff nurse", w.ForeignManager.Person)
	w.OHAdmin = b.person(w.Trust, "Lucy", "Brand", "OH administrator", uuid.Nil)
	w.OHNurse = b.person(w.Trust, "Helen", "Marsh", "OH nurse", uuid.Nil)
	w.OHNurse2 = b.person(w.Trust, "Ruth", "Vale", "OH nurse", uuid.Nil)
	w.OHPhysician = b.person(w.Trust, "Omar", "Aziz", "OH physician", uuid.Nil)
	w.OHPhysician2 = b.person(w.Trust, "Kate", "Finch", "OH physician", uuid.Nil)
	w.OHPhysio = b.person(w.Trust, "Mark", "Todd", "OH physiotherapist", uuid.Nil)
	w.OHCounsellor = b.person(w.Trust, "Nia", "Rees", "Counsellor", uuid.Nil)
	w.OHLead = b.person(w.Trust, "Anne", "Shaw", "Head of OH", uuid.Nil)
	w.Caldicott = b.person(w.Trust, "David", "Poole", "Caldicott guardian", uuid.Nil)
	w.Guardian = b.person(w.Trust, "Ines", "Ford", "Non-executive director", uuid.Nil)
	w.Executive = b.person(w.Trust, "Paul", "Grant", "Chief people officer", uuid.Nil)
	w.ForeignOHNurse = b.person(w.Other, "Iris", "Webb", "OH nurse", uuid.Nil)
	w.ForeignOHAdmin = b.person(w.Other, "Carl", "Dunn", "OH administrator", uuid.Nil)

	w.OHNurse.Decides, w.OHNurse2.Decides, w.OHPhysician.Decides = true, true, true
	b.grant(w.HR, access.HR)
	b.grant(w.OHAdmin, access.OHAdmin)
	b.grant(w.OHNurse, access.Nurse)
	b.grant(w.OHNurse2, access.Nurse)
	b.grant(w.OHPhysician, access.Physician)
	b.grant(w.OHPhysician2, access.Physician)
	b.grant(w.OHPhysio, access.Physio)
	b.grant(w.OHCounsellor, access.Counsellor)
	b.grant(w.OHLead, access.Lead)
	b.grant(w.Caldicott, access.Caldicott)
	b.grant(w.Guardian, access.Guardian)
	b.grant(w.Executive, access.Executive)
	b.grant(w.ForeignOHNurse, access.Nurse)
	b.grant(w.ForeignOHAdmin, access.OHAdmin)
	return w, b.err
}

type builder struct {
	ctx      context.Context
	db       *postgres.DB
	services map[uuid.UUID]uuid.UUID
	count    int
	err      error
}

func (b *builder) exec(wall access.Wall, organisation uuid.UUID, sql string, args ...any) {
	if b.err != nil {
		return
	}
	b.err = b.db.InTenant(b.ctx, access.SystemActor(wall, organisation, uuid.Nil), func(tx *postgres.Tx) error {
		_, err := tx.Exec(b.ctx, sql, args...)
		return err
	})
}

func (b *builder) organisation(id uuid.UUID, kind, name string, parent uuid.UUID) {
	b.exec(access.Hall, id, `insert into organisation (id, kind) values ($1, $2)`, id, kind)
	b.exec(access.Hall, id, `insert into organisation_span (organisation_id, valid_from, name, parent_id) values ($1, '2020-04-01', $2, $3)`, id, name, postgres.Null(parent))
}

func (b *builder) service(id, host uuid.UUID, name string, clients ...uuid.UUID) {
	b.exec(access.Hall, host, `insert into service (id, organisation_id, name, phone, urgent_text) values ($1, $2, $3, '01234 567890', 'Call the site team on 01234 567891')`, id, host, name)
	for _, c := range clients {
		b.exec(access.Hall, c, `insert into contract (service_id, organisation_id, valid_from) values ($1, $2, '2020-04-01')`, id, c)
	}
	for measure, days := range map[string]int{"triage.P1": 0, "triage.P2": 2, "triage.P3": 2, "first_seen.P1": 5, "first_seen.P2": 10, "first_seen.P3": 20, "report.P2": 3} {
		b.exec(access.Hall, host, `insert into service_target (service_id, measure, valid_from, working_days, source) values ($1, $2, '2020-04-01', $3, 'test')`, id, measure, days)
	}
}

// first employee number of a world; ESR numbers have eight digits
const firstNumber = 20000001

func (b *builder) person(organisation uuid.UUID, given, family, title string, manager uuid.UUID) Who {
	who := Who{Organisation: organisation, Person: uuid.New(), Account: uuid.New(), Service: b.services[organisation], Name: given + " " + family,
		Born: time.Date(1984, 3, 7, 0, 0, 0, 0, time.UTC)}
	number := fmt.Sprint(firstNumber + b.count)
	b.count++
	login := strings.ToLower(given+"."+family) + "@" + organisation.String()[:8] + ".example"
	b.exec(access.Employer, organisation, `insert into person (organisation_id, id, employee_number, family_name, given_name, name_key, date_of_birth, work_email, mobile, personal_email, safe_contact, safe_contact_kind, safe_contact_verified_at)
 values ($1,$2,$3,$4,$5,$6,$7,$8,'07700900111',$9,'07700900111','mobile',now())`,
		organisation, who.Person, number, family, given, strings.ToLower(family+" "+given), who.Born, login, strings.ToLower(given)+"@home.example")
	b.exec(access.Employer, organisation, `insert into post (organisation_id, id, person_id, assignment_number, is_primary, title, band, staff_group, site, department, team, hours, manager_person_id, patient_contact, starts_on)
 values ($1,$2,$3,$4,true,$5,'Band 5','Nursing and Midwifery Registered','Main site','Medicine','Ward 7',37.5,$6,true,'2020-04-01')`,
		organisation, uuid.New(), who.Person, number, title, postgres.Null(manager))
	b.exec(access.Hall, organisation, `insert into account (id, login, display_name, organisation_id, person_id) values ($1,$2,$3,$4,$5)`,
		who.Account, login, who.Name, organisation, who.Person)
	return who
}

func (b *builder) grant(who Who, role access.Role) {
	var organisation, service *uuid.UUID
	if role.AtService() {
		service = &who.Service
	} else {
		organisation = &who.Organisation
	}
	b.exec(access.Hall, who.Organisation, `insert into role_grant (id, account_id, role, organisation_id, service_id, valid_from, decides_disclosures) values ($1,$2,$3,$4,$5,'2020-04-01',$6)`,
		uuid.New(), who.Account, string(role), organisation, service, who.Decides)
}
