package note_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/casefile"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/casetest"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/note"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/fault"
)

// Whatever two clinicians and a counsellor do to one note in any order: what is signed never changes, a draft and a
// counselling note are their author's alone, and a contact is recorded once.
func TestLifeOfANote(t *testing.T) {
	b := casetest.New(t)
	s := note.New(note.Deps{DB: b.DB, Ledger: b.Ledger, Box: b.Box})
	c := b.Managed(flow.Attended, &b.W.OHNurse)
	object := access.Object{Kind: "casefile", ID: c.ID, Subject: c.Person, State: string(c.State), Ground: "case"}
	actors := []access.Actor{b.W.OHNurse.As(access.Nurse, access.Clinical), b.W.OHPhysician.As(access.Physician, access.Clinical),
		b.W.OHCounsellor.As(access.Counsellor, access.Clinical)}
	rapid.Check(t, func(rt *rapid.T) {
		m := &life{b: b, s: s, c: c, id: uuid.New()}
		for range rapid.IntRange(1, 8).Draw(rt, "steps") {
			a := rapid.SampledFrom(actors).Draw(rt, "who")
			body := rapid.SampledFrom([]string{"one", "two", "three"}).Draw(rt, "body")
			if rapid.Bool().Draw(rt, "sign") {
				m.sign(rt, a, body)
			} else {
				m.save(rt, a, body)
			}
			for _, reader := range actors {
				m.read(rt, reader, object)
			}
		}
	})
}

// life is what the note should be.
type life struct {
	b      *casetest.Bench
	s      *note.Service
	c      casefile.Case
	id     uuid.UUID
	author *access.Actor
	body   string
	signed bool
}

func (m *life) draft(body string) note.Draft {
	return note.Draft{ID: m.id, Body: body, Findings: note.Findings{Presenting: "x", Risk: "none", Contact: note.Contact{Class: "treatment", Minutes: 30}}}
}

func (m *life) save(t *rapid.T, a access.Actor, body string) {
	err := m.s.Save(context.Background(), a, m.b.Now, m.c, m.draft(body))
	m.wrote(t, a, body, err, false)
}

func (m *life) sign(t *rapid.T, a access.Actor, body string) {
	faults, err := m.s.Sign(context.Background(), a, m.b.Now, m.c, m.draft(body))
	if len(faults) > 0 {
		t.Fatalf("faults %v", faults)
	}
	m.wrote(t, a, body, err, true)
}

func (m *life) wrote(t *rapid.T, a access.Actor, body string, err error, sign bool) {
	mine := m.author == nil || m.author.Account == a.Account
	switch {
	case !mine:
		if fault.KindOf(err) != fault.NotFound {
			t.Fatalf("a colleague's write: %v", err)
		}
	case m.signed && sign:
		if err != nil {
			t.Fatalf("signing twice: %v", err)
		}
	case m.signed:
		if !errors.Is(err, note.ErrLocked) {
			t.Fatalf("a write after the signature: %v", err)
		}
	case err != nil:
		t.Fatalf("the author's write: %v", err)
	default:
		m.author, m.body, m.signed = &a, body, sign
	}
}

func (m *life) read(t *rapid.T, a access.Actor, o access.Object) {
	n, err := m.s.Find(context.Background(), a, m.b.Now, o, m.id)
	mine := m.author != nil && m.author.Account == a.Account
	open := m.signed && m.author.Role != access.Counsellor && a.Role != access.Counsellor
	if !mine && !open {
		if fault.KindOf(err) != fault.NotFound {
			t.Fatalf("%s reads what is not theirs: %v", a.Role, err)
		}
		return
	}
	if err != nil || n.Body != m.body || n.Signed() != m.signed {
		t.Fatalf("%s reads %q signed %v, want %q %v (%v)", a.Role, n.Body, n.Signed(), m.body, m.signed, err)
	}
	contacts := m.b.Count(a, `select count(*) from contact where id = $1`, m.id)
	if (contacts == 1) != m.signed {
		t.Fatalf("%d contacts, signed %v", contacts, m.signed)
	}
}

// A signed note that would do serious harm, or names a third party, is kept from the person's own login until it is
// shown again; a reason comes with the day on which it is looked at anew.
func TestWithheld(t *testing.T) {
	b := casetest.New(t)
	s := note.New(note.Deps{DB: b.DB, Ledger: b.Ledger, Box: b.Box})
	c := b.Managed(flow.Attended, &b.W.OHNurse)
	m := &life{b: b, s: s, c: c, id: uuid.New()}
	nurse, person := b.W.OHNurse.As(access.Nurse, access.Clinical), b.W.Nurse.As(access.Person, access.Portal)
	if faults, err := s.Sign(context.Background(), nurse, b.Now, c, m.draft("one")); err != nil || len(faults) > 0 {
		t.Fatal(faults, err)
	}
	object := access.Object{Kind: "casefile", ID: c.ID, Subject: c.Person, State: string(c.State), Ground: "case"}
	visible := func() int { return b.Count(person, `select count(*) from note where id = $1`, m.id) }
	if visible() != 1 {
		t.Fatal("a signed note is not in the person's own record")
	}
	for _, reason := range note.WithholdReasons {
		for _, step := range []struct {
			to   note.Withholding
			want int
		}{{note.Withholding{Reason: reason, Why: "x", ReviewOn: b.Now.AddDate(0, 1, 0)}, 0}, {note.Withholding{}, 1}} {
			if faults, err := s.Withhold(context.Background(), nurse, b.Now, object, m.id, step.to); err != nil || len(faults) > 0 {
				t.Fatal(faults, err)
			}
			if n := visible(); n != step.want {
				t.Errorf("withheld for %q: the person sees %d", step.to.Reason, n)
			}
		}
	}
	for name, w := range map[string]note.Withholding{
		"without a reason in words": {Reason: "third_party", ReviewOn: b.Now.AddDate(0, 1, 0)},
		"without a day of review":   {Reason: "third_party", Why: "x"},
		"until a day that is past":  {Reason: "third_party", Why: "x", ReviewOn: b.Now.AddDate(0, 0, -1)},
		"for longer than a year":    {Reason: "third_party", Why: "x", ReviewOn: b.Now.AddDate(1, 0, 2)},
		"for a reason of one's own": {Reason: "embarrassing", Why: "x", ReviewOn: b.Now.AddDate(0, 1, 0)},
	} {
		faults, err := s.Withhold(context.Background(), nurse, b.Now, object, m.id, w)
		if err != nil || len(faults) != 1 || visible() != 1 {
			t.Errorf("withheld %s: %v, %v", name, faults, err)
		}
	}
}
