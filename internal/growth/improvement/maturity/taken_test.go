package maturity_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/framework"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/improvementtest"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/maturity"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
)

// TestTake: what was rated says under which version, a newer one is taken up once, and themes whose words are others ask for a new rating.
func TestTake(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	now, lead := improvementtest.Now, w.OHLead.As(access.Lead, access.Growth)
	offered := framework.Ours()
	s := maturity.New(maturity.Deps{DB: db, Offered: func(context.Context, access.Actor, time.Time) (framework.Version, error) { return offered, nil }})
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	rate := func(theme string, level int) {
		t.Helper()
		now = now.Add(time.Minute)
		must(s.Rate(t.Context(), lead, now, maturity.Rating{ID: uuid.New(), Framework: maturity.Ours, Theme: theme, Level: level, Evidence: "x", NextStep: "y", On: civil.Of(now)}))
	}
	if _, _, there, err := s.Newer(t.Context(), lead, now); err != nil || there {
		t.Fatalf("ours is newer than ours: %v", err)
	}
	rate("M01", 2)
	rate("M03", 2)

	third, _ := framework.Find(offered.Themes, "M03")
	two := framework.Version{ID: uuid.New(), Host: w.Trust, HostName: "Wyre Valley ICS", Number: 2, Name: "Two", Source: "Members", Effective: civil.Of(now), Summary: "Clearer",
		Themes: framework.Put(offered.Themes, third.With(2, "Other words", "b", "c")), Reasons: []framework.Reason{{Theme: "M03", Why: "Asked"}}}
	two.Themes = append(two.Themes, framework.Theme{Code: "M07", Title: "Buying", Use: framework.Procured, Bought: third.Bought, Evidence: third.Evidence})
	offered = two
	v, inUse, there, err := s.Newer(t.Context(), lead, now)
	if must(err); !there || v.Number != 2 || inUse.Number != 1 {
		t.Fatalf("%d is offered beside %d, %v", v.Number, inUse.Number, there)
	}
	if err := s.Take(t.Context(), lead, now, uuid.New()); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a version that was not offered: %v", err)
	}
	must(s.Take(t.Context(), lead, now, two.ID))
	if err := s.Take(t.Context(), lead, now, two.ID); fault.KindOf(err) != fault.Conflict {
		t.Errorf("taken up twice: %v", err)
	}
	x, ratings, err := s.Find(t.Context(), lead, maturity.Ours)
	must(err)
	if x.Version.Number != 2 || len(x.Themes) != 6 || len(ratings) != 2 || ratings[0].Number != 1 {
		t.Errorf("version %d with %d themes, %+v", x.Version.Number, len(x.Themes), ratings)
	}
	for _, st := range x.Standings {
		if st.Moved != (st.Theme.Code == "M03") {
			t.Errorf("%s moved: %v", st.Theme.Code, st.Moved)
		}
	}
	rate("M03", 3)
	if x, ratings, err = s.Find(t.Context(), lead, maturity.Ours); err != nil || x.Standings[2].Moved || x.Standings[2].Now.Number != 2 || x.Standings[2].Last.Number != 1 || len(ratings) != 3 {
		t.Errorf("%+v, %v", x.Standings[2], err)
	}
	if got, before, err := s.Version(t.Context(), lead, two.ID.String()); err != nil || got.Why("M03") != "Asked" || before.Number != 1 {
		t.Errorf("%+v after %d, %v", got, before.Number, err)
	}
	if _, _, err := s.Version(t.Context(), w.Foreign.As(access.Lead, access.Growth), two.ID.String()); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a stranger reads what was taken up: %v", err)
	}
	offered = framework.Ours()
	if _, _, there, err := s.Newer(t.Context(), lead, now); err != nil || there {
		t.Errorf("version 1 is newer than version 2: %v", err)
	}
}
