package measured

import "slices"

// Recorded lays the appointments of the last year, of a profession, beside the hours with patients that the plan for people says it
// had in that year.
type Recorded struct {
	Role         string
	Appointments float64 // a week, attended or missed
	Minutes      float64 // of one
	Offered      float64 // hours a week that the plan says
	WTE          float64 // that give them; 0 where nobody knows what one gives
	Few          bool    // so few that no post is to be planned by them
	Low          bool    // far fewer hours are recorded than given: below the pack's percentage
}

// Hours are those a week that the appointments took.
func (r Recorded) Hours() float64 { return r.Appointments * r.Minutes / 60 }

// Share is the percentage of the hours that is found again.
func (r Recorded) Share() float64 { return 100 * r.Hours() / r.Offered }

// PerWTE is how many appointments a week a full-time person gives now.
func (r Recorded) PerWTE() float64 {
	if r.WTE == 0 {
		return 0
	}
	return r.Appointments / r.WTE
}

// Unknown are the professions of some that so few hours are recorded of that no post is to be planned by them.
func Unknown(all []Recorded, roles []string) (out []Recorded) {
	for _, r := range all {
		if r.Few && slices.Contains(roles, r.Role) {
			out = append(out, r)
		}
	}
	return out
}
