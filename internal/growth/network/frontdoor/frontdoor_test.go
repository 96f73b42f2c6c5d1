package frontdoor_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/frontdoor"
	"github.com/rowan-ohwb/rowan/internal/organisation/client"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

var (
	ctx = context.Background()
	now = time.Date(2026, 11, 10, 10, 0, 0, 0, time.UTC)
)

func TestCheck(t *testing.T) {
	whole := frontdoor.Site{Kind: "spoke", Name: "Health centre", Days: "Tuesdays"}
	for name, c := range map[string]struct {
		change func(*frontdoor.Site)
		want   string
	}{
		"all said":    {func(*frontdoor.Site) {}, ""},
		"no kind":     {func(s *frontdoor.Site) { s.Kind = "" }, "kind"},
		"no name":     {func(s *frontdoor.Site) { s.Name = " " }, "name"},
		"too long":    {func(s *frontdoor.Site) { s.Name = strings.Repeat("x", 81) }, "name"},
		"no days":     {func(s *frontdoor.Site) { s.Days = "" }, "days"},
		"who to mail": {func(s *frontdoor.Site) { s.Days = "Ask jo@practice.example" }, "days"},
	} {
		s := whole
		c.change(&s)
		got := ""
		if f := frontdoor.Check(s); len(f) > 0 {
			got = f[0].Name
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestDoor: nobody is named before they say so themselves; whoever takes their name back is gone, and so is whose contract has closed.
func TestDoor(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := frontdoor.New(db, client.NewService(db, nil))
	lead := w.OHLead.As(access.Lead, access.Growth)
	hr := func(organisation uuid.UUID) access.Actor {
		return access.Actor{Account: uuid.New(), Name: "Jo Bates", Organisation: organisation, Role: access.HR, Wall: access.Growth}
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	named := func(at time.Time) (out []string) {
		t.Helper()
		all, err := s.Listed(ctx, access.Actor{Role: access.Anonymous, Wall: access.Hall}, at, w.Trust, w.Service)
		must(err)
		for _, x := range all {
			line := x.Name
			for _, p := range x.Sites {
				line += ", " + p.Name
			}
			out = append(out, line)
		}
		return out
	}
	expect := func(what string, at time.Time, want ...string) {
		t.Helper()
		// The door that services share names the same clients, each with its service.
		all, err := s.Everywhere(ctx, access.Actor{Role: access.Anonymous, Wall: access.Hall}, at)
		must(err)
		ours := 0
		for _, x := range all {
			if x.ID == w.Practice && x.Service == w.Service && x.Name != "" {
				ours++
			}
		}
		if ours != len(want) {
			t.Errorf("%s: the shared door names it %d times, want %d", what, ours, len(want))
		}
		if got := named(at); strings.Join(got, "; ") != strings.Join(want, "; ") {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
	}
	spoke := frontdoor.Site{ID: uuid.New(), Kind: "spoke", Name: "Health centre", Days: "Tuesdays"}
	must(s.AddSite(ctx, lead, now, w.Practice, spoke))
	must(s.AddSite(ctx, lead, now, w.Practice, spoke))
	expect("nobody said yes", now)
	must(s.SetListing(ctx, hr(w.Practice), now, true))
	must(s.SetListing(ctx, hr(w.Practice), now.Add(time.Minute), true))
	b, err := s.Board(ctx, lead, now, w.Practice)
	must(err)
	expect("it said yes", now, b.Contract.Name+", Health centre")
	if !b.Listed || len(b.Sites) != 1 {
		t.Errorf("the lead sees %+v", b)
	}
	if l, err := s.Listing(ctx, hr(w.Practice), now); err != nil || !l.Listed || l.By != "Jo Bates" {
		t.Errorf("the client said %+v, %v", l, err)
	}
	// Another service, and another client.
	stranger := w.ForeignOHAdmin.As(access.Lead, access.Growth)
	for what, err := range map[string]error{"adds": s.AddSite(ctx, stranger, now, w.Practice, frontdoor.Site{ID: uuid.New(), Kind: "hub", Name: "x", Days: "y"}), "ends": s.EndSite(ctx, stranger, now, w.Practice, spoke.ID), "ends elsewhere": s.EndSite(ctx, lead, now, w.Community, spoke.ID)} {
		if fault.KindOf(err) != fault.NotFound {
			t.Errorf("%s: %v", what, err)
		}
	}
	if sites, err := s.Ours(ctx, hr(w.Community)); err != nil || len(sites) > 0 {
		t.Errorf("another client sees %v, %v", sites, err)
	}
	must(s.EndSite(ctx, lead, now, w.Practice, spoke.ID))
	if err := s.EndSite(ctx, lead, now, w.Practice, spoke.ID); fault.KindOf(err) != fault.Conflict {
		t.Errorf("ended twice: %v", err)
	}
	expect("no place", now, b.Contract.Name)
	must(s.SetListing(ctx, hr(w.Practice), now.Add(time.Hour), false))
	expect("its name is taken back", now)
	must(s.SetListing(ctx, hr(w.Practice), now.Add(2*time.Hour), true))
	must(db.InTenant(ctx, access.SystemActor(access.Hall, w.Trust, w.Service), func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `update contract set valid_to = $1 where organisation_id = $2`, now.AddDate(0, 0, 1), w.Practice)
		return err
	}))
	expect("the last day", now, b.Contract.Name)
	expect("the contract is closed", now.AddDate(0, 0, 2))
}
