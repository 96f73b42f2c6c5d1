package browser

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// watch listens to what the browser complains about.
type watch struct {
	mu   sync.Mutex
	base string // address of the site that is visited
	said []string
}

// visit begins to listen to another site.
func (w *watch) visit(base string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.base, w.said = base, nil
}

func (w *watch) at() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.base
}

// start listens for as long as the window is open; ctx is of the first step.
func (w *watch) start(window, ctx context.Context) error {
	if err := chromedp.Listen(window, w.hear); err != nil {
		return err
	}
	for _, enable := range []cdp.Command[cdp.Empty, cdp.Empty]{log.Enable, runtime.Enable, audits.Enable} {
		if _, err := chromedp.Call(ctx, enable, cdp.Empty{}); err != nil {
			return err
		}
	}
	return nil
}

func (w *watch) hear(event any) {
	switch e := event.(type) {
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError && !w.answer(e.Entry) {
			w.note("console: %s (%s)", e.Entry.Text, strings.TrimPrefix(e.Entry.URL, w.at()))
		}
	case *runtime.EventExceptionThrown:
		text := e.ExceptionDetails.Text
		if x := e.ExceptionDetails.Exception; x != nil {
			text += " " + x.Description
		}
		w.note("exception: %s", text)
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeAssert {
			w.note("console.%s was called", e.Type)
		}
	case *audits.EventIssueAdded:
		if d := e.Issue.Details.ContentSecurityPolicyIssueDetails; d != nil {
			w.note("content security policy: %s refused %s", d.ViolatedDirective, d.BlockedURL)
		}
	}
}

// answer says whether an entry only repeats the status of a page: a refused form is answered 422 and that is no fault.
// A script, style or picture that did not come is.
func (w *watch) answer(e *log.Entry) bool {
	return e.Source == log.EntrySourceNetwork && strings.HasPrefix(e.Text, "Failed to load resource: the server responded with a status of 4") &&
		!strings.HasPrefix(e.URL, w.at()+"/assets/") && !strings.HasSuffix(e.URL, "/favicon.ico")
}

func (w *watch) note(format string, args ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.said = append(w.said, fmt.Sprintf(format, args...))
}

// take gives what was said since the last time.
func (w *watch) take() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	said := w.said
	w.said = nil
	return said
}
