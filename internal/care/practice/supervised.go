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

// CountSupervised counts, for the service of the transaction, how many clinicians took supervision in each of the last months: all
// that the growth wing learns of it. Of how many they are is what the team was when the month was first counted: within a day of its end,
// but for months from before anybody wrote any down here. A month before the first entry that stands is not counted, so one whose
// entries were all taken back is forgotten when nothing came before it.
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
	var first *time.Time
	if len(rows) > 0 {
		first = &rows[0].Month
	}
	if err := q.ClearSupervised(ctx, db.ClearSupervisedParams{ServiceID: tx.Actor.Service, First: first}); err != nil {
		return fmt.Errorf("clear what was counted: %w", err)
	}
	if first == nil {
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
		if month.Before(civil.Of(*first)) {
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
