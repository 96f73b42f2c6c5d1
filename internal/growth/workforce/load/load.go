// Package load says how the team of an OH service is, so that growth does not burn it out: its caseload, overtime, supervision taken, who
// leaves, and the pulse.
//
// Each of them comes with its state, and the states are never mixed up: not collected (nobody entered it, or the ledger is too short),
// too few to show, and a number, which may be 0.
//
//   - Caseload comes from what the worker fitted to the ledger: people on the list for each WTE with patients, and for each WTE of a role
//     contacts a week, and open cases: those that somebody of the role saw last, and that have not ended. A case in which nothing
//     happened for 400 days is taken to have ended. A role with fewer than 3 people in post is not told: its number would be one
//     person's, or the other's to whoever is one of two.
//     The list and the appointments given lie beside the team's own past (content/packs/workforce-load.yaml).
//   - Overtime is entered by the lead, as hours of the whole team in a month; never of a person.
//   - Supervision is counted on the clinical side (care/practice): how many clinicians took it in a month, never who. Of fewer than 3 clinicians
//     it is not told.
//   - Who leaves: whoever opens a vacancy for a post says whether somebody left it, which counts once and whatever becomes of the advert
//     (the person is gone, too, where it is stopped); a newly funded post, or a second advert for the same leaving, is none. A seat that
//     became empty and that nobody advertises counts too. The plan
//     says how many are expected to leave.
//   - The pulse is answered on the clinical side, and only what 8 and more answered comes here (care/pulse).
package load

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/load/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Service reads the load of a team, and keeps its overtime.
type Service struct {
	db   *postgres.DB
	team *workforce.Service
}

// New makes the service.
func New(d *postgres.DB, team *workforce.Service) *Service { return &Service{d, team} }

// Load is how the team is.
type Load struct {
	Fitted   bool       // the worker has fitted the ledger
	Cases    bool       // and counted whose the open cases are
	AsAt     civil.Date // the last day that it knew
	List     int        // people who wait for a first appointment
	WTE      float64    // in post, of the roles with patients
	Roles    []Role
	Overtime []Month // the last twelve, the newest first
	Expected []workforce.Leaving
	Left     int // people who left in the last twelve months, by the vacancies that say so
	Silent   int // and by the seats that became empty and that nobody advertises
	Empty    []Empty
	Usual    int  // days that a vacancy is expected to take
	Posts    bool // the establishment is written down
	Pulse    []Pulse
	// Supervised are the months of which supervision was counted, the newest first; none where nobody wrote any down.
	Supervised []Supervised
	// The list and the appointments given beside the team's own past.
	ListLevel, GivenLevel Level
}

// Empty is a post in which a seat is empty.
type Empty struct {
	Title string
	Since civil.Date
	Days  int
}

// empty lists those of a team, whether they are advertised or not.
func empty(t workforce.Team, today civil.Date) (out []Empty) {
	for _, p := range t.Posts {
		if p.Vacant() > 0 && !p.VacantSince.IsZero() {
			out = append(out, Empty{p.Title, p.VacantSince, today.DaysSince(p.VacantSince)})
		}
	}
	return out
}

// Supervised is how many took supervision in a month.
type Supervised struct {
	Month            civil.Date
	Took, Clinicians int
	Few              bool // too few clinicians to tell
}

// PerWTE is the people on the list for each WTE; ok is false while it cannot be said.
func (l Load) PerWTE() (n float64, ok bool) {
	if !l.Fitted || l.WTE == 0 {
		return 0, false
	}
	return float64(l.List) / l.WTE, true
}

// Role is what the people of a role do.
type Role struct {
	Role access.Role
	WTE  float64 // in post
	Few  bool    // too few people are in post to tell
	Week float64 // contacts a week for each WTE
	Open float64 // cases for each WTE
}

// Month is the overtime of a month; Known is false where nobody entered it.
type Month struct {
	Month civil.Date
	Known bool
	Hours float64
	By    string
}

// Pulse is what came of a question to the team.
type Pulse struct {
	ID            uuid.UUID
	Question      string
	Opens, Closes civil.Date
	Few           bool
	Answers       int
	Mean          float64
}

// leastHeads is how many people a role has before its work is told.
const leastHeads = 3

// year is the weeks that the fit counts contacts in, and months the months of overtime that are shown.
const (
	year   = 52
	months = 12
)

// pools are the roles of the establishment that do the work which the ledger tells of a role.
var pools = []struct {
	ledger access.Role
	roles  []string
}{
	{access.Nurse, []string{"nurse", "development-nurse"}}, {access.Physician, []string{"physician"}},
	{access.Physio, []string{"physiotherapist"}}, {access.Counsellor, []string{"counsellor"}},
}

// caseload lays what the ledger says beside who is in post.
func caseload(fits demand.Fits, t workforce.Team) (roles []Role, wte float64) {
	weeks := float64(min(len(fits.Weeks), year))
	contacts := map[string]int{}
	for _, r := range fits.Roles {
		contacts[r.Name] += r.N
	}
	lines, _ := t.ByRole()
	for _, p := range pools {
		r, heads := Role{Role: p.ledger}, 0
		for _, l := range lines {
			for _, key := range p.roles {
				if l.Role.Key == key {
					r.WTE += l.WTE
					heads += l.InPost
				}
			}
		}
		wte += r.WTE
		switch {
		case heads == 0:
			continue
		case heads < leastHeads:
			r.Few = true
		case weeks > 0:
			for _, h := range fits.Held {
				if h.Name == string(p.ledger) {
					r.Open = math.Round(10*float64(h.N)/r.WTE) / 10
				}
			}
			r.Week = math.Round(10*float64(contacts[string(p.ledger)])/weeks/r.WTE) / 10
		}
		roles = append(roles, r)
	}
	return roles, wte
}

// Find reads how the team is.
func (s *Service) Find(ctx context.Context, a access.Actor, now time.Time) (l Load, err error) {
	team, err := s.team.Find(ctx, a, now)
	if err != nil {
		return l, err
	}
	today := locale.Day(now)
	l.Posts, l.Expected = len(team.Posts) > 0, team.Leavings()
	l.Empty, l.Usual = empty(team, today), usual(team.TimeToFill())
	l.Left, l.Silent = left(team, today)
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		fits, ok, err := activity.ReadFits(ctx, tx, activity.Now)
		if err != nil {
			return err
		}
		l.Roles, l.WTE = caseload(fits, team)
		if l.Fitted = ok; ok {
			l.AsAt, l.List, l.Cases = fits.AsAt, fits.List, fits.Held != nil
			l.ListLevel, l.GivenLevel = levels(fits.Weeks, rules())
		}
		if l.Overtime, err = overtime(ctx, tx, today); err != nil {
			return err
		}
		if l.Supervised, err = supervised(ctx, tx, today); err != nil {
			return err
		}
		rows, err := db.New(tx).ListPulse(ctx, a.Service)
		if err != nil {
			return fmt.Errorf("list pulse: %w", err)
		}
		for _, r := range rows {
			p := Pulse{ID: r.PulseID, Question: r.Question, Opens: civil.Of(r.OpensOn), Closes: civil.Of(r.ClosesOn), Few: r.Answers == nil}
			if r.Answers != nil && r.Mean != nil {
				p.Answers, p.Mean = int(*r.Answers), *r.Mean
			}
			l.Pulse = append(l.Pulse, p)
		}
		return nil
	})
	return l, err
}

func supervised(ctx context.Context, tx *postgres.Tx, today civil.Date) (out []Supervised, err error) {
	all := Months(today)
	rows, err := db.New(tx).ListSupervised(ctx, db.ListSupervisedParams{ServiceID: tx.Actor.Service, Since: all[len(all)-1].UTC()})
	if err != nil {
		return nil, fmt.Errorf("list supervision: %w", err)
	}
	for _, r := range rows {
		out = append(out, Supervised{civil.Of(r.Month), int(r.Took), int(r.Clinicians), r.Clinicians < leastHeads})
	}
	return out, nil
}

// Months lists the months whose overtime can be entered, the newest first: whole ones, of the last year.
func Months(today civil.Date) (out []civil.Date) {
	first := civil.Date{Year: today.Year, Month: today.Month, Day: 1}
	for i := 1; i <= months; i++ {
		out = append(out, first.AddMonths(-i))
	}
	return out
}

func overtime(ctx context.Context, tx *postgres.Tx, today civil.Date) (out []Month, err error) {
	all := Months(today)
	rows, err := db.New(tx).ListOvertime(ctx, db.ListOvertimeParams{OrganisationID: tx.Actor.Organisation, Since: all[len(all)-1].UTC()})
	if err != nil {
		return nil, fmt.Errorf("list overtime: %w", err)
	}
	for _, m := range all {
		x := Month{Month: m}
		for _, r := range rows {
			if civil.Of(r.Month) == m {
				x.Known, x.Hours, x.By = true, r.Hours, r.ChangedBy
			}
		}
		out = append(out, x)
	}
	return out, nil
}

// OvertimeIn is the overtime of a month as it is entered.
type OvertimeIn struct {
	Month civil.Date
	Hours float64
}

// mostHours is more than the largest team works over contract in a month.
const mostHours = 20_000

// CheckOvertime says what is wrong with it.
func CheckOvertime(in OvertimeIn, today civil.Date) (f fault.Fields) {
	found := false
	for _, m := range Months(today) {
		found = found || m == in.Month
	}
	if !found {
		f.Add("month", "load.month.empty")
	}
	if !(in.Hours >= 0 && in.Hours <= mostHours) { // not a number is outside of all
		f.Add("hours", "load.hours.bad", "n", mostHours)
	}
	return f
}

// Enter keeps the overtime of a month.
func (s *Service) Enter(ctx context.Context, a access.Actor, at time.Time, in OvertimeIn) error {
	if f := CheckOvertime(in, locale.Day(at)); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		err := db.New(tx).SaveOvertime(ctx, db.SaveOvertimeParams{OrganisationID: a.Organisation, Month: in.Month.UTC(), Hours: in.Hours, ChangedAt: at, ChangedBy: a.Name})
		if err != nil {
			return fmt.Errorf("save overtime: %w", err)
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "workforce.overtime_entered", Kind: "organisation", Object: a.Organisation})
	})
}
