package form

import (
	"context"
	"io"
	"time"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Auto is the value of "do" in a save by assets/js/autosave.mjs: its handler answers 204 when what was typed is kept,
// 409 when it cannot be kept any more, and no page. The page's own button "Save draft" does the same without JavaScript.
const Auto = "auto"

// Autosave are the attributes of a form that saves itself every 20 seconds. lockedKey names what to say once
// saving is over: the text was signed meanwhile.
func Autosave(ctx context.Context, lockedKey string) templ.Attributes {
	return templ.Attributes{"data-module": "rowan-autosave", "data-saved": locale.T(ctx, "form.autosave.saved"),
		"data-failed": locale.T(ctx, "form.autosave.failed"), "data-locked": locale.T(ctx, lockedKey)}
}

// AutosaveStatus is where such a form says that it is saved; at is when it was last, or zero.
func AutosaveStatus(at time.Time) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		text := ""
		if !at.IsZero() {
			text = locale.T(ctx, "form.autosave.at", "date", locale.DateTime(at))
		}
		_, err := io.WriteString(w, `<p role="status" data-autosave-status>`+templ.EscapeString(text)+`</p>`)
		return err
	})
}
