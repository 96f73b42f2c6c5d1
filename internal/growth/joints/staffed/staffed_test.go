package staffed_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/joints/staffed"
	"github.com/rowan-ohwb/rowan/internal/growth/network/peopleplan"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/outlook"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
)

// TestShareable: what leaves is the establishment and its plan, once a quarter and as a release may hold it; other metrics are others'.
func TestShareable(t *testing.T) {
	ctx, now, d := context.Background(), time.Date(2026, 11, 10, 10, 0, 0, 0, time.UTC), civil.MustParse
	db := world.Open(t)
	w := world.New(t, db)
	s := workforce.New(workforce.Deps{DB: db, Now: func() time.Time { return now }})
	lead := w.OHLead.As(access.Lead, access.Growth)
	p, err := release.Load(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	of := staffed.Shareable(func(context.Context, access.Actor, time.Time, release.Metric, []civil.Date) ([]release.Figure, error) {
		asked++
		return nil, nil
	}, s)
	months := []civil.Date{d("2026-06-01"), d("2026-07-01"), d("2026-08-01"), d("2026-09-01"), d("2026-10-01")}
	all := func(months []civil.Date) (out []release.Figure) {
		for _, m := range p.Metrics {
			figures, err := of(ctx, lead, now, m, months)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, figures...)
		}
		return out
	}
	if got := all(months); len(got) != 0 || asked != len(p.Metrics)-len(peopleplan.Metrics) {
		t.Errorf("without a post %+v; others were asked %d times", got, asked)
	}
	if err := s.AddPost(ctx, lead, now, workforce.PostIn{ID: uuid.New(), Title: "OH nurse", Role: "nurse", Band: "6", WTE: 0.8, Heads: 2, InPost: 1, VacantSince: d("2026-08-01"), Years: 3, Funding: "recurrent"}); err != nil {
		t.Fatal(err)
	}
	if err := s.PlanChange(ctx, lead, now, workforce.ChangeIn{ID: uuid.New(), Kind: outlook.New, Title: "One more", From: d("2027-04-01"), Role: "nurse", Band: "6", WTE: 1, Heads: 1, In: map[option.Option]bool{option.Preferred: true}}); err != nil {
		t.Fatal(err)
	}
	got := all(months)
	r := release.Release{Format: release.Format, Version: release.Version, ID: uuid.New(), MadeAt: now, AsAt: d("2026-10-31"), System: "QAA", Code: "AAAAAA", Figures: got}
	if key := r.Check(p, d("2026-11-10")); key != "" {
		t.Errorf("what leaves would be refused: %s", key)
	}
	value := map[string]float64{}
	planned := 0
	for _, f := range got {
		if f.Month != d("2026-09-01") {
			t.Errorf("%+v is not of the quarter", f)
		}
		m, _ := p.Find(f.Metric)
		if x, ok := f.Rate(m); ok {
			value[f.Item] = x
		}
		if strings.HasPrefix(f.Item, "planned.") {
			planned++
		}
	}
	if value["now.nurse.6"] != 1.5 || value["planned.nurse.6.2028"] != 2.5 || planned != peopleplan.Years {
		t.Errorf("%v", value)
	}
	for item := range value {
		if !strings.HasPrefix(item, "now.") && !strings.HasPrefix(item, "planned.") {
			t.Errorf("of a team of one %s is told", item)
		}
	}
	// Of a team of twelve who is in post is told, and expected to be; and one who leaves changes nothing of it.
	ids := []uuid.UUID{uuid.New()}
	if err := s.AddPost(ctx, lead, now, workforce.PostIn{ID: ids[0], Title: "Clinic nurse", Role: "nurse", Band: "5", WTE: 1, Heads: 14, InPost: 12, VacantSince: d("2026-08-01"), Years: 3, Funding: "recurrent"}); err != nil {
		t.Fatal(err)
	}
	told := map[string]float64{}
	for _, f := range all(months) {
		m, _ := p.Find(f.Metric)
		if x, ok := f.Rate(m); ok {
			told[f.Item] = x
		}
	}
	if told["in_post.nurse"] != 10 || told["in_post.all"] != 10 || told["expected.nurse.2028"] != 10 {
		t.Errorf("of thirteen in post: %v", told)
	}
	if got := all([]civil.Date{d("2026-07-01"), d("2026-08-01")}); len(got) != 0 {
		t.Errorf("between quarters %+v", got)
	}
}
