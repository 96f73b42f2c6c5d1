package referral_test

import (
	"slices"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/care/caretest"
)

// TestAgain: what was written about somebody is announced again until they have answered or were seen about it. Of what
// they asked for themselves nothing is said.
func TestAgain(t *testing.T) {
	b := newBench(t)
	caretest.Self(t, b.db, b.w.Nurse, "words", b.now)
	want := func(when string, want ...string) {
		t.Helper()
		if got := caretest.Again(t, b.db, b.w.Nurse, b.w.OHAdmin, b.now, b.s.Again); !slices.Equal(got, want) {
			t.Errorf("%s: %q", when, got)
		}
	}
	want("their own request alone")
	id := caretest.Managed(t, b.db, b.w.Ward, b.w.Nurse, "why", b.now)
	caretest.Managed(t, b.db, b.w.Ward, b.w.Peer, "why", b.now)
	want("a referral", "referral_made - {}")
	nurse := b.w.OHNurse.As("oh_nurse", "clinical")
	caretest.Ask[int](t, b.db, nurse, `update referral set state = 'attended', state_at = $2 where id = $1 returning 1`, id, b.now)
	want("after they were seen")
}
