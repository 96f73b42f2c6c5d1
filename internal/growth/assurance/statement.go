package assurance

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/assurance/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// NewStatement is a wellbeing impact statement to keep.
type NewStatement struct {
	ID          uuid.UUID
	Decision    string
	Meeting     civil.Date
	Groups      string
	Effect      string
	EffectWords string
	Mitigation  string
	Figures     []figure.Ref
}

// WriteStatement keeps an impact statement and cites its figures. The same id again changes nothing.
func (s *Service) WriteStatement(ctx context.Context, a access.Actor, now time.Time, st NewStatement) error {
	if f := CheckStatement(st); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	figures, err := s.find(ctx, a, now, civil.Date{}, st.Figures)
	if err != nil {
		return err
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		n, err := db.New(tx).InsertStatement(ctx, db.InsertStatementParams{OrganisationID: a.Organisation, ID: st.ID, Decision: strings.TrimSpace(st.Decision), MeetingOn: st.Meeting.UTC(),
			Groups: strings.TrimSpace(st.Groups), Effect: st.Effect, EffectWords: strings.TrimSpace(st.EffectWords), Mitigation: strings.TrimSpace(st.Mitigation), Author: a.Name, At: now.UTC()})
		if err != nil || n == 0 {
			return wrap("insert statement", err)
		}
		if err := cite(ctx, tx, now, st.ID, figures); err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "assurance.statement_written", Kind: "assurance_statement", Object: st.ID, Detail: map[string]string{"effect": st.Effect}})
	})
}

// WithdrawStatement says that a statement no longer stands.
func (s *Service) WithdrawStatement(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		at := now.UTC()
		n, err := db.New(tx).WithdrawStatement(ctx, db.WithdrawStatementParams{OrganisationID: a.Organisation, ID: id, WithdrawnAt: &at, WithdrawnBy: &a.Name})
		if err != nil {
			return fmt.Errorf("withdraw statement: %w", err)
		}
		if n == 0 {
			return fault.Missing("statement")
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "assurance.statement_withdrawn", Kind: "assurance_statement", Object: id})
	})
}
