package reach

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// CountArgs is the job that counts one organisation as one service sees it.
type CountArgs struct {
	Organisation uuid.UUID `json:"organisation"`
	Service      uuid.UUID `json:"service"`
}

// Kind names the job.
func (CountArgs) Kind() string { return "reach.count" }

// Tenant is where the job works.
func (a CountArgs) Tenant() (organisation, service uuid.UUID) { return a.Organisation, a.Service }

const sweepEvery = 24 * time.Hour

// Jobs registers the counting and its timetable.
func Jobs(r *job.Runner, keys activity.Keys, now func() time.Time) {
	job.Register(r, access.Worker, func(ctx context.Context, tx *postgres.Tx, a CountArgs) error {
		return Recount(ctx, tx, BuiltIn(), keys, a.Organisation, a.Service, now())
	})
	r.Sweep("reach", sweepEvery, contracts)
}

func contracts(ctx context.Context, tx *postgres.Tx) ([]job.Args, error) {
	rows, err := tx.Query(ctx, `select distinct organisation_id, service_id from contract order by 1, 2`)
	if err != nil {
		return nil, fmt.Errorf("list contracts: %w", err)
	}
	due, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (job.Args, error) {
		var a CountArgs
		err := row.Scan(&a.Organisation, &a.Service)
		return a, err
	})
	if err != nil {
		return nil, fmt.Errorf("list contracts: %w", err)
	}
	return due, nil
}

// employed gives everybody with the main post that they held on the last day of a half-year; nobody's is of somebody who held none then.
const employed = `select p.id, p.date_of_birth, coalesce(o.staff_group, ''), coalesce(o.site, ''), coalesce(o.shift_pattern, ''), o.id is not null,
  coalesce(d.sex, ''), coalesce(d.ethnic_group, ''), coalesce(d.disability, '')
 from person p left join lateral (select x.id, x.staff_group, x.site, x.shift_pattern from post x
  where x.organisation_id = p.organisation_id and x.person_id = p.id and x.starts_on <= $2 and (x.ends_on is null or x.ends_on > $2)
  order by x.is_primary desc, x.starts_on, x.id limit 1) o on true
 left join person_declared d on d.organisation_id = p.organisation_id and d.person_id = p.id
 where p.organisation_id = $1`

const attended = `select distinct person_key from activity where service_id = $1 and organisation_id = $2 and kind = $3 and at >= $4 and at < $5`

// Recount counts the half-years that are over anew.
func Recount(ctx context.Context, tx *postgres.Tx, p Pack, keys activity.Keys, organisation, service uuid.UUID, at time.Time) error {
	if _, err := tx.Exec(ctx, `delete from rollup_reach where organisation_id = $1 and service_id = $2`, organisation, service); err != nil {
		return fmt.Errorf("clear who was seen: %w", err)
	}
	for _, month := range p.Last(locale.Day(at)) {
		seen, err := pseudonyms(ctx, tx, organisation, service, month)
		if err != nil || len(seen) == 0 {
			if err != nil {
				return err
			}
			continue
		}
		on := month.AddMonths(1).AddDays(-1)
		staff, matched, err := members(ctx, tx, keys, organisation, service, on, seen)
		if err != nil {
			return err
		}
		if 100*matched < p.MatchedPercent*len(seen) {
			continue
		}
		var divisions, codes []string
		var all, reached []int32
		counts := p.Divide(staff, on)
		for _, d := range p.Divisions() {
			for _, code := range d.Codes {
				c := counts[[2]string{d.ID, code}]
				divisions, codes = append(divisions, d.ID), append(codes, code)
				all, reached = append(all, int32(c.Staff)), append(reached, int32(c.Seen)) //nolint:gosec // nobody employs so many
			}
		}
		if _, err := tx.Exec(ctx, `insert into rollup_reach (service_id, organisation_id, month, division, code, staff, seen)
 select $1, $2, $3, * from unnest($4::text[], $5::text[], $6::int[], $7::int[])`, service, organisation, month.UTC(), divisions, codes, all, reached); err != nil {
			return fmt.Errorf("keep who was seen: %w", err)
		}
	}
	return nil
}

func pseudonyms(ctx context.Context, tx *postgres.Tx, organisation, service uuid.UUID, month civil.Date) (map[string]bool, error) {
	from, to := First(month), month.AddMonths(1)
	rows, err := tx.Query(ctx, attended, service, organisation, string(activity.AppointmentHeld), locale.CivilDate(from.Year, from.Month, 1), locale.CivilDate(to.Year, to.Month, 1))
	if err != nil {
		return nil, fmt.Errorf("read who was seen: %w", err)
	}
	defer rows.Close()
	out := map[string]bool{}
	for rows.Next() {
		var key []byte
		if err := rows.Scan(&key); err != nil {
			return nil, fmt.Errorf("read who was seen: %w", err)
		}
		out[string(key)] = true
	}
	return out, rows.Err()
}

// members are the staff of a day; matched is how many of those seen are people of the staff record, of whatever day.
func members(ctx context.Context, tx *postgres.Tx, keys activity.Keys, organisation, service uuid.UUID, on civil.Date, seen map[string]bool) (out []Member, matched int, err error) {
	rows, err := tx.Query(ctx, employed, organisation, on.UTC())
	if err != nil {
		return nil, 0, fmt.Errorf("read the staff: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id uuid.UUID
		var born time.Time
		var held bool
		var m Member
		if err := rows.Scan(&id, &born, &m.StaffGroup, &m.Site, &m.Shift, &held, &m.Sex, &m.Ethnic, &m.Disability); err != nil {
			return nil, 0, fmt.Errorf("read the staff: %w", err)
		}
		m.Born = civil.Of(born)
		if m.Seen = seen[string(keys.Pseudonym(service, "person", id))]; m.Seen {
			matched++
		}
		if held {
			out = append(out, m)
		}
	}
	return out, matched, rows.Err()
}

// Group is a group of an organisation in a half-year.
type Group struct {
	Division, Code string
	Count
}

// Read gives the groups of the actor's organisation, as its service sees them, in the half-year that ends with a month, in their order;
// none where nothing was counted.
func Read(ctx context.Context, tx *postgres.Tx, p Pack, organisation uuid.UUID, month civil.Date) (out []Group, err error) {
	rows, err := tx.Query(ctx, `select division, code, staff, seen from rollup_reach where organisation_id = $1 and month = $2`, organisation, month.UTC())
	if err != nil {
		return nil, fmt.Errorf("read who was seen by group: %w", err)
	}
	defer rows.Close()
	found := map[[2]string]Count{}
	for rows.Next() {
		var g Group
		if err := rows.Scan(&g.Division, &g.Code, &g.Staff, &g.Seen); err != nil {
			return nil, fmt.Errorf("read who was seen by group: %w", err)
		}
		found[[2]string{g.Division, g.Code}] = g.Count
	}
	if err := rows.Err(); err != nil || len(found) == 0 {
		return nil, err
	}
	for _, d := range p.Divisions() {
		for _, code := range d.Codes {
			out = append(out, Group{d.ID, code, found[[2]string{d.ID, code}]})
		}
	}
	return out, nil
}

// Service reads the counts under the growth login of a service.
type Service struct{ DB *postgres.DB }

// Groups gives the groups of the actor's organisation in the half-year that ends with a month; none for another month, or where nothing
// was counted.
func (s Service) Groups(ctx context.Context, a access.Actor, month civil.Date) (out []Group, err error) {
	p := BuiltIn()
	if !p.EndsIn(month) {
		return nil, nil
	}
	err = s.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		out, err = Read(ctx, tx, p, a.Organisation, month)
		return err
	})
	return out, err
}
