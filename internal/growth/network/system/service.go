package system

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system/internal/db"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Service shows an ICS what it has received.
type Service struct {
	db   *postgres.DB
	pack release.Pack
}

// New makes the service.
func New(d *postgres.DB, content fs.FS) (*Service, error) {
	pack, err := release.Load(orOurs(content))
	return &Service{d, pack}, err
}

func orOurs(c fs.FS) fs.FS {
	if c == nil {
		return content.FS
	}
	return c
}

// Pack is what can be shared.
func (s *Service) Pack() release.Pack { return s.pack }

// Arrival is a release that arrived.
type Arrival struct {
	ID uuid.UUID
	Who
	Name, Model string
	AsAt        civil.Date
	Made, Taken time.Time
	Way         string
	Figures     int
}

// Months that can be looked at: as many as can be agreed on before the newest.
func (s *Service) months(newest civil.Date) []civil.Date {
	out := make([]civil.Date, s.pack.Back)
	for i := range out {
		out[i] = newest.AddMonths(-i)
	}
	return out
}

// Overview is the first page of an ICS.
type Overview struct {
	System  organisation.Member
	Month   civil.Date // the newest of which anything was received; zero for nothing
	Members []organisation.Member
	Of      int // them, or those that have shared where they are more
	Lines   []Line
}

// Line is a metric with how many have released it.
type Line struct {
	Metric     release.Metric
	Definition string
	Month      civil.Date // the newest that anybody has released; zero for none
	Covered    int
}

// Overview lists the metrics with their coverage, each in its newest month.
func (s *Service) Overview(ctx context.Context, a access.Actor, now time.Time) (o Overview, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		if o.System, err = organisation.On(ctx, tx, a.Organisation, now); err != nil {
			return err
		}
		if o.Month, err = newest(ctx, tx, a.Organisation); err != nil {
			return err
		}
		day := now
		if !o.Month.IsZero() {
			day = endOf(o.Month).UTC()
		}
		if o.Members, err = organisation.MembersOf(ctx, tx, a.Organisation, day); err != nil {
			return err
		}
		o.Of = len(o.Members)
		values, err := s.values(ctx, tx, a.Organisation, o.Month, s.pack.Back)
		for _, m := range s.pack.Metrics {
			l := line(m, values)
			o.Lines, o.Of = append(o.Lines, l), max(o.Of, l.Covered)
		}
		return err
	})
	return o, err
}

func line(m release.Metric, values []Value) Line {
	l := Line{Metric: m}
	for _, v := range values {
		if v.Metric == m.ID && v.Month.After(l.Month) {
			l.Month = v.Month
		}
	}
	seen := map[Who]bool{}
	var of []Value
	for _, v := range values {
		// Of what is told once and holds until it is told again, every organisation that has told it counts.
		if v.Metric == m.ID && (v.Month == l.Month || m.Kind != release.Share) {
			seen[v.Who] = true
			of = append(of, v)
		}
	}
	l.Covered, l.Definition = len(seen), prevailing(of, l.Month)
	return l
}

func endOf(month civil.Date) civil.Date { return month.AddMonths(1).AddDays(-1) }

func newest(ctx context.Context, tx *postgres.Tx, of uuid.UUID) (civil.Date, error) {
	m, err := db.New(tx).Newest(ctx, of)
	if errors.Is(err, pgx.ErrNoRows) {
		return civil.Date{}, nil
	}
	if err != nil {
		return civil.Date{}, fmt.Errorf("find the newest month: %w", err)
	}
	return civil.Of(m), nil
}

// everything is more months than any release can hold.
const everything = 12 * 50

// values reads what was received of so many months that end with one; of the zero month, nothing.
func (s *Service) values(ctx context.Context, tx *postgres.Tx, of uuid.UUID, to civil.Date, back int) (out []Value, err error) {
	if to.IsZero() {
		return nil, nil
	}
	rows, err := db.New(tx).ListValues(ctx, db.ListValuesParams{SystemID: of, FromMonth: to.AddMonths(-back).UTC(), ToMonth: to.UTC()})
	if err != nil {
		return nil, fmt.Errorf("list what was received: %w", err)
	}
	number := func(n *int32) *int {
		if n == nil {
			return nil
		}
		x := int(*n)
		return &x
	}
	for _, r := range rows {
		out = append(out, Value{Who{r.Fingerprint, r.Code}, r.Name, r.Model, r.System, release.Figure{Metric: r.Metric, Item: r.Item, Month: civil.Of(r.Month), Definition: r.Definition,
			State: release.State(r.State), Part: number(r.Part), Whole: number(r.Whole), Score: number(r.Score)}})
	}
	return out, nil
}

// View is a comparison with the months that can be chosen.
type View struct {
	Comparison
	System organisation.Member
	Months []civil.Date // newest first; none where nothing was received
	Month  civil.Date
	Span   int
}

// Compare compares the organisations of an ICS by a share, over some months that end with one; of the zero month, with the newest of
// the metric. own is who looks, if it is one of them.
func (s *Service) Compare(ctx context.Context, a access.Actor, of uuid.UUID, metric string, month civil.Date, span int, own Who) (v View, err error) {
	m, ok := s.pack.Find(metric)
	if !ok || m.Kind != release.Share {
		return v, fault.Missing("metric")
	}
	if span == 0 {
		span = s.pack.Spans[min(1, len(s.pack.Spans)-1)]
	}
	if !slices.Contains(s.pack.Spans, span) {
		return v, fault.Missing("span")
	}
	v.Span = span
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		last, err := newest(ctx, tx, of)
		if err != nil {
			return err
		}
		all, err := s.values(ctx, tx, of, last, 2*s.pack.Back)
		if err != nil {
			return err
		}
		all = slices.DeleteFunc(all, func(x Value) bool { return x.Metric != metric })
		for _, x := range all {
			if !slices.Contains(v.Months, x.Month) {
				v.Months = append(v.Months, x.Month)
			}
		}
		slices.SortFunc(v.Months, func(a, b civil.Date) int { return b.Compare(a) })
		if v.Month = month; month.IsZero() && len(v.Months) > 0 {
			v.Month = v.Months[0]
		}
		day := endOf(v.Month).UTC()
		if v.Month.IsZero() { // nothing was received
			day = postgres.Stamp(time.Unix(0, 0))
		} else if !slices.Contains(v.Months, v.Month) {
			return fault.Missing("month")
		}
		if v.System, err = organisation.On(ctx, tx, of, day); err != nil && !v.Month.IsZero() {
			return err
		}
		members, err := organisation.MembersOf(ctx, tx, of, day)
		if err != nil || v.Month.IsZero() {
			v.Metric, v.Of = m, len(members)
			return err
		}
		v.Comparison, err = compare(m, all, v.Month, span, len(members), s.pack, own)
		return err
	})
	return v, err
}

// Table is metrics side by side: what each organisation has released of them.
type Table struct {
	System organisation.Member
	Month  civil.Date
	Months []civil.Date // that can be chosen, newest first
	Of     int
	Rows   []Side
}

// Side is an organisation with its figures, by metric and item.
type Side struct {
	Who
	Name, Model string
	Figures     map[[2]string]release.Figure
}

// Beside lays metrics side by side: shares of the month, and of what holds until it is told again, the newest up to it.
func (s *Service) Beside(ctx context.Context, a access.Actor, month civil.Date, which func(release.Metric) bool) (t Table, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		last, err := newest(ctx, tx, a.Organisation)
		if err != nil || last.IsZero() {
			return err
		}
		t.Months = s.months(last)
		if t.Month = month; month.IsZero() {
			t.Month = last
		}
		if !slices.Contains(t.Months, t.Month) {
			return fault.Missing("month")
		}
		if t.System, err = organisation.On(ctx, tx, a.Organisation, endOf(t.Month).UTC()); err != nil {
			return err
		}
		members, err := organisation.MembersOf(ctx, tx, a.Organisation, endOf(t.Month).UTC())
		if err != nil {
			return err
		}
		t.Of = len(members)
		all, err := s.values(ctx, tx, a.Organisation, t.Month, s.pack.Back)
		t.Rows = s.sides(all, t.Month, which)
		t.Of = max(t.Of, Most(t.Rows)) // some may be of other installations, which nobody has put into the tree
		return err
	})
	return t, err
}

func (s *Service) sides(all []Value, month civil.Date, which func(release.Metric) bool) (out []Side) {
	for _, v := range once(all, s.pack) { // in the order of the months, so that the newest stays
		m, ok := s.pack.Find(v.Metric)
		if !ok || !which(m) || m.Kind == release.Share && v.Month != month {
			continue
		}
		i := slices.IndexFunc(out, func(x Side) bool { return x.Who == v.Who })
		if i < 0 {
			i = len(out)
			out = append(out, Side{v.Who, v.Name, v.Model, map[[2]string]release.Figure{}})
		}
		out[i].Figures[[2]string{v.Metric, v.Item}] = v.Figure
	}
	slices.SortFunc(out, func(a, b Side) int { return byName(a.Name, a.Who, b.Name, b.Who) })
	return out
}

// Export gives everything that was received, for a spreadsheet.
func (s *Service) Export(ctx context.Context, a access.Actor) (out []release.Row, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		last, err := newest(ctx, tx, a.Organisation)
		if err != nil || last.IsZero() {
			return err
		}
		all, err := s.values(ctx, tx, a.Organisation, last, everything)
		for _, v := range all {
			out = append(out, release.Row{Code: v.Code, Name: v.Name, Model: v.Model, Figure: v.Figure})
		}
		return err
	})
	return out, err
}

// Arrived lists the releases that were received, the newest first, and the keys.
func (s *Service) Arrived(ctx context.Context, a access.Actor) (out []Arrival, ks []Key, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListReceived(ctx, a.Organisation)
		if err != nil {
			return fmt.Errorf("list releases: %w", err)
		}
		for _, r := range rows {
			out = append(out, Arrival{r.ID, Who{r.Fingerprint, r.Code}, r.Name, r.Model, civil.Of(r.AsAt), r.MadeAt, r.TakenAt, r.Way, int(r.Figures)})
		}
		ks, err = keys(ctx, tx)
		return err
	})
	return out, ks, err
}
