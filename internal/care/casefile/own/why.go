package own

import (
	"slices"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/access"
)

// Why is the code of the sentence that tells a person why somebody could do what they did: the words are own.why.<code>.
type Why string

// bond is what somebody is to the person beyond their role.
type bond struct{ manages, referred bool }

// told are the grounds of the audit log that say to anybody what they mean.
var told = []string{"step", "appointment", "task", "glass", "author", "second_opinion", "assisted", "handover"}

// work is why a role could, where neither the ground nor a bond says more.
var work = map[access.Role]Why{
	access.Nurse: "care", access.Physician: "care", access.Physio: "care", access.Counsellor: "care",
	access.Lead: "lead", access.HR: "hr", access.Manager: "employer", access.Caldicott: "caldicott", access.Admin: "admin",
}

// Whys lists every code, so that a test finds one without words.
func Whys() []Why {
	list := []Why{"denied", "nothing", "own", "house", "arranged", "administration", "referred", "manages", "delegation", "named", "triage", "case", "other"}
	for _, g := range told {
		list = append(list, Why(g))
	}
	for _, w := range work {
		list = append(list, w)
	}
	return list
}

// why turns the ground of the log, a code for colleagues, into what it means to the person. The same ground says other
// things of other people: the "case" of an administrator is not care for anybody.
func why(l Look, ground string, b bond) Why {
	about := func(prefix string) bool { return strings.HasPrefix(l.Action, prefix+".") }
	switch {
	case l.Denied && l.Self:
		return "nothing"
	case l.Denied:
		return "denied"
	case l.Self:
		return "own"
	case l.Role == access.System:
		return "house"
	case slices.Contains(told, ground) && l.Role.IsClinician():
		return Why(ground)
	case l.Role == access.OHAdmin && about("appointment"):
		return "arranged"
	case l.Role == access.OHAdmin:
		return "administration"
	case about("delegation"):
		return "delegation"
	case l.Role == access.Manager && b.referred, l.Role == access.HR && b.referred:
		return "referred"
	case l.Role == access.Manager && (b.manages || ground == "line"):
		return "manages"
	case ground == "viewer" && !l.Role.IsClinician():
		return "named"
	case ground == "case" && about("referral"):
		return "triage"
	case ground == "case" && l.Role.IsClinician():
		return "case"
	}
	if w, ok := work[l.Role]; ok {
		return w
	}
	return "other"
}
