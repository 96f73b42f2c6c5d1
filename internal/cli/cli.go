// Package cli is the command line of rowan, one file for each command. Exit codes: 0 good, 1 failed with one
// clear sentence on standard error, 2 wrong usage.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
)

// commands is the whole command line.
type commands struct {
	Serve    serveCommand    `cmd:"" help:"Run the service."`
	Demo     demoCommand     `cmd:"" help:"Try Rowan on invented people and three years of invented history."`
	Setup    setupCommand    `cmd:"" help:"Take an empty installation to first use, or record a sign-off."`
	Migrate  migrateCommand  `cmd:"" help:"Bring an external PostgreSQL up to date (needs an administrator's address)."`
	Import   importCommand   `cmd:"" help:"Take in a file: the staff list, absence, measures, survey results, or activity of another system."`
	Calc     calcCommand     `cmd:"" help:"Run a calculator: JSON in, JSON out."`
	Simulate simulateCommand `cmd:"" help:"Simulate a service: a YAML model of queues, or of a clinic."`
	Audit    auditCommand    `cmd:"" help:"Export the audit, or verify an export."`
	Version  versionCommand  `cmd:"" help:"Print the version."`
	Help     helpCommand     `cmd:"" help:"Print this help."`
}

// streams are where a command reads and writes; tests give their own.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// logger logs to standard error, in plain lines.
func (s streams) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(s.err, &slog.HandlerOptions{Level: slog.LevelInfo}))
}

// Main runs the command line and gives the exit code.
func Main(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return run(ctx, args, streams{os.Stdin, os.Stdout, os.Stderr})
}

// usage is an error in how a command was called.
type usage struct{ error }

func run(ctx context.Context, args []string, s streams) int {
	var c commands
	exited, code := false, 0
	parser, err := kong.New(&c, kong.Name("rowan"),
		kong.Description("Rowan runs and grows an NHS occupational health and wellbeing service."),
		kong.UsageOnError(), kong.Writers(s.out, s.err), kong.Exit(func(n int) { exited, code = true, n }),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(s))
	if err != nil {
		fmt.Fprintln(s.err, "rowan:", err)
		return 1
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(args)
	if exited {
		return code
	}
	if err != nil {
		fmt.Fprintf(s.err, "rowan: %v (see rowan help)\n", err)
		return 2
	}
	if err := command.Run(parser); err != nil {
		// One line, also of an error that comes in several from a library.
		fmt.Fprintln(s.err, "rowan:", strings.Join(strings.Fields(err.Error()), " "))
		var u usage
		if errors.As(err, &u) {
			return 2
		}
		return 1
	}
	return 0
}

type helpCommand struct{}

// Run prints the help of the whole command line.
func (helpCommand) Run(parser *kong.Kong) error {
	_, _ = parser.Parse([]string{"--help"}) // prints; its error is that --help names no command
	return nil
}
