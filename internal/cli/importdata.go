package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/activity/feed"
	"github.com/rowan-ohwb/rowan/internal/app"
	"github.com/rowan-ohwb/rowan/internal/fault"
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

type importActivityCommand struct {
	source
	Mapping     string `help:"Name of a saved mapping, or a YAML file." required:"" placeholder:"NAME"`
	SaveMapping string `help:"Then keep the mapping under this name." placeholder:"NAME"`
	DryRun      bool   `help:"Say what would change, and change nothing."`
}

// Run takes in the events of a file and says what became of them.
func (c importActivityCommand) Run(ctx context.Context, s streams) error {
	return c.within(ctx, s, access.Worker, func(site *app.Site, house access.Actor) error {
		m, err := c.mapping(ctx, site, house)
		if err != nil {
			return err
		}
		r, err := site.Feed.ImportFile(ctx, house, time.Now(), m, c.File, c.DryRun)
		if err != nil {
			return err
		}
		if c.SaveMapping != "" && !c.DryRun {
			m.Name = c.SaveMapping
			if err := site.Feed.Save(ctx, house, time.Now(), m); err != nil {
				return err
			}
		}
		activityReport(s.out, r)
		return keepRejects(s.out, c.File, r.Rejects.List)
	})
}

// mapping finds it by name, or reads it from a file.
func (c importActivityCommand) mapping(ctx context.Context, site *app.Site, house access.Actor) (feed.Mapping, error) {
	text, err := os.ReadFile(c.Mapping)
	if err == nil {
		return feed.ParseMapping(text)
	}
	saved, err := site.Feed.MappingNamed(ctx, house, c.Mapping)
	if fault.KindOf(err) == fault.NotFound {
		return feed.Mapping{}, fmt.Errorf("no mapping is saved as %q, and there is no such file", c.Mapping)
	}
	return saved.Mapping, err
}

func activityReport(out io.Writer, r feed.Report) {
	words := locale.English()
	if r.DryRun {
		for _, x := range r.Counts {
			fmt.Fprintf(out, "%s %s: %d, new %d\n", x.Month, x.Kind, x.Rows, x.New)
		}
		for _, m := range activity.Measures {
			fmt.Fprintf(out, "%s: %d\n", words.T("feed.wait."+string(m)), r.Waits[m])
		}
	}
	for _, row := range []struct {
		key string
		n   int
	}{{"rows", r.Rows}, {"added", r.Added}, {"known", r.Known}, {"rejected", r.Rejects.N}} {
		fmt.Fprintf(out, "%s: %d\n", words.T("feed.row."+row.key), row.n)
	}
	if !r.Tied {
		fmt.Fprintln(out, words.T("feed.untied"))
	}
	switch {
	case r.Same:
		fmt.Fprintln(out, words.T("feed.same"))
	case r.DryRun:
		fmt.Fprintln(out, wasDry)
	default:
		fmt.Fprintln(out, words.T("feed.done")+".")
	}
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
		fmt.Fprintln(out, wasDry)
	default:
		fmt.Fprintln(out, words.T("series.import.done")+".")
	}
	return keepRejects(out, path, r.Rejects.List)
}

const wasDry = "Nothing was changed: this was a dry run."

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
