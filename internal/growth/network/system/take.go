package system

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

// The ways in which a release arrives.
const (
	Here = "here" // from an organisation of this installation
	File = "file"
)

// row is a figure as the table takes it.
type row struct {
	Metric     string        `json:"metric"`
	Item       string        `json:"item"`
	Month      civil.Date    `json:"month"`
	Definition string        `json:"definition"`
	State      release.State `json:"state"`
	Part       *int          `json:"part"`
	Whole      *int          `json:"whole"`
	Score      *int          `json:"score"`
}

// Deliver writes a release into the tables of an ICS, in the caller's transaction. What was received before stays: a release that says
// anything of a month that was released before is refused whole.
func Deliver(ctx context.Context, tx *postgres.Tx, to uuid.UUID, fingerprint string, r release.Release, way string, at time.Time) error {
	q := db.New(tx)
	n, err := q.InsertRelease(ctx, db.InsertReleaseParams{OrganisationID: to, ID: r.ID, Fingerprint: fingerprint, Code: r.Code, Name: r.Name, Model: r.Model, System: r.System, AsAt: r.AsAt.UTC(),
		MadeAt: r.MadeAt, TakenAt: postgres.Stamp(at), Way: way, Figures: int32(len(r.Figures))}) //nolint:gosec // Check bounds it
	if err != nil {
		return fmt.Errorf("receive a release: %w", err)
	}
	if n == 0 {
		return &sheet.Refused{Key: "network.file.again"}
	}
	rows := make([]row, len(r.Figures))
	for i, f := range r.Figures {
		rows[i] = row(f)
	}
	figures, err := json.Marshal(rows)
	if err != nil {
		return fmt.Errorf("receive a release: %w", err)
	}
	took, err := q.InsertValues(ctx, db.InsertValuesParams{OrganisationID: to, Fingerprint: fingerprint, Code: r.Code, ReleaseID: r.ID, Figures: figures})
	if err != nil {
		return fmt.Errorf("receive figures: %w", err)
	}
	if int(took) < len(rows) {
		return &sheet.Refused{Key: "network.file.frozen"}
	}
	return nil
}

// Has says whether a release has arrived where somebody writes to.
func Has(ctx context.Context, tx *postgres.Tx, to, id uuid.UUID) (bool, error) {
	has, err := db.New(tx).HasRelease(ctx, db.HasReleaseParams{OrganisationID: to, ID: id})
	if err != nil {
		return false, fmt.Errorf("look for a release: %w", err)
	}
	return has, nil
}

// Take takes the file of another installation. What is wrong with it is a *sheet.Refused, and nothing of it is kept.
func (s *Service) Take(ctx context.Context, a access.Actor, now time.Time, file []byte) (r release.Release, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		keys, err := keys(ctx, tx)
		if err != nil {
			return err
		}
		known := func(fingerprint string) bool {
			for _, k := range keys {
				if k.Fingerprint == fingerprint {
					return !k.Closed()
				}
			}
			return false
		}
		var fingerprint string
		if r, fingerprint, err = release.Open(file, known, s.pack, locale.Day(now)); err != nil {
			return err
		}
		me, err := organisation.On(ctx, tx, a.Organisation, locale.Day(now).UTC())
		if err != nil {
			return err
		}
		if r.System != release.SystemCode(me.ID, me.ODS) {
			return &sheet.Refused{Key: "network.file.elsewhere"}
		}
		if err := Deliver(ctx, tx, a.Organisation, fingerprint, r, File, now); err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "system.taken", Kind: "system_release", Object: r.ID})
	})
	return r, err
}

// Key is an installation whose files are taken.
type Key struct {
	Fingerprint, Name, By string
	Added                 time.Time
	ClosedAt              *time.Time
}

// Closed says whether its files are taken no more.
func (k Key) Closed() bool { return k.ClosedAt != nil }

func keys(ctx context.Context, tx *postgres.Tx) (out []Key, err error) {
	rows, err := db.New(tx).ListKeys(ctx, tx.Actor.Organisation)
	if err != nil {
		return nil, fmt.Errorf("list keys: %w", err)
	}
	for _, r := range rows {
		out = append(out, Key{r.Fingerprint, r.Name, r.ByName, r.AddedAt, r.ClosedAt})
	}
	return out, nil
}

// mostName is more than the longest name of an organisation.
const mostName = 120

// CheckKey says what is wrong with a key to register, and gives its fingerprint as it is kept.
func CheckKey(name, fingerprint string) (clean string, f fault.Fields) {
	if name == "" {
		f.Add("name", "system.key.name.empty")
	} else if len([]rune(name)) > mostName {
		f.Add("name", "form.too_long", "n", mostName)
	}
	clean, ok := release.CleanFingerprint(fingerprint)
	if !ok {
		f.Add("fingerprint", "system.key.fingerprint.bad")
	}
	return clean, f
}

// AddKey has the files of an installation taken from now on.
func (s *Service) AddKey(ctx context.Context, a access.Actor, at time.Time, name, fingerprint string) error {
	clean, f := CheckKey(name, fingerprint)
	if len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.do(ctx, a, at, "system.key_added", func(q *db.Queries) (int64, error) {
		return q.PutKey(ctx, db.PutKeyParams{SystemID: a.Organisation, Fingerprint: clean, Name: name, At: postgres.Stamp(at), ByName: a.Name})
	})
}

// CloseKey takes no more files of an installation; what it has sent stays.
func (s *Service) CloseKey(ctx context.Context, a access.Actor, at time.Time, fingerprint string) error {
	return s.do(ctx, a, at, "system.key_closed", func(q *db.Queries) (int64, error) {
		n, err := q.CloseKey(ctx, db.CloseKeyParams{At: &at, SystemID: a.Organisation, Fingerprint: fingerprint})
		if err == nil && n == 0 {
			err = fault.Missing("key")
		}
		return n, err
	})
}

func (s *Service) do(ctx context.Context, a access.Actor, at time.Time, action string, fn func(*db.Queries) (int64, error)) error {
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		n, err := fn(db.New(tx))
		if err != nil || n == 0 {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: action, Kind: "system_key", Object: a.Organisation})
	})
}
