// Package cast makes the people of a sample and the places they work at: organisations, OH services with their
// teams, staff as the staff feed brings them in, and accounts. The rest of the sample is played by them, and writes
// its rows by this package's bulk inserts, behind the same walls as everybody (bulk.go).
package cast

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

// Deps is what the sample writes with.
type Deps struct {
	DB      *postgres.DB
	Ledger  activity.Ledger
	Box     sealed.Box                  // seals the clinical text
	Links   diagnostic.Links            // makes the links of diagnostic rounds
	Sign    seal.Secret                 // signs releases (release.SigningKey)
	Analyze func(context.Context) error // has PostgreSQL count its rows; nil where nobody may, which is slower
}

// Options say what to invent.
type Options struct {
	Seed         uint64
	Now          time.Time
	NoInitiative bool         // the twin in which nothing was done about the waits
	Small        bool         // some 60 people and 40 referrals, for tests
	ICS          bool         // an ICS of eight organisations with 60,000 staff in place of the usual one
	Dir          string       // where the files that are imported are kept, for whoever wants to try an import
	Progress     func(string) // told what is being made; nil for silence
}

// Cast is who there is so far.
type Cast struct {
	Deps
	Options
	orgs     []*Org
	Services []*Service
	Accounts map[uuid.UUID]Who // by account
	made     int
	lessons  map[uuid.UUID]Lesson
}

// New is an empty cast.
func New(d Deps, o Options) *Cast {
	o.Now = o.Now.UTC().Truncate(time.Second)
	return &Cast{Deps: d, Options: o, Accounts: map[uuid.UUID]Who{}}
}

// Say tells whoever waits what is being made.
func (b *Cast) Say(s string) {
	if b.Progress != nil {
		b.Progress(s)
	}
}

// Recount has PostgreSQL count its rows, so that it plans well.
func (b *Cast) Recount(ctx context.Context) error {
	if b.Analyze == nil {
		return nil
	}
	return b.Analyze(ctx)
}

// space is the namespace of the sample's ids.
var space = uuid.MustParse("5a3b1e60-0000-4000-8000-526f77616e00")

// ID gives the n-th id of a kind; the same in every sample of the same seed.
func (b *Cast) ID(kind string, n int) uuid.UUID {
	return uuid.NewSHA1(space, fmt.Appendf(nil, "%d/%s/%d", b.Seed, kind, n))
}

// Next gives a new id.
func (b *Cast) Next() uuid.UUID {
	b.made++
	return b.ID("row", b.made)
}

// hurry makes a bulk load fast. Rows arrive faster than PostgreSQL counts them, and a plan made while a table was
// empty reads it from end to end for each row of a trigger; so rows are looked up by index alone. A crash loses no more by not
// waiting for the disk than by being a crash: an unfinished sample is made anew.
const hurry = `set local enable_seqscan = off; set local synchronous_commit = off`

// In is InTenant in a hurry.
func (b *Cast) In(ctx context.Context, a access.Actor, fn func(*postgres.Tx) error) error {
	return b.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		for _, set := range strings.Split(hurry, ";") {
			if _, err := tx.Exec(ctx, set); err != nil {
				return fmt.Errorf("prepare a bulk load: %w", err)
			}
		}
		return fn(tx)
	})
}
