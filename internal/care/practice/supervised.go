package practice

import (
	"context"
	"fmt"
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/practice/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// countedMonths is how many whole months are counted anew each time: an entry may come late, or be taken back.
const countedMonths = 12

// CountSupervised counts, for the service of the transaction, how many took supervision in each of the last months: all
// that the growth wing learns of it.
func (s *Service) CountSupervised(ctx context.Context, tx *postgres.Tx, now time.Time) error {
	members, err := s.members(ctx, tx.Actor.Service)
	if err != nil {
		return err
	}
	clinicians := 0
	for _, m := range members {
		if m.Acting.IsClinician() {
			clinicians++
		}
	}
	q := db.New(tx)
	rows, err := q.CountSupervised(ctx, tx.Actor.Service)
	if err != nil {
		return fmt.Errorf("count supervision: %w", err)
	}
	if len(rows) == 0 {
		return nil
	}
	took := map[civil.Date]int32{}
	for _, r := range rows {
		took[civil.Of(r.Month)] = r.N
	}
	today := locale.Day(now)
	this := civil.Date{Year: today.Year, Month: today.Month, Day: 1}
	for i := 1; i <= countedMonths; i++ {
		month := this.AddMonths(-i)
		if month.Before(civil.Of(rows[0].Month)) {
			break
		}
		err := q.SaveSupervised(ctx, db.SaveSupervisedParams{ServiceID: tx.Actor.Service, OrganisationID: tx.Actor.Organisation, Month: month.UTC(), Took: took[month],
			Clinicians: int32(clinicians), CountedAt: now.UTC()}) //nolint:gosec // a team
		if err != nil {
			return fmt.Errorf("save how many took supervision: %w", err)
		}
	}
	return nil
}
