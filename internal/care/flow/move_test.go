package flow_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

func TestMoveKeepsCaseHistoryAndReferrerTogether(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	ctx := context.Background()
	now := time.Now()
	referral, id := uuid.New(), uuid.New()
	err := db.InTenant(ctx, w.Ward.As(access.Manager, access.Employer), func(tx *postgres.Tx) error {
		if _, err := tx.Exec(ctx, `insert into referral (organisation_id, service_id, id, kind, person_id, referrer_person_id, viewers, text, state, state_at, submitted_at)
 values ($1,$2,$3,'management',$4,$5,$6,'{}','submitted',$7,$7)`, w.Trust, w.Service, referral, w.Nurse.Person, w.Ward.Person, []uuid.UUID{w.Ward.Person}, now); err != nil {
			return err
		}
		m := message.Out{Key: "test:" + referral.String(), Organisation: w.Trust, Service: w.Service, To: w.Nurse.Person, Capacity: message.Self, Template: "referral_made", At: now}
		if err := message.Queue(ctx, tx, m); err != nil {
			return err
		}
		return message.Queue(ctx, tx, m)
	})
	if err != nil {
		t.Fatal(err)
	}
	clinical := w.OHNurse.As(access.Nurse, access.Clinical)
	step := func(to flow.State) error {
		return db.InTenant(ctx, clinical, func(tx *postgres.Tx) error {
			return flow.Move(ctx, tx, flow.Step{Service: w.Service, Case: id, To: to, At: now})
		})
	}
	err = db.InTenant(ctx, clinical, func(tx *postgres.Tx) error {
		if _, err := tx.Exec(ctx, `insert into casefile (service_id, id, organisation_id, person_id, source, referral_id, state, state_at, received_at, reason)
 values ($1,$2,$3,$4,'management',$5,'received',$6,$6,'LTS')`, w.Service, id, w.Trust, w.Nurse.Person, referral, now); err != nil {
			return err
		}
		return flow.Open(ctx, tx, w.Service, id, now)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := step(flow.Attended); !errors.Is(err, flow.ErrMove) {
		t.Errorf("received to attended: %v, want a refusal", err)
	}
	if err := step(flow.AwaitingBooking); err != nil {
		t.Fatal(err)
	}
	// the person books for themselves, behind the portal wall
	err = db.InTenant(ctx, w.Nurse.As(access.Person, access.Portal), func(tx *postgres.Tx) error {
		return flow.Move(ctx, tx, flow.Step{Service: w.Service, Case: id, To: flow.Booked, At: now})
	})
	if err != nil {
		t.Fatal(err)
	}
	var seen string
	err = db.InTenant(ctx, w.Ward.As(access.Manager, access.Employer), func(tx *postgres.Tx) error {
		return tx.QueryRow(ctx, `select state from referral where organisation_id = $1 and id = $2`, w.Trust, referral).Scan(&seen)
	})
	if err != nil || seen != "booked" {
		t.Errorf("the referrer sees %q (%v), want booked", seen, err)
	}
	// another manager of the same trust sees nothing
	err = db.InTenant(ctx, w.Peer.As(access.Manager, access.Employer), func(tx *postgres.Tx) error {
		var n int
		return tx.QueryRow(ctx, `select count(*) from referral where id = $1`, referral).Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	err = db.InTenant(ctx, w.Ward.As(access.Manager, access.Employer), func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `select 1 from casefile`)
		return err
	})
	if postgres.Code(err) != postgres.PermissionDenied {
		t.Errorf("employer login on casefile: %v, want permission denied", err)
	}
}
