package e2e

import (
	"testing"

	"github.com/chromedp/chromedp/kb"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

// walkKeys fills in a form of every kind of field with the keyboard alone: past the header, to what is wrong, and
// on through text, date and choice. Then it does so with the forms by which a lead plans people, capacity and money.
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
	peopleByKeys(v)
	scenarioByKeys(v)
	moneyByKeys(v)
}

// sentEmpty opens a form, goes through all of it, and sends it empty: what is wrong has the
// focus, and its first link leads to a field.
func sentEmpty(v *browser.Visitor, path, button string) {
	v.Visit(path).Want(200).TabThrough()
	v.Visit(path).TabTo(button).Enter().Want(422).FirstFault()
}

// into opens a page and passes its header.
func into(v *browser.Visitor, path string) *browser.Visitor {
	return v.Visit(path).Want(200).TabTo("Skip to main content").Type(kb.Enter)
}

// peopleByKeys plans a development post.
func peopleByKeys(v *browser.Visitor) {
	into(v, "/workforce/posts/add").TabTo("Title of the post").Type("OH nurse").TabTo("Role").Type(kb.ArrowDown).TabTo("Band").Type("Band 6").TabTo("How many people is it for?").Type("2").TabTo("WTE of each person").Type("1").
		TabTo("How many are in post today?").Type("2").TabTo("Years in the band").Type("3").TabTo("Recurrent").Type(" ").TabTo("Save").Enter().Want(200).Says("OH nurse")
	into(v, "/workforce/changes/add").TabTo("A development post").Enter().Want(200)
	form := v.Path
	sentEmpty(v, form, "Save")
	into(v, form).TabTo("How many people?").Type("2").TabTo("WTE of each person").Type("1").TabTo("How are they paid?").Type(" " + kb.ArrowDown + kb.ArrowDown).TabTo("Preferred").Type(" ").TabTo("Save").Enter().Want(200).Says("2 new posts")
}

// scenarioByKeys adds a scenario; Enter in a field sends it as the button does.
func scenarioByKeys(v *browser.Visitor) {
	sentEmpty(v, "/capacity/add", "Add the scenario")
	into(v, "/capacity/add").TabTo("What do you call it?").Type("By hand").TabTo("Do nothing").Type(" " + kb.ArrowDown + kb.ArrowDown).TabTo("Growth of the staff you serve, percent a year").Type("2").Enter().Want(200).At("/capacity/scenarios/").Says("By hand")
}

// moneyByKeys sets the plan up, adds a line, and enters what a quarter came to.
func moneyByKeys(v *browser.Visitor) {
	into(v, "/investment").TabTo("Set the plan up").Enter().Want(200)
	v.TabTo("Skip to main content").Type(kb.Enter).TabTo("First quarter").Type(kb.ArrowDown).TabTo("Save").Enter().Want(200).Says("Saved")
	sentEmpty(v, "/investment/lines/add", "Save")
	into(v, "/investment/lines/add").TabTo("What is it?").Type("Booking software").TabTo("People").Type(" " + kb.ArrowDown + kb.ArrowDown + kb.ArrowDown).TabTo("Amount in pounds").Type("12000").TabTo("From when?").Type(kb.ArrowDown).TabTo("Preferred").Type(" ").
		TabTo("Type of project").Type(kb.ArrowDown).TabTo("Save").Enter().Want(200).Says("Booking software")
	sentEmpty(v, "/investment/actual/enter", "Save")
	into(v, "/investment/actual/enter").TabTo("Spent in the quarter, in pounds").Type("4000").Enter().Want(200).Says("we spent")
	v.Visit("/investment/actual").TabThrough()
}
