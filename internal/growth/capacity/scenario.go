package capacity

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/clinics"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// The bounds of a scenario.
const (
	LongestTitle       = 200
	Replications       = 500 // of a run, unless the sample asks for fewer
	fewestReplications = 20
	mostReplications   = 2000
)

// Check says what is wrong with a scenario.
func (s *Service) Check(x Scenario) (f fault.Fields) {
	f.Text("title", "capacity.add.title.empty", x.Title, LongestTitle)
	if !x.Option.Valid() {
		f.Add("option", "capacity.add.option.empty")
	}
	return append(f, x.Terms.Check(s.Profession)...)
}

// Gives is what a profession gives a week now, for whoever writes a template; Role is "all" where the ledger names none.
type Gives struct {
	Role string
	Now  float64
}

// Professions are those that a template may be of; planned are the clinics that the service has.
func (s *Service) Professions(ctx context.Context, a access.Actor) (out []Gives, planned []clinics.Group, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		k, err := s.know(ctx, tx)
		out, planned = s.gives(k), k.clinics
		return err
	})
	return out, planned, err
}

// gives are the professions of the service as it is, or that a plan could add; none where nothing is known of it.
func (s *Service) gives(k known) (out []Gives) {
	routing := Inputs{Fits: k.fits}.routing()
	if x, one := routing[everybody]; one && k.ok {
		return []Gives{{everybody, x * k.fits.Given.Mean}}
	}
	for _, p := range s.pack.Pools {
		if k.ok {
			out = append(out, Gives{p.Role, routing[p.Role] * k.fits.Given.Mean})
		}
	}
	return out
}

// Profession tells whether a profession is one whose clinics can be changed.
func (s *Service) Profession(role string) bool { return role == everybody || s.pack.Of(role) != nil }

func fromScenario(r db.CapacityScenario) (Scenario, error) {
	x := Scenario{ID: r.ID, Title: r.Title, Option: option.Option(r.Option), Replications: int(r.Replications), At: r.At, By: r.By, Withdrawn: r.WithdrawnAt != nil,
		Terms: Terms{Population: r.Population, Campaign: r.Campaign, CampaignFrom: civil.FromNull(r.CampaignFrom), CampaignTo: civil.FromNull(r.CampaignTo), Contract: r.Contract, ContractFrom: civil.FromNull(r.ContractFrom), Productivity: r.Productivity,
			Clinic: Clinic{Role: r.ClinicRole, Sessions: r.ClinicSessions, Slots: r.ClinicSlots, Off: r.ClinicOff}}}
	if err := json.Unmarshal(r.Clinics, &x.Terms.Clinics); err != nil {
		return x, fmt.Errorf("decode the clinics of scenario %s: %w", r.ID, err)
	}
	if len(x.Terms.Clinics) == 0 {
		x.Terms.Clinics = nil
	}
	return x, nil
}

// Scenarios lists those that were not withdrawn, without what was simulated of them.
func (s *Service) Scenarios(ctx context.Context, a access.Actor) (out []Scenario, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListScenarios(ctx, a.Organisation)
		for _, r := range rows {
			x, bad := fromScenario(r)
			if err = errors.Join(err, bad); !x.Withdrawn {
				out = append(out, x)
			}
		}
		return err
	})
	return out, err
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
		other, err := json.Marshal(append(clinics.Changes{}, t.Clinics...))
		if err != nil {
			return fmt.Errorf("encode clinics: %w", err)
		}
		n, err := db.New(tx).InsertScenario(ctx, db.InsertScenarioParams{OrganisationID: a.Organisation, ID: x.ID, Title: x.Title, Option: string(x.Option), Population: t.Population, Campaign: t.Campaign,
			CampaignFrom: t.CampaignFrom.Null(), CampaignTo: t.CampaignTo.Null(), Contract: t.Contract, ContractFrom: t.ContractFrom.Null(), Productivity: t.Productivity, ClinicRole: t.Clinic.Role, ClinicSessions: t.Clinic.Sessions, ClinicSlots: t.Clinic.Slots, ClinicOff: t.Clinic.Off, Clinics: other,
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

// follow has every scenario, and every question with an answer, run again that was run before and would be otherwise now. What is of
// what there is now, done or under way, is left alone; and so is what nobody has run.
func (s *Service) follow(ctx context.Context, tx *postgres.Tx, now time.Time, k known) error {
	if _, err := db.New(tx).LockScenarios(ctx, tx.Actor.Organisation); err != nil { // two who ask at once have them run once
		return fmt.Errorf("lock scenarios: %w", err)
	}
	all, err := s.told(ctx, tx, k)
	if err != nil {
		return err
	}
	for _, t := range all {
		if t.Last != nil && t.Last.Stale {
			if err := s.afresh(ctx, tx, now, &t.ID, s.inputs(k, t.Scenario)); err != nil {
				return err
			}
		}
	}
	roles, err := s.roles(ctx, tx)
	if err != nil {
		return err
	}
	asked, err := runs(ctx, tx, kindPosts)
	if err != nil {
		return err
	}
	looked := map[string]bool{}
	for _, r := range asked { // newest first
		if r.State != Done || looked[r.Result.Staffed.One.Role] {
			continue
		}
		looked[r.Result.Staffed.One.Role] = true
		in, ok := s.posts(k, roles, r.Result.Staffed.One.Role)
		print, err := in.Fingerprint()
		if err != nil {
			return err
		}
		if ok && print != r.Fingerprint && !slices.ContainsFunc(asked, func(x Run) bool { return (x.State == Queued || x.State == Running) && x.Fingerprint == print }) {
			if err := s.afresh(ctx, tx, now, nil, in); err != nil {
				return err
			}
		}
	}
	return nil
}

// afresh queues a run that nobody has given an id.
func (s *Service) afresh(ctx context.Context, tx *postgres.Tx, now time.Time, scenario *uuid.UUID, in Inputs) error {
	run, err := uuid.NewV7()
	if err != nil {
		return fmt.Errorf("make an id: %w", err)
	}
	return s.queue(ctx, tx, now, scenario, run, in)
}

// Follow has what is out of date run again in the transaction of what it is out of date by. With too little activity there is nothing to run.
func (s *Service) Follow(ctx context.Context, tx *postgres.Tx, now time.Time) error {
	k, err := s.know(ctx, tx)
	if err != nil || !k.ok {
		return err
	}
	return s.follow(ctx, tx, now, k)
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
