package account_test

import (
	"context"
	"strings"
	"testing"
	"time"

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
