package absence

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/absence/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

const (
	// shownMonths is three years, as for every chart.
	shownMonths = 36
	// paretoMonths is the year that the reasons are added up over.
	paretoMonths = 12
	// leastPosts is the size (full-time equivalents) under which a staff group is not shown outside the service;
	// staff surveys show no breakdown under 11 people.
	leastPosts = 11
	// allGroups is the published name of the sum over staff groups.
	allGroups = "All staff groups"
)

// Figures is the absence of an organisation, or of England, by month.
type Figures struct {
	Scope    string
	Of       Employer   // whose they are, where Scope is Own; without a name it is our own
	Choice   []Employer // whom the actor may choose between
	Months   []civil.Date
	Rate     []spc.Number // per cent of days available; unknown where nobody knows these
	Days     []spc.Number // full-time-equivalent days lost
	Episodes []spc.Number // that began in the month
	Long     []spc.Number // days lost in long-term absence
	Short    []spc.Number
	Groups   []Group
	Reasons  []Reason // by days of the last 12 months, most first
	Outside  bool
}

// Group is a staff group.
type Group struct {
	Name string
	Rate []spc.Number
	Days []spc.Number
}

// Reason is a level 1 reason.
type Reason struct {
	Code, Label string
	Days        []spc.Number // by month
	Total       float64      // days of the last 12 months with figures
	Hidden      bool         // too few episodes to be shown outside the service
}

// HasRate says whether the rate is known for any month.
func (f Figures) HasRate() bool { return known(f.Rate) }

// HasEpisodes says whether a trust's own report is in.
func (f Figures) HasEpisodes() bool { return known(f.Episodes) }

// HasTerms says whether long and short term may be shown for any month.
func (f Figures) HasTerms() bool { return known(f.Long) }

func known(xs []spc.Number) bool {
	return slices.ContainsFunc(xs, func(x spc.Number) bool { return x.Known })
}

// Reason finds a reason by its code.
func (f Figures) Reason(code string) (Reason, error) {
	i := slices.IndexFunc(f.Reasons, func(r Reason) bool { return r.Code == code })
	if i < 0 || f.Reasons[i].Hidden {
		return Reason{}, fault.Missing("reason")
	}
	return f.Reasons[i], nil
}

// Read reads the figures of an organisation, our own where none is named, in a scope; an empty scope means the
// organisation's, and England's where it has none.
func (s *Service) Read(ctx context.Context, a access.Actor, of uuid.UUID, scope string, now time.Time) (Figures, error) {
	var f Figures
	err := s.d.DB.InTenant(ctx, reader(a, of), func(tx *postgres.Tx) error {
		list, chosen, err := choose(ctx, tx, a, of, now)
		if err != nil {
			return err
		}
		f, err = s.read(ctx, tx, reader(a, of), scope, now, Outside(a))
		f.Choice, f.Of = list, chosen
		return err
	})
	return f, err
}

// read reads a scope as those inside or outside the service may see it.
func (s *Service) read(ctx context.Context, tx *postgres.Tx, a access.Actor, scope string, now time.Time, outside bool) (Figures, error) {
	if scope != Own && scope != England {
		f, err := s.read(ctx, tx, a, Own, now, outside)
		if err != nil || len(f.Months) > 0 {
			return f, err
		}
		return s.read(ctx, tx, a, England, now, outside)
	}
	today := now.In(locale.London)
	return s.since(ctx, tx, a, scope, time.Date(today.Year(), today.Month()-shownMonths, 1, 0, 0, 0, 0, time.UTC), outside)
}

// since reads a scope from a month on.
func (s *Service) since(ctx context.Context, tx *postgres.Tx, a access.Actor, scope string, from time.Time, outside bool) (Figures, error) {
	q := db.New(tx)
	rates, err := q.ListRates(ctx, db.ListRatesParams{OrganisationID: a.Organisation, Scope: scope, FromMonth: from})
	if err != nil {
		return Figures{}, fmt.Errorf("list absence rates: %w", err)
	}
	reasons, err := q.ListReasons(ctx, db.ListReasonsParams{OrganisationID: a.Organisation, Scope: scope, FromMonth: from})
	if err != nil {
		return Figures{}, fmt.Errorf("list absence reasons: %w", err)
	}
	f := Figures{Scope: scope, Outside: outside}
	f.Months = span(rates, reasons)
	f.rates(rates)
	f.reasons(reasons, s.packs.Label)
	return f, nil
}

// span is every month from the first with figures to the last, so that a missing one is a gap on the axis.
func span(rates []db.ListRatesRow, reasons []db.ListReasonsRow) []civil.Date {
	var lo, hi civil.Date
	note := func(t time.Time) {
		m := civil.Of(t)
		if lo.IsZero() || m.Before(lo) {
			lo = m
		}
		if m.After(hi) {
			hi = m
		}
	}
	for _, r := range rates {
		note(r.Month)
	}
	for _, r := range reasons {
		note(r.Month)
	}
	var out []civil.Date
	for m := lo; !m.IsZero() && !m.After(hi); m = m.AddMonths(1) {
		out = append(out, m)
	}
	return out
}

// sums of a month: with the published total over all groups where there is one, else over the groups.
type sums struct {
	lost, lostOf, available, long, short, episodes float64
	any, counted                                   bool
}

func (f *Figures) rates(rows []db.ListRatesRow) {
	n := len(f.Months)
	total, byGroup := make([]sums, n), map[string][]sums{}
	published := make([]bool, n)
	for _, r := range rows {
		published[f.at(r.Month)] = published[f.at(r.Month)] || r.StaffGroup == allGroups
	}
	for _, r := range rows {
		i := f.at(r.Month)
		if byGroup[r.StaffGroup] == nil {
			byGroup[r.StaffGroup] = make([]sums, n)
		}
		byGroup[r.StaffGroup][i].add(r)
		if published[i] == (r.StaffGroup == allGroups) {
			total[i].add(r)
		} else { // a trust's own report beside a published total gives what the total lacks
			total[i].addEpisodes(r)
		}
	}
	for i := range n {
		t := total[i]
		rate, days := t.rate(), spc.Number{Value: t.lost, Known: t.any}
		long, short := spc.Number{Value: t.long, Known: t.counted}, spc.Number{Value: t.short, Known: t.counted}
		if f.controls() {
			long, short = t.terms(f.Months[i])
			if t.counted && !published[i] {
				rate, days = t.outside(f.Months[i])
			}
		}
		f.Rate, f.Days, f.Episodes = append(f.Rate, rate), append(f.Days, days), append(f.Episodes, f.count(t))
		f.Long, f.Short = append(f.Long, long), append(f.Short, short)
	}
	for name, months := range byGroup {
		if name == allGroups {
			continue
		}
		g := Group{Name: name}
		for i, m := range months {
			rate, days := m.rate(), spc.Number{Value: m.lost, Known: m.any}
			if f.controls() {
				if m.counted {
					rate, days = m.outside(f.Months[i])
				}
				if m.available < leastPosts*length(f.Months[i]) {
					rate, days = spc.Number{}, spc.Number{}
				}
			}
			g.Rate, g.Days = append(g.Rate, rate), append(g.Days, days)
		}
		if known(g.Rate) {
			f.Groups = append(f.Groups, g)
		}
	}
	slices.SortFunc(f.Groups, func(a, b Group) int { return cmp.Compare(a.Name, b.Name) })
}

func (s *sums) add(r db.ListRatesRow) {
	s.any = true
	s.lost += r.DaysLost
	if r.DaysAvailable > 0 {
		s.lostOf, s.available = s.lostOf+r.DaysLost, s.available+r.DaysAvailable
	}
	s.addEpisodes(r)
}

func (s *sums) addEpisodes(r db.ListRatesRow) {
	if r.Episodes != nil && r.LongTermDays != nil && r.ShortTermDays != nil {
		s.counted = true
		s.episodes, s.long, s.short = s.episodes+float64(*r.Episodes), s.long+*r.LongTermDays, s.short+*r.ShortTermDays
	}
}

// rate is of the groups whose days available are known.
func (s sums) rate() spc.Number {
	if s.available <= 0 {
		return spc.Number{}
	}
	return spc.Some(100 * s.lostOf / s.available)
}

func (f *Figures) count(s sums) spc.Number {
	if !s.counted {
		return spc.Number{}
	}
	if !f.Outside {
		return spc.Some(s.episodes)
	}
	v, ok := disclosure.Count(int(s.episodes), disclosure.General).Value()
	return spc.Number{Value: float64(v), Known: ok}
}

// at is the place of a month.
func (f *Figures) at(month time.Time) int {
	m, lo := civil.Of(month), f.Months[0]
	return (m.Year-lo.Year)*12 + int(m.Month) - int(lo.Month)
}

func (f *Figures) reasons(rows []db.ListReasonsRow, label func(string) string) {
	control := f.controls()
	byCode, episodes := map[string]*Reason{}, map[string]int{}
	from := max(0, len(f.Months)-paretoMonths)
	for _, r := range rows {
		x := byCode[r.Reason]
		if x == nil {
			x = &Reason{Code: r.Reason, Label: label(r.Reason), Days: make([]spc.Number, len(f.Months))}
			byCode[r.Reason] = x
		}
		i := f.at(r.Month)
		x.Days[i] = spc.Some(r.DaysLost)
		if control {
			x.Days[i] = controlled(r.DaysLost, int(r.Episodes), disclosure.Special)
		}
		if i >= from {
			x.Total += r.DaysLost
			episodes[r.Reason] += int(r.Episodes)
		}
	}
	for code, x := range byCode {
		if control {
			total := controlled(x.Total, episodes[code], disclosure.Special)
			x.Total = total.Value
			if x.Hidden = !total.Known; x.Hidden {
				x.Days = make([]spc.Number, len(f.Months))
			}
		}
		f.Reasons = append(f.Reasons, *x)
	}
	slices.SortFunc(f.Reasons, func(a, b Reason) int { return cmp.Or(cmp.Compare(b.Total, a.Total), cmp.Compare(a.Code, b.Code)) })
}
