package pooled_test

import (
	"context"
	"log/slog"
	"net/url"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/pooled"
	"github.com/rowan-ohwb/rowan/internal/growth/network/pooled/pooledweb"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

var now = time.Date(2026, 11, 10, 9, 0, 0, 0, time.UTC)

// told delivers a service's numbers to an ICS.
func told(t *testing.T, db *postgres.DB, a access.Actor, s *system.Service, code string, demand float64, month string) {
	t.Helper()
	metric, _ := s.Pack().Find(pooled.Metric)
	m := pooled.Model{Demand: demand, Given: 1.9 * demand, SD: 4, Least: 1.5 * demand, Most: 2.4 * demand, React: 0.1, Usual: 60, List: 60, DNA: 0.1, Rebook: 0.7, Unseen: 0.05, UnseenFor: 6, FollowUps: 0.7, Gap: 28, Lead: 3,
		Priority: map[string]float64{"P3": 1}, Share: map[string]float64{"nurse": 0.7, "physician": 0.3}}
	r := release.Release{Format: release.Format, Version: release.Version, ID: uuid.New(), MadeAt: now, AsAt: civil.MustParse(month).AddMonths(1).AddDays(-1), System: "QAA", Code: code, Figures: m.Figures(metric, civil.MustParse(month))}
	if key := r.Check(s.Pack(), civil.MustParse("2026-11-10")); key != "" {
		t.Fatalf("the release is none: %s", key)
	}
	if err := db.InTenant(context.Background(), a, func(tx *postgres.Tx) error {
		return system.Deliver(context.Background(), tx, a.Organisation, "f", r, system.Here, now)
	}); err != nil {
		t.Fatal(err)
	}
}

// TestAsked goes from what was released to a result: who may not, what is refused, what a second press does, and when a run is old.
func TestAsked(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	sys, err := system.New(db, content.FS)
	if err != nil {
		t.Fatal(err)
	}
	s := pooled.New(pooled.Deps{DB: db, System: sys, Due: map[string]int{"P3": 28}, Target: 10})
	ics := access.Actor{Account: uuid.New(), Name: "Mary Ives", Organisation: w.ICS, Role: access.SystemLead, Wall: access.Growth}
	site := webtest.New(t, now, pooledweb.Routes(s), pooled.Rules)
	lead, ward := site.As(w.OHLead.As(access.Lead, access.Growth)), site.As(ics)
	for _, path := range []string{"/system/pooled", "/system/pooled/add", "/system/pooled/" + uuid.NewString()} {
		lead.Get(path).Want(404)
	}
	ward.Get("/system/pooled").Want(200).Says("needs two organisations").Hides("organisations have shared", "Try a pooled service")
	ward.Get("/system/pooled/add").To("/system/pooled")
	ward.Post("/system/pooled/add", url.Values{"id": {uuid.NewString()}, "lost": {"5"}}).To("/system/pooled")
	told(t, db, ics, sys, "AAAAAA", 40, "2026-06-01")
	told(t, db, ics, sys, "BBBBBB", 20, "2026-06-01")
	ward.Get("/system/pooled").Want(200).Says("2 of 2 organisations", "Organisation AAAAAA", "Try a pooled service", "Services that can be pooled. Definition: capacity, version 1")
	id := uuid.New()
	answers := url.Values{"id": {id.String()}, "members": {"AAAAAA.f"}, "lost": {"seven"}}
	ward.Post("/system/pooled/add", answers).Want(422).Says("Select at least 2 services", "Select at least 1 profession", "Appointments lost must be a whole number from 0 to 50")
	answers = url.Values{"id": {id.String()}, "members": {"AAAAAA.f", "BBBBBB.f"}, "professions": {"nurse"}, "lost": {"0"}}
	lead.Post("/system/pooled/add", answers).Want(404)
	for range 2 {
		ward.Post("/system/pooled/add", answers).To("/system/pooled/" + id.String())
	}
	ward.Get("/system/pooled/" + id.String()).Want(200).Says("It runs in the background: 0 of 600 done")
	runner := job.NewRunner(db, slog.New(slog.DiscardHandler))
	s.Register(runner, func() time.Time { return now })
	if err := runner.Start(context.Background()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = runner.Stop(context.Background()) })
	if err := runner.Idle(context.Background()); err != nil {
		t.Fatal(err)
	}
	ward.Get("/system/pooled/"+id.String()).Want(200).Says("One list for nurses", "people would be seen within 10 working days", "All together", "0 in 100 of the pooled appointments", "What it does to each service. Definition: capacity, version 1", "Services that can be pooled. Definition: capacity, version 1").Hides("Organisations have shared newer numbers")
	runs, err := s.List(context.Background(), ics)
	if err != nil || len(runs) != 1 || len(runs[0].Result.Services) != 2 || runs[0].Inputs.Start.Weekday() != 1 {
		t.Fatalf("%v: %+v", err, runs)
	}
	told(t, db, ics, sys, "AAAAAA", 45, "2026-09-01")
	ward.Get("/system/pooled/" + id.String()).Want(200).Says("Organisations have shared newer numbers")
	other := ics
	other.Organisation = w.Trust
	if _, _, err := s.Find(context.Background(), other, id); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a trust finds the run of its ICS: %v", err)
	}
	if got, err := s.List(context.Background(), other); err != nil || len(got) != 0 {
		t.Errorf("a trust lists the runs of its ICS: %v %v", got, err)
	}
}
