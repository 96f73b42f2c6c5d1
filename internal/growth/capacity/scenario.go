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
	Replications       = 500 // of a run, unless the sample asks for fewer
	mostPopulation     = 50.0
	mostReferrals      = 10_000.0
	leastProductivity  = -50.0
	mostProductivity   = 100.0
	mostSessions       = 500.0 // a week, of one profession
	mostSlots          = 50.0
	fewestReplications = 20
	mostReplications   = 2000
)

// Check says what is wrong with a scenario.
func (s *Service) Check(x Scenario) (f fault.Fields) {
	f.Text("title", "capacity.add.title.empty", x.Title, LongestTitle)
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
	return append(f, s.checkClinic(t.Clinic)...)
}

// checkClinic says what is wrong with a template.
func (s *Service) checkClinic(c Clinic) (f fault.Fields) {
	within := func(name string, x, most float64) {
		if !(x > 0 && x <= most) {
			f.Add(name, "capacity.add."+name+".range", "n", int(most))
		}
	}
	if c.Role == "" {
		if c != (Clinic{}) {
			f.Add("clinic_role", "capacity.add.clinic_role.empty")
		}
		return f
	}
	if c.Role != everybody && s.pack.Of(c.Role) == nil {
		f.Add("clinic_role", "capacity.add.clinic_role.empty")
	}
	within("clinic_sessions", c.Sessions, mostSessions)
	within("clinic_slots", c.Slots, mostSlots)
	if !(c.Off >= 0 && c.Off < weeksOfYear) {
		f.Add("clinic_off", "capacity.add.clinic_off.range")
	}
	return f
}

// Gives is what a profession gives a week now, for whoever writes a template; Role is "all" where the ledger names none.
type Gives struct {
	Role string
	Now  float64
}

// Professions are those that a template may be of: of the service as it is, or that a plan could add.
func (s *Service) Professions(ctx context.Context, a access.Actor) (out []Gives, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		k, err := s.know(ctx, tx)
		if err != nil || !k.ok {
			return err
		}
		routing := Inputs{Fits: k.fits}.routing()
		if x, one := routing[everybody]; one {
			out = []Gives{{everybody, x * k.fits.Given.Mean}}
			return nil
		}
		for _, p := range s.pack.Pools {
			out = append(out, Gives{p.Role, routing[p.Role] * k.fits.Given.Mean})
		}
		return nil
	})
	return out, err
}

func fromScenario(r db.CapacityScenario) Scenario {
	return Scenario{ID: r.ID, Title: r.Title, Option: option.Option(r.Option), Replications: int(r.Replications), At: r.At, By: r.By, Withdrawn: r.WithdrawnAt != nil,
		Terms: Terms{Population: r.Population, Campaign: r.Campaign, CampaignFrom: civil.FromNull(r.CampaignFrom), CampaignTo: civil.FromNull(r.CampaignTo), Contract: r.Contract, ContractFrom: civil.FromNull(r.ContractFrom), Productivity: r.Productivity,
			Clinic: Clinic{r.ClinicRole, r.ClinicSessions, r.ClinicSlots, r.ClinicOff}}}
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
			CampaignFrom: t.CampaignFrom.Null(), CampaignTo: t.CampaignTo.Null(), Contract: t.Contract, ContractFrom: t.ContractFrom.Null(), Productivity: t.Productivity, ClinicRole: t.Clinic.Role, ClinicSessions: t.Clinic.Sessions, ClinicSlots: t.Clinic.Slots, ClinicOff: t.Clinic.Off,
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
