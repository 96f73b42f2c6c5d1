package diagnostic

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/questionset"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/round"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

// Plan is what the lead says of a new round.
type Plan struct {
	Name      string
	Scope     string
	ScopeText string // which site or staff group
	Setting   string // what kind of organisation: trust, icb or primary_care
	Short     bool
	Elements  []string
	Targets   map[string]int
	Set       uuid.UUID // zero is the starter set
	OpenUntil time.Time // a day
}

// longestDays keeps a round to a season: staff move on, and the links with them.
const longestDays = 180

// longestTitle keeps the name of a round, and of whom it asks, within a line.
const longestTitle = 120

// Check says what is wrong with a plan.
func (s *Service) Check(p Plan, now time.Time) (f fault.Fields) {
	f.Text("name", "need.round.name.empty", p.Name, longestTitle)
	switch {
	case !slices.Contains(Scopes, p.Scope):
		f.Add("scope", "need.round.scope.empty")
	case p.Scope != "organisation" && p.ScopeText == "":
		f.Add("scope_text", "need.round.scope_text.empty")
	case len([]rune(p.ScopeText)) > longestTitle:
		f.Add("scope_text", "form.too_long", "n", longestTitle)
	}
	if !slices.Contains(questionset.Settings, p.Setting) {
		f.Add("setting", "need.round.setting.empty")
	}
	known := func(code string) bool {
		return slices.ContainsFunc(s.framework.Elements, func(e Element) bool { return e.Code == code })
	}
	if len(p.Elements) == 0 || slices.ContainsFunc(p.Elements, func(e string) bool { return !known(e) }) {
		f.Add("elements", "need.round.elements.empty")
	}
	for _, e := range s.framework.Elements {
		if slices.Contains(p.Elements, e.Code) && (p.Targets[e.Code] < 1 || p.Targets[e.Code] > 100) {
			f.Add("target-"+e.Code, "need.round.target.wrong", "element", e.Title)
		}
	}
	switch days := p.OpenUntil.Sub(now).Hours() / 24; {
	case p.OpenUntil.IsZero():
		f.Add("until", "need.round.until.empty")
	case days < -1 || days > longestDays:
		f.Add("until", "need.round.until.wrong", "most", longestDays)
	}
	return f
}

// Start opens a round with a copy of its questions.
func (s *Service) Start(ctx context.Context, a access.Actor, now time.Time, p Plan) (uuid.UUID, fault.Fields, error) {
	p.Name, p.ScopeText = strings.TrimSpace(p.Name), strings.TrimSpace(p.ScopeText)
	if p.Scope == "organisation" {
		p.ScopeText = ""
	}
	if f := s.Check(p, now); len(f) > 0 {
		return uuid.Nil, f, nil
	}
	id, err := uuid.NewV7()
	if err != nil {
		return uuid.Nil, nil, err
	}
	var faults fault.Fields
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		name, all := s.starter.Name, s.starter.Questions
		if p.Set != uuid.Nil {
			set, err := loadSet(ctx, tx, p.Set)
			if err != nil {
				return err
			}
			name, all = set.Name, set.Questions
		}
		chosen := s.choose(p, all)
		if len(chosen) == 0 {
			faults.Add("set", "need.round.set.nothing")
			return nil
		}
		q := db.New(tx)
		row := db.InsertRoundParams{OrganisationID: a.Organisation, ID: id, Name: p.Name, Scope: p.Scope, ScopeText: p.ScopeText, Setting: p.Setting, Short: p.Short,
			SetName: name, FrameworkVersion: int32(s.framework.Version), OpenUntil: time.Date(p.OpenUntil.Year(), p.OpenUntil.Month(), p.OpenUntil.Day(), 0, 0, 0, 0, time.UTC),
			CreatedAt: now.UTC(), CreatedBy: a.Name}
		for _, e := range s.framework.Elements { // those for which the set has questions
			if slices.ContainsFunc(chosen, func(x questionset.Question) bool { return s.framework.ElementOf(x.Subsection) == e.Code }) {
				row.Elements, row.Targets = append(row.Elements, e.Code), append(row.Targets, int32(p.Targets[e.Code]))
			}
		}
		if err := q.InsertRound(ctx, row); err != nil {
			return fmt.Errorf("insert round: %w", err)
		}
		for i, x := range chosen {
			if err := q.InsertRoundQuestion(ctx, db.InsertRoundQuestionParams{OrganisationID: a.Organisation, RoundID: id, Place: int32(i + 1), Code: x.Code, Version: int32(x.Version),
				Element: s.framework.ElementOf(x.Subsection), Subsection: x.Subsection, Statement: x.Statement, Guidance: x.Guidance, Evidence: x.Evidence}); err != nil {
				return fmt.Errorf("insert question of a round: %w", err)
			}
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "diagnostic.round_opened", Kind: "diagnostic_round", Object: id,
			Detail: map[string]string{"questions": fmt.Sprint(len(chosen)), "scope": p.Scope}})
	})
	return id, faults, err
}

// choose takes the questions that the plan asks for, in the order of the framework.
func (s *Service) choose(p Plan, all []questionset.Question) (out []questionset.Question) {
	for _, e := range s.framework.Elements {
		for _, sub := range e.Subsections {
			for _, q := range all {
				if q.Subsection == sub.Code && slices.Contains(p.Elements, e.Code) && slices.Contains(q.Applies, p.Setting) && (q.Short || !p.Short) {
					out = append(out, q)
				}
			}
		}
	}
	return out
}

// Purpose is what a link to a round is minted for (platform/seal).
const Purpose = "need"

// MostLinks is how many links are made at once: one page to print.
const MostLinks = 100

// Invite makes links for a perspective and gives their tokens, this once: the database keeps a hash.
func (s *Service) Invite(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, p round.Perspective, n int) ([]string, fault.Fields, error) {
	var faults fault.Fields
	if !slices.Contains(round.Perspectives, p) {
		faults.Add("perspective", "need.invite.perspective.empty")
	}
	if n < 1 || n > MostLinks {
		faults.Add("n", "need.invite.n.wrong", "max", MostLinks)
	}
	if len(faults) > 0 {
		return nil, faults, nil
	}
	tokens := make([]string, n)
	err := s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		r, err := find(ctx, tx, id)
		if err != nil {
			return err
		}
		if !r.Taking(now) {
			return fault.New(fault.Conflict, "need.round.closed")
		}
		for i := range tokens {
			voice := uuid.New() // random: an id by time would say who was invited together
			if tokens[i], err = s.d.Links.MintLink(seal.Link{ID: voice, Purpose: Purpose, Organisation: a.Organisation, Service: a.Service, Object: id, Expires: r.Ends()}); err != nil {
				return err
			}
			if err := db.New(tx).InsertVoice(ctx, db.InsertVoiceParams{OrganisationID: a.Organisation, ID: voice, RoundID: id, Perspective: string(p), TokenHash: hashOf(tokens[i])}); err != nil {
				return closedOr(fmt.Errorf("insert voice: %w", err))
			}
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "diagnostic.invited", Kind: "diagnostic_round", Object: id,
			Detail: map[string]string{"perspective": string(p), "links": fmt.Sprint(n)}})
	})
	return tokens, nil, err
}

func hashOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// closedOr says plainly when the round was closed meanwhile.
func closedOr(err error) error {
	if postgres.Code(err) == postgres.Locked {
		return fault.Wrap(fault.Conflict, "need.round.closed", err)
	}
	return err
}
