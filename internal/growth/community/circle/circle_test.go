package circle_test

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/circle"
	"github.com/rowan-ohwb/rowan/internal/growth/community/communitytest"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

var now = communitytest.Now

// TestPapers: the papers of a group are read by who is in it, in the application and in the database: not by other members, not by who asks
// to be in it, not by a moderator and not by the host. One that is held a moderator reads, and who let it out.
func TestPapers(t *testing.T) {
	h := communitytest.New(t)
	h.Join(h.Helen, h.Iris, h.Carl, h.Ruth)
	h.OK(h.Members.Moderator(t.Context(), h.Host, now, h.Carl.Account, true))
	s, posts := circle.New(h.DB), post.New(h.DB)
	g := circle.In{ID: uuid.New(), Name: "Night work", About: "For who plans it"}
	h.OK(s.Make(t.Context(), h.Helen, now, g))
	h.OK(s.Make(t.Context(), h.Helen, now, g)) // sent twice
	h.OK(s.Ask(t.Context(), h.Iris, now, g.ID))
	h.OK(s.Ask(t.Context(), h.Ruth, now, g.ID))
	h.OK(s.Admit(t.Context(), h.Helen, now, g.ID, h.Iris.Account, false))
	send := func(words string) uuid.UUID {
		t.Helper()
		in := post.In{ID: uuid.New(), Kind: post.Paper, Group: g.ID, Title: "Minutes", Words: words, Anyway: true}
		_, err := posts.Send(t.Context(), h.Iris, now, in)
		h.OK(err)
		return in.ID
	}
	open, held := send("What we agreed"), send("What Mrs Winter said")
	sees := func(a access.Actor, id uuid.UUID, want bool) {
		t.Helper()
		if _, err := posts.Find(t.Context(), a, id); (err == nil) != want || err != nil && fault.KindOf(err) != fault.NotFound {
			t.Errorf("%s sees it: %v, want %v", a.Name, err, want)
		}
		var n int
		if err := h.DB.InTenant(t.Context(), a, func(tx *postgres.Tx) error {
			return tx.QueryRow(t.Context(), `select count(*) from community_post where id = $1`, id).Scan(&n)
		}); err != nil || (n == 1) != want {
			t.Errorf("the database shows %s %d rows, %v, want %v", a.Name, n, err, want)
		}
	}
	for _, x := range []struct {
		a          access.Actor
		open, held bool
	}{{h.Helen, true, false}, {h.Iris, true, true}, {h.Ruth, false, false}, {h.Carl, false, true}, {h.Host, false, true}, {h.Anne, false, false}, {h.Ward, false, false}} {
		sees(x.a, open, x.open)
		sees(x.a, held, x.held)
	}
	if _, err := posts.Send(t.Context(), h.Ruth, now, post.In{ID: uuid.New(), Kind: post.Paper, Group: g.ID, Title: "x", Words: "y"}); postgres.Code(err) != postgres.PermissionDenied {
		t.Errorf("who is not in it writes a paper: %v", err)
	}
	for name, x := range map[string]struct {
		a   access.Actor
		sql string
	}{
		"lets themselves in":  {h.Ruth, `update community_group_member set admitted = true where account_id = '` + h.Ruth.Account.String() + `'`},
		"comes in by itself":  {h.Carl, `insert into community_group_member select organisation_id, id, '` + h.Carl.Account.String() + `', 'Carl', true, true, now() from community_group`},
		"keeps it by itself":  {h.Iris, `update community_group_member set keeper = true where account_id = '` + h.Iris.Account.String() + `'`},
		"recalls from beside": {h.Ruth, `update community_post set state = 'recalled', title = '', words = '', reason = 'x', ended_at = now() where group_id is not null`},
		"takes somebody out":  {h.Iris, `delete from community_group_member where account_id = '` + h.Helen.Account.String() + `'`},
		"as the host":         {h.Host, `insert into community_group_member select organisation_id, id, '` + h.Host.Account.String() + `', 'Host', true, false, now() from community_group`},
	} {
		err := h.DB.InTenant(t.Context(), x.a, func(tx *postgres.Tx) error {
			tag, err := tx.Exec(t.Context(), x.sql)
			if err == nil && tag.RowsAffected() > 0 {
				t.Errorf("%s: it is done", name)
			}
			return err
		})
		if code := postgres.Code(err); code != "" && code != postgres.PermissionDenied {
			t.Errorf("%s: %v", name, err)
		}
	}
	h.OK(posts.Return(t.Context(), h.Host, now, held, 1, "Take out the name"))
	_, err := posts.Rewrite(t.Context(), h.Iris, now, post.In{ID: held, Kind: post.Paper, Group: g.ID, Title: "Minutes", Words: "What Mr Winter said", Anyway: true, Version: 2})
	h.OK(err)
	h.OK(posts.Publish(t.Context(), h.Carl, now, held, 3))
	sees(h.Helen, held, true)
	sees(h.Carl, held, true) // who read it and let it out
	sees(h.Host, held, false)
	if err := posts.Recall(t.Context(), h.Iris, now, open, "Wrong"); fault.KindOf(err) != fault.Conflict {
		t.Errorf("who does not keep it recalls: %v", err)
	}
	h.OK(posts.Recall(t.Context(), h.Helen, now, open, "It was the wrong paper"))
	if x, err := posts.Find(t.Context(), h.Iris, open); err != nil || x.Words != "" || x.State != post.Recalled {
		t.Errorf("recalled: %+v, %v", x, err)
	}
	h.OK(s.Remove(t.Context(), h.Helen, now, g.ID, h.Iris.Account))
	sees(h.Iris, open, false)
}

// TestKeepers: only a keeper admits and takes out, the last one asks somebody to keep it before they leave, and who leaves the community
// leaves its groups.
func TestKeepers(t *testing.T) {
	h := communitytest.New(t)
	h.Join(h.Helen, h.Iris, h.Ruth)
	s := circle.New(h.DB)
	g := circle.In{ID: uuid.New(), Name: "Night work", About: "For who plans it"}
	h.OK(s.Make(t.Context(), h.Helen, now, g))
	h.OK(s.Ask(t.Context(), h.Iris, now, g.ID))
	for name, x := range map[string]struct {
		err  error
		want fault.Kind
	}{
		"asks twice":             {s.Ask(t.Context(), h.Iris, now, g.ID), fault.Conflict},
		"admits themselves":      {s.Admit(t.Context(), h.Iris, now, g.ID, h.Iris.Account, false), fault.NotFound},
		"admits nobody":          {s.Admit(t.Context(), h.Helen, now, g.ID, uuid.New(), false), fault.NotFound},
		"of no group":            {s.Ask(t.Context(), h.Iris, now, uuid.New()), fault.NotFound},
		"the host asks":          {s.Ask(t.Context(), h.Host, now, g.ID), fault.Conflict},
		"a stranger":             {s.Ask(t.Context(), h.Anne, now, g.ID), fault.NotFound},
		"takes the keeper out":   {s.Remove(t.Context(), h.Helen, now, g.ID, h.Helen.Account), fault.Conflict},
		"names somebody":         {s.Make(t.Context(), h.Helen, now, circle.In{ID: uuid.New(), Name: "Mr Ash", About: "x"}), fault.Invalid},
		"without what it is for": {s.Make(t.Context(), h.Helen, now, circle.In{ID: uuid.New(), Name: "x"}), fault.Invalid},
	} {
		if fault.KindOf(x.err) != x.want {
			t.Errorf("%s: %v", name, x.err)
		}
	}
	h.OK(s.Admit(t.Context(), h.Helen, now, g.ID, h.Iris.Account, false))
	if err := s.Leave(t.Context(), h.Helen, now, g.ID); fault.KeyOf(err) != "circle.keeper.last" {
		t.Errorf("the last keeper leaves: %v", err)
	}
	h.OK(s.Admit(t.Context(), h.Helen, now, g.ID, h.Iris.Account, true))
	h.OK(s.Leave(t.Context(), h.Helen, now, g.ID))
	x, err := s.Find(t.Context(), h.Ruth, g.ID)
	if h.OK(err); len(x.Inside()) != 1 || !x.Keeps(h.Iris.Account) {
		t.Errorf("%+v", x)
	}
	if _, err := s.Inside(t.Context(), h.Ruth, g.ID); fault.KindOf(err) != fault.NotFound {
		t.Errorf("inside: %v", err)
	}
	h.OK(s.Ask(t.Context(), h.Ruth, now, g.ID))
	h.OK(s.Admit(t.Context(), h.Iris, now, g.ID, h.Ruth.Account, false))
	h.OK(h.Members.Leave(t.Context(), h.Ruth, now))
	h.Join(h.Ruth)
	if x, err = s.Find(t.Context(), h.Ruth, g.ID); err != nil || x.Admits(h.Ruth.Account) {
		t.Errorf("left and joined again: %+v, %v", x, err)
	}
}
