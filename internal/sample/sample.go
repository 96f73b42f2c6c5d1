package sample

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/sample/cast"
	"github.com/rowan-ohwb/rowan/internal/sample/codesigned"
	"github.com/rowan-ohwb/rowan/internal/sample/commons"
	"github.com/rowan-ohwb/rowan/internal/sample/exchange"
	"github.com/rowan-ohwb/rowan/internal/sample/ics"
	"github.com/rowan-ohwb/rowan/internal/sample/mentors"
	"github.com/rowan-ohwb/rowan/internal/sample/nation"
	"github.com/rowan-ohwb/rowan/internal/sample/network"
	"github.com/rowan-ohwb/rowan/internal/sample/openday"
	"github.com/rowan-ohwb/rowan/internal/sample/past"
	"github.com/rowan-ohwb/rowan/internal/sample/surveyed"
	"github.com/rowan-ohwb/rowan/internal/sample/terms"
)

// Options say what to invent.
type Options = cast.Options

// Deps is what the sample writes with.
type Deps = cast.Deps

// builder adds to the cast and its past what follows from them.
type builder struct {
	*cast.Cast
	past past.Past
}

// Build makes the sample in an empty, migrated database.
func Build(ctx context.Context, d Deps, o Options) error {
	b := &builder{Cast: cast.New(d, o)}
	tell := network.Tell
	if o.ICS {
		tell = ics.Tell
	}
	for _, step := range []struct {
		say string
		do  func(context.Context) error
	}{
		{"organisations", b.Places},
		{"staff", b.Workforce},
		{"accounts", b.People},
		{"", b.Recount},
		{"three years of referrals", b.write},
		{"today's work", func(ctx context.Context) error { return b.past.Today(ctx) }},
		{"absence", b.absence},
		{"data from outside", b.dataIn},
		{"figures for the charts", b.rollups},
		{"activity of another system", b.elsewhere},
		{"the growth wing", b.grow},
		{"the practice of the team", b.practice},
		{"champions and conversations", b.wellbeing},
		{"training", b.training},
		{"open days", func(ctx context.Context) error { return openday.Tell(ctx, b.Cast) }},
		{"mentoring", func(ctx context.Context) error { return mentors.Tell(ctx, b.Cast) }},
		{"what people said", b.voices},
		{"contracts", b.clients},
		{"what contracts agree on", func(ctx context.Context) error { return terms.Tell(ctx, b.Cast) }},
		{"the integrated care system", func(ctx context.Context) error { return tell(ctx, b.Cast) }},
		{"what organisations do together for their people", func(ctx context.Context) error { return exchange.Tell(ctx, b.Cast) }},
		{"the national programme", func(ctx context.Context) error { return nation.Tell(ctx, b.Cast) }},
		{"the community of practice", func(ctx context.Context) error { return commons.Tell(ctx, b.Cast) }},
		{"a survey of its members", func(ctx context.Context) error { return surveyed.Tell(ctx, b.Cast) }},
		{"the framework", func(ctx context.Context) error { return codesigned.Tell(ctx, b.Cast) }},
	} {
		if step.say != "" {
			b.Say("Making " + step.say)
		}
		if err := step.do(ctx); err != nil {
			return fmt.Errorf("make %s: %w", step.say, err)
		}
	}
	return b.finish(ctx)
}

func (b *builder) write(ctx context.Context) (err error) {
	b.past, err = past.Write(ctx, b.Cast)
	return err
}

// finish marks the sample complete.
func (b *builder) finish(ctx context.Context) error {
	return b.In(ctx, access.SystemActor(access.Hall, uuid.Nil, uuid.Nil), func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `update installation set sample_at = $1`, b.Now)
		return err
	})
}
