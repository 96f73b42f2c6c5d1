package staffcsv

import (
	"strings"
	"testing"
)

// TestDeclared: what ESR writes becomes a code; nothing said is not a no; an unknown word rejects the row; a feed without the columns
// says nothing at all.
func TestDeclared(t *testing.T) {
	feed := func(sex, ethnic, disability string) Feed {
		return parse(t, heading+",sex,ethnic_group,disability\n"+strings.TrimSuffix(line(nil), "\n")+","+sex+","+ethnic+","+disability+"\n")
	}
	for _, c := range []struct {
		sex, ethnic, disability string
		want                    Declared
	}{
		{"Female", "A White - British", "No", Declared{"female", "white", "no"}},
		{"M", "H", "Y", Declared{"male", "asian", "yes"}},
		{"", "Z Not Stated", "Prefer Not To Answer", Declared{NotDeclared, NotDeclared, NotDeclared}},
		{"unknown", "black", "Not Declared", Declared{NotDeclared, "black", NotDeclared}},
	} {
		got := feed(c.sex, c.ethnic, c.disability)
		if len(got.People) != 1 || got.People[0].Declared == nil || *got.People[0].Declared != c.want {
			t.Errorf("%v: %+v, rejected %+v", c, got.People, got.Rejects)
		}
	}
	for _, bad := range [][3]string{{"W", "", ""}, {"", "Martian", ""}, {"", "Q Something", ""}, {"", "", "perhaps"}} {
		if got := feed(bad[0], bad[1], bad[2]); len(got.Rejects) != 1 || got.Rejects[0].Reason != "person.import.why.declared" {
			t.Errorf("%v: %+v", bad, got)
		}
	}
	if got := parse(t, heading+"\n"+line(nil)); got.People[0].Declared != nil {
		t.Errorf("%+v", got.People[0].Declared)
	}
	two := parse(t, heading+",sex\n"+strings.TrimSuffix(line(nil), "\n")+",Female\n"+strings.TrimSuffix(line(second), "\n")+",Male\n")
	if len(two.People) != 0 || len(two.Rejects) != 2 {
		t.Errorf("one person declared two things: %+v", two)
	}
}
