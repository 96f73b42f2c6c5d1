package house_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/app"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

const golden = "../../../docs/access.md"

const preface = `# Who may do what

Wall 3 of the house, written by ` + "`UPDATE_GOLDEN=1 go test ./test/walls/house`" + ` from the rules of every slice; the test fails when a rule
and this page differ. What is not here is refused. A cell says what somebody in the role must be to the object:
**any** nothing beyond the tenant, **own** it is about them, **line** the person reports to them, **viewer** they referred or were
named, **author** they wrote it, **care** an open case, appointment or task with the person, **glass** break-glass. Data classes are those
of [walls.md](walls.md). A role that is not in a cell may not; to it the page looks as if it did not exist.

`

// TestAccessTable compares the rules of all slices with the table in the docs.
func TestAccessTable(t *testing.T) {
	h := open(t)
	want := preface + permissions(h.app) + register(h.app)
	have, err := os.ReadFile(golden)
	if err == nil && string(have) == want {
		return
	}
	if os.Getenv("UPDATE_GOLDEN") == "" {
		t.Fatalf("the rules are not those of %s: look at the difference after UPDATE_GOLDEN=1 go test ./test/walls/house", golden)
	}
	if err := os.WriteFile(golden, []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}

// permissions is the table: a row for each permission, a column for each role.
func permissions(a *app.App) string {
	var b strings.Builder
	b.WriteString("## Permissions\n\n| permission | wall | data | states | second factor |")
	for _, role := range access.Roles {
		fmt.Fprintf(&b, " %s |", role)
	}
	b.WriteString("\n" + strings.Repeat("|---", 5+len(access.Roles)) + "|\n")
	for _, r := range a.Table.Rules() {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |", r.Permission, r.Wall, r.Data, orDash(strings.Join(r.States, ", ")), orDash(map[bool]string{true: "yes"}[r.StepUp]))
		for _, role := range access.Roles {
			var cell []string
			for _, rel := range r.Allow[role] {
				cell = append(cell, string(rel))
			}
			fmt.Fprintf(&b, " %s |", orDash(strings.Join(cell, " ")))
		}
		b.WriteString("\n")
	}
	return b.String()
}

// register is the purpose register: why each page holds what it holds.
func register(a *app.App) string {
	routes := slices.SortedFunc(slices.Values(a.Routes), func(x, y web.Route) int {
		return strings.Compare(x.Path+" "+x.Method, y.Path+" "+y.Method)
	})
	var b strings.Builder
	b.WriteString("\n## Purpose register\n\nEvery page and form, the permission it needs and what it is for. **open** needs no session.\n\n| page | permission | wall | data | purpose | |\n|---|---|---|---|---|---|\n")
	for _, r := range routes {
		rule, _ := a.Table.Rule(r.Permission)
		fmt.Fprintf(&b, "| %s `%s` | %s | %s | %s | %s | %s |\n", r.Method, r.Path, r.Permission, r.Wall, rule.Data, sentence(rule.Purpose), map[bool]string{true: "open"}[r.Public])
	}
	return b.String()
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func sentence(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
