package catalogue

import (
	"context"
	"strings"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// FigureKind is the kind of the figures of the balance: "balance/contacts.preventative".
const FigureKind = "balance"

var wholes = []string{"contacts", "spend", "hours"}

// Book offers each class's share of contacts, spend and staff time.
func (s *Service) Book() figure.Book { return book{s} }

type book struct{ s *Service }

func (b book) Kinds() []string { return []string{FigureKind} }

// List leaves out what has nothing to cite: where no class has a value of a measure, the measure is left out.
func (b book) List(ctx context.Context, a access.Actor, now time.Time) ([]figure.Figure, error) {
	var out []figure.Figure
	err := b.s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		for _, whole := range wholes {
			for _, class := range improvement.Classes {
				f, err := b.figure(ctx, tx, now, whole, class, civil.Date{})
				if err != nil {
					return err
				}
				if f.State != figure.NotCollected {
					out = append(out, f)
				}
			}
		}
		return nil
	})
	return out, err
}

func (b book) Figure(ctx context.Context, a access.Actor, now time.Time, ref figure.Ref, period civil.Date) (figure.Figure, error) {
	for _, whole := range wholes {
		for _, class := range improvement.Classes {
			if ref != (figure.Ref{Kind: FigureKind, Name: whole + "." + class}) {
				continue
			}
			var f figure.Figure
			err := b.s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) (err error) {
				f, err = b.figure(ctx, tx, now, whole, class, period)
				return err
			})
			return f, err
		}
	}
	return figure.Figure{}, fault.Missing("figure")
}

// figure makes one; a zero period is the latest.
func (b book) figure(ctx context.Context, tx *postgres.Tx, now time.Time, whole, class string, period civil.Date) (figure.Figure, error) {
	f := figure.Figure{Ref: figure.Ref{Kind: FigureKind, Name: whole + "." + class}, State: figure.NotCollected, Period: period, More: "/plan/balance",
		Title:      locale.T(ctx, "improvement.balance.figure."+whole, "class", strings.ToLower(locale.T(ctx, "improvement.class."+class))),
		Definition: locale.T(ctx, "improvement.balance.definition."+whole), Version: locale.T(ctx, "improvement.balance.version"), Source: locale.T(ctx, "improvement.balance.source."+whole)}
	today := locale.Day(now)
	if whole == "contacts" {
		return b.contacts(ctx, tx, f, class, today)
	}
	return b.entered(ctx, tx, f, whole, class, today)
}

func (b book) contacts(ctx context.Context, tx *postgres.Tx, f figure.Figure, class string, today civil.Date) (figure.Figure, error) {
	last := lastMonth(today)
	if f.Period.IsZero() {
		f.Period = last
	}
	if f.Period.Day != 1 || f.Period.After(last) {
		return f, fault.Missing("figure")
	}
	f.PeriodText = locale.T(ctx, "improvement.balance.year_to", "month", f.Period.MonthYear())
	contacts, err := readContacts(ctx, tx, f.Period)
	if err != nil {
		return f, err
	}
	if f.SourceAt, err = activity.MadeAt(ctx, tx, tx.Actor.Service); err != nil || len(contacts) == 0 {
		return f, err
	}
	for _, r := range rows(nil, contacts, Planned{}) {
		if r.Class == class {
			f = share(ctx, f, r.ContactShare)
		}
	}
	return f, nil
}

func share(ctx context.Context, f figure.Figure, p disclosure.Percentage) figure.Figure {
	percent, ok := p.Value()
	if !ok {
		f.State = figure.Hidden
		return f
	}
	return known(ctx, f, percent)
}

func known(ctx context.Context, f figure.Figure, percent int) figure.Figure {
	n := float64(percent)
	f.State, f.Number, f.Value = figure.Known, &n, locale.T(ctx, "improvement.percent", "n", percent)
	return f
}

func (b book) entered(ctx context.Context, tx *postgres.Tx, f figure.Figure, whole, class string, today civil.Date) (figure.Figure, error) {
	kept, err := readEntries(ctx, tx)
	if err != nil {
		return f, err
	}
	year := FinancialYear(today)
	switch {
	case !f.Period.IsZero() && f.Period != (civil.Date{Year: f.Period.Year, Month: time.April, Day: 1}):
		return f, fault.Missing("figure")
	case !f.Period.IsZero():
		year = f.Period.Year
	case len(kept) > 0:
		year = kept[0].year
	}
	f.Period, f.PeriodText = civil.Date{Year: year, Month: time.April, Day: 1}, YearText(year)
	var entries []Entry
	for _, k := range kept {
		if k.year == year {
			entries, f.SourceAt = append(entries, k.Entry), k.at
		}
	}
	for _, r := range rows(entries, nil, Planned{}) {
		percent := r.SpendShare
		if whole == "hours" {
			percent = r.HoursShare
		}
		if r.Class == class && percent != nil {
			f = known(ctx, f, *percent)
		}
	}
	return f, nil
}
