package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity/reach"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	"github.com/rowan-ohwb/rowan/internal/growth/network/equity"
	"github.com/rowan-ohwb/rowan/internal/growth/network/pooled"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/network/sharing"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

// walkICS goes from a lead who asks to share with the integrated care system to the funnel that its lead and the organisation see.
func walkICS(t *testing.T) { each(t, (*journey).ics) }

func (j *journey) ics() {
	j.h.show(j.t, j.w.SystemLead(), access.SystemLead)
	month := sharing.Last(locale.Day(j.h.now()))
	lead := j.as(j.w.OHLead, access.Lead).Visit("/sharing").Want(200).Says("Not shared", "The name of your organisation").Shot("sharing-none")
	for _, item := range []string{"Missed appointments", "Actions of the plan that are done"} {
		lead.Visit("/sharing").Click("Ask to share: " + item).Want(200)
		j.refused(lead, "Ask an executive to agree", "Select a month").Shot("sharing-ask-refused")
		lead.Select("From which month on?", month.MonthYear()).Click("Ask an executive to agree").At("/sharing").Says("An executive has to agree")
	}
	executive := j.as(j.w.Executive, access.Executive).Visit("/sharing").Want(200).Shot("sharing-agree")
	executive.Click("Agree to share: Missed appointments").At("/sharing").Says("Agreed by Paul Grant").Click("Agree to share: Actions of the plan that are done").At("/sharing")
	lead.Visit("/sharing").Click("Ask to share: The name of your organisation").Want(200).Select("From which month on?", month.MonthYear()).Click("Ask an executive to agree").At("/sharing")
	executive.Visit("/sharing").Click("Refuse: The name of your organisation").At("/sharing").Says("Refused by Paul Grant")
	lead.Visit("/sharing").Click("See what would leave now").Want(200).Says("This is exactly what leaves", "None in the month", "plan, version 1").Shot("sharing-preview").
		Click("Release it").At("/sharing/releases/").Says("released by Anne Shaw").Shot("sharing-release")
	if file := lead.Download("Download the signed file (JSON)"); !strings.Contains(string(file), "signatures") {
		j.t.Errorf("the file is %.100s", file)
	}
	if table := lead.Download("Download the figures for a spreadsheet (CSV)"); !strings.Contains(string(table), "plan,,"+month.String()) {
		j.t.Errorf("the table is %.200s", table)
	}
	j.files(lead)

	lead.Visit("/sharing").Click("Stop sharing: Missed appointments").At("/sharing").Says("What left before stays where it is")
	executive.Visit("/sharing").Click("Stop sharing everything").At("/sharing").Says("It is in no release from now on").Shot("sharing-ended")
}

// files has the lead of the ICS take the files of others and look at what there is.
func (j *journey) files(lead *browser.Visitor) {
	v := j.as(j.w.SystemLead(), access.SystemLead).Visit("/system").Want(200).Says("Missed appointments", "1 of 2").Shot("system")
	v.Visit("/system/metrics/K10").Want(200).Says("Nothing has been shared yet")
	v.Visit("/system/take").Want(200)
	if got := v.Swap("Take in the file", "There is a problem").Lines(".nhsuk-error-summary__list a"); len(got) != 1 || got[0] != "Select a file" {
		j.t.Errorf("no file: %q", got)
	}
	key, err := release.SigningKey.Make()
	if err != nil {
		j.t.Fatal(err)
	}
	signer, err := release.NewSigner(seal.Secret(strings.TrimSpace(key)))
	if err != nil {
		j.t.Fatal(err)
	}
	v.Visit("/system/releases").Want(200).Says("From this installation").Click("Add a key").Want(200)
	j.refused(v, "Add the key", "Enter whose key it is", "Enter the 64 letters and numbers of their key").Shot("system-key-refused")
	v.Fill("Whose key is it?", "Fells Trust").Fill("The 64 letters and numbers of their key", signer.Fingerprint()).Click("Add the key").At("/system/releases").Says("Fells Trust").Shot("system-releases")
	for i, part := range []int{15, 30, 45} {
		path := j.release(signer, "FELLS"+string(rune('A'+i)), part, 200+100*i)
		v.Visit("/system/take").Upload("File of the release", path).Swap("Take in the file", "The release is in").At("/system/releases")
	}
	changed := j.release(signer, "FELLSX", 10, 100)
	text, err := os.ReadFile(changed)
	if err != nil {
		j.t.Fatal(err)
	}
	i := strings.Index(string(text), `"payload": "`) + len(`"payload": "`) + 40
	text[i] ^= 1
	if err := os.WriteFile(changed, text, 0o600); err != nil {
		j.t.Fatal(err)
	}
	v.Visit("/system/take").Upload("File of the release", changed).Swap("Take in the file", "the file was changed after it was signed").Shot("system-take-refused")

	v.Visit("/system").Want(200).Click("Missed appointments").Want(200).Click("1 month").Want(200).Says("3 organisations. All together: 10.0%", "Organisation FELLSA").Hides("(yours)").Shot("system-funnel")
	v.Visit("/system/levels").Want(200).Says("Organisation FELLSB", "K10, version 1").Shot("system-levels")
	v.Visit("/system/plans").Want(200).Says("Gaps and plans").Shot("system-plans")
	if table := v.Visit("/system").Want(200).Download("Download everything as a table"); !strings.Contains(string(table), "FELLSC,,,K10") {
		j.t.Errorf("the table is %.200s", table)
	}
	j.pooled(v, signer)
	j.equity(v, lead, signer)
	v.Visit("/system/releases").Want(200).Click("Take no more files of Fells Trust").At("/system/releases").Says("Files are not taken any more")
	lead.Visit("/sharing").Click("Missed appointments").Want(200).Click("1 month").Want(200).Says("3 organisations. All together: 10.0%").Shot("sharing-compare")
}

// pooled has the lead of the ICS try one list for two services that have said what they are asked for and give.
func (j *journey) pooled(v *browser.Visitor, s *release.Signer) {
	v.Visit("/system/pooled").Want(200).Says("0 of 2 organisations", "needs two organisations").Shot("system-pooled-none")
	v.Visit("/system/pooled/add").At("/system/pooled")
	month := sharing.Last(locale.Day(j.h.now()))
	for month.Month%3 != 0 {
		month = month.AddMonths(-1)
	}
	pack, err := release.Load(content.FS)
	if err != nil {
		j.t.Fatal(err)
	}
	metric, _ := pack.Find(pooled.Metric)
	for i, demand := range []float64{40, 22} {
		m := pooled.Model{Demand: demand, DemandError: 0.02, Wander: 0.05, Memory: 0.5, Given: 1.85 * demand, SD: 4, Least: 1.6 * demand, Most: 2.2 * demand, React: 0.1, Usual: 60, List: 80, DNA: 0.1, Rebook: 0.7,
			Unseen: 0.05, UnseenFor: 6, FollowUps: 0.7, Gap: 28, Lead: 3, Priority: map[string]float64{"P2": 0.5, "P3": 0.5}, Share: map[string]float64{"nurse": 0.7, "physician": 0.3}, Wait: map[string]float64{"nurse": 8}}
		path := j.signed(s, "POOLS"+string(rune('A'+i)), m.Figures(metric, month))
		v.Visit("/system/take").Upload("File of the release", path).Swap("Take in the file", "The release is in").At("/system/releases")
	}
	v.Visit("/system/pooled").Want(200).Says("Organisation POOLSA", "Organisation POOLSB").Click("Try a pooled service").Want(200).Shot("system-pooled-add")
	v.Fill("Appointments lost, in 100", "90")
	j.refused(v, "Run the simulation", "Appointments lost must be a whole number from 0 to 50").Shot("system-pooled-refused")
	v.Fill("Appointments lost, in 100", "4").Click("Run the simulation").At("/system/pooled/").Says("One list for nurses and physicians", "Demand and teams stay as they are now")
	j.h.idle(j.t)
	v.Visit("/system/pooled").Want(200).Says("What has been tried").Click("One list for nurses and physicians").Want(200).Says("people would be seen within 10 working days", "All together", "2 services", "Definition: capacity, version 1").Shot("system-pooled")
}

// equity has the lead of the ICS look at equal access, before and after three organisations have told of it, and a member of it too.
func (j *journey) equity(v, lead *browser.Visitor, s *release.Signer) {
	v.Visit("/system/equity").Want(200).Says("Nothing has been shared yet").Shot("system-equity-none")
	month := sharing.Last(locale.Day(j.h.now()))
	for !reach.BuiltIn().EndsIn(month) {
		month = month.AddMonths(-1)
	}
	pack, err := release.Load(content.FS)
	if err != nil {
		j.t.Fatal(err)
	}
	metric, _ := pack.Find(equity.Metric)
	for i := range 3 {
		var groups []reach.Group
		each := reach.Count{Staff: 300 + 50*i, Seen: 40}
		for _, g := range metric.Groups {
			rest := reach.Count{Staff: 10 * each.Staff, Seen: 10 * each.Seen} // all divisions are of as many people
			for k := len(g.Codes) - 1; k >= 0; k-- {
				c := each
				switch {
				case k == 0:
					c = rest
				case g.Codes[k] == "estates":
					c.Seen = 15
				case g.Codes[k] == "student" && i == 0:
					c.Seen = 3
				}
				rest = reach.Count{Staff: rest.Staff - c.Staff, Seen: rest.Seen - c.Seen}
				groups = append(groups, reach.Group{Division: g.ID, Code: g.Codes[k], Count: c})
			}
		}
		figures, err := joints.Protected(metric, reach.BuiltIn().Definition, month, groups)
		if err != nil {
			j.t.Fatal(err)
		}
		v.Visit("/system/take").Upload("File of the release", j.signed(s, "EQUAL"+string(rune('A'+i)), figures)).Swap("Take in the file", "The release is in").At("/system/releases")
	}
	v.Visit("/system").Want(200).Click("Equal access").Want(200).Says("3 of", "access, version 1", "Seen less than the others", "Estates and ancillary", "not declared against all who did", "and 1 hid it").Hides("EQUALA").Shot("system-equity")
	if table := v.Download("Download the ratios as a table"); !strings.Contains(string(table), "staff_group,estates,"+sharing.EndOf(month).String()) {
		j.t.Errorf("the table is %.300s", table)
	}
	lead.Visit("/sharing").Want(200).Click("Ask to share: Access by group").Want(200).Select("From which month on?", sharing.Last(locale.Day(j.h.now())).MonthYear()).Click("Ask an executive to agree").At("/sharing")
	j.as(j.w.Executive, access.Executive).Visit("/sharing").Click("Agree to share: Access by group").At("/sharing")
	lead.Visit("/sharing").Want(200).Click("Equal access").Want(200).Says("Seen less than the others").Hides("EQUALA").Shot("sharing-equity")
	if table := lead.Download("Download the ratios as a table"); !strings.Contains(string(table), "disability,yes,") {
		j.t.Errorf("a member's table is %.300s", table)
	}
}

// release writes the signed file of an invented organisation.
func (j *journey) release(s *release.Signer, code string, part, whole int) string {
	j.t.Helper()
	month := sharing.Last(locale.Day(j.h.now()))
	return j.signed(s, code, []release.Figure{{Metric: "K10", Month: month, Definition: "K10, version 1", State: release.Known, Part: &part, Whole: &whole}})
}

// signed writes the signed file of some figures.
func (j *journey) signed(s *release.Signer, code string, figures []release.Figure) string {
	j.t.Helper()
	month := sharing.Last(locale.Day(j.h.now()))
	file, err := s.Sign(release.Release{Format: release.Format, Version: release.Version, ID: uuid.New(), MadeAt: j.h.now(), AsAt: sharing.EndOf(month), System: release.SystemCode(j.w.ICS, ""), Code: code, Figures: figures})
	if err != nil {
		j.t.Fatal(err)
	}
	path := filepath.Join(j.t.TempDir(), fmt.Sprintf("release-%s.json", code))
	if err := os.WriteFile(path, file, 0o600); err != nil {
		j.t.Fatal(err)
	}
	return path
}
