package e2e

import (
	"testing"

	"github.com/chromedp/chromedp/kb"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

// walkKeys fills in a form of every kind of field with the keyboard alone: past the header, to what is wrong, and
// on through text, date and choice.
func walkKeys(t *testing.T) {
	h := open(t, true)
	w := world.New(t, h.db)
	v := h.seat(t, browser.Desktop, w.OHLead, access.Lead).Visit("/assurance/statements").Want(200)
	v.TabTo("Skip to main content").Type(kb.Enter).TabTo("Write an impact statement").Enter().Want(200)
	v.TabTo("Save statement").Enter().Want(422).Focused("There is a problem")
	v.TabTo("Decision").Type("Close the canteen at night")
	v.TabTo("Day").Type("9").TabTo("Month").Type("11").TabTo("Year").Type("2026")
	v.TabTo("Groups of staff affected").Type("Night staff").TabTo("Better").Type(" " + kb.ArrowDown + kb.ArrowDown)
	v.TabTo("What makes you think so?").Type("No warm food").TabTo("What will be done about harm?").Type("Vending machines")
	v.TabTo("Save statement").Enter().Want(200).Says("Close the canteen at night")
}
