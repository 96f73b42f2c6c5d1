package codesign

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/codesign/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/community/member"
	"github.com/rowan-ohwb/rowan/internal/growth/community/screen"
	"github.com/rowan-ohwb/rowan/internal/growth/framework"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

func changed() error { return fault.New(fault.Conflict, "codesign.changed") }

func refuse(f fault.Fields) error {
	if len(f) == 0 {
		return nil
	}
	return fault.New(fault.Invalid, f[0].Key)
}

// command runs a command in one transaction with its audit row, for who is in the community; one that was done before leaves none.
func (s *Service) command(ctx context.Context, a access.Actor, at time.Time, action, kind string, id uuid.UUID, fn func(*db.Queries, member.Community, House) error) error {
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		c, err := member.Entered(ctx, tx)
		if err != nil {
			return err
		}
		q := db.New(tx)
		h, err := read(ctx, q, a, c)
		if err != nil {
			return err
		}
		if err := fn(q, c, h); err != nil {
			if errors.Is(err, errAlready) {
				return nil
			}
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: action, Kind: kind, Object: id})
	})
}

// hosting is command for the host: to everybody else what it is about is not there.
func (s *Service) hosting(ctx context.Context, a access.Actor, at time.Time, action, kind string, id uuid.UUID, fn func(*db.Queries, member.Community, House) error) error {
	return s.command(ctx, a, at, action, kind, id, func(q *db.Queries, c member.Community, h House) error {
		if !c.Hosted || !slices.Contains(Hosts, a.Role) {
			return fault.Missing("framework")
		}
		return fn(q, c, h)
	})
}

// Start begins a draft from the newest version. There is one at a time. The same id again changes nothing.
func (s *Service) Start(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, name, source string) error {
	if err := refuse(CheckNames(name, source)); err != nil {
		return err
	}
	return s.hosting(ctx, a, at, "framework.started", "framework_version", id, func(q *db.Queries, c member.Community, h House) error {
		if _, err := h.Find(id); err == nil {
			return errAlready
		}
		if _, there := h.Draft(); there {
			return fault.New(fault.Conflict, "codesign.one")
		}
		from := h.Published()[len(h.Published())-1]
		themes, err := json.Marshal(from.Themes)
		if err != nil {
			return fmt.Errorf("write themes: %w", err)
		}
		n, err := q.InsertVersion(ctx, db.InsertVersionParams{OrganisationID: c.ID, ID: id, Number: int32(from.Number + 1), Name: name, Source: source, Themes: themes, At: postgres.Stamp(at), ByName: a.Name}) //nolint:gosec // a number is small
		if err != nil {
			return fmt.Errorf("begin a draft: %w", err)
		}
		if n == 0 {
			return changed()
		}
		return nil
	})
}

// edit changes a draft: while a round on it is to come or running, nobody does.
func (s *Service) edit(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, stage int, fn func(*Draft, House) error) error {
	return s.hosting(ctx, a, at, "framework.draft_changed", "framework_version", id, func(q *db.Queries, c member.Community, h House) error {
		d, err := h.Find(id)
		if err != nil {
			return err
		}
		if err := h.Editable(d, at); err != nil {
			return err
		}
		if err := fn(&d, h); err != nil {
			return err
		}
		themes, err := json.Marshal(d.Themes)
		if err != nil {
			return fmt.Errorf("write themes: %w", err)
		}
		n, err := q.ChangeDraft(ctx, db.ChangeDraftParams{OrganisationID: c.ID, ID: id, Name: d.Name, Source: d.Source, Themes: themes, Version: int32(stage)}) //nolint:gosec // a version is small
		if err != nil {
			return fmt.Errorf("change a draft: %w", err)
		}
		if n == 0 {
			return changed()
		}
		return nil
	})
}

// Editable says why a version cannot be changed now; nil where it can.
func (h House) Editable(d Draft, now time.Time) error {
	if !d.Open() {
		return fault.New(fault.Conflict, "codesign.published")
	}
	if d.StateOf(nil, h.Rounds, locale.Day(now)) == InCodesign {
		return fault.New(fault.Conflict, "codesign.running")
	}
	return nil
}

// Describe changes what a draft is called and where it comes from.
func (s *Service) Describe(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, stage int, name, source string) error {
	if err := refuse(CheckNames(name, source)); err != nil {
		return err
	}
	return s.edit(ctx, a, at, id, stage, func(d *Draft, _ House) error {
		d.Name, d.Source = name, source
		return nil
	})
}

// AddTheme adds a theme, whose levels have no words yet. Its code is one that no version has used.
func (s *Service) AddTheme(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, stage int, title, use string) (code string, err error) {
	if err := refuse(framework.CheckTheme(title, use)); err != nil {
		return "", err
	}
	err = s.edit(ctx, a, at, id, stage, func(d *Draft, h House) error {
		if len(d.Themes) >= framework.MostThemes {
			return fault.New(fault.Conflict, "codesign.themes.many")
		}
		ever := [][]framework.Theme{d.Themes}
		for _, v := range h.Published() {
			ever = append(ever, v.Themes)
		}
		for _, r := range h.Rounds {
			ever = append(ever, r.Themes)
		}
		code = framework.NextCode(ever...)
		d.Themes = framework.Put(d.Themes, framework.Theme{Code: code, Title: title, Use: use})
		return nil
	})
	return code, err
}

// theme edits one theme of a draft.
func (s *Service) theme(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, stage int, code string, fn func(framework.Theme) (framework.Theme, error)) error {
	return s.edit(ctx, a, at, id, stage, func(d *Draft, _ House) error {
		t, ok := framework.Find(d.Themes, code)
		if !ok {
			return fault.Missing("theme")
		}
		t, err := fn(t)
		d.Themes = framework.Put(d.Themes, t)
		return err
	})
}

// NameTheme changes what a theme is called and about.
func (s *Service) NameTheme(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, stage int, code, title, use string) error {
	return s.theme(ctx, a, at, id, stage, code, func(t framework.Theme) (framework.Theme, error) {
		return t.Named(title, use), refuse(framework.CheckTheme(title, use))
	})
}

// WriteLevel changes the words of a level.
func (s *Service) WriteLevel(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, stage int, code string, level int, internal, procured, evidence string) error {
	return s.theme(ctx, a, at, id, stage, code, func(t framework.Theme) (framework.Theme, error) {
		if level < 1 || level > framework.Levels {
			return t, fault.Missing("level")
		}
		return t.With(level, internal, procured, evidence), refuse(framework.CheckLevel(t, level, internal, procured, evidence))
	})
}

// RemoveTheme takes a theme out of a draft. The versions that have it keep it.
func (s *Service) RemoveTheme(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, stage int, code string) error {
	return s.edit(ctx, a, at, id, stage, func(d *Draft, _ House) error {
		if _, ok := framework.Find(d.Themes, code); !ok {
			return fault.Missing("theme")
		}
		if len(d.Themes) == 1 {
			return fault.New(fault.Conflict, "codesign.themes.none")
		}
		d.Themes = slices.DeleteFunc(d.Themes, func(t framework.Theme) bool { return t.Code == code })
		return nil
	})
}

// Changes are what differs between a version and the one before it.
func (h House) Changes(d Draft) []framework.Change {
	return framework.Diff(h.Newest(d.Number).Themes, d.Themes)
}

// Hindrance says what keeps a draft from being published, as the key of its words; "" for nothing.
func (h House) Hindrance(d Draft, now time.Time) string {
	return Hindrance(d, h.Rounds, h.SaidOf(d.ID), h.Changes(d), locale.Day(now))
}

// Publish publishes a draft. From then on nobody changes it, and nobody an answer to what was said about it.
func (s *Service) Publish(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, stage int, in PublishIn) error {
	return s.hosting(ctx, a, at, "framework.published", "framework_version", id, func(q *db.Queries, c member.Community, h House) error {
		d, err := h.Find(id)
		if err != nil {
			return err
		}
		if !d.Open() {
			return fault.New(fault.Conflict, "codesign.published")
		}
		if key := h.Hindrance(d, at); key != "" {
			return fault.New(fault.Conflict, key)
		}
		changes := h.Changes(d)
		if err := refuse(CheckPublish(in, changes, locale.Day(at), s.FoundInPublish(at, in))); err != nil {
			return err
		}
		reasons := []framework.Reason{}
		for _, x := range changes {
			reasons = append(reasons, framework.Reason{Theme: x.Code, Why: framework.Version{Reasons: in.Reasons}.Why(x.Code)})
		}
		text, err := json.Marshal(reasons)
		if err != nil {
			return fmt.Errorf("write reasons: %w", err)
		}
		n, err := q.PublishVersion(ctx, db.PublishVersionParams{OrganisationID: c.ID, ID: id, EffectiveFrom: in.Effective.Null(), Summary: in.Summary, Reasons: text, At: postgres.Null(postgres.Stamp(at)), ByName: a.Name, Version: int32(stage)}) //nolint:gosec // a version is small
		if err != nil {
			return fmt.Errorf("publish a version: %w", err)
		}
		if n == 0 {
			return changed()
		}
		return nil
	})
}

// FoundInPublish lists what looks like a person in what is said with a version.
func (s *Service) FoundInPublish(at time.Time, in PublishIn) []screen.Finding {
	words := []string{in.Summary}
	for _, r := range in.Reasons {
		words = append(words, r.Why)
	}
	return s.Found(locale.Day(at), words...)
}
