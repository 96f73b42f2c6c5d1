package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/community/site"
	"github.com/rowan-ohwb/rowan/internal/growth/community/site/publicweb"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
)

// publicRequests is enough that each side runs for seconds: an answer takes some tens of microseconds.
const publicRequests = 20_000

// public compares the first page of a service's public site with nginx that serves the same bytes from a file, over one kept
// connection each; where there is no nginx, with the least that net/http can do with the same bytes.
func public(b *bed) error {
	s := site.New(site.Deps{DB: b.db, Figures: figure.NewLibrary()})
	if _, err := s.Open(b.ctx, b.w.OHLead.As(access.Lead, access.Hall), time.Now(), "bench"); err != nil {
		return err
	}
	ours, err := serve(publicweb.Routes(s), site.Rules, access.Actor{})
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
	file := filepath.Join(b.dir, "www", filepath.FromSlash(path)+".gz")
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil { //nolint:gosec // nginx reads it as another user
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
		return l.Addr().String(), "net/http, the same bytes and nothing else", func() { _ = plain.Close() }, nil
	}
	address = l.Addr().String()
	_ = l.Close() // nginx listens there next
	conf := filepath.Join(b.dir, "nginx.conf")
	text := fmt.Sprintf("daemon off; worker_processes 1; pid %[1]s/nginx.pid; error_log %[1]s/error.log;\nevents {}\nhttp { access_log off; keepalive_requests 1000000; server { listen %[2]s; root %[1]s/www; default_type text/html; location / { gzip_static always; } } }\n", b.dir, address)
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
	return address, "nginx, the same bytes", func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }, nil
}
