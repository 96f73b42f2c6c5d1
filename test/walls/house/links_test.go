package house_test

import (
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// noLinkIsRefused follows every link that a page of the growth wing shows to each role that reads one: none leads to
// a page that the role may not see. A refused page looks as if it did not exist, so somebody would take it for a fault.
// On the way every figure has to lead in one click to its definition, version, source and date.
func noLinkIsRefused(t *testing.T, h *house, people []account.DemoPerson) {
	rule := h.rule(t, indicator.Read)
	seen := map[access.Role]bool{}
	for _, p := range people {
		if len(p.Roles) == 0 || seen[p.Roles[0]] || len(rule.Allow[p.Roles[0]]) == 0 {
			continue
		}
		role := p.Roles[0]
		seen[role] = true
		t.Run(string(role), func(t *testing.T) {
			v := h.signIn(world.Who{Account: p.ID}, role)
			pages, links, figures, asked, todo := 0, 0, 0, map[string]int{}, []string{"/performance"}
			for ; len(todo) > 0; todo = todo[1:] {
				pages++
				body := v.get(todo[0]).body
				figures += sourced(t, todo[0], body)
				for _, to := range addresses(body, "href", "src") {
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
			t.Logf("%d pages with %d links to %d addresses, and %d figures", pages, links, len(asked), figures)
			reads := len(h.rule(t, figure.Read).Allow[role]) > 0
			if pages < 10 || len(asked) < 20 || reads != (figures > 100) {
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

func (h *house) rule(t *testing.T, p access.Permission) access.Rule {
	t.Helper()
	rule, ok := h.app.Table.Rule(p)
	if !ok {
		t.Fatalf("no rule for %s", p)
	}
	return rule
}

// sourced counts the figures of a page and fails for one that leads nowhere. The page of a figure itself says all of it.
func sourced(t *testing.T, path, body string) int {
	t.Helper()
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	all, unsourced := webtest.Figures(root)
	for _, f := range unsourced {
		t.Errorf("%s: %q does not lead to where it comes from", path, f)
	}
	if strings.HasPrefix(path, "/figures/") {
		for _, part := range []string{"Definition", "Version", "Source", "Period"} {
			if !strings.Contains(body, "<dt class=\"nhsuk-summary-list__key\">"+part) {
				t.Errorf("%s does not say its %s", path, part)
			}
		}
	}
	return len(all)
}
