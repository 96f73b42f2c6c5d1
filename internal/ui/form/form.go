// Package form speaks the NHS way of asking: one label, hint and error for each field, an error summary on
// top (the page shell draws it, from ErrorItems), and everything that was typed kept. A field's words are found by its key: <key> is the label,
// <key>.hint the hint when there is one, and a fault carries the key of its message.
//
//	f := form.From(c.R)                       // or form.Of(values)
//	f.Faults.Add("why", "referral.why.empty")
//	@form.TextArea(f, form.Field{Name: "why", Key: "referral.why"})
package form

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// Form is what somebody typed, and what is wrong with it.
type Form struct {
	Values url.Values
	Faults fault.Fields
}

// Of makes a form that shows stored values.
func Of(v url.Values) Form { return Form{Values: v} }

// From takes what was posted. The server has parsed and bounded the body.
func From(r *http.Request) Form {
	v := url.Values{}
	for name, list := range r.PostForm {
		for _, s := range list {
			s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\x00", "")
			v.Add(name, strings.TrimSpace(s))
		}
	}
	return Form{Values: v}
}

// Get gives one value.
func (f Form) Get(name string) string { return f.Values.Get(name) }

// All gives every value of a field.
func (f Form) All(name string) []string { return f.Values[name] }

// Bad says whether anything is wrong.
func (f Form) Bad() bool { return len(f.Faults) > 0 }

// Required faults an empty field.
func (f *Form) Required(name, key string) string {
	v := f.Get(name)
	if v == "" {
		f.Faults.Add(name, key)
	}
	return v
}

// Limit faults a text that is too long; n is counted in characters.
func (f *Form) Limit(name string, n int) {
	f.Faults.Long(name, f.Get(name), n)
}

// OneOf faults a value that is not on the list: an empty one with the given key, a forged one too.
func (f *Form) OneOf(name, key string, allowed ...string) string {
	v := f.Get(name)
	for _, a := range allowed {
		if v == a && v != "" {
			return v
		}
	}
	f.Faults.Add(name, key)
	return ""
}

// Int reads a whole number between min and max; an empty field gives ok false and no fault.
func (f *Form) Int(name, key string, min, max int) (n int, ok bool) {
	if f.Get(name) == "" {
		return 0, false
	}
	n, err := strconv.Atoi(f.Get(name))
	if err != nil || n < min || n > max {
		f.Faults.Add(name, key, "min", min, "max", max)
		return 0, false
	}
	return n, true
}

// Date reads the three fields name-day, name-month and name-year. All empty gives the zero time and no fault; else
// the fault names the box to mend. On a page with several dates label, the key of the date's words and what fills them,
// says which: "report.review_on", or "note.adj_end.date", "n", "2".
func (f *Form) Date(name string, label ...string) time.Time {
	d, m, y := f.Get(name+"-day"), f.Get(name+"-month"), f.Get(name+"-year")
	if d == "" && m == "" && y == "" {
		return time.Time{}
	}
	day, e1 := strconv.Atoi(d)
	month, e2 := monthOf(m)
	year, e3 := strconv.Atoi(y)
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, locale.London)
	var fault string
	switch {
	case e1 != nil || day < 1 || day > 31:
		fault = "form.date.day.bad"
	case e2 != nil:
		fault = "form.date.month.bad"
	case e3 != nil || len(y) != 4: // "26" may be 1926 or 2026
		fault = "form.date.year.bad"
	case year < 1900 || year > 2200 || t.Day() != day:
		fault = "form.date.real"
	default:
		return t
	}
	if len(label) == 0 {
		f.Faults.Add(name, fault)
	} else {
		args := []any{"label", locale.Key(label[0])}
		for _, x := range label[1:] {
			args = append(args, x)
		}
		f.Faults.Add(name, fault+".of", args...)
	}
	return time.Time{}
}

// monthOf reads a month's number, its name or the first letters of it ("oct", "Sept.").
func monthOf(s string) (int, error) {
	if n, err := strconv.Atoi(s); err == nil && n >= 1 && n <= 12 {
		return n, nil
	}
	s = strings.ToLower(strings.TrimSuffix(s, "."))
	for m := time.January; m <= time.December; m++ {
		if len(s) >= 3 && strings.HasPrefix(strings.ToLower(m.String()), s) {
			return int(m), nil
		}
	}
	return 0, strconv.ErrSyntax
}

// SetDate stores a date so that Date and the date fields show it.
func SetDate(v url.Values, name string, t time.Time) {
	if t.IsZero() {
		return
	}
	t = t.In(locale.London)
	v.Set(name+"-day", strconv.Itoa(t.Day()))
	v.Set(name+"-month", strconv.Itoa(int(t.Month())))
	v.Set(name+"-year", strconv.Itoa(t.Year()))
}

// Field is one question.
type Field struct {
	Name    string
	Key     string // of its words
	Args    []any  // for the label
	Heading bool   // the label or legend is the page's h1
	Rows    int    // text area
	Max     int    // text area with a character count
	Width   int    // text input, in characters
	Type    string // text input: "email", "tel", "password"
	Inline  bool   // radios on one line
	Auto    string // autocomplete
	Options []Option
}

// Option is one choice. Text wins over Key when both are given.
type Option struct {
	Value, Key, Text, HintKey string
	Hint                      string // said already, in place of HintKey
}

func (o Option) words(ctx context.Context) string {
	if o.Text != "" {
		return o.Text
	}
	return locale.T(ctx, o.Key)
}

// Options makes choices whose words are found under a prefix: value "LTS" has the key prefix + ".LTS".
func Options(prefix string, values ...string) []Option {
	out := make([]Option, len(values))
	for i, v := range values {
		out[i] = Option{Value: v, Key: prefix + "." + v}
		if hint := out[i].Key + ".hint"; locale.English().Has(hint) {
			out[i].HintKey = hint
		}
	}
	return out
}

func (q Field) label(ctx context.Context) string { return locale.T(ctx, q.Key, q.Args...) }

func (q Field) hint(ctx context.Context) nhsuk.HintParams {
	if w := locale.From(ctx); w.Has(q.Key + ".hint") {
		return nhsuk.HintParams{Text: w.T(q.Key+".hint", q.Args...)}
	}
	return nhsuk.HintParams{}
}

func (f Form) fault(ctx context.Context, name string) nhsuk.ErrorMessageParams {
	if x := f.Faults.Of(name); x != nil {
		return nhsuk.ErrorMessageParams{Text: locale.T(ctx, x.Key, x.Args...)}
	}
	return nhsuk.ErrorMessageParams{}
}
