package member_test

import (
	"slices"
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/communitytest"
	"github.com/rowan-ohwb/rowan/internal/growth/community/match"
	"github.com/rowan-ohwb/rowan/internal/growth/community/member"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

var now = communitytest.Now

func names(all []member.Profile) (out []string) {
	for _, x := range all {
		out = append(out, x.Name)
	}
	slices.Sort(out)
	return out
}

// TestLife joins, is found by members of another trust, changes, and leaves without a trace of what was said.
func TestLife(t *testing.T) {
	h := communitytest.New(t)
	s := h.Members
	c, ok, err := s.Find(t.Context(), h.Helen, now)
	if h.OK(err); !ok || c.In() || c.Name != "Wyre and Fells OH community" || c.HostName != "Wyre Valley ICS" || c.Home != "Wyre Valley Hospitals" {
		t.Fatalf("before joining: %+v", c)
	}
	h.OK(s.Say(t.Context(), h.Helen, now, communitytest.In(func(in *member.ProfileIn) { in.Offers, in.ShowHome = []string{"E1"}, "no" })))
	h.OK(s.Say(t.Context(), h.Iris, now, communitytest.In(func(in *member.ProfileIn) {
		in.Wants, in.Offers, in.About = []string{"E1"}, []string{"E6"}, "Night staff"
	})))
	all, err := s.Members(t.Context(), h.Iris)
	if h.OK(err); !slices.Equal(names(all), []string{"Helen Marsh", "Iris Webb"}) {
		t.Fatalf("members %q", names(all))
	}
	helen, err := s.Member(t.Context(), h.Iris, now, h.Helen.Account)
	if h.OK(err); helen.HomeName != "" || !slices.Equal(helen.Offers, []string{"E1"}) {
		t.Errorf("%+v", helen)
	}
	found, err := s.Matches(t.Context(), h.Helen, now)
	if h.OK(err); len(found) != 1 || found[0].Name != "Iris Webb" || found[0].Reasons[0].Kind != match.AsksSaidSaid {
		t.Errorf("matches %+v", found)
	}
	h.OK(s.Say(t.Context(), h.Helen, now.AddDate(0, 1, 0), communitytest.In(nil)))
	if helen, err = s.Member(t.Context(), h.Iris, now, h.Helen.Account); err != nil || helen.HomeName != "Wyre Valley Hospitals" || len(helen.Offers) != 0 || !helen.Joined.Equal(now) {
		t.Errorf("changed: %+v, %v", helen, err)
	}
	later := now.AddDate(1, 0, 0)
	if _, err := s.Member(t.Context(), h.Helen, later, h.Iris.Account); fault.KindOf(err) != fault.NotFound {
		t.Errorf("not confirmed for a year: %v", err)
	}
	if _, err := s.Member(t.Context(), h.Iris, later, h.Iris.Account); err != nil {
		t.Errorf("they see themselves: %v", err)
	}
	h.OK(s.Leave(t.Context(), h.Helen, now))
	if all, err = s.Members(t.Context(), h.Iris); err != nil || !slices.Equal(names(all), []string{"Iris Webb"}) {
		t.Errorf("after leaving: %q, %v", names(all), err)
	}
	for _, err := range []error{s.Leave(t.Context(), h.Helen, now), func() error { _, err := s.Members(t.Context(), h.Helen); return err }(), func() error { _, err := s.Matches(t.Context(), h.Helen, now); return err }()} {
		if fault.KindOf(err) != fault.NotFound {
			t.Errorf("who left: %v", err)
		}
	}
}

// TestHost: the host reads, names moderators among members and takes somebody off the list; it cannot write for anybody, and nobody else
// can do what it does.
func TestHost(t *testing.T) {
	h := communitytest.New(t)
	s := h.Members
	h.Join(h.Helen, h.Iris)
	h.OK(s.Moderator(t.Context(), h.Host, now, h.Helen.Account, true))
	h.OK(s.Moderator(t.Context(), h.Host, now, h.Helen.Account, true))
	h.OK(s.Moderator(t.Context(), h.Host, now, h.Ruth.Account, true)) // no member
	for who, want := range map[*access.Actor]bool{&h.Helen: true, &h.Iris: false, &h.Ruth: false, &h.Host: true} {
		if c, _, err := s.Find(t.Context(), *who, now); err != nil || c.Moderated != want {
			t.Errorf("%s moderates %v, %v", who.Name, c.Moderated, err)
		}
	}
	for name, err := range map[string]error{"names": s.Moderator(t.Context(), h.Iris, now, h.Iris.Account, true), "removes": s.Remove(t.Context(), h.Iris, now, h.Helen.Account), "removes as a stranger": s.Remove(t.Context(), h.Ruth, now, h.Helen.Account)} {
		if fault.KindOf(err) != fault.NotFound {
			t.Errorf("a member %s: %v", name, err)
		}
	}
	h.OK(s.Remove(t.Context(), h.Host, now, h.Helen.Account))
	if c, _, err := s.Find(t.Context(), h.Helen, now); err != nil || c.Mine || c.Moderated {
		t.Errorf("removed: %+v %v", c, err)
	}
	h.Join(h.Helen)
	if c, _, err := s.Find(t.Context(), h.Helen, now); err != nil || !c.Mine || c.Moderated {
		t.Errorf("joined again: %+v %v", c, err)
	}
	h.OK(s.Moderator(t.Context(), h.Host, now, h.Helen.Account, true))
	h.OK(s.Moderator(t.Context(), h.Host, now, h.Helen.Account, false))
	c, _, err := s.Find(t.Context(), h.Host, now)
	h.OK(err)
	h.OK(s.Describe(t.Context(), h.Host, now, c.Seen, member.OpenIn{Name: "Ours", About: "Again"}))
	if err := s.Describe(t.Context(), h.Host, now, c.Seen, member.OpenIn{Name: "Mine", About: "Again"}); fault.KindOf(err) != fault.Conflict {
		t.Errorf("an old form: %v", err)
	}
	if err := s.Open(t.Context(), h.Host, now, member.OpenIn{Name: "Twice", About: "Again"}); fault.KindOf(err) != fault.Conflict {
		t.Errorf("opened twice: %v", err)
	}
}

// TestNation: the nation opens a community in the same way. Who is in none chooses among those above them, and is in one at a time: what
// is in the other one they do not read.
func TestNation(t *testing.T) {
	h := communitytest.New(t)
	s := h.Members
	h.OK(s.Open(t.Context(), h.Nation, now, member.OpenIn{Name: "Across the nation", About: "For all."}))
	all, home, err := s.Above(t.Context(), h.Helen, now)
	if h.OK(err); len(all) != 2 || all[0].HostName != "Wyre Valley ICS" || all[1].HostName != "Sample Nation" || home != "Wyre Valley Hospitals" {
		t.Fatalf("%+v above %s", all, home)
	}
	national := func(in *member.ProfileIn) { in.Community = h.W.Nation }
	h.OK(s.Say(t.Context(), h.Helen, now, communitytest.In(national)))
	h.Join(h.Iris)
	for who, want := range map[*access.Actor][]string{&h.Helen: {"Helen Marsh"}, &h.Nation: {"Helen Marsh"}, &h.Iris: {"Iris Webb"}, &h.Host: {"Iris Webb"}} {
		found, err := s.Members(t.Context(), *who)
		if h.OK(err); !slices.Equal(names(found), want) {
			t.Errorf("%s reads %q, want %q", who.Name, names(found), want)
		}
	}
	if err := s.Say(t.Context(), h.Iris, now, communitytest.In(national)); fault.KindOf(err) != fault.Conflict {
		t.Errorf("in two at once: %v", err)
	}
	if err := s.Say(t.Context(), h.Ruth, now, communitytest.In(func(in *member.ProfileIn) { in.Community = h.W.Trust })); fault.KindOf(err) != fault.NotFound {
		t.Errorf("joins what is none: %v", err)
	}
	h.OK(s.Moderator(t.Context(), h.Nation, now, h.Helen.Account, true))
	if err := s.Moderator(t.Context(), h.Nation, now, h.Iris.Account, true); err != nil {
		t.Error(err)
	}
	if c, _, err := s.Find(t.Context(), h.Iris, now); err != nil || c.Moderated {
		t.Errorf("the nation names a moderator of an ICS: %+v, %v", c, err)
	}
	if err := s.Remove(t.Context(), h.Nation, now, h.Iris.Account); fault.KindOf(err) != fault.NotFound {
		t.Errorf("the nation takes a member off the list of an ICS: %v", err)
	}
	h.OK(s.Leave(t.Context(), h.Iris, now))
	h.OK(s.Say(t.Context(), h.Iris, now, communitytest.In(national)))
}

// TestBands: a self-assessment takes part by the lead's choice alone, as bands; the middle says nothing, and no score leaves.
func TestBands(t *testing.T) {
	h := communitytest.New(t)
	s := h.Members
	h.OK(s.Say(t.Context(), h.Helen, now, communitytest.In(nil)))
	h.OK(s.Say(t.Context(), h.Iris, now, communitytest.In(func(in *member.ProfileIn) { in.Wants = []string{"E6", "E4"} })))
	h.Scores = []member.Score{{Element: "E1", Percent: 20}, {Element: "E4", Percent: 60}, {Element: "E6", Percent: 80}}
	if found, err := s.Matches(t.Context(), h.Iris, now); err != nil || len(found) != 0 {
		t.Fatalf("before the lead offers: %+v, %v", found, err)
	}
	h.OK(s.OfferBands(t.Context(), h.Anne, now, true)) // the lead need not be a member
	h.OK(s.OfferBands(t.Context(), h.Anne, now, true))
	found, err := s.Matches(t.Context(), h.Iris, now)
	if h.OK(err); len(found) != 1 || len(found[0].Reasons) != 1 || found[0].Reasons[0].Kind != match.HelpsSaidAssessed || !slices.Equal(found[0].Reasons[0].Codes, []string{"E6"}) {
		t.Fatalf("matches %+v", found)
	}
	o, err := s.Offered(t.Context(), h.Anne)
	if h.OK(err); len(o.Now) != 2 || len(o.Next) != 2 || o.Now[0].Band != member.Seeks || o.Now[1].Round != h.Closed {
		t.Errorf("%+v", o)
	}
	foreign := h.Iris
	foreign.Role = access.Lead
	if o, err := s.Offered(t.Context(), foreign); err != nil || len(o.Now) != 0 {
		t.Errorf("another organisation has %+v, %v", o.Now, err)
	}
	h.OK(s.OfferBands(t.Context(), h.Anne, now, false))
	if found, err := s.Matches(t.Context(), h.Iris, now); err != nil || len(found) != 0 {
		t.Errorf("after it stopped: %+v, %v", found, err)
	}
	h.Scores = []member.Score{{Element: "E4", Percent: 60}}
	if err := s.OfferBands(t.Context(), h.Anne, now, true); fault.KindOf(err) != fault.Conflict {
		t.Errorf("nothing to offer: %v", err)
	}
}

// TestWalls asks the database itself: who is no member reads no row of a community, under any login; a member reads the community's and
// nothing else of the host or of another member's organisation, writes for themselves alone, and cannot make themselves a moderator.
func TestWalls(t *testing.T) {
	h := communitytest.New(t)
	h.Join(h.Helen, h.Iris)
	h.Scores = []member.Score{{Element: "E6", Percent: 80}}
	h.OK(h.Members.OfferBands(t.Context(), h.Anne, now, true))
	h.OK(h.Members.Moderator(t.Context(), h.Host, now, h.Helen.Account, true))
	other := world.New(t, h.DB)
	count := func(a access.Actor, sql string, args ...any) (n int, code string) {
		err := h.DB.InTenant(t.Context(), a, func(tx *postgres.Tx) error { return tx.QueryRow(t.Context(), sql, args...).Scan(&n) })
		return n, postgres.Code(err)
	}
	moved := h.Helen
	moved.Organisation = h.W.Community // the same account, acting elsewhere
	nobody := h.Iris
	nobody.Account = uuid.Nil
	for table, members := range map[string]int{"community_member": 2, "community_moderator": 1, "community_band": 1} {
		for name, a := range map[string]access.Actor{"a colleague who did not join": h.Ruth, "a manager": h.Ward, "the guardian": h.Guardian, "HR": h.HR, "a member who acts elsewhere": moved, "nobody": nobody,
			"a member's colleague": h.Carl, "the nurse of another ICS": other.OHNurse.As(access.Nurse, access.Growth), "another ICS": other.SystemLead().As(access.SystemLead, access.Growth)} {
			n, code := count(a, `select count(*) from `+table)
			own := table == "community_band" && a.Organisation == h.W.Trust // what their own organisation offers
			if code != "" || n != 0 && !own {
				t.Errorf("%s reads %d rows of %s %s", name, n, table, code)
			}
		}
		for _, a := range []access.Actor{h.Helen, h.Iris, h.Host} {
			if n, code := count(a, `select count(*) from `+table); n != members || code != "" {
				t.Errorf("%s reads %d rows of %s, want %d %s", a.Name, n, table, members, code)
			}
		}
		for _, wall := range []access.Wall{access.Hall, access.Employer, access.Clinical, access.Portal, access.Audit, access.Worker} {
			if _, code := count(h.Helen.At(wall), `select count(*) from `+table); code != postgres.PermissionDenied {
				t.Errorf("%s: %s answers %q", wall, table, code)
			}
		}
	}
	// Being a member opens nothing of the host or of another's organisation.
	for _, table := range []string{"system_release", "sharing_agreement", "plan_objective", "story", "diagnostic_round", "campaign"} {
		if n, code := count(h.Iris, `select count(*) from `+table+` where organisation_id in ($1, $2)`, h.W.ICS, h.W.Trust); n != 0 || code != "" {
			t.Errorf("a member reads %d rows of %s %s", n, table, code)
		}
	}
	for name, x := range map[string]struct {
		a   access.Actor
		sql string
	}{
		"joins for somebody else": {h.Iris, `insert into community_member select organisation_id, gen_random_uuid(), home_id, name, home_name, profession, alone, mentors, contact, about, skills, interests, offers, wants, joined_at, confirmed_at from community_member limit 1`},
		"joins another ICS":       {h.Iris, `insert into community_member select '` + other.ICS.String() + `', account_id, home_id, name, home_name, profession, alone, mentors, contact, about, skills, interests, offers, wants, joined_at, confirmed_at from community_member where name = 'Iris Webb'`},
		"changes another's words": {h.Iris, `update community_member set about = 'x' where name = 'Helen Marsh'`},
		"removes another":         {h.Iris, `delete from community_member where name = 'Helen Marsh'`},
		"makes a moderator":       {h.Iris, `insert into community_moderator values ('` + h.W.ICS.String() + `', '` + h.Iris.Account.String() + `', now(), 'x')`},
		"offers for another":      {h.Carl, `insert into community_band values ('` + h.W.ICS.String() + `', '` + h.W.Trust.String() + `', 'E1', 'strong', '2026-10-01', now(), 'x')`},
		"renames the community":   {h.Helen, `update community set name = 'x'`},
		"writes for a member":     {h.Host, `update community_member set about = 'x'`},
		"opens one":               {h.Carl, `insert into community values ('` + h.W.ICS.String() + `', 'x', 'x', now(), now(), 'x')`},
	} {
		err := h.DB.InTenant(t.Context(), x.a, func(tx *postgres.Tx) error {
			tag, err := tx.Exec(t.Context(), x.sql)
			if err == nil && tag.RowsAffected() > 0 {
				t.Errorf("%s %s: %s", x.a.Name, name, tag)
			}
			return err
		})
		if code := postgres.Code(err); code != "" && code != postgres.PermissionDenied {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestNearest: a community of the nation is there for whoever has none of their ICS; where both are, the nearest is.
func TestNearest(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := member.New(member.Deps{DB: db, Elements: communitytest.Elements})
	nation := uuid.New()
	if err := db.InTenant(t.Context(), access.SystemActor(access.Hall, nation, uuid.Nil), func(tx *postgres.Tx) error {
		for _, sql := range []string{`insert into organisation (id, kind) values ('` + nation.String() + `', 'nation')`, `insert into organisation_span (organisation_id, valid_from, name) values ('` + nation.String() + `', '2020-04-01', 'The nation')`,
			`update organisation_span set parent_id = '` + nation.String() + `' where organisation_id = '` + w.ICS.String() + `'`} {
			if _, err := tx.Exec(t.Context(), sql); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	helen, ics := w.OHNurse.As(access.Nurse, access.Growth), w.SystemLead().As(access.SystemLead, access.Growth)
	top := access.Actor{Account: uuid.New(), Name: "Nation", Organisation: nation, Role: access.SystemLead, Wall: access.Growth}
	at := func(want string) {
		t.Helper()
		if c, _, err := s.Find(t.Context(), helen, now); err != nil || c.HostName != want {
			t.Fatalf("%+v, %v, want %q", c, err, want)
		}
	}
	if _, ok, err := s.Find(t.Context(), helen, now); ok || err != nil {
		t.Fatal(ok, err)
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(s.Open(t.Context(), top, now, member.OpenIn{Name: "All", About: "All"}))
	at("The nation")
	must(s.Say(t.Context(), ics, now, communitytest.In(nil))) // who leads on it for an ICS is a member as others are
	must(s.Open(t.Context(), ics, now, member.OpenIn{Name: "Ours", About: "Ours"}))
	at("Wyre Valley ICS")
	if c, _, err := s.Find(t.Context(), ics, now); err != nil || c.Name != "All" || !c.Mine {
		t.Errorf("a member stays where they are: %+v, %v", c, err)
	}
	if all, err := s.Members(t.Context(), top); err != nil || len(all) != 1 {
		t.Error("somebody is in it who did not join")
	}
}
