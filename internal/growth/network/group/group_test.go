package group_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/document"
	"github.com/rowan-ohwb/rowan/internal/growth/network/due"
	"github.com/rowan-ohwb/rowan/internal/growth/network/group"
	"github.com/rowan-ohwb/rowan/internal/growth/network/group/groupweb"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

var now = time.Date(2026, 11, 10, 10, 0, 0, 0, time.UTC)

// TestLife goes from a new group over its meeting, with a paper, a decision and an action, to the pack of the next one.
func TestLife(t *testing.T) {
	ctx := context.Background()
	db := world.Open(t)
	w := world.New(t, db)
	milestones := func(context.Context, *web.Context) ([]groupweb.Milestone, error) {
		return []groupweb.Milestone{{Title: "A guide", Says: "Access", Tag: "Overdue"}}, nil
	}
	site := webtest.New(t, now, groupweb.Routes(group.New(db), milestones), group.Rules)
	lead := site.As(w.NationalLead().As(access.NationalLead, access.Growth))
	lead.Get("/groups").Want(200).Says("There are no groups yet")
	f := lead.Get("/groups/add").Want(200).Form()
	lead.Post("/groups/add", f).Refuses("Select what kind of group it is", "Enter the name of the group", "Enter what it is for")
	one := lead.Post("/groups/add", webtest.Fill(f, "kind", "steering", "name", "Steering group", "remit", "Steers")).To("/groups/")
	f = lead.Get(one + "/join").Want(200).Form()
	lead.Post(one+"/join", f).Refuses("Enter the name", "Enter whom they speak for", "Select what they are in the group")
	lead.Post(one+"/join", webtest.Fill(f, "name", "Ruth Moss", "body", "A trust", "part", "chair")).To(one)
	f = lead.Get(one + "/join").Want(200).Form()
	lead.Post(one+"/join", webtest.Fill(f, "name", "Ben Low", "body", "A union", "part", "member")).To(one)

	f = lead.Get(one + "/meet").Want(200).Form()
	lead.Post(one+"/meet", f).Refuses("Enter the day of the meeting", "Enter when it starts, such as 09:30", "Enter where it is")
	webtest.Fill(f, "on-day", "10", "on-month", "11", "on-year", "2026", "at", "09:30", "place", "Room 1")
	first := lead.Post(one+"/meet", f).To("/group-meetings/")
	f = lead.Get(first + "/paper").Want(200).Form()
	lead.Post(first+"/paper", f).Refuses("Enter a title", "Select what it is for", "Enter who presents it", "Enter the paper")
	lead.Post(first+"/paper", webtest.Fill(f, "title", "One front door", "purpose", "decide", "presenter", "Ruth Moss", "words", "# Why\n\nSmall employers <script>x</script>")).To(first)
	f = lead.Get(first + "/decision").Want(200).Form()
	lead.Post(first+"/decision", f).Refuses("Enter what was decided", "Enter why")
	lead.Post(first+"/decision", webtest.Fill(f, "what", "One front door for practices", "why", "It is asked for")).To(first)
	f = lead.Get(first + "/action").Want(200).Form()
	lead.Post(first+"/action", f).Refuses("Enter what is to be done", "Enter who does it", "Enter by when")
	lead.Post(first+"/action", webtest.Fill(f, "what", "Write the guide", "owner", "Ben Low", "due-day", "1", "due-month", "11", "due-year", "2026")).To(first)
	f = lead.Get(first + "/held").Want(200).Says("Ruth Moss, A trust").Form()
	lead.Post(first+"/held", f).Refuses("Select who came")
	page := lead.Get(first + "/held")
	at := strings.Index(page.Body, `name="came"`)
	value := page.Body[at+strings.Index(page.Body[at:], `value="`)+7:]
	lead.Post(first+"/held", webtest.Fill(f, "came", value[:36])).To(first)
	lead.Get(first).Want(200).Says("Who came", "Ruth Moss", "Apologies: Ben Low").Hides("Add a paper")
	lead.Get(first + "/paper").Want(409)
	lead.Get(first + "/held").Want(409)

	f = lead.Get(one + "/meet").Want(200).Form()
	next := lead.Post(one+"/meet", webtest.Fill(f, "on-day", "10", "on-month", "12", "on-year", "2026", "at", "10:00", "place", "Room 2")).To("/group-meetings/")
	lead.Get(next+"/pack").Want(200).Says("Agenda", "Decisions since the last meeting", "One front door for practices", "Write the guide. Ben Low. Due 1 November 2026", "9 days overdue", "The programme: overdue, and next due", "A guide")
	lead.Get(next + "/decision").Want(409) // its day has not come
	if body := lead.Get(first + "/pack").Want(200).Says("Small employers").Body; strings.Contains(body, "<script>x") {
		t.Error("a paper brings a script along")
	}
	lead.Get("/groups").Want(200).Says("Overdue, and due soon", "Write the guide", "Meets next on 10 December 2026 at 10:00", "One open action. Members: 2.")
	done := lead.Get(one).Want(200).Link(`/group-actions/[0-9a-f-]{36}/done`)
	f = lead.Get(done).Want(200).Form()
	lead.Post(done, f).Refuses("Enter when it was done", "Enter what came of it")
	webtest.Fill(f, "on-day", "9", "on-month", "11", "on-year", "2026", "outcome", "It is published")
	lead.Post(done, f).To(one)
	lead.Post(done, f).Want(409)
	lead.Get(one).Says("It is published", "Log of decisions", "It is asked for")
	leave := one + "/members/" + value[:36] + "/leave"
	lead.Post(leave, nil).To(one)
	lead.Post(leave, nil).Want(409)
	lead.Get(first).Says("Ruth Moss") // who came stays
	lead.Post(one+"/close", nil).To(one)
	lead.Post(one+"/close", nil).Want(409)
	lead.Get(one + "/meet").Want(409)

	// An ICS has groups of its own, and sees none of the nation's.
	ics := site.As(w.SystemLead().As(access.SystemLead, access.Growth))
	ics.Get("/groups").Want(200).Says("There are no groups yet")
	for _, path := range []string{one, one + "/join", one + "/meet", first, first + "/pack", first + "/paper", first + "/decision", first + "/action", first + "/held", done} {
		ics.Get(path).Want(404)
	}
	for _, path := range []string{one + "/close", leave} {
		ics.Post(path, nil).Want(404)
	}
	for _, a := range []access.Actor{w.OHLead.As(access.Lead, access.Growth), w.HR.As(access.HR, access.Employer)} {
		site.As(a).Get("/groups").Want(404)
	}
	for _, sql := range []string{`update network_decision set what = 'x'`, `delete from network_decision`, `update network_paper set words = 'x'`, `update network_action set due_on = '2030-01-01'`} {
		err := db.InTenant(ctx, w.NationalLead().As(access.NationalLead, access.Growth), func(tx *postgres.Tx) error { _, err := tx.Exec(ctx, sql); return err })
		if postgres.Code(err) != postgres.PermissionDenied {
			t.Errorf("%s: %v", sql, err)
		}
	}
}

// TestFile: a paper that is a file is given back as it was to whoever reads the papers of the organisation's groups; to everybody else it
// is not there.
func TestFile(t *testing.T) {
	db := world.Open(t)
	w, s := world.New(t, db), group.New(db)
	lead := w.NationalLead().As(access.NationalLead, access.Growth)
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	g, m, p := uuid.New(), uuid.New(), group.Paper{ID: uuid.New(), Title: "Costs", Purpose: "note", Presenter: "Ruth Moss"}
	ok(s.Add(t.Context(), lead, now, group.In{ID: g, Kind: "task", Name: "Group", Remit: "Costs"}))
	ok(s.Plan(t.Context(), lead, now, g, group.MeetingIn{ID: m, On: civil.Of(now), At: "09:30", Place: "Room 1"}))
	u, err := document.Take("Costs.txt", strings.NewReader("<script>alert(1)</script>"))
	ok(err)
	if err := s.Paper(t.Context(), lead, now, m, p, nil); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a paper of nothing: %v", err)
	}
	if err := s.Paper(t.Context(), w.SystemLead().As(access.SystemLead, access.Growth), now, m, p, &u); fault.KindOf(err) != fault.NotFound {
		t.Errorf("an ICS adds a paper: %v", err)
	}
	for range 2 { // sent twice is kept once
		ok(s.Paper(t.Context(), lead, now, m, p, &u))
	}
	site := webtest.New(t, now, groupweb.Routes(s, func(context.Context, *web.Context) ([]groupweb.Milestone, error) { return nil, nil }), group.Rules)
	page, meeting := site.As(lead), "/group-meetings/"+m.String()
	page.Get(meeting).Want(200).Says("Costs.txt")
	page.Get(meeting + "/pack").Want(200).Says("Costs.txt")
	page.Post(meeting+"/file", page.Get(meeting+"/file").Want(200).Form()).Refuses("Select a file", "Enter a title", "Select what it is for", "Enter who presents it")
	got := page.Get(p.FilePath()).Want(200)
	head := http.Header(got.Header)
	if got.Body != "<script>alert(1)</script>" || !strings.HasPrefix(head.Get("Content-Disposition"), "attachment") || head.Get("Content-Type") != "text/plain; charset=utf-8" || head.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%q with %v", got.Body, got.Header)
	}
	page.Get("/group-papers/" + uuid.NewString() + "/file").Want(404)
	for _, a := range []access.Actor{w.SystemLead().As(access.SystemLead, access.Growth), w.OHLead.As(access.Lead, access.Growth), w.Executive.As(access.Executive, access.Growth), w.ForeignOHNurse.As(access.Nurse, access.Growth)} {
		for _, path := range []string{p.FilePath(), meeting + "/file"} {
			site.As(a).Get(path).Want(404)
		}
	}
}

// TestSince: a pack repeats what was decided at the last meeting that was held, and after it.
func TestSince(t *testing.T) {
	day := civil.MustParse
	a, b, c := group.Meeting{On: day("2026-01-10"), Held: true}, group.Meeting{On: day("2026-03-10"), Held: true}, group.Meeting{On: day("2026-06-10")}
	for i, m := range []*group.Meeting{&a, &b, &c} {
		m.ID[0] = byte(i + 1)
	}
	g := group.Group{Meetings: []group.Meeting{c, b, a}, Decisions: []group.Decision{{Meeting: b.ID, On: b.On, What: "b"}, {Meeting: a.ID, On: a.On, What: "a"}},
		Actions: []group.Action{{Promise: due.Promise{Due: day("2026-01-01")}}, {Promise: due.Promise{Due: day("2026-01-01"), Done: day("2026-01-01")}}}}
	if got := g.Since(c); len(got) != 1 || got[0].What != "b" {
		t.Errorf("%+v", got)
	}
	if got := g.Since(a); len(got) != 0 {
		t.Errorf("before the first: %+v", got)
	}
	if m, ok := g.Next(day("2026-03-11")); !ok || m.ID != c.ID || len(g.Open()) != 1 {
		t.Errorf("%+v", m)
	}
	if got := g.Unwritten(day("2026-06-11")); len(got) != 1 || got[0].ID != c.ID {
		t.Errorf("%+v", got)
	}
}
