package glass

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Deps is what the slice needs.
type Deps struct {
	DB *postgres.DB
	// NameRange gives the half-open range of folded name keys that begin with what somebody typed (person.Range).
	NameRange func(prefix string) (from, to string)
	// Now is the clock of the loader: a grant ends by it.
	Now func() time.Time
}

// Service finds people and opens the glass.
type Service struct{ d Deps }

// New makes the service.
func New(d Deps) *Service {
	if d.Now == nil {
		d.Now = time.Now
	}
	return &Service{d}
}

// Lasts is how long a broken glass stays open: the longest that the house allows (security.md A.3 case 20), enough for
// one emergency; the database refuses more.
const Lasts = 60 * time.Minute

// Reasons are the codes of why, in the order of the page.
var Reasons = []string{"danger_to_life", "urgent_no_colleague", "safeguarding", "legal_duty"}

// Grant is one breaking of the glass. The id is the page's, so a double click opens one.
type Grant struct {
	ID     uuid.UUID
	Reason string
	Detail string
}

// minDetail is the least number of characters that say anything to the Caldicott guardian.
const minDetail = 10

// Check says what is missing.
func (g Grant) Check() (faults fault.Fields) {
	known := false
	for _, r := range Reasons {
		known = known || r == g.Reason
	}
	if !known {
		faults.Add("reason", "glass.reason.empty")
	}
	if len([]rune(g.Detail)) < minDetail {
		faults.Add("detail", "glass.detail.empty")
	}
	return faults
}

// Open breaks the glass for one person: grant, audit row and message to the Caldicott guardian of
// the service's organisation, all or none. The message
// names neither person nor reason.
func (s *Service) Open(ctx context.Context, a access.Actor, at time.Time, p Person, in Grant) error {
	if len(in.Check()) > 0 || p.ID == a.Person {
		return fault.New(fault.Invalid, "fault.not_found")
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		n, err := db.New(tx).InsertGlass(ctx, db.InsertGlassParams{ServiceID: a.Service, ID: in.ID, OrganisationID: p.Organisation, PersonID: p.ID,
			AccountID: a.Account, Reason: in.Reason, Detail: in.Detail, OpenedAt: at, ExpiresAt: at.Add(Lasts)})
		if err != nil {
			return fmt.Errorf("insert break-glass: %w", err)
		}
		if n == 0 {
			return nil
		}
		if err := audit.Append(ctx, tx, audit.Entry{At: at, Action: "break_glass.opened", Kind: "break_glass", Object: in.ID, Subject: p.ID,
			Ground: "glass:" + in.ID.String(), Detail: map[string]string{"reason": in.Reason}}); err != nil {
			return err
		}
		return message.Queue(ctx, tx, message.Out{Key: "break_glass:" + in.ID.String(), Organisation: a.Organisation, Service: a.Service,
			Capacity: message.Guardian, Template: "break_glass", At: at})
	})
}
