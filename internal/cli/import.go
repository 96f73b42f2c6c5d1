package cli

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/app"
	"github.com/rowan-ohwb/rowan/internal/config"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/absence"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/person"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

type importCommand struct {
	Staff     importStaffCommand     `cmd:"" help:"Make the staff list agree with a feed of the HR system (docs/staff-feed.md)."`
	Absence   importAbsenceCommand   `cmd:"" help:"Take in a file of sickness absence (docs/absence.md)."`
	Questions importQuestionsCommand `cmd:"" help:"Take in a question set, CSV or YAML (docs/need.md)."`
	Measure   importMeasureCommand   `cmd:"" help:"Take in dated series: turnover, incidents, uptake, training (docs/data-in.md)."`
	Activity  importActivityCommand  `cmd:"" help:"Fill the activity ledger from another occupational health system (docs/data-in.md)."`
	Survey    importSurveyCommand    `cmd:"" help:"Take in staff survey results, national or your own (docs/data-in.md)."`
}

// source is what both imports are told: where to, whose, and what.
type source struct {
	place
	Organisation string `help:"Code or name of the organisation, when the installation has more than one." placeholder:"NAME"`
	File         string `arg:"" help:"CSV file." placeholder:"FILE"`
}

// within opens the installation and runs do as the house itself, for the organisation that is meant.
func (c source) within(ctx context.Context, s streams, wall access.Wall, do func(*app.Site, access.Actor) error) (err error) {
	if f, err := os.Open(c.File); err != nil { // before anything slow
		return fmt.Errorf("the file cannot be read: %w", err)
	} else if err := f.Close(); err != nil {
		return err
	}
	site, err := app.Open(ctx, config.Config{Data: c.Data}.FromEnv(), time.Now, s.logger())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, site.Close(ctx)) }()
	var served []organisation.Served
	err = site.Database.DB.InTenant(ctx, access.SystemActor(access.Hall, uuid.Nil, uuid.Nil), func(tx *postgres.Tx) error {
		served, err = organisation.ListServed(ctx, tx, time.Now())
		return err
	})
	if err != nil {
		return err
	}
	whose, err := choose(served, c.Organisation)
	if err != nil {
		return err
	}
	return plainly(do(site, access.CommandActor(wall, whose.ID, whose.Service)))
}

// choose finds the organisation by code or name; with one there is no need to say.
func choose(served []organisation.Served, wanted string) (organisation.Served, error) {
	var names []string
	slices.SortFunc(served, func(a, b organisation.Served) int { return strings.Compare(a.Name, b.Name) })
	for _, o := range served {
		if wanted != "" && (strings.EqualFold(o.ODS, wanted) || strings.EqualFold(o.Name, wanted)) {
			return o, nil
		}
		name := o.Name
		if o.ODS != "" {
			name += " (" + o.ODS + ")"
		}
		names = append(names, name)
	}
	switch {
	case len(served) == 0:
		return organisation.Served{}, errors.New("this installation is empty: run `rowan setup` first")
	case wanted != "":
		return organisation.Served{}, fmt.Errorf("no organisation has the code or name %q: there are %s", wanted, strings.Join(names, ", "))
	case len(served) > 1:
		return organisation.Served{}, usage{fmt.Errorf("say whose file it is with --organisation: %s", strings.Join(names, ", "))}
	}
	return served[0], nil
}

// plainly gives an error that pages explain by key the same words here.
func plainly(err error) error {
	var refused *sheet.Refused
	switch {
	case errors.As(err, &refused):
		return errors.New(locale.English().T(refused.Key, refused.Args...))
	case fault.KindOf(err) == fault.Conflict:
		return errors.New(locale.English().T(fault.KeyOf(err)))
	}
	return err
}

type importStaffCommand struct {
	source
	DryRun bool   `help:"Say what would change, and change nothing."`
	Invite string `help:"Then open accounts for people who have none, managers or everyone with a work e-mail, and write their invitations to FILE.invitations.csv." enum:"managers,everyone," default:""`
}

// Run imports a staff feed and says what changed.
func (c importStaffCommand) Run(ctx context.Context, s streams) error {
	return c.within(ctx, s, access.Employer, func(site *app.Site, house access.Actor) error {
		report, rejects, err := site.People.ImportFile(ctx, house, time.Now(), c.File, c.DryRun)
		if err != nil {
			return err
		}
		staffReport(s.out, report, c.DryRun)
		if rejects != "" {
			fmt.Fprintf(s.out, "Rows that were not taken, with reasons: %s\n", rejects)
		}
		if c.Invite == "" || c.DryRun {
			return nil
		}
		return c.invite(ctx, s, site, house)
	})
}

// invite opens accounts and writes their links to a file that nobody else of this machine may read: a link sets a
// password, so it belongs in the hands of its owner only.
func (c importStaffCommand) invite(ctx context.Context, s streams, site *app.Site, house access.Actor) (err error) {
	people, err := site.Accounts.InviteStaff(ctx, house, time.Now(), c.Invite == "managers")
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "Accounts opened: %d\n", len(people))
	if len(people) == 0 {
		return nil
	}
	path := c.File + ".invitations.csv"
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("write the invitations: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := csv.NewWriter(f)
	rows := [][]string{{"name", "email", "link"}}
	for _, p := range people {
		rows = append(rows, []string{sheet.Guard(p.Name), sheet.Guard(p.Login), config.Config{}.FromEnv().BaseURL + p.Path})
	}
	if err := w.WriteAll(rows); err != nil {
		return fmt.Errorf("write the invitations: %w", err)
	}
	fmt.Fprintf(s.out, "Their invitations, which open for 14 days: %s\n", path)
	return nil
}

// staffReport prints the differences with the words of the page.
func staffReport(out io.Writer, r person.Report, dryRun bool) {
	words := locale.English()
	for _, t := range r.Differences {
		fmt.Fprintf(out, "%s %s: %s\n", t.Number, t.Name, words.T("person.import.kind."+string(t.Kind)))
		for _, d := range t.Fields {
			field := words.T("person.field." + d.Field)
			if d.Post != "" {
				field = words.T("person.import.of_post", "post", d.Post, "field", field)
			}
			fmt.Fprintln(out, "  "+words.T("person.import.difference", "field", field, "old", given(words, d.Old), "new", given(words, d.New)))
		}
	}
	if listed, all := r.Listed(); listed < all {
		fmt.Fprintln(out, words.T("person.import.listed", "listed", listed, "all", all))
	}
	for _, count := range []struct {
		key string
		n   int
	}{{"rows", r.Rows}, {"unchanged", r.Unchanged}, {"new", r.New}, {"changed", r.Changed}, {"returned", r.Returned}, {"left", r.Left},
		{"posts_new", r.PostsNew}, {"posts_changed", r.PostsChanged}, {"posts_ended", r.PostsEnded}, {"rejected", r.Rejected}} {
		fmt.Fprintf(out, "%s: %d\n", words.T("person.import.count."+count.key), count.n)
	}
	if n := len(r.UnknownManagers); n > 0 {
		lines := make([]string, n)
		for i, l := range r.UnknownManagers {
			lines[i] = strconv.Itoa(l)
		}
		fmt.Fprintln(out, words.T("person.import.unknown_managers", "n", n, "lines", strings.Join(lines, ", ")))
	}
	switch {
	case r.TooManyLeft:
		fmt.Fprintln(out, words.T("person.import.too_many_left"))
	case r.Nothing():
		fmt.Fprintln(out, words.T("person.import.nothing"))
	case dryRun:
		fmt.Fprintln(out, wasDry)
	default:
		fmt.Fprintln(out, words.T("person.import.done")+".")
	}
}

func given(words *locale.Words, value string) string {
	if value == "" {
		return words.T("person.import.none")
	}
	return value
}

type importAbsenceCommand struct{ source }

// Run takes in an absence file and says what became of it.
func (c importAbsenceCommand) Run(ctx context.Context, s streams) error {
	return c.within(ctx, s, access.Growth, func(site *app.Site, house access.Actor) error {
		report, err := site.Absence.ImportFile(ctx, house, time.Now(), c.File)
		if err != nil {
			return err
		}
		absenceReport(s.out, report)
		if len(report.Rejects) == 0 {
			return nil
		}
		path := c.File + ".rejects.csv"
		if err := writeRejects(path, report.Rejects); err != nil {
			return err
		}
		fmt.Fprintf(s.out, "Rows that were not counted, with reasons: %s\n", path)
		return nil
	})
}

func absenceReport(out io.Writer, r absence.Report) {
	words := locale.English()
	say := func(key, value string) { fmt.Fprintf(out, "%s: %s\n", words.T("absence.import.done."+key), value) }
	say("layout", r.Layout)
	say("rows", strconv.Itoa(r.Rows))
	say("kept", strconv.Itoa(r.Kept))
	say("rejected", strconv.Itoa(r.Rejected))
	if !r.First.IsZero() {
		say("months", words.T("absence.import.done.months.value", "first", month(r.First.Year, r.First.Month), "last", month(r.Last.Year, r.Last.Month)))
	}
	if len(r.Unchanged) > 0 {
		var months []string
		for _, m := range r.Unchanged {
			months = append(months, month(m.Year, m.Month))
		}
		fmt.Fprintln(out, words.T("absence.import.done.unchanged", "months", strings.Join(months, ", ")))
	}
	if r.Same {
		fmt.Fprintln(out, words.T("absence.import.same"))
	} else {
		fmt.Fprintln(out, words.T("absence.import.done.title")+".")
	}
}

func month(year int, m time.Month) string { return locale.Month(locale.CivilDate(year, m, 1)) }

// writeRejects lists the rows by line, column and reason: what the rows hold stays in the sender's file.
func writeRejects(path string, list []absence.Reject) error {
	var b strings.Builder
	w, words := csv.NewWriter(&b), locale.English()
	rows := [][]string{{words.T("absence.import.done.line"), words.T("absence.import.done.column"), words.T("absence.import.done.reason")}}
	for _, r := range list {
		rows = append(rows, []string{strconv.Itoa(r.Line), r.Column, words.T(r.Reason)})
	}
	if err := w.WriteAll(rows); err != nil {
		return fmt.Errorf("write rejected rows: %w", err)
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		return fmt.Errorf("write rejected rows: %w", err)
	}
	return nil
}

type importQuestionsCommand struct{ source }

// Run takes in a question set and says what became of it.
func (c importQuestionsCommand) Run(ctx context.Context, s streams) error {
	return c.within(ctx, s, access.Growth, func(site *app.Site, house access.Actor) error {
		set, err := site.Diagnostic.ImportFile(ctx, house, time.Now(), c.File)
		if err != nil {
			return err
		}
		words := locale.English()
		fmt.Fprintf(s.out, "%s: %s\n", set.Name, words.T("need.questions.count", "n", set.Count))
		if set.Same {
			fmt.Fprintln(s.out, words.T("need.questions.same"))
		}
		if len(set.Rejects) == 0 {
			return nil
		}
		list := make([]absence.Reject, len(set.Rejects))
		for i, r := range set.Rejects {
			list[i] = absence.Reject(r)
		}
		path := c.File + ".rejects.csv"
		if err := writeRejects(path, list); err != nil {
			return err
		}
		fmt.Fprintf(s.out, "Rows that were not taken, with reasons: %s\n", path)
		return nil
	})
}
