package assurance

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/assurance/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Plan writes the steps of the financial year that the day is in, from that day on, or of the next one. Planning a year
// again adds nothing.
func (s *Service) Plan(ctx context.Context, a access.Actor, now time.Time, year int) error {
	today := locale.Day(now)
	if current := FinancialYear(today); year != current && year != current+1 {
		return fault.Missing("year")
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		var added int64
		for _, st := range s.guide.plan(year, today) {
			id, err := uuid.NewV7()
			if err != nil {
				return err
			}
			n, err := db.New(tx).InsertStep(ctx, db.InsertStepParams{OrganisationID: a.Organisation, ID: id, Year: int32(year), Quarter: int32(st.Quarter), Step: st.Code, Title: st.Title,
				DueOn: st.Due.UTC(), Author: a.Name, At: now.UTC()})
			if err != nil {
				return fmt.Errorf("insert step: %w", err)
			}
			added += n
		}
		if added == 0 {
			return nil
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "assurance.planned", Kind: "assurance_step", Detail: map[string]string{"year": strconv.Itoa(year)}})
	})
}

// Finish says when a step was done. One that is done already is a conflict.
func (s *Service) Finish(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, on civil.Date, words string) error {
	if f := CheckDone(on, words, locale.Day(now)); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		n, err := db.New(tx).FinishStep(ctx, db.FinishStepParams{OrganisationID: a.Organisation, ID: id, DoneOn: on.Null(), DoneBy: &a.Name, DoneWords: strings.TrimSpace(words)})
		if err != nil {
			return fmt.Errorf("finish step: %w", err)
		}
		if n == 0 {
			return fault.New(fault.Conflict, "assurance.done.already")
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "assurance.step_done", Kind: "assurance_step", Object: id})
	})
}
