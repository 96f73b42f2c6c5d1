package post_test

import (
	"slices"
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/communitytest"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

var now = communitytest.Now

// desk is a community with two members and a moderator.
type desk struct {
	*communitytest.House
	s *post.Service
}

func open(t *testing.T) *desk {
	h := communitytest.New(t)
	h.Join(h.Helen, h.Iris, h.Carl)
	h.OK(h.Members.Moderator(t.Context(), h.Host, now, h.Carl.Account, true))
	return &desk{h, post.New(h.DB)}
}

func (d *desk) send(a access.Actor, in post.In) uuid.UUID {
	d.Helper()
	if in.ID == uuid.Nil {
		in.ID = uuid.New()
	}
	_, err := d.s.Send(d.Context(), a, now, in)
	d.OK(err)
	return in.ID
}

// sees says whether somebody can find a text.
func (d *desk) sees(a access.Actor, id uuid.UUID) bool {
	d.Helper()
	_, err := d.s.Find(d.Context(), a, id)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		d.Error(err)
	}
	return err == nil
}

func kind(err error) fault.Kind { return fault.KindOf(err) }

// TestThread asks, answers and counts, across two trusts.
func TestThread(t *testing.T) {
	d := open(t)
	q := post.In{ID: uuid.New(), Kind: post.Question, Title: "Night workers", Words: "How do you plan surveillance?", Topic: "E1"}
	if state, err := d.s.Send(t.Context(), d.Helen, now, q); err != nil || state != post.Published {
		t.Fatal(state, err)
	}
	d.send(d.Helen, q) // sent twice
	a := d.send(d.Iris, post.In{Kind: post.Answer, About: q.ID, Words: "By rota, every March."})
	thread, err := d.s.Thread(t.Context(), d.Host, q.ID)
	if d.OK(err); thread.Answered != 1 || thread.Answers[0].AuthorName != "Iris Webb" || thread.Answers[0].Home != "Harrow Fell Hospitals" || thread.Topic != "E1" {
		t.Errorf("%+v", thread)
	}
	all, err := d.s.Threads(t.Context(), d.Iris)
	if d.OK(err); len(all) != 1 || all[0].Answered != 1 {
		t.Errorf("%+v", all)
	}
	if _, err := d.s.Thread(t.Context(), d.Helen, a); kind(err) != fault.NotFound {
		t.Errorf("an answer is no question: %v", err)
	}
	if err := d.s.Withdraw(t.Context(), d.Iris, now, q.ID); kind(err) != fault.Conflict {
		t.Errorf("somebody else withdraws it: %v", err)
	}
	d.OK(d.s.Withdraw(t.Context(), d.Helen, now, q.ID))
	thread, err = d.s.Thread(t.Context(), d.Iris, q.ID)
	if d.OK(err); thread.Title != "" || thread.Words != "" || thread.Answered != 1 || thread.State != post.Withdrawn {
		t.Errorf("withdrawn: %+v", thread)
	}
	if _, err := d.s.Send(t.Context(), d.Iris, now, post.In{ID: uuid.New(), Kind: post.Answer, About: q.ID, Words: "Late"}); kind(err) != fault.Conflict {
		t.Errorf("an answer to what is gone: %v", err)
	}
	for _, x := range []struct {
		a    access.Actor
		want fault.Kind
	}{{d.Host, fault.Conflict}, {d.Ruth, fault.NotFound}, {d.Guardian, fault.NotFound}} {
		if _, err := d.s.Send(t.Context(), x.a, now, post.In{ID: uuid.New(), Kind: post.Question, Title: "x", Words: "y"}); kind(err) != x.want {
			t.Errorf("%s asks: %v", x.a.Name, err)
		}
	}
}

// TestHeld: what looks like a person is warned of; sent all the same it is read by its writer and the moderators alone, until another
// person lets it be published. Neither its writer nor the table lets it out before.
func TestHeld(t *testing.T) {
	d := open(t)
	in := post.In{ID: uuid.New(), Kind: post.Question, Title: "A letter", Words: "What do I tell Mrs Winter, born 3/7/1971?"}
	if _, err := d.s.Send(t.Context(), d.Helen, now, in); kind(err) != fault.Invalid || fault.KeyOf(err) != "post.person" {
		t.Fatalf("no warning: %v", err)
	}
	in.Anyway = true
	if state, err := d.s.Send(t.Context(), d.Helen, now, in); err != nil || state != post.Held {
		t.Fatal(state, err)
	}
	x, err := d.s.Find(t.Context(), d.Helen, in.ID)
	if d.OK(err); !slices.Equal(x.Marks, []string{"date_of_birth", "name"}) {
		t.Errorf("marks %q", x.Marks)
	}
	if !d.sees(d.Carl, in.ID) || !d.sees(d.Host, in.ID) || d.sees(d.Iris, in.ID) {
		t.Error("the wrong people see what is held")
	}
	for name, err := range map[string]error{"its writer publishes": d.s.Publish(t.Context(), d.Helen, now, in.ID, 1), "a member publishes": d.s.Publish(t.Context(), d.Iris, now, in.ID, 1), "a stranger": d.s.Publish(t.Context(), d.Ruth, now, in.ID, 1)} {
		if kind(err) != fault.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
	desk, err := d.s.Desk(t.Context(), d.Carl)
	if d.OK(err); len(desk.Held) != 1 {
		t.Errorf("%+v", desk)
	}
	if err := d.s.Publish(t.Context(), d.Carl, now, in.ID, 9); kind(err) != fault.Conflict {
		t.Errorf("an old page: %v", err)
	}
	d.OK(d.s.Return(t.Context(), d.Carl, now, in.ID, 1, "Take out the name"))
	if x, err = d.s.Find(t.Context(), d.Helen, in.ID); err != nil || x.State != post.Returned || x.Reason != "Take out the name" || d.sees(d.Iris, in.ID) {
		t.Errorf("returned: %+v, %v", x, err)
	}
	in.Version = x.Version
	if state, err := d.s.Rewrite(t.Context(), d.Helen, now, in); err != nil || state != post.Held {
		t.Fatal(state, err)
	}
	d.OK(d.s.Publish(t.Context(), d.Carl, now, in.ID, 3))
	if !d.sees(d.Iris, in.ID) {
		t.Error("cleared, and still nobody sees it")
	}
	d.OK(d.s.Withdraw(t.Context(), d.Helen, now, in.ID)) // what a moderator cleared can be withdrawn

	clean := post.In{ID: uuid.New(), Kind: post.Question, Title: "A letter", Words: "To Dr Ash", Anyway: true}
	d.send(d.Helen, clean)
	clean.Words, clean.Version = "To whom?", 1
	if state, err := d.s.Rewrite(t.Context(), d.Helen, now, clean); err != nil || state != post.Published || !d.sees(d.Iris, clean.ID) {
		t.Errorf("the name is out: %s, %v", state, err)
	}
	own := d.send(d.Carl, post.In{Kind: post.Question, Title: "Mine", Words: "Of Dr Ash", Anyway: true})
	if err := d.s.Publish(t.Context(), d.Carl, now, own, 1); kind(err) != fault.Conflict {
		t.Errorf("a moderator publishes their own: %v", err)
	}
	d.OK(d.s.Publish(t.Context(), d.Host, now, own, 1))

	held := d.send(d.Helen, post.In{Kind: post.Question, Title: "Held", Words: "Of Dr Ash", Anyway: true})
	for name, x := range map[string]struct {
		a   access.Actor
		sql string
	}{
		"its writer publishes":  {d.Helen, `update community_post set state = 'published' where id = $1`},
		"its writer clears":     {d.Helen, `update community_post set state = 'published', cleared_account = author_account where id = $1`},
		"in another's name":     {d.Helen, `update community_post set state = 'published', cleared_account = gen_random_uuid() where id = $1`},
		"a member":              {d.Iris, `update community_post set state = 'published', cleared_account = gen_random_uuid() where id = $1`},
		"moderator, uncleared":  {d.Carl, `update community_post set state = 'published' where id = $1`},
		"recalled, words stay":  {d.Carl, `update community_post set state = 'recalled', reason = 'x', ended_at = now() where id = $1`},
		"a moderator withdraws": {d.Carl, `update community_post set state = 'withdrawn', title = '', words = '', ended_at = now() where id = $1`},
	} {
		err := d.DB.InTenant(t.Context(), x.a, func(tx *postgres.Tx) error {
			tag, err := tx.Exec(t.Context(), x.sql, held)
			if err == nil && tag.RowsAffected() > 0 {
				t.Errorf("%s: it is done", name)
			}
			return err
		})
		if code := postgres.Code(err); code != "" && code != postgres.PermissionDenied && code != "23514" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if d.sees(d.Iris, held) {
		t.Error("held, and a member sees it")
	}
}

// TestRecall: the words are gone from everybody, the notice with its reason stays, and only a moderator does it.
func TestRecall(t *testing.T) {
	d := open(t)
	q := d.send(d.Helen, post.In{Kind: post.Question, Title: "Canary title", Words: "Canary words"})
	if err := d.s.Recall(t.Context(), d.Iris, now, q, "Somebody could be known"); kind(err) != fault.Conflict {
		t.Errorf("a member recalls: %v", err)
	}
	if err := d.s.Recall(t.Context(), d.Ruth, now, q, "Somebody could be known"); kind(err) != fault.NotFound {
		t.Errorf("a stranger recalls: %v", err)
	}
	if err := d.s.Recall(t.Context(), d.Carl, now, q, "It named Mrs Winter"); kind(err) != fault.Invalid {
		t.Errorf("a reason that names somebody: %v", err)
	}
	d.OK(d.s.Recall(t.Context(), d.Carl, now, q, "Somebody could be known"))
	for _, a := range []access.Actor{d.Helen, d.Iris, d.Carl, d.Host} {
		x, err := d.s.Find(t.Context(), a, q)
		if d.OK(err); x.Title+x.Words != "" || x.Reason != "Somebody could be known" || !x.Ended.Equal(now) || x.State != post.Recalled {
			t.Errorf("%s reads %+v", a.Name, x)
		}
	}
	for name, err := range map[string]error{"again": d.s.Recall(t.Context(), d.Carl, now, q, "x"), "withdrawn": d.s.Withdraw(t.Context(), d.Helen, now, q)} {
		if kind(err) != fault.Conflict {
			t.Errorf("%s: %v", name, err)
		}
	}
	desk, err := d.s.Desk(t.Context(), d.Carl)
	if d.OK(err); len(desk.Recalled) != 1 || desk.Recalled[0].EndedBy != "Carl Dunn" {
		t.Errorf("%+v", desk)
	}
}

// TestWalls: who is no member reads no text of a community, under any login.
func TestWalls(t *testing.T) {
	d := open(t)
	d.send(d.Helen, post.In{Kind: post.Question, Title: "Open", Words: "Words"})
	other := world.New(t, d.DB)
	moved := d.Helen
	moved.Organisation = d.W.Community
	for name, a := range map[string]access.Actor{"a colleague who did not join": d.Ruth, "the lead who did not": d.Anne, "a manager": d.Ward, "HR": d.HR, "the guardian": d.Guardian, "a member who acts elsewhere": moved,
		"another ICS": other.SystemLead().As(access.SystemLead, access.Growth), "a nurse of it": other.OHNurse.As(access.Nurse, access.Growth)} {
		var n int
		if err := d.DB.InTenant(t.Context(), a, func(tx *postgres.Tx) error {
			return tx.QueryRow(t.Context(), `select count(*) from community_post`).Scan(&n)
		}); err != nil || n != 0 {
			t.Errorf("%s reads %d, %v", name, n, err)
		}
		if _, err := d.s.Threads(t.Context(), a); kind(err) != fault.NotFound {
			t.Errorf("%s lists: %v", name, err)
		}
	}
	for _, wall := range []access.Wall{access.Hall, access.Employer, access.Clinical, access.Portal, access.Audit, access.Worker} {
		err := d.DB.InTenant(t.Context(), d.Helen.At(wall), func(tx *postgres.Tx) error {
			_, err := tx.Exec(t.Context(), `select 1 from community_post`)
			return err
		})
		if postgres.Code(err) != postgres.PermissionDenied {
			t.Errorf("%s: %v", wall, err)
		}
	}
}
