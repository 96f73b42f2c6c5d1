package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/rowan-ohwb/rowan/internal/app"
	"github.com/rowan-ohwb/rowan/internal/config"
)

type demoCommand struct {
	place
	Listen string `help:"Address and port on this machine (127.0.0.1:8080)." placeholder:"ADDR"`
	Seed   uint64 `help:"Which of the invented histories to make on the first start." default:"1"`
	Sample string `help:"What to make on the first start: small, a trust and its neighbours in a minute or two (the default); or ics, eight organisations with 60,000 staff in some minutes." placeholder:"NAME"`
}

// samples are what can be made, by name.
var samples = []string{app.SmallSample, app.ICSSample}

// Run serves the demonstration until Ctrl-C; the first start makes its people and their history.
func (c demoCommand) Run(ctx context.Context, s streams) error {
	if c.Sample != "" && !slices.Contains(samples, c.Sample) {
		return usage{fmt.Errorf("--sample %q is none: choose %s", c.Sample, strings.Join(samples, " or "))}
	}
	cfg := config.Config{Data: c.Data, Listen: c.Listen, Demo: true}.FromEnv()
	if err := cfg.Validate(); err != nil {
		return err
	}
	listener, err := app.Listen(cfg)
	if err != nil {
		return err
	}
	began := time.Now()
	say := func(line string) { fmt.Fprintf(s.out, "%4.0f s  %s\n", time.Since(began).Seconds(), line) }
	site, err := app.OpenDemo(ctx, app.Demo{Config: cfg, Seed: c.Seed, Sample: c.Sample, Now: time.Now, Log: s.logger(), Say: say})
	if err != nil {
		return err
	}
	defer site.Close(ctx)
	people, err := site.Accounts.DemoPeople(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintln(s.out, "Everything here is invented. Sign in as one of these:")
	for _, p := range people {
		var roles []string
		for _, r := range p.Roles {
			roles = append(roles, string(r))
		}
		fmt.Fprintf(s.out, "  %-26s %-24s %s\n", p.Name, p.Place, strings.Join(roles, ", "))
	}
	fmt.Fprintf(s.out, "Rowan serves at %s. Press Ctrl-C to stop.\n", cfg.BaseURL)
	return site.Serve(ctx, listener)
}
