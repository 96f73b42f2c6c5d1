package board

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/board/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Deps is what the slice needs.
type Deps struct {
	DB   *postgres.DB
	Plan *strategy.Service
	// Brief says what the business case of a paper comes to; nil where there are no cases.
	Brief func(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) ([]Fact, error)
}

// Fact is a thing that a board wants to know first, in words.
type Fact struct{ Title, Value string }

// Brief says what the business case of a paper comes to; nothing of a paper about the strategy.
func (s *Service) Brief(ctx context.Context, a access.Actor, now time.Time, x Item) ([]Fact, error) {
	if s.d.Brief == nil || !x.OfCase() {
		return nil, nil
	}
	return s.d.Brief(ctx, a, now, x.ID)
}

// Service takes the plan to the board.
type Service struct {
	d          Deps
	characters []string
}

// New makes the service.
func New(d Deps) *Service {
	return &Service{d: d, characters: d.Plan.Pack().AllCharacteristics()}
}

// Plan is the slice of the plan itself.
func (s *Service) Plan() *strategy.Service { return s.d.Plan }

// Versions lists every version, newest first, without its talks and impacts.
func (s *Service) Versions(ctx context.Context, a access.Actor) ([]Version, error) {
	var out []Version
	err := s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) (err error) {
		out, err = s.versions(ctx, tx)
		return err
	})
	return out, err
}

func (s *Service) versions(ctx context.Context, tx *postgres.Tx) ([]Version, error) {
	rows, err := db.New(tx).ListVersions(ctx, tx.Actor.Organisation)
	if err != nil {
		return nil, fmt.Errorf("list versions: %w", err)
	}
	var out []Version
	for _, r := range rows {
		v, err := s.version(ctx, tx, r)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// Version gives a version with its talks and impacts.
func (s *Service) Version(ctx context.Context, a access.Actor, n int) (Version, error) {
	var v Version
	err := s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		all, err := s.versions(ctx, tx)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(v Version) bool { return v.N == n })
		if i < 0 {
			return fault.Missing("version")
		}
		v = all[i]
		return gather(ctx, tx, &v)
	})
	return v, err
}

// version reads a row. A draft shows the plan as it stands.
func (s *Service) version(ctx context.Context, tx *postgres.Tx, r db.PlanVersion) (Version, error) {
	v := Version{N: int(r.N), State: State(r.State), Opened: strategy.Change{At: r.OpenedAt, By: r.OpenedBy}, Characters: s.characters}
	if r.Snapshot == nil {
		p, err := strategy.ReadPlan(ctx, tx)
		v.Snapshot = Snapshot{Vision: r.Vision, Plan: p.Strategy()}
		return v, err
	}
	v.Hash, v.frozenBytes, v.Submitted = *r.Hash, *r.Snapshot, strategy.Change{At: *r.SubmittedAt, By: *r.SubmittedBy}
	if err := json.Unmarshal([]byte(*r.Snapshot), &v.Snapshot); err != nil {
		return v, fmt.Errorf("read version %d: %w", r.N, err)
	}
	if r.SignedAt != nil {
		v.Signature = &Signature{By: *r.SignedBy, Post: *r.SignedPost, At: *r.SignedAt, Hash: *r.SignedHash, Words: r.Words}
	}
	if r.InForceAt != nil {
		v.InForceAt = *r.InForceAt
	}
	if r.ReplacedAt != nil {
		v.ReplacedAt = *r.ReplacedAt
	}
	return v, nil
}

// gather reads what was said about a version.
func gather(ctx context.Context, tx *postgres.Tx, v *Version) error {
	q, org := db.New(tx), tx.Actor.Organisation
	talks, err := q.ListCoproduction(ctx, db.ListCoproductionParams{OrganisationID: org, N: int32(v.N)})
	if err != nil {
		return fmt.Errorf("list co-production: %w", err)
	}
	for _, t := range talks {
		v.Talks = append(v.Talks, Talk{ID: t.ID, On: civil.Of(t.OnDate), Who: t.Who, Asked: t.Asked, Changed: t.Changed, By: t.By})
	}
	impacts, err := q.ListEquality(ctx, db.ListEqualityParams{OrganisationID: org, N: int32(v.N)})
	if err != nil {
		return fmt.Errorf("list equality impact: %w", err)
	}
	for _, i := range impacts {
		v.Impacts = append(v.Impacts, Impact{Characteristic: i.Characteristic, Effect: i.Effect, Evidence: i.Evidence, Mitigation: i.Mitigation, By: i.By, Covers: i.Covers})
	}
	return nil
}

// lock holds a version while it goes on to another state.
func (s *Service) lock(ctx context.Context, tx *postgres.Tx, n int, to State) (Version, error) {
	r, err := db.New(tx).LockVersion(ctx, db.LockVersionParams{OrganisationID: tx.Actor.Organisation, N: int32(n)})
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return Version{}, fault.Missing("version")
	case err != nil:
		return Version{}, fmt.Errorf("lock version: %w", err)
	case !State(r.State).May(to):
		return Version{}, fault.New(fault.Conflict, "board.conflict.state")
	}
	v, err := s.version(ctx, tx, r)
	if err != nil {
		return v, err
	}
	return v, gather(ctx, tx, &v)
}

// Items lists the papers with their decisions and questions, the latest meeting first.
func (s *Service) Items(ctx context.Context, a access.Actor) ([]Item, error) {
	var out []Item
	err := s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) (err error) {
		out, err = items(ctx, tx)
		return err
	})
	return out, err
}

// Item gives one paper.
func (s *Service) Item(ctx context.Context, a access.Actor, id uuid.UUID) (Item, error) {
	all, err := s.Items(ctx, a)
	if err != nil {
		return Item{}, err
	}
	i := slices.IndexFunc(all, func(x Item) bool { return x.ID == id })
	if i < 0 {
		return Item{}, fault.Missing("board paper")
	}
	return all[i], nil
}

// Question gives one question.
func (s *Service) Question(ctx context.Context, a access.Actor, id uuid.UUID) (Question, error) {
	all, err := s.Items(ctx, a)
	if err != nil {
		return Question{}, err
	}
	for _, x := range all {
		for _, q := range x.Questions {
			if q.ID == id {
				return q, nil
			}
		}
	}
	return Question{}, fault.Missing("question")
}

func items(ctx context.Context, tx *postgres.Tx) ([]Item, error) {
	q, org := db.New(tx), tx.Actor.Organisation
	rows, err := q.ListItems(ctx, org)
	if err != nil {
		return nil, fmt.Errorf("list board papers: %w", err)
	}
	decisions, err := q.ListDecisions(ctx, org)
	if err != nil {
		return nil, fmt.Errorf("list decisions: %w", err)
	}
	questions, err := questions(ctx, tx)
	if err != nil {
		return nil, err
	}
	var out []Item
	for _, r := range rows {
		x := Item{ID: r.ID, Title: r.Title, Meeting: civil.Of(r.MeetingOn), Recommendation: r.Recommendation, Wellbeing: r.Wellbeing, Added: strategy.Change{At: r.AddedAt, By: r.AddedBy}}
		if r.N != nil {
			x.Version = int(*r.N)
		}
		for _, d := range decisions {
			if d.ItemID == r.ID {
				x.Decisions = append(x.Decisions, Decision{Choice: Choice(d.Choice), Words: d.Words, On: civil.Of(d.DecidedOn), At: d.At, By: d.By})
			}
		}
		for _, k := range questions {
			if k.Item == r.ID {
				k.PaperTitle = r.Title
				x.Questions = append(x.Questions, k)
			}
		}
		out = append(out, x)
	}
	return out, nil
}

func questions(ctx context.Context, tx *postgres.Tx) ([]Question, error) {
	q, org := db.New(tx), tx.Actor.Organisation
	rows, err := q.ListQuestions(ctx, org)
	if err != nil {
		return nil, fmt.Errorf("list questions: %w", err)
	}
	figures, err := q.ListAnswerFigures(ctx, org)
	if err != nil {
		return nil, fmt.Errorf("list figures of answers: %w", err)
	}
	ids := make([]uuid.UUID, len(figures))
	for i, f := range figures {
		ids[i] = f.CitationID
	}
	cited, err := figure.Load(ctx, tx, ids...)
	if err != nil {
		return nil, err
	}
	var out []Question
	for _, r := range rows {
		k := Question{ID: r.ID, Item: r.ItemID, Text: r.Question, Owner: r.Owner, Due: civil.Of(r.DueOn), Asked: strategy.Change{At: r.AskedAt, By: r.AskedBy}}
		if r.Answer != nil {
			k.Answer, k.Answered = *r.Answer, strategy.Change{At: *r.AnsweredAt, By: *r.AnsweredBy}
		}
		for _, f := range figures {
			if c := cited[f.CitationID]; f.QuestionID == r.ID {
				k.Sources = append(k.Sources, strategy.SourceOf(c))
			}
		}
		out = append(out, k)
	}
	return out, nil
}

// do runs a command with its audit row in one transaction.
func (s *Service) do(ctx context.Context, a access.Actor, at time.Time, action, kind string, id uuid.UUID, detail map[string]string, fn func(*postgres.Tx) error) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: action, Kind: kind, Object: id, Detail: detail})
	})
}

func hash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func wrap(verb string, err error) error {
	switch {
	case err == nil:
		return nil
	case postgres.Code(err) == postgres.Locked:
		return fault.Wrap(fault.Conflict, "board.conflict.state", fmt.Errorf("%s: %w", verb, err))
	}
	return fmt.Errorf("%s: %w", verb, err)
}
