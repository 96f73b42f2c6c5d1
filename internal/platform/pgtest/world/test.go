package world

import "testing"

// T is a test that a desk of one embeds, with what every desk does.
type T struct{ *testing.T }

// OK stops the test at an error.
func (t T) OK(err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
