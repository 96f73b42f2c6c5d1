package contract

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/contract/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/network/contract/price"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation/client"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Count is what an indicator says of one client in the span of a level, exact.
type Count struct {
	Title, Definition  string
	AtMost             bool
	Part, Whole, Undue int // Undue may still keep their limit, and are in neither
}

// Contracts is the hall's side: who the clients are, and from when until when. organisation/client has it.
type Contracts interface {
	List(context.Context, access.Actor, time.Time) ([]client.Contract, error)
	Find(context.Context, access.Actor, time.Time, uuid.UUID) (client.Contract, error)
	Pack() client.Pack
}

// Deps is what the slice needs.
type Deps struct {
	DB        *postgres.DB
	Contracts Contracts
	Measures  func(context.Context) []Measure // that can be agreed on
	Count     func(context.Context, access.Actor, uuid.UUID, []Stretch[Level]) ([]Count, error)
}

// Service keeps the terms of contracts.
type Service struct{ d Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// Measures lists what can be agreed on.
func (s *Service) Measures(ctx context.Context) []Measure { return s.d.Measures(ctx) }

// Scale is the scale of integration: its levels from the lowest on, and its version.
func (s *Service) Scale() ([]string, int) {
	p := s.d.Contracts.Pack()
	return p.Integration, p.Version
}

// Made is a pack that was released.
type Made struct {
	Host, ID uuid.UUID
	From, To civil.Date
	SHA256   string
	At       time.Time
	By       string
	Held     civil.Date // when both sides met over it; zero until then
	Next     civil.Date
}

// Terms is all that is agreed on with a client.
type Terms struct {
	Contract client.Contract
	Levels   []Level
	Lines    []Line
	Dates    Dates
	Packs    []Made // the newest first
	Actions  []Action
}

// Closed is the first month that no pack speaks of; zero where there is no pack.
func (t Terms) Closed() civil.Date {
	if len(t.Packs) == 0 {
		return civil.Date{}
	}
	return t.Packs[0].To
}

// Period is what the next pack speaks of, and whether its months are over.
func (t Terms) Period(today civil.Date) (from, to civil.Date, over bool) {
	return Period(t.Contract.Terms.From, t.Closed(), t.Dates.Every, today)
}

// Firsts lists the months in which a term may begin.
func (t Terms) Firsts(today civil.Date) []civil.Date {
	return Firsts(t.Contract.Terms.From, t.Closed(), today)
}

// LevelsOn and LinesOn are those that hold in the month of a day.
func (t Terms) LevelsOn(day civil.Date) []Stretch[Level] {
	return LevelsIn(t.Levels, MonthOf(day), MonthOf(day).AddMonths(1))
}

// LinesOn is LevelsOn of prices.
func (t Terms) LinesOn(day civil.Date) []Stretch[Line] {
	return LinesIn(t.Lines, MonthOf(day), MonthOf(day).AddMonths(1))
}

// ComingLevels and ComingLines begin after the month of a day.
func (t Terms) ComingLevels(day civil.Date) (out []Level) {
	for _, l := range t.Levels {
		if l.From.After(day) && (l.Until.IsZero() || l.Until.After(l.From)) {
			out = append(out, l)
		}
	}
	return out
}

// ComingLines is ComingLevels of prices.
func (t Terms) ComingLines(day civil.Date) (out []Line) {
	for _, l := range t.Lines {
		if l.From.After(day) && (l.Until.IsZero() || l.Until.After(l.From)) {
			out = append(out, l)
		}
	}
	return out
}

// List lists the contracts of the actor's service with notice and reviews as agreed on.
func (s *Service) List(ctx context.Context, a access.Actor, now time.Time) (out []Terms, err error) {
	all, err := s.d.Contracts.List(ctx, a, now)
	if err != nil {
		return nil, err
	}
	dates := map[uuid.UUID]Dates{}
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListDates(ctx, db.ListDatesParams{OrganisationID: &a.Organisation})
		if err != nil {
			return fmt.Errorf("list review dates: %w", err)
		}
		for _, r := range rows {
			if _, ok := dates[r.ClientID]; !ok {
				dates[r.ClientID] = datesOf(r)
			}
		}
		return nil
	})
	for _, c := range all {
		d, ok := dates[c.Organisation]
		if !ok {
			d = Dates{Notice: usualNotice, Every: usualEvery}
		}
		out = append(out, Terms{Contract: c, Dates: d})
	}
	return out, err
}

// Find reads all that was agreed on with one client of the actor's service.
func (s *Service) Find(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) (t Terms, err error) {
	if t.Contract, err = s.d.Contracts.Find(ctx, a, now, id); err != nil {
		return t, err
	}
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error { return t.read(ctx, db.New(tx), id, &a.Organisation) })
	return t, err
}

// Ours reads what the actor's own organisation has agreed on, whoever hosts its service or did.
func (s *Service) Ours(ctx context.Context, a access.Actor) (t Terms, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error { return t.read(ctx, db.New(tx), a.Organisation, nil) })
	return t, err
}

func (t *Terms) read(ctx context.Context, q *db.Queries, id uuid.UUID, host *uuid.UUID) error {
	levels, err := q.ListLevels(ctx, db.ListLevelsParams{ClientID: id, OrganisationID: host})
	if err != nil {
		return fmt.Errorf("list levels: %w", err)
	}
	for _, r := range levels {
		t.Levels = append(t.Levels, levelOf(r))
	}
	lines, err := q.ListLines(ctx, db.ListLinesParams{ClientID: id, OrganisationID: host})
	if err != nil {
		return fmt.Errorf("list prices: %w", err)
	}
	for _, r := range lines {
		t.Lines = append(t.Lines, lineOf(r))
	}
	dates, err := q.ListDates(ctx, db.ListDatesParams{ClientID: &id, OrganisationID: host})
	if err != nil {
		return fmt.Errorf("list review dates: %w", err)
	}
	t.Dates = Dates{Notice: usualNotice, Every: usualEvery}
	if len(dates) > 0 {
		t.Dates = datesOf(dates[0])
	}
	packs, err := q.ListPacks(ctx, db.ListPacksParams{ClientID: id, OrganisationID: host})
	if err != nil {
		return fmt.Errorf("list packs: %w", err)
	}
	for _, r := range packs {
		t.Packs = append(t.Packs, Made{r.OrganisationID, r.ID, civil.Of(r.FromMonth), civil.Of(r.ToMonth), r.Sha256, r.MadeAt, r.ByName, civil.FromNull(r.HeldOn), civil.FromNull(r.NextOn)})
	}
	actions, err := q.ListActions(ctx, db.ListActionsParams{ClientID: id, OrganisationID: host})
	if err != nil {
		return fmt.Errorf("list actions: %w", err)
	}
	for _, r := range actions {
		t.Actions = append(t.Actions, Action{r.OrganisationID, r.ID, r.PackID, r.What, r.Side, civil.Of(r.DueOn), postgres.Value(r.DoneAt), postgres.Value(r.DoneBy)})
	}
	return nil
}

// Priced is a price that holds, with whose it is.
type Priced struct {
	Client uuid.UUID
	Name   string
	Line   Line
}

// Prices lists what clients whose contract stands pay in the month of a day.
func (s *Service) Prices(ctx context.Context, a access.Actor, now time.Time) (out []Priced, err error) {
	all, err := s.d.Contracts.List(ctx, a, now)
	if err != nil {
		return nil, err
	}
	lines := map[uuid.UUID][]Line{}
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListHostLines(ctx, a.Organisation)
		for _, r := range rows {
			lines[r.ClientID] = append(lines[r.ClientID], lineOf(r))
		}
		return err
	})
	seen := map[uuid.UUID]bool{}
	for _, c := range all {
		if !c.Open(locale.Day(now)) || seen[c.Organisation] {
			continue
		}
		seen[c.Organisation] = true
		for _, l := range (Terms{Lines: lines[c.Organisation]}).LinesOn(locale.Day(now)) {
			out = append(out, Priced{c.Organisation, c.Name, l.Term})
		}
	}
	return out, err
}

func levelOf(r db.ContractLevel) Level {
	l := Level{Host: r.OrganisationID, ID: r.ID, Indicator: r.Indicator, Version: int(r.Version), Clock: r.Clock, Target: int(r.Target), Life: Life{civil.Of(r.ValidFrom), civil.FromNull(r.ValidTo), r.SavedAt, r.ByName}}
	if r.Days != nil {
		n := int(*r.Days)
		l.Days = &n
	}
	return l
}

func lineOf(r db.ContractLine) Line {
	return Line{Host: r.OrganisationID, ID: r.ID, Item: r.Item, Basis: r.Basis, Pence: price.Pence(r.Pence), Expected: int(postgres.Value(r.Expected)), Band: int(postgres.Value(r.Band)),
		Life: Life{civil.Of(r.ValidFrom), civil.FromNull(r.ValidTo), r.SavedAt, r.ByName}}
}

func datesOf(r db.ContractDate) Dates {
	return Dates{int(r.NoticeMonths), int(r.EveryMonths), civil.Of(r.ReviewOn), r.SavedAt, r.ByName}
}

// anything is what a command is about that is about no term there is.
func anything(Terms) error { return nil }

// change runs a command on what was agreed on with a client that stands, and has what the command is about; nothing where it was done
// before.
func (s *Service) change(ctx context.Context, a access.Actor, at time.Time, clientID uuid.UUID, action, kind string, object uuid.UUID, has func(Terms) error, fn func(*db.Queries, Terms) (int64, error)) error {
	c, err := s.d.Contracts.Find(ctx, a, at, clientID)
	if err != nil {
		return err
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q, t := db.New(tx), Terms{Contract: c}
		if err := t.read(ctx, q, clientID, &a.Organisation); err != nil {
			return err
		}
		if err := has(t); err != nil {
			return err
		}
		if !c.Open(locale.Day(at)) {
			return fault.New(fault.Conflict, "contract.closed")
		}
		n, err := fn(q, t)
		if err != nil || n == 0 {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: action, Kind: kind, Object: object})
	})
}

func refused(f fault.Fields) error {
	if len(f) == 0 {
		return nil
	}
	return fault.New(fault.Invalid, f[0].Key)
}

func small(n *int) *int32 {
	if n == nil {
		return nil
	}
	x := int32(*n) //nolint:gosec // it was checked
	return &x
}

// AddLevel agrees on a service level from its first month on.
func (s *Service) AddLevel(ctx context.Context, a access.Actor, at time.Time, clientID uuid.UUID, l Level) error {
	return s.change(ctx, a, at, clientID, "contract.level_agreed", "contract_level", l.ID, anything, func(q *db.Queries, t Terms) (int64, error) {
		if err := refused(CheckLevel(l, s.d.Measures(ctx), t.Firsts(locale.Day(at)))); err != nil {
			return 0, err
		}
		return q.InsertLevel(ctx, db.InsertLevelParams{OrganisationID: a.Organisation, ID: l.ID, ClientID: clientID, Indicator: l.Indicator, Version: int32(l.Version), Days: small(l.Days), //nolint:gosec // they were checked
			Clock: l.Clock, Target: int32(l.Target), ValidFrom: l.From.UTC(), SavedAt: postgres.Stamp(at), ByName: a.Name}) //nolint:gosec // they were checked
	})
}

// AddLine agrees on a price from its first month on.
func (s *Service) AddLine(ctx context.Context, a access.Actor, at time.Time, clientID uuid.UUID, l Line) error {
	return s.change(ctx, a, at, clientID, "contract.price_agreed", "contract_line", l.ID, anything, func(q *db.Queries, t Terms) (int64, error) {
		if err := refused(CheckLine(l, t.Firsts(locale.Day(at)))); err != nil {
			return 0, err
		}
		p := db.InsertLineParams{OrganisationID: a.Organisation, ID: l.ID, ClientID: clientID, Item: l.Item, Basis: l.Basis, Pence: int64(l.Pence), ValidFrom: l.From.UTC(), SavedAt: postgres.Stamp(at), ByName: a.Name}
		if l.Expected > 0 {
			p.Expected, p.Band = small(&l.Expected), small(&l.Band)
		}
		return q.InsertLine(ctx, p)
	})
}

// last is the first month in which a term that is ended today holds no longer; one that has not begun never holds.
func last(l Life, today civil.Date) time.Time {
	if next := MonthOf(today).AddMonths(1); l.From.Before(next) {
		return next.UTC()
	}
	return l.From.UTC()
}

// EndLevel ends a level with this month.
func (s *Service) EndLevel(ctx context.Context, a access.Actor, at time.Time, clientID, id uuid.UUID) error {
	var l Level
	return s.change(ctx, a, at, clientID, "contract.level_ended", "contract_level", id, func(t Terms) (err error) {
		l, err = the(t.Levels, "level", func(l Level) bool { return l.ID == id })
		return err
	}, func(q *db.Queries, _ Terms) (int64, error) {
		until := last(l.Life, locale.Day(at))
		return ended(q.EndLevel(ctx, db.EndLevelParams{ValidTo: &until, OrganisationID: a.Organisation, ID: id}))
	})
}

// EndLine ends a price with this month.
func (s *Service) EndLine(ctx context.Context, a access.Actor, at time.Time, clientID, id uuid.UUID) error {
	var l Line
	return s.change(ctx, a, at, clientID, "contract.price_ended", "contract_line", id, func(t Terms) (err error) {
		l, err = the(t.Lines, "price", func(l Line) bool { return l.ID == id })
		return err
	}, func(q *db.Queries, _ Terms) (int64, error) {
		until := last(l.Life, locale.Day(at))
		return ended(q.EndLine(ctx, db.EndLineParams{ValidTo: &until, OrganisationID: a.Organisation, ID: id}))
	})
}

// the finds what a command is about.
func the[T any](all []T, what string, is func(T) bool) (x T, err error) {
	i := slices.IndexFunc(all, is)
	if i < 0 {
		return x, fault.Missing(what)
	}
	return all[i], nil
}

func ended(n int64, err error) (int64, error) {
	if err == nil && n == 0 {
		return 0, fault.New(fault.Conflict, "contract.ended_before")
	}
	return n, err
}

// SetDates agrees on notice and reviews.
func (s *Service) SetDates(ctx context.Context, a access.Actor, at time.Time, clientID uuid.UUID, d Dates) error {
	return s.change(ctx, a, at, clientID, "contract.dates_agreed", "contract", clientID, anything, func(q *db.Queries, _ Terms) (int64, error) {
		if err := refused(CheckDates(d, locale.Day(at))); err != nil {
			return 0, err
		}
		return 1, q.InsertDates(ctx, db.InsertDatesParams{OrganisationID: a.Organisation, ClientID: clientID, SavedAt: postgres.Stamp(at), NoticeMonths: int32(d.Notice), EveryMonths: int32(d.Every), ReviewOn: d.Review.UTC(), ByName: a.Name}) //nolint:gosec // they were checked
	})
}

// missing turns a row that is not there into a fault.
func missing(err error, what string) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return fault.Missing(what)
	}
	return fmt.Errorf("find %s: %w", what, err)
}
