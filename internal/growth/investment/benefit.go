package investment

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/gauge"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

func benefits(ctx context.Context, tx *postgres.Tx, q *db.Queries) (out []Benefit, err error) {
	rows, err := q.ListBenefits(ctx, tx.Actor.Organisation)
	if err != nil {
		return nil, fmt.Errorf("list benefits: %w", err)
	}
	var ids []uuid.UUID
	for _, x := range rows {
		b := Benefit{ID: x.ID, Title: x.Title, Class: x.Class, Owner: x.Owner, Measure: x.Measure, Population: x.Population, Gauge: gauge.Gauge{From: x.GaugeFrom, To: x.GaugeTo}, Unit: x.Unit, Low: x.Low, Mode: x.Mode, High: x.High, UnitPence: x.UnitPence,
			Attribution: x.Attribution, Share: x.Share, Start: civil.Of(x.StartsOn), In: In{x.InMinimum, x.InPreferred, x.InMaximum}, Version: int(x.Version), At: x.ChangedAt, By: x.ChangedBy}
		for _, r := range x.Ramp {
			b.Ramp = append(b.Ramp, int(r))
		}
		if x.CitationID != nil {
			b.Citation, ids = *x.CitationID, append(ids, *x.CitationID)
		}
		out = append(out, b)
	}
	if len(ids) == 0 {
		return out, nil
	}
	cited, err := figure.Load(ctx, tx, ids...)
	if err != nil {
		return nil, err
	}
	for i, b := range out {
		if c, there := cited[b.Citation]; there {
			out[i].Cited = &figure.Checked{Citation: c}
		}
	}
	return out, nil
}

// Benefit finds one.
func (r Record) Benefit(id uuid.UUID) (Benefit, bool) {
	for _, b := range r.Benefits {
		if b.ID == id {
			return b, true
		}
	}
	return Benefit{}, false
}

// Citing is the benefit measured by a figure, which says what is measured.
func (b Benefit) Citing(f figure.Figure) Benefit {
	b.Measure, b.Cited = f.Title, &figure.Checked{Citation: figure.Citation{Figure: f}}
	return b
}

// WriteBenefit writes a benefit down, as WriteLine does a line. A reference cites the figure that measures it as it stands
// now; without one, what was cited before stays.
func (s *Service) WriteBenefit(ctx context.Context, a access.Actor, now time.Time, b Benefit, measured figure.Ref) error {
	var found figure.Figure
	if measured != (figure.Ref{}) {
		var err error
		if found, err = s.d.Figures.Find(ctx, a, now, measured, civil.Date{}); err != nil {
			return err
		}
		b = b.Citing(found)
	}
	return s.change(ctx, a, now, "investment.benefit_written", "invest_benefit", b.ID, func(tx *postgres.Tx, r Record) (bool, error) {
		if f := CheckBenefit(r.Plan, b); len(f) > 0 {
			return false, fault.New(fault.Invalid, f[0].Key)
		}
		if _, over := Over(b, r.Benefits); over {
			return false, fault.New(fault.Conflict, "investment.benefit.double")
		}
		old, there := r.Benefit(b.ID)
		switch {
		case b.Version == 0 && there:
			return false, nil
		case b.Version == 0 && len(r.Benefits) >= mostBenefits:
			return false, fault.New(fault.Conflict, "investment.benefit.many")
		}
		b.Citation = uuid.Nil
		switch {
		case measured == figure.Ref{}:
		case old.Cited != nil && old.Cited.Ref == measured && old.Cited.Digest() == found.Digest():
			b.Citation = old.Citation // it says the same: the old citation stands
		default:
			c, err := figure.Cite(ctx, tx, found, now)
			if err != nil {
				return false, err
			}
			b.Citation = c.ID
		}
		return s.saveBenefit(ctx, tx, now, b)
	})
}

func (s *Service) saveBenefit(ctx context.Context, tx *postgres.Tx, now time.Time, b Benefit) (bool, error) {
	a := tx.Actor
	p := db.InsertBenefitParams{OrganisationID: a.Organisation, ID: b.ID, Title: strings.TrimSpace(b.Title), Class: b.Class, Owner: strings.TrimSpace(b.Owner), Measure: strings.TrimSpace(b.Measure),
		Population: strings.TrimSpace(b.Population), CitationID: some(b.Citation), GaugeFrom: b.Gauge.From, GaugeTo: b.Gauge.To, Unit: strings.TrimSpace(b.Unit), Low: b.Low, Mode: b.Mode, High: b.High, UnitPence: b.UnitPence, Attribution: b.Attribution,
		Share: b.Share, StartsOn: b.Start.UTC(), InMinimum: b.In.Minimum, InPreferred: b.In.Preferred, InMaximum: b.In.Maximum, ChangedAt: now.UTC(), ChangedBy: a.Name}
	for _, x := range b.Ramp {
		p.Ramp = append(p.Ramp, int32(x)) //nolint:gosec // 0 to 100
	}
	q := db.New(tx)
	if b.Version == 0 {
		n, err := q.InsertBenefit(ctx, p)
		return n > 0, wrap("insert benefit", err)
	}
	return updated(q.UpdateBenefit(ctx, db.UpdateBenefitParams{OrganisationID: p.OrganisationID, ID: p.ID, Title: p.Title, Class: p.Class, Owner: p.Owner, Measure: p.Measure, Population: p.Population,
		CitationID: p.CitationID, GaugeFrom: p.GaugeFrom, GaugeTo: p.GaugeTo, Unit: p.Unit, Low: p.Low, Mode: p.Mode, High: p.High, UnitPence: p.UnitPence, Attribution: p.Attribution, Share: p.Share, Ramp: p.Ramp, StartsOn: p.StartsOn,
		InMinimum: p.InMinimum, InPreferred: p.InPreferred, InMaximum: p.InMaximum, ChangedAt: p.ChangedAt, ChangedBy: p.ChangedBy, Seen: int32(b.Version)})) //nolint:gosec // counted up by one
}

// DropBenefit takes a benefit out of the register. It stays on record.
func (s *Service) DropBenefit(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) error {
	return s.audited(ctx, a, now, "investment.benefit_dropped", "invest_benefit", id, func(tx *postgres.Tx) (bool, error) {
		n, err := db.New(tx).DropBenefit(ctx, db.DropBenefitParams{OrganisationID: a.Organisation, ID: id, ChangedAt: now.UTC(), ChangedBy: a.Name})
		if err == nil && n == 0 {
			return false, fault.Missing("benefit")
		}
		return true, wrap("drop benefit", err)
	})
}
