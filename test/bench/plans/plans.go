// Package plans times what somebody waits for who runs a scenario: its inputs are read as they are kept, a team is drawn for each
// replication, the model is made, five years are simulated and reckoned, and the answer is written and stored.
package plans

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/capacitytest"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/number"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/people"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/platform/pgchild"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
	"github.com/rowan-ohwb/rowan/internal/sample"
)

const (
	aim   = 5 * time.Second // of five years in 500 replications
	times = 20              // each, by turns
)

// run is a scenario of the small sample as it is kept.
type run struct {
	id     uuid.UUID
	inputs []byte
}

// Runs times the preferred option of the small sample, and the same team with the referrals of a trust, 30 a week: with a team drawn for each
// replication, and beside it by the middle of the plan for people, as one team. It fails where the median misses the aim. line prints a figure.
func Runs(ctx context.Context, folder string, line func(what, figure string)) error {
	child, err := pgchild.Start(ctx, pgchild.Config{Dir: filepath.Join(folder, "plans"), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	defer child.Stop(ctx)
	super, err := pgx.Connect(ctx, child.DSN(pgchild.Super, "postgres"))
	if err != nil {
		return err
	}
	defer super.Close(ctx)
	small, err := made(ctx, folder, child, super)
	if err != nil {
		return err
	}
	trust := small
	if trust.inputs, err = busier(small.inputs); err != nil {
		return err
	}
	for _, x := range []struct {
		of string
		run
	}{{"the small sample", small}, {"30 referrals a week", trust}} {
		if err := compare(ctx, super, x.of, x.run, line); err != nil {
			return err
		}
	}
	return nil
}

// made makes the small sample, and gives its preferred option.
func made(ctx context.Context, folder string, child *pgchild.Child, super *pgx.Conn) (r run, err error) {
	if err := postgres.Migrate(ctx, postgres.MigrateOptions{Admin: child.DSN(pgchild.Super, "postgres")}); err != nil {
		return r, err
	}
	db, err := postgres.Open(ctx, func(login string) string { return child.DSN(login, "postgres") }, postgres.LoginPrefix)
	if err != nil {
		return r, err
	}
	defer db.Close()
	keys, err := seal.Open(filepath.Join(folder, "plans-keys"), release.SigningKey)
	if err != nil {
		return r, err
	}
	if err := sample.Build(ctx, sample.Deps{DB: db, Ledger: activity.Ledger{Keys: keys}, Box: sealed.New(keys), Links: keys, Sign: keys.Other(release.SigningKey.Name)}, sample.Options{Seed: 1, Small: true, Now: capacitytest.Now}); err != nil {
		return r, err
	}
	return r, super.QueryRow(ctx, `select id, inputs from capacity_run where inputs ->> 'option' = 'preferred' and kind = 'scenario' limit 1`).Scan(&r.id, &r.inputs)
}

// busier gives the inputs of a scenario the fits of an invented ledger.
func busier(inputs []byte) ([]byte, error) {
	var in capacity.Inputs
	if err := json.Unmarshal(inputs, &in); err != nil {
		return nil, err
	}
	fits, err := capacitytest.History(1, 1).Fit(capacitytest.Last, workday.England())
	if err != nil {
		return nil, err
	}
	in.Fits = number.Apply(fits, capacity.New(capacity.Deps{}).Pack(), nil, map[string]float64{})
	in.Fits.Weeks = nil
	return json.Marshal(in)
}

// compare times a run with futures of the team and without.
func compare(ctx context.Context, super *pgx.Conn, of string, r run, line func(what, figure string)) error {
	service := capacity.New(capacity.Deps{Futures: people.Source{Draw: joints.DrawFutures}})
	var in capacity.Inputs
	if err := json.Unmarshal(r.inputs, &in); err != nil {
		return err
	}
	if len(in.People) == 0 || in.Replications != capacity.Replications || len(in.Quarters) != capacity.Quarters+1 {
		return fmt.Errorf("not five years of a plan for people in %d replications", capacity.Replications)
	}
	in.People = nil
	middle, err := json.Marshal(in)
	if err != nil {
		return err
	}
	once := func(inputs []byte) (result, draws []byte, took time.Duration, err error) {
		begin := time.Now()
		if result, draws, err = service.Answer(ctx, inputs, func(int) {}); err != nil {
			return nil, nil, 0, err
		}
		_, err = super.Exec(ctx, `update capacity_run set state = 'done', done = total, finished_at = now(), result = $2, draws = $3 where id = $1`, r.id, result, draws)
		return result, draws, time.Since(begin), err
	}
	// What is timed is checked first: one worker gives the same bytes as all.
	first, luck, _, err := once(r.inputs)
	if err != nil {
		return err
	}
	workers := runtime.GOMAXPROCS(1)
	again, other, _, err := once(r.inputs)
	runtime.GOMAXPROCS(workers)
	if err != nil {
		return err
	}
	if !bytes.Equal(first, again) || !bytes.Equal(luck, other) {
		return fmt.Errorf("%s: the answer differs with the number of workers", of)
	}
	var with, without []time.Duration
	for range times {
		for _, x := range []struct {
			inputs []byte
			took   *[]time.Duration
		}{{r.inputs, &with}, {middle, &without}} {
			_, _, took, err := once(x.inputs)
			if err != nil {
				return err
			}
			*x.took = append(*x.took, took)
		}
	}
	half, most := at(with, 0.5), at(with, 0.95)
	load, _ := os.ReadFile("/proc/loadavg")
	line("load of the machine in the last minute", strings.Fields(string(load) + " unknown")[0])
	line(fmt.Sprintf("%s: 5 years x %d, median; p95", of, capacity.Replications), fmt.Sprintf("%.2f s; %.2f s (aim: %g s)", half.Seconds(), most.Seconds(), aim.Seconds()))
	line("by the middle of the plan for people, one team for all", fmt.Sprintf("%.2f s; %.2f s", at(without, 0.5).Seconds(), at(without, 0.95).Seconds()))
	line("what the teams cost, as a ratio of the medians", fmt.Sprintf("%.2f", half.Seconds()/at(without, 0.5).Seconds()))
	line("inputs; answer with its draws, stored", fmt.Sprintf("%d kB; %d kB", len(r.inputs)>>10, (len(first)+len(luck))>>10))
	if half > aim { // p95 is said, and tells more of what else the machine did
		return fmt.Errorf("%s: the median is %.2f s, above the aim of %g s", of, half.Seconds(), aim.Seconds())
	}
	return nil
}

// at is the time that so many of all did not exceed.
func at(all []time.Duration, share float64) time.Duration {
	all = slices.Sorted(slices.Values(all))
	return all[max(int(math.Ceil(share*float64(len(all))))-1, 0)]
}
