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
