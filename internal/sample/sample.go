package sample

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/sample/model"
)

// Options say what to invent.
type Options struct {
	Seed         uint64
	Now          time.Time
	NoInitiative bool         // the twin in which nothing was done about the waits
	Small        bool         // some 60 people and 40 referrals, for tests
	Dir          string       // where the files that are imported are kept, for whoever wants to try an import
	Progress     func(string) // told what is being made; nil for silence
}

// Deps is what the sample writes with.
type Deps struct {
	DB      *postgres.DB
	Ledger  activity.Ledger
	Box     sealed.Box                  // seals the clinical text
	Analyze func(context.Context) error // has PostgreSQL count its rows; nil where nobody may, which is slower
}

// Build makes the sample in an empty, migrated database.
func Build(ctx context.Context, d Deps, o Options) error {
	b := &builder{Deps: d, Options: o, rng: rand.New(rand.NewPCG(o.Seed, 0x53414d504c45)), accounts: map[uuid.UUID]who{}}
	b.Now = o.Now.UTC().Truncate(time.Second)
	for _, step := range []struct {
		say string
		do  func(context.Context) error
	}{
		{"organisations", b.places},
		{"staff", b.workforce},
		{"accounts", b.people},
		{"", b.analyze},
		{"three years of referrals", b.histories},
		{"today's work", b.live},
		{"absence", b.absence},
		{"data from outside", b.dataIn},
		{"figures for the charts", b.rollups},
	} {
		if step.say != "" {
			b.say("Making " + step.say)
		}
		if err := step.do(ctx); err != nil {
			return fmt.Errorf("make %s: %w", step.say, err)
		}
	}
	return b.finish(ctx)
}

type builder struct {
	Deps
	Options
	rng      *rand.Rand
	orgs     []*org
	services []*service
	accounts map[uuid.UUID]who // by account
	made     int
}

func (b *builder) say(s string) {
	if b.Progress != nil {
		b.Progress(s)
	}
}

func (b *builder) analyze(ctx context.Context) error {
	if b.Analyze == nil {
		return nil
	}
	return b.Analyze(ctx)
}

// space is the namespace of the sample's ids.
var space = uuid.MustParse("5a3b1e60-0000-4000-8000-526f77616e00")

// id gives the n-th id of a kind; the same in every sample of the same seed.
func (b *builder) id(kind string, n int) uuid.UUID {
	return uuid.NewSHA1(space, fmt.Appendf(nil, "%d/%s/%d", b.Seed, kind, n))
}

// next gives a new id.
func (b *builder) next() uuid.UUID {
	b.made++
	return b.id("row", b.made)
}

// hurry makes a bulk load fast. Rows arrive faster than PostgreSQL counts them, and a plan made while a table was
// empty reads it from end to end for each row of a trigger; so rows are looked up by index alone. A crash loses no more by not
// waiting for the disk than by being a crash: an unfinished sample is made anew.
const hurry = `set local enable_seqscan = off; set local synchronous_commit = off`

func (b *builder) in(ctx context.Context, a access.Actor, fn func(*postgres.Tx) error) error {
	return b.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		for _, set := range strings.Split(hurry, ";") {
			if _, err := tx.Exec(ctx, set); err != nil {
				return fmt.Errorf("prepare a bulk load: %w", err)
			}
		}
		return fn(tx)
	})
}

// plan is what the model runs for a service.
func (b *builder) plan(s *service) model.Plan {
	p := model.Plan{Seed: b.Seed*2 + uint64(s.n), Now: b.Now, PerYear: s.perYear, Clinics: s.clinics, Initiative: !b.NoInitiative && s.n == 0}
	return p
}

// finish marks the sample complete.
func (b *builder) finish(ctx context.Context) error {
	return b.in(ctx, access.SystemActor(access.Hall, uuid.Nil, uuid.Nil), func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `update installation set sample_at = $1`, b.Now)
		return err
	})
}
