package exit_test

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/organisation/client/exit"
	"github.com/rowan-ohwb/rowan/internal/organisation/client/exit/exitweb"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// TestOurs: a client reads the steps of its own plan, and neither a name nor a count; nobody else reads it, and nobody of it writes.
func TestOurs(t *testing.T) {
	h := open(t)
	hr := access.Actor{Account: uuid.New(), Name: "Hari", Organisation: h.w.Community, Role: access.HR, Wall: access.Growth}
	site := webtest.New(t, now, exitweb.Routes(h.s), exit.Rules)
	const at = "/our-contract/exit"
	site.As(hr).Get(at).Want(200).Says("No contract of yours has an exit plan")
	h.OK(h.clients.End(ctx, h.lead, now, h.w.Community, today.AddDays(200)))
	h.OK(h.s.Start(ctx, h.lead, now, h.w.Community))
	site.As(hr).Get(at).Want(200).Says("Not said yet", "To do", "not given to anybody yet", today.AddDays(200).Long(), "28 days to say no").Hides("No record goes before")
	h.OK(h.s.SetReceiver(ctx, h.lead, now, h.w.Community, exit.Receiver{Name: "Fell Health", Contact: "Dr Jo Ash"}))
	h.OK(h.done(now, "told", today))
	for range 9 { // ten to the nearest five, which the contract side reads
		h.opens()
	}
	executive := hr
	executive.Role = access.Executive
	for _, a := range []access.Actor{hr, executive} {
		site.As(a).Get(at).Want(200).Says("Fell Health", "Done on "+today.Long(), "No record goes before "+today.AddDays(29).Long(), "You get no record", "You never see a case").
			Hides("Dr Jo Ash", h.w.OHNurse.Name, h.w.OHLead.Name, h.w.Local.Name, "About 10")
	}
	all, err := h.s.Ours(ctx, hr, now)
	h.OK(err)
	if len(all) != 1 || len(all[0].Steps) != len(h.s.Pack().Steps) || all[0].Provider == "" || !all[0].Until.IsZero() {
		t.Errorf("read: %+v", all)
	}

	// Columns that name somebody, counts, and tables of cases stay shut, whoever of the client asks the database.
	for _, q := range []string{"select 1 from exit_step", "select 1 from exit_plan",
		"select * from exit_standing('" + all[0].ID.String() + "')", "select 1 from handover_case", "select 1 from handover_person", "update exit_step set due_on = due_on", "update exit_plan set nobody = nobody"} {
		err := h.db.InTenant(ctx, hr, func(tx *postgres.Tx) error { _, err := tx.Exec(ctx, q); return err })
		if postgres.Code(err) != postgres.PermissionDenied {
			t.Errorf("%s: %v", q, err)
		}
	}
	if err := h.db.InTenant(ctx, h.lead, func(tx *postgres.Tx) error { _, err := tx.Exec(ctx, "select 1 from exit_told()"); return err }); postgres.Code(err) != postgres.PermissionDenied {
		t.Errorf("another wing asks for what a client is told: %v", err)
	}
	for name, a := range map[string]access.Actor{"the service's own house": h.w.OHLead.As(access.HR, access.Growth), "a stranger": h.w.Foreign.As(access.HR, access.Growth)} {
		if got, err := h.s.Ours(ctx, a, now); err != nil || len(got) != 0 {
			t.Errorf("%s reads %+v, %v", name, got, err)
		}
	}
	for _, role := range []access.Role{access.Manager, access.Lead, access.OHAdmin, access.SystemLead} {
		a := hr
		a.Role = role
		site.As(a).Get(at).Want(404)
	}
}

func TestTold(t *testing.T) {
	day := civil.MustParse("2026-03-07")
	for want, s := range map[string]exit.Step{"done": {Due: day.AddDays(-9), DoneOn: day}, "late": {Due: day.AddDays(-1)}, "to_do": {Due: day}} {
		if got := s.State(day); got != want {
			t.Errorf("%+v is %s", s, got)
		}
	}
	x := exit.Told{ObjectionDays: 28, Steps: []exit.ToldStep{{Key: "receiver", DoneOn: day}, {Key: "told"}}}
	if got := x.Earliest(); !got.IsZero() {
		t.Errorf("nobody was told, and records go on %s", got)
	}
	x.Steps[1].DoneOn = day
	if got := x.Earliest(); got != civil.MustParse("2026-04-05") {
		t.Errorf("records go on %s", got)
	}
	x.Nobody = true
	if got := x.Earliest(); !got.IsZero() {
		t.Errorf("nobody takes records, and they go on %s", got)
	}
}
