package figureweb_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/figure/figureweb"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// shelf is a book of one figure whose value a test changes.
type shelf struct {
	value   string
	version string
}

func (s *shelf) Kinds() []string { return []string{"test"} }

func (s *shelf) List(ctx context.Context, a access.Actor, now time.Time) ([]figure.Figure, error) {
	f, err := s.Figure(ctx, a, now, figure.Ref{Kind: "test", Name: "waits/main"}, civil.Date{})
	return []figure.Figure{f}, err
}

func (s *shelf) Figure(_ context.Context, _ access.Actor, _ time.Time, ref figure.Ref, _ civil.Date) (figure.Figure, error) {
	if ref.Name != "waits/main" || s.value == "" {
		return figure.Figure{}, fault.Missing("figure")
	}
	return figure.Figure{Ref: ref, Title: "Wait to be seen", State: figure.Known, Value: s.value, Period: civil.MustParse("2026-10-01"), PeriodText: "October 2026", Definition: "d", Version: s.version, Changed: "From acceptance on", Source: "s"}, nil
}

const ask = figure.Ask

// TestAsk finds the way to a question on the page of a figure, now and as cited, for those who may ask one.
func TestAsk(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	now, book := time.Date(2026, 11, 10, 9, 0, 0, 0, time.UTC), &shelf{"12 days", "waits, version 1"}
	s := figure.New(db, figure.NewLibrary(book))
	asks := []access.Rule{{Permission: ask, Wall: access.Growth, Data: access.D7, Purpose: "Ask", Allow: map[access.Role][]access.Relation{access.Guardian: {access.Any}}}}
	site := webtest.New(t, now, figureweb.Routes(s), figure.Rules, asks)
	lead, guardian := w.OHLead.As(access.Lead, access.Growth), site.As(w.Guardian.As(access.Guardian, access.Growth))
	var id uuid.UUID
	if err := db.InTenant(context.Background(), lead, func(tx *postgres.Tx) error {
		f, err := book.Figure(context.Background(), lead, now, figure.Ref{Kind: "test", Name: "waits/main"}, civil.Date{})
		if err != nil {
			return err
		}
		c, err := figure.Cite(context.Background(), tx, f, now)
		id = c.ID
		return err
	}); err != nil {
		t.Fatal(err)
	}
	guardian.Get("/figures").Want(200).Says("Wait to be seen", "12 days")
	for page, path := range map[string]string{"/figures/test/waits/main": "/assurance/questions/ask?figure=test%2Fwaits%2Fmain", "/figures/cited/" + id.String(): "/assurance/questions/ask?cited=" + id.String()} {
		if got := guardian.Get(page).Want(200).Says("Ask about this figure").Links(); !slices.Contains(got, path) {
			t.Errorf("%s leads to %v, not to %s", page, got, path)
		}
		site.As(lead).Get(page).Want(200).Says("Wait to be seen").Hides("Ask about this figure")
	}
	book.value = "9 days"
	guardian.Get("/figures/cited/"+id.String()).Want(200).Says("Out of date", "12 days", "9 days", "Ask about this figure", "rounded numbers").Hides("do not compare")
	book.version = "waits, version 2"
	guardian.Get("/figures/cited/"+id.String()).Want(200).Says("Counted differently since waits, version 2: do not compare", "From acceptance on", "12 days", "waits, version 1", "9 days").Hides("still holds")
	book.value = ""
	guardian.Get("/figures/cited/"+id.String()).Want(200).Says("No longer there", "12 days", "Ask about this figure")
	guardian.Get("/figures/test/waits/main").Want(404)
	site.As(w.Nurse.As(access.Person, access.Growth)).Get("/figures").Want(404)
}
