package browser

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// View is a window.
type View struct {
	Name          string
	Width, Height int64
	Plain         bool // without JavaScript
}

// The views of every walk. 320 pixels is a phone held upright, and a desktop at 400 percent.
var (
	Desktop      = View{Name: "desktop", Width: 1280, Height: 900}
	Phone        = View{Name: "phone", Width: 320, Height: 640}
	DesktopPlain = View{Name: "desktop-plain", Width: 1280, Height: 900, Plain: true}
	PhonePlain   = View{Name: "phone-plain", Width: 320, Height: 640, Plain: true}
	Views        = []View{Desktop, Phone, DesktopPlain, PhonePlain}
)

// Site is what a visitor walks through.
type Site struct {
	URL   string // http://127.0.0.1:PORT
	Book  Book   // who was where; nil for a server of another process
	Axe   *Axe   // what was looked at already
	Keys  *Once  // what was gone through by the Tab key; nil for nothing
	Shots string // folder of screenshots; "" for none
}

// Book tells a page's route from its address; package ledger keeps one.
type Book interface {
	// Last gives the route ("GET /referrals/{id}") and status that this visitor was answered last.
	Last(visitor string) (route string, status int)
	// Examined notes that axe has looked at a page.
	Examined(route string, status int)
}

// Header carries the visitor's name, so that the book tells visitors apart.
const Header = "X-Rowan-Walk"

// patience is how long one step of a walk may take: pages answer within a second, and within a few on two busy cores.
const patience = 15 * time.Second

// Visitor is one person at one window, with cookies of their own.
type Visitor struct {
	*window
	t      testing.TB
	site   *Site
	view   View
	Status int    // of the page
	Path   string // of the page
	Pages  int    // seen so far, refused forms and repeated pages too
}

// Visitor gives a window to a test, until it ends.
func (c *Chrome) Visitor(t testing.TB, site *Site, view View) *Visitor {
	t.Helper()
	w, err := c.window(view)
	if err != nil {
		t.Fatalf("%s: open a window: %v", view.Name, err)
	}
	t.Cleanup(func() { c.leave(t, w, view) })
	w.watch.visit(site.URL)
	return &Visitor{window: w, t: t, site: site, view: view}
}

func (v *Visitor) must(what string, err error) {
	v.t.Helper()
	if err != nil {
		v.t.Fatalf("%s at %s: %s: %v", v.view.Name, v.Path, what, err)
	}
}

// ask runs one step that answers something.
func ask[T any](v *Visitor, step chromedp.Action[T]) (T, error) {
	ctx, cancel := context.WithTimeout(v.ctx, patience)
	defer cancel()
	return chromedp.Run(ctx, step)
}

// Visit goes to a path, as by a link in a message, and looks at the page.
func (v *Visitor) Visit(path string) *Visitor {
	v.t.Helper()
	return v.follow("visit "+path, chromedp.Navigate(v.site.URL+path))
}

// Hold gives the visitor a cookie that the site has set.
func (v *Visitor) Hold(c *http.Cookie) *Visitor {
	v.t.Helper()
	v.must("hold a cookie", v.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		cookie := network.SetCookieParams{Name: c.Name, Value: c.Value, URL: v.site.URL, Path: c.Path, Secure: &c.Secure, HTTPOnly: &c.HttpOnly, SameSite: network.CookieSameSiteLax}
		_, err := chromedp.Call(ctx, network.SetCookie, cookie)
		return err
	})))
	return v
}

// follow does what leads to another page, and looks at it.
func (v *Visitor) follow(what string, step chromedp.Action[chromedp.Void]) *Visitor {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.ctx, patience)
	defer cancel()
	answer, err := chromedp.RunResponse(ctx, step)
	v.must(what, err)
	if answer == nil {
		v.t.Fatalf("%s: %s led to no page", v.view.Name, what)
	}
	at, err := url.Parse(answer.URL)
	v.must(what, err)
	v.Status, v.Path = int(answer.Status), at.RequestURI()
	v.look(what)
	return v
}

// Swap presses the button that says so where a script sends the form and puts the answer into the page, waits until
// the page says the given words, and looks at it. Without JavaScript it is a click.
func (v *Visitor) Swap(button, words string) *Visitor {
	v.t.Helper()
	if v.view.Plain {
		return v.Click(button).Says(words)
	}
	v.must("press "+button, v.do(chromedp.Click(v.pressable("", button))))
	for end := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		// not Text: while the document changes under it, its search for the body may wait for ever
		text, err := ask(v, chromedp.Evaluate[string](`document.body.innerText`))
		v.must("read the page", err)
		if strings.Contains(text, words) {
			break
		}
		if time.Now().After(end) {
			v.t.Fatalf("%s at %s: %s does not bring %q; the page says: %s", v.view.Name, v.Path, button, words, short(text))
		}
	}
	path, err := ask(v, chromedp.Evaluate[string](`location.pathname + location.search`))
	v.must("read the address", err)
	v.Path = path
	if v.site.Book != nil {
		_, v.Status = v.site.Book.Last(v.name)
	}
	v.look("press " + button)
	return v
}

// Want fails the test unless the page was answered with this status.
func (v *Visitor) Want(status int) *Visitor {
	v.t.Helper()
	if v.Status != status {
		v.t.Fatalf("%s at %s: status %d, want %d; it says: %s", v.view.Name, v.Path, v.Status, status, short(v.Text()))
	}
	return v
}

// At fails the test unless the page's path begins so.
func (v *Visitor) At(prefix string) *Visitor {
	v.t.Helper()
	if !strings.HasPrefix(v.Path, prefix) {
		v.t.Fatalf("%s: at %s, want %s; it says: %s", v.view.Name, v.Path, prefix, short(v.Text()))
	}
	return v
}

// Says fails the test unless the page shows each of the words.
func (v *Visitor) Says(words ...string) *Visitor {
	v.t.Helper()
	text := v.Text()
	for _, w := range words {
		if !strings.Contains(text, w) {
			v.t.Errorf("%s at %s does not say %q; it says: %s", v.view.Name, v.Path, w, short(text))
		}
	}
	return v
}

// Hides fails the test if any of the words is anywhere in the page, markup included.
func (v *Visitor) Hides(words ...string) *Visitor {
	v.t.Helper()
	source, err := ask(v, chromedp.Evaluate[string](`document.documentElement.outerHTML`))
	v.must("read the page", err)
	for _, w := range words {
		if strings.Contains(source, w) {
			v.t.Errorf("%s at %s shows %q", v.view.Name, v.Path, w)
		}
	}
	return v
}

// Text is what the page shows, spaces folded.
func (v *Visitor) Text() string {
	v.t.Helper()
	text, err := ask(v, chromedp.Evaluate[string](`document.body.innerText`))
	v.must("read the page", err)
	return strings.Join(strings.Fields(text), " ")
}

// Lines gives the texts of every element that a CSS selector finds.
func (v *Visitor) Lines(selector string) []string {
	v.t.Helper()
	found, err := ask(v, chromedp.Evaluate[[]string](fmt.Sprintf(`[...document.querySelectorAll(%q)].map(e => e.textContent.trim())`, selector)))
	v.must("read "+selector, err)
	return found
}

// Shot keeps a picture of the page, if the site has a folder for them. A view without JavaScript is not pictured: the
// pages look the same, and after a picture of a long one Chromium there no longer presses what is at its foot.
func (v *Visitor) Shot(name string) *Visitor {
	v.t.Helper()
	if v.site.Shots == "" || v.view.Plain {
		return v
	}
	picture, err := ask(v, chromedp.FullScreenshot(100))
	v.must("take a picture", err)
	v.must("keep a picture", writePicture(filepath.Join(v.site.Shots, name+"-"+v.view.Name+".png"), picture))
	return v
}

func short(s string) string {
	// enough to see which page it is
	if r := []rune(s); len(r) > 600 {
		return string(r[:600]) + "…"
	}
	return s
}
