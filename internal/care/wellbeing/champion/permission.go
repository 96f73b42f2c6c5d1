package champion

import "github.com/rowan-ohwb/rowan/internal/access"

// The permissions of this slice.
const (
	Own      access.Permission = "champion.own"
	Join     access.Permission = "champion.join"
	Team     access.Permission = "champion.team"
	Decide   access.Permission = "champion.decide"
	Coverage access.Permission = "champion.coverage"
	Network  access.Permission = "champion.network"
)

// Rules of the slice. None is of a clinical class: whatever a champion is allowed, it is not a case.
var Rules = []access.Rule{
	{Permission: Own, Wall: access.Portal, Data: access.D1, Purpose: "Ask to be a wellbeing champion, keep one's own counts, and find the champions of one's organisation", Allow: access.Allow(access.Any, access.Person)},
	{Permission: Join, Wall: access.Hall, Data: access.D0, Purpose: "Read what a wellbeing champion is, by a link that was shared", Allow: access.Allow(access.Any, access.Roles...)},
	{Permission: Team, Wall: access.Employer, Data: access.D1, Purpose: "See who of one's team asked to be a wellbeing champion, or is one", Allow: access.Allow(access.Any, access.Manager)},
	{Permission: Decide, Wall: access.Employer, Data: access.D1, Purpose: "Agree to a champion of one's team, and to their protected time", Allow: access.Allow(access.Line, access.Manager)},
	{Permission: Coverage, Wall: access.Employer, Data: access.D1, Purpose: "See which teams have a wellbeing champion", Allow: access.Allow(access.Any, access.HR)},
	{Permission: Network, Wall: access.Clinical, Data: access.D1, Purpose: "Look after the network of wellbeing champions: links, training, kits, thanks", Allow: access.Allow(access.Any, access.OHAdmin, access.Lead)},
}
