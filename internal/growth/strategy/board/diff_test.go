package board

import (
	"slices"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// ids are few, so that two plans share some of their parts.
var ids = []uuid.UUID{uuid.UUID{1}, uuid.UUID{2}, uuid.UUID{3}, uuid.UUID{4}}

func snapshots() *rapid.Generator[Snapshot] {
	word := rapid.SampledFrom([]string{"", "a", "b"})
	return rapid.Custom(func(t *rapid.T) Snapshot {
		some := func(name string) []uuid.UUID {
			return rapid.SliceOfNDistinct(rapid.SampledFrom(ids), 0, 4, rapid.ID[uuid.UUID]).Draw(t, name)
		}
		s := Snapshot{Vision: word.Draw(t, "vision")}
		for _, id := range some("needs") {
			n := strategy.Need{ID: id, Statement: word.Draw(t, "statement"), Reach: rapid.IntRange(1, 2).Draw(t, "reach"), Status: strategy.Agreed}
			if rapid.Bool().Draw(t, "cites") {
				n.Source = &strategy.Source{Title: "Waits", Value: word.Draw(t, "value"), State: "hidden"}
			}
			s.Needs = append(s.Needs, n)
		}
		for _, id := range some("objectives") {
			s.Objectives = append(s.Objectives, strategy.Objective{ID: id, Title: word.Draw(t, "title"), Needs: some("answers")})
		}
		for _, id := range some("actions") {
			s.Actions = append(s.Actions, strategy.Action{ID: id, Title: word.Draw(t, "title"), Owner: word.Draw(t, "owner"), Objective: rapid.SampledFrom(ids).Draw(t, "objective")})
		}
		return s
	})
}

type name struct {
	kind string
	id   uuid.UUID
}

func contents(s Snapshot) map[name][]Field {
	out := map[name][]Field{}
	for _, p := range Parts(s) {
		out[name{p.Kind, p.ID}] = p.Fields
	}
	return out
}

// TestDiff: the differences turn the parts of the earlier version into those of the later one, and say nothing else.
func TestDiff(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := snapshots().Draw(t, "before"), snapshots().Draw(t, "after")
		got, want := contents(before), contents(after)
		seen := map[name]bool{}
		for _, d := range Diff(before, after) {
			k := name{d.Kind, d.ID}
			if seen[k] {
				t.Fatalf("%v is there twice", k)
			}
			seen[k] = true
			switch _, was := got[k]; {
			case was == (d.What == Added):
				t.Fatalf("%v was %s, and was there before: %v", k, d.What, was)
			case d.What == Added:
				got[k] = want[k]
			case d.What == Removed:
				delete(got, k)
			}
			fields := slices.Clone(got[k])
			for _, e := range d.Edits {
				i := slices.IndexFunc(fields, func(f Field) bool { return f.Name == e.Name })
				if fields[i].Value != e.Before || e.Before == e.After {
					t.Fatalf("%v %s: %q to %q, from %q", k, e.Name, e.Before, e.After, fields[i].Value)
				}
				fields[i].Value = e.After
			}
			if d.What == Changed {
				got[k] = fields
			}
		}
		if len(got) != len(want) {
			t.Fatalf("%d parts, want %d", len(got), len(want))
		}
		for k, f := range want {
			if !slices.Equal(got[k], f) {
				t.Fatalf("%v is %v, want %v", k, got[k], f)
			}
		}
		if d := Diff(after, after); len(d) > 0 {
			t.Fatalf("a version differs from itself: %v", d)
		}
		if a, b := len(Diff(before, after)), len(Diff(after, before)); a != b {
			t.Fatalf("%d differences one way, %d the other", a, b)
		}
	})
}

func TestEveryFieldHasWords(t *testing.T) {
	s := Snapshot{Plan: strategy.Plan{Needs: []strategy.Need{{}}, Objectives: []strategy.Objective{{}}, Actions: []strategy.Action{{}}}}
	for _, p := range Parts(s) {
		for _, f := range p.Fields {
			if key := "board.field." + f.Name; !locale.English().Has(key) {
				t.Errorf("no words for %s", key)
			}
		}
	}
}
