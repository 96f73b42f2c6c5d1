package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/rowan-ohwb/rowan/internal/config"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

type migrateCommand struct {
	Admin   string `help:"Address of the database with an administrator's name (CREATEROLE, owner of the database)." env:"ROWAN_ADMIN_URL" placeholder:"URL"`
	Secrets string `help:"File to which the logins' new passwords are written." placeholder:"FILE"`
}

// Run prepares an external PostgreSQL. A child PostgreSQL needs none of it: serve and demo see to that.
func (c migrateCommand) Run(ctx context.Context, s streams) error {
	cfg := config.Config{}.FromEnv()
	if c.Admin == "" {
		return usage{errors.New("migrate is for an external PostgreSQL: give --admin postgres://administrator@host/database")}
	}
	if err := postgres.Migrate(ctx, postgres.MigrateOptions{Admin: c.Admin, Prefix: cfg.LoginPrefix, Secrets: c.Secrets}); err != nil {
		return err
	}
	fmt.Fprintln(s.out, "The database is up to date.")
	tells, err := postgres.TellsRows(ctx, c.Admin)
	if err != nil {
		return err
	}
	if tells {
		fmt.Fprintln(s.out, "PostgreSQL's statistics still tell every login how many rows each table has: run this once as a superuser, who may close them.")
	}
	return nil
}
