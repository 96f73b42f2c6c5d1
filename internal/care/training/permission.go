package training

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of this slice.
const (
	Own    access.Permission = "training.own"
	Team   access.Permission = "training.team"
	Run    access.Permission = "training.run"
	Effect access.Permission = "training.effect"
	Verify access.Permission = "training.verify"
	Assess access.Permission = "training.assess"
)

// Rules of the slice. None is of a clinical class: a place on a course says nothing about health.
var Rules = []access.Rule{
	{Permission: Own, Wall: access.Portal, Data: access.D1, Purpose: "Take and give up one's own place on a course, keep the certificate, and say what one thought of it", Allow: access.Allow(access.Any, access.Person)},
	{Permission: Team, Wall: access.Clinical, Data: access.D1, Purpose: "Take and give up one's own place in the team's in-house training", Allow: access.Allow(access.Any, append(append([]access.Role{}, access.Clinicians...), access.OHAdmin, access.Lead)...)},
	{Permission: Assess, Wall: access.Clinical, Data: access.D1, Purpose: "Sign a colleague off who completed a programme in house, for a competence that one holds oneself", Allow: access.Allow(access.Any, access.Team...)},
	{Permission: Run, Wall: access.Clinical, Data: access.D1, Purpose: "Run courses: sessions, who has a place, who came", Allow: access.Allow(access.Any, access.OHAdmin, access.Lead)},
	{Permission: Effect, Wall: access.Clinical, Data: access.D7, Purpose: "See whether a course changed referrals, over groups of 8 or more", Allow: access.Allow(access.Any, access.OHAdmin, access.Lead)},
	{Permission: Verify, Wall: access.Hall, Data: access.D1, Purpose: "Check a certificate whose number one was given", Allow: access.Allow(access.Any, access.Roles...)},
}
