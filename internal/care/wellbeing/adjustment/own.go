package adjustment

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/adjustment/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Item is one of a passport.
type Item struct {
	Code     string
	Added    time.Time
	How, Why string // Why only for its owner
	Asks     []Ask  // the newest first
}

// Now is what was asked of the manager of today and has not ended.
func (i Item) Now() (Ask, bool) {
	n := slices.IndexFunc(i.Asks, func(a Ask) bool { return a.Ended.IsZero() && !a.Rests })
	if n < 0 {
		return Ask{}, false
	}
	return i.Asks[n], true
}

// Before is from when it was agreed with somebody who is not their manager today; zero where it was not, or has ended.
func (i Item) Before() civil.Date {
	for _, a := range i.Asks {
		if last, ok := a.Last(); ok && a.Rests && a.InPlace() {
			return last.From
		}
	}
	return civil.Date{}
}

// Share is that a manager reads some items.
type Share struct {
	Codes []string
	At    time.Time
	Until civil.Date
	Rests bool // whom it was made for is not their manager today, and reads nothing
}

// Passport is somebody's, as they see it.
type Passport struct {
	Items   []Item
	Past    []Ask // of items that are no longer in it
	Share   *Share
	Manager bool     // they have a manager to ask
	Helped  []Helped // what they are asked, answered or not
}

// Hours lists what they answered about coming back step by step.
func (p Passport) Hours() (out []Helped) {
	for _, h := range p.Helped {
		if h.Kind == KindHours && h.Answer != "" {
			out = append(out, h)
		}
	}
	return out
}

// Item finds one by its code.
func (p Passport) Item(code string) (Item, bool) {
	i := slices.IndexFunc(p.Items, func(x Item) bool { return x.Code == code })
	if i < 0 {
		return Item{Code: code}, false
	}
	return p.Items[i], true
}

// Read says whether the manager reads an item today, and so all that is saved of how it is done.
func (p Passport) Read(code string) bool {
	return p.Share != nil && !p.Share.Rests && slices.Contains(p.Share.Codes, code)
}

// Waiting lists what they are asked and have not answered.
func (p Passport) Waiting() (out []Helped) {
	for _, h := range p.Helped {
		if h.Answer == "" {
			out = append(out, h)
		}
	}
	return out
}

// Question finds one that they are asked.
func (p Passport) Question(kind string, about uuid.UUID, week int) (Helped, bool) {
	i := slices.IndexFunc(p.Helped, func(h Helped) bool { return h.Kind == kind && h.About == about && h.Week == week })
	if i < 0 {
		return Helped{}, false
	}
	return p.Helped[i], true
}

// Mine reads the actor's own passport.
func (s *Service) Mine(ctx context.Context, a access.Actor, now time.Time) (p Passport, err error) {
	err = s.in(ctx, a, func(tx *postgres.Tx, _ *db.Queries) error {
		p, err = s.mine(ctx, tx, now)
		return err
	})
	return p, err
}

func (s *Service) mine(ctx context.Context, tx *postgres.Tx, now time.Time) (p Passport, err error) {
	a := tx.Actor
	if p.Items, err = s.items(ctx, tx, a.Person); err != nil {
		return p, err
	}
	led, err := managers(ctx, tx, now)
	if err != nil {
		return p, err
	}
	p.Manager = len(led) > 0
	all, err := asks(ctx, tx, []uuid.UUID{a.Person})
	if err != nil {
		return p, err
	}
	for _, x := range all[a.Person] {
		x.Rests = !slices.Contains(led, x.Manager)
		p.Helped = append(p.Helped, x.Helped...)
		if i := slices.IndexFunc(p.Items, func(i Item) bool { return i.Code == x.Code }); i >= 0 {
			p.Items[i].Asks = append(p.Items[i].Asks, x)
		} else {
			p.Past = append(p.Past, x)
		}
	}
	went, err := helped(ctx, tx, []uuid.UUID{a.Person})
	if err != nil {
		return p, err
	}
	for _, h := range went[a.Person] {
		if h.Kind == KindHours {
			p.Helped = append(p.Helped, h)
		}
	}
	share, err := db.New(tx).FindShare(ctx, db.FindShareParams{OrganisationID: a.Organisation, PersonID: a.Person})
	if errors.Is(err, pgx.ErrNoRows) {
		return p, nil
	}
	if err != nil {
		return p, fmt.Errorf("find share: %w", err)
	}
	if until := civil.Of(share.Until); until.After(locale.Day(now)) {
		p.Share = &Share{share.Codes, share.At, until, !slices.Contains(led, share.WithPersonID)}
	}
	return p, nil
}

// items reads the items of a passport that row security shows, and opens their words.
func (s *Service) items(ctx context.Context, tx *postgres.Tx, person uuid.UUID) (out []Item, err error) {
	rows, err := db.New(tx).ListItems(ctx, db.ListItemsParams{OrganisationID: tx.Actor.Organisation, PersonID: person})
	if err != nil {
		return nil, fmt.Errorf("list items: %w", err)
	}
	notes, err := s.notes(ctx, tx, person)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		out = append(out, Item{Code: r.Code, Added: r.AddedAt, How: notes[r.Code+How].words, Why: notes[r.Code+Why].words})
	}
	return out, nil
}

type words struct {
	id    uuid.UUID
	words string
}

func (s *Service) notes(ctx context.Context, tx *postgres.Tx, person uuid.UUID) (map[string]words, error) {
	a := tx.Actor
	rows, err := db.New(tx).ListNotes(ctx, db.ListNotesParams{ServiceID: a.Service, OrganisationID: a.Organisation, PersonID: person})
	if err != nil {
		return nil, fmt.Errorf("list notes: %w", err)
	}
	out := map[string]words{}
	for _, r := range rows {
		text, err := s.d.Box.Open(sealed.PassportNote, a.Service, r.ID, r.Words)
		if err != nil {
			return nil, err
		}
		out[r.Code+r.Part] = words{r.ID, text}
	}
	return out, nil
}

// Write puts an item into the actor's passport, or changes its words.
func (s *Service) Write(ctx context.Context, a access.Actor, at time.Time, code, how, why string) error {
	if err := refuse(s.pack.CheckItem(code, how, why)); err != nil {
		return err
	}
	return s.in(ctx, a, func(tx *postgres.Tx, q *db.Queries) error {
		if _, err := q.InsertItem(ctx, db.InsertItemParams{OrganisationID: a.Organisation, PersonID: a.Person, Code: code, At: at}); err != nil {
			return fmt.Errorf("insert item: %w", err)
		}
		had, err := s.notes(ctx, tx, a.Person)
		if err != nil {
			return err
		}
		for part, text := range map[string]string{How: how, Why: why} {
			if err := s.keep(ctx, tx, at, code, part, text, had[code+part]); err != nil {
				return err
			}
		}
		return note(ctx, tx, at, "adjustment.passport_written", "passport", a.Person, a.Person)
	})
}

// keep writes one part of an item; empty words take it away.
func (s *Service) keep(ctx context.Context, tx *postgres.Tx, at time.Time, code, part, text string, had words) error {
	q, a := db.New(tx), tx.Actor
	text = strings.TrimSpace(text)
	if text == had.words {
		return nil
	}
	if text == "" {
		if err := q.DeleteNote(ctx, db.DeleteNoteParams{ServiceID: a.Service, ID: had.id, PersonID: a.Person}); err != nil {
			return fmt.Errorf("delete note: %w", err)
		}
		return nil
	}
	id := had.id
	if id == uuid.Nil {
		id = uuid.New()
	}
	cell, err := s.d.Box.Seal(sealed.PassportNote, a.Service, id, text)
	if err != nil {
		return err
	}
	if had.id != uuid.Nil {
		err = q.ChangeNote(ctx, db.ChangeNoteParams{ServiceID: a.Service, ID: id, PersonID: a.Person, Words: cell, At: at})
	} else {
		err = q.InsertNote(ctx, db.InsertNoteParams{ServiceID: a.Service, ID: id, OrganisationID: a.Organisation, PersonID: a.Person, Code: code, Part: part, Words: cell, At: at})
	}
	if err != nil {
		return fmt.Errorf("keep note: %w", err)
	}
	return nil
}

// Remove takes an item out of the passport with its words, ends what was asked for and shares it no longer. What was answered stays in
// the history.
func (s *Service) Remove(ctx context.Context, a access.Actor, at time.Time, code string) error {
	return s.in(ctx, a, func(tx *postgres.Tx, q *db.Queries) error {
		p, err := s.mine(ctx, tx, at)
		if err != nil {
			return err
		}
		n, err := q.DeleteItem(ctx, db.DeleteItemParams{OrganisationID: a.Organisation, PersonID: a.Person, Code: code})
		if err != nil {
			return fmt.Errorf("delete item: %w", err)
		}
		if n == 0 {
			return nil // gone already
		}
		had, err := s.notes(ctx, tx, a.Person)
		if err != nil {
			return err
		}
		for _, part := range []string{How, Why} {
			if err := s.keep(ctx, tx, at, code, part, "", had[code+part]); err != nil {
				return err
			}
		}
		item, _ := p.Item(code)
		for _, x := range item.Asks {
			if _, err := q.EndAsk(ctx, db.EndAskParams{OrganisationID: a.Organisation, ID: x.ID, PersonID: a.Person, At: &at}); err != nil {
				return fmt.Errorf("end ask: %w", err)
			}
		}
		if p.Share != nil && slices.Contains(p.Share.Codes, code) {
			if err := narrow(ctx, tx, code); err != nil {
				return err
			}
		}
		return note(ctx, tx, at, "adjustment.passport_removed", "passport", a.Person, a.Person)
	})
}

// End says that what was asked for is no longer wanted or needed.
func (s *Service) End(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID) error {
	return s.in(ctx, a, func(tx *postgres.Tx, q *db.Queries) error {
		all, err := asks(ctx, tx, []uuid.UUID{a.Person})
		if err != nil {
			return err
		}
		if _, theirs := find(all[a.Person], id); !theirs {
			return fault.Missing("adjustment")
		}
		n, err := q.EndAsk(ctx, db.EndAskParams{OrganisationID: a.Organisation, ID: id, PersonID: a.Person, At: &at})
		if err != nil {
			return fmt.Errorf("end ask: %w", err)
		}
		if n == 0 {
			return fault.New(fault.Conflict, "adjustment.changed")
		}
		return note(ctx, tx, at, "adjustment.ended", "adjustment", id, a.Person)
	})
}
