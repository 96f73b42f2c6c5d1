package setup

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/care/appointment"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/platform/pack"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Invitation is a link with which somebody sets their password and authenticator.
type Invitation struct {
	Somebody
	Link string
}

// House is what setup writes with.
type House struct {
	DB           *postgres.DB
	Accounts     *account.Service
	Appointments *appointment.Service
}

// Found writes the answers and gives the invitations to hand out. Clinics are of the clinical side, so they come
// after, each by itself: one that cannot be planned is named, and can be added on the page Clinics.
func Found(ctx context.Context, h House, at time.Time, a Answers) ([]Invitation, error) {
	accounts := h.Accounts
	if err := a.Validate(); err != nil {
		return nil, err
	}
	targets, err := targets(a.Service.Targets)
	if err != nil {
		return nil, err
	}
	host, service, higher := uuid.New(), uuid.New(), tops{system: uuid.New(), nation: uuid.New()}
	actor := access.Actor{Role: access.System, Wall: access.Hall, Name: "Rowan", Organisation: host, Service: service}
	people := append([]Somebody{a.Administrator}, a.People...)
	list := make([]account.NewAccount, len(people))
	for i, p := range people {
		registration, _ := access.ParseRegistration(p.Registration) // validated; empty for none
		list[i] = account.NewAccount{ID: uuid.New(), Login: p.Email, Name: p.Name, Registration: registration, Invited: true, Grants: []account.NewGrant{grant(p, host, service, higher)}}
	}
	err = h.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		// The mark comes first: a second set-up is refused for what it is, not for the name it repeats.
		if err := accounts.MarkInstalled(ctx, tx, false); err != nil {
			return err
		}
		if err := place(ctx, tx, at, a, host, service, higher, targets); err != nil {
			return err
		}
		return accounts.CreateIn(ctx, tx, at, list)
	})
	if err != nil {
		return nil, fmt.Errorf("set up: %w", err)
	}
	out := make([]Invitation, len(people))
	for i, p := range people {
		link, err := accounts.InvitationPath(list[i].ID, at)
		if err != nil {
			return nil, err
		}
		out[i] = Invitation{p, link}
	}
	for _, c := range a.Clinics {
		holder := list[slices.IndexFunc(people, func(p Somebody) bool { return strings.EqualFold(p.Email, c.Clinician) })]
		if err := plan(ctx, h.Appointments, actor.At(access.Clinical), at, c, holder.ID); err != nil {
			return out, err
		}
	}
	return out, nil
}

func plan(ctx context.Context, s *appointment.Service, actor access.Actor, at time.Time, c Clinic, holder uuid.UUID) error {
	day, start, err := c.When()
	if err != nil {
		return err
	}
	faults, err := s.SaveClinic(ctx, actor, at, appointment.Clinic{ID: uuid.New(), Name: c.Name, Site: c.Site, Mode: c.Mode, Weekday: day, Start: start,
		SlotMinutes: c.SlotMinutes, Slots: c.Slots, Clinician: holder, From: at})
	if err == nil && len(faults) > 0 {
		err = errors.New(locale.English().T(faults[0].Key, faults[0].Args...))
	}
	if err != nil {
		return fmt.Errorf("everything but the clinic %s is set up; add it on the page Clinics: %w", c.Name, err)
	}
	return nil
}

// tops are the organisations above the host.
type tops struct{ system, nation uuid.UUID }

func grant(p Somebody, host, service uuid.UUID, higher tops) account.NewGrant {
	if p.Role.AtService() {
		return account.NewGrant{Role: p.Role, Service: service, Decides: p.Decides}
	}
	switch p.Role {
	case access.SystemLead:
		return account.NewGrant{Role: p.Role, Organisation: higher.system}
	case access.NationalLead:
		return account.NewGrant{Role: p.Role, Organisation: higher.nation}
	}
	return account.NewGrant{Role: p.Role, Organisation: host}
}

func place(ctx context.Context, tx *postgres.Tx, at time.Time, a Answers, host, service uuid.UUID, higher tops, targets []organisation.Target) error {
	parent := uuid.Nil
	for _, x := range []organisation.New{{ID: higher.nation, Kind: organisation.Nation, Name: a.Nation}, {ID: higher.system, Kind: organisation.ICS, Name: a.System}} {
		if x.Name == "" {
			continue
		}
		x.Parent, x.From, parent = parent, at, x.ID
		if err := organisation.Add(ctx, tx, x); err != nil {
			return err
		}
	}
	clients := []uuid.UUID{host}
	for i, o := range append([]Organisation{a.Organisation}, a.Clients...) {
		id := host
		if i > 0 {
			id = uuid.New()
			clients = append(clients, id)
		}
		if err := organisation.Add(ctx, tx, organisation.New{ID: id, Kind: o.Kind, Name: o.Name, ODS: o.ODS, Parent: parent, From: at}); err != nil {
			return err
		}
	}
	s := a.Service
	return organisation.AddService(ctx, tx, organisation.NewService{ID: service, Host: host, Name: s.Name, Phone: s.Phone,
		UrgentText: s.UrgentText, ReviewDays: s.ReviewDays, From: at, Clients: clients, Targets: targets})
}

// targets gives the pack's targets with the answers' own in their place.
func targets(own map[string]int) ([]organisation.Target, error) {
	var usual struct {
		Source  string         `yaml:"source"`
		Targets map[string]int `yaml:"targets"`
	}
	if err := pack.Read(content.FS, "service-targets", &usual); err != nil {
		return nil, err
	}
	var out []organisation.Target
	for measure, days := range usual.Targets {
		t := organisation.Target{Measure: measure, WorkingDays: days, Source: usual.Source}
		if d, ok := own[measure]; ok {
			t.WorkingDays, t.Source = d, "the service's own"
		}
		out = append(out, t)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Measure < out[j].Measure })
	for measure := range own {
		if _, known := usual.Targets[measure]; !known {
			return nil, fmt.Errorf("there is no target %q: the measures are in content/packs/service-targets.yaml", measure)
		}
	}
	return out, nil
}
