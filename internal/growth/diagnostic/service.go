package diagnostic

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/round"
	"github.com/rowan-ohwb/rowan/internal/growth/document"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

// Links makes and opens sealed links; platform/seal does.
type Links interface {
	MintLink(l seal.Link) (string, error)
	OpenLink(token, purpose string, now time.Time) (seal.Link, error)
}

// Deps is what the slice needs. Planned gives what the plan holds already about a sub-section; where it is nil, nothing is
// said of it.
type Deps struct {
	DB      *postgres.DB
	Links   Links
	Figures *figure.Library
	Planned func(ctx context.Context, a access.Actor, subsection string) ([]Planned, error)
}

// Part is a part of the plan, with how far it has come.
type Part struct{ Text, Status, Path string }

// Planned is a need of the plan, with the objectives that answer it.
type Planned struct {
	Part
	Objectives []Aim
}

// Aim is an objective of the plan, with its actions.
type Aim struct {
	Part
	Actions []Part
}

// Service runs rounds and reads their results.
type Service struct {
	d         Deps
	framework Framework
	starter   Starter
}

// New makes the service. The packs are compiled in and tested, so one that does not load is a broken build.
func New(d Deps) *Service {
	f, s, err := LoadPacks(content.FS)
	if err != nil {
		panic(err)
	}
	return &Service{d, f, s}
}

// Framework gives the elements and sub-sections.
func (s *Service) Framework() Framework { return s.framework }

// Starter gives the question set that ships.
func (s *Service) Starter() Starter { return s.starter }

// Scopes are what a round can be about.
var Scopes = []string{"organisation", "site", "staff_group"}

// Round is a round without its answers.
type Round struct {
	ID        uuid.UUID
	Name      string
	Scope     string
	ScopeText string
	Setting   string
	Short     bool
	Elements  []string
	Targets   map[string]int
	SetName   string
	Framework int
	OpenUntil time.Time // a day
	Closed    bool
	CreatedAt time.Time
	CreatedBy string
	ClosedAt  time.Time
	ClosedBy  string
	Hash      string
}

// Ends is the moment after its last day.
func (r Round) Ends() time.Time {
	d := r.OpenUntil
	return time.Date(d.Year(), d.Month(), d.Day()+1, 0, 0, 0, 0, locale.London)
}

// Taking says whether answers by link are still taken.
func (r Round) Taking(now time.Time) bool { return !r.Closed && now.Before(r.Ends()) }

func roundOf(r db.FindRoundRow) Round {
	out := Round{ID: r.ID, Name: r.Name, Scope: r.Scope, ScopeText: r.ScopeText, Setting: r.Setting, Short: r.Short, Elements: r.Elements, Targets: map[string]int{},
		SetName: r.SetName, Framework: int(r.FrameworkVersion), OpenUntil: r.OpenUntil, Closed: r.State == "closed", CreatedAt: r.CreatedAt, CreatedBy: r.CreatedBy}
	for i, e := range r.Elements {
		out.Targets[e] = int(r.Targets[i])
	}
	if r.ClosedAt != nil && r.ClosedBy != nil && r.Hash != nil {
		out.ClosedAt, out.ClosedBy, out.Hash = *r.ClosedAt, *r.ClosedBy, *r.Hash
	}
	return out
}

func find(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (Round, error) {
	row, err := db.New(tx).FindRound(ctx, db.FindRoundParams{OrganisationID: tx.Actor.Organisation, ID: id})
	if errors.Is(err, pgx.ErrNoRows) {
		return Round{}, fault.Missing("round")
	}
	if err != nil {
		return Round{}, fmt.Errorf("find round: %w", err)
	}
	return roundOf(row), nil
}

// Rounds lists the last rounds, newest first.
func (s *Service) Rounds(ctx context.Context, a access.Actor) ([]Round, error) {
	var out []Round
	err := s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListRounds(ctx, a.Organisation)
		if err != nil {
			return fmt.Errorf("list rounds: %w", err)
		}
		for _, r := range rows {
			out = append(out, roundOf(db.FindRoundRow(r)))
		}
		return nil
	})
	return out, err
}

// Question is a question of a round.
type Question struct {
	Code, Element, Subsection     string
	Version                       int
	Statement, Guidance, Evidence string
}

func questions(ctx context.Context, tx *postgres.Tx, id uuid.UUID) ([]Question, error) {
	rows, err := db.New(tx).ListRoundQuestions(ctx, db.ListRoundQuestionsParams{OrganisationID: tx.Actor.Organisation, RoundID: id})
	if err != nil {
		return nil, fmt.Errorf("list questions: %w", err)
	}
	var out []Question
	for _, r := range rows {
		out = append(out, Question{Code: r.Code, Element: r.Element, Subsection: r.Subsection, Version: int(r.Version), Statement: r.Statement, Guidance: r.Guidance, Evidence: r.Evidence})
	}
	return out, nil
}

// Turnout is how many links a perspective has, and about how many answers came back, to the nearest five: exactly they would,
// with the results, tell of a perspective that these hide (package round). TooFew stands for either where they are under five:
// one link and an answer would be a person who answered.
type Turnout struct {
	Perspective      round.Perspective
	Links, Submitted int
}

// TooFew stands for a count of one to four.
const TooFew = -1

func few(n int) int {
	if n > 0 && n < round.Few {
		return TooFew
	}
	return n
}

// Progress is an open round as the lead sees it.
type Progress struct {
	Round
	Questions []Question
	Turnout   []Turnout
	Workshop  bool // somebody counted votes
	Evidence  map[string][]figure.Citation
	Files     map[string][]document.File
}

// Find gives a round with what has happened to it so far.
func (s *Service) Find(ctx context.Context, a access.Actor, id uuid.UUID) (Progress, error) {
	var p Progress
	err := s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) (err error) {
		if p.Round, err = find(ctx, tx, id); err != nil {
			return err
		}
		if p.Questions, err = questions(ctx, tx, id); err != nil {
			return err
		}
		q := db.New(tx)
		counts, err := q.CountVoices(ctx, db.CountVoicesParams{OrganisationID: a.Organisation, RoundID: id})
		if err != nil {
			return fmt.Errorf("count voices: %w", err)
		}
		for _, perspective := range round.Perspectives {
			t := Turnout{Perspective: perspective}
			for _, c := range counts {
				if c.Perspective == string(perspective) {
					t.Links, t.Submitted = int(c.Links), int(c.Submitted)
				}
			}
			t.Links, t.Submitted = few(t.Links), few(t.Submitted)
			if t.Submitted > 0 {
				t.Submitted = round.About(t.Submitted)
			}
			p.Turnout = append(p.Turnout, t)
		}
		tallies, err := q.ListTallies(ctx, db.ListTalliesParams{OrganisationID: a.Organisation, RoundID: id})
		if err != nil {
			return fmt.Errorf("list tallies: %w", err)
		}
		p.Workshop = len(tallies) > 0
		if p.Evidence, err = evidence(ctx, tx, id); err != nil {
			return err
		}
		p.Files, err = files(ctx, tx, id)
		return err
	})
	return p, err
}

// Recheck asks the sources of some citations again.
func (s *Service) Recheck(ctx context.Context, a access.Actor, now time.Time, cited []figure.Citation) ([]figure.Checked, error) {
	return figure.New(s.d.DB, s.d.Figures).CheckAll(ctx, a, now, cited...)
}

// files gives the files beside the questions of a round.
func files(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (map[string][]document.File, error) {
	rows, err := db.New(tx).ListFiles(ctx, db.ListFilesParams{OrganisationID: tx.Actor.Organisation, RoundID: id})
	if err != nil {
		return nil, fmt.Errorf("list files: %w", err)
	}
	ids := make([]uuid.UUID, len(rows))
	for i, r := range rows {
		ids[i] = r.DocumentID
	}
	all, err := document.Load(ctx, tx, ids...)
	if err != nil {
		return nil, err
	}
	out := map[string][]document.File{}
	for _, r := range rows {
		out[r.Code] = append(out[r.Code], all[r.DocumentID])
	}
	return out, nil
}

func evidence(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (map[string][]figure.Citation, error) {
	rows, err := db.New(tx).ListEvidence(ctx, db.ListEvidenceParams{OrganisationID: tx.Actor.Organisation, RoundID: id})
	if err != nil {
		return nil, fmt.Errorf("list evidence: %w", err)
	}
	ids := make([]uuid.UUID, len(rows))
	for i, r := range rows {
		ids[i] = r.CitationID
	}
	cited, err := figure.Load(ctx, tx, ids...)
	if err != nil {
		return nil, err
	}
	out := map[string][]figure.Citation{}
	for _, r := range rows {
		out[r.Code] = append(out[r.Code], cited[r.CitationID])
	}
	return out, nil
}
