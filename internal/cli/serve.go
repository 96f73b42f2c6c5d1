package cli

import (
	"context"
	"fmt"
	"time"

	"github.com/rowan-ohwb/rowan/internal/app"
	"github.com/rowan-ohwb/rowan/internal/config"
)

// place is where an installation lives; every command that opens it takes these flags.
type place struct {
	Data string `help:"Folder for keys, audit checkpoints and the child PostgreSQL (.rowan)." placeholder:"DIR"`
}

type serveCommand struct {
	place
	Listen string `help:"Address and port (127.0.0.1:8080)." placeholder:"ADDR"`
}

// Run serves until Ctrl-C.
func (c serveCommand) Run(ctx context.Context, s streams) error {
	cfg := config.Config{Data: c.Data, Listen: c.Listen}.FromEnv()
	if err := cfg.Validate(); err != nil {
		return err
	}
	listener, err := app.Listen(cfg)
	if err != nil {
		return err
	}
	site, err := app.Open(ctx, cfg, time.Now, s.logger())
	if err != nil {
		return err
	}
	defer site.Close(ctx)
	if err := site.ForUse(ctx); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "Rowan serves at %s. Press Ctrl-C to stop.\n", cfg.BaseURL)
	return site.Serve(ctx, listener)
}
