package nhsuk

import (
	"reflect"
	"strings"
	"testing"
)

// leftOut are options without a Go field, each with the reason. A line holds for what is under it too. Options that
// the package itself calls deprecated need no line: doc.go says we leave them out.
var leftOut = map[string]string{
	"heading.sizes":       "for the macros that draw a heading; ours use headingStyle",
	"heading.className":   "for the macros that draw a heading; ours use headingStyle",
	"heading.classPrefix": "for the macros that draw a heading; ours use headingStyle",

	"checkboxes.formGroup.beforeInputs": "FormGroup.BeforeInput: one struct for every field",
	"checkboxes.formGroup.afterInputs":  "FormGroup.AfterInput",
	"radios.formGroup.beforeInputs":     "FormGroup.BeforeInput: one struct for every field",
	"radios.formGroup.afterInputs":      "FormGroup.AfterInput",
	"date-input.formGroup.beforeInputs": "FormGroup.BeforeInput: one struct for every field",
	"date-input.formGroup.afterInputs":  "FormGroup.AfterInput",

	"date-input.items":  "Day, Month and Year, with Omit: a date has no other parts",
	"date-input.values": "Day.Value, Month.Value and Year.Value: one way to say it",

	"header.logo.src":                        "Logo.Image is a slot, so that Rowan holds no NHS logo",
	"header.search.input":                    "Search.Placeholder",
	"header.search.label.visuallyHiddenText": "Search.Label is a string",
	"header.search.button":                   "Search.ButtonLabel",

	"notification-banner.title.headingLevel": "Title.Level: the macro reads either",

	"fieldset.html":     "its children",
	"summary-list.html": "its children",
}

type macroOption struct {
	Name       string
	Deprecated string
	Params     []macroOption
}

func TestOptions(t *testing.T) {
	used := map[string]bool{}
	total := 0
	for _, c := range components {
		t.Run(c.dir, func(t *testing.T) {
			var list []macroOption
			readJSON(t, packageDir(t, "components", c.dir, "macro-options.json"), &list)
			checkOptions(t, c, reflect.TypeOf(c.params), list, c.dir, used, &total)
		})
	}
	for path := range leftOut {
		if !used[path] {
			t.Errorf("leftOut has a line for %s, which is not an option without a field", path)
		}
	}
	t.Logf("%d options of %d components", total, len(components))
}

func checkOptions(t *testing.T, c component, params reflect.Type, list []macroOption, path string, used map[string]bool, total *int) {
	t.Helper()
	for _, o := range list {
		*total++
		at := path + "." + o.Name
		f, _, ok := field(params, o.Name)
		switch {
		case ok:
			if inner := structOf(f.Type); inner != nil && len(o.Params) > 0 {
				checkOptions(t, c, inner, o.Params, at, used, total)
			} else if inner == nil && len(o.Params) > 0 && f.Type != componentType {
				for _, p := range o.Params {
					*total++
					if _, ok := leftOut[at+"."+p.Name]; !ok {
						t.Errorf("%s.%s: %s has no fields and there is no reason in leftOut", at, p.Name, f.Type)
					}
					used[at+"."+p.Name] = true
				}
			}
		case o.Deprecated != "":
		case o.Name == "caller" && (c.children || hasSlot(params)):
		case leftOut[at] != "":
			used[at] = true
		default:
			t.Errorf("%s: no such field in %s and no reason in leftOut", at, params)
		}
	}
}

// hasSlot says whether a call block has a field to stand in.
func hasSlot(params reflect.Type) bool {
	for _, name := range []string{"HTML", "Description"} {
		if _, ok := params.FieldByName(name); ok {
			return true
		}
	}
	return false
}

// structOf is the struct behind a pointer or a list, or nil.
func structOf(v reflect.Type) reflect.Type {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Slice {
		v = v.Elem()
	}
	if v.Kind() == reflect.Struct && !strings.HasPrefix(v.PkgPath(), "github.com/a-h") {
		return v
	}
	return nil
}
