package figure

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// shelf is a book of one reference whose periods a test changes.
type shelf struct {
	version string
	values  map[civil.Date]string
	since   civil.Date // from here on it is version 2; zero: never
}

func (s *shelf) Kinds() []string { return []string{"test"} }

func (s *shelf) List(ctx context.Context, a access.Actor, now time.Time) ([]Figure, error) {
	f, err := s.Figure(ctx, a, now, Ref{"test", "waits"}, civil.Date{})
	return []Figure{f}, err
}

func (s *shelf) Figure(_ context.Context, _ access.Actor, _ time.Time, ref Ref, period civil.Date) (Figure, error) {
	if period.IsZero() {
		for p := range s.values {
			if period.Before(p) {
				period = p
			}
		}
	}
	v, ok := s.values[period]
	if !ok || ref.Name != "waits" {
		return Figure{}, fault.Missing("figure")
	}
	f := Figure{Ref: ref, Title: "Waits", State: Known, Value: v, Period: period, PeriodText: period.MonthYear(), Definition: "d", Version: s.version, Source: "a test"}
	if !s.since.IsZero() && !period.Before(s.since) {
		f.Version = "version 2"
	}
	if v == "" {
		f.State = Hidden
	}
	return f, nil
}

func TestStanding(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	ctx, now := context.Background(), time.Date(2026, 11, 10, 9, 0, 0, 0, time.UTC)
	lead := w.OHLead.As(access.Lead, access.Growth)
	october, november := civil.Date{Year: 2026, Month: 10, Day: 1}, civil.Date{Year: 2026, Month: 11, Day: 1}
	for name, c := range map[string]struct {
		change func(*shelf)
		want   Standing
	}{
		"nothing happened":           {func(*shelf) {}, Current},
		"a later period came":        {func(s *shelf) { s.values[november] = "9 days" }, Newer},
		"the period was revised":     {func(s *shelf) { s.values[october] = "13 days" }, Stale},
		"revised, and a later one":   {func(s *shelf) { s.values[october], s.values[november] = "13 days", "9 days" }, Stale},
		"the definition changed":     {func(s *shelf) { s.version = "version 2" }, Recounted},
		"counted anew since then":    {func(s *shelf) { s.values[november], s.since = "9 days", november }, Recounted},
		"revised, and counted anew":  {func(s *shelf) { s.values[october], s.values[november], s.since = "13 days", "9 days", november }, Stale},
		"it became too few to show":  {func(s *shelf) { s.values[october] = "" }, Stale},
		"the source has it no more":  {func(s *shelf) { delete(s.values, october) }, Gone},
		"the source has others only": {func(s *shelf) { delete(s.values, october); s.values[november] = "9 days" }, Gone},
	} {
		t.Run(name, func(t *testing.T) {
			book := &shelf{version: "version 1", values: map[civil.Date]string{october: "12 days"}}
			s := New(db, NewLibrary(book))
			f, err := s.Library().Find(ctx, lead, now, Ref{"test", "waits"}, civil.Date{})
			if err != nil {
				t.Fatal(err)
			}
			f.SourceAt = now.Add(time.Hour)
			var id uuid.UUID
			if err := db.InTenant(ctx, lead, func(tx *postgres.Tx) error {
				cited, err := Cite(ctx, tx, f, now)
				id = cited.ID
				return err
			}); err != nil {
				t.Fatal(err)
			}
			c.change(book)
			got, err := s.Cited(ctx, lead, now, id)
			if err != nil {
				t.Fatal(err)
			}
			if got.Standing != c.want {
				t.Errorf("standing %s, want %s", got.Standing, c.want)
			}
			if !got.SourceAt.IsZero() {
				t.Errorf("the source was filled on %s, after it was relied on", got.SourceAt)
			}
			if got.Value != "12 days" || got.By != lead.Name || !got.At.Equal(now) {
				t.Errorf("the citation changed: %+v", got.Citation)
			}
			stranger := w.Foreign.As(access.Lead, access.Growth)
			if _, err := s.Cited(ctx, stranger, now, id); fault.KindOf(err) != fault.NotFound {
				t.Errorf("another trust's lead gets %v", err)
			}
		})
	}
}
