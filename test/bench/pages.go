package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"time"

	"github.com/a-h/templ"
	"github.com/alexedwards/scs/v2"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/care/referral"
	"github.com/rowan-ohwb/rowan/internal/care/referral/referralweb"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/growth/growthtest"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator/indicatorweb"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

const requests = 1000

// reports is how many referrals a ward manager has: two or three a year, for as long as they are kept.
const reports = 20

// list compares the manager's own list of referrals with raw pgx.
func list(b *bed) error {
	manager := b.w.Ward.As(access.Manager, access.Employer)
	drafts, err := makeDrafts(b, manager, reports)
	if err != nil {
		return err
	}
	s := referral.New(referral.Deps{DB: b.db, Ledger: activity.Ledger{Keys: b.keys}, Box: sealed.New(b.keys)})
	for _, id := range drafts {
		if missing, err := s.Submit(b.ctx, manager, time.Now(), id); err != nil || len(missing) > 0 {
			return fmt.Errorf("submit: %v %w", missing, err)
		}
	}
	return page(b, referralweb.Routes(s), referral.Rules, b.w.Ward.As(access.Manager, access.Hall), "/referrals", access.Employer)
}

// dashboard compares "How we are doing" over 30 months of history with raw pgx.
func dashboard(b *bed) error {
	if err := growthtest.Fill(b.ctx, b.db, b.keys, b.w); err != nil {
		return err
	}
	s := indicator.New(indicator.Deps{DB: b.db})
	return page(b, indicatorweb.Routes(s), indicator.Rules, b.w.OHLead.As(access.Lead, access.Hall), "/performance", access.Growth)
}

// page compares one page over HTTP with raw pgx that sends the same statements and draws nothing.
func page(b *bed, routes []web.Route, rules []access.Rule, actor access.Actor, path string, wall access.Wall) error {
	site, err := serve(routes, rules, actor)
	if err != nil {
		return err
	}
	defer site.Close()
	get := func() error {
		r, err := site.Client().Get(site.URL + path)
		if err != nil {
			return err
		}
		defer r.Body.Close()
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			return err
		}
		if r.StatusCode != http.StatusOK {
			return fmt.Errorf("%s answered %s", path, r.Status)
		}
		return nil
	}
	statements, err := b.recents.record(get)
	if err != nil {
		return err
	}
	one, err := visit(site.Listener.Addr().String(), path)
	if err != nil {
		return err
	}
	defer func() { _ = one.conn.Close() }()
	conn, err := bare(b, wall)
	if err != nil {
		return err
	}
	defer conn.Close(b.ctx)
	ours, plain, err := beside(requests, func(int) error { return one.get() }, func(int) error { return raw(b.ctx, conn, statements) })
	if err != nil {
		return err
	}
	line("Rowan, pages a second, one client", fmt.Sprintf("%.0f", ours))
	line(fmt.Sprintf("raw pgx, the same %d statements, no page", len(statements)), fmt.Sprintf("%.0f", plain))
	line("ratio (aim 0.5)", fmt.Sprintf("%.2f", ours/plain))
	return openLoop(get)
}

// visitor asks for a page over one kept connection, with no more client than that takes: the server is what is measured.
type visitor struct {
	conn    net.Conn
	answer  *bufio.Reader
	request []byte
}

func visit(address, path string) (*visitor, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	return &visitor{conn, bufio.NewReaderSize(conn, 64<<10), fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: %s\r\n\r\n", path, address)}, nil
}

func (v *visitor) get() error {
	if _, err := v.conn.Write(v.request); err != nil {
		return err
	}
	r, err := http.ReadResponse(v.answer, nil)
	if err != nil {
		return err
	}
	defer r.Body.Close()
	if r.StatusCode != http.StatusOK {
		return fmt.Errorf("answered %s", r.Status)
	}
	_, err = io.Copy(io.Discard, r.Body)
	return err
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

// serve serves pages to one actor, who has no session to look up.
func serve(routes []web.Route, rules []access.Rule, actor access.Actor) (*httptest.Server, error) {
	table, err := access.NewTable(rules)
	if err != nil {
		return nil, err
	}
	srv, err := web.New(web.Config{
		Routes: routes, Table: table, Sessions: scs.New(), Assets: http.NotFoundHandler(),
		Actor:     func(context.Context) (access.Actor, error) { return actor, nil },
		Denied:    func(context.Context, access.Actor, access.Permission, access.Object, string) {},
		ErrorPage: func(*web.Context, string, string, string) templ.Component { return templ.NopComponent },
		Now:       func() time.Time { return growthtest.Now }, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return nil, err
	}
	return httptest.NewServer(srv), nil
}
