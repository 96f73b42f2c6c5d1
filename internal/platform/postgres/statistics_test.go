package postgres_test

import (
	"context"
	"net/url"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// TestMigrateWithoutSuperuser migrates as the administrator of a rented database does, who may make roles and owns the database and no
// more: everything is made, and that the statistics stay open is told until a superuser migrates. Each migrates twice, as upgrades do.
func TestMigrateWithoutSuperuser(t *testing.T) {
	const name, prefix = "rented_test", "rented_test_"
	ctx := context.Background()
	super, err := url.Parse(world.Super(t))
	if err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(ctx, super.String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	do := func(all ...string) {
		t.Helper()
		for _, sql := range all {
			if _, err := conn.Exec(ctx, sql); err != nil {
				t.Fatalf("%s: %v", sql, err)
			}
		}
	}
	clean := []string{"drop database if exists " + name + " with (force)"}
	for _, w := range access.Walls {
		clean = append(clean, "drop role if exists "+prefix+string(w))
	}
	clean = append(clean, "drop role if exists "+prefix+"owner", "drop role if exists "+name)
	do(clean...)
	do("create role "+name+" createrole", "create database "+name+" owner "+name+" template template0 encoding 'UTF8' locale 'C'")
	defer do(clean...)
	super.Path = "/" + name
	rented := *super
	q := rented.Query()
	q.Set("role", name)
	rented.RawQuery = q.Encode()
	for i, x := range []struct {
		admin string
		tells bool
	}{{rented.String(), true}, {rented.String(), true}, {super.String(), false}, {rented.String(), false}} {
		if err := postgres.Migrate(ctx, postgres.MigrateOptions{Admin: x.admin, Prefix: prefix}); err != nil {
			t.Fatalf("run %d: %v", i+1, err)
		}
		if tells, err := postgres.TellsRows(ctx, x.admin); err != nil || tells != x.tells {
			t.Errorf("told %v, want %v: %v", tells, x.tells, err)
		}
	}
}
