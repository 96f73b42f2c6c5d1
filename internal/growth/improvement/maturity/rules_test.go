package maturity

import (
	"errors"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

const heading = "code,theme,level1,level2,level3,level4,level5\n"

func TestParse(t *testing.T) {
	f, err := Parse(strings.NewReader("\ufeffCode,Theme,Level 1,Level 2,Level 3,Level 4,Level 5,Note\n" +
		"A,Good,a,b,c,d,e,x\n" +
		"A,Twice,a,b,c,d,e,\n" +
		",No code,a,b,c,d,e,\n" +
		"a b,Bad code,a,b,c,d,e,\n" +
		"B,,a,b,c,d,e,\n" +
		"C,No level,a,b,,d,e,\n" +
		"D,Long,a,b,c,d," + strings.Repeat("x", 501) + ",\n" +
		"E," + strings.Repeat("x", 151) + ",a,b,c,d,e,\n" +
		"F,Short,a\n" +
		"G,Quote,a,\"b\"c,c,d,e,\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"code", "code", "code", "theme", "level3", "level5", "theme", "", ""}
	if f.Rows != 10 || len(f.Themes) != 1 || len(f.Rejects) != len(want) {
		t.Fatalf("%d rows, %v, %v", f.Rows, f.Themes, f.Rejects)
	}
	for i, r := range f.Rejects {
		if r.Column != want[i] || r.Line != i+3 {
			t.Errorf("reject %d: %+v", i, r)
		}
	}
}

func TestRefusedWhole(t *testing.T) {
	for text, want := range map[string]string{
		"": "csv.empty", heading: "improvement.file.nothing", "code,theme\nA,x\n": "intake.missing",
		heading + strings.Repeat("A,x,a,b,c,d,e\n", mostThemes+1): "improvement.file.too_long",
		heading + "A,x,a,b,c,d," + strings.Repeat("e", mostBytes): "improvement.file.too_long",
	} {
		_, err := Parse(strings.NewReader(text))
		var refused *sheet.Refused
		if !errors.As(err, &refused) || refused.Key != want {
			t.Errorf("%.40q: %v, want %s", text, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(heading + "A,x,a,b,c,d,e\n")
	f.Add(heading + "A,x,a\n")
	f.Fuzz(func(t *testing.T, text string) {
		got, err := Parse(strings.NewReader(text))
		if err == nil && got.Rows != len(got.Themes)+len(got.Rejects) {
			t.Errorf("%d rows, %d themes, %d rejected", got.Rows, len(got.Themes), len(got.Rejects))
		}
	})
}

func TestStandings(t *testing.T) {
	f := Framework{Key: Ours, Themes: []Theme{{Code: "A"}, {Code: "B"}}}
	got := standings(f, []Rating{{Framework: Ours, Theme: "A", Level: 3}, {Framework: "other", Theme: "A", Level: 5}, {Framework: Ours, Theme: "A", Level: 4}, {Framework: Ours, Theme: "A", Level: 1}}, nil)
	if got[0].Now.Level != 3 || got[0].Last.Level != 4 || got[1].Now.Level != 0 {
		t.Errorf("%+v", got)
	}
	if n, ok := got[0].Change(); n != -1 || !ok {
		t.Errorf("changed by %d", n)
	}
	if _, ok := got[1].Change(); ok {
		t.Error("a theme without ratings changed")
	}
}

func TestCheckRating(t *testing.T) {
	today := civil.Date{Year: 2026, Month: 11, Day: 10}
	if f := CheckRating(Rating{Level: 5, Evidence: "x", On: today}, today); len(f) > 0 {
		t.Errorf("the highest level needs no next step: %v", f)
	}
	if f := CheckRating(Rating{Level: 4, Evidence: "x", On: today.AddDays(1)}, today); f.Of("next_step") == nil || f.Of("on") == nil || len(f) != 2 {
		t.Errorf("%v", f)
	}
}
