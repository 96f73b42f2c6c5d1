package codesign_test

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/codesign"
	"github.com/rowan-ohwb/rowan/internal/growth/community/communitytest"
	"github.com/rowan-ohwb/rowan/internal/growth/community/member"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post"
	"github.com/rowan-ohwb/rowan/internal/growth/framework"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

var now = communitytest.Now

// table is a community with two members of two trusts and a moderator, who write a framework together.
type table struct {
	*communitytest.House
	s     *codesign.Service
	posts *post.Service
	draft uuid.UUID
	round uuid.UUID
}

func sit(t *testing.T) *table {
	h := communitytest.New(t)
	h.Join(h.Helen, h.Iris, h.Carl)
	h.OK(h.Members.Moderator(t.Context(), h.Host, now, h.Carl.Account, true))
	posts := post.New(h.DB)
	x := &table{House: h, s: codesign.New(h.DB, posts), posts: posts, draft: uuid.New(), round: uuid.New()}
	x.OK(x.s.Start(t.Context(), h.Host, now, x.draft, "Wyre and Fells framework", "Written by our community"))
	return x
}

func (x *table) house(a access.Actor) codesign.House {
	x.Helper()
	h, err := x.s.Read(x.Context(), a)
	x.OK(err)
	return h
}

// stage counts the changes of the draft.
func (x *table) stage() int {
	x.Helper()
	d, err := x.house(x.Host).Find(x.draft)
	x.OK(err)
	return d.Stage
}

// open changes a level and asks the members about it, for ten days.
func (x *table) open() codesign.Round {
	x.Helper()
	x.OK(x.s.WriteLevel(x.Context(), x.Host, now, x.draft, x.stage(), "M03", 2, "Vaccination is done", "It is in the contract", "Coverage"))
	day := locale.Day(now)
	x.OK(x.s.OpenRound(x.Context(), x.Host, now, x.draft, codesign.RoundIn{ID: x.round, About: "Is it clear?", Questions: []string{"What is missing?"}, Opens: day, Closes: day.AddDays(10)}))
	r, err := x.house(x.Helen).Round(x.round)
	x.OK(err)
	return r
}

func (x *table) say(a access.Actor, r codesign.Round, spot string, words string) uuid.UUID {
	x.Helper()
	s, ok := r.Spot(spot)
	if !ok {
		x.Fatalf("no spot %s", spot)
	}
	in := codesign.CommentIn{ID: uuid.New(), Round: r, Spot: s, Words: words, Proposes: "Other words"}
	_, err := x.s.Comment(x.Context(), a, now, in)
	x.OK(err)
	return in.ID
}

func kind(err error) fault.Kind { return fault.KindOf(err) }

// TestRound goes from a draft to a published version that two organisations take part in.
func TestRound(t *testing.T) {
	x := sit(t)
	if err := x.s.Start(t.Context(), x.Host, now, uuid.New(), "Another", "x"); kind(err) != fault.Conflict {
		t.Errorf("a second draft: %v", err)
	}
	if _, err := x.house(x.Helen).Find(x.draft); kind(err) != fault.NotFound {
		t.Errorf("a member reads the draft: %v", err)
	}
	r := x.open()
	if r.Number != 2 || r.Themes[2].Levels[1] != "Vaccination is done" {
		t.Errorf("%+v", r)
	}
	if err := x.s.WriteLevel(t.Context(), x.Host, now, x.draft, x.stage(), "M03", 2, "a", "b", "c"); kind(err) != fault.Conflict {
		t.Errorf("the text is changed while it is asked about: %v", err)
	}
	one := x.say(x.Helen, r, "M03-internal-2", "Say whose")
	two := x.say(x.Iris, r, "q1", "Money")
	if _, err := x.s.Comment(t.Context(), x.Host, now, codesign.CommentIn{ID: uuid.New(), Round: r, Spot: codesign.Spot{Question: 1}, Words: "x"}); kind(err) != fault.Conflict {
		t.Errorf("who is no member comments: %v", err)
	}
	if _, err := x.s.Comment(t.Context(), x.Helen, now, codesign.CommentIn{ID: uuid.New(), Round: r, Spot: codesign.Spot{Question: 1}, Words: "Ask Mrs Winter"}); kind(err) != fault.Invalid {
		t.Errorf("it looks like a person: %v", err)
	}
	later := now.AddDate(0, 0, 11)
	if _, err := x.s.Comment(t.Context(), x.Helen, later, codesign.CommentIn{ID: uuid.New(), Round: r, Spot: codesign.Spot{Question: 1}, Words: "Late"}); kind(err) != fault.Conflict {
		t.Errorf("a comment after the last day: %v", err)
	}
	for range 2 {
		x.OK(x.s.Agree(t.Context(), x.Iris, now, one, true))
	}
	if err := x.s.Agree(t.Context(), x.Helen, now, one, true); kind(err) != fault.Conflict {
		t.Errorf("somebody agrees with themselves: %v", err)
	}
	h := x.house(x.Iris)
	c, _, err := h.Comment(one)
	if x.OK(err); c.Agreed != 1 || !c.Mine || c.Proposes() != "Other words" || c.Spot != (codesign.Spot{Theme: "M03", What: "internal", Level: 2}) {
		t.Errorf("%+v", c)
	}
	if n := h.Numbers(r); n.Organisations != 2 || n.Of != 2 || n.People != 2 || n.Comments != 2 || n.Answered != 0 {
		t.Errorf("%+v", n)
	}
	for name, err := range map[string]error{
		"a member answers": x.s.Answer(t.Context(), x.Helen, now, one, "taken", "Yes"), "a member publishes": x.s.Publish(t.Context(), x.Carl, later, x.draft, 2, codesign.PublishIn{}), "a member ends it": x.s.End(t.Context(), x.Helen, now, r.ID),
		"a stranger agrees": x.s.Agree(t.Context(), x.Ruth, now, one, true), "a comment of nobody": x.s.Answer(t.Context(), x.Host, now, uuid.New(), "taken", "Yes"),
	} {
		if kind(err) != fault.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
	x.OK(x.s.Answer(t.Context(), x.Host, now, one, "part", "We will say whose"))
	x.OK(x.s.Answer(t.Context(), x.Host, now, one, "taken", "Done"))
	in := codesign.PublishIn{Effective: locale.Day(later), Summary: "Clearer", Reasons: []framework.Reason{{Theme: "M03", Why: "Nobody knew whose"}}}
	if err := x.s.Publish(t.Context(), x.Host, now, x.draft, x.stage(), in); fault.KeyOf(err) != "codesign.publish.running" {
		t.Errorf("published while members comment: %v", err)
	}
	if err := x.s.Publish(t.Context(), x.Host, later, x.draft, x.stage(), in); fault.KeyOf(err) != "codesign.publish.unanswered" {
		t.Errorf("published with a comment unanswered: %v", err)
	}
	x.OK(x.s.Answer(t.Context(), x.Host, later, two, "not", "Because money is in the business case"))
	if err := x.s.Publish(t.Context(), x.Host, later, x.draft, 1, in); kind(err) != fault.Conflict {
		t.Errorf("an old page: %v", err)
	}
	x.OK(x.s.Publish(t.Context(), x.Host, later, x.draft, x.stage(), in))

	// The version is in force for everybody below the host, from its day on, and what was said stays with its answers.
	for _, a := range []access.Actor{x.Anne, x.Ward, x.Helen, x.Host} {
		v, err := x.s.InForce(t.Context(), a, later)
		if x.OK(err); v.Number != 2 || v.HostName != "Wyre Valley ICS" || v.Why("M03") != "Nobody knew whose" {
			t.Errorf("%s uses %+v", a.Name, v)
		}
		if v, err := x.s.InForce(t.Context(), a, now); err != nil || v.Number != 1 {
			t.Errorf("before its day %s uses %d, %v", a.Name, v.Number, err)
		}
	}
	c, _, err = x.house(x.Helen).Comment(one)
	if x.OK(err); c.Answer == nil || c.Answer.Verdict != codesign.TakenUp || c.Answer.Words != "Done" {
		t.Errorf("%+v", c.Answer)
	}
	if n := x.house(x.Host).Numbers(r); n.Answered != 2 || n.Share() != 100 {
		t.Errorf("%+v", n)
	}
	next := uuid.New()
	x.OK(x.s.Start(t.Context(), x.Host, later, next, "The next", "x"))
	d, err := x.house(x.Host).Find(next)
	if x.OK(err); d.Number != 3 || d.Themes[2].Levels[1] != "Vaccination is done" {
		t.Errorf("%+v", d)
	}
}

// TestPublishedStays: no login and no command changes what is published, nor an answer to what was said about it.
func TestPublishedStays(t *testing.T) {
	x := sit(t)
	r := x.open()
	one := x.say(x.Helen, r, "M03", "Good")
	x.OK(x.s.Answer(t.Context(), x.Host, now, one, "taken", "Thank you"))
	x.OK(x.s.End(t.Context(), x.Host, now, r.ID))
	if err := x.s.End(t.Context(), x.Host, now, r.ID); kind(err) != fault.Conflict {
		t.Errorf("ended twice: %v", err)
	}
	x.OK(x.s.Publish(t.Context(), x.Host, now, x.draft, x.stage(), codesign.PublishIn{Effective: locale.Day(now), Summary: "s", Reasons: []framework.Reason{{Theme: "M03", Why: "w"}}}))
	for name, err := range map[string]error{"described": x.s.Describe(t.Context(), x.Host, now, x.draft, 9, "x", "y"), "again": x.s.Publish(t.Context(), x.Host, now, x.draft, 9, codesign.PublishIn{}), "answered anew": x.s.Answer(t.Context(), x.Host, now, one, "not", "No"),
		"a round": x.s.OpenRound(t.Context(), x.Host, now, x.draft, codesign.RoundIn{ID: uuid.New(), About: "x", Opens: locale.Day(now), Closes: locale.Day(now)})} {
		if kind(err) != fault.Conflict {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, q := range map[string]struct {
		a   access.Actor
		sql string
	}{
		"the host changes it": {x.Host, `update framework_version set summary = 'x'`}, "takes it back": {x.Host, `update framework_version set state = 'draft', published_at = null, effective_from = null`}, "deletes it": {x.Host, `delete from framework_version`},
		"a member": {x.Helen, `update framework_version set summary = 'x'`}, "the answer": {x.Host, `update framework_answer set words = 'x'`}, "the answer goes": {x.Host, `delete from framework_answer`}, "the text asked about": {x.Host, `update framework_round set themes = '[]'`},
		"what it is about": {x.Helen, `update framework_comment set theme = 'M01'`}, "a comment goes": {x.Host, `delete from framework_comment`},
	} {
		err := x.DB.InTenant(t.Context(), q.a, func(tx *postgres.Tx) error {
			tag, err := tx.Exec(t.Context(), q.sql)
			if err == nil && tag.RowsAffected() > 0 {
				t.Errorf("%s: it is done", name)
			}
			return err
		})
		if code := postgres.Code(err); code != "" && code != postgres.PermissionDenied {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestNation: a national lead who hosts a community writes, asks and publishes as the lead of an ICS does, and neither does at the other's.
func TestNation(t *testing.T) {
	x := sit(t)
	x.OK(x.Members.Open(t.Context(), x.Nation, now, member.OpenIn{Name: "Community of the nation", About: "For who has none nearer."}))
	id, day := uuid.New(), locale.Day(now)
	if _, err := x.house(x.Nation).Find(x.draft); kind(err) != fault.NotFound {
		t.Errorf("the nation reads the draft of an ICS: %v", err)
	}
	if err := x.s.Describe(t.Context(), x.Nation, now, x.draft, x.stage(), "Theirs", "x"); kind(err) != fault.NotFound {
		t.Errorf("the nation changes the draft of an ICS: %v", err)
	}
	x.OK(x.s.Start(t.Context(), x.Nation, now, id, "Framework of the nation", "Written by its members"))
	if _, err := x.house(x.Host).Find(id); kind(err) != fault.NotFound {
		t.Errorf("an ICS reads the draft of the nation: %v", err)
	}
	stage := func() int {
		d, err := x.house(x.Nation).Find(id)
		x.OK(err)
		return d.Stage
	}
	x.OK(x.s.WriteLevel(t.Context(), x.Nation, now, id, stage(), "M03", 2, "Vaccination is done", "It is in the contract", "Coverage"))
	x.OK(x.s.OpenRound(t.Context(), x.Nation, now, id, codesign.RoundIn{ID: uuid.New(), About: "Is it clear?", Questions: []string{"What is missing?"}, Opens: day, Closes: day.AddDays(10)}))
	later := now.AddDate(0, 0, 11)
	in := codesign.PublishIn{Effective: locale.Day(later), Summary: "Clearer words", Reasons: []framework.Reason{{Theme: "M03", Why: "It was not clear"}}}
	if err := x.s.Publish(t.Context(), x.Nation, now, id, stage(), in); kind(err) != fault.Conflict {
		t.Errorf("it is published while the round is open: %v", err)
	}
	x.OK(x.s.Publish(t.Context(), x.Nation, later, id, stage(), in))
	if d, err := x.house(x.Nation).Find(id); err != nil || d.Open() {
		t.Errorf("it is not published: %+v, %v", d, err)
	}
}

// TestHeld: a comment that looks like a person is read by its writer and moderators alone, is in no number, and nobody agrees with it.
func TestHeld(t *testing.T) {
	x := sit(t)
	r := x.open()
	in := codesign.CommentIn{ID: uuid.New(), Round: r, Spot: codesign.Spot{Theme: "M03", What: "internal", Level: 2}, Words: "Better", Proposes: "As Mrs Winter does it", Anyway: true}
	if state, err := x.s.Comment(t.Context(), x.Helen, now, in); err != nil || state != post.Held {
		t.Fatal(state, err)
	}
	for _, a := range []access.Actor{x.Helen, x.Carl, x.Host} {
		if _, _, err := x.house(a).Comment(in.ID); err != nil {
			t.Errorf("%s: %v", a.Name, err)
		}
	}
	if _, _, err := x.house(x.Iris).Comment(in.ID); kind(err) != fault.NotFound {
		t.Errorf("a member reads what is held: %v", err)
	}
	if n := x.house(x.Host).Numbers(r); n.Comments != 0 || n.Organisations != 0 {
		t.Errorf("%+v", n)
	}
	var rows int
	x.OK(x.DB.InTenant(t.Context(), x.Iris, func(tx *postgres.Tx) error {
		return tx.QueryRow(t.Context(), `select count(*) from framework_comment`).Scan(&rows)
	}))
	if rows != 0 {
		t.Error("a member sees that something is held, and about what")
	}
	if err := x.s.Answer(t.Context(), x.Host, now, in.ID, "taken", "Yes"); kind(err) != fault.Conflict {
		t.Errorf("what is held is answered: %v", err)
	}
	x.OK(x.posts.Return(t.Context(), x.Carl, now, in.ID, 1, "Take out the name"))
	payload, err := post.Proposing("As the ward does it")
	x.OK(err)
	if state, err := x.posts.Rewrite(t.Context(), x.Helen, now, post.In{ID: in.ID, Kind: post.Comment, Title: "Prevention", Words: "Better", Payload: payload, Version: 2}); err != nil || state != post.Published {
		t.Fatal(state, err)
	}
	c, _, err := x.house(x.Iris).Comment(in.ID)
	if x.OK(err); c.Proposes() != "As the ward does it" {
		t.Errorf("%+v", c)
	}
	x.OK(x.posts.Withdraw(t.Context(), x.Helen, now, in.ID))
	if c, _, err = x.house(x.Iris).Comment(in.ID); err != nil || c.Words+c.Proposes() != "" || c.Theme != "M03" {
		t.Errorf("withdrawn: %+v, %v", c, err)
	}
}

// TestWalls: who is no member reads nothing of a round, and a draft is its host's; other logins read nothing at all.
func TestWalls(t *testing.T) {
	x := sit(t)
	r := x.open()
	one := x.say(x.Helen, r, "M03", "Canary")
	x.OK(x.s.Agree(t.Context(), x.Iris, now, one, true))
	x.OK(x.s.Answer(t.Context(), x.Host, now, one, "taken", "Canary"))
	other := world.New(t, x.DB)
	moved := x.Helen
	moved.Organisation = x.W.Community
	tables := []string{"framework_version", "framework_round", "framework_comment", "framework_agreement", "framework_answer"}
	for name, a := range map[string]access.Actor{"a colleague who did not join": x.Ruth, "a manager": x.Ward, "HR": x.HR, "a member who acts elsewhere": moved, "another ICS": other.SystemLead().As(access.SystemLead, access.Growth), "its nurse": other.OHNurse.As(access.Nurse, access.Growth)} {
		for _, tab := range tables {
			var n int
			if err := x.DB.InTenant(t.Context(), a, func(tx *postgres.Tx) error {
				return tx.QueryRow(t.Context(), `select count(*) from `+tab).Scan(&n)
			}); err != nil || n != 0 {
				t.Errorf("%s reads %d of %s, %v", name, n, tab, err)
			}
		}
		if _, err := x.s.Read(t.Context(), a); kind(err) != fault.NotFound {
			t.Errorf("%s reads: %v", name, err)
		}
	}
	for _, wall := range []access.Wall{access.Hall, access.Employer, access.Clinical, access.Portal, access.Audit, access.Worker} {
		for _, tab := range append(tables, "maturity_taken", "contract_rating") {
			err := x.DB.InTenant(t.Context(), x.Helen.At(wall), func(tx *postgres.Tx) error {
				_, err := tx.Exec(t.Context(), `select 1 from `+tab)
				return err
			})
			if postgres.Code(err) != postgres.PermissionDenied {
				t.Errorf("%s reads %s: %v", wall, tab, err)
			}
		}
	}
	for name, q := range map[string]struct {
		a   access.Actor
		sql string
	}{
		"a member begins a version": {x.Helen, `insert into framework_version (organisation_id, id, number, name, source, state, themes, version, started_at, started_by) select organisation_id, gen_random_uuid(), 9, 'x', 'x', 'published', '[]', 1, now(), 'x' from framework_round`},
		"agrees for somebody else":  {x.Helen, `insert into framework_agreement select organisation_id, post_id, gen_random_uuid(), home_id, now() from framework_agreement`},
		"agrees with themselves":    {x.Helen, `insert into framework_agreement select organisation_id, post_id, nullif(current_setting('app.account', true), '')::uuid, nullif(current_setting('app.organisation', true), '')::uuid, now() from framework_comment`},
		"answers":                   {x.Helen, `insert into framework_answer select organisation_id, gen_random_uuid(), 'taken', 'x', now(), 'x' from framework_comment`},
	} {
		err := x.DB.InTenant(t.Context(), q.a, func(tx *postgres.Tx) error {
			tag, err := tx.Exec(t.Context(), q.sql)
			if err == nil && tag.RowsAffected() > 0 {
				t.Errorf("%s: it is done", name)
			}
			return err
		})
		if code := postgres.Code(err); code != postgres.PermissionDenied {
			t.Errorf("%s: %v", name, err)
		}
	}
}
