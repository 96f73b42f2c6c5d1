package referral

import (
	"testing"
	"time"

	"github.com/rowan-ohwb/rowan/internal/care/flow"
)

// The timeline says for when the last booking is, and nothing of bookings that were given up.
func TestHistorySaysWhenTheAppointmentIs(t *testing.T) {
	at := time.Date(2026, time.November, 20, 9, 0, 0, 0, time.UTC)
	states := []Event{{At: at, State: flow.SeenAccepted}, {At: at.Add(time.Hour), State: flow.SeenBooked}, {At: at.Add(2 * time.Hour), State: flow.SeenAccepted}, {At: at.Add(3 * time.Hour), State: flow.SeenBooked}}
	gone, kept := Time{at.AddDate(0, 0, 9), 30, "cancelled"}, Time{at.AddDate(0, 0, 5), 30, "booked"}
	for name, c := range map[string]struct {
		times []Time
		want  time.Time
	}{
		"booked again":            {[]Time{kept, gone}, kept.Starts},
		"seen":                    {[]Time{{kept.Starts, 30, "attended"}}, kept.Starts},
		"given up":                {[]Time{gone}, time.Time{}},
		"a merged case's is none": {nil, time.Time{}},
	} {
		t.Run(name, func(t *testing.T) {
			h := history(states, nil, nil, c.times)
			if !h[3].For.Equal(c.want) || !h[1].For.IsZero() || !states[3].For.IsZero() {
				t.Errorf("history %+v, want the last booking for %s", h, c.want)
			}
		})
	}
}
