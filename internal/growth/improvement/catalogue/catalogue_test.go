package catalogue_test

import (
	"context"
	"testing"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/catalogue"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/improvementtest"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
)

var now = improvementtest.Now

func nothing(context.Context, access.Actor) (catalogue.Planned, error) {
	return catalogue.Planned{}, nil
}

func some(n int64) *int64 { return &n }

func TestBalance(t *testing.T) {
	db := world.Open(t)
	w, ctx := world.New(t, db), context.Background()
	s := catalogue.New(catalogue.Deps{DB: db, Planned: nothing})
	lead, guardian := w.OHLead.As(access.Lead, access.Growth), w.Guardian.As(access.Guardian, access.Growth)
	find := func(name string, period civil.Date) figure.Figure {
		t.Helper()
		f, err := s.Book().Figure(ctx, guardian, now, figure.Ref{Kind: "balance", Name: name}, period)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}

	// Nothing is there: nothing is zero.
	b, err := s.Balance(ctx, lead, now, 0)
	if err != nil || b.Year != 2026 || b.Counted || b.Rows[0].Contacts.Collected() || b.Rows[0].Spend != nil {
		t.Fatalf("an empty organisation has %+v, %v", b, err)
	}
	if all, err := s.Book().List(ctx, guardian, now); err != nil || len(all) > 0 {
		t.Errorf("it lists %v, %v", all, err)
	}
	for _, name := range []string{"contacts.treatment", "spend.treatment", "hours.treatment"} {
		if f := find(name, civil.Date{}); f.State != figure.NotCollected {
			t.Errorf("%s is %s", name, f.State)
		}
	}

	improvementtest.Contacts(t, db, w, map[string]int{"preventative": 23, "diagnostic": 71, "treatment": 3})
	if b, err = s.Balance(ctx, guardian, now, 0); err != nil || !b.Counted || b.MadeAt.IsZero() {
		t.Fatalf("%+v, %v", b, err)
	}
	if n, ok := b.Rows[0].Contacts.Value(); !ok || n != 25 || !b.Rows[2].Contacts.Hidden() {
		t.Errorf("contacts %v and %v", b.Rows[0].Contacts, b.Rows[2].Contacts)
	}
	if f := find("contacts.diagnostic", civil.Date{}); f.Value != "74%" || f.PeriodText != "12 months to October 2026" { // 70 of 95
		t.Errorf("share %+v", f)
	}
	if f := find("contacts.treatment", civil.Date{}); f.State != figure.Hidden || f.Value != "" {
		t.Errorf("three contacts are %+v", f)
	}
	if f := find("contacts.diagnostic", civil.Date{Year: 2025, Month: 10, Day: 1}); f.State != figure.NotCollected {
		t.Errorf("a year before the first contact is %+v", f)
	}

	// Spend is a share once all classes are known.
	entries := []catalogue.Entry{{Class: "preventative", Spend: some(30000)}, {Class: "diagnostic", Spend: some(50000)}, {Class: "treatment"}}
	if err := s.Enter(ctx, lead, now, 2025, entries); err != nil {
		t.Fatal(err)
	}
	if f := find("spend.preventative", civil.Date{}); f.State != figure.NotCollected || f.PeriodText != "2025/26" {
		t.Errorf("a share of what is not all known: %+v", f)
	}
	entries[2].Spend = some(20000)
	if err := s.Enter(ctx, lead, now.Add(time.Hour), 2025, entries); err != nil {
		t.Fatal(err)
	}
	if f := find("spend.preventative", civil.Date{}); f.Value != "30%" || f.Period != (civil.Date{Year: 2025, Month: 4, Day: 1}) || f.SourceAt.IsZero() {
		t.Errorf("%+v", f)
	}
	if all, err := s.Book().List(ctx, guardian, now); err != nil || len(all) != 6 {
		t.Errorf("it lists %d, %v", len(all), err)
	}
	if b, _ = s.Balance(ctx, guardian, now, 0); b.Year != 2025 || b.By != lead.Name {
		t.Errorf("the newest year with an entry is %d, by %s", b.Year, b.By)
	}
	if err := s.Enter(ctx, lead, now, 2019, entries); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a year long ago: %v", err)
	}

	// Another trust sees nothing of it.
	if b, err = s.Balance(ctx, w.Foreign.As(access.Lead, access.Growth), now, 2025); err != nil || b.Rows[0].Spend != nil || b.Counted {
		t.Errorf("another trust sees %+v, %v", b, err)
	}
	for _, name := range []string{"contacts.other", "other"} {
		if _, err := s.Book().Figure(ctx, lead, now, figure.Ref{Kind: "balance", Name: name}, civil.Date{}); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
}
