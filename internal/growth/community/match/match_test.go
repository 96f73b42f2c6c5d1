package match

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"
)

func person(name string, change func(*Person)) Person {
	p := Person{Account: uuid.NewSHA1(uuid.Nil, []byte(name)), Home: uuid.NewSHA1(uuid.Nil, []byte("home of "+name)), Name: name, Profession: "nurse"}
	if change != nil {
		change(&p)
	}
	return p
}

func says(all []Match) (out []string) {
	for _, m := range all {
		text := m.Name + ":"
		for _, r := range m.Reasons {
			text += fmt.Sprintf(" %s(%s)", r.Kind, strings.Join(r.Codes, ","))
		}
		out = append(out, text)
	}
	return out
}

// TestFind: a match is what one asks for and the other is strong at; both ways goes first, and each reason says where it is from.
func TestFind(t *testing.T) {
	me := person("Me", func(p *Person) {
		p.Wants, p.Offers, p.Seeks, p.Strong, p.Interests = []string{"E4", "E6"}, []string{"E1"}, []string{"E2", "E6"}, []string{"E7"}, []string{"data", "night"}
	})
	all := []Person{
		me,
		person("Asks only", func(p *Person) { p.Wants = []string{"E1", "E7"} }),
		person("Helps one", func(p *Person) { p.Offers = []string{"E4"} }),
		person("Helps two", func(p *Person) { p.Offers, p.Strong = []string{"E6"}, []string{"E4", "E6"} }),
		person("Both", func(p *Person) {
			p.Strong, p.Wants, p.Interests = []string{"E2"}, []string{"E1"}, []string{"night", "x"}
		}),
		person("Assessed", func(p *Person) { p.Offers, p.Seeks = []string{"E2"}, []string{"E7"} }),
		person("Interest", func(p *Person) { p.Interests = []string{"night"} }),
		person("Alone", func(p *Person) { p.Alone = true }),
		person("Colleague", func(p *Person) { p.Home, p.Offers = me.Home, []string{"E4"} }),
	}
	want := []string{
		"Assessed: helps.assessed.said(E2) asks.assessed.assessed(E7)",
		"Both: helps.assessed.assessed(E2) asks.said.said(E1) interest(night)",
		"Helps two: helps.said.said(E6) helps.said.assessed(E4)",
		"Helps one: helps.said.said(E4)",
		"Asks only: asks.said.said(E1) asks.said.assessed(E7)",
	}
	if got := says(Find(me, all)); !slices.Equal(got, want) {
		t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestAlone: who is the only one of their profession finds others who are, and who would mentor; who is not alone is told of neither.
func TestAlone(t *testing.T) {
	me := person("Me", func(p *Person) { p.Alone = true })
	all := []Person{
		person("Mentor", func(p *Person) { p.Mentors = true }),
		person("Both", func(p *Person) { p.Alone, p.Mentors = true, true }),
		person("Alone", func(p *Person) { p.Alone = true }),
		person("Doctor", func(p *Person) { p.Alone, p.Mentors, p.Profession = true, true, "physician" }),
		person("Team", nil),
	}
	if got, want := says(Find(me, all)), []string{"Both: alone() mentor()", "Alone: alone()", "Mentor: mentor()"}; !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
	me.Alone = false
	if got := Find(me, all); len(got) != 0 {
		t.Errorf("in a team: %q", says(got))
	}
}

// TestMirror: what I am told of somebody, they are told of me the other way round; nobody is matched with themselves or a colleague, and
// nobody twice.
func TestMirror(t *testing.T) {
	elements := rapid.SliceOfDistinct(rapid.SampledFrom([]string{"E1", "E2", "E3", "E4"}), rapid.ID)
	draw := func(t *rapid.T, name string) Person {
		return person(name, func(p *Person) {
			p.Home = uuid.NewSHA1(uuid.Nil, []byte(rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "home")))
			p.Offers, p.Wants, p.Strong, p.Seeks = elements.Draw(t, "offers"), elements.Draw(t, "wants"), elements.Draw(t, "strong"), elements.Draw(t, "seeks")
		})
	}
	rapid.Check(t, func(t *rapid.T) {
		var all []Person
		for i := range rapid.IntRange(2, 30).Draw(t, "n") {
			all = append(all, draw(t, fmt.Sprint("P", i)))
		}
		a, b := all[0], all[1]
		of := func(me, them Person) (m Match, ok bool) {
			for _, x := range Find(me, []Person{me, them}) {
				return x, true
			}
			return m, false
		}
		x, there := of(a, b)
		y, back := of(b, a)
		if there != back || there && a.Home == b.Home || x.elements("helps.") != y.elements("asks.") || x.elements("asks.") != y.elements("helps.") || x.Both() != y.Both() {
			t.Fatalf("%q and back %q", says([]Match{x}), says([]Match{y}))
		}
		seen := map[uuid.UUID]bool{}
		found := Find(a, all)
		for _, m := range found {
			if seen[m.Account] || m.Account == a.Account || len(m.Reasons) == 0 {
				t.Fatalf("%q", says(found))
			}
			seen[m.Account] = true
			for i, r := range m.Reasons {
				if !slices.Contains(Kinds, r.Kind) || slices.ContainsFunc(m.Reasons[:i], func(o Reason) bool { return o.Kind == r.Kind }) {
					t.Fatalf("a reason is told twice: %q", says(found))
				}
			}
		}
		if len(found) > Most {
			t.Fatalf("%d found", len(found))
		}
	})
}
