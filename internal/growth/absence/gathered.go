package absence

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/absence/absencefile"
	"github.com/rowan-ohwb/rowan/internal/growth/absence/internal/db"
)

// The two scopes of figures.
const (
	Own     = "own"
	England = "england"
)

// englandCodes are what stands in place of an organisation code in a total of England.
var englandCodes = []string{"ENGLAND", "ENG"}

// muchLess: a report with under nine tenths of the days already held for a month was cut to another period. What
// is corrected afterwards moves a month by a few per cent.
const muchLess = 0.9

type key struct {
	scope         string
	month         civil.Date // its first day
	group, reason string
}

// gathered is what a file gives for this organisation, before it is stored. It is small: months times groups times reasons.
type gathered struct {
	own      string // organisation code, in capitals; "" when it has none
	rates    map[key]absencefile.Rate
	reasons  map[key]absencefile.Reason
	episodes map[key]absencefile.Episodes
}

func newGathered(ods *string) *gathered {
	g := &gathered{rates: map[key]absencefile.Rate{}, reasons: map[key]absencefile.Reason{}, episodes: map[key]absencefile.Episodes{}}
	if ods != nil {
		g.own = *ods
	}
	return g
}

func first(month time.Time) civil.Date {
	return civil.Date{Year: month.Year(), Month: month.Month(), Day: 1}
}

// Rate keeps a published rate that is ours or England's.
func (g *gathered) Rate(r absencefile.Rate) error {
	scope := Own
	switch {
	case slices.Contains(englandCodes, r.Organisation):
		scope = England
	case r.Organisation != g.own:
		return nil
	}
	g.rates[key{scope: scope, month: first(r.Month), group: r.StaffGroup}] = r
	return nil
}

// Reason adds up days by reason: two labels may have become one code.
func (g *gathered) Reason(r absencefile.Reason) error {
	k := key{Own, first(r.Month), r.StaffGroup, r.Code}
	if r.Started == absencefile.NotCounted {
		k.scope = England // reasons are published for England only
	}
	if have, ok := g.reasons[k]; ok {
		r.DaysLost += have.DaysLost
	}
	g.reasons[k] = r
	return nil
}

// Episodes keeps what a trust's report says of a month and group.
func (g *gathered) Episodes(e absencefile.Episodes) error {
	g.episodes[key{scope: Own, month: first(e.Month), group: e.StaffGroup}] = e
	return nil
}

func (g *gathered) rows() int { return len(g.rates) + len(g.reasons) + len(g.episodes) }

// settle drops the months of a trust's report that are not whole, or of which more is held already, and tells the report.
func (g *gathered) settle(ctx context.Context, q *db.Queries, organisation uuid.UUID, completeFrom time.Time, r *Report) error {
	if !completeFrom.IsZero() {
		whole := first(completeFrom)
		g.drop(func(m civil.Date) bool { return m.Before(whole) })
		days := map[civil.Date]float64{}
		for k, v := range g.reasons {
			days[k.month] += v.DaysLost
		}
		held, err := q.MonthTotals(ctx, db.MonthTotalsParams{OrganisationID: organisation, Months: dates(slices.Collect(maps.Keys(days)))})
		if err != nil {
			return fmt.Errorf("read months held: %w", err)
		}
		for _, h := range held {
			if m := civil.Of(h.Month); days[m] < muchLess*h.Days {
				r.Unchanged = append(r.Unchanged, m)
			}
		}
		g.drop(func(m civil.Date) bool { return slices.Contains(r.Unchanged, m) })
	}
	r.Kept = g.rows()
	for _, m := range g.months() {
		if r.First.IsZero() || m.Before(r.First) {
			r.First = m
		}
		if m.After(r.Last) {
			r.Last = m
		}
	}
	return nil
}

func (g *gathered) drop(which func(civil.Date) bool) {
	maps.DeleteFunc(g.reasons, func(k key, _ absencefile.Reason) bool { return which(k.month) })
	maps.DeleteFunc(g.episodes, func(k key, _ absencefile.Episodes) bool { return which(k.month) })
}

func (g *gathered) months() []civil.Date {
	seen := map[civil.Date]bool{}
	for k := range g.rates {
		seen[k.month] = true
	}
	for k := range g.reasons {
		seen[k.month] = true
	}
	for k := range g.episodes {
		seen[k.month] = true
	}
	return slices.SortedFunc(maps.Keys(seen), civil.Date.Compare)
}

func dates(ms []civil.Date) []time.Time {
	out := make([]time.Time, len(ms))
	for i, m := range ms {
		out[i] = m.UTC()
	}
	return out
}

func sorted[V any](m map[key]V) []key {
	return slices.SortedFunc(maps.Keys(m), func(a, b key) int {
		return cmp.Or(cmp.Compare(a.scope, b.scope), a.month.Compare(b.month), cmp.Compare(a.group, b.group), cmp.Compare(a.reason, b.reason))
	})
}

// store writes the figures; of a month that a trust's report covers, nothing of an earlier report stays.
func (g *gathered) store(ctx context.Context, q *db.Queries, organisation, id uuid.UUID) error {
	rates := db.UpsertRatesParams{OrganisationID: organisation, ImportID: id}
	for _, k := range sorted(g.rates) {
		r := g.rates[k]
		rates.Scope, rates.Month, rates.StaffGroup = append(rates.Scope, k.scope), append(rates.Month, k.month.UTC()), append(rates.StaffGroup, k.group)
		rates.DaysLost, rates.DaysAvailable = append(rates.DaysLost, r.DaysLost), append(rates.DaysAvailable, r.DaysAvailable)
	}
	if err := q.UpsertRates(ctx, rates); err != nil {
		return fmt.Errorf("store rates: %w", err)
	}
	for _, scope := range []string{England, Own} {
		reasons := db.UpsertReasonsParams{OrganisationID: organisation, Scope: scope, ImportID: id}
		for _, k := range sorted(g.reasons) {
			if k.scope != scope {
				continue
			}
			r := g.reasons[k]
			reasons.Month, reasons.StaffGroup, reasons.Reason = append(reasons.Month, k.month.UTC()), append(reasons.StaffGroup, k.group), append(reasons.Reason, k.reason)
			reasons.DaysLost, reasons.Episodes = append(reasons.DaysLost, r.DaysLost), append(reasons.Episodes, int32(r.Started))
		}
		if err := q.ClearReasons(ctx, db.ClearReasonsParams{OrganisationID: organisation, Scope: scope, Months: reasons.Month, ImportID: id}); err != nil {
			return fmt.Errorf("clear reasons: %w", err)
		}
		if err := q.UpsertReasons(ctx, reasons); err != nil {
			return fmt.Errorf("store reasons: %w", err)
		}
	}
	episodes := db.UpsertEpisodesParams{OrganisationID: organisation, ImportID: id}
	for _, k := range sorted(g.episodes) {
		e := g.episodes[k]
		episodes.Month, episodes.StaffGroup = append(episodes.Month, k.month.UTC()), append(episodes.StaffGroup, k.group)
		episodes.DaysLost = append(episodes.DaysLost, e.LongDaysLost+e.ShortDaysLost)
		episodes.Episodes = append(episodes.Episodes, int32(e.LongStarted+e.ShortStarted))
		episodes.LongDays, episodes.ShortDays = append(episodes.LongDays, e.LongDaysLost), append(episodes.ShortDays, e.ShortDaysLost)
	}
	if err := q.ClearEpisodes(ctx, db.ClearEpisodesParams{OrganisationID: organisation, Months: episodes.Month, ImportID: id}); err != nil {
		return fmt.Errorf("clear episodes: %w", err)
	}
	if err := q.UpsertEpisodes(ctx, episodes); err != nil {
		return fmt.Errorf("store episodes: %w", err)
	}
	return nil
}
