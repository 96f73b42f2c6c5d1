package browser

import (
	"context"
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/google/uuid"
)

// window is a tab with a profile of its own. One costs Chromium a process and half a second of a core, so whoever comes
// next in the same view sits down at one that is free, its cookies gone and its page blank.
type window struct {
	ctx   context.Context
	close func()
	name  string // the visitor's, in the book
	watch *watch
}

// window gives a free window, or opens one.
func (c *Chrome) window(view View) (*window, error) {
	c.mu.Lock()
	free := c.idle[view]
	if n := len(free); n > 0 {
		w := free[n-1]
		c.idle[view] = free[:n-1]
		c.mu.Unlock()
		return w, nil
	}
	c.mu.Unlock()
	ctx, cancel := chromedp.NewContext(c.ctx, chromedp.WithNewBrowserContext())
	w := &window{ctx: ctx, close: cancel, name: uuid.NewString(), watch: &watch{}}
	if err := w.open(view); err != nil {
		w.close()
		return nil, err
	}
	return w, nil
}

func (w *window) open(view View) error {
	// The first run opens the window and binds its life to the context, so that one must have no deadline.
	if err := chromedp.Do(w.ctx); err != nil {
		return err
	}
	return w.do(
		chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error { return w.watch.start(w.ctx, ctx) }),
		chromedp.EmulateViewport(view.Width, view.Height),
		chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
			header := network.SetExtraHTTPHeadersParams{Headers: network.Headers{Header: w.name}}
			if _, err := chromedp.Call(ctx, network.SetExtraHTTPHeaders, header); err != nil {
				return err
			}
			// windows are used side by side: each behaves as the one in front
			if _, err := chromedp.Call(ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}); err != nil {
				return err
			}
			_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: view.Plain})
			return err
		}),
	)
}

// do runs steps within a visitor's patience.
func (w *window) do(steps ...chromedp.Action[chromedp.Void]) error {
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	return chromedp.Do(ctx, steps...)
}

// leave frees a window for the next. What its page did wrong since the last look still fails the test that it was part of.
func (c *Chrome) leave(t testing.TB, w *window, view View) {
	for _, said := range w.watch.take() {
		t.Errorf("%s, at the end: %s", view.Name, said)
	}
	err := w.do(chromedp.Navigate("about:blank"), chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, network.ClearBrowserCookies, cdp.Empty{})
		return err
	}))
	if err != nil {
		w.close()
		t.Error(fmt.Errorf("%s: leave the window: %w", view.Name, err))
		return
	}
	w.watch.take() // a form's last autosave, cut off
	c.mu.Lock()
	defer c.mu.Unlock()
	c.idle[view] = append(c.idle[view], w)
}
