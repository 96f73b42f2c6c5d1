package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/a-h/templ"
	"github.com/alexedwards/scs/v2"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/care/referral"
	"github.com/rowan-ohwb/rowan/internal/care/referral/referralweb"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/growth/community/site"
	"github.com/rowan-ohwb/rowan/internal/growth/community/site/publicweb"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
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

// noStories is a site without case studies.
func noStories(context.Context, access.Actor, site.Address, time.Time) ([]publicweb.Told, templ.Component, error) {
	return nil, templ.NopComponent, nil
}

// noEmployers is a service whose clients are not named.
func noEmployers(context.Context, access.Actor, site.Address, time.Time) ([]publicweb.Employer, error) {
	return nil, nil
}

// nobodyShared is an installation in which no employer is named.
func nobodyShared(context.Context, access.Actor, time.Time) ([]publicweb.Named, error) {
	return nil, nil
}

// publicRequests is enough that each side runs for seconds: an answer takes some tens of microseconds.
const publicRequests = 20_000

// public compares the first page of a service's public site with nginx that serves the same bytes from a file, over one kept
// connection each; where there is no nginx, with the least that net/http can do with the same bytes.
func public(b *bed) error {
	s := site.New(site.Deps{DB: b.db, Figures: figure.NewLibrary()})
	if _, err := s.Open(b.ctx, b.w.OHLead.As(access.Lead, access.Hall), time.Now(), "bench"); err != nil {
		return err
	}
	ours, err := serve(publicweb.Routes(s, noStories, noEmployers, nobodyShared), site.Rules, access.Actor{})
	if err != nil {
		return err
	}
	defer ours.Close()
	const path = "/site/bench"
	r, err := ours.Client().Get(ours.URL + path)
	if err != nil {
		return err
	}
	page, err := io.ReadAll(r.Body)
	_ = r.Body.Close()
	if err != nil || r.StatusCode != http.StatusOK || !strings.Contains(string(page), "116 123") {
		return fmt.Errorf("%s answered %s, %d bytes: %w", path, r.Status, len(page), err)
	}
	other, name, stop, err := sameBytes(b, path, page)
	if err != nil {
		return err
	}
	defer stop()
	one, err := packed(ours.Listener.Addr().String(), path)
	if err != nil {
		return err
	}
	defer func() { _ = one.conn.Close() }()
	two, err := packed(other, path)
	if err != nil {
		return err
	}
	defer func() { _ = two.conn.Close() }()
	a, z, err := beside(publicRequests, func(int) error { return one.get() }, func(int) error { return two.get() })
	if err != nil {
		return err
	}
	line("Rowan, requests a second, one client, packed", fmt.Sprintf("%.0f", a))
	line(name, fmt.Sprintf("%.0f", z))
	line("ratio", fmt.Sprintf("%.2f", a/z))
	return nil
}

// packed is a visitor whose browser takes packed answers, as all do.
func packed(address, path string) (*visitor, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	return &visitor{conn, bufio.NewReaderSize(conn, 64<<10), fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: %s\r\nAccept-Encoding: gzip\r\n\r\n", path, address)}, nil
}

// sameBytes serves a page, packed before, by nginx if it is there.
func sameBytes(b *bed, path string, page []byte) (address, name string, stop func(), err error) {
	// Not below the folder of the database, which nobody else may enter: nginx reads the file as another user.
	www, err := os.MkdirTemp("", "rowan-bench-www-")
	if err != nil {
		return "", "", nil, err
	}
	file := filepath.Join(www, filepath.FromSlash(path)+".gz")
	if err := errors.Join(os.Chmod(www, 0o755), os.MkdirAll(filepath.Dir(file), 0o755)); err != nil { //nolint:gosec // as above
		return "", "", nil, err
	}
	f, err := os.Create(file) //nolint:gosec // a folder of ours
	if err != nil {
		return "", "", nil, err
	}
	z := gzip.NewWriter(f)
	_, err = z.Write(page)
	for _, end := range []func() error{z.Close, f.Close} {
		if e := end(); err == nil {
			err = e
		}
	}
	if err != nil {
		return "", "", nil, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", "", nil, err
	}
	nginx, err := exec.LookPath("nginx")
	if err != nil {
		body, err := os.ReadFile(file) //nolint:gosec // as above
		if err != nil {
			return "", "", nil, err
		}
		plain := &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = w.Write(body) // the benchmark's own client would say so
		})}
		go func() { _ = plain.Serve(l) }() // it ends when it is closed
		line("nginx", "is not on this machine; the other side is net/http with the same bytes")
		return l.Addr().String(), "net/http, the same bytes and nothing else", func() { _, _ = plain.Close(), os.RemoveAll(www) }, nil
	}
	address = l.Addr().String()
	_ = l.Close() // nginx listens there next
	conf := filepath.Join(b.dir, "nginx.conf")
	text := fmt.Sprintf("daemon off; worker_processes 1; pid %[1]s/nginx.pid; error_log %[1]s/error.log;\nevents {}\nhttp { access_log off; sendfile on; tcp_nodelay on; open_file_cache max=16; keepalive_requests 1000000; server { listen %[2]s; root %[3]s; default_type text/html; location / { gzip_static always; } } }\n", b.dir, address, www)
	if err := os.WriteFile(conf, []byte(text), 0o600); err != nil {
		return "", "", nil, err
	}
	cmd := exec.CommandContext(b.ctx, nginx, "-c", conf) //nolint:gosec // found on the path
	if err := cmd.Start(); err != nil {
		return "", "", nil, err
	}
	for range 50 { // a second is plenty for it to listen
		if c, err := net.Dial("tcp", address); err == nil {
			_ = c.Close()
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	return address, "nginx, the same bytes", func() { _, _, _ = cmd.Process.Signal(syscall.SIGTERM), cmd.Wait(), os.RemoveAll(www) }, nil
}
