package house_test

import (
	"net/http"
	"testing"

	"golang.org/x/net/html"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
)

// noLinkIsRefused follows every link that a page of the growth wing shows to each role that reads one: none leads to
// a page that the role may not see. A refused page looks as if it did not exist, so somebody would take it for a fault.
func noLinkIsRefused(t *testing.T, h *house, people []account.DemoPerson) {
	rule, ok := h.app.Table.Rule(indicator.Read)
	if !ok {
		t.Fatal("no rule")
	}
	seen := map[access.Role]bool{}
	for _, p := range people {
		if len(p.Roles) == 0 || seen[p.Roles[0]] || len(rule.Allow[p.Roles[0]]) == 0 {
			continue
		}
		role := p.Roles[0]
		seen[role] = true
		t.Run(string(role), func(t *testing.T) {
			v := h.signIn(world.Who{Account: p.ID}, role)
			pages, links, asked, todo := 0, 0, map[string]int{}, []string{"/performance"}
			for ; len(todo) > 0; todo = todo[1:] {
				pages++
				for _, m := range address.FindAllStringSubmatch(v.get(todo[0]).body, -1) {
					to := html.UnescapeString(m[1])
					if !under(to, growthPages) || old.MatchString(to) {
						continue
					}
					links++
					if _, known := asked[to]; known {
						continue
					}
					asked[to] = v.get(to).status
					switch status := asked[to]; {
					case status == http.StatusOK:
						todo = append(todo, to)
					case status != http.StatusSeeOther:
						t.Errorf("%s leads to %s, which answers %d", todo[0], to, status)
					}
				}
			}
			t.Logf("%d pages with %d links to %d addresses", pages, links, len(asked))
			if pages < 10 || len(asked) < 20 {
				t.Error("too little was read to show anything")
			}
		})
	}
	for _, role := range []access.Role{access.Lead, access.Guardian, access.Executive, access.HR, access.Nurse} {
		if !seen[role] {
			t.Errorf("nobody of the sample is %s", role)
		}
	}
}
