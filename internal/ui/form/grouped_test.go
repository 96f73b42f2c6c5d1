package form

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/locale"
)

// TestGrouped: the first group and those with a choice are open, all are where something is wrong, and the first choice has the id that
// an error leads to.
func TestGrouped(t *testing.T) {
	groups := []Group{{"Waits", []Option{{Value: "a", Text: "A"}, {Value: "b", Text: "B"}}}, {"Needs", []Option{{Value: "c", Text: "C"}}}, {"Plan", []Option{{Value: "d", Text: "D"}}}}
	draw := func(f Form) string {
		var b strings.Builder
		if err := Grouped(f, Field{Name: "figures", Key: "fivecase.figures.choose"}, groups).Render(locale.Into(context.Background(), locale.English()), &b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	page := draw(Of(url.Values{"figures": {"c"}}))
	if n := strings.Count(page, " open>"); n != 2 || strings.Count(page, " checked") != 1 {
		t.Errorf("%d groups are open: %s", n, page)
	}
	for _, want := range []string{`id="figures"`, `id="figures-2"`, `id="figures-group-2"`, `id="figures-group-3"`, `id="figures-filter"`, "Waits (2)", `aria-describedby="figures-hint"`, "data-filter-field hidden"} {
		if strings.Count(page, want) != 1 {
			t.Errorf("%d times %s in %s", strings.Count(page, want), want, page)
		}
	}
	f := Of(url.Values{})
	f.Faults.Add("figures", "fivecase.figures.many", "n", 8)
	if page = draw(f); strings.Count(page, " open>") != 3 || !strings.Contains(page, `aria-describedby="figures-hint figures-error"`) || !strings.Contains(page, "Choose 8 figures at most") {
		t.Errorf("a fault does not show: %s", page)
	}
}
