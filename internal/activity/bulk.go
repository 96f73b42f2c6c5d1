package activity

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// bulkRows is how many events go in one statement: enough that the round trip no longer counts, and about
// 1 MB of arguments.
const bulkRows = 4000

// insertMany is insert over arrays. COPY would be faster still, but PostgreSQL refuses it on a table with row
// policies, and the policies are to hold for history too.
const insertMany = `insert into activity (id, organisation_id, service_id, kind, person_key, case_key, actor_key, at,
 staff_group, band, site, team, reason, class, source, priority, outcome, completeness, minutes, absent_days)
 select id, organisation_id, service_id, kind, person_key, case_key, actor_key, at,
 nullif(staff_group,''), nullif(band,''), nullif(site,''), nullif(team,''), nullif(reason,''), nullif(class,''), nullif(source,''), nullif(priority,''), nullif(outcome,''), nullif(completeness,0), nullif(minutes,0), nullif(absent_days,0)
 from unnest($1::uuid[],$2::uuid[],$3::uuid[],$4::text[],$5::bytea[],$6::bytea[],$7::bytea[],$8::timestamptz[],
 $9::text[],$10::text[],$11::text[],$12::text[],$13::text[],$14::text[],$15::text[],$16::text[],$17::text[],$18::int[],$19::int[],$20::int[])
 as r (id, organisation_id, service_id, kind, person_key, case_key, actor_key, at, staff_group, band, site, team, reason, class, source, priority, outcome, completeness, minutes, absent_days)`

// CopyIn appends many events in the caller's transaction, in their order, under the checks of Append: it is how
// history is made. One bad row refuses all.
func (l Ledger) CopyIn(ctx context.Context, tx *postgres.Tx, rows []Row) error {
	for len(rows) > 0 {
		n := min(bulkRows, len(rows))
		var b columns
		for _, r := range rows[:n] {
			id, err := uuid.NewV7()
			if err != nil {
				return err
			}
			if err := b.add(l, id, r); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(ctx, insertMany, b.args()...); err != nil {
			return fmt.Errorf("append %d activity rows: %w", n, err)
		}
		rows = rows[n:]
	}
	return nil
}

// Known is an event whose id follows from where it came from, so that it is known when it comes again.
type Known struct {
	ID uuid.UUID
	Row
}

// Merge appends the events that the ledger does not hold yet, in the caller's transaction, and says how many these
// were. One bad row refuses all. No target is named in the conflict clause, because that would ask for the right to
// read the ledger.
func (l Ledger) Merge(ctx context.Context, tx *postgres.Tx, rows []Known) (added int, err error) {
	for len(rows) > 0 {
		n := min(bulkRows, len(rows))
		var b columns
		for _, r := range rows[:n] {
			if err := b.add(l, r.ID, r.Row); err != nil {
				return added, err
			}
		}
		tag, err := tx.Exec(ctx, insertMany+` on conflict do nothing`, b.args()...)
		if err != nil {
			return added, fmt.Errorf("merge %d activity rows: %w", n, err)
		}
		added += int(tag.RowsAffected())
		rows = rows[n:]
	}
	return added, nil
}

// columns holds rows turned sideways.
type columns struct {
	id, organisation, service []uuid.UUID
	person, kase, actor       [][]byte
	at                        []time.Time
	completeness, minutes     []int32
	absent                    []int32
	text                      [10][]string // kind, then the codes in the order of the statement
}

func (b *columns) add(l Ledger, id uuid.UUID, r Row) error {
	if err := r.check(); err != nil {
		return err
	}
	c := r.Codes
	b.id, b.organisation, b.service = append(b.id, id), append(b.organisation, r.Organisation), append(b.service, r.Service)
	b.person = append(b.person, l.Keys.Pseudonym(r.Service, "person", r.Person))
	b.kase = append(b.kase, l.Keys.Pseudonym(r.Service, "case", r.Case))
	b.actor = append(b.actor, l.Keys.Pseudonym(r.Service, "actor", r.Actor))
	b.at = append(b.at, r.At.UTC())
	b.completeness, b.minutes = append(b.completeness, int32(c.Completeness)), append(b.minutes, int32(c.Minutes))
	b.absent = append(b.absent, int32(c.AbsentDays))
	for i, v := range []string{string(r.Kind), c.StaffGroup, c.Band, c.Site, c.Team, c.Reason, c.Class, c.Source, c.Priority, c.Outcome} {
		b.text[i] = append(b.text[i], v)
	}
	return nil
}

func (b *columns) args() []any {
	out := []any{b.id, b.organisation, b.service, b.text[0], b.person, b.kase, b.actor, b.at}
	for _, t := range b.text[1:] {
		out = append(out, t)
	}
	return append(out, b.completeness, b.minutes, b.absent)
}
