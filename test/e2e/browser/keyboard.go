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

// mostTabs is more than any page has controls.
const mostTabs = 200

// Focused fails the test unless what has the focus says so.
func (v *Visitor) Focused(words string) *Visitor {
	v.t.Helper()
	v.until("the focus is at "+words, `(() => { const f = `+askFocused+`; return f.Words.includes(`+strconv.Quote(words)+`) })()`)
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
