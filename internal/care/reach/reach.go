// Package reach is how occupational health can reach a person: at the contact they chose as safe, and at what the
// workforce record holds besides. The safe contact comes first; the others are for when it fails, because a call
// that nobody can make is an appointment that nobody has.
package reach

import "slices"

// Ways are the addresses of one person; an empty one is not known.
type Ways struct {
	Safe, SafeKind              string // chosen by the person: mobile, email or post
	Mobile, Personal, WorkEmail string // as the employer holds them
}

// Way is one address. Kind is safe_mobile, safe_email, safe_post, mobile, personal_email or work_email.
type Way struct{ Kind, Address string }

// List gives the ways in the order in which to try them, each address once.
func (w Ways) List() (out []Way) {
	add := func(kind, address string) {
		if address != "" && !slices.ContainsFunc(out, func(x Way) bool { return x.Address == address }) {
			out = append(out, Way{kind, address})
		}
	}
	if w.SafeKind != "" {
		add("safe_"+w.SafeKind, w.Safe)
	}
	add("mobile", w.Mobile)
	add("personal_email", w.Personal)
	add("work_email", w.WorkEmail)
	return out
}

// Phone is the number to call: the safe one, else the one in the workforce record, else "".
func (w Ways) Phone() string {
	if w.SafeKind == "mobile" && w.Safe != "" {
		return w.Safe
	}
	return w.Mobile
}

// Of makes the ways from columns that may be null.
func Of(safeKind, safe, mobile, personal, work *string) Ways {
	v := func(s *string) string {
		if s == nil {
			return ""
		}
		return *s
	}
	return Ways{Safe: v(safe), SafeKind: v(safeKind), Mobile: v(mobile), Personal: v(personal), WorkEmail: v(work)}
}
