package browser

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/chromedp"
)

// state is what every page must have, asked in one go.
type state struct {
	Title, Lang  string
	Headings     int // h1
	Wide, Window int
	Widest       string // what is too wide
	Bare         string // a chart without its sentence or its table
	Reasons      int    // in the summary of what is wrong
	Adrift       string // a reason that leads to nothing on the page
}

const askState = `(() => {
	const root = document.documentElement, window_ = root.clientWidth;
	const wide = root.scrollWidth > window_ ? [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().left + e.scrollWidth > window_ + 1).pop() : null;
	const bare = [...document.querySelectorAll('svg.rowan-chart__drawing')].map(e => e.closest('figure')).find(f => !f || !f.querySelector('table td') || !f.querySelector('.rowan-chart__sentence')?.textContent.trim());
	const reasons = [...document.querySelectorAll('.nhsuk-error-summary__list a')];
	const adrift = reasons.find(a => !document.getElementById(decodeURIComponent(a.hash.slice(1))));
	return {Title: document.title, Lang: root.lang, Headings: document.querySelectorAll('h1').length, Wide: root.scrollWidth, Window: window_,
		Widest: wide ? wide.tagName.toLowerCase() + '.' + wide.className + ': ' + wide.textContent.trim().slice(0, 60) : '',
		Bare: bare === undefined ? '' : bare ? bare.textContent.trim().slice(0, 60) : 'outside a figure', Reasons: reasons.length, Adrift: adrift ? adrift.hash + ' ' + adrift.textContent.trim() : ''};
})()`

// look holds the page to what every page must have.
func (v *Visitor) look(what string) {
	v.t.Helper()
	v.Pages++
	for _, said := range v.watch.take() {
		v.t.Errorf("%s at %s, after %s: %s", v.view.Name, v.Path, what, said)
	}
	if v.Status >= 500 {
		v.t.Fatalf("%s at %s, after %s: status %d", v.view.Name, v.Path, what, v.Status)
	}
	page, err := ask(v, chromedp.Evaluate[state](askState))
	v.must("look at the page", err)
	if page.Title == "" || page.Lang == "" {
		v.t.Errorf("%s at %s has title %q and language %q", v.view.Name, v.Path, page.Title, page.Lang)
	}
	if page.Headings != 1 {
		v.t.Errorf("%s at %s has %d h1, want one", v.view.Name, v.Path, page.Headings)
	}
	if page.Wide > page.Window {
		v.t.Errorf("%s at %s is %d pixels wide in a window of %d: %s", v.view.Name, v.Path, page.Wide, page.Window, page.Widest)
	}
	if page.Bare != "" {
		v.t.Errorf("%s at %s has a chart without a sentence or without its data as a table: %s", v.view.Name, v.Path, page.Bare)
	}
	if v.Status == 422 && !strings.HasPrefix(page.Title, "Error: ") {
		v.t.Errorf("%s at %s refuses a form under the title %q, want Error: first", v.view.Name, v.Path, page.Title)
	}
	if v.Status == 422 && page.Reasons == 0 {
		v.t.Errorf("%s at %s refuses a form and does not say why", v.view.Name, v.Path)
	}
	if page.Adrift != "" {
		v.t.Errorf("%s at %s: what is wrong leads to nothing on the page: %s", v.view.Name, v.Path, page.Adrift)
	}
	at := seen{v.Path, v.Status, page.Title}
	if v.site.Book != nil {
		at.route, at.status = v.site.Book.Last(v.name)
	}
	v.axe(at)
	v.keys(at)
}

func writePicture(path string, picture []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, picture, 0o644)
}

// discard makes a step of one whose answer says nothing.
func discard[T any](step chromedp.Action[T]) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := step(ctx, t)
		return chromedp.Void{}, err
	}
}
