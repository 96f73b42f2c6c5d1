package nhsuk

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"github.com/google/go-cmp/cmp"
)

// nhsLogo is taken from the package while the tests run: it is not ours to keep or show.
var nhsLogo string

func readLogo(t *testing.T) {
	t.Helper()
	macro, err := os.ReadFile(packageDir(t, "components", "header", "template.njk"))
	if err != nil {
		t.Fatal(err)
	}
	svg := regexp.MustCompile(`(?s)<svg class="nhsuk-header__logo".*?</svg>`).Find(macro)
	if svg == nil {
		t.Fatal("no logo in the header macro")
	}
	nhsLogo = regexp.MustCompile(`\{\{ logo\.alt[^}]*\}\}`).ReplaceAllString(string(svg), "NHS")
}

// notRendered are fixtures that cannot apply, each with the reason.
var notRendered = map[string]string{
	"password-input: disabled with enabled button": "a disabled field whose button works: a password we show is never disabled, so Go cannot say it",
	"task-list: with empty items":                  "numbers the items that are left out; a Go list holds only items that are there",
}

func TestFixtures(t *testing.T) {
	readLogo(t)
	total, passedOver := 0, 0
	for _, c := range components {
		t.Run(c.dir, func(t *testing.T) {
			for _, f := range readFixtures(t, c.dir) {
				if _, ok := notRendered[c.dir+": "+f.Name]; ok {
					passedOver++
					continue
				}
				total++
				t.Run(f.Name, func(t *testing.T) {
					if diff := cmp.Diff(lines(normal(t, f.HTML)), lines(normal(t, renderFixture(t, c, f)))); diff != "" {
						t.Errorf("the HTML differs (-theirs +ours):\n%s\noptions %v", diff, f.Context)
					}
				})
			}
		})
	}
	if passedOver != len(notRendered) {
		t.Errorf("%d fixtures passed over, %d have a reason: a reason has no fixture", passedOver, len(notRendered))
	}
	t.Logf("%d fixtures of %d components", total, len(components))
}

func lines(s string) []string { return strings.Split(s, "\n") }

func renderFixture(t *testing.T, c component, f fixture) string {
	t.Helper()
	o := f.Context
	if o == nil {
		o = options{}
	}
	if f.CallBlock != "" && !c.children {
		o["html"] = f.CallBlock
	}
	undeprecate(c.dir, o)
	if c.adapt != nil {
		c.adapt(o)
	}
	if html, ok := o["html"]; ok && c.children && f.CallBlock == "" {
		if _, _, has := field(reflect.TypeOf(c.params), "html"); !has {
			f.CallBlock = html.(string)
			delete(o, "html")
		}
	}
	ctx := t.Context()
	if f.CallBlock != "" && c.children {
		ctx = templ.WithChildren(ctx, templ.Raw(f.CallBlock))
	}
	p := reflect.New(reflect.TypeOf(c.params)).Elem()
	if err := decode(p, o, c.dir); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := c.render(p.Interface()).Render(ctx, &out); err != nil {
		t.Fatalf("render: %v", err)
	}
	return out.String()
}

// undeprecate says isPageHeading with a heading wherever a label or a legend stands.
func undeprecate(dir string, o options) {
	if dir == "label" || dir == "legend" {
		pageHeading(o)
	}
	if l, ok := o["label"].(options); ok {
		pageHeading(l)
	}
	for _, name := range []string{"fieldset"} {
		if f, ok := o[name].(options); ok {
			adaptFieldset(f)
		}
	}
}
