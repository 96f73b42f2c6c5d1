package client_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/care/referral"
	"github.com/rowan-ohwb/rowan/internal/care/referral/selfreferral"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/organisation/client"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
)

// Once new referrals have ended nobody begins or sends one, and is told why; what was begun is still there.
func TestNoNewReferrals(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := client.NewService(db, account.New(account.Deps{DB: db, Now: func() time.Time { return now }}))
	referrals, own := referral.New(referral.Deps{DB: db}), selfreferral.New(selfreferral.Deps{DB: db})
	manager, after := w.LocalManager.As(access.Manager, access.Employer), now.AddDate(0, 0, 11)
	draft, err := referrals.Start(ctx, manager, now, uuid.New(), w.Local.Person)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.End(ctx, w.OHLead.As(access.Lead, access.Hall), now, w.Community, today.AddDays(10)); err != nil {
		t.Fatal(err)
	}
	if _, err := referrals.Start(ctx, w.Ward.As(access.Manager, access.Employer), after, uuid.New(), w.Nurse.Person); err != nil {
		t.Errorf("another client is touched: %v", err)
	}
	if d, err := referrals.Draft(ctx, manager, draft); err != nil || d.Answers.Person.ID != w.Local.Person {
		t.Errorf("the draft is lost: %+v, %v", d, err)
	}
	if err := referrals.Discard(ctx, manager, draft); err != nil {
		t.Fatal(err)
	}
	if _, err := referrals.Start(ctx, manager, after, uuid.New(), w.Local.Person); fault.KeyOf(err) != "referral.contract_over" {
		t.Errorf("a new referral: %v", err)
	}
	ask := selfreferral.Ask{ID: uuid.New(), Reason: "MSK", Text: "My back hurts.", Contact: "phone"}
	if bad := ask.Check(); len(bad) > 0 {
		ask.Contact = selfreferral.Contacts[0]
	}
	if _, err := own.Send(ctx, w.Local.As(access.Person, access.Portal), after, ask); fault.KeyOf(err) != "referral.contract_over" {
		t.Errorf("a new self-referral: %v", err)
	}
}
