package sample

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/csv"
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/activity/reach"
	"github.com/rowan-ohwb/rowan/internal/growth/absence"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/sample/cast"
	"github.com/rowan-ohwb/rowan/internal/sample/past"
)

// england is the published file of absence reasons (NHS England, NHS Sickness Absence Rates, Open Government
// Licence v3.0): the one thing here that is not invented.
//
//go:embed published/nhs-england-absence-reasons-2024-03-to-2025-02.csv
var england []byte

// absence imports the published reasons and an invented ESR report of each hospital trust, as its OH lead would.
func (b *builder) absence(ctx context.Context) error {
	take := absence.New(absence.Deps{DB: b.DB})
	for _, s := range b.Services {
		if s.Elsewhere { // its few people here are those who sign in, not its workforce
			continue
		}
		lead := s.Team[access.Lead][0].Actor(access.Growth)
		report := b.esr(s.Host)
		if err := b.Keep("esr-absence-"+s.Host.ODS+".csv", report); err != nil {
			return err
		}
		for name, file := range map[string][]byte{"esr-absence.csv": report, "nhs-england-absence-reasons.csv": england} {
			if _, err := take.Import(ctx, lead, b.Now, name, bytes.NewReader(file)); err != nil {
				return fmt.Errorf("import %s: %w", name, err)
			}
		}
	}
	return nil
}

var esrHeading = []string{"Employee", "Assignment Number", "Primary Assignment", "FTE", "Absence Reason", "Absence Type", "Staff Group",
	"Absence Start Date", "Absence End Date", "Calendar Days Lost", "FTE Days Lost"}

var esrReasons = []string{"S10 Anxiety/stress/depression/other psychiatric illnesses", "S10 Anxiety/stress/depression/other psychiatric illnesses", "S13 Cold Cough Flu - Influenza",
	"S13 Cold Cough Flu - Influenza", "S13 Cold Cough Flu - Influenza", "S25 Gastrointestinal problems", "S25 Gastrointestinal problems", "S12 Other musculoskeletal problems",
	"S11 Back Problems", "S16 Headache / migraine", "S28 Injury fracture", "S26 Genitourinary & gynaecological disorders", "S98 Other known causes - not elsewhere classified",
	"S99 Unknown causes / Not specified", "S15 Chest & respiratory problems"}

// esrMonths is two years and the running month: enough for a chart, and the file stays small.
const esrMonths = 24

// esr writes a trust's absence report: about three spells for two people a year, one in nine of them long, more in
// winter and more when something goes round. That is near the national rate of one day in twenty.
func (b *builder) esr(o *cast.Org) []byte {
	rng := rand.New(rand.NewPCG(b.Seed, uint64(o.N)<<8|0xe5))
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	_ = w.Write(esrHeading) // a buffer does not fail
	end, level := b.Now.Truncate(24*time.Hour), 0.0
	for day := end.AddDate(0, -esrMonths, 0); day.Before(end); day = day.AddDate(0, 0, 1) {
		season := 1.0
		if m := day.Month(); m >= time.November || m <= time.February {
			season = 1.35
		}
		// Coughs and colds go round: a day is like the day before.
		level = 0.95*level + 0.04*rng.NormFloat64()
		// 1.5 spells a person a year
		for range int(float64(len(o.People))*1.5/365*season*math.Exp(level) + rng.Float64()) {
			m := o.People[rng.IntN(len(o.People))]
			days := 1 + rng.IntN(6)
			if rng.IntN(9) == 0 {
				days = 28 + rng.IntN(70)
			}
			last := day.AddDate(0, 0, days-1)
			until := last.Format("02/01/2006")
			if !last.Before(end) { // still off: ESR gives it no end
				until, days = "31/12/4712", int(end.Sub(day).Hours()/24)
			}
			h, _ := strconv.ParseFloat(m.Hours, 64)
			_ = w.Write([]string{m.Number, m.Number, "Yes", fmt.Sprintf("%.2f", h/37.5), esrReasons[rng.IntN(len(esrReasons))], "Sickness", m.Group,
				day.Format("02/01/2006"), until, strconv.Itoa(days), fmt.Sprintf("%.2f", float64(days)*h/37.5)})
		}
	}
	w.Flush()
	return out.Bytes()
}

// rollups makes the figures of the charts, so that the first page that shows them has them, and marks the
// initiative on each.
func (b *builder) rollups(ctx context.Context) error {
	for _, s := range b.Services {
		if s.Elsewhere { // the import of its activity has made them
			continue
		}
		err := b.In(ctx, access.SystemActor(access.Worker, uuid.Nil, s.ID), func(tx *postgres.Tx) error {
			_, err := activity.Rebuild(ctx, tx, s.ID, b.Now)
			return err
		})
		if err != nil {
			return err
		}
		for _, o := range s.Clients {
			err := b.In(ctx, access.SystemActor(access.Worker, o.ID, uuid.Nil), func(tx *postgres.Tx) error {
				return activity.CountWorkforce(ctx, tx, o.ID, b.Now)
			})
			if err != nil {
				return err
			}
			err = b.In(ctx, access.SystemActor(access.Worker, o.ID, s.ID), func(tx *postgres.Tx) error {
				return reach.Recount(ctx, tx, reach.BuiltIn(), b.Ledger.Keys, o.ID, s.ID, b.Now)
			})
			if err != nil {
				return err
			}
		}
	}
	s := b.Services[0]
	if b.NoInitiative {
		return nil
	}
	return indicator.New(indicator.Deps{DB: b.DB}).AddMark(ctx, s.Team[access.Lead][0].Actor(access.Growth), b.Now, indicator.Mark{ID: b.Next(), Indicator: indicator.Every, Kind: indicator.Initiative,
		Month: past.Plan(b.Cast, s).InitiativeBegin(), Text: "Growth initiative: three more clinics a week, and reminders by text"})
}
