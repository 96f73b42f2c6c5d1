package referral_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/referral"
	"github.com/rowan-ohwb/rowan/internal/care/referral/selfreferral"
	"github.com/rowan-ohwb/rowan/internal/care/referral/sheet"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Keys that code builds: every value they can end with has words.
func TestBuiltKeysHaveWords(t *testing.T) {
	var keys []string
	for _, s := range []flow.Seen{flow.SeenSubmitted, flow.SeenReturned, flow.SeenAccepted, flow.SeenBooked, flow.SeenAttended, flow.SeenReportPending,
		flow.SeenReported, flow.SeenNotReported, flow.SeenDeclined, flow.SeenWithdrawn, flow.SeenClosed} {
		keys = append(keys, "referral.state."+string(s), "referral.event."+string(s), "referral.next."+string(s), "my.state."+string(s))
	}
	for _, p := range sheet.Parts {
		keys = append(keys, "refer."+string(p), "refer.task."+string(p), "refer.missing."+string(p))
	}
	for _, r := range referral.WithdrawReasons {
		keys = append(keys, "referral.withdraw."+r)
	}
	for _, r := range referral.Readers {
		keys = append(keys, "my.comment.to."+r, "my.comment.sent."+r)
	}
	for _, c := range selfreferral.Contacts {
		keys = append(keys, "my.contact."+c, "my.reach.lacks."+c)
	}
	for _, s := range []string{"requested", "confirmed", "refused"} {
		keys = append(keys, "delegation.state."+s)
	}
	for _, m := range []string{"referral_made", "referral_amended", "referral_withdrawn", "referral_named", "referral_comment", "delegation_asked", "delegation_made",
		"delegation_confirmed", "delegation_refused", "self_referral_received", "help_asked"} {
		keys = append(keys, "message."+m+".subject", "message."+m+".body")
	}
	for _, k := range keys {
		if !locale.English().Has(k) {
			t.Errorf("no words for %s", k)
		}
	}
}

// Keys that code writes out.
func TestWrittenKeysHaveWords(t *testing.T) {
	literal := regexp.MustCompile(`"((?:refer|referral|my|sheet|delegation|careui)\.[a-z_.]*[a-z_])"`)
	err := filepath.WalkDir(".", func(path string, _ os.DirEntry, err error) error {
		if err != nil || strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "_templ.go") || !strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, ".templ") {
			return err
		}
		b, err := os.ReadFile(path)
		for _, m := range literal.FindAllStringSubmatch(string(b), -1) {
			key := m[1]
			if strings.Contains(string(b), `access.Permission = "`+key+`"`) || strings.Contains(string(b), `Action: "`+key+`"`) || key == "referral.submitted" || key == "referral.amended" || strings.Contains(string(b), `{ return "`+key+`" }`) {
				continue // a permission, an audit action or a job
			}
			prefix := func(k string) bool { return strings.HasPrefix(k, key+".") }
			if !locale.English().Has(key) && !slices.ContainsFunc(locale.English().Keys(), prefix) {
				t.Errorf("%s: no words for %s", path, key)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
