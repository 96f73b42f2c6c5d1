package programme_test

import (
	"context"
	"net/url"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/network/due"
	"github.com/rowan-ohwb/rowan/internal/growth/network/programme"
	"github.com/rowan-ohwb/rowan/internal/growth/network/programme/programmeweb"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

var now = time.Date(2026, 11, 10, 10, 0, 0, 0, time.UTC)

// TestLife goes from a workstream to a milestone that is moved, delivered and late; whoever leads an ICS or a trust sees none of it.
func TestLife(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := programme.New(db)
	site := webtest.New(t, now, programmeweb.Routes(s), programme.Rules)
	lead := site.As(w.NationalLead().As(access.NationalLead, access.Growth))
	lead.Get("/nation").Want(200).Says("There are no workstreams yet")
	f := lead.Get("/nation/workstreams/add").Want(200).Form()
	lead.Post("/nation/workstreams/add", f).Refuses("Select a driver", "Enter a name", "Enter who leads it")
	webtest.Fill(f, "driver", "D2", "name", "Access for all", "lead", "Ruth Moss", "about", "Small employers too")
	one := lead.Post("/nation/workstreams/add", f).To("/nation/strands/")
	lead.Get(one).Want(200).Says("Services across systems", "There are none yet", "Small employers too")

	f = lead.Get(one + "/promise").Want(200).Form()
	lead.Post(one+"/promise", f).Refuses("Enter what will be there", "Enter who sees to it", "Enter when it is due")
	webtest.Fill(f, "title", "A guide for practices", "owner", "Task group", "due-day", "1", "due-month", "11", "due-year", "2026")
	lead.Post(one+"/promise", f).To(one)
	lead.Post(one+"/promise", f).To(one) // sent twice, it is there once: the tally says so
	lead.Get("/nation").Want(200).Says("Overdue, and next due", "A guide for practices", "9 days overdue", "One in all: 0 done, 1 overdue")
	page := lead.Get(one).Want(200)
	move, deliver := page.Link(`/nation/promises/[0-9a-f-]{36}/move`), page.Link(`/nation/promises/[0-9a-f-]{36}/deliver`)
	f = lead.Get(move).Want(200).Says("Due 1 November 2026 now").Form()
	webtest.Fill(f, "due-day", "1", "due-month", "11", "due-year", "2026")
	lead.Post(move, f).Refuses("Enter another day than the one it is due on now", "Enter why it is moved")
	webtest.Fill(f, "due-month", "12", "why", "The pilot began late")
	lead.Post(move, f).To(one)
	lead.Post(move, webtest.Fill(f, "due-day", "2")).Want(409) // shown before it was moved
	lead.Get(one).Says("Due 1 December 2026", "First due 1 November 2026, moved once: The pilot began late", "Due soon")
	f = lead.Get(deliver).Want(200).Form()
	lead.Post(deliver, f).Refuses("Enter when it was delivered", "Enter what shows it")
	webtest.Fill(f, "on-day", "9", "on-month", "11", "on-year", "2026", "evidence", "Published on the site")
	lead.Post(deliver, f).To(one)
	lead.Post(deliver, f).Want(409)
	lead.Get(move).Want(409)
	lead.Get(one).Says("Done 9 November 2026, was due 1 December 2026", "Published on the site")
	lead.Get("/nation").Hides("Overdue, and next due").Says("One in all: 1 done, 0 overdue")

	f = lead.Get(one + "/edit").Want(200).Form()
	lead.Post(one+"/edit", webtest.Fill(f, "name", "")).Refuses("Enter a name")
	lead.Post(one+"/edit", webtest.Fill(f, "name", "Every door")).To(one)
	lead.Post(one+"/edit", f).Want(409)

	f = lead.Get("/nation/partners/add").Want(200).Hides("Driver").Form()
	partner := lead.Post("/nation/partners/add", webtest.Fill(f, "name", "A faculty", "lead", "Its dean")).To("/nation/strands/")
	lead.Get("/nation/partners").Want(200).Says("A faculty").Hides("Every door")
	lead.Post(partner+"/end", nil).To(partner)
	lead.Post(partner+"/end", nil).Want(409)
	lead.Get(partner).Says("Ended").Hides("Add a commitment")
	lead.Get(partner + "/promise").Want(409)

	for _, who := range []access.Actor{w.SystemLead().As(access.SystemLead, access.Growth), w.OHLead.As(access.Lead, access.Growth), w.Executive.As(access.Executive, access.Growth), w.OHNurse.As(access.Nurse, access.Clinical)} {
		site.As(who).Get("/nation").Want(404)
		site.As(who).Get(one).Want(404)
	}
	// Another nation's lead finds nothing of it, whatever they ask.
	other := w.NationalLead().As(access.NationalLead, access.Growth)
	other.Organisation = w.ICS
	foreign := site.As(other)
	foreign.Get("/nation").Want(200).Hides("Every door")
	for _, path := range []string{one, one + "/edit", one + "/promise", move, deliver} {
		foreign.Get(path).Want(404)
	}
	foreign.Post(one+"/end", nil).Want(404)
	foreign.Post(deliver, url.Values{"evidence": {"x"}}).Want(404)
}

// TestNext: what is overdue is always there, and what is next fills up.
func TestNext(t *testing.T) {
	today := civil.MustParse("2026-11-10")
	p := func(title, on string) programme.Promise {
		return programme.Promise{Title: title, Promise: due.Promise{Due: civil.MustParse(on)}}
	}
	all := []programme.Strand{{Promises: []programme.Promise{p("late", "2026-10-01"), p("later", "2027-10-01"), {Title: "done", Promise: due.Promise{Due: today, Done: today}}}},
		{Promises: []programme.Promise{p("late too", "2026-11-01"), p("soon", "2026-11-20")}}, {Ended: now, Promises: []programme.Promise{p("of what ended", "2026-01-01")}}}
	for most, want := range map[int]int{1: 2, 2: 2, 3: 3, 9: 4} {
		got := programme.Next(all, today, most)
		if len(got) != want || got[0].Title != "late" || got[1].Title != "late too" {
			t.Errorf("%d: %+v", most, got)
		}
	}
}

// TestWalls: nobody but who leads the nation reads or writes its plan, in the database as well.
func TestWalls(t *testing.T) {
	ctx := context.Background()
	db := world.Open(t)
	w := world.New(t, db)
	s := programme.New(db)
	lead := w.NationalLead().As(access.NationalLead, access.Growth)
	in := programme.In{ID: uuid.New(), Kind: programme.Workstream, Driver: "D1", Name: "Identity", Lead: "Ruth Moss"}
	if err := s.Add(ctx, lead, now, in); err != nil {
		t.Fatal(err)
	}
	for _, a := range []access.Actor{w.OHLead.As(access.Lead, access.Growth), w.SystemLead().As(access.SystemLead, access.Growth)} {
		err := db.InTenant(ctx, a, func(tx *postgres.Tx) error {
			n := 0
			if err := tx.QueryRow(ctx, `select count(*) from nation_strand`).Scan(&n); err != nil || n != 0 {
				t.Errorf("%s reads %d workstreams: %v", a.Role, n, err)
			}
			_, err := tx.Exec(ctx, `insert into nation_strand (organisation_id, id, kind, driver, name, lead, about, version, changed_at, changed_by) values ($1, $2, 'partner', '', 'x', 'x', '', 1, now(), 'x')`, w.Nation, uuid.New())
			return err
		})
		if err == nil {
			t.Errorf("%s writes into the nation", a.Role)
		}
	}
}
