package voice

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/activity/theme"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/voice/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Action is an action of the strategy that an entry can name.
type Action struct {
	ID    uuid.UUID
	Title string
}

// Deps is what the slice is wired to.
type Deps struct {
	DB *postgres.DB
	// Actions lists the actions of the strategy.
	Actions func(ctx context.Context, a access.Actor) ([]Action, error)
}

// Service reads what people say, and keeps what was done.
type Service struct{ d Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// Theme is how often comments of twelve months were about something.
type Theme struct {
	Code, Tone string
	N          disclosure.Figure
}

// Quote is what the team released.
type Quote struct {
	Month           civil.Date
	Audience, Theme string
	Words           string
}

// Heard is what growth knows of feedback.
type Heard struct {
	Scores  []Score
	Rate    disclosure.Percentage // of those who were seen: how many of those asked answered
	Themes  []Theme
	Quotes  []Quote
	Entries []Entry
}

// questions are those of who was seen, then the managers', then those on courses.
var questions = []string{"communication", "specific", "mattered", "manager.communication", "manager.specific", "manager.mattered", "course.communication", "course.specific", "course.mattered"}

// Hear gives the last twelve months.
func (s *Service) Hear(ctx context.Context, a access.Actor, now time.Time) (h Heard, err error) {
	today := locale.Day(now)
	since := civil.Date{Year: today.Year, Month: today.Month, Day: 1}.AddMonths(-11).UTC()
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		marks, err := q.CountMarks(ctx, db.CountMarksParams{ServiceID: a.Service, Since: since})
		if err != nil {
			return fmt.Errorf("count marks: %w", err)
		}
		counts, asked, answered := map[string]map[int]int{}, 0, 0
		for _, m := range marks {
			switch {
			case m.Question == activity.Invited:
				asked += int(m.N)
				continue
			case counts[m.Question] == nil:
				counts[m.Question] = map[int]int{}
			}
			counts[m.Question][int(m.Score)] += int(m.N)
			if m.Question == questions[0] {
				answered += int(m.N)
			}
		}
		h.Scores = scores(counts, questions)
		if answered <= asked { // else some were asked before it was kept that they were, and there is no rate
			h.Rate = disclosure.Share(disclosure.Count(answered, disclosure.Special), disclosure.Count(asked, disclosure.Special))
		}
		if err := h.voices(ctx, q, a.Service, since); err != nil {
			return err
		}
		h.Entries, err = entries(ctx, tx)
		return err
	})
	return h, err
}

// voices adds themes, each with every tone that was marked at all, and quotes.
func (h *Heard) voices(ctx context.Context, q *db.Queries, service uuid.UUID, since time.Time) error {
	themes, err := q.CountThemes(ctx, db.CountThemesParams{ServiceID: service, Since: since})
	if err != nil {
		return fmt.Errorf("count themes: %w", err)
	}
	for _, code := range theme.List().Every() {
		for _, tone := range theme.Tones {
			i := slices.IndexFunc(themes, func(x db.CountThemesRow) bool { return x.Theme == code && x.Tone == tone })
			if i >= 0 {
				h.Themes = append(h.Themes, Theme{code, tone, disclosure.Count(int(themes[i].N), disclosure.Special)})
			}
		}
	}
	quotes, err := q.ListQuotes(ctx, service)
	if err != nil {
		return fmt.Errorf("list quotes: %w", err)
	}
	for _, x := range quotes {
		h.Quotes = append(h.Quotes, Quote{civil.Of(x.Month), x.Audience, x.Theme, x.Words})
	}
	return nil
}

func entries(ctx context.Context, tx *postgres.Tx) (out []Entry, err error) {
	rows, err := db.New(tx).ListEntries(ctx, db.ListEntriesParams{OrganisationID: tx.Actor.Organisation, ServiceID: tx.Actor.Service})
	if err != nil {
		return nil, fmt.Errorf("list entries: %w", err)
	}
	for _, r := range rows {
		out = append(out, Entry{ID: r.ID, Action: postgres.Value(r.ActionID), Theme: r.Theme, Said: r.Said, Did: r.Did, Review: civil.Of(r.ReviewOn), State: r.State,
			Version: int(r.Version), Published: shown(r.ShownAt), By: r.ChangedBy})
	}
	return out, nil
}

// shown is the day since which staff read an entry; zero while they do not.
func shown(at *time.Time) civil.Date {
	if at == nil {
		return civil.Date{}
	}
	return locale.Day(*at)
}

// Find gives one entry.
func (s *Service) Find(ctx context.Context, a access.Actor, id uuid.UUID) (e Entry, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		all, err := entries(ctx, tx)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(x Entry) bool { return x.ID == id })
		if i < 0 {
			return fault.Missing("entry")
		}
		e = all[i]
		return nil
	})
	return e, err
}

// Actions lists the actions that an entry may name.
func (s *Service) Actions(ctx context.Context, a access.Actor) ([]Action, error) {
	return s.d.Actions(ctx, a)
}

// Keep writes a draft, or changes what stands: an entry of version 0 is new. The same new one again does nothing.
func (s *Service) Keep(ctx context.Context, a access.Actor, now time.Time, e Entry) error {
	if f := e.Check(theme.List(), locale.Day(now)); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	if e.Action != uuid.Nil {
		all, err := s.d.Actions(ctx, a)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(all, func(x Action) bool { return x.ID == e.Action }) {
			return fault.Missing("action")
		}
	}
	said, did := strings.TrimSpace(e.Said), strings.TrimSpace(e.Did)
	return s.do(ctx, a, now, "voice.kept", e.ID, func(q *db.Queries) (int64, error) {
		if e.Version == 0 {
			return q.InsertEntry(ctx, db.InsertEntryParams{OrganisationID: a.Organisation, ID: e.ID, ServiceID: a.Service, Theme: e.Theme, Said: said, Did: did,
				ActionID: postgres.Null(e.Action), ReviewOn: e.Review.UTC(), At: now, ByName: a.Name})
		}
		n, err := q.ChangeEntry(ctx, db.ChangeEntryParams{OrganisationID: a.Organisation, ID: e.ID, Theme: e.Theme, Said: said, Did: did, ActionID: postgres.Null(e.Action),
			ReviewOn: e.Review.UTC(), Version: int32(e.Version), At: now, ByName: a.Name}) //nolint:gosec // a version
		if err == nil && n == 0 {
			err = fault.New(fault.Conflict, "voice.changed")
		}
		return n, err
	})
}

// Publish shows a draft to staff.
func (s *Service) Publish(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) error {
	return s.do(ctx, a, now, "voice.published", id, func(q *db.Queries) (int64, error) {
		n, err := q.PublishEntry(ctx, db.PublishEntryParams{OrganisationID: a.Organisation, ID: id, At: now, ByName: a.Name})
		if err == nil && n == 0 {
			err = fault.Missing("draft")
		}
		return n, err
	})
}

// Withdraw takes an entry back.
func (s *Service) Withdraw(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) error {
	return s.do(ctx, a, now, "voice.withdrawn", id, func(q *db.Queries) (int64, error) {
		n, err := q.WithdrawEntry(ctx, db.WithdrawEntryParams{OrganisationID: a.Organisation, ID: id, At: now, ByName: a.Name})
		if err == nil && n == 0 {
			err = fault.Missing("entry")
		}
		return n, err
	})
}

// do changes one entry with its audit row; a change of nothing leaves none.
func (s *Service) do(ctx context.Context, a access.Actor, now time.Time, action string, id uuid.UUID, change func(*db.Queries) (int64, error)) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		n, err := change(db.New(tx))
		if err != nil {
			return fmt.Errorf("%s: %w", action, err)
		}
		if n == 0 {
			return nil
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: action, Kind: "said_did", Object: id})
	})
}

// Published is what staff read, behind the portal wall.
func (s *Service) Published(ctx context.Context, a access.Actor) (out []Entry, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListSaid(ctx, a.Service)
		if err != nil {
			return fmt.Errorf("list what was done: %w", err)
		}
		for _, r := range rows {
			out = append(out, Entry{ID: r.ID, Theme: r.Theme, Said: r.Said, Did: r.Did, Published: shown(r.ShownAt)})
		}
		return nil
	})
	return out, err
}
