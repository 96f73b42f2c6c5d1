package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/app"
	"github.com/rowan-ohwb/rowan/internal/growth/series/intake"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

type importMeasureCommand struct {
	source
	DryRun bool `help:"Say what would change, and change nothing."`
}

// Run takes in a file of measures and says what became of it.
func (c importMeasureCommand) Run(ctx context.Context, s streams) error {
	return c.within(ctx, s, access.Growth, func(site *app.Site, house access.Actor) error {
		report, err := site.Series.ImportFile(ctx, house, time.Now(), c.File, c.DryRun)
		return intakeReport(s.out, c.File, report, err)
	})
}

type importSurveyCommand struct {
	source
	DryRun bool `help:"Say what would change, and change nothing."`
}

// Run takes in a file of survey results and says what became of it.
func (c importSurveyCommand) Run(ctx context.Context, s streams) error {
	return c.within(ctx, s, access.Growth, func(site *app.Site, house access.Actor) error {
		report, err := site.Survey.ImportFile(ctx, house, time.Now(), c.File, c.DryRun)
		return intakeReport(s.out, c.File, report, err)
	})
}

func intakeReport(out io.Writer, path string, r intake.Report, err error) error {
	if err != nil {
		return err
	}
	words := locale.English()
	for _, row := range []struct {
		key string
		n   int
	}{{"rows", r.Rows}, {"changed", r.Changed}, {"rejected", r.Rejects.N}} {
		fmt.Fprintf(out, "%s: %d\n", words.T("series.import.row."+row.key), row.n)
	}
	switch {
	case r.Same:
		fmt.Fprintln(out, words.T("series.import.same"))
	case r.DryRun:
		fmt.Fprintln(out, dryRun)
	default:
		fmt.Fprintln(out, words.T("series.import.done")+".")
	}
	return keepRejects(out, path, r.Rejects.List)
}

const dryRun = "Nothing was changed: this was a dry run."

// keepRejects writes the rows that were not taken beside the file, by line, column and reason.
func keepRejects(out io.Writer, path string, list []sheet.Reject) error {
	if len(list) == 0 {
		return nil
	}
	var b strings.Builder
	if err := sheet.WriteRejects(&b, list, locale.English().T); err != nil {
		return err
	}
	path += ".rejects.csv"
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		return fmt.Errorf("write rejected rows: %w", err)
	}
	fmt.Fprintf(out, "Rows that were not taken, with reasons: %s\n", path)
	return nil
}
