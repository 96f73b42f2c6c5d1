package diagnostic

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/round"
	"github.com/rowan-ohwb/rowan/internal/growth/document"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Outcome is what a closed round says.
type Outcome struct {
	Round
	round.Results
	Before    *Round // the closed round before it over the same scope
	Changes   []round.Change
	Weights   map[string]round.Weight
	Ranked    []round.Suggestion
	Unweighed []round.Row
	Intact    bool // the record still has the hash of its close
}

// Row finds a sub-section.
func (o Outcome) Row(code string) (round.Row, bool) {
	i := slices.IndexFunc(o.Subsections, func(r round.Row) bool { return r.Code == code })
	if i < 0 {
		return round.Row{}, false
	}
	return o.Subsections[i], true
}

// Change finds how an element or a sub-section moved.
func Change(all []round.Change, code string, p round.Perspective) (round.Change, bool) {
	i := slices.IndexFunc(all, func(c round.Change) bool { return c.Code == code && c.Perspective == p })
	if i < 0 {
		return round.Change{}, false
	}
	return all[i], true
}

// Results reads a closed round. An open one has none, for anybody.
func (s *Service) Results(ctx context.Context, a access.Actor, id uuid.UUID) (Outcome, error) {
	var o Outcome
	err := s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) (err error) {
		o, _, err = s.outcome(ctx, tx, id)
		return err
	})
	return o, err
}

// Newest gives the results of the round that was closed last; ok is false where none is closed.
func (s *Service) Newest(ctx context.Context, a access.Actor) (o Outcome, ok bool, err error) {
	rounds, err := s.Rounds(ctx, a)
	if err != nil {
		return o, false, err
	}
	var last Round
	for _, r := range rounds {
		if r.Closed && r.ClosedAt.After(last.ClosedAt) {
			last = r
		}
	}
	if !last.Closed {
		return o, false, nil
	}
	o, err = s.Results(ctx, a, last.ID)
	return o, err == nil, err
}

// Weighed gives what people said on the results of a round about the gap that a figure is; ok is false where nobody has.
func (s *Service) Weighed(ctx context.Context, a access.Actor, ref figure.Ref) (w round.Weight, ok bool, err error) {
	id, code, ok := parse(ref)
	if !ok {
		return w, false, nil
	}
	o, err := s.Results(ctx, a, id)
	if fault.KindOf(err) == fault.NotFound {
		return w, false, nil
	}
	w, ok = o.Weights[code]
	return w, ok, err
}

func (s *Service) outcome(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (Outcome, record, error) {
	r, err := load(ctx, tx, id)
	if err != nil {
		return Outcome{}, r, err
	}
	if !r.Round.Closed {
		return Outcome{}, r, fault.Missing("results")
	}
	hash, err := r.hash()
	if err != nil {
		return Outcome{}, r, err
	}
	o := Outcome{Round: r.Round, Results: round.Compute(r.pure(), s.rules(r.Round)), Weights: map[string]round.Weight{}, Intact: hash == r.Round.Hash}
	q := db.New(tx)
	weights, err := q.ListWeights(ctx, db.ListWeightsParams{OrganisationID: tx.Actor.Organisation, RoundID: id})
	if err != nil {
		return Outcome{}, r, fmt.Errorf("list weights: %w", err)
	}
	for _, w := range weights {
		o.Weights[w.Subsection] = round.Weight{Importance: int(w.Importance), Reach: int(w.Reach)}
	}
	o.Ranked, o.Unweighed = round.Rank(o.Subsections, o.Weights)
	previous, err := q.PreviousRound(ctx, db.PreviousRoundParams{OrganisationID: tx.Actor.Organisation, ID: id})
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return o, r, nil
	case err != nil:
		return Outcome{}, r, fmt.Errorf("find the round before: %w", err)
	}
	before, err := load(ctx, tx, previous)
	if err != nil {
		return Outcome{}, r, err
	}
	o.Before, o.Changes = &before.Round, round.Compare(before.pure(), r.pure())
	return o, r, nil
}

func (s *Service) rules(r Round) round.Rules {
	return round.Rules{Targets: r.Targets, AmberWithin: s.framework.AmberWithin, Disagreement: s.framework.Disagreement}
}

// Detail is one sub-section of a closed round.
type Detail struct {
	Round
	Row       round.Row
	Questions []Question
	Changes   []round.Change // of everybody and of the perspectives
	Comments  []string       // unattributed, in the order of the alphabet; none where too few answered
	Said      []string       // evidence that people gave, likewise
	Cited     map[string][]figure.Checked
	Files     map[string][]document.File
	Live      []Beside
	Planned   []Planned
	Asked     bool // whether the plan could be asked
}

// Detail reads one sub-section of a closed round.
func (s *Service) Detail(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, code string) (Detail, error) {
	var d Detail
	var cited map[string][]figure.Citation
	err := s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		o, r, err := s.outcome(ctx, tx, id)
		if err != nil {
			return err
		}
		row, ok := o.Row(code)
		if !ok {
			return fault.Missing("sub-section")
		}
		d = Detail{Round: o.Round, Row: row}
		for _, q := range r.Questions {
			if q.Subsection == code {
				d.Questions = append(d.Questions, q)
			}
		}
		for _, c := range o.Changes {
			if c.Code == code {
				d.Changes = append(d.Changes, c)
			}
		}
		if row.All().State == round.Shown {
			d.Comments, d.Said = r.said(code)
		}
		if cited, err = evidence(ctx, tx, id); err != nil {
			return err
		}
		d.Files, err = files(ctx, tx, id)
		return err
	})
	if err != nil {
		return d, err
	}
	d.Cited = map[string][]figure.Checked{}
	for _, q := range d.Questions {
		if d.Cited[q.Code], err = s.Recheck(ctx, a, now, cited[q.Code]); err != nil {
			return d, err
		}
	}
	if d.Live, err = s.Live(ctx, a, now, code); err != nil || s.d.Planned == nil {
		return d, err
	}
	d.Asked = true
	d.Planned, err = s.d.Planned(ctx, a, code)
	return d, err
}
