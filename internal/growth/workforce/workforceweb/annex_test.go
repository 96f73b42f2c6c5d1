package workforceweb

import (
	"context"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/outlook"
)

// TestAnnexedBites: no development post of today's packs is paid below the law's least, because all of them train for Band 6. One for
// Band 4 would be, and its page would say so.
func TestAnnexedBites(t *testing.T) {
	at := civil.MustParse("2027-04-01")
	for band, c := range map[string]struct {
		months     int
		says, hide string
	}{
		"4": {48, "At its lowest annex 21 pays £18,694, less than that: nobody may be paid so little", "lowest pay point"},
		"6": {48, "At its lowest annex 21 pays £28,870, more than that and than the lowest pay point, £25,272", "nobody may be paid"},
	} {
		text := annexed(context.Background(), workforce.Annexed{Annexed: outlook.Annex(at, outlook.Development{Band: band, Months: c.months}, "3")})
		if !strings.Contains(text, "The national living wage is £12.71 an hour, £24,853 a year full time in 2026/27.") || !strings.Contains(text, c.says) || strings.Contains(text, c.hide) {
			t.Errorf("Band %s: %s", band, text)
		}
	}
	between := workforce.Annexed{Annexed: outlook.Annexed{First: 25_000, Last: 26_000, Top: 24_000, Table: outlook.Table(at)}}
	if text := annexed(context.Background(), between); !strings.Contains(text, "less than the lowest pay point, £25,272. Ask HR") || strings.Contains(text, "Check the pay") {
		t.Errorf("between the two: %s", text)
	}
}
