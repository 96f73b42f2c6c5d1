// Package app is the composition root: the only place that knows every slice. It makes the services, gathers
// the routes and the access rules, registers the jobs, and runs them.
package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/assets"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/config"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/rival"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
	"github.com/rowan-ohwb/rowan/internal/platform/session"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// Deps is what an App is made of.
type Deps struct {
	Config config.Config
	DB     *postgres.DB
	Keys   *seal.Keys
	Now    func() time.Time
	Log    *slog.Logger
	Ready  func() bool // is the database process alive
}

// App is the whole house, not yet running.
type App struct {
	d        Deps
	why      rival.Why // the preferred option, and no cheaper one
	sessions *scs.SessionManager
	ledger   activity.Ledger
	Table    *access.Table
	Routes   []web.Route
	Handler  http.Handler
	Jobs     *job.Runner
	Services
}

// New wires everything, or says what does not fit.
func New(d Deps) (*App, error) {
	a := &App{d: d, sessions: session.NewManager(d.DB), ledger: activity.Ledger{Keys: d.Keys}, Jobs: job.NewRunner(d.DB, d.Log)}
	if err := a.services(); err != nil {
		return nil, err
	}
	table, err := access.NewTable(a.rules()...)
	if err != nil {
		return nil, fmt.Errorf("access table: %w", err)
	}
	a.Table = table
	a.Routes = a.routes()
	a.jobs()
	frame := &frame{accounts: a.Accounts, db: d.DB, demo: d.Config.Demo, now: d.Now}
	srv, err := web.New(web.Config{
		Routes: a.Routes, Table: table, Sessions: a.sessions,
		Actor: a.Accounts.Actor, Denied: a.denied, ErrorPage: errorPage, SignedOut: signedOut,
		Frame:  web.Frame{Demo: d.Config.Demo, NotAssured: frame.notAssured, Place: frame.place, Nav: links(a.Routes)},
		Assets: assets.Handler(), Plain: a.plain(), TrustedProxy: d.Config.TrustedProxy, Now: d.Now, Log: d.Log,
	})
	if err != nil {
		return nil, err
	}
	a.Handler = srv
	return a, nil
}

// plain are the endpoints of the machine: they hold no words and need no session.
func (a *App) plain() map[string]http.Handler {
	return map[string]http.Handler{
		"/healthz": http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") }),
		"/readyz":  http.HandlerFunc(a.ready),
	}
}

// ready answers 200 when the database answers behind every wall and jobs are looked at.
func (a *App) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if !a.d.Ready() || a.d.DB.Ping(ctx) != nil || !a.Jobs.Working() {
		http.Error(w, "not ready", http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintln(w, "ready")
}

// ForUse refuses to serve data that is not meant for use: an empty installation, or the demonstration's.
func (s *Site) ForUse(ctx context.Context) error {
	demo, _, err := s.Accounts.Installed(ctx)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return errors.New("this installation is empty: run `rowan setup` first, or `rowan demo` to try Rowan on invented data")
	case err != nil:
		return fmt.Errorf("read the installation: %w", err)
	case demo:
		return errors.New("this folder holds the demonstration's invented data: run `rowan demo`, or choose another folder with --data")
	}
	return nil
}
