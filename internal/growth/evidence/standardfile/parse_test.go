package standardfile_test

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/growth/evidence/standardfile"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

const head = "Framework,Edition,Code,Domain,Title,Level\n"

func TestCSV(t *testing.T) {
	f, err := standardfile.Parse("list.csv", strings.NewReader("\ufeff"+head+
		"SEQOHS,2023,1.1,Governance,A plan,must\n"+
		"SEQOHS,2023,1.2,Governance,Accounts,\n"+
		"SEQOHS,2023,1.1,Governance,Again,must\n"+
		"SEQOHS,2015,1.3,Governance,Old,must\n"+
		"Local,1,L1,Home,A door,SHOULD\n"+
		",2023,1.4,Governance,X,must\n"+
		"SEQOHS,2023,,Governance,X,must\n"+
		"SEQOHS,2023,1 5,Governance,X,must\n"+
		"SEQOHS,2023,1.6,,X,must\n"+
		"SEQOHS,2023,1.7,Governance,,must\n"+
		"SEQOHS,2023,1.8,Governance,X,may\n"+
		"SEQOHS,2023,1.9\n"+
		"SEQOHS,2023,1.9,Governance,"+strings.Repeat("x", 601)+",must\n"+
		"SEQOHS,2023,1.9,Gover\"nance,X,must\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []sheet.Reject{{Line: 4, Column: "code", Key: "evidence.reject.twice"}, {Line: 5, Column: "edition", Key: "evidence.reject.editions"}, {Line: 7, Column: "framework", Key: "evidence.reject.empty"}, {Line: 8, Column: "code", Key: "evidence.reject.empty"},
		{Line: 9, Column: "code", Key: "evidence.reject.code"}, {Line: 10, Column: "domain", Key: "evidence.reject.empty"}, {Line: 11, Column: "title", Key: "evidence.reject.empty"}, {Line: 12, Column: "level", Key: "evidence.reject.level"},
		{Line: 13, Column: "", Key: "intake.reject.fields"}, {Line: 14, Column: "title", Key: "evidence.reject.long"}, {Line: 15, Column: "", Key: "intake.reject.quote"}}
	if !slices.Equal(f.Rejects.List, want) {
		t.Errorf("rejects are %+v", f.Rejects.List)
	}
	if f.Rows != 14 || len(f.Good) != 3 || f.Good[1].Level != "must" || f.Good[2].Level != "should" || f.Good[2].Framework != "Local" {
		t.Errorf("%d rows, good are %+v", f.Rows, f.Good)
	}
}

// TestOutline holds our own outline to the rules of any list.
func TestOutline(t *testing.T) {
	text, err := content.FS.ReadFile("packs/evidence-outline.yaml")
	if err != nil {
		t.Fatal(err)
	}
	f, err := standardfile.Parse("evidence-outline.yaml", bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	domains := map[string]int{}
	for _, s := range f.Good {
		domains[s.Domain]++
		if s.Framework != "Rowan outline" {
			t.Errorf("%s pretends to be of %s", s.Code, s.Framework)
		}
	}
	if f.Rejects.N > 0 || len(domains) != 6 {
		t.Errorf("%d rejects %+v, domains %v", f.Rejects.N, f.Rejects.List, domains)
	}
}

func TestYAMLReject(t *testing.T) {
	f, err := standardfile.Parse("x.yml", strings.NewReader("frameworks:\n- framework: L\n  edition: 1\n  standards:\n  - {code: a, domain: d, title: t}\n  - [1, 2]\n"))
	if err != nil || len(f.Good) != 1 || f.Rejects.N != 1 || f.Rejects.List[0].Line != 6 {
		t.Errorf("%+v, %v", f, err)
	}
}

func TestRefused(t *testing.T) {
	many := &strings.Builder{}
	many.WriteString(head)
	for i := range 5001 {
		many.WriteString("A,1," + strconv.Itoa(i) + ",D,T,must\n")
	}
	for name, c := range map[string]struct{ file, text, want string }{
		"empty":      {"x.csv", "", "csv.empty"},
		"no rows":    {"x.csv", head, "evidence.import.nothing"},
		"no columns": {"x.csv", "framework,code\n", "intake.missing"},
		"no yaml":    {"x.yaml", "\t-", "evidence.import.yaml"},
		"empty yaml": {"x.yaml", "id: x", "evidence.import.nothing"},
		"latin":      {"x.csv", "caf\xe9", "evidence.import.encoding"},
		"big":        {"x.csv", strings.Repeat("x", 4<<20+1), "evidence.import.too_long"},
		"many":       {"x.csv", many.String(), "evidence.import.too_long"},
	} {
		_, err := standardfile.Parse(c.file, strings.NewReader(c.text))
		var refused *sheet.Refused
		if !errors.As(err, &refused) || refused.Key != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("x.csv", head+"A,1,a,D,T,must\n")
	f.Add("x.yaml", "frameworks: [{framework: L, edition: 1, standards: [{code: a, domain: d, title: t}]}]")
	f.Fuzz(func(t *testing.T, name, text string) {
		file, err := standardfile.Parse(name, strings.NewReader(text))
		if err == nil && file.Rows != len(file.Good)+file.Rejects.N {
			t.Errorf("%d rows, %d good, %d rejected", file.Rows, len(file.Good), file.Rejects.N)
		}
	})
}
