package activity

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// PersonReturned is no event of the ledger: the roll-up counts under it the referrals of people whose last case had
// closed within returnMonths. It is in rollup_count like a kind, without any key.
const PersonReturned Kind = "person.returned"

// returnMonths is half a year, as in the indicator "case reopened" (growth.md 6.1, K26).
const returnMonths = 6

// byPerson gives the beginnings and ends of cases person by person. It goes through the ledger a second time, because
// the first pass is ordered by case and must be.
const byPerson = `select person_key, case_key, at, organisation_id, kind, source
 from activity where service_id = $1 and kind in ('referral.submitted', 'casefile.closed') order by person_key, at, id`

// returns follows one person.
type returns struct {
	person []byte
	opened map[string]string // case: its source, from its beginning
	closed map[string]civil.Date
}

// next forgets the person before.
func (p *returns) next(person []byte) {
	p.person = append(p.person[:0], person...)
	clear(p.opened)
	clear(p.closed)
}

// came says whether a referral of today follows a case that closed within the last six months. What the employer
// may count follows only cases that the employer knew: a return after a self-referral would tell of it.
func (p *returns) came(thisCase, source string, today civil.Date) bool {
	for key, closed := range p.closed {
		if key == thisCase || closed.After(today) || closed.AddMonths(returnMonths).Before(today) {
			continue
		}
		if sideOf(source) == SideOwn || sideOf(p.opened[key]) == SideEmployer {
			return true
		}
	}
	return false
}

// people counts those who came back.
func (r *roll) people(ctx context.Context, tx *postgres.Tx, service uuid.UUID) error {
	rows, err := tx.Query(ctx, byPerson, service)
	if err != nil {
		return fmt.Errorf("read the ledger by person: %w", err)
	}
	defer rows.Close()
	p := returns{opened: map[string]string{}, closed: map[string]civil.Date{}}
	for rows.Next() {
		v := rows.RawValues()
		at, err := instant(v[2], rows.FieldDescriptions()[2].Format)
		if err != nil {
			return err
		}
		if !bytes.Equal(v[0], p.person) {
			p.next(v[0])
		}
		r.person(&p, string(v[1]), at, uuid.UUID(v[3]), Kind(v[4]), string(v[5]))
	}
	return rows.Err()
}

// person takes the next beginning or end of a case of one person.
func (r *roll) person(p *returns, caseKey string, at time.Time, organisation uuid.UUID, kind Kind, source string) {
	day := locale.Day(at)
	if kind == CaseClosed {
		p.closed[caseKey] = day
		return
	}
	if _, again := p.opened[caseKey]; again {
		return
	}
	p.opened[caseKey] = source
	if p.came(caseKey, source, day) {
		month := civil.Date{Year: day.Year, Month: day.Month, Day: 1}
		r.counts[countKey{organisation, month, string(PersonReturned), sideOf(source), "all", "all"}]++
	}
}
