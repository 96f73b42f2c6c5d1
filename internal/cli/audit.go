package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/app"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/config"
)

type auditCommand struct {
	Verify verifyCommand `cmd:"" help:"Check an export against signed checkpoints, offline. Exit code 1 when anything was altered."`
	Export exportCommand `cmd:"" help:"Seal what has happened and write it as JSON lines."`
}

type verifyCommand struct {
	Checkpoints string `required:"" help:"Folder of checkpoints, with verifier.key." placeholder:"DIR"`
	Export      string `arg:"" help:"Export to check." placeholder:"EXPORT"`
}

// Run verifies and says what it found.
func (c verifyCommand) Run(s streams) error {
	r, err := audit.VerifyFiles(c.Export, c.Checkpoints)
	if err != nil {
		return err
	}
	for _, f := range r.Findings {
		fmt.Fprintln(s.out, f)
	}
	fmt.Fprintf(s.out, "%d events, %d checkpoints", r.Events, r.Checkpoints)
	if r.Checkpoints > 0 {
		fmt.Fprintf(s.out, ", the newest of %d events signed %s", r.Newest.Size, r.Newest.At.UTC().Format(time.RFC3339))
	}
	fmt.Fprintln(s.out)
	if r.Withheld > 0 {
		fmt.Fprintf(s.out, "%d events are withheld: another organisation's, or taken out by whoever gave you the export\n", r.Withheld)
	}
	if !r.OK() {
		return fmt.Errorf("the audit does not verify: %d findings", r.Total)
	}
	fmt.Fprintln(s.out, "Nothing was altered.")
	return nil
}

type exportCommand struct {
	place
	Out string `help:"File to write (standard output)." placeholder:"FILE"`
}

// Run exports the whole log, for every organisation of the installation.
func (c exportCommand) Run(ctx context.Context, s streams) (err error) {
	site, err := app.Open(ctx, config.Config{Data: c.Data}.FromEnv(), time.Now, s.logger())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, site.Close(ctx)) }()
	// The server seals each minute; what it did in its last one would be left out.
	if _, err := site.Sealer.Seal(ctx); err != nil {
		return err
	}
	out := s.out
	if c.Out != "" {
		// The log says who looked at whom: nobody else of this machine may read the copy.
		f, err := os.OpenFile(c.Out, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err != nil {
			return fmt.Errorf("write the export: %w", err)
		}
		defer func() { err = errors.Join(err, f.Close()) }()
		out = f
	}
	buffered := bufio.NewWriter(out)
	house := access.CommandActor(access.Audit, uuid.Nil, uuid.Nil)
	if err := audit.Export(ctx, site.Database.DB, house, time.Now(), buffered); err != nil {
		return err
	}
	return buffered.Flush()
}
