// Package postgres is the only door to the database: one login and pool for each wall, and InTenant, which
// begins a transaction behind the actor's wall with the tenant set. docs/walls.md tells why.
package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rowan-ohwb/rowan/internal/access"
)

// Source gives the connection string for a login such as "rowan_clinical".
type Source func(login string) string

// LoginPrefix begins the name of every login in the migrations; another prefix may be chosen at `rowan migrate`.
const LoginPrefix = "rowan_"

// poolSize bounds the connections of each wall. Eight are enough for a service of 40 staff on two cores: more
// would queue in PostgreSQL instead of here, and seven walls must fit under max_connections (120).
const poolSize = 8

// Option changes how the pools are made.
type Option func(*pgxpool.Config)

// WithTracer has every statement seen by a tracer: telemetry, and the benchmark that replays them.
func WithTracer(t pgx.QueryTracer) Option {
	return func(c *pgxpool.Config) { c.ConnConfig.Tracer = t }
}

// Open opens a pool for each wall.
func Open(ctx context.Context, source Source, prefix string, options ...Option) (*DB, error) {
	db := &DB{pools: map[access.Wall]*pgxpool.Pool{}}
	for _, w := range access.Walls {
		cfg, err := pgxpool.ParseConfig(source(prefix + string(w)))
		if err != nil {
			return nil, fmt.Errorf("read the database address: %w", err)
		}
		cfg.MaxConns = poolSize
		Settings(cfg.ConnConfig, w)
		for _, change := range options {
			change(cfg)
		}
		pool, err := pgxpool.NewWithConfig(ctx, cfg)
		if err != nil {
			db.Close()
			return nil, fmt.Errorf("open the %s login: %w", w, err)
		}
		db.pools[w] = pool
	}
	return db, nil
}

// Settings gives a connection the settings of a wall's login; the benchmark gives them to its bare connection too.
func Settings(c *pgx.ConnConfig, w access.Wall) {
	c.RuntimeParams["application_name"] = "rowan " + string(w)
	c.RuntimeParams["timezone"] = "UTC"
	// A page that waits longer than this is broken; the worker rebuilds roll-ups and may.
	if w != access.Worker {
		c.RuntimeParams["statement_timeout"] = "20s"
	}
	c.RuntimeParams["idle_in_transaction_session_timeout"] = "60s"
	c.DefaultQueryExecMode = pgx.QueryExecModeCacheStatement
}
