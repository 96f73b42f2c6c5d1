package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"syscall"
	"time"

	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/config"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

// OpenKeys reads the installation's keys, making them on the first start.
func OpenKeys(cfg config.Config) (*seal.Keys, error) {
	keys, err := seal.Open(cfg.Keys(), audit.SigningKey, release.SigningKey)
	if errors.Is(err, os.ErrPermission) {
		return nil, fmt.Errorf("%s cannot be written: choose another folder with --data", cfg.Data)
	}
	return keys, err
}

// Site is a running installation without its network: what serve, demo, setup, import and tests share.
type Site struct {
	*App
	Database *Database
}

// Open opens keys and database and wires the house. The caller closes it.
func Open(ctx context.Context, cfg config.Config, now func() time.Time, log *slog.Logger) (*Site, error) {
	// The child starts first: it is the one that refuses a folder in use or one that cannot be written.
	database, err := OpenDatabase(ctx, cfg, log)
	if err != nil {
		return nil, err
	}
	return wire(ctx, cfg, database, now, log)
}

// wire makes the house on an open database, which it closes when something does not fit.
func wire(ctx context.Context, cfg config.Config, database *Database, now func() time.Time, log *slog.Logger) (*Site, error) {
	keys, err := OpenKeys(cfg)
	if err != nil {
		return nil, errors.Join(err, database.Close(ctx))
	}
	a, err := New(Deps{Config: cfg, DB: database.DB, Keys: keys, Now: now, Log: log, Ready: database.Healthy})
	if err != nil {
		return nil, errors.Join(err, database.Close(ctx))
	}
	return &Site{App: a, Database: database}, nil
}

// stopWithin is how long running requests and jobs get after Ctrl-C.
const stopWithin = 10 * time.Second

// Close stops jobs, then the database.
func (s *Site) Close(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
	defer cancel()
	return errors.Join(s.Jobs.Stop(ctx), s.Database.Close(ctx))
}

// Listen takes the port before anything slow begins, so that a taken one is one quick sentence.
func Listen(cfg config.Config) (net.Listener, error) {
	l, err := net.Listen("tcp", cfg.Listen)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("%s is taken by another program: stop it, or choose another port with --listen", cfg.Listen)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot listen on %s: %w", cfg.Listen, err)
	}
	return l, nil
}

// Serve answers requests and works jobs until the context ends.
func (s *Site) Serve(ctx context.Context, l net.Listener) error {
	if err := s.Jobs.Start(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	srv := &http.Server{
		Handler: s.Handler,
		// Slow clients are bounded: a header in 10 s, a whole upload within five minutes.
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       5 * time.Minute,
		IdleTimeout:       2 * time.Minute,
		ErrorLog:          slog.NewLogLogger(s.d.Log.Handler(), slog.LevelDebug),
	}
	done := make(chan error, 1)
	go func() { done <- srv.Serve(l) }()
	select {
	case err := <-done:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
	defer cancel()
	if err := srv.Shutdown(stop); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("stop serving: %w", err)
	}
	return nil
}
