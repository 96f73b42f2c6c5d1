package account_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
)

func TestCliniciansOfAService(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := account.New(account.Deps{DB: db, Now: time.Now})
	list, err := s.Clinicians(context.Background(), w.Service)
	if err != nil || len(list) != 6 {
		t.Fatalf("%+v %v, want two nurses, two physicians, a physiotherapist and a counsellor", list, err)
	}
	for _, h := range list {
		if h.Account == w.ForeignOHNurse.Account || !h.Role.IsClinician() || h.Role == access.OHAdmin {
			t.Errorf("%+v is on the list", h)
		}
		if want := h.Account == w.OHNurse.Account || h.Account == w.OHNurse2.Account || h.Account == w.OHPhysician.Account; h.Decides != want {
			t.Errorf("%s decides on disclosures: %v, want %v", h.Name, h.Decides, want)
		}
	}
	for who, want := range map[world.Who]bool{w.OHPhysician: true, w.OHPhysician2: false} {
		choices, err := s.Choices(context.Background(), who.As(access.Physician, access.Hall))
		if i := slices.IndexFunc(choices, func(c account.Choice) bool { return c.Role == access.Physician }); err != nil || i < 0 || choices[i].Decides != want {
			t.Errorf("%s chooses among %+v (%v), want a physician who decides: %v", who.Name, choices, err, want)
		}
	}
}

// TestTeamOfAService has its administrators and lead too.
func TestTeamOfAService(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := account.New(account.Deps{DB: db, Now: time.Now})
	list, err := s.Team(context.Background(), w.Service)
	if err != nil || len(list) != 8 {
		t.Fatalf("%+v %v, want six clinicians, an administrator and the lead", list, err)
	}
	for _, who := range []world.Who{w.OHAdmin, w.OHLead, w.OHNurse} {
		if !slices.ContainsFunc(list, func(h account.Holder) bool { return h.Account == who.Account && h.Person == who.Person }) {
			t.Errorf("%s is not on the list", who.Name)
		}
	}
}

func TestHROfAnOrganisation(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := account.New(account.Deps{DB: db, Now: time.Now})
	if list, err := s.HR(context.Background(), w.Trust); err != nil || !slices.Equal(list, []uuid.UUID{w.HR.Person}) {
		t.Errorf("%v %v, want %s alone", list, err, w.HR.Name)
	}
	if list, err := s.HR(context.Background(), w.Other); err != nil || len(list) != 0 {
		t.Errorf("of an organisation that has none: %v %v", list, err)
	}
}

func TestGuardiansOfAnOrganisation(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := account.New(account.Deps{DB: db, Now: time.Now})
	list, err := s.Guardians(context.Background(), w.Trust)
	if err != nil || len(list) != 1 || !strings.HasPrefix(list[0], "david.poole@") {
		t.Errorf("%q %v", list, err)
	}
	if list, err := s.Guardians(context.Background(), w.Other); err != nil || len(list) != 0 {
		t.Errorf("of an organisation that has none: %q %v", list, err)
	}
}

func TestLeadsOfAnOrganisation(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := account.New(account.Deps{DB: db, Now: time.Now})
	list, err := s.Leads(context.Background(), w.Trust)
	if err != nil || len(list) != 1 || !strings.HasPrefix(list[0], "anne.shaw@") {
		t.Errorf("%q %v", list, err)
	}
	if list, err := s.Leads(context.Background(), w.Other); err != nil || slices.Contains(list, "anne.shaw@wyrevalley.example") {
		t.Errorf("of another organisation: %q %v", list, err)
	}
}
