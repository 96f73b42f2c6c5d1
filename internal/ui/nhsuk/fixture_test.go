package nhsuk

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/a-h/templ"
)

// component is one macro and the Go function that stands for it.
type component struct {
	dir    string // in the package
	params any    // the zero params
	render func(any) templ.Component
	// children is true when a Nunjucks call block is the children of the templ call; else it is the HTML field.
	children bool
	// adapt rewrites the options of a fixture where Go says the same in another way.
	adapt func(o options)
}

type options = map[string]any

func of[P any](dir string, f func(P) templ.Component, rest ...any) component {
	c := component{dir: dir, params: *new(P), render: func(p any) templ.Component { return f(p.(P)) }}
	for _, r := range rest {
		switch r := r.(type) {
		case bool:
			c.children = r
		case func(options):
			c.adapt = r
		}
	}
	return c
}

const takesChildren = true

// components are all that we use, by the name of their directory in nhsuk-frontend.
var components = []component{
	of("action-link", ActionLink),
	of("back-link", BackLink),
	of("breadcrumb", Breadcrumb, adaptBreadcrumb),
	of("button", Button),
	of("caption", Caption),
	of("card", Card, takesChildren),
	of("character-count", CharacterCount),
	of("checkboxes", Checkboxes, adaptChoices),
	of("contents-list", ContentsList),
	of("date-input", DateInput, adaptDate),
	of("details", Details, takesChildren),
	of("do-dont-list", DoDontList, adaptDoDont),
	of("error-message", ErrorMessage, adaptErrorMessage),
	of("error-summary", ErrorSummary, adaptErrorSummary),
	of("fieldset", Fieldset, takesChildren, adaptFieldset),
	of("file-upload", FileUpload),
	of("footer", Footer, takesChildren, adaptFooter),
	of("header", Header, adaptHeader),
	of("heading", Heading),
	of("hint", Hint),
	of("input", Input),
	of("inset-text", InsetText, takesChildren),
	of("label", Label),
	of("legend", Legend),
	of("notification-banner", NotificationBanner, takesChildren),
	of("pagination", Pagination, adaptPagination),
	of("panel", Panel),
	of("password-input", PasswordInput),
	of("radios", Radios, adaptChoices),
	of("scroll", Scroll, takesChildren),
	of("select", Select, adaptSelect),
	of("skip-link", SkipLink),
	of("summary-list", SummaryList, takesChildren),
	of("tables", Table, adaptTable),
	of("tag", Tag),
	of("task-list", TaskList, adaptTaskList),
	of("textarea", Textarea),
	of("warning-callout", WarningCallout, takesChildren),
}

type fixture struct {
	Name      string  `json:"name"`
	Context   options `json:"context"`
	CallBlock string  `json:"callBlock"`
	HTML      string  `json:"html"`
}

// packageDir finds a directory of nhsuk-frontend in the node_modules above the test.
func packageDir(t *testing.T, elem ...string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		root := filepath.Join(dir, "node_modules", "nhsuk-frontend", "dist", "nhsuk")
		if _, err := os.Stat(root); err == nil {
			return filepath.Join(append([]string{root}, elem...)...)
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no node_modules/nhsuk-frontend above the test: run make assets")
		}
		dir = filepath.Dir(dir)
	}
}

func readJSON(t *testing.T, path string, into any) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

func readFixtures(t *testing.T, dir string) []fixture {
	t.Helper()
	var file struct{ Fixtures []fixture }
	readJSON(t, packageDir(t, "components", dir, "fixtures.json"), &file)
	return file.Fixtures
}

var (
	componentType  = reflect.TypeFor[templ.Component]()
	attributesType = reflect.TypeFor[templ.Attributes]()
)

// field finds the Go field for an option: the same letters, or No before them for an option whose meaning is in being
// false.
func field(v reflect.Type, option string) (f reflect.StructField, negated, ok bool) {
	match := func(name string) (reflect.StructField, bool) {
		return v.FieldByNameFunc(func(n string) bool { return strings.EqualFold(n, name) })
	}
	if f, ok := match("No" + option); ok {
		return f, true, true
	}
	f, ok = match(option)
	return f, false, ok
}

// decode fills v from an option's value, as the macros read it: a string where an object could stand is its text,
// false and null are "not given", and things not given in a list are skipped.
func decode(v reflect.Value, value any, path string) error {
	if value == nil {
		return nil
	}
	switch v.Type() {
	case componentType:
		return decodeComponent(v, value, path)
	case attributesType:
		v.Set(reflect.ValueOf(decodeAttributes(value.(options))))
		return nil
	}
	switch v.Kind() {
	case reflect.Pointer:
		if value == false {
			return nil
		}
		v.Set(reflect.New(v.Type().Elem()))
		if value == true {
			return nil
		}
		return decode(v.Elem(), value, path)
	case reflect.String:
		if n, ok := value.(float64); ok {
			value = fmt.Sprint(int(n))
		}
		v.SetString(fmt.Sprint(value))
	case reflect.Int:
		n, ok := value.(float64)
		if !ok {
			return fmt.Errorf("%s: %T where a number is wanted", path, value)
		}
		v.SetInt(int64(n))
	case reflect.Bool:
		b, ok := value.(bool)
		if !ok {
			return fmt.Errorf("%s: %T where true or false is wanted", path, value)
		}
		v.SetBool(b)
	case reflect.Map:
		m := map[string]string{}
		for k, e := range value.(options) {
			m[k] = fmt.Sprint(e)
		}
		v.Set(reflect.ValueOf(m))
	case reflect.Slice:
		list, ok := value.([]any)
		if !ok {
			list = []any{value}
		}
		v.Set(reflect.MakeSlice(v.Type(), 0, len(list)))
		for _, e := range list {
			if e == nil || e == false {
				continue
			}
			one := reflect.New(v.Type().Elem()).Elem()
			if err := decode(one, e, path+"[]"); err != nil {
				return err
			}
			v.Set(reflect.Append(v, one))
		}
	case reflect.Struct:
		return decodeStruct(v, value, path)
	default:
		return fmt.Errorf("%s: no rule for a %s", path, v.Type())
	}
	return nil
}

func decodeStruct(v reflect.Value, value any, path string) error {
	switch value := value.(type) {
	case bool:
		// errorMessage: true marks the field without words; anything else that is false is not given.
		if f := v.FieldByName("MarkOnly"); value && f.IsValid() {
			f.SetBool(true)
		}
		return nil
	case string:
		name := "Text"
		if v.Type() == reflect.TypeFor[ButtonIcon]() {
			name = "Name"
		}
		v.FieldByName(name).SetString(value)
		return nil
	case []any:
		return decode(v.FieldByName("Items"), value, path)
	case options:
		for option, e := range value {
			f, negated, ok := field(v.Type(), option)
			if !ok {
				return fmt.Errorf("%s.%s: no such field in %s", path, option, v.Type())
			}
			if b, isBool := e.(bool); negated && isBool {
				v.FieldByIndex(f.Index).SetBool(!b)
				continue
			} else if negated {
				f, _ = v.Type().FieldByNameFunc(func(n string) bool { return strings.EqualFold(n, option) })
			}
			if err := decode(v.FieldByIndex(f.Index), e, path+"."+option); err != nil {
				return err
			}
		}
		return nil
	}
	return fmt.Errorf("%s: %T where a struct is wanted", path, value)
}

// decodeComponent takes a string as html; or an object with html, or with text, which it escapes.
func decodeComponent(v reflect.Value, value any, path string) error {
	var c templ.Component
	switch value := value.(type) {
	case string:
		c = templ.Raw(value)
	case options:
		if s, ok := value["html"].(string); ok {
			c = templ.Raw(s)
		} else if s, ok := value["text"].(string); ok {
			c = Text(s)
		}
	default:
		return fmt.Errorf("%s: %T where a component is wanted", path, value)
	}
	if c != nil {
		v.Set(reflect.ValueOf(c))
	}
	return nil
}

func decodeAttributes(o options) templ.Attributes {
	a := templ.Attributes{}
	for name, value := range o {
		optional := false
		if m, ok := value.(options); ok {
			value, optional = m["value"], m["optional"] == true
		}
		switch {
		case optional && (value == nil || value == false):
		case optional && value == true:
			a[name] = true
		case value == nil:
			a[name] = ""
		default:
			a[name] = fmt.Sprint(value)
		}
	}
	return a
}
