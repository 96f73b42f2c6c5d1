package diagnostic

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/round"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

// State is what a link is good for.
type State int

// The states of a link.
const (
	Unknown State = iota
	Open
	Submitted
	Over      // its round is closed, or its last day is past
	Elsewhere // another browser has begun with it
)

// Given is one answer by link. Score is nil where there is none yet.
type Given struct {
	Code         string
	Score        *int // 0 to 4, or round.NotApplicable
	Confidence   string
	Evidence     string
	EvidenceLink string
	Comment      string
}

// Confidences are how sure somebody is.
var Confidences = []string{"low", "medium", "high"}

// MaxText bounds evidence and comment.
const MaxText = 1000

const longestLink = 500

// Check says what is wrong with an answer; suffix tells its fields from those of its neighbours.
func (g Given) Check(suffix string) (f fault.Fields) {
	if g.Score != nil && (*g.Score < round.NotApplicable || *g.Score > round.MaxScore) {
		f.Add("score"+suffix, "need.answer.score.wrong")
	}
	if g.Confidence != "" && !slices.Contains(Confidences, g.Confidence) {
		f.Add("confidence"+suffix, "need.answer.confidence.wrong")
	}
	for name, text := range map[string]string{"evidence": g.Evidence, "comment": g.Comment} {
		f.Long(name+suffix, text, MaxText)
	}
	if g.EvidenceLink != "" && !WebAddress(g.EvidenceLink) {
		f.Add("link"+suffix, "need.answer.link.wrong")
	}
	return f
}

// WebAddress says whether a text is an address that a page may link to.
func WebAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && len(s) <= longestLink && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

// Sheet is a round as one voice sees it.
type Sheet struct {
	Round       Round
	Perspective round.Perspective
	Questions   []Question
	Answers     map[string]Given
	Held        bool // this browser has begun
}

// Done says how many questions of an element have a score.
func (s Sheet) Done(element string) (done, all int) {
	for _, q := range s.Questions {
		if q.Element == element {
			all++
			if s.Answers[q.Code].Score != nil {
				done++
			}
		}
	}
	return done, all
}

// actor is whoever holds a link: nobody in particular, behind the growth wall, in the organisation that the link names.
func actor(l seal.Link) access.Actor {
	return access.SystemActor(access.Growth, l.Organisation, l.Service)
}

func (s *Service) open(token string, now time.Time) (seal.Link, State) {
	l, err := s.d.Links.OpenLink(token, Purpose, now)
	switch {
	case errors.Is(err, seal.ErrExpired):
		return l, Over
	case err != nil:
		return l, Unknown
	}
	return l, Open
}

// NewHolder makes the code of a browser. Whoever makes links sees them all; so the first browser that saves holds a link, and
// another one opens it only with this code, which the first one shows. 12 letters are 60 bits: nobody guesses them.
func NewHolder() string { return rand.Text()[:12] }

// voice finds who a link is for, and what it is still good for in a browser.
func voice(ctx context.Context, tx *postgres.Tx, l seal.Link, token, holder string, now time.Time) (db.FindVoiceRow, Round, State, error) {
	v, err := db.New(tx).FindVoice(ctx, db.FindVoiceParams{OrganisationID: l.Organisation, ID: l.ID, RoundID: l.Object, TokenHash: hashOf(token)})
	if errors.Is(err, pgx.ErrNoRows) {
		return v, Round{}, Unknown, nil
	}
	if err != nil {
		return v, Round{}, Unknown, fmt.Errorf("find voice: %w", err)
	}
	r, err := find(ctx, tx, l.Object)
	switch {
	case err != nil:
		return v, r, Unknown, err
	case v.Submitted:
		return v, r, Submitted, nil
	case !r.Taking(now):
		return v, r, Over, nil
	case v.HolderHash != nil && *v.HolderHash != hashOf(holder):
		return v, r, Elsewhere, nil
	}
	return v, r, Open, nil
}

// Look gives the sheet of a link that is open, to the browser that holds it or before any does.
func (s *Service) Look(ctx context.Context, token, holder string, now time.Time) (sheet Sheet, st State, err error) {
	l, st := s.open(token, now)
	if st != Open {
		return sheet, st, nil
	}
	err = s.d.DB.InTenant(ctx, actor(l), func(tx *postgres.Tx) error {
		v, r, state, err := voice(ctx, tx, l, token, holder, now)
		if st = state; err != nil || st != Open {
			return err
		}
		sheet = Sheet{Round: r, Perspective: round.Perspective(v.Perspective), Answers: map[string]Given{}, Held: v.HolderHash != nil}
		if sheet.Questions, err = questions(ctx, tx, r.ID); err != nil {
			return err
		}
		rows, err := db.New(tx).ListVoiceAnswers(ctx, db.ListVoiceAnswersParams{OrganisationID: l.Organisation, RoundID: r.ID, VoiceID: l.ID})
		if err != nil {
			return fmt.Errorf("list answers: %w", err)
		}
		for _, x := range rows {
			sheet.Answers[x.Code] = Given{x.Code, number(x.Score), x.Confidence, x.Evidence, x.EvidenceLink, x.Comment}
		}
		return nil
	})
	return sheet, st, err
}

func number(n *int32) *int {
	if n == nil {
		return nil
	}
	i := int(*n)
	return &i
}

// Save keeps answers of a voice, to be changed until it submits. The answers must have passed Check. The first to save holds
// the link.
func (s *Service) Save(ctx context.Context, token, holder string, now time.Time, answers []Given) (State, error) {
	return s.change(ctx, token, holder, now, "diagnostic.answered", func(tx *postgres.Tx, l seal.Link) error {
		for _, g := range answers {
			if f := g.Check(""); len(f) > 0 {
				return fault.New(fault.Invalid, f[0].Key)
			}
			p := db.SaveAnswerParams{OrganisationID: l.Organisation, RoundID: l.Object, VoiceID: l.ID, Code: g.Code, Confidence: g.Confidence, Evidence: g.Evidence,
				EvidenceLink: g.EvidenceLink, Comment: g.Comment}
			if g.Score != nil {
				n := int32(*g.Score)
				p.Score = &n
			}
			if err := db.New(tx).SaveAnswer(ctx, p); err != nil {
				return fmt.Errorf("save answer: %w", err)
			}
		}
		return nil
	})
}

// Submit locks what a voice has answered.
func (s *Service) Submit(ctx context.Context, token, holder string, now time.Time) (State, error) {
	return s.change(ctx, token, holder, now, "diagnostic.submitted", func(tx *postgres.Tx, l seal.Link) error {
		_, err := db.New(tx).SubmitVoice(ctx, db.SubmitVoiceParams{OrganisationID: l.Organisation, ID: l.ID})
		return err
	})
}

// change does something for a voice whose link is open. The audit row names the round and nobody.
func (s *Service) change(ctx context.Context, token, holder string, now time.Time, action string, do func(*postgres.Tx, seal.Link) error) (State, error) {
	l, st := s.open(token, now)
	if st != Open {
		return st, nil
	}
	if holder == "" {
		return st, errors.New("a change by no browser")
	}
	err := s.d.DB.InTenant(ctx, actor(l), func(tx *postgres.Tx) error {
		v, _, state, err := voice(ctx, tx, l, token, holder, now)
		if st = state; err != nil || st != Open {
			return err
		}
		if v.HolderHash == nil {
			mine := hashOf(holder)
			n, err := db.New(tx).HoldVoice(ctx, db.HoldVoiceParams{OrganisationID: l.Organisation, ID: l.ID, HolderHash: &mine})
			if err != nil {
				return fmt.Errorf("hold a link: %w", err)
			}
			if n == 0 { // another browser was first, between the look and the write
				st = Elsewhere
				return nil
			}
		}
		if err := do(tx, l); err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: action, Kind: "diagnostic_round", Object: l.Object})
	})
	if postgres.Code(err) == postgres.Locked { // closed or submitted between the look and the write
		return Over, nil
	}
	return st, err
}
