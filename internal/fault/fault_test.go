package fault_test

import (
	"slices"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/fault"
)

func TestFields(t *testing.T) {
	var f fault.Fields
	f.Add("review", "unreadable")
	f.Merge(fault.Fields{{Name: "hidden", Key: "x"}, {Name: "review", Key: "empty"}, {Name: "summary", Key: "empty"}})
	f.Order([]string{"summary", "fitness", "review"})
	var got []string
	for _, x := range f {
		got = append(got, x.Name+" "+x.Key)
	}
	if want := []string{"summary empty", "review unreadable", "hidden x"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestText(t *testing.T) {
	for value, want := range map[string]string{"": "x.empty", " \n": "x.empty", "é": "", "ééé": "", "éééé": "form.too_long", "    ": "x.empty"} {
		var f fault.Fields
		f.Text("a", "x.empty", value, 3)
		if got := f.Of("a"); want == "" && got != nil || want != "" && (len(f) != 1 || got == nil || got.Key != want) {
			t.Errorf("%q: %+v", value, f)
		}
	}
	var f fault.Fields
	if f.Long("a", "", 3); len(f) != 0 {
		t.Errorf("an empty text is too long: %+v", f)
	}
	if f.Long("a", "éééé", 3); len(f) != 1 || f[0].Key != "form.too_long" || !slices.Equal(f[0].Args, []any{"n", 3}) {
		t.Errorf("%+v", f)
	}
}
