package browser

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/chromedp/chromedp"
)

// Axe is axe-core, and the pages it has looked at: each page and state once, in the narrow view.
type Axe struct {
	source string
	mu     sync.Mutex
	seen   map[string]bool
	Runs   int // how often it looked
}

// NewAxe reads axe-core from node_modules in the given folder, or says how to get it.
func NewAxe(root string) (*Axe, error) {
	source, err := os.ReadFile(filepath.Join(root, "node_modules", "axe-core", "axe.min.js"))
	if errors.Is(err, os.ErrNotExist) {
		return nil, errors.New("axe-core is not installed: run make node_modules (npm ci)")
	}
	if err != nil {
		return nil, err
	}
	return &Axe{source: string(source), seen: map[string]bool{}}, nil
}

// first says whether a page was not looked at before.
func (a *Axe) first(key string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.seen[key] {
		return false
	}
	a.seen[key] = true
	a.Runs++
	return true
}

// violation is one rule that a page breaks.
type violation struct {
	ID, Help string
	Targets  []string
}

// tags are the rules of WCAG 2.0, 2.1 and 2.2, levels A and AA.
const tags = `["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]`

const runAxe = `axe.run(document, {runOnly: {type: "tag", values: ` + tags + `}, resultTypes: ["violations"]}).then(r => r.violations.map(v => ({ID: v.id, Help: v.help, Targets: v.nodes.map(n => n.target.join(" ") + " " + n.html.slice(0, 160))})))`

// axe runs axe on the page, in the narrow view and unless this page and state was looked at. The debugging protocol
// evaluates it beside the page's own scripts, whose policy would refuse it.
func (v *Visitor) axe(title string) {
	v.t.Helper()
	if v.view != Phone || v.site.Axe == nil {
		return
	}
	page := v.Path
	if v.site.Book != nil {
		var status int
		page, status = v.site.Book.Last(v.name)
		v.site.Book.Examined(page, status)
	}
	if !v.site.Axe.first(fmt.Sprint(page, v.Status, title)) {
		return
	}
	// the closing expression keeps the protocol from sending axe's own object back
	v.must("load axe", v.do(chromedp.Steps(discard(chromedp.Evaluate[bool](v.site.Axe.source+"\n;true")))))
	found, err := ask(v, chromedp.Evaluate[[]violation](runAxe, chromedp.EvalAwaitPromise))
	v.must("run axe", err)
	for _, x := range found {
		v.t.Errorf("%s at %s (%s): %s: %s\n\t%s", v.view.Name, v.Path, page, x.ID, x.Help, strings.Join(x.Targets, "\n\t"))
	}
}
