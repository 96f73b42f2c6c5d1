package load

import (
	"math"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
)

// What one or two people do is not told; a role without anybody is no line, and one whose contacts nobody counted is none a week.
func TestCaseload(t *testing.T) {
	post := func(role string, wte float64, heads, in int) workforce.Post {
		return workforce.Post{PostIn: workforce.PostIn{Role: role, WTE: wte, Heads: heads, InPost: in}}
	}
	team := workforce.Team{Pack: workforce.Pack{Roles: []workforce.Role{{Key: "nurse"}, {Key: "development-nurse"}, {Key: "physician"}, {Key: "physiotherapist"}, {Key: "counsellor"}, {Key: "administrator"}}},
		Posts: []workforce.Post{post("nurse", 1, 4, 3), post("development-nurse", 1, 1, 1), post("physician", 0.5, 2, 2), post("physiotherapist", 1, 3, 3), post("counsellor", 1, 2, 0), post("administrator", 1, 5, 5)}}
	fits := demand.Fits{Weeks: make([]demand.Week, 150), Roles: []demand.Part{{Name: "oh_nurse", N: 2080}, {Name: "oh_physician", N: 520}}, Held: []demand.Part{{Name: "oh_nurse", N: 90}, {Name: "oh_physician", N: 7}}}
	roles, wte := caseload(fits, team)
	want := []Role{{Role: access.Nurse, WTE: 4, Week: 10, Open: 22.5}, {Role: access.Physician, WTE: 1, Few: true}, {Role: access.Physio, WTE: 3}}
	if wte != 8 || len(roles) != len(want) {
		t.Fatalf("%v WTE, %+v", wte, roles)
	}
	for i, r := range roles {
		if r != want[i] {
			t.Errorf("%+v, want %+v", r, want[i])
		}
	}
	fits.Weeks = fits.Weeks[:26]
	if roles, _ = caseload(fits, team); roles[0].Week != 20 {
		t.Errorf("of half a year: %v", roles[0].Week)
	}
	if roles, _ = caseload(demand.Fits{}, team); roles[0].Week != 0 {
		t.Errorf("of nothing: %v", roles[0].Week)
	}
}

func TestCheckOvertime(t *testing.T) {
	today := civil.MustParse("2026-11-22")
	for name, x := range map[string]struct {
		in   OvertimeIn
		want string
	}{
		"none":               {OvertimeIn{civil.MustParse("2026-10-01"), 0}, ""},
		"a year ago":         {OvertimeIn{civil.MustParse("2025-11-01"), 12.5}, ""},
		"this month":         {OvertimeIn{civil.MustParse("2026-11-01"), 1}, "load.month.empty"},
		"longer ago":         {OvertimeIn{civil.MustParse("2025-10-01"), 1}, "load.month.empty"},
		"no month":           {OvertimeIn{civil.Date{}, 1}, "load.month.empty"},
		"less than none":     {OvertimeIn{civil.MustParse("2026-10-01"), -1}, "load.hours.bad"},
		"not a number":       {OvertimeIn{civil.MustParse("2026-10-01"), math.NaN()}, "load.hours.bad"},
		"more than anybody":  {OvertimeIn{civil.MustParse("2026-10-01"), 20_001}, "load.hours.bad"},
		"the middle of one":  {OvertimeIn{civil.MustParse("2026-10-15"), 1}, "load.month.empty"},
		"more than anything": {OvertimeIn{civil.MustParse("2026-10-01"), math.Inf(1)}, "load.hours.bad"},
	} {
		f := CheckOvertime(x.in, today)
		if x.want == "" && len(f) > 0 || x.want != "" && (len(f) != 1 || f[0].Key != x.want) {
			t.Errorf("%s: %v, want %q", name, f, x.want)
		}
	}
}
