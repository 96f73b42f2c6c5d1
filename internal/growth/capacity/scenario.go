package capacity

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// The bounds of a scenario. More than half as much again in a year, or twice the productivity, is a slip of the pen.
const (
	LongestTitle       = 200
	LongestReason      = 500
	Replications       = 500 // of a run, unless the sample asks for fewer
	mostPopulation     = 50.0
	mostReferrals      = 10_000.0
	leastProductivity  = -50.0
	mostProductivity   = 100.0
	fewestReplications = 20
	mostReplications   = 2000
)

// Check says what is wrong with a scenario.
func (s *Service) Check(x Scenario) (f fault.Fields) {
	switch n := len([]rune(x.Title)); {
	case n == 0:
		f.Add("title", "capacity.add.title.empty")
	case n > LongestTitle:
		f.Add("title", "form.too_long", "n", LongestTitle)
	}
	if !x.Option.Valid() {
		f.Add("option", "capacity.add.option.empty")
	}
	t := x.Terms
	if t.Population < -mostPopulation || t.Population > mostPopulation {
		f.Add("population", "capacity.add.population.range", "n", int(mostPopulation))
	}
	if t.Campaign < 0 || t.Campaign > mostReferrals {
		f.Add("campaign", "capacity.add.referrals.range")
	}
	if t.Campaign > 0 && (t.CampaignFrom.IsZero() || t.CampaignTo.IsZero()) {
		f.Add("campaign_from", "capacity.add.campaign.days")
	} else if t.Campaign > 0 && t.CampaignTo.Before(t.CampaignFrom) {
		f.Add("campaign_to", "capacity.add.campaign.order")
	}
	if t.Contract < 0 || t.Contract > mostReferrals {
		f.Add("contract", "capacity.add.referrals.range")
	}
	if t.Contract > 0 && t.ContractFrom.IsZero() {
		f.Add("contract_from", "capacity.add.contract.day")
	}
	if t.Productivity < leastProductivity || t.Productivity > mostProductivity {
		f.Add("productivity", "capacity.add.productivity.range")
	}
	return f
}

func day(d civil.Date) *time.Time {
	if d.IsZero() {
		return nil
	}
	t := d.UTC()
	return &t
}

func dayOf(t *time.Time) civil.Date {
	if t == nil {
		return civil.Date{}
	}
	return civil.Of(*t)
}

func fromScenario(r db.CapacityScenario) Scenario {
	return Scenario{ID: r.ID, Title: r.Title, Option: option.Option(r.Option), Replications: int(r.Replications), At: r.At, By: r.By, Withdrawn: r.WithdrawnAt != nil,
		Terms: Terms{Population: r.Population, Campaign: r.Campaign, CampaignFrom: dayOf(r.CampaignFrom), CampaignTo: dayOf(r.CampaignTo), Contract: r.Contract, ContractFrom: dayOf(r.ContractFrom), Productivity: r.Productivity}}
}

// Add keeps a scenario. The same id again changes nothing.
func (s *Service) Add(ctx context.Context, a access.Actor, now time.Time, x Scenario) error {
	x.Title = strings.TrimSpace(x.Title)
	if x.Replications == 0 {
		x.Replications = Replications
	}
	if f := s.Check(x); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	if x.Replications < fewestReplications || x.Replications > mostReplications {
		return fault.New(fault.Invalid, "capacity.add.replications")
	}
	if x.Terms.Campaign == 0 {
		x.Terms.CampaignFrom, x.Terms.CampaignTo = civil.Date{}, civil.Date{}
	}
	if x.Terms.Contract == 0 {
		x.Terms.ContractFrom = civil.Date{}
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		t := x.Terms
		n, err := db.New(tx).InsertScenario(ctx, db.InsertScenarioParams{OrganisationID: a.Organisation, ID: x.ID, Title: x.Title, Option: string(x.Option), Population: t.Population, Campaign: t.Campaign,
			CampaignFrom: day(t.CampaignFrom), CampaignTo: day(t.CampaignTo), Contract: t.Contract, ContractFrom: day(t.ContractFrom), Productivity: t.Productivity,
			Replications: int32(x.Replications), At: now.UTC(), By: a.Name}) //nolint:gosec // checked above
		if err != nil {
			return fmt.Errorf("insert scenario: %w", err)
		}
		if n == 0 {
			return nil
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "capacity.scenario", Kind: "scenario", Object: x.ID, Detail: map[string]string{"option": string(x.Option)}})
	})
}

// Withdraw takes a scenario off the list; it and its runs are kept.
func (s *Service) Withdraw(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		at := now.UTC()
		n, err := db.New(tx).WithdrawScenario(ctx, db.WithdrawScenarioParams{OrganisationID: a.Organisation, ID: id, WithdrawnAt: &at, WithdrawnBy: &a.Name})
		if err != nil {
			return fmt.Errorf("withdraw scenario: %w", err)
		}
		if n == 0 {
			return fault.Missing("scenario")
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "capacity.withdrawn", Kind: "scenario", Object: id})
	})
}
