package activity

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// RollupArgs is the job that rebuilds the roll-ups of a service.
type RollupArgs struct {
	Service uuid.UUID `json:"service"`
}

// Kind names the job.
func (RollupArgs) Kind() string { return "activity.rollup" }

// Tenant is where the job works.
func (a RollupArgs) Tenant() (organisation, service uuid.UUID) { return uuid.Nil, a.Service }

// WorkforceArgs is the job that counts the days available for work of an organisation.
type WorkforceArgs struct {
	Organisation uuid.UUID `json:"organisation"`
}

// Kind names the job.
func (WorkforceArgs) Kind() string { return "activity.workforce" }

// Tenant is where the job works.
func (a WorkforceArgs) Tenant() (organisation, service uuid.UUID) { return a.Organisation, uuid.Nil }

const (
	sweepEvery = time.Minute
	staffEvery = 12 * time.Hour // the staff feed comes once a day
	// restPerRow keeps a rebuild under about half a per cent of the time: 2 million rows take some seconds and are
	// read again after half an hour; the ledger of a new service follows within the minute.
	restPerRow = time.Millisecond
)

// Jobs registers the roll-up jobs and their timetable.
func Jobs(r *job.Runner, now func() time.Time) {
	job.Register(r, access.Worker, func(ctx context.Context, tx *postgres.Tx, a RollupArgs) error {
		// Two rebuilds of one service would wait for each other: the second job leaves it to the first.
		var free bool
		if err := tx.QueryRow(ctx, `select pg_try_advisory_xact_lock(`+turn+`)`, a.Service).Scan(&free); err != nil || !free {
			return err
		}
		_, err := Rebuild(ctx, tx, a.Service, now())
		return err
	})
	job.Register(r, access.Worker, func(ctx context.Context, tx *postgres.Tx, a WorkforceArgs) error {
		return CountWorkforce(ctx, tx, a.Organisation, now())
	})
	r.Sweep("activity", sweepEvery, func(ctx context.Context, tx *postgres.Tx) ([]job.Args, error) { return sweep(ctx, tx, now()) })
	r.Sweep("staff", staffEvery, staff)
}

// sweep gives a roll-up job for each service whose ledger or feedback has grown, or whose closures have changed. Ledger and
// feedback are append-only, so the same number of rows is the same rows.
func sweep(ctx context.Context, tx *postgres.Tx, at time.Time) (due []job.Args, err error) {
	rows, err := tx.Query(ctx, `select s.id, r.made_at, coalesce(r.rows_read, -1) from service s left join rollup_run r on r.service_id = s.id order by s.id`)
	if err != nil {
		return nil, fmt.Errorf("list services: %w", err)
	}
	defer rows.Close()
	type last struct {
		service uuid.UUID
		made    *time.Time
		read    int64
	}
	var grown []last
	for rows.Next() {
		var l last
		if err := rows.Scan(&l.service, &l.made, &l.read); err != nil {
			return nil, err
		}
		if l.made == nil || !at.Before(l.made.Add(time.Duration(l.read)*restPerRow)) {
			grown = append(grown, l)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("list services: %w", err)
	}
	for _, l := range grown {
		var ledger, feedback, closures int64
		if err := tx.QueryRow(ctx, countLedger, l.service).Scan(&ledger); err != nil {
			return nil, fmt.Errorf("count ledger: %w", err)
		}
		if err := tx.QueryRow(ctx, countFeedback, l.service).Scan(&feedback); err != nil {
			return nil, fmt.Errorf("count feedback: %w", err)
		}
		if err := tx.QueryRow(ctx, countClosures, l.service).Scan(&closures); err != nil {
			return nil, fmt.Errorf("count closures: %w", err)
		}
		if ledger+feedback+closures != l.read {
			due = append(due, RollupArgs{l.service})
		}
	}
	return due, nil
}

func staff(ctx context.Context, tx *postgres.Tx) ([]job.Args, error) {
	rows, err := tx.Query(ctx, `select distinct organisation_id from contract order by 1`)
	if err != nil {
		return nil, fmt.Errorf("list organisations: %w", err)
	}
	due, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (job.Args, error) {
		var id uuid.UUID
		err := row.Scan(&id)
		return WorkforceArgs{id}, err
	})
	if err != nil {
		return nil, fmt.Errorf("list organisations: %w", err)
	}
	return due, nil
}

// countWorkforce: a post of 37.5 hours a week (full time under Agenda for Change) is available on every calendar
// day, as in the national absence rate. Four years are what a chart of three can need.
const countWorkforce = `insert into rollup_workforce (organisation_id, month, staff_group, fte_days)
 select $1, m.first::date, p.staff_group,
  sum(p.hours / 37.5 * (least(coalesce(p.ends_on, m.last::date), m.last::date) - greatest(p.starts_on, m.first::date) + 1))
 from generate_series(date_trunc('month', $2::date - interval '4 years'), date_trunc('month', $2::date), interval '1 month') as s (first)
 cross join lateral (select s.first as first, s.first + interval '1 month' - interval '1 day' as last) m
 join post p on p.organisation_id = $1 and p.starts_on <= m.last::date and (p.ends_on is null or p.ends_on >= m.first::date)
 group by 2, 3`

// CountWorkforce rolls the staff feed up into days available by month and staff group: the denominator of an
// absence rate. It runs behind the worker wall; growth cannot read a post.
func CountWorkforce(ctx context.Context, tx *postgres.Tx, organisation uuid.UUID, at time.Time) error {
	if _, err := tx.Exec(ctx, `delete from rollup_workforce where organisation_id = $1`, organisation); err != nil {
		return fmt.Errorf("clear workforce roll-up: %w", err)
	}
	if _, err := tx.Exec(ctx, countWorkforce, organisation, at); err != nil {
		return fmt.Errorf("roll up the workforce: %w", err)
	}
	return nil
}
