package selfcheck

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/selfcheck/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Deps is what the slice needs.
type Deps struct {
	DB      *postgres.DB
	Figures *figure.Library
}

// Service keeps the self-check and the route.
type Service struct {
	d     Deps
	calls Pack
	route Pack
}

// New makes the service. The packs are compiled in and tested, so one that does not load is a broken build.
func New(d Deps) *Service {
	calls, err := LoadPack(content.FS, "calls-to-action")
	if err != nil {
		panic(err)
	}
	route, err := LoadPack(content.FS, "route")
	if err != nil {
		panic(err)
	}
	return &Service{d, calls, route}
}

// Calls is the pack of the self-check, Route that of the guided route.
func (s *Service) Calls() Pack { return s.calls }

// Route is the pack of the guided route.
func (s *Service) Route() Pack { return s.route }

// Positions are how far one can be.
var Positions = []string{"not_started", "started", "in_place", "leading"}

// States are how far a step is.
var States = []string{"todo", "doing", "done"}

// MaxText bounds what is written.
const MaxText = 1000

const longestLine = 200

// Check is what an organisation says about a call.
type Check struct {
	Call                             string
	Position, Evidence, Link, Figure string          // Figure is a reference when it is written, "" when it is read
	Cited                            *figure.Checked // as when it was cited, until Recheck
	NextStep, Owner                  string
	Due                              time.Time
	At                               time.Time
	By                               string
}

// Task is what it says about a step.
type Task struct {
	Step, State, Note string
	Done, At          time.Time
	By                string
}

// Standing is everything it has said.
type Standing struct {
	Checks map[string]Check
	Tasks  map[string]Task
}

// Answered counts the calls of an audience that have a position.
func (s Standing) Answered(a Audience) (n int) {
	for _, c := range a.Calls {
		if s.Checks[c.Code].Position != "" {
			n++
		}
	}
	return n
}

// Recheck asks the sources of the cited figures again: of some calls.
func (s *Service) Recheck(ctx context.Context, a access.Actor, now time.Time, all Standing, calls ...Call) error {
	for _, call := range calls {
		cited := all.Checks[call.Code].Cited
		if cited == nil {
			continue
		}
		checked, err := figure.New(s.d.DB, s.d.Figures).Check(ctx, a, now, cited.Citation)
		if err != nil {
			return err
		}
		*cited = checked
	}
	return nil
}

// Read gives everything.
func (s *Service) Read(ctx context.Context, a access.Actor) (Standing, error) {
	out := Standing{map[string]Check{}, map[string]Task{}}
	err := s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		checks, err := db.New(tx).ListChecks(ctx, a.Organisation)
		if err != nil {
			return fmt.Errorf("list checks: %w", err)
		}
		var ids []uuid.UUID
		for _, c := range checks {
			if c.CitationID != nil {
				ids = append(ids, *c.CitationID)
			}
		}
		cited, err := figure.Load(ctx, tx, ids...)
		if err != nil {
			return err
		}
		for _, c := range checks {
			x := Check{Call: c.Call, Position: c.Position, Evidence: c.Evidence, Link: c.EvidenceLink, NextStep: c.NextStep, Owner: c.Owner, At: c.At, By: c.By}
			if c.DueOn != nil {
				x.Due = *c.DueOn
			}
			if c.CitationID != nil {
				x.Cited = &figure.Checked{Citation: cited[*c.CitationID], Standing: figure.Current}
			}
			out.Checks[c.Call] = x
		}
		steps, err := db.New(tx).ListSteps(ctx, a.Organisation)
		if err != nil {
			return fmt.Errorf("list steps: %w", err)
		}
		for _, x := range steps {
			t := Task{Step: x.Step, State: x.State, Note: x.Note, At: x.At, By: x.By}
			if x.DoneOn != nil {
				t.Done = *x.DoneOn
			}
			out.Tasks[x.Step] = t
		}
		return nil
	})
	return out, err
}

// Figures lists what can be cited.
func (s *Service) Figures(ctx context.Context, a access.Actor, now time.Time) ([]figure.Figure, error) {
	return s.d.Figures.List(ctx, a, now)
}

// Verify says what is wrong with a check.
func (c Check) Verify() (f fault.Fields) {
	if !slices.Contains(Positions, c.Position) {
		f.Add("position", "need.check.position.empty")
	}
	for name, text := range map[string]string{"evidence": c.Evidence, "next_step": c.NextStep} {
		f.Long(name, text, MaxText)
	}
	if u, err := url.Parse(c.Link); c.Link != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || len(c.Link) > MaxText) {
		f.Add("link", "need.answer.link.wrong")
	}
	f.Long("owner", c.Owner, longestLine)
	if c.NextStep == "" && (c.Owner != "" || !c.Due.IsZero()) {
		f.Add("next_step", "need.check.next_step.empty")
	}
	if c.NextStep != "" && c.Owner == "" {
		f.Add("owner", "need.check.owner.empty")
	}
	if c.NextStep != "" && c.Due.IsZero() {
		f.Add("due", "need.check.due.empty")
	}
	return f
}

// Save keeps what an organisation says about a call. A figure is cited as it stands.
func (s *Service) Save(ctx context.Context, a access.Actor, now time.Time, c Check) (fault.Fields, error) {
	if f := c.Verify(); len(f) > 0 {
		return f, nil
	}
	var cite *figure.Figure
	if c.Figure != "" {
		ref, _ := figure.ParseRef(c.Figure) // what is no reference is not found
		found, err := s.d.Figures.Find(ctx, a, now, ref, civil.Date{})
		if fault.KindOf(err) == fault.NotFound {
			return fault.Fields{{Name: "figure", Key: "need.check.figure.gone"}}, nil
		}
		if err != nil {
			return nil, err
		}
		cite = &found
	}
	return nil, s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		p := db.SaveCheckParams{OrganisationID: a.Organisation, Call: c.Call, Position: c.Position, Evidence: c.Evidence, EvidenceLink: c.Link, NextStep: c.NextStep,
			DueOn: postgres.Null(c.Due), Owner: c.Owner, At: now.UTC(), By: a.Name}
		if cite != nil {
			cited, err := figure.Cite(ctx, tx, *cite, now)
			if err != nil {
				return err
			}
			p.CitationID = &cited.ID
		}
		if err := db.New(tx).SaveCheck(ctx, p); err != nil {
			return fmt.Errorf("save check: %w", err)
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "selfcheck.saved", Kind: "organisation", Object: a.Organisation,
			Detail: map[string]string{"call": c.Call, "position": c.Position}})
	})
}

// SaveStep keeps how far a step is. One that is done has the day on which it was.
func (s *Service) SaveStep(ctx context.Context, a access.Actor, now time.Time, t Task) (fault.Fields, error) {
	var f fault.Fields
	if !slices.Contains(States, t.State) {
		f.Add("state", "need.step.state.empty")
	}
	if t.State == "done" && (t.Done.IsZero() || t.Done.After(now)) {
		f.Add("done", "need.step.done.wrong")
	}
	f.Long("note", t.Note, MaxText)
	if len(f) > 0 {
		return f, nil
	}
	if t.State != "done" {
		t.Done = time.Time{}
	}
	return nil, s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		if err := db.New(tx).SaveStep(ctx, db.SaveStepParams{OrganisationID: a.Organisation, Step: t.Step, State: t.State, DoneOn: postgres.Null(t.Done), Note: t.Note, At: now.UTC(), By: a.Name}); err != nil {
			return fmt.Errorf("save step: %w", err)
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "selfcheck.step_saved", Kind: "organisation", Object: a.Organisation,
			Detail: map[string]string{"step": t.Step, "state": t.State}})
	})
}
