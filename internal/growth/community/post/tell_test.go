package post_test

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/communitytest"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// TestTell: each member tells the moderators of a text once; they alone read who told what, until one settles it or the text is gone.
func TestTell(t *testing.T) {
	h := communitytest.New(t)
	s, at := post.New(h.DB), communitytest.Now
	h.Join(h.Helen, h.Iris, h.Anne)
	h.OK(h.Members.Moderator(t.Context(), h.Host, at, h.Anne.Account, true))
	var ids []uuid.UUID
	for range 2 {
		ids = append(ids, uuid.New())
		_, err := s.Send(t.Context(), h.Helen, at, post.In{ID: ids[len(ids)-1], Kind: post.Question, Title: "A ward of six", Words: "Who knows?"})
		h.OK(err)
		h.OK(s.Tell(t.Context(), h.Iris, at, ids[len(ids)-1], "Colleagues would know who it is"))
	}
	for name, x := range map[string]struct {
		err  error
		want fault.Kind
	}{
		"twice":      {s.Tell(t.Context(), h.Iris, at, ids[0], "Again"), fault.Conflict},
		"its writer": {s.Tell(t.Context(), h.Helen, at, ids[0], "Mine"), fault.Conflict},
		"no reason":  {s.Tell(t.Context(), h.Anne, at, ids[0], " "), fault.Invalid},
		"a stranger": {s.Tell(t.Context(), h.Ruth, at, ids[0], "x"), fault.NotFound},
		"no text":    {s.Tell(t.Context(), h.Iris, at, uuid.New(), "x"), fault.NotFound},
		"settles":    {s.Settle(t.Context(), h.Iris, at, ids[0]), fault.NotFound},
	} {
		if fault.KindOf(x.err) != x.want {
			t.Errorf("%s: %v", name, x.err)
		}
	}
	rows := func(a access.Actor) (n int) {
		h.OK(h.DB.InTenant(t.Context(), a, func(tx *postgres.Tx) error {
			return tx.QueryRow(t.Context(), `select count(*) from community_flag`).Scan(&n)
		}))
		return n
	}
	for who, want := range map[*access.Actor]int{&h.Helen: 0, &h.Iris: 0, &h.Anne: 2, &h.Ruth: 0, &h.Host: 2} {
		if got := rows(*who); got != want {
			t.Errorf("%s reads %d of 2", who.Name, got)
		}
	}
	d, err := s.Desk(t.Context(), h.Anne)
	if h.OK(err); len(d.Told) != 2 || d.Told[0].By != "Iris Webb" || d.Told[0].Why != "Colleagues would know who it is" {
		t.Fatalf("told %+v", d.Told)
	}
	h.OK(s.Settle(t.Context(), h.Anne, at, ids[0]))
	if err := s.Settle(t.Context(), h.Anne, at, ids[0]); fault.KindOf(err) != fault.Conflict {
		t.Errorf("settled twice: %v", err)
	}
	h.OK(s.Recall(t.Context(), h.Anne, at, ids[1], "A ward of six is small"))
	if d, err = s.Desk(t.Context(), h.Anne); err != nil || len(d.Told) != 0 {
		t.Errorf("after all was settled or recalled: %+v, %v", d.Told, err)
	}
}
