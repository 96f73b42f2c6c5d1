package practice

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/practice/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Bands are the days before something ends at which a reminder is due, the first first: a revalidation takes weeks to
// prepare, and a register asks for it some two months before.
var Bands = []int{90, 60, 30}

// AgainBand is the days before supervision or learning is expected again at which a reminder is due: their intervals are of months, so
// that 90 days before would be always.
const AgainBand = 14

// Due is something of somebody's practice that ends on a day, or is expected again by it.
type Due struct {
	Member
	Kind string // "registration", "revalidation", "competence", ExpectSupervision or ExpectCPD
	What string // short name of the register, or key of the competence
	On   civil.Date
}

// Again says that it does not end, but is expected again.
func (d Due) Again() bool { return d.Kind == ExpectSupervision || d.Kind == ExpectCPD }

// Over says that the day has passed.
func (d Due) Over(today civil.Date) bool { return d.On.Before(today) }

// Band is the band of days in which it is; 0 where it is in none, and once it is over: then the page says so. What is expected again
// stays in its band until it is done.
func (d Due) Band(today civil.Date) (band int) {
	if d.Again() {
		if d.On.DaysSince(today) <= AgainBand {
			return AgainBand
		}
		return 0
	}
	if d.Over(today) {
		return 0
	}
	for _, b := range Bands {
		if d.On.DaysSince(today) <= b {
			band = b
		}
	}
	return band
}

// Due lists what ends within 90 days or has ended, and what is expected again within 14 days or was before, the soonest first. Of
// somebody who never wrote supervision or learning down nobody knows by when: the lead's page lists them.
func (p Person) Due(pack Pack, today civil.Date) (out []Due) {
	again := func(kind string, last civil.Date) {
		if x, ok := pack.Interval(kind, p.Role); ok && !last.IsZero() {
			if d := (Due{p.Member, kind, "", last.AddMonths(x.Months)}); d.Band(today) > 0 {
				out = append(out, d)
			}
		}
	}
	again(ExpectSupervision, p.LastSession)
	again(ExpectCPD, p.LastCPD)
	add := func(kind, what string, on civil.Date) {
		if !on.IsZero() && on.DaysSince(today) <= Bands[0] {
			out = append(out, Due{p.Member, kind, what, on})
		}
	}
	for _, r := range p.Registrations {
		add("registration", r.Body, r.Expires)
		add("revalidation", r.Body, r.Revalidates)
	}
	for key, s := range p.States {
		if s.Standing == Unsupervised || s.Standing == Lapsed {
			add("competence", key, s.Signed.Expires)
		}
	}
	slices.SortFunc(out, soonest)
	return out
}

// Due lists the same of the team.
func (t Team) Due() (out []Due) {
	for _, p := range t.People {
		out = append(out, p.Due(t.Pack, t.Today)...)
	}
	slices.SortFunc(out, soonest)
	return out
}

func soonest(a, b Due) int {
	if c := a.On.Compare(b.On); c != 0 {
		return c
	}
	x, y := a.Name+a.Kind+a.What, b.Name+b.Kind+b.What
	if x < y {
		return -1
	}
	return 1
}

// Remind is a message that is to be queued: to one person about their own, or to the lead about the team's. It says how
// much and how soon, never what.
type Remind struct {
	To      Member // zero for the lead
	N, Days int
	At      time.Time
}

// remindArgs is the job that writes the reminders of a service, and counts who took supervision.
type remindArgs struct {
	Organisation uuid.UUID `json:"organisation"`
	Service      uuid.UUID `json:"service"`
}

func (remindArgs) Kind() string                                { return "practice.remind" }
func (a remindArgs) Tenant() (organisation, service uuid.UUID) { return a.Organisation, a.Service }

// A band is a matter of days; twice a day survives one morning without a server.
const sweepEvery = 12 * time.Hour

// Jobs has the reminders written.
func (s *Service) Jobs(r *job.Runner) {
	r.Sweep("practice", sweepEvery, job.EachService(func(organisation, service uuid.UUID) job.Args { return remindArgs{organisation, service} }))
	job.Register(r, access.Clinical, func(ctx context.Context, tx *postgres.Tx, _ remindArgs) error {
		if _, err := s.Remind(ctx, tx, s.d.Now()); err != nil {
			return err
		}
		return s.CountSupervised(ctx, tx, s.d.Now())
	})
}

// Remind writes a reminder for everything that has entered a band, once for each, tells each person of their own and the
// lead of the team's, and says how many there were.
func (s *Service) Remind(ctx context.Context, tx *postgres.Tx, now time.Time) (n int, err error) {
	members, err := s.members(ctx, tx.Actor.Service)
	if err != nil {
		return 0, err
	}
	t, err := s.read(ctx, tx, members, nil, now)
	if err != nil {
		return 0, err
	}
	lead := Remind{At: now}
	for _, p := range t.People {
		own := Remind{To: p.Member, At: now}
		for _, d := range p.Due(t.Pack, t.Today) {
			band := d.Band(t.Today)
			if band == 0 {
				continue
			}
			rows, err := db.New(tx).InsertReminder(ctx, db.InsertReminderParams{ServiceID: tx.Actor.Service, AccountID: p.Account, Kind: d.Kind, What: d.What, DueOn: d.On.UTC(), Band: int32(band), At: now.UTC()})
			if err != nil {
				return lead.N, fmt.Errorf("insert reminder: %w", err)
			}
			if rows == 0 {
				continue
			}
			own.count(band)
			lead.count(band)
			if err := audit.Append(ctx, tx, audit.Entry{At: now, Action: "practice.reminded", Kind: "account", Object: p.Account, Detail: map[string]string{"days": fmt.Sprint(band), "kind": d.Kind}}); err != nil {
				return lead.N, err
			}
		}
		if err := s.tell(ctx, tx, own); err != nil {
			return lead.N, err
		}
	}
	return lead.N, s.tell(ctx, tx, lead)
}

func (r *Remind) count(band int) {
	r.N++
	if r.Days == 0 || band < r.Days {
		r.Days = band
	}
}

func (s *Service) tell(ctx context.Context, tx *postgres.Tx, r Remind) error {
	if r.N == 0 || s.d.Tell == nil {
		return nil
	}
	return s.d.Tell(ctx, tx, r)
}
