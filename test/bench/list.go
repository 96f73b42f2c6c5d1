package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"time"

	"github.com/a-h/templ"
	"github.com/alexedwards/scs/v2"
	"github.com/jackc/pgx/v5"

	"log/slog"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/care/referral"
	"github.com/rowan-ohwb/rowan/internal/care/referral/referralweb"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

const requests = 1500

// list compares the manager's dashboard over HTTP with raw pgx sending the same statements and rendering nothing.
func list(b *bed) error {
	site, err := managerSite(b)
	if err != nil {
		return err
	}
	defer site.Close()
	get := func() error {
		r, err := site.Client().Get(site.URL + "/referrals")
		if err != nil {
			return err
		}
		defer r.Body.Close()
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			return err
		}
		if r.StatusCode != http.StatusOK {
			return fmt.Errorf("the list answered %s", r.Status)
		}
		return nil
	}
	statements, err := b.recents.record(get)
	if err != nil {
		return err
	}
	statements = inside(statements)
	ours, err := rate(requests, func(int) error { return get() })
	if err != nil {
		return err
	}
	conn, err := pgx.Connect(b.ctx, b.child.DSN("rowan_employer", "postgres"))
	if err != nil {
		return err
	}
	defer conn.Close(b.ctx)
	plain, err := rate(requests, func(int) error { return raw(b.ctx, conn, statements) })
	if err != nil {
		return err
	}
	line("Rowan, pages a second, one client", fmt.Sprintf("%.0f", ours))
	line(fmt.Sprintf("raw pgx, the same %d statements, no page", len(statements)), fmt.Sprintf("%.0f", plain))
	line("ratio (aim 0.5)", fmt.Sprintf("%.2f", ours/plain))
	return openLoop(get)
}

// openLoop asks at a constant rate whatever the answers do, so that a slow answer does not hide the next one.
func openLoop(get func() error) error {
	const perSecond, seconds = 50, 10
	var (
		mu    sync.Mutex
		times []time.Duration
		bad   error
		wg    sync.WaitGroup
	)
	tick := time.NewTicker(time.Second / perSecond)
	defer tick.Stop()
	for range perSecond * seconds {
		<-tick.C
		due := time.Now()
		wg.Add(1)
		go func() {
			defer wg.Done()
			err := get()
			mu.Lock()
			defer mu.Unlock()
			times = append(times, time.Since(due))
			if err != nil {
				bad = err
			}
		}()
	}
	wg.Wait()
	if bad != nil {
		return bad
	}
	slices.Sort(times)
	line(fmt.Sprintf("open loop, %d requests a second for %d s: median, p99", perSecond, seconds),
		fmt.Sprintf("%v, %v", times[len(times)/2].Round(10*time.Microsecond), times[len(times)*99/100].Round(10*time.Microsecond)))
	return nil
}

// managerSite serves the pages of a referrer as the ward manager, who has no session to look up.
func managerSite(b *bed) (*httptest.Server, error) {
	s := referral.New(referral.Deps{DB: b.db, Ledger: activity.Ledger{Keys: b.keys}})
	table, err := access.NewTable(referral.Rules)
	if err != nil {
		return nil, err
	}
	srv, err := web.New(web.Config{
		Routes: referralweb.Routes(s), Table: table, Sessions: scs.New(), Assets: http.NotFoundHandler(),
		Actor:     func(context.Context) (access.Actor, error) { return b.w.Ward.As(access.Manager, access.Employer), nil },
		Denied:    func(context.Context, access.Actor, access.Permission, access.Object, string) {},
		ErrorPage: func(*web.Context, string, string, string) templ.Component { return templ.NopComponent },
		Now:       time.Now, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return nil, err
	}
	return httptest.NewServer(srv), nil
}
