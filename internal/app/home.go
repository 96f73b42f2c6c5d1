package app

import (
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

// landing is where a one-time link begins. One that names a report opens at it: from the link to the decision are three
// pages, the second check counted.
func landing(l seal.Link) string {
	if l.Object != uuid.Nil {
		return "/my/reports/" + l.Object.String()
	}
	return home(access.Actor{Role: access.Person})
}

// home is where somebody begins. Who looks after the staff of an organisation and is not on its list begins with the list: there is
// nothing that they can do before.
func home(a access.Actor) string {
	switch a.Role {
	case access.Person:
		return "/my"
	case access.Manager, access.HR:
		if a.Role == access.HR && a.Person == uuid.Nil {
			return "/onboard"
		}
		return "/referrals"
	case access.OHAdmin:
		return "/queue"
	case access.Nurse, access.Physician, access.Physio, access.Counsellor:
		return "/today"
	case access.Lead, access.Executive:
		return "/performance"
	case access.Guardian:
		return "/assurance"
	case access.Communications:
		return "/site-editor"
	case access.SystemLead:
		return "/system"
	case access.NationalLead:
		return "/nation"
	case access.Caldicott:
		return "/audit"
	default:
		return "/messages"
	}
}
