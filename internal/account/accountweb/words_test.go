package accountweb

import (
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Whoever tries the demonstration reads of each role what it sees.
func TestEveryRoleSaysWhatItSees(t *testing.T) {
	for _, r := range access.Roles {
		if words := locale.English().T("account.demo.role." + string(r)); r != access.Anonymous && strings.Contains(words, "demo.role") {
			t.Errorf("the demonstration has no words for %s", r)
		}
	}
}
