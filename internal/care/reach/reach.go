// Package reach is how occupational health can reach a person: at the contact they chose as safe, and at what the
// workforce record holds besides. The safe contact comes first; the others are for when it fails, because a call
// that nobody can make is an appointment that nobody has.
package reach

import (
	"slices"
	"strings"
	"time"
)

// Ways are the addresses of one person; an empty one is not known.
type Ways struct {
	Safe, SafeKind              string // mobile, email or post, known to be the person's: links go there, and nowhere else
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

// Masked names the safe contact to somebody who need not learn it: the end of a number, the domain of an e-mail address,
// nothing of a postal one.
func (w Ways) Masked() string {
	switch w.SafeKind {
	case "mobile":
		return "…" + w.Safe[max(len(w.Safe)-3, 0):]
	case "email":
		_, domain, _ := strings.Cut(w.Safe, "@")
		return "…@" + domain
	}
	return ""
}

// Of makes the ways from columns that may be null. A contact that was not verified is no safe one.
func Of(safeKind, safe *string, verified *time.Time, mobile, personal, work *string) Ways {
	v := func(s *string) string {
		if s == nil {
			return ""
		}
		return *s
	}
	w := Ways{Mobile: v(mobile), Personal: v(personal), WorkEmail: v(work)}
	if verified != nil {
		w.Safe, w.SafeKind = v(safe), v(safeKind)
	}
	return w
}
