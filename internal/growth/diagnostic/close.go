package diagnostic

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/round"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// record is everything that a round holds, as it is hashed.
type record struct {
	Round     Round
	Questions []Question
	Answers   []db.ListAnswersRow
	Tallies   []round.Tally
	Evidence  []db.ListEvidenceRow
	Files     []db.ListFilesRow
}

func load(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (out record, err error) {
	q, org := db.New(tx), tx.Actor.Organisation
	if out.Round, err = find(ctx, tx, id); err != nil {
		return out, err
	}
	if out.Questions, err = questions(ctx, tx, id); err != nil {
		return out, err
	}
	if out.Answers, err = q.ListAnswers(ctx, db.ListAnswersParams{OrganisationID: org, RoundID: id}); err != nil {
		return out, fmt.Errorf("list answers: %w", err)
	}
	if out.Tallies, err = tallies(ctx, tx, id); err != nil {
		return out, err
	}
	if out.Evidence, err = q.ListEvidence(ctx, db.ListEvidenceParams{OrganisationID: org, RoundID: id}); err != nil {
		return out, fmt.Errorf("list evidence: %w", err)
	}
	if out.Files, err = q.ListFiles(ctx, db.ListFilesParams{OrganisationID: org, RoundID: id}); err != nil {
		return out, fmt.Errorf("list files: %w", err)
	}
	return out, nil
}

// hash is over the record as it was while the round was open: the close itself is told apart by the trigger.
func (r record) hash() (string, error) {
	x := r.Round
	x.Closed, x.ClosedAt, x.ClosedBy, x.Hash = false, time.Time{}, "", ""
	x.CreatedAt, x.OpenUntil = x.CreatedAt.UTC(), x.OpenUntil.UTC()
	r.Round = x
	text, err := json.Marshal(r)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}

// pure gives what the arithmetic needs.
func (r record) pure() round.Record {
	out := round.Record{Tallies: r.Tallies}
	for _, q := range r.Questions {
		out.Questions = append(out.Questions, round.Question{Code: q.Code, Version: q.Version, Element: q.Element, Subsection: q.Subsection})
	}
	for _, a := range r.Answers {
		if a.Score != nil {
			out.Votes = append(out.Votes, round.Vote{Voice: a.VoiceID.String(), Perspective: round.Perspective(a.Perspective), Code: a.Code, Score: int(*a.Score)})
		}
	}
	return out
}

// Close ends a round and freezes it. It waits for answers that are being written.
func (s *Service) Close(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		state, err := q.LockRound(ctx, db.LockRoundParams{OrganisationID: a.Organisation, ID: id})
		switch {
		case errors.Is(err, pgx.ErrNoRows):
			return fault.Missing("round")
		case err != nil:
			return fmt.Errorf("lock round: %w", err)
		case state == "closed":
			return fault.New(fault.Conflict, "need.round.closed")
		}
		r, err := load(ctx, tx, id)
		if err != nil {
			return err
		}
		hash, err := r.hash()
		if err != nil {
			return err
		}
		at := now.UTC()
		if err := q.CloseRound(ctx, db.CloseRoundParams{OrganisationID: a.Organisation, ID: id, ClosedAt: &at, ClosedBy: &a.Name, Hash: &hash}); err != nil {
			return fmt.Errorf("close round: %w", err)
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "diagnostic.round_closed", Kind: "diagnostic_round", Object: id, Detail: map[string]string{"hash": hash}})
	})
}

// Weigh keeps what people say about a gap of a closed round.
func (s *Service) Weigh(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, weights map[string]round.Weight) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		r, err := find(ctx, tx, id)
		if err != nil {
			return err
		}
		if !r.Closed {
			return fault.New(fault.Conflict, "need.round.open")
		}
		for _, code := range s.framework.Codes() {
			w, ok := weights[code]
			if !ok {
				continue
			}
			if w.Importance < 1 || w.Importance > 5 || w.Reach < 1 || w.Reach > 100 {
				return fault.New(fault.Invalid, "need.rank.wrong")
			}
			err := db.New(tx).SaveWeight(ctx, db.SaveWeightParams{OrganisationID: a.Organisation, RoundID: id, Subsection: code, Importance: int32(w.Importance), Reach: int32(w.Reach),
				At: now.UTC(), By: a.Name})
			if err != nil {
				return fmt.Errorf("save weight: %w", err)
			}
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "diagnostic.weighed", Kind: "diagnostic_round", Object: id})
	})
}

// said gathers what people wrote on the questions of a sub-section, in an order that says nothing about them.
func (r record) said(subsection string) (comments, evidence []string) {
	for _, q := range r.Questions {
		if q.Subsection != subsection {
			continue
		}
		for _, a := range r.Answers {
			if a.Code != q.Code {
				continue
			}
			if a.Comment != "" {
				comments = append(comments, a.Comment)
			}
			if text := strings.TrimSpace(a.Evidence + " " + a.EvidenceLink); text != "" {
				evidence = append(evidence, text)
			}
		}
	}
	slices.Sort(comments)
	slices.Sort(evidence)
	return slices.Compact(comments), slices.Compact(evidence)
}
