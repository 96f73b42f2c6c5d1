package activity

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestUnpack: packed histograms are added to what is there, and text in another form is refused.
func TestUnpack(t *testing.T) {
	sums := make([]Histogram, 3)
	var days []int
	for _, packed := range []string{"{3,18}{2,6}{0,1}{0,0}", "{0}{1}{0}{2147483647}"} {
		var err error
		if days, err = unpack([]byte(packed), days, sums); err != nil {
			t.Fatal(err)
		}
	}
	if d := cmp.Diff([]Histogram{{0: 1, 3: 2, 18: 6}, {18: 1}, {0: 2147483647}}, sums); d != "" {
		t.Error(d)
	}
	for _, packed := range []string{"", "{}", "{}{}", "{1", "{1,}{2,3}", "{,1}{2,3}", "{1}{2,3}", "{1,2}{3}", "{1}{NULL}", "{-1}{1}", "{1}{2}{3}{4}{5}", "[0:0]={1}{2}", "{{1}}{{2}}", "{1}{2}x", "{99999999999}{1}"} {
		if _, err := unpack([]byte(packed), nil, make([]Histogram, 3)); err == nil {
			t.Errorf("%q is taken", packed)
		}
	}
}
