package questionset_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/questionset"
)

var subsections = []string{"E1.1", "E1.2"}

func TestCSV(t *testing.T) {
	text := "\ufeffCode,Version,Subsection,Statement,Applies,Short\n" +
		"A-1,1,E1.1,Good,trust;icb,yes\n" +
		"A-2,x,E1.1,No version,,\n" +
		"A-3,1,E9.9,Elsewhere,,\n" +
		"A-1,2,E1.1,Twice,,\n" +
		"ours-1,1,E1.1,Reserved,,\n" +
		"A-4,1,E1.1,,,\n" +
		"A-5,1,E1.1,Moon,moon,\n" +
		"A-6,1,E1.1\n" +
		"bad code,1,E1.1,Text,,\n" +
		"A-7,1,E1.1," + strings.Repeat("x", 601) + ",,\n" +
		"A-8,2,E1.2,Good too,,\n"
	f, err := questionset.Parse("x.csv", strings.NewReader(text), subsections)
	if err != nil {
		t.Fatal(err)
	}
	if f.Rows != 11 || len(f.Good) != 2 || len(f.Rejects) != 9 {
		t.Fatalf("%d rows, %d good, rejects %+v", f.Rows, len(f.Good), f.Rejects)
	}
	if g := f.Good[0]; !g.Short || !slices.Equal(g.Applies, []string{"icb", "trust"}) || g.Line != 2 || len(f.Good[1].Applies) != 3 {
		t.Errorf("good row %+v", f.Good)
	}
	want := []string{"version", "subsection", "code", "code", "statement", "applies", "", "code", "statement"}
	for i, r := range f.Rejects {
		if r.Column != want[i] || r.Line != i+3 || strings.Contains(r.Reason, "moon") {
			t.Errorf("reject %d: %+v, want column %q of line %d", i, r, want[i], i+3)
		}
	}
}

func TestYAML(t *testing.T) {
	text := "name: Local\nquestions:\n  - {code: A, version: 1, subsection: E1.1, statement: Yes, applies: [trust]}\n  - {code: B, version: [1]}\n"
	f, err := questionset.Parse("x.yaml", strings.NewReader(text), subsections)
	if err != nil || f.Name != "Local" || len(f.Good) != 1 || f.Good[0].Line != 3 || len(f.Rejects) != 1 || f.Rejects[0].Line != 4 {
		t.Fatalf("%+v (%v)", f, err)
	}
	again, _ := questionset.Parse("other.yml", strings.NewReader("\n"+text), subsections)
	a, _ := f.Digest()
	b, _ := again.Digest()
	if a == b {
		t.Error("rejects on other lines are another file")
	}
}

func TestRefusedWhole(t *testing.T) {
	for text, want := range map[string]error{
		"": questionset.ErrEmpty, "code,version,subsection,statement\n": questionset.ErrEmpty, "\xff\xfea\x00": questionset.ErrEncoding,
		"code,version,subsection,statement\nA,1,E1.1,\"open\nB,1,E1.1,x\n": questionset.ErrUnreadable, "a\x00b": questionset.ErrUnreadable,
		"code,version,subsection,statement\n" + strings.Repeat("A,1,E1.1,x\n", 2001): questionset.ErrTooLong,
	} {
		if _, err := questionset.Parse("x.csv", strings.NewReader(text), subsections); !errors.Is(err, want) {
			t.Errorf("%.40q: %v, want %v", text, err, want)
		}
	}
	var missing *questionset.MissingColumnsError
	if _, err := questionset.Parse("x.csv", strings.NewReader("code,statement\nA,x\n"), subsections); !errors.As(err, &missing) || len(missing.Columns) != 2 {
		t.Errorf("%v", err)
	}
	if _, err := questionset.Parse("x.yaml", strings.NewReader("a: ["), subsections); !errors.Is(err, questionset.ErrUnreadable) {
		t.Errorf("%v", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("x.csv", "code,version,subsection,statement\nA,1,E1.1,x\n")
	f.Add("x.yaml", "questions: [{code: A}]")
	f.Fuzz(func(t *testing.T, name, text string) {
		got, err := questionset.Parse(name, strings.NewReader(text), subsections)
		if err == nil && got.Rows != len(got.Good)+len(got.Rejects) {
			t.Errorf("%d rows, %d good, %d rejected", got.Rows, len(got.Good), len(got.Rejects))
		}
	})
}
