package indicator

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// longestText keeps a mark readable beside its chart.
const longestText = 300

// Check says what is wrong with a mark: every one needs its reason in writing, a month that has begun, and an
// initiative on a measure without a better side says which way it should go.
func (s *Service) Check(m Mark, now time.Time) (f fault.Fields) {
	d, known := s.pack.Find(m.Indicator)
	if !known && (m.Indicator != Every || m.Kind == Recalculate || m.Kind == Annotation) {
		f.Add("indicator", "indicator.mark.indicator.unknown")
	}
	switch m.Kind {
	case Recalculate, Annotation, Initiative:
	default:
		f.Add("kind", "indicator.mark.kind.empty")
	}
	today := locale.Day(now)
	switch {
	case m.Month.IsZero():
		f.Add("month", "indicator.mark.month.empty")
	case m.Month.After(today) || m.Month.Day != 1:
		f.Add("month", "indicator.mark.month.future")
	}
	f.Text("text", "indicator.mark.text.empty", m.Text, longestText)
	if known && m.Kind == Initiative && d.Direction == spc.Neutral && m.Direction == "" {
		f.Add("direction", "indicator.mark.direction.empty")
	}
	return f
}

// AddMark writes a mark on the charts of the actor's service. The same id again changes nothing.
func (s *Service) AddMark(ctx context.Context, a access.Actor, at time.Time, m Mark) error {
	if f := s.Check(m, at); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		_, err := q.FindMark(ctx, db.FindMarkParams{OrganisationID: a.Organisation, ID: m.ID})
		if err == nil {
			return nil
		}
		if !errors.Is(err, pgx.ErrNoRows) {
			return fmt.Errorf("find mark: %w", err)
		}
		p := db.InsertMarkParams{OrganisationID: a.Organisation, ID: m.ID, Indicator: m.Indicator, Kind: string(m.Kind), Text: strings.TrimSpace(m.Text), Author: a.Name, At: at.UTC(), ServiceID: postgres.Null(a.Service), ByAccount: postgres.Null(a.Account),
			Month: time.Date(m.Month.Year, m.Month.Month, 1, 0, 0, 0, 0, time.UTC)}
		if m.Direction == spc.Increase || m.Direction == spc.Decrease {
			d := string(m.Direction)
			p.Direction = &d
		}
		if err := q.InsertMark(ctx, p); err != nil {
			return fmt.Errorf("insert mark: %w", err)
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "chart.marked", Kind: "chart_mark", Object: m.ID,
			Detail: map[string]string{"indicator": m.Indicator, "kind": string(m.Kind)}})
	})
}
