package browser

import (
	"time"

	"github.com/chromedp/chromedp"
)

// alert is what a screen reader has been told last of the session.
const alert = `document.querySelector('.rowan-session [role="alert"]').textContent`

// NearEnd has the page believe, as another tab would tell it, that the session ends in two minutes, waits for the
// warning and looks at it. Without JavaScript there is none: the page states the limit.
func (v *Visitor) NearEnd(words string) *Visitor {
	v.t.Helper()
	if v.view.Plain {
		return v
	}
	_, err := ask(v, chromedp.Evaluate[bool](`new BroadcastChannel('rowan-session').postMessage(120) === undefined`))
	v.must("tell the page the time", err)
	v.until("the warning comes", alert+`.length > 0`)
	v.Says(words, "Stay signed in")
	v.look("the warning before the session ends")
	return v
}

// StaySignedIn presses the button of the warning, and waits until the page has more time.
func (v *Visitor) StaySignedIn() *Visitor {
	v.t.Helper()
	if v.view.Plain {
		return v
	}
	v.must("press Stay signed in", v.do(chromedp.Click(v.pressable("", "Stay signed in"))))
	v.until("the warning goes", alert+`.length === 0`)
	return v
}

// until waits for a condition of the page.
func (v *Visitor) until(what, condition string) {
	v.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		met, err := ask(v, chromedp.Evaluate[bool](condition))
		v.must(what, err)
		if met {
			return
		}
		if time.Now().After(end) {
			v.t.Fatalf("%s at %s: not until %s", v.view.Name, v.Path, what)
		}
	}
}
