package house_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/app"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/config"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

var ctx = context.Background()

// house is the whole application over the test database, with a clock that the test sets and a log that it reads.
type house struct {
	t    testing.TB
	db   *postgres.DB
	app  *app.App
	keys *seal.Keys
	log  *book

	mu  sync.Mutex
	now time.Time
}

// book keeps what was logged.
type book struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *book) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *book) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// open serves the house as a demonstration, where one signs in by choosing somebody. Its clock starts on a Monday
// two weeks ago or more, so that a whole journey fits before the wall clock of the jobs.
func open(t testing.TB) *house {
	t.Helper()
	h := &house{t: t, db: world.Open(t), log: &book{}}
	h.rewind()
	var err error
	if h.keys, err = seal.Open(t.TempDir(), audit.SigningKey, release.SigningKey); err != nil {
		t.Fatal(err)
	}
	h.exec(access.SystemActor(access.Hall, uuid.Nil, uuid.Nil), `insert into installation (demo) values (true) on conflict (one) do update set demo = true`)
	h.app, err = app.New(app.Deps{Config: config.Config{Demo: true, Data: t.TempDir(), BaseURL: "http://rowan.example"}, DB: h.db, Keys: h.keys,
		Now: h.at, Ready: func() bool { return true }, Log: slog.New(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func (h *house) at() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

// rewind sets the clock to that Monday at nine.
func (h *house) rewind() {
	h.mu.Lock()
	defer h.mu.Unlock()
	today := time.Now().UTC().Truncate(24 * time.Hour)
	h.now = today.AddDate(0, 0, -14-int(today.Weekday()+6)%7).Add(9 * time.Hour)
}

// wait lets time pass.
func (h *house) wait(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

// must ends the test on an error or on faults of a form.
func (h *house) must(faults fault.Fields, err error) {
	h.t.Helper()
	if err != nil || len(faults) > 0 {
		h.t.Fatal(faults, err)
	}
}

func (h *house) exec(a access.Actor, sql string, args ...any) {
	h.t.Helper()
	err := h.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, sql, args...)
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

// super looks behind every wall.
func (h *house) super() *pgx.Conn {
	h.t.Helper()
	conn, err := pgx.Connect(ctx, world.Super(h.t))
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { _ = conn.Close(ctx) })
	return conn
}

// set puts the clock.
func (h *house) set(at time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = at
}

// work runs the jobs that are due.
func (h *house) work() {
	h.t.Helper()
	limit, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	if err := h.app.Jobs.Start(limit); err != nil {
		h.t.Fatal(err)
	}
	if err := h.app.Jobs.Idle(limit); err != nil {
		h.t.Error(err)
	}
	if err := h.app.Jobs.Stop(limit); err != nil {
		h.t.Error(err)
	}
}

// build makes a world with the one role that test worlds lack.
func (h *house) build() *world.World {
	h.t.Helper()
	w := world.New(h.t, h.db)
	h.exec(access.SystemActor(access.Hall, w.Trust, uuid.Nil), `insert into role_grant (id, account_id, role, organisation_id, valid_from) values ($1,$2,'admin',$3,'2020-04-01')`,
		uuid.New(), w.Peer.Account, w.Trust)
	h.exec(access.SystemActor(access.Hall, w.Trust, uuid.Nil), `insert into role_grant (id, account_id, role, organisation_id, valid_from) values ($1,$2,'communications',$3,'2020-04-01')`,
		uuid.New(), w.HR.Account, w.Trust)
	h.exec(access.SystemActor(access.Hall, w.ICS, uuid.Nil), `insert into role_grant (id, account_id, role, organisation_id, valid_from) values ($1,$2,'system_lead',$3,'2020-04-01')`,
		uuid.New(), w.HR.Account, w.ICS)
	h.exec(access.SystemActor(access.Hall, w.Nation, uuid.Nil), `insert into role_grant (id, account_id, role, organisation_id, valid_from) values ($1,$2,'national_lead',$3,'2020-04-01')`,
		uuid.New(), w.HR.Account, w.Nation)
	return w
}

// cast is who plays each role of a world.
func cast(w *world.World) map[access.Role]world.Who {
	return map[access.Role]world.Who{access.Person: w.Nurse, access.Manager: w.Ward, access.HR: w.HR, access.OHAdmin: w.OHAdmin, access.Nurse: w.OHNurse,
		access.Physician: w.OHPhysician, access.Physio: w.OHPhysio, access.Counsellor: w.OHCounsellor, access.Lead: w.OHLead,
		access.Caldicott: w.Caldicott, access.Guardian: w.Guardian, access.Executive: w.Executive, access.Communications: w.HR, access.SystemLead: w.SystemLead(), access.NationalLead: w.NationalLead(), access.Admin: w.Peer}
}

// visitor is somebody's browser.
type visitor struct {
	h      *house
	who    world.Who
	role   access.Role
	cookie *http.Cookie
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string
}

// whole is everything of an answer that somebody could read.
func (a answer) whole() string {
	var b strings.Builder
	_ = a.header.Write(&b)
	return b.String() + a.body
}

func (h *house) anonymous() *visitor { return &visitor{h: h, role: access.Anonymous} }

func (h *house) signIn(who world.Who, role access.Role) *visitor {
	h.t.Helper()
	v := &visitor{h: h, who: who, role: role}
	v.again()
	return v
}

// again signs in with a new session.
func (v *visitor) again() {
	v.h.t.Helper()
	if v.role == access.Anonymous {
		v.cookie = nil
		return
	}
	v.cookie = nil
	if a := v.post("/demo/sign-in", url.Values{"account": {v.who.Account.String()}, "role": {string(v.role)}}); a.status != 303 || v.cookie == nil {
		v.h.t.Fatalf("sign in as %s: %d %s", v.role, a.status, a.body)
	}
}

func (v *visitor) get(path string) answer {
	return v.do(httptest.NewRequest(http.MethodGet, path, nil))
}

func (v *visitor) post(path string, form url.Values) answer {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return v.do(r)
}

func (v *visitor) do(r *http.Request) answer {
	if v.cookie != nil {
		r.AddCookie(v.cookie)
	}
	w := httptest.NewRecorder()
	v.h.app.Handler.ServeHTTP(w, r)
	res := w.Result()
	for _, c := range res.Cookies() {
		v.cookie = c
	}
	return answer{status: w.Code, header: res.Header, body: w.Body.String()}
}
