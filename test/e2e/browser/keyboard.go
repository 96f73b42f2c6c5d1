package browser

import (
	"strconv"
	"strings"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// focused is what has the focus: its words, and whether it shows that it has it. A radio or checkbox shows it beside itself.
type focused struct {
	Words string
	Shown bool
}

const askFocused = `(() => {
	const e = document.activeElement
	if (!e || e === document.body) return {Words: "", Shown: true}
	const words = [...(e.labels ?? [])].map(l => l.innerText).concat(e.closest("fieldset")?.querySelector("legend")?.innerText ?? "", e.innerText ?? "")
	const style = getComputedStyle(e), choice = e.type === "radio" || e.type === "checkbox"
	const shown = choice || style.outlineStyle !== "none" && style.outlineWidth !== "0px" || style.boxShadow !== "none"
	return {Words: words.join(" "), Shown: e.matches(":focus-visible") && shown}
})()`

// findControls keeps what the Tab key should come to on a page, in the order in which it is read: of a group of radios the one that is
// chosen, or the first. It gives the words of each, and of the first that stands above the one before it.
const findControls = `(() => {
	const all = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, details > summary:first-of-type, [tabindex]")]
	const group = e => e.type === "radio" ? all.filter(o => o.type === "radio" && o.name === e.name && o.form === e.form) : [e]
	const controls = all.filter(e => !e.disabled && e.tabIndex >= 0 && e.checkVisibility({visibilityProperty: true}) && (group(e).find(o => o.checked) ?? group(e)[0]) === e)
	const words = e => ([...(e.labels ?? [])].map(l => l.innerText).join(" ") || e.innerText || e.value || e.id).trim()
	const place = e => (e.type === "radio" || e.type === "checkbox" ? e.labels[0] ?? e : e).getBoundingClientRect()
	const main = controls.filter(e => e.closest("main")), above = main.find((e, i) => i > 0 && place(e).bottom <= place(main[i-1]).top)
	window.rowanControls = controls
	return {Words: controls.map(words), Above: above ? words(above) : ""}
})()`

// toTop puts the focus before everything on a page, as it is when the page was just opened; it leaves nothing behind.
const toTop = `(() => {
	const top = document.createElement("div")
	top.tabIndex = -1
	document.body.prepend(top)
	top.focus()
	top.remove()
	scrollTo(0, 0)
	return true
})()`

// TabThrough goes through a page that was just opened by the Tab key alone: it comes to every control, in the order in which the page is
// read, and each shows that it has the focus.
func (v *Visitor) TabThrough() *Visitor {
	v.t.Helper()
	found, err := ask(v, chromedp.Evaluate[struct {
		Words []string
		Above string
	}](findControls))
	v.must("find the controls", err)
	if found.Above != "" {
		v.t.Errorf("%s at %s: %q comes after what is below it", v.view.Name, v.Path, short(found.Above))
	}
	for i, words := range found.Words {
		v.must("press Tab", v.do(chromedp.KeyEvent(kb.Tab)))
		at, err := ask(v, chromedp.Evaluate[struct {
			focused
			Number int
		}](`({...`+askFocused+`, Number: window.rowanControls.indexOf(document.activeElement)})`))
		v.must("see what has the focus", err)
		if at.Number != i {
			v.t.Errorf("%s at %s: Tab number %d of %d comes to %q, want %q", v.view.Name, v.Path, i+1, len(found.Words), short(at.Words), short(words))
			break
		}
		if !at.Shown {
			v.t.Errorf("%s at %s: %q has the focus and does not show it", v.view.Name, v.Path, short(at.Words))
		}
	}
	return v
}

// keys goes through a page by the Tab key, in the wide view and unless this page and state was gone through; the focus is then where it was.
func (v *Visitor) keys(at seen) {
	v.t.Helper()
	if v.view != Desktop || v.site.Keys == nil || !v.site.Keys.first(at) {
		return
	}
	v.must("go to the top", v.evaluate(`(() => { window.rowanHeld = document.activeElement; return `+toTop+` })()`))
	v.TabThrough()
	v.must("go back", v.evaluate(`(() => {
		const held = window.rowanHeld
		if (held === document.body) return `+toTop+`
		if (held.tabIndex < 0) held.tabIndex = -1 // a summary can have the focus until it has left it
		held.focus()
		return true
	})()`))
}

func (v *Visitor) evaluate(expression string) error {
	return v.do(discard(chromedp.Evaluate[bool](expression)))
}

// mostTabs is more than any page has controls.
const mostTabs = 200

// Focused fails the test unless what has the focus says so.
func (v *Visitor) Focused(words string) *Visitor {
	v.t.Helper()
	v.until("the focus is at "+words, `(() => { const f = `+askFocused+`; return f.Words.includes(`+strconv.Quote(words)+`) })()`)
	return v
}

// FirstFault goes on from the summary of what is wrong, which has the focus, to its first link: that leads to a field of the page. Without
// JavaScript nothing puts the focus there, and the way to it is from the top.
func (v *Visitor) FirstFault() *Visitor {
	v.t.Helper()
	tabs := 1
	if v.view.Plain {
		tabs = mostTabs
	} else {
		v.Focused("There is a problem")
	}
	for range tabs {
		v.must("press Tab", v.do(chromedp.KeyEvent(kb.Tab)))
		field, err := ask(v, chromedp.Evaluate[string](`(() => { const a = document.activeElement; return a.closest(".nhsuk-error-summary") && document.getElementById(a.hash.slice(1))?.form ? a.hash : "" })()`))
		v.must("see what has the focus", err)
		if field != "" {
			return v
		}
	}
	v.t.Fatalf("%s at %s: Tab does not come to a link to what is wrong", v.view.Name, v.Path)
	return v
}

// TabTo goes on by the Tab key alone to the control that says so. Each control on the way must show that it has the focus.
func (v *Visitor) TabTo(words string) *Visitor {
	v.t.Helper()
	for range mostTabs {
		v.must("press Tab", v.do(chromedp.KeyEvent(kb.Tab)))
		at, err := ask(v, chromedp.Evaluate[focused](askFocused))
		v.must("see what has the focus", err)
		if !at.Shown {
			v.t.Errorf("%s at %s: %q has the focus and does not show it", v.view.Name, v.Path, short(at.Words))
		}
		if strings.Contains(at.Words, words) {
			return v
		}
	}
	v.t.Fatalf("%s at %s: the Tab key does not come to %q", v.view.Name, v.Path, words)
	return v
}

// Type types where the focus is.
func (v *Visitor) Type(keys string) *Visitor {
	v.t.Helper()
	v.must("type", v.do(chromedp.KeyEvent(keys)))
	return v
}

// Enter presses the Enter key, which leads to another page.
func (v *Visitor) Enter() *Visitor {
	v.t.Helper()
	return v.follow("press Enter", chromedp.KeyEvent(kb.Enter))
}
