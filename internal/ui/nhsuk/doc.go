// Package nhsuk renders the components of the NHS design system.
//
// Each component is one .templ file: a params struct and a function from it to a [templ.Component]. Names follow
// the options of the Nunjucks macros of nhsuk-frontend 10.6.1 (MIT licence, NHS England), so its documentation is
// ours, and two tests hold us to it: the HTML of every fixture the package ships must come out the same, and every
// option must have a field here or a written reason why not.
//
// Where we differ from the macros, always in the same way:
//
//   - text and html are two fields. Text is escaped. HTML is a [templ.Component], never a string, so the package
//     has no way to let unescaped text through; it wins over Text.
//   - what Nunjucks passes as a "call" block is the children of the templ call:
//     @nhsuk.Card(p) { <p>...</p> }. Card, Details, Fieldset, InsetText, NotificationBanner, Scroll, SummaryList
//     and WarningCallout take children.
//   - an option whose meaning is in being false is a field that starts with No (border: false is NoBorder).
//   - the zero value of a nested struct means "not given"; nested structs that change the markup by being present
//     are pointers.
//   - deprecated options are left out.
//
// Nothing here writes an inline script or style, so pages run under a strict content security policy.
package nhsuk
