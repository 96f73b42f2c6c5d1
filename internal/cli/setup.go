package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/app"
	"github.com/rowan-ohwb/rowan/internal/config"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/setup"
)

type setupCommand struct {
	New     foundCommand   `cmd:"" default:"withargs" help:"Answer the questions of an empty installation (the default)."`
	SignOff signOffCommand `cmd:"" name:"sign-off" help:"Record clinical safety, data protection or retention sign-off."`
}

type foundCommand struct {
	place
	Answers string `help:"Read the answers from this file instead of asking." placeholder:"FILE"`
	Example bool   `help:"Print an example file of answers."`
}

// Run sets an empty installation up and prints the invitations.
func (c foundCommand) Run(ctx context.Context, s streams) error {
	if c.Example {
		_, err := io.WriteString(s.out, setup.Example)
		return err
	}
	answers, err := c.answers(s)
	if err != nil {
		return err
	}
	cfg := config.Config{Data: c.Data}.FromEnv()
	site, err := app.Open(ctx, cfg, time.Now, s.logger())
	if err != nil {
		return err
	}
	defer site.Close(ctx)
	invitations, err := setup.Found(ctx, setup.House{DB: site.Database.DB, Accounts: site.Accounts, Appointments: site.Appointments}, time.Now(), answers)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "\n%s is ready. Start it with `rowan serve`, then hand out these invitations. Each opens for 14 days, until a password is set.\n\n", answers.Service.Name)
	for _, i := range invitations {
		fmt.Fprintf(s.out, "%s (%s, %s)\n  %s%s\n", i.Name, i.Email, i.Role, cfg.BaseURL, i.Link)
	}
	fmt.Fprintln(s.out, "\nNext: import your staff and invite their managers with `rowan import staff FILE.csv --invite managers`, plan more clinics on the page Clinics, and record the sign-offs with `rowan setup sign-off`.")
	return nil
}

func (c foundCommand) answers(s streams) (setup.Answers, error) {
	if c.Answers == "" {
		return ask(s)
	}
	b, err := os.ReadFile(c.Answers)
	if err != nil {
		return setup.Answers{}, fmt.Errorf("read the answers: %w", err)
	}
	return setup.Read(b)
}

// asker asks one question at a time and asks again until the answer will do.
type asker struct {
	in  *bufio.Scanner
	out io.Writer
	err error
}

func (a *asker) ask(question, fallback string) string {
	for a.err == nil {
		if fallback != "" {
			fmt.Fprintf(a.out, "%s [%s]: ", question, fallback)
		} else {
			fmt.Fprintf(a.out, "%s: ", question)
		}
		if !a.in.Scan() {
			a.err = errors.New("set-up stopped before the last question: nothing was written")
			break
		}
		if text := strings.TrimSpace(a.in.Text()); text != "" {
			return text
		} else if fallback != "" {
			return fallback
		}
		fmt.Fprintln(a.out, "Please answer this one.")
	}
	return ""
}

func ask(s streams) (setup.Answers, error) {
	a := &asker{in: bufio.NewScanner(s.in), out: s.out}
	fmt.Fprintln(s.out, "A few questions. Nothing is written until the last one; Ctrl-C stops.")
	out := setup.Answers{
		Organisation: setup.Organisation{Name: a.ask("Name of the organisation", ""), Kind: organisation.Kind(a.ask("Its kind (trust, practice, provider, employer)", "trust"))},
		Service: setup.Service{
			Name:       a.ask("Name of its occupational health service", ""),
			Phone:      a.ask("Phone number of the service", ""),
			UrgentText: a.ask("What should staff do out of hours?", "In danger, call 999. For mental health, call 111 and choose the mental health option."),
		},
		Administrator: setup.Somebody{Name: a.ask("Your name (you become the system administrator)", ""), Email: a.ask("Your work e-mail", "")},
	}
	for a.err == nil {
		fmt.Fprintln(s.out, "Somebody else of the team? Answer - when there is nobody more.")
		name := a.ask("Name", "-")
		if name == "-" {
			break
		}
		p := setup.Somebody{Name: name, Email: a.ask("Work e-mail", ""),
			Role: access.Role(a.ask("Role (oh_admin, oh_nurse, oh_physician, oh_physio, oh_counsellor, oh_lead, hr, caldicott, guardian, executive, admin)", "oh_nurse"))}
		if p.Role.IsClinician() {
			if r := a.ask("Professional registration, such as NMC 00Z2345E (- if they give it themselves)", "-"); r != "-" {
				p.Registration = r
			}
		}
		if p.Role == access.Nurse || p.Role == access.Physician {
			p.Decides = a.ask("May they, as a senior clinician, decide with another on a disclosure without consent? (yes, no)", "no") == "yes"
		}
		out.People = append(out.People, p)
	}
	if a.err != nil {
		return setup.Answers{}, a.err
	}
	return out, out.Validate()
}

type signOffCommand struct {
	place
	Kind      string `arg:"" enum:"clinical_safety,data_protection,retention" help:"clinical_safety, data_protection or retention."`
	By        string `required:"" help:"Who signed."`
	Role      string `required:"" help:"As what: clinical safety officer, data protection officer, records manager."`
	Reference string `required:"" help:"Where the signed document is."`
	On        string `help:"Date of the signature, YYYY-MM-DD (today)." placeholder:"DATE"`
}

// Run records one sign-off; with all three, pages stop saying "not assured for live use".
func (c signOffCommand) Run(ctx context.Context, s streams) error {
	on := time.Now()
	if c.On != "" {
		var err error
		if on, err = time.Parse(time.DateOnly, c.On); err != nil {
			return usage{fmt.Errorf("--on %q is not a date such as 2026-11-22", c.On)}
		}
	}
	site, err := app.Open(ctx, config.Config{Data: c.Data}.FromEnv(), time.Now, s.logger())
	if err != nil {
		return err
	}
	defer site.Close(ctx)
	if err := site.Accounts.RecordSignOff(ctx, account.SignOff{Kind: c.Kind, By: c.By, Role: c.Role, Reference: c.Reference, On: on}); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "Recorded: %s, signed by %s.\n", c.Kind, c.By)
	return nil
}
