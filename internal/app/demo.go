package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/config"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/sample"
)

// The samples of a demonstration, by name.
const (
	SmallSample = "small"
	ICSSample   = "ics"
)

// Demo says how to open the demonstration.
type Demo struct {
	Config config.Config
	Seed   uint64
	Sample string // what an empty folder is to hold; "" for the small one, and of a folder that has one for that one
	Now    func() time.Time
	Log    *slog.Logger
	Say    func(string) // told what is being made on the first start
}

// OpenDemo opens the demonstration. The first start makes the sample; one that was interrupted is made anew; a
// folder with somebody's own data is refused.
func OpenDemo(ctx context.Context, d Demo) (*Site, error) {
	database, err := OpenDatabase(ctx, d.Config, d.Log)
	if err != nil {
		return nil, err
	}
	if err := d.ensure(ctx, database); err != nil {
		return nil, errors.Join(err, database.Close(context.WithoutCancel(ctx)))
	}
	return wire(ctx, d.Config, database, d.Now, d.Log)
}

func (d Demo) ensure(ctx context.Context, database *Database) error {
	state, err := sample.StateOf(ctx, database.DB)
	if err != nil {
		return err
	}
	switch state {
	case sample.Complete:
		return d.fits(ctx, database)
	case sample.Real:
		return fmt.Errorf("%s holds a real installation: choose another folder for the demonstration with --data", d.Config.Data)
	case sample.Half:
		d.Say("The last start was interrupted while the sample was being made: making it anew")
		if err := database.remake(ctx); err != nil {
			return err
		}
	}
	keys, err := OpenKeys(d.Config)
	if err != nil {
		return err
	}
	err = sample.Build(ctx, sample.Deps{DB: database.DB, Ledger: activity.Ledger{Keys: keys}, Box: sealed.New(keys), Links: keys, Sign: keys.Other(release.SigningKey.Name), Analyze: database.analyze},
		sample.Options{Seed: d.Seed, ICS: d.Sample == ICSSample, Now: d.Now(), Dir: filepath.Join(d.Config.Data, "sample"), Progress: d.Say})
	if err != nil {
		return fmt.Errorf("make the sample: %w", err)
	}
	return nil
}

// fits refuses to show one sample to whoever asked for the other.
func (d Demo) fits(ctx context.Context, database *Database) error {
	if d.Sample == "" {
		return nil
	}
	large, err := sample.IsICS(ctx, database.DB)
	if err != nil {
		return err
	}
	if holds := map[bool]string{true: ICSSample, false: SmallSample}[large]; holds != d.Sample {
		return fmt.Errorf("%s holds the sample %s: choose another folder for %s with --data", d.Config.Data, holds, d.Sample)
	}
	return nil
}
