package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/referral"
	"github.com/rowan-ohwb/rowan/internal/care/referral/sheet"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// submits is enough for a steady rate and a few seconds.
const submits = 400

// submit compares the command that submits a referral with raw pgx sending the very statements it sends.
func submit(b *bed) error {
	s := referral.New(referral.Deps{DB: b.db, Ledger: activity.Ledger{Keys: b.keys}, Box: sealed.New(b.keys)})
	manager := b.w.Ward.As(access.Manager, access.Employer)
	drafts, err := makeDrafts(b, manager, 2*submits+1)
	if err != nil {
		return err
	}
	send := func(id uuid.UUID) error {
		missing, err := s.Submit(b.ctx, manager, time.Now(), id)
		if err == nil && len(missing) > 0 {
			err = fmt.Errorf("draft misses %v", missing)
		}
		return err
	}
	statements, err := b.recents.record(func() error { return send(drafts[0]) })
	if err != nil {
		return err
	}
	conn, err := bare(b, access.Employer)
	if err != nil {
		return err
	}
	defer conn.Close(b.ctx)
	known := knownIDs(b)
	ours, plain, err := beside(submits, func(i int) error { return send(drafts[1+i]) }, func(i int) error {
		return raw(b.ctx, conn, fresh(statements, known, map[uuid.UUID]uuid.UUID{drafts[0]: drafts[1+submits+i]}))
	})
	if err != nil {
		return err
	}
	line("Rowan, one connection", fmt.Sprintf("%.0f commits a second", ours))
	line(fmt.Sprintf("raw pgx, the same %d statements", len(statements)), fmt.Sprintf("%.0f commits a second", plain))
	line("ratio (aim 0.5)", fmt.Sprintf("%.2f", ours/plain))
	return nil
}

func knownIDs(b *bed) map[uuid.UUID]bool {
	known := map[uuid.UUID]bool{b.w.Trust: true, b.w.Service: true}
	for _, who := range []struct{ p, a uuid.UUID }{{b.w.Ward.Person, b.w.Ward.Account}, {b.w.Nurse.Person, b.w.Nurse.Account}} {
		known[who.p], known[who.a] = true, true
	}
	return known
}

// makeDrafts writes complete drafts straight into the table: filling in a form is not what is measured.
func makeDrafts(b *bed, manager access.Actor, n int) ([]uuid.UUID, error) {
	day := civil.Of(time.Now())
	text := sheet.Text{
		Person:   sheet.Person{ID: b.w.Nurse.Person, Name: b.w.Nurse.Name, Title: "Staff nurse"},
		Referrer: sheet.Named{ID: b.w.Ward.Person, Name: b.w.Ward.Name},
		Reason:   "LTS", Why: strings.Repeat("Off since the start of the month. ", 10),
		Absence:   sheet.Absence{Now: "yes", First: day.AddDays(-28)},
		Questions: []string{"Q01", "Q02"},
	}
	text.Told = sheet.Told{Done: "yes", On: day, How: "phone", Shown: text.Digest()}
	answers, err := json.Marshal(referral.Answers{Text: text})
	if err != nil {
		return nil, err
	}
	ids := make([]uuid.UUID, n)
	err = b.db.InTenant(b.ctx, manager, func(tx *postgres.Tx) error {
		for i := range ids {
			ids[i] = uuid.New()
			if _, err := tx.Exec(b.ctx, `insert into referral_draft (organisation_id, id, author_person_id, person_id, kind, answers, updated_at)
 values ($1,$2,$3,$4,'management',$5,now())`, manager.Organisation, ids[i], manager.Person, b.w.Nurse.Person, answers); err != nil {
				return err
			}
		}
		return nil
	})
	return ids, err
}
