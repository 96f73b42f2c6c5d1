package sample_test

import (
	"context"
	"testing"
	"time"

	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
	"github.com/rowan-ohwb/rowan/internal/sample"
)

func TestSmall(t *testing.T) {
	keys, err := seal.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	db := world.Open(t)
	err = sample.Build(context.Background(), sample.Deps{DB: db, Ledger: activity.Ledger{Keys: keys}}, sample.Options{Seed: 1, Now: time.Now(), Small: true, Progress: func(s string) { t.Log(s) }})
	if err != nil {
		t.Fatal(err)
	}
}
