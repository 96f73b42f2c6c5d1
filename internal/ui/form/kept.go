package form

import (
	"context"
	"io"
	"slices"
	"sort"
	"strings"

	"github.com/a-h/templ"
)

// secrets are fields that no page ever gives back.
var secrets = []string{"password", "code"}

// Kept holds what was typed in hidden fields, to be sent again, in the order of the names. Passwords and
// codes are left out.
func Kept(f Form) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		names := make([]string, 0, len(f.Values))
		for name := range f.Values {
			if !slices.ContainsFunc(secrets, func(s string) bool { return strings.Contains(name, s) }) {
				names = append(names, name)
			}
		}
		sort.Strings(names)
		for _, name := range names {
			for _, value := range f.Values[name] {
				if _, err := io.WriteString(w, `<input type="hidden" name="`+templ.EscapeString(name)+`" value="`+templ.EscapeString(value)+`">`); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
