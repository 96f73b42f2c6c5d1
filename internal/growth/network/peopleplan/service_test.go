package peopleplan_test

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/peopleplan"
	"github.com/rowan-ohwb/rowan/internal/growth/network/peopleplan/peopleplanweb"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// TestActions goes from an action that the ICS begins to its end: whether an organisation takes part is its own word, and the plan is made
// of what was released.
func TestActions(t *testing.T) {
	ctx, now := context.Background(), time.Date(2026, 11, 10, 10, 0, 0, 0, time.UTC)
	db := world.Open(t)
	w := world.New(t, db)
	sys, err := system.New(db, content.FS)
	if err != nil {
		t.Fatal(err)
	}
	s := peopleplan.New(db, sys)
	site := webtest.New(t, now, peopleplanweb.Routes(s), peopleplan.Rules)
	ics, lead := w.SystemLead().As(access.SystemLead, access.Growth), w.OHLead.As(access.Lead, access.Growth)
	other := access.Actor{Account: uuid.New(), Name: "Lead of Fell", Organisation: w.Other, Service: w.OtherService, Role: access.Lead, Wall: access.Growth}
	host, home := site.As(ics), site.As(lead)
	host.Get("/system/people-plan").Want(200).Says("Nobody has shared posts yet", "0 of 2 organisations", "There is no action yet")
	home.Get("/joint-actions").Want(200).Says("has not asked you")

	r := release.Release{Format: release.Format, Version: release.Version, ID: uuid.New(), MadeAt: now, AsAt: day("2026-10-31"), System: "QAA", Code: "AAAAAA", Figures: figures(t, sys.Pack(), team(14.2, 12), month, peopleplan.Metrics...)}
	if err := db.InTenant(ctx, ics, func(tx *postgres.Tx) error {
		return system.Deliver(ctx, tx, ics.Organisation, "f0", r, system.Here, now)
	}); postgres.Code(err) == postgres.PermissionDenied {
		t.Fatal(err)
	} else if err != nil {
		t.Fatal(err)
	}
	host.Get("/system/people-plan").Want(200).Says("1 of 2 organisations", "September 2026", "Occupational health nurse", "By April 2028", "24 WTE of posts are planned and 10 WTE are expected to be filled", "a gap of 14 WTE", "5 to 15, of 1 of 2 organisations", "Whole teams",
		"Posts by profession and band (WTE). Definition: posts, version 1", "People in post. Definition: staffing, version 2", "Definition: posts, version 1 and staffing, version 2", "Definition: retirements, version 2.")
	if csv := host.Get("/system/people-plan/export").Want(200).Text(); !strings.Contains(csv, "in_post,nurse,,,5,15,1,2,\"staffing, version 2\"") || !strings.Contains(csv, ",\"posts, version 1 and staffing, version 2\"") || strings.Contains(csv, "in_post,physician") {
		t.Errorf("the table: %s", csv)
	}

	f := host.Get("/system/people-plan/actions/add").Want(200).Form()
	host.Post("/system/people-plan/actions/add", f).Refuses("Select what kind of action it is", "Enter what it is called", "Select a profession", "Enter who owns it", "Enter by which day", "WTE must be a number above 0, and no more than 1,000", "Select at least one organisation")
	webtest.Fill(f, "kind", "recruitment", "title", "Nurses for all", "role", "nurse", "owner", "Mary Ives", "due-day", "10", "due-month", "11", "due-year", "2026", "wte", "3", "organisations", w.Practice.String())
	host.Post("/system/people-plan/actions/add", f).Refuses("The day must be after today", "Select at least one organisation") // another's service looks after the practice
	webtest.Fill(f, "due-year", "2032", "organisations", w.Trust.String())
	host.Post("/system/people-plan/actions/add", f).Refuses("The day must be within five years")
	path := host.Post("/system/people-plan/actions/add", webtest.Fill(f, "due-year", "2027")).To("/system/people-plan/actions/")
	host.Get(path).Want(200).Says("Wyre Valley Hospitals: Asked", "nothing to compare with yet")
	id := path[len("/system/people-plan/actions/"):]

	home.Get("/joint-actions").Want(200).Says("Nurses for all", "Asked")
	home.Post("/joint-actions/"+uuid.New().String()+"/agree", url.Values{}).Want(404)
	site.As(other).Get("/joint-actions").Want(200).Hides("Nurses for all")
	site.As(other).Post("/joint-actions/"+id+"/agree", url.Values{}).Want(404)
	home.Post("/joint-actions/"+id+"/agree", url.Values{}).To("/joint-actions")
	home.Post("/joint-actions/"+id+"/agree", url.Values{}).Want(409)
	r.ID, r.AsAt, r.Figures = uuid.New(), day("2026-12-31"), figures(t, sys.Pack(), team(14.2, 12), day("2026-12-01"), peopleplan.Metrics...)
	if err := db.InTenant(ctx, ics, func(tx *postgres.Tx) error {
		return system.Deliver(ctx, tx, ics.Organisation, "f0", r, system.Here, now)
	}); err != nil {
		t.Fatal(err)
	}
	host.Get(path).Says("Wyre Valley Hospitals: Takes part", "What was expected, and what was released. Definition: staffing, version 2", "December 2026")
	home.Post("/joint-actions/"+id+"/decline", url.Values{}).To("/joint-actions")
	home.Post("/joint-actions/"+id+"/agree", url.Values{}).To("/joint-actions")
	// The ICS says it for nobody, not even past the pages.
	for name, sql := range map[string]string{"says yes for another": `update people_action_part set state = 'declined', decided_at = now(), decided_by = 'x'`, "moves the day": `update people_action set due_on = '2030-01-01'`} {
		err := db.InTenant(ctx, ics, func(tx *postgres.Tx) error {
			tag, err := tx.Exec(ctx, sql)
			if err == nil && tag.RowsAffected() == 0 {
				return fault.Missing("row")
			}
			return err
		})
		if postgres.Code(err) != postgres.PermissionDenied && fault.KindOf(err) != fault.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := s.End(ctx, lead, now, uuid.MustParse(id), "done", "We are done"); fault.KindOf(err) != fault.Conflict {
		t.Errorf("an organisation ends the action of its ICS: %v", err)
	}
	f = host.Get(path + "/end").Want(200).Form()
	host.Post(path+"/end", f).Refuses("Select how it ended", "Enter what came of it")
	host.Post(path+"/end", webtest.Fill(f, "state", "done", "outcome", "Three nurses came.")).To(path)
	host.Get(path).Says("Done", "Three nurses came.")
	host.Get(path + "/end").Want(409)
	home.Post("/joint-actions/"+id+"/decline", url.Values{}).Want(409)
}
