package framework

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

func TestOurs(t *testing.T) {
	v := Ours()
	if v.Number != 1 || len(v.Themes) < 5 || !strings.Contains(v.Source, "Not a national framework") || v.Effective.IsZero() {
		t.Errorf("%+v", v)
	}
	for _, use := range []string{Internal, Procured} {
		if n := len(For(v.Themes, use)); n != len(v.Themes) {
			t.Errorf("%d themes are %s", n, use)
		}
	}
	if gaps := Gaps(v.Themes); len(gaps) > 0 {
		t.Errorf("it lacks %+v", gaps)
	}
}

func TestLoad(t *testing.T) {
	const head = "version: 1\neffective_from: 2026-11-01\nsource: x\nname: y\nmark: D\nthemes:\n"
	level := "[a, b, c, d, e]"
	whole := "  - {code: A, title: T, use: both, levels: " + level + ", bought: " + level + ", evidence: " + level + "}\n"
	for text, ok := range map[string]bool{
		head + whole: true, head + whole + whole: false, head: false, strings.Replace(head, "name: y\n", "", 1) + whole: false,
		head + strings.Replace(whole, "bought: [a, b", "bought: [a, ''", 1): false, head + strings.Replace(whole, "use: both, ", "", 1): false,
	} {
		_, err := Load(fstest.MapFS{"packs/maturity.yaml": {Data: []byte(text)}})
		if (err == nil) != ok {
			t.Errorf("%.90q: %v", text, err)
		}
	}
}

func five(word string) []string {
	return []string{word + "1", word + "2", word + "3", word + "4", word + "5"}
}

func TestUse(t *testing.T) {
	for _, x := range []struct {
		use                string
		internal, procured bool
	}{{"", true, false}, {Internal, true, false}, {Procured, false, true}, {Both, true, true}} {
		theme := Theme{Code: "A", Use: x.use}
		if theme.For(Internal) != x.internal || theme.For(Procured) != x.procured {
			t.Errorf("%q: %v, %v", x.use, theme.For(Internal), theme.For(Procured))
		}
	}
	both := Theme{Code: "A", Title: "T", Use: Both, Levels: five("i"), Bought: five("p"), Evidence: five("e")}
	if bought := both.Named("T", Procured); bought.Levels != nil || len(bought.Bought) != Levels || both.Levels[0] != "i1" {
		t.Errorf("%+v of %+v", bought, both)
	}
	changed := both.With(2, "x", "y", "z")
	if changed.Levels[1]+changed.Bought[1]+changed.Evidence[1] != "xyz" || both.Levels[1] != "i2" {
		t.Errorf("%+v of %+v", changed, both)
	}
	if own := both.Named("T", Internal).With(1, "x", "y", "z"); own.Bought != nil {
		t.Errorf("%+v", own)
	}
}

func TestGaps(t *testing.T) {
	theme := Theme{Code: "A", Title: "T", Use: Both, Levels: five("i"), Bought: five("p"), Evidence: five("e")}
	if g := Gaps([]Theme{theme}); len(g) > 0 {
		t.Errorf("%+v", g)
	}
	theme.Evidence = []string{"", "e", "e", "e", "e"}
	if g := Gaps([]Theme{theme}); len(g) > 0 {
		t.Errorf("the lowest level needs no evidence: %+v", g)
	}
	theme.Bought = []string{"a", "b", "c", "d", ""}
	theme.Evidence = []string{"e", "", "e", "e", "e"}
	if g := Gaps([]Theme{theme}); len(g) != 2 || g[0] != (Gap{"A", "T", 2, "evidence"}) || g[1] != (Gap{"A", "T", 5, Procured}) {
		t.Errorf("%+v", g)
	}
}

func TestChecks(t *testing.T) {
	if f := CheckTheme("", "other"); f.Of("title") == nil || f.Of("use") == nil {
		t.Errorf("%v", f)
	}
	both, bought := Theme{Use: Both}, Theme{Use: Procured}
	if f := CheckLevel(both, 2, "", "", ""); len(f) != 3 {
		t.Errorf("%v", f)
	}
	if f := CheckLevel(bought, 1, "", "x", ""); len(f) != 0 {
		t.Errorf("%v", f)
	}
	if f := CheckLevel(bought, 1, "", strings.Repeat("x", LongestLevel+1), strings.Repeat("x", LongestLevel+1)); len(f) != 2 {
		t.Errorf("%v", f)
	}
}

func TestInForce(t *testing.T) {
	day := func(n int) civil.Date { return civil.Date{Year: 2026, Month: 11, Day: n} }
	all := []Version{{Number: 1, Effective: day(1)}, {Number: 3, Effective: day(20)}, {Number: 2, Effective: day(10)}}
	for on, want := range map[int]int{1: 1, 9: 1, 10: 2, 19: 2, 20: 3} {
		v, ok := InForce(all, day(on))
		if !ok || v.Number != want {
			t.Errorf("on the %d it is %d", on, v.Number)
		}
	}
	if _, ok := InForce(all[1:], day(9)); ok {
		t.Error("one is in force before its day")
	}
	if !all[0].Superseded(all, day(10)) || all[2].Superseded(all, day(19)) || all[1].Superseded(all, day(1)) {
		t.Error("superseded too early or too late")
	}
}

func TestDiff(t *testing.T) {
	before := []Theme{{Code: "A", Title: "A", Levels: five("a")}, {Code: "B", Title: "B", Levels: five("b")}, {Code: "C", Title: "C", Levels: five("c")}}
	after := []Theme{{Code: "C", Title: "C", Use: Internal, Levels: five("c")}, before[0].With(3, "new", "", ""), {Code: "D", Title: "D", Use: Procured, Bought: five("d")}}
	got := Diff(before, after)
	if len(got) != 3 || got[0].Code != "A" || got[0].Kind != Changed || got[0].Parts[0] != (Part{Internal, 3, "a3", "new"}) || got[1].Kind != Added || len(got[1].Parts) != 7 || got[2].Code != "B" || got[2].Kind != Removed {
		t.Fatalf("%+v", got)
	}
	if !Same(before[2], after[0], Internal) || Same(before[0], after[1], Internal) {
		t.Error("what is rated is the same, or is not")
	}
	if c := NextCode([]Theme{{Code: "M01"}, {Code: "M03"}}, []Theme{{Code: "M02"}}); c != "M04" {
		t.Errorf("the next code is %s", c)
	}
}

// TestDiffTellsAll: taking the parts of a difference over makes the newer version of the older; nothing differs from itself.
func TestDiffTellsAll(t *testing.T) {
	text := rapid.SliceOfN(rapid.SampledFrom([]string{"", "a", "b"}), Levels, Levels)
	themes := rapid.Custom(func(t *rapid.T) (out []Theme) {
		for _, code := range rapid.SliceOfDistinct(rapid.SampledFrom([]string{"A", "B", "C", "D"}), func(s string) string { return s }).Draw(t, "codes") {
			out = append(out, Theme{code, rapid.SampledFrom([]string{"x", "y"}).Draw(t, "title"), rapid.SampledFrom(Uses).Draw(t, "use"), text.Draw(t, "levels"), text.Draw(t, "bought"), text.Draw(t, "evidence")})
		}
		return out
	})
	rapid.Check(t, func(t *rapid.T) {
		before, after := themes.Draw(t, "before"), themes.Draw(t, "after")
		if d := Diff(after, after); len(d) > 0 {
			t.Fatalf("it differs from itself: %+v", d)
		}
		made := slices.Clone(before)
		for _, c := range Diff(before, after) {
			if c.Kind == Removed {
				made = slices.DeleteFunc(made, func(x Theme) bool { return x.Code == c.Code })
				continue
			}
			x, _ := Find(made, c.Code)
			x.Code = c.Code
			for _, list := range []*[]string{&x.Levels, &x.Bought, &x.Evidence} {
				fresh := make([]string, Levels)
				copy(fresh, *list)
				*list = fresh
			}
			for _, p := range c.Parts {
				switch p.What {
				case "title":
					x.Title = p.After
				case "use":
					x.Use = p.After
				case Internal:
					x.Levels[p.Level-1] = p.After
				case Procured:
					x.Bought[p.Level-1] = p.After
				default:
					x.Evidence[p.Level-1] = p.After
				}
			}
			made = Put(made, x)
		}
		if len(made) != len(after) {
			t.Fatalf("%d themes, want %d", len(made), len(after))
		}
		if d := Diff(made, after); len(d) > 0 {
			t.Fatalf("left over: %+v", d)
		}
	})
}
