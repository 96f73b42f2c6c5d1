package forecast

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/effect"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/growth/forecast/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Reading is the months of a figure that have a value, as they read at a time.
type Reading struct {
	Months      []civil.Date
	Values      []float64
	Fingerprint string
	At          time.Time
}

// Kept is the verdict that was kept when a forecast fell due.
type Kept struct {
	Reading
	Outcome Outcome
	Start   civil.Date
}

// Rewritten says how many months of the baseline no longer read as they did when the forecast was registered.
type Rewritten struct {
	N, Of     int
	Then, Now float64 // the mean of the months that both readings have
}

// reading is what a series says up to a month.
func (s Series) reading(f Forecast, last civil.Date, at time.Time) Reading {
	r := Reading{Months: []civil.Date{}, Values: []float64{}, At: at}
	var text strings.Builder
	fmt.Fprintf(&text, "%s\n%s\n", f.Cited.Version, f.Start())
	for i, m := range s.Months {
		if m.After(last) || !s.Values[i].Known {
			continue
		}
		r.Months, r.Values = append(r.Months, m), append(r.Values, s.Values[i].Value)
		fmt.Fprintf(&text, "%s %s\n", m, strconv.FormatFloat(s.Values[i].Value, 'g', -1, 64))
	}
	sum := sha256.Sum256([]byte(text.String()))
	r.Fingerprint = hex.EncodeToString(sum[:])
	return r
}

// series gives the months back, for the chart of a figure that is gone.
func (r Reading) series() (s Series) {
	s.Months = r.Months
	for _, v := range r.Values {
		s.Values = append(s.Values, spc.Some(v))
	}
	return s
}

// against compares a baseline with what the same months say later. Months before the later reading begins were not asked for.
func (r Reading) against(later Series) (out Rewritten) {
	if len(later.Months) == 0 {
		return out
	}
	now := map[civil.Date]spc.Number{}
	for i, m := range later.Months {
		now[m] = later.Values[i]
	}
	both := 0.0
	for i, m := range r.Months {
		if m.Before(later.Months[0]) {
			continue
		}
		out.Of++
		v := now[m]
		if !v.Known || math.Abs(v.Value-r.Values[i]) > 1e-9 {
			out.N++
		}
		if v.Known {
			both++
			out.Then += (r.Values[i] - out.Then) / both
			out.Now += (v.Value - out.Now) / both
		}
	}
	return out
}

// held is what was kept of the forecasts.
type held struct {
	baselines map[uuid.UUID]Reading
	verdicts  map[uuid.UUID]Kept
}

func loadHeld(ctx context.Context, tx *postgres.Tx) (held, error) {
	h := held{map[uuid.UUID]Reading{}, map[uuid.UUID]Kept{}}
	q := db.New(tx)
	baselines, err := q.ListBaselines(ctx, tx.Actor.Organisation)
	if err != nil {
		return h, fmt.Errorf("list baselines: %w", err)
	}
	for _, r := range baselines {
		h.baselines[r.ForecastID] = Reading{civilMonths(r.Months), r.Readings, r.Fingerprint, r.ReadAt}
	}
	verdicts, err := q.ListVerdicts(ctx, tx.Actor.Organisation)
	if err != nil {
		return h, fmt.Errorf("list verdicts: %w", err)
	}
	for _, r := range verdicts {
		h.verdicts[r.ForecastID] = Kept{Reading: Reading{civilMonths(r.Months), r.Readings, r.Fingerprint, r.JudgedAt}, Start: civil.Of(r.StartOn), Outcome: Outcome{Judgement: Judgement(r.Judgement),
			Verdict: effect.Verdict{Before: r.MeanBefore, After: r.MeanAfter, Low: r.Low, High: r.High, MonthsBefore: int(r.MonthsBefore), MonthsAfter: int(r.MonthsAfter)}}}
	}
	return h, nil
}

// keep stores a verdict, once. It is the house that judges, whoever opens the page.
func (s *Service) keep(ctx context.Context, a access.Actor, f Forecast, k Kept) error {
	v := k.Outcome.Verdict
	return s.d.DB.InTenant(ctx, access.SystemActor(access.Growth, a.Organisation, a.Service), func(tx *postgres.Tx) error {
		n, err := db.New(tx).InsertVerdict(ctx, db.InsertVerdictParams{OrganisationID: a.Organisation, ForecastID: f.ID, Judgement: string(k.Outcome.Judgement), StartOn: k.Start.UTC(), Months: times(k.Months), Readings: k.Values,
			Fingerprint: k.Fingerprint, MeanBefore: v.Before, MeanAfter: v.After, Low: v.Low, High: v.High, MonthsBefore: int32(v.MonthsBefore), MonthsAfter: int32(v.MonthsAfter), JudgedAt: k.At.UTC()}) //nolint:gosec // some dozens of months
		if err != nil {
			return fmt.Errorf("keep verdict: %w", err)
		}
		if n == 0 {
			return nil
		}
		return audit.Append(ctx, tx, audit.Entry{At: k.At, Action: "effect.settled", Kind: "forecast", Object: f.ID, Detail: map[string]string{"judgement": string(k.Outcome.Judgement), "fingerprint": k.Fingerprint}})
	})
}

func civilMonths(all []time.Time) []civil.Date {
	out := make([]civil.Date, len(all))
	for i, t := range all {
		out[i] = civil.Of(t)
	}
	return out
}

func times(all []civil.Date) []time.Time {
	out := make([]time.Time, len(all))
	for i, d := range all {
		out[i] = d.UTC()
	}
	return out
}
