package conversation

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/conversation/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/shared"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Part is one of a plan.
type Part struct {
	ID      uuid.UUID
	Key     string
	Words   string
	Changed time.Time
}

// Share is that a manager reads some parts.
type Share struct {
	With  uuid.UUID
	Parts []string
	At    time.Time
	Until civil.Date
	Rests bool // whom it was made for is not their manager today, and reads nothing
}

// OwnPlan is somebody's plan, as they see it.
type OwnPlan struct {
	Parts   []Part // those that are filled, in the order of the page
	Share   *Share
	Manager uuid.UUID // whom they can share it with; nil for nobody
}

// Mark says in a word what is shared, and with whom it would be: a form gives it back, so that nobody shares more, or with another,
// than the page said.
func (p OwnPlan) Mark() string {
	at := time.Time{}
	if p.Share != nil {
		at = p.Share.At
	}
	return postgres.Stamp(at).Format(time.RFC3339Nano) + " " + p.Manager.String()
}

// Read says whether the manager reads a part today, and so all that is saved in it.
func (p OwnPlan) Read(key string) bool {
	return p.Share != nil && !p.Share.Rests && slices.Contains(p.Share.Parts, key)
}

// Part finds one by its key.
func (p OwnPlan) Part(key string) (Part, bool) {
	i := slices.IndexFunc(p.Parts, func(x Part) bool { return x.Key == key })
	if i < 0 {
		return Part{Key: key}, false
	}
	return p.Parts[i], true
}

// Plan reads the actor's own plan.
func (s *Service) Plan(ctx context.Context, a access.Actor, now time.Time) (p OwnPlan, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		p, err = s.plan(ctx, tx, now)
		return err
	})
	return p, err
}

func (s *Service) plan(ctx context.Context, tx *postgres.Tx, now time.Time) (p OwnPlan, err error) {
	a := tx.Actor
	if p.Parts, err = s.parts(ctx, tx, a.Person); err != nil {
		return p, err
	}
	if p.Manager, err = manager(ctx, tx, now); err != nil {
		return p, err
	}
	r, err := db.New(tx).FindShare(ctx, db.FindShareParams{OrganisationID: a.Organisation, PersonID: a.Person})
	if errors.Is(err, pgx.ErrNoRows) {
		return p, nil
	}
	if err != nil {
		return p, fmt.Errorf("find share: %w", err)
	}
	if until := civil.Of(r.Until); until.After(locale.Day(now)) {
		p.Share = &Share{r.WithPersonID, r.Parts, r.At, until, !r.Live}
	}
	return p, nil
}

// parts opens the parts of a plan that row security shows.
func (s *Service) parts(ctx context.Context, tx *postgres.Tx, person uuid.UUID) (out []Part, err error) {
	a := tx.Actor
	rows, err := db.New(tx).ListPlan(ctx, db.ListPlanParams{ServiceID: a.Service, OrganisationID: a.Organisation, PersonID: person})
	if err != nil {
		return nil, fmt.Errorf("list plan: %w", err)
	}
	for _, r := range rows {
		words, err := s.d.Box.Open(sealed.WellbeingPlan, a.Service, r.ID, r.Words)
		if err != nil {
			return nil, err
		}
		out = append(out, Part{r.ID, r.Part, words, r.ChangedAt})
	}
	slices.SortFunc(out, func(a, b Part) int { return slices.Index(Parts, a.Key) - slices.Index(Parts, b.Key) })
	return out, nil
}

func manager(ctx context.Context, tx *postgres.Tx, now time.Time) (uuid.UUID, error) {
	a, today := tx.Actor, locale.Day(now).UTC()
	id, err := db.New(tx).FindManager(ctx, db.FindManagerParams{OrganisationID: a.Organisation, PersonID: a.Person, OnDay: today})
	if errors.Is(err, pgx.ErrNoRows) || err == nil && id == nil {
		return uuid.Nil, nil
	}
	if err != nil {
		return uuid.Nil, fmt.Errorf("find manager: %w", err)
	}
	return *id, nil
}

// CheckPart says what is wrong with a part.
func CheckPart(words string) (f fault.Fields) {
	f.Long("words", words, MaxPart)
	return f
}

// Write keeps a part of the actor's plan; empty words take it away. seen is when the part that the form showed was changed, zero where
// there was none: what another window saved meanwhile is not written over.
func (s *Service) Write(ctx context.Context, a access.Actor, at, seen time.Time, part, words string) error {
	if !slices.Contains(Parts, part) {
		return fault.Missing("part")
	}
	if f := CheckPart(words); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		had, err := s.parts(ctx, tx, a.Person)
		if err != nil {
			return err
		}
		old, found := OwnPlan{Parts: had}.Part(part)
		if !old.Changed.Equal(seen) {
			return fault.New(fault.Conflict, "conversation.plan.changed")
		}
		var n int64
		empty := strings.TrimSpace(words) == ""
		switch {
		case empty && !found:
			return nil
		case empty:
			n, err = q.DeletePart(ctx, db.DeletePartParams{ServiceID: a.Service, PersonID: a.Person, Part: part, Seen: seen})
		case found:
			var cell []byte
			if cell, err = s.d.Box.Seal(sealed.WellbeingPlan, a.Service, old.ID, words); err != nil {
				return err
			}
			n, err = q.ChangePart(ctx, db.ChangePartParams{ServiceID: a.Service, ID: old.ID, PersonID: a.Person, Words: cell, At: postgres.Stamp(at), Seen: seen})
		default:
			old.ID = uuid.New()
			var cell []byte
			if cell, err = s.d.Box.Seal(sealed.WellbeingPlan, a.Service, old.ID, words); err != nil {
				return err
			}
			n, err = q.InsertPart(ctx, db.InsertPartParams{ServiceID: a.Service, ID: old.ID, OrganisationID: a.Organisation, PersonID: a.Person, Part: part, Words: cell, At: postgres.Stamp(at)})
		}
		if err != nil {
			return fmt.Errorf("write plan: %w", err)
		}
		if n == 0 { // the other window was quicker by a moment
			return fault.New(fault.Conflict, "conversation.plan.changed")
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "conversation.plan_written", Kind: "wellbeing_plan", Object: old.ID, Subject: a.Person})
	})
}

// CheckShare says what is wrong with a choice of parts.
func CheckShare(parts []string) (f fault.Fields) {
	if len(parts) == 0 || slices.ContainsFunc(parts, func(p string) bool { return !slices.Contains(Parts, p) }) {
		f.Add("parts", "conversation.share.empty")
	}
	return f
}

// sharedDays is how long a share lasts unless it is taken back: until the next conversation at the latest. The table checks it too.
const sharedDays = 365

// Share lets the actor's manager read some parts of the plan; what was shared before is replaced. seen is the mark of what the form
// showed: another window may have stopped the sharing meanwhile, or another become their manager.
func (s *Service) Share(ctx context.Context, a access.Actor, at time.Time, seen string, parts []string) error {
	if f := CheckShare(parts); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		had, err := s.plan(ctx, tx, at)
		if err != nil {
			return err
		}
		to := had.Manager
		switch {
		case to == uuid.Nil:
			return fault.New(fault.Conflict, "conversation.share.nobody")
		case had.Mark() != seen:
			return fault.New(fault.Conflict, "conversation.share.changed")
		}
		q := db.New(tx)
		if _, err := q.DeleteShare(ctx, db.DeleteShareParams{OrganisationID: a.Organisation, PersonID: a.Person}); err != nil {
			return fmt.Errorf("replace share: %w", err)
		}
		if err := q.InsertShare(ctx, db.InsertShareParams{OrganisationID: a.Organisation, PersonID: a.Person, WithPersonID: to, Name: a.Name, Parts: parts, At: postgres.Stamp(at), Until: locale.Day(at).AddDays(sharedDays).UTC()}); err != nil {
			return fmt.Errorf("insert share: %w", err)
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "conversation.plan_shared", Kind: "person", Object: to, Subject: a.Person})
	})
}

// Unshare takes that back.
func (s *Service) Unshare(ctx context.Context, a access.Actor, at time.Time) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		n, err := db.New(tx).DeleteShare(ctx, db.DeleteShareParams{OrganisationID: a.Organisation, PersonID: a.Person})
		if err != nil || n == 0 {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "conversation.plan_unshared", Kind: "person", Object: a.Person, Subject: a.Person})
	})
}

// given is a plan as others read it.
var given = shared.Kind{What: "plan", Action: "conversation.plan_read", All: func(ctx context.Context, tx *postgres.Tx) ([]shared.From, error) {
	return shared.List(db.New(tx).ListSharedWith(ctx, db.ListSharedWithParams{OrganisationID: tx.Actor.Organisation, WithPersonID: tx.Actor.Person}))
}}

// SharedWithMe lists who shares their plan with the actor, who reads as themselves.
func (s *Service) SharedWithMe(ctx context.Context, a access.Actor) (out []shared.From, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		out, err = given.All(ctx, tx)
		return err
	})
	return out, err
}

// ReadShared reads what somebody shares with the actor; they see who looked.
func (s *Service) ReadShared(ctx context.Context, a access.Actor, at time.Time, r *http.Request) (f shared.From, out []Part, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		if f, err = given.Read(ctx, tx, at, r); err != nil {
			return err
		}
		out, err = s.parts(ctx, tx, f.Person)
		return err
	})
	return f, out, err
}
