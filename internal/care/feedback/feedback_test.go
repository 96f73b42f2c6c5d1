package feedback_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/care/feedback"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

func open(t *testing.T) (*feedback.Service, *seal.Keys, *postgres.DB, *world.World) {
	t.Helper()
	db := world.Open(t)
	keys, err := seal.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return feedback.New(feedback.Deps{DB: db, Ledger: activity.Ledger{Keys: keys}, Links: keys}), keys, db, world.New(t, db)
}

func link(t *testing.T, keys *seal.Keys, w *world.World, expires time.Time) string {
	t.Helper()
	token, err := keys.MintLink(seal.Link{ID: uuid.New(), Purpose: feedback.Purpose, Organisation: w.Trust, Service: w.Service, Expires: expires})
	if err != nil {
		t.Fatal(err)
	}
	return token
}

var good = feedback.Answer{Communication: 5, Specific: 4, Mattered: 3, Comment: "Kind and quick"}

func TestGiveOnce(t *testing.T) {
	s, keys, db, w := open(t)
	ctx, now := context.Background(), time.Now()
	token := link(t, keys, w, now.Add(time.Hour))
	if st, f, err := s.Give(ctx, token, now, feedback.Answer{Communication: 6}); st != feedback.Open || len(f) != 3 || err != nil {
		t.Fatalf("a forged mark: %v %v %v", st, f, err)
	}
	var kept sync.Map
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			st, _, err := s.Give(ctx, token, now, good)
			if err != nil {
				t.Error(err)
			}
			if st == feedback.Open {
				kept.Store(i, true)
			}
		})
	}
	all.Wait()
	n := 0
	kept.Range(func(any, any) bool { n++; return true })
	r, err := s.Read(ctx, w.OHLead.As(access.Lead, access.Clinical), now)
	if n != 1 || err != nil || len(r.Audiences) != 1 || r.Audiences[0].Answers != 1 || len(r.Comments) != 1 || r.Audiences[0].Marks["specific"] != [5]int{0, 0, 0, 1, 0} {
		t.Errorf("%d of 8 clicks kept; the service reads %+v (%v)", n, r, err)
	}
	if st, err := s.Look(ctx, token, now); st.State != feedback.Used || err != nil {
		t.Errorf("a used link looks %v (%v)", st, err)
	}
	if r, err := s.Read(ctx, w.ForeignOHNurse.As(access.Nurse, access.Clinical), now); err != nil || r.Audiences[0].Answers != 0 || len(r.Comments) != 0 {
		t.Errorf("another service reads %+v (%v)", r, err)
	}
	// nothing of the answer leads to a person, and the login that wrote it cannot read it
	err = db.InTenant(ctx, w.Nurse.As(access.Person, access.Portal), func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `select 1 from feedback`)
		return err
	})
	if postgres.Code(err) != postgres.PermissionDenied {
		t.Errorf("portal reads feedback: %v", err)
	}
}

func TestLinksThatDoNotOpen(t *testing.T) {
	s, keys, _, w := open(t)
	now := time.Now()
	other, err := keys.MintLink(seal.Link{ID: uuid.New(), Purpose: "my", Organisation: w.Trust, Service: w.Service, Person: w.Nurse.Person, Expires: now.Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	for name, x := range map[string]struct {
		token string
		want  feedback.State
	}{
		"expired":         {link(t, keys, w, now.Add(-time.Hour)), feedback.Expired},
		"not ours":        {"abc", feedback.Unknown},
		"another purpose": {other, feedback.Unknown},
	} {
		if st, _, err := s.Give(context.Background(), x.token, now, good); st != x.want || err != nil {
			t.Errorf("%s: %v (%v), want %v", name, st, err, x.want)
		}
		if st, err := s.Look(context.Background(), x.token, now); st.State != x.want || err != nil {
			t.Errorf("%s: looks %v (%v), want %v", name, st, err, x.want)
		}
	}
}
