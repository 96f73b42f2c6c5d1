package sheet

import (
	"slices"
	"strings"
)

// Post is what a staff record marks about a post.
type Post struct{ EPP, Patients, Drives, Alone, Critical bool }

// handling are the staff groups whose patients are lifted, turned and walked with. A receptionist or a doctor meets
// patients too, but that alone does not say that they move them.
var handling = []string{"Nursing and Midwifery Registered", "Additional Clinical Services", "Allied Health Professionals"}

// Facts names what a staff record says of a post, in the words by which the code lists tick boxes beforehand. A
// shift pattern is free text ("rotating, with nights"), so it is read by its words.
func Facts(group, shifts string, p Post) (out []string) {
	shifts = strings.ToLower(shifts)
	has := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(shifts, w) })
	}
	for _, f := range []struct {
		name string
		is   bool
	}{
		{"epp", p.EPP},
		{"patient_contact", p.Patients},
		{"patient_handling", p.Patients && slices.Contains(handling, group)},
		{"drives", p.Drives},
		{"lone_worker", p.Alone},
		{"safety_critical", p.Critical},
		{"nights", has("night")},
		{"rotating", has("rotat")},
		{"on_call", has("on call", "on_call", "on-call")},
	} {
		if f.is {
			out = append(out, f.name)
		}
	}
	return out
}
