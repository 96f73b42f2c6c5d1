package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/app"
	"github.com/rowan-ohwb/rowan/internal/config"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/person"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

type importCommand struct {
	Staff staffCommand `cmd:"" help:"Make the staff list agree with the HR system's file."`
}

type staffCommand struct {
	place
	Organisation string `help:"ODS code or name of the employer; needed when there are several." placeholder:"CODE"`
	DryRun       bool   `help:"Only say what would change."`
	File         string `arg:"" help:"CSV file with one row for each post."`
}

// Run imports the staff feed and says what changed.
func (c staffCommand) Run(ctx context.Context, s streams) (err error) {
	site, err := app.Open(ctx, config.Config{Data: c.Data}.FromEnv(), time.Now, s.logger())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, site.Close(ctx)) }()
	now := time.Now()
	var employer uuid.UUID
	var name string
	err = site.Database.DB.InTenant(ctx, access.SystemActor(access.Hall, uuid.Nil, uuid.Nil), func(tx *postgres.Tx) (err error) {
		employer, name, err = organisation.EmployerNamed(ctx, tx, c.Organisation, now)
		return err
	})
	if err != nil {
		return err
	}
	r, rejects, err := site.People.ImportFile(ctx, access.SystemActor(access.Employer, employer, uuid.Nil), now, c.File, c.DryRun)
	if key := fault.KeyOf(err); key != "" {
		return errors.New(locale.English().T(key))
	}
	if err != nil {
		return err
	}
	s.staffReport(name, r, c.DryRun)
	if rejects != "" {
		fmt.Fprintf(s.out, "%d rows were not taken; they are in %s with the reasons. Nobody was marked as having left.\n", r.Rejected, rejects)
	}
	return nil
}

// staffReport prints the differences: everybody's in a dry run, the counts always.
func (s streams) staffReport(employer string, r person.Report, dryRun bool) {
	w := locale.English()
	if dryRun {
		for _, p := range r.Differences {
			fmt.Fprintf(s.out, "%s %s: %s\n", p.Number, p.Name, w.T("person.import.kind."+string(p.Kind)))
			for _, f := range p.Fields {
				fmt.Fprintf(s.out, "  %s %s: %q -> %q\n", f.Post, w.T("person.field."+f.Field), f.Old, f.New)
			}
		}
		if listed, all := r.Listed(); listed < all {
			fmt.Fprintf(s.out, "... and %d more people\n", all-listed)
		}
		if r.TooManyLeft {
			fmt.Fprintln(s.out, w.T("person.import.too_many_left"))
		}
	}
	verb := "changed"
	if dryRun {
		verb = "would change"
	}
	fmt.Fprintf(s.out, "%s, %d rows. People %s: %d new, %d changed, %d came back, %d left, %d as before. Posts: %d new, %d changed, %d ended.\n",
		employer, r.Rows, verb, r.New, r.Changed, r.Returned, r.Left, r.Unchanged, r.PostsNew, r.PostsChanged, r.PostsEnded)
	if len(r.UnknownManagers) > 0 {
		fmt.Fprintf(s.out, "%d posts name a manager who is not on the staff list, so they have none.\n", len(r.UnknownManagers))
	}
}
