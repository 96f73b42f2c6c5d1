package activity

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Vintage says as at which day a fit was made.
type Vintage string

// Now knows the whole ledger; YearAgo knows it as it was 52 weeks earlier, for the back-test.
const (
	Now     Vintage = "now"
	YearAgo Vintage = "year"
)

// backWeeks is how long before the end of the ledger YearAgo stops.
const backWeeks = 52

// ask notes what an event says of the demand on the service.
func (r *roll) ask(e event, day civil.Date) {
	switch e.kind {
	case ReferralSubmitted:
		r.demand.Referred(day, e.source)
	case AppointmentHeld:
		r.demand.Held(day, r.thread.priority)
	case ContactRecorded:
		r.demand.Contact(day, e.outcome, r.thread.priority, e.minutes)
	case AppointmentDNA:
		if !slices.Contains(notTheirs, e.outcome) {
			r.demand.Missed(day)
		}
	case ReferralWithdrawn, ReferralDeclined, CaseClosed, CaseMerged:
		r.demand.Ended(day)
	}
}

// storeFits fits the demand on the service to its ledger. A ledger that is too short has no fits.
func (r *roll) storeFits(ctx context.Context, tx *postgres.Tx, service uuid.UUID, at time.Time) error {
	if _, err := tx.Exec(ctx, `delete from rollup_fit where service_id = $1`, service); err != nil {
		return fmt.Errorf("clear fits: %w", err)
	}
	if r.until.IsZero() {
		return nil
	}
	for vintage, asAt := range map[Vintage]civil.Date{Now: r.until, YearAgo: r.until.AddDays(-7 * backWeeks)} {
		fits, err := r.demand.History.Fit(asAt, r.calendar)
		if errors.Is(err, demand.ErrShort) {
			continue
		}
		if err != nil {
			return fmt.Errorf("fit the demand as at %s: %w", asAt, err)
		}
		if _, err := tx.Exec(ctx, `insert into rollup_fit (service_id, vintage, as_at, made_at, fits) values ($1,$2,$3,$4,$5)`, service, vintage, fits.AsAt.UTC(), at.UTC(), fits); err != nil {
			return fmt.Errorf("store fits as at %s: %w", asAt, err)
		}
	}
	return nil
}

// Refit makes the fits of a service anew as they were known at the end of a day, which is no later than the last of its ledger; zero is
// that last day. The other roll-ups stay. The sample has its story simulated by it at the time at which it happens.
func Refit(ctx context.Context, tx *postgres.Tx, service uuid.UUID, day civil.Date, at time.Time) error {
	r, err := readLedger(ctx, tx, service)
	if err != nil {
		return err
	}
	if !day.IsZero() {
		r.until = day
	}
	return r.storeFits(ctx, tx, service, at)
}

// ReadFits gives the fits of the service that the row policy shows, as known now or a year ago; ok is false if there are none.
func ReadFits(ctx context.Context, tx *postgres.Tx, v Vintage) (fits demand.Fits, ok bool, err error) {
	err = tx.QueryRow(ctx, `select fits from rollup_fit where vintage = $1`, v).Scan(&fits)
	if errors.Is(err, pgx.ErrNoRows) {
		return fits, false, nil
	}
	if err != nil {
		return fits, false, fmt.Errorf("read fits: %w", err)
	}
	return fits, true, nil
}
