package own

import (
	"testing"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

func TestWhy(t *testing.T) {
	for name, c := range map[string]struct {
		look   Look
		ground string
		bond   bond
		want   Why
	}{
		"the manager who referred":        {Look{Role: access.Manager, Action: "report.read"}, "viewer", bond{manages: true, referred: true}, "referred"},
		"a manager who did not":           {Look{Role: access.Manager, Action: "referral.opened"}, "line", bond{manages: true}, "manages"},
		"somebody named":                  {Look{Role: access.Manager, Action: "report.read"}, "viewer", bond{}, "named"},
		"who asks to be manager":          {Look{Role: access.Manager, Action: "delegation.asked"}, "", bond{}, "delegation"},
		"HR who referred":                 {Look{Role: access.HR, Action: "referral.submitted"}, "", bond{referred: true}, "referred"},
		"HR":                              {Look{Role: access.HR, Action: "person.updated"}, "", bond{}, "hr"},
		"the administrator who booked":    {Look{Role: access.OHAdmin, Action: "appointment.booked"}, "case", bond{}, "arranged"},
		"an administrator":                {Look{Role: access.OHAdmin, Action: "casefile.opened"}, "administration", bond{}, "administration"},
		"who triages":                     {Look{Role: access.Nurse, Action: "referral.triaged"}, "case", bond{}, "triage"},
		"who leads the case":              {Look{Role: access.Nurse, Action: "casefile.opened"}, "case", bond{}, "case"},
		"who writes":                      {Look{Role: access.Nurse, Action: "note.signed"}, "", bond{}, "care"},
		"who breaks the glass":            {Look{Role: access.Physician, Action: "casefile.opened"}, "glass", bond{}, "glass"},
		"a snooper":                       {Look{Role: access.Nurse, Action: "casefile.open", Denied: true}, "", bond{}, "denied"},
		"oneself":                         {Look{Role: access.Person, Self: true, Action: "record.read"}, "own", bond{}, "own"},
		"the house":                       {Look{Role: access.System, Action: "casefile.received"}, "", bond{}, "house"},
		"a role that nobody has told of":  {Look{Role: "auditor", Action: "x.y"}, "", bond{}, "other"},
		"a nurse who is also the manager": {Look{Role: access.Nurse, Action: "casefile.opened"}, "task", bond{manages: true}, "task"},
	} {
		if got := why(c.look, c.ground, c.bond); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	for _, w := range Whys() {
		if !locale.English().Has("own.why." + string(w)) {
			t.Errorf("own.why.%s has no words", w)
		}
	}
}
