package browser

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"sync"
	"time"

	"github.com/chromedp/chromedp"
)

// names under which Chromium is installed.
var names = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}

// ErrMissing says what to do where there is no browser.
var ErrMissing = errors.New("no Chromium found: install Debian's package \"chromium\" (apt-get install chromium), or Google Chrome, and have it in PATH as chromium, chromium-browser or google-chrome")

// Find gives the path of the installed browser.
func Find() (string, error) {
	for _, n := range names {
		if path, err := exec.LookPath(n); err == nil {
			return path, nil
		}
	}
	return "", ErrMissing
}

// Chrome is a running browser.
type Chrome struct {
	ctx   context.Context
	close func()
	mu    sync.Mutex
	idle  map[View][]*window // windows that nobody sits at
}

// without are features of Chromium that prepare for pages that nobody will open: a process in reserve, a page kept for the
// way back (which gives the next page a new process), pages fetched ahead, and what looks for screens and asks its maker.
// The first two are chromedp's own default, which this list replaces.
const without = "Translate,BlinkGenPropertyTrees,BackForwardCache,ProactivelySwapBrowsingInstance,SpareRendererForSitePerProcess," +
	"Prerender2,PaintHolding,OptimizationHints,MediaRouter,HttpsUpgrades,AutofillServerCommunication"

// startTime bounds the start: Chromium takes 2 s, on two cores shared by a whole test run ten times that.
const startTime = 60 * time.Second

// Start runs the browser with a new profile. As root it runs without its sandbox, which it could not set up.
func Start(ctx context.Context) (*Chrome, error) {
	path, err := Find()
	if err != nil {
		return nil, err
	}
	// chromedp's defaults hold --headless, --no-first-run, --disable-background-networking and --disable-sync.
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-features", without),
		chromedp.Flag("process-per-site", true), // a window keeps its process from page to page
		chromedp.Flag("lang", "en-GB"),
	)
	allocator, stopAllocator := chromedp.NewExecAllocator(ctx, options...)
	tab, stopTab := chromedp.NewContext(allocator)
	c := &Chrome{ctx: tab, close: func() { stopTab(); stopAllocator() }, idle: map[View][]*window{}}
	started := make(chan error, 1)
	go func() { started <- chromedp.Do(tab, chromedp.Navigate("about:blank")) }()
	select {
	case err = <-started:
	case <-time.After(startTime):
		err = fmt.Errorf("no answer within %s", startTime)
	}
	if err != nil {
		c.Close()
		return nil, fmt.Errorf("start %s: %w", path, err)
	}
	return c, nil
}

// Close ends the browser and removes its profile.
func (c *Chrome) Close() { c.close() }
