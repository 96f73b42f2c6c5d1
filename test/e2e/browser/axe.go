package browser

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/chromedp"
)

// Axe is axe-core, and the pages it has looked at: each page and state once, in the narrow view.
type Axe struct {
	source string
	Once
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
	return &Axe{source: string(source)}, nil
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
func (v *Visitor) axe(at seen) {
	v.t.Helper()
	if v.view != Phone || v.site.Axe == nil {
		return
	}
	if v.site.Book != nil {
		v.site.Book.Examined(at.route, at.status)
	}
	if !v.site.Axe.first(at) {
		return
	}
	// the closing expression keeps the protocol from sending axe's own object back
	v.must("load axe", v.do(chromedp.Steps(discard(chromedp.Evaluate[bool](v.site.Axe.source+"\n;true")))))
	found, err := ask(v, chromedp.Evaluate[[]violation](runAxe, chromedp.EvalAwaitPromise))
	v.must("run axe", err)
	for _, x := range found {
		v.t.Errorf("%s at %s (%s): %s: %s\n\t%s", v.view.Name, v.Path, at.route, x.ID, x.Help, strings.Join(x.Targets, "\n\t"))
	}
}
