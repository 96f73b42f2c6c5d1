package e2e

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/assets"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/app"
	"github.com/rowan-ohwb/rowan/internal/config"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
	"github.com/rowan-ohwb/rowan/test/e2e/browser"
	"github.com/rowan-ohwb/rowan/test/e2e/ledger"
)

// root is the folder of the module.
const root = "../.."

// run is what all walks of a run share.
var run struct {
	sync.Mutex
	chrome *browser.Chrome
	axe    *browser.Axe
	keys   browser.Once
	book   *ledger.Ledger
	data   string // folder of keys and checkpoints
}

// TestMain closes the browser and reads the book.
func TestMain(m *testing.M) {
	flag.Parse()
	code := m.Run()
	if run.chrome != nil {
		run.chrome.Close()
	}
	if run.data != "" {
		_ = os.RemoveAll(run.data) // a folder under the system's temporary one; nothing depends on it
	}
	if code == 0 && run.book != nil && flag.Lookup("test.run").Value.String() == "" {
		for what, pages := range map[string][]string{"no walk visits": run.book.Unvisited(), "axe did not look at": run.book.Unexamined(), "refused, and not seen in the source to be": run.book.Unforeseen()} {
			if len(pages) > 0 {
				fmt.Printf("FAIL: %s\n\t%s\n", what, strings.Join(pages, "\n\t"))
				code = 1
			}
		}
	}
	os.Exit(code)
}

// folder holds the keys and checkpoints of the process's one database: a second key would find the first one's
// checkpoints there and refuse to go on, as it should.
func folder(t *testing.T) string {
	run.Lock()
	defer run.Unlock()
	if run.data == "" {
		dir, err := os.MkdirTemp("", "rowan-e2e-")
		if err != nil {
			t.Fatal(err)
		}
		run.data = dir
	}
	return run.data
}

// house is a server of the whole house over the test database.
type house struct {
	*browser.Site
	keys  *seal.Keys
	db    *postgres.DB
	app   *app.App
	data  string        // folder of keys and checkpoints
	ahead *atomic.Int64 // how far the house's clock is from the wall's, in nanoseconds
}

// now is the house's clock.
func (h *house) now() time.Time { return time.Now().Add(time.Duration(h.ahead.Load())) }

// at sets the house's clock. Tasks that take days are walked in minutes.
func (h *house) at(t time.Time) { h.ahead.Store(int64(time.Until(t))) }

// work starts the jobs, until the test ends. Walks side by side share a database, so what Rowan does by the clock is
// done when a walk says so.
func (h *house) work(t *testing.T) {
	t.Helper()
	h.app.Jobs.Unscheduled()
	if err := h.app.Jobs.Start(context.Background()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		if err := h.app.Jobs.Stop(ctx); err != nil {
			t.Error(err)
		}
	})
}

// patience is how long jobs may take: most take milliseconds, and a simulation of five years some seconds.
const patience = 3 * time.Minute

// idle waits until no job is due.
func (h *house) idle(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := h.app.Jobs.Idle(ctx); err != nil {
		t.Fatal(err)
	}
}

// open serves the house, as a demonstration or for use. What is said in the log fails the test: a walk meets no error
// that the log has to tell of.
func open(t *testing.T, demo bool) *house {
	t.Helper()
	if !assets.Built() {
		t.Fatal("style sheet and scripts are not built: run make assets")
	}
	h := &house{db: world.Open(t), data: folder(t), ahead: new(atomic.Int64)}
	var err error
	cfg := config.Config{Data: h.data, BaseURL: "http://rowan.example", Demo: demo}
	if h.keys, err = app.OpenKeys(cfg); err != nil {
		t.Fatal(err)
	}
	h.declare(t, demo)
	h.app, err = app.New(app.Deps{
		Config: cfg, DB: h.db, Keys: h.keys, Now: h.now, Ready: func() bool { return true },
		Log: slog.New(slog.NewTextHandler(complaint{t}, &slog.HandlerOptions{Level: slog.LevelWarn})),
	})
	if err != nil {
		t.Fatal(err)
	}
	run.Lock()
	defer run.Unlock()
	if run.chrome == nil {
		if run.chrome, err = browser.Start(context.Background()); err != nil {
			t.Fatal(err)
		}
		if run.axe, err = browser.NewAxe(root); err != nil {
			t.Fatal(err)
		}
		run.book = ledger.New(h.app.Routes, ledger.NewSource(os.DirFS(root)).Refuses, browser.Header)
		if path := os.Getenv("ROWAN_LEDGER"); path != "" {
			file, err := os.Create(path)
			if err != nil {
				t.Fatal(err)
			}
			run.book.Each = func(seen string) { _, _ = fmt.Fprintln(file, seen) } // a line that is lost is lost to its reader alone
		}
	}
	server := httptest.NewServer(run.book.Wrap(h.app.Handler))
	t.Cleanup(server.Close)
	h.Site = &browser.Site{URL: server.URL, Book: run.book, Axe: run.axe, Shots: shots()}
	if allCasts() { // the walk named keys is always walked by them
		h.Site.Keys = &run.keys
	}
	return h
}

// shots is where make walk wants pictures; other runs keep none.
func shots() string {
	if name := os.Getenv("ROWAN_WALK"); name != "" {
		return filepath.Join(root, ".rowan", "walks", name)
	}
	return ""
}

// declare says whether the data is invented.
func (h *house) declare(t *testing.T, demo bool) {
	t.Helper()
	err := h.db.InTenant(context.Background(), access.SystemActor(access.Hall, uuid.Nil, uuid.Nil), func(tx *postgres.Tx) error {
		_, err := tx.Exec(context.Background(), `insert into installation (demo) values ($1) on conflict (one) do update set demo = excluded.demo`, demo)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

type complaint struct{ t *testing.T }

func (c complaint) Write(p []byte) (int, error) {
	c.t.Errorf("the log says: %s", strings.TrimSpace(string(p)))
	return len(p), nil
}

// allCasts says whether the long walks are walked by every cast: when one is chosen by name (make walk), and in make prove.
func allCasts() bool { return os.Getenv("ROWAN_WALK") != "" || os.Getenv("ROWAN_PROVE") != "" }

// inEveryView runs a walk in every view, as many side by side as there are processors.
func inEveryView(t *testing.T, walk func(t *testing.T, view browser.View)) {
	for _, view := range browser.Views {
		t.Run(view.Name, func(t *testing.T) {
			t.Parallel()
			walk(t, view)
		})
	}
}

// visitor opens a window for somebody.
func (h *house) visitor(t *testing.T, view browser.View) *browser.Visitor {
	t.Helper()
	return run.chrome.Visitor(t, h.Site, view)
}

// signIn picks a sample person on the demonstration's page. Worlds share a database, so other worlds' people of the
// same name are told apart by their account.
func (h *house) signIn(t *testing.T, view browser.View, who world.Who, role access.Role) *browser.Visitor {
	t.Helper()
	v := h.visitor(t, view).Visit("/sign-in").Want(200).Unfold()
	return v.Press(fmt.Sprintf("//form[@action='/demo/sign-in'][input[@value='%s']][input[@value='%s']]//button", who.Account, role))
}

// seat opens a window in which somebody sits who is signed in, at the page where their role begins. It posts what the
// demonstration's page posts and takes the cookie: that page lists everybody, so in a browser it costs more than most
// steps of a walk. The walk of the demonstration picks people on the page itself, in every view.
func (h *house) seat(t *testing.T, view browser.View, who world.Who, role access.Role) *browser.Visitor {
	t.Helper()
	form := url.Values{"account": {who.Account.String()}, "role": {string(role)}}
	r := httptest.NewRequest(http.MethodPost, "/demo/sign-in", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	h.app.Handler.ServeHTTP(w, r)
	answer := w.Result()
	if answer.StatusCode != http.StatusSeeOther || len(answer.Cookies()) != 1 {
		t.Fatalf("sign in as %s: %d with %d cookies: %s", role, answer.StatusCode, len(answer.Cookies()), w.Body)
	}
	return h.visitor(t, view).Hold(answer.Cookies()[0]).Visit(answer.Header.Get("Location"))
}

// show lists somebody on the demonstration's page in a role that the world does not give them.
func (h *house) show(t *testing.T, who world.Who, role access.Role) {
	t.Helper()
	organisation, service := &who.Organisation, (*uuid.UUID)(nil)
	if role.AtService() {
		organisation, service = nil, &who.Service
	}
	err := h.db.InTenant(t.Context(), access.SystemActor(access.Hall, who.Organisation, uuid.Nil), func(tx *postgres.Tx) error {
		_, err := tx.Exec(t.Context(), `insert into role_grant (id, account_id, role, organisation_id, service_id, valid_from) values ($1, $2, $3, $4, $5, '2020-04-01')`,
			uuid.New(), who.Account, string(role), organisation, service)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// link mints a one-time link to somebody's own pages, as the worker does for a message, and gives its path.
func (h *house) link(t *testing.T, who world.Who) string {
	t.Helper()
	token, err := h.keys.MintLink(seal.Link{ID: uuid.New(), Purpose: account.LinkPurpose, Organisation: who.Organisation, Service: who.Service,
		Person: who.Person, Expires: h.now().Add(24 * time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	return "/l/" + token
}
