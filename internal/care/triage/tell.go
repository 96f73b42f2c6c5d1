package triage

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/care/triage/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// tellReferrer queues a message to the referrer; a self-referral has none, so nothing is sent. The message
// carries no argument: an accept and a merge cannot differ.
func (s *Service) tellReferrer(ctx context.Context, tx *postgres.Tx, c Case, at time.Time, template string, decision uuid.UUID) error {
	if c.Referral == nil {
		return nil
	}
	r, err := db.New(tx).FindReferral(ctx, db.FindReferralParams{ServiceID: tx.Actor.Service, ID: *c.Referral})
	if err != nil {
		return fmt.Errorf("find referral: %w", err)
	}
	return message.Queue(ctx, tx, message.Out{Key: template + ":" + decision.String(), Organisation: c.Organisation, Service: tx.Actor.Service,
		To: r.ReferrerPersonID, Capacity: message.Work, Template: template, At: at})
}

func (s *Service) tellPerson(ctx context.Context, tx *postgres.Tx, c Case, at time.Time, template string, decision uuid.UUID) error {
	return message.Queue(ctx, tx, message.Out{Key: template + ":" + decision.String(), Organisation: c.Organisation, Service: tx.Actor.Service,
		To: c.Person, Capacity: message.Self, Template: template, LinkPurpose: "my", At: at})
}
