package pgchild

import (
	"context"
	"log/slog"
	"net/url"
	"sync"
	"sync/atomic"
)

// Config says how to run PostgreSQL.
type Config struct {
	Dir      string       // Rowan's folder; made when absent
	Bin      string       // the setting ROWAN_PG_BIN; empty means search (see Find)
	Log      *slog.Logger // what PostgreSQL says; nil means nowhere
	Volatile bool         // for tests only: faster, and a power cut destroys the data
}

// A Child is a PostgreSQL that runs, or is being started again.
type Child struct {
	folder   *folder
	volatile bool
	log      *slog.Logger

	healthy  atomic.Bool
	stopping chan struct{} // closed by the first Stop
	hurry    chan struct{} // closed when a Stop has waited long enough
	done     chan struct{} // closed when PostgreSQL has ended for good
	stopOnce sync.Once
	hurryUp  sync.Once
}

// Start starts PostgreSQL and returns when it takes connections. The context bounds the start only, which after a
// crash may take as long as PostgreSQL needs to replay its log. What it refuses is a *UserError.
func Start(ctx context.Context, cfg Config) (*Child, error) {
	if err := supported(); err != nil {
		return nil, err
	}
	bin, err := Find(cfg.Bin)
	if err != nil {
		return nil, err
	}
	f, err := openFolder(ctx, cfg, bin)
	if err != nil {
		return nil, err
	}
	log := cfg.Log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	c := &Child{
		folder: f, volatile: cfg.Volatile, log: log,
		stopping: make(chan struct{}), hurry: make(chan struct{}), done: make(chan struct{}),
	}
	started := make(chan error, 1)
	go c.supervise(started)
	select {
	case err := <-started:
		if err != nil {
			return nil, err
		}
		return c, nil
	case <-ctx.Done():
		c.Stop(ctx)
		return nil, ctx.Err()
	}
}

// DSN is the connection string for one of Logins and a database.
func (c *Child) DSN(login, database string) string {
	query := url.Values{"host": {c.folder.socket}, "port": {port}}
	return (&url.URL{Scheme: "postgres", User: url.User(login), Path: "/" + database, RawQuery: query.Encode()}).String()
}

// Healthy says whether PostgreSQL takes connections now, for /readyz.
func (c *Child) Healthy() bool { return c.healthy.Load() }

// Done is closed when PostgreSQL has ended for good, after Stop.
func (c *Child) Done() <-chan struct{} { return c.done }

// Stop ends PostgreSQL in order: sessions are ended and everything is written. When the context ends first, PostgreSQL
// is stopped at once, which loses nothing either but makes the next start slower, and the context's error is returned.
func (c *Child) Stop(ctx context.Context) error {
	c.stopOnce.Do(func() { close(c.stopping) })
	select {
	case <-c.done:
		return nil
	case <-ctx.Done():
	}
	c.hurryUp.Do(func() { close(c.hurry) })
	<-c.done
	return ctx.Err()
}
