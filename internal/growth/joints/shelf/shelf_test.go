package shelf_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/community/communitytest"
	"github.com/rowan-ohwb/rowan/internal/growth/community/letter"
	"github.com/rowan-ohwb/rowan/internal/growth/community/library"
	"github.com/rowan-ohwb/rowan/internal/growth/community/origin"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/pathway"
	"github.com/rowan-ohwb/rowan/internal/growth/joints/shelf"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

var now = communitytest.Now

const questions = "code,version,subsection,statement\nLOC1,1,E1.1,We know what staff say about stress\nLOC2,1,E2.1,Colleagues support each other\n"

// TestCopy: a lead shares a pathway and a question set; the lead of another trust copies both into their own service, where they are
// theirs: what the one changes later, the other does not see. Counted from eight organisations on, and nobody else may.
func TestCopy(t *testing.T) {
	h := communitytest.New(t)
	carl := h.Carl // as the lead of the other trust
	carl.Role = access.Lead
	h.Join(h.Anne, carl)
	ways, sets, posts := pathway.New(pathway.Deps{DB: h.DB}), diagnostic.New(diagnostic.Deps{DB: h.DB}), post.New(h.DB)
	letters, scenarios := letter.New(h.DB), capacity.New(capacity.Deps{DB: h.DB})
	here := shelf.Shelf{Ways: ways, Sets: sets, Letters: letters, Scenarios: scenarios}
	s := library.New(library.Deps{Posts: posts, Own: here.Templates, Take: here.Copied, Origins: origin.New(h.DB)})
	way := uuid.New()
	steps := []pathway.Step{{Title: "A nurse reads it", Role: "Nurse", Class: "diagnostic", Target: 2, Unit: "days", Measured: pathway.Measures[0]}, {Title: "They are seen", Role: "Nurse", Class: "treatment", Unit: "days"}}
	h.OK(ways.Take(t.Context(), h.Anne, now, way, "Backs", "Ward staff", steps))
	_, err := sets.Import(t.Context(), h.Anne, now, "ours.csv", strings.NewReader(questions))
	h.OK(err)
	h.OK(ways.Add(t.Context(), h.Anne, now, uuid.New(), "Nothing in it", "Nobody"))
	own, err := s.Own(t.Context(), h.Anne)
	if h.OK(err); len(own) != 2 || own[0].Form != post.Pathway || own[1].Form != post.Questions {
		t.Fatalf("%+v", own)
	}
	var shared []uuid.UUID
	for _, x := range own {
		in := post.In{ID: uuid.New(), Kind: post.Resource, Title: x.Title, Words: "Ours, for you", Form: x.Form, Licence: "ogl-3", Review: communitytest.Day(30), Payload: x.Body}
		if state, err := posts.Send(t.Context(), h.Anne, now, in); err != nil || state != post.Published {
			t.Fatal(state, err)
		}
		shared = append(shared, in.ID)
	}
	copied := uuid.New()
	for range 2 { // sent twice
		path, err := s.TakeCopy(t.Context(), carl, now, shared[0], copied)
		if h.OK(err); path != "/plan/pathways/"+copied.String() {
			t.Errorf("the copy is at %s", path)
		}
	}
	all, err := ways.List(t.Context(), carl)
	if h.OK(err); len(all) != 1 || all[0].Name != "Backs" || all[0].Whom != "Ward staff" || len(all[0].Steps) != 2 || all[0].Steps[0] != steps[0] || all[0].By != "Carl Dunn" {
		t.Errorf("copied %+v", all)
	}
	path, err := s.TakeCopy(t.Context(), carl, now, shared[1], uuid.New())
	h.OK(err)
	found, err := sets.Sets(t.Context(), carl)
	if h.OK(err); len(found) != 1 || found[0].Name != "ours" || found[0].Count != 2 || path != "/need/questions/"+found[0].ID.String() {
		t.Errorf("copied %+v to %s", found, path)
	}
	h.OK(ways.Remove(t.Context(), h.Anne, now, way, 1, 1))
	if all, err = ways.List(t.Context(), carl); err != nil || len(all[0].Steps) != 2 {
		t.Errorf("after the first changed theirs: %+v, %v", all, err)
	}
	from, err := s.Copies(t.Context(), carl)
	if h.OK(err); len(from) != 2 || from[0].Author != "Anne Shaw" || from[0].Licence != "ogl-3" || from[0].Review != communitytest.Day(30) {
		t.Errorf("from %+v", from)
	}
	if n, own, err := posts.Uses(t.Context(), carl, shared[0]); err != nil || n != 0 || !own {
		t.Errorf("used %d, own %v, %v", n, own, err)
	}
	h.OK(posts.Withdraw(t.Context(), h.Anne, now, shared[0]))
	if _, err := s.TakeCopy(t.Context(), carl, now, shared[0], uuid.New()); fault.KindOf(err) != fault.Conflict {
		t.Errorf("withdrawn, and copied: %v", err)
	}
	if p, err := s.Find(t.Context(), carl, shared[0]); err != nil || p.Payload != nil {
		t.Errorf("withdrawn: %+v, %v", p, err)
	}
	stranger := world.New(t, h.DB).OHLead.As(access.Lead, access.Growth)
	if _, err := s.TakeCopy(t.Context(), stranger, now, shared[1], uuid.New()); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a stranger copies: %v", err)
	}
}

// TestDrafts: a letter that is in use and a scenario are copied as drafts. Of a scenario only what was assumed leaves: no day, and nothing
// that was fitted.
func TestDrafts(t *testing.T) {
	h := communitytest.New(t)
	carl := h.Carl
	carl.Role = access.Lead
	h.Join(h.Anne, carl)
	posts, letters, scenarios := post.New(h.DB), letter.New(h.DB), capacity.New(capacity.Deps{DB: h.DB})
	here := shelf.Shelf{Ways: pathway.New(pathway.Deps{DB: h.DB}), Sets: diagnostic.New(diagnostic.Deps{DB: h.DB}), Letters: letters, Scenarios: scenarios}
	s := library.New(library.Deps{Posts: posts, Own: here.Templates, Take: here.Copied, Origins: origin.New(h.DB)})
	in := letter.In{ID: uuid.New(), Name: "Please come", Purpose: "invite", Words: "Dear {name},\n\nplease come on {day}."}
	h.OK(letters.Add(t.Context(), h.Anne, now, in))
	h.OK(scenarios.Add(t.Context(), h.Anne, now, capacity.Scenario{ID: uuid.New(), Title: "Winter", Option: option.Nothing,
		Terms: capacity.Terms{Campaign: 4, CampaignFrom: communitytest.Day(10), CampaignTo: communitytest.Day(29), Contract: 2, ContractFrom: communitytest.Day(5), Productivity: 3}}))
	if own, err := s.Own(t.Context(), h.Anne); err != nil || len(own) != 1 || own[0].Form != post.Scenario {
		t.Fatalf("a draft is offered: %+v, %v", own, err)
	}
	h.OK(letters.Use(t.Context(), h.Anne, now, in.ID, 1, true))
	own, err := s.Own(t.Context(), h.Anne)
	if h.OK(err); len(own) != 2 || own[0].Form != post.Letter {
		t.Fatalf("%+v", own)
	}
	want := `{"title":"Winter","option":"nothing","campaign":4,"campaign_weeks":3,"contract":2,"productivity":3}`
	if string(own[1].Body) != want {
		t.Errorf("%s leaves, want %s", own[1].Body, want)
	}
	for _, x := range own {
		shared, copied := uuid.New(), uuid.New()
		_, err := posts.Send(t.Context(), h.Anne, now, post.In{ID: shared, Kind: post.Resource, Title: x.Title, Words: "Ours", Form: x.Form, Licence: "nhs", Review: communitytest.Day(30), Payload: x.Body})
		h.OK(err)
		_, err = s.TakeCopy(t.Context(), carl, now, shared, copied)
		h.OK(err)
		from, err := origin.New(h.DB).Of(t.Context(), carl, copied)
		if h.OK(err); from == nil || from.Post != shared || from.Home != "Wyre Valley Hospitals" || from.By != carl.Name {
			t.Errorf("%s is from %+v", x.Form, from)
		}
		if theirs, err := origin.New(h.DB).Of(t.Context(), h.Anne, copied); err != nil || theirs != nil {
			t.Errorf("another organisation reads where a copy is from: %+v, %v", theirs, err)
		}
	}
	if all, err := letters.List(t.Context(), carl); err != nil || len(all) != 1 || all[0].InUse || all[0].Words != in.Words {
		t.Errorf("letters %+v, %v", all, err)
	}
	all, err := scenarios.Scenarios(t.Context(), carl)
	h.OK(err)
	next := civil.MustParse("2026-12-01")
	if len(all) != 1 || !all[0].Terms.Same(capacity.Terms{Campaign: 4, CampaignFrom: next, CampaignTo: next.AddDays(20), Contract: 2, ContractFrom: next, Productivity: 3}) {
		t.Errorf("scenarios %+v", all)
	}
	_, err = here.Copied(t.Context(), carl, now, library.Template{Form: post.Scenario, ID: uuid.New(), Body: []byte(`{"title":"x","option":"all"}`)})
	if fault.KindOf(err) != fault.Conflict {
		t.Errorf("what is no scenario: %v", err)
	}
}

// TestUses: how many organisations copied a template is told from eight on, to the nearest five, and never which.
func TestUses(t *testing.T) {
	h := communitytest.New(t)
	h.Join(h.Anne, h.Iris)
	posts := post.New(h.DB)
	id := uuid.New()
	_, err := posts.Send(t.Context(), h.Anne, now, post.In{ID: id, Kind: post.Resource, Title: "Backs", Words: "Ours", Form: post.Pathway, Licence: "ogl-3", Review: communitytest.Day(30), Payload: []byte(`{"name":"Backs","whom":"All","steps":[]}`)})
	h.OK(err)
	for n := 1; n <= 13; n++ {
		home := uuid.New()
		h.OK(h.DB.InTenant(t.Context(), access.SystemActor(access.Hall, home, uuid.Nil), func(tx *postgres.Tx) error {
			if _, err := tx.Exec(t.Context(), `insert into organisation (id, kind) values ($1, 'trust')`, home); err != nil {
				return err
			}
			_, err := tx.Exec(t.Context(), `insert into organisation_span (organisation_id, valid_from, name, parent_id) values ($1, '2020-04-01', $2, $3)`, home, "Trust "+home.String()[:4], h.W.ICS)
			return err
		}))
		a := access.Actor{Account: uuid.New(), Name: "Lead", Organisation: home, Role: access.Lead, Wall: access.Growth}
		h.Join(a)
		for range 2 { // noted once
			h.OK(posts.Used(t.Context(), a, now, origin.Origin{Object: uuid.New(), Post: id, Form: post.Pathway, Path: "/plan", Title: "Backs", Copied: now}))
		}
		got, own, err := posts.Uses(t.Context(), h.Iris, id)
		if want := map[bool]int{false: 0, true: (n + 2) / 5 * 5}[n >= 8]; err != nil || got != want || own {
			t.Errorf("%d copied it, told %d, own %v, %v", n, got, own, err)
		}
	}
	var rows int
	h.OK(h.DB.InTenant(t.Context(), h.Iris, func(tx *postgres.Tx) error {
		return tx.QueryRow(t.Context(), `select count(*) from community_use`).Scan(&rows)
	}))
	if rows != 0 {
		t.Errorf("a member reads who copied it: %d rows", rows)
	}
}
