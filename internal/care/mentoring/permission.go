package mentoring

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of this slice.
const (
	Own    access.Permission = "mentoring.own"
	Pair   access.Permission = "mentoring.pair"
	Counts access.Permission = "mentoring.counts"
	Feed   access.Permission = "mentoring.feed"
)

// Rules of the slice. The lead is a mentor or mentee like any other; of the others the lead has counts.
var Rules = []access.Rule{
	{Permission: Own, Wall: access.Clinical, Data: access.D1, Purpose: "Say what one offers as a mentor, look for a mentor and ask", Allow: access.Allow(access.Any, access.Team...)},
	{Permission: Pair, Wall: access.Clinical, Data: access.D3, Purpose: "Keep goals, meetings and one's own log of a mentorship of one's own", Allow: access.Allow(access.Viewer, access.Team...)},
	{Permission: Counts, Wall: access.Clinical, Data: access.D7, Purpose: "See how many mentorships there are, rounded and counted once a month, and whether they help", Allow: access.Allow(access.Any, access.Lead)},
	{Permission: Feed, Wall: access.Hall, Data: access.D1, Purpose: "Have the days of one's own mentoring meetings in one's own calendar by a private link", Allow: access.Allow(access.Any, access.Roles...)},
}
