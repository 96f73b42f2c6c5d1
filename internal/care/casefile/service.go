package casefile

import (
	"time"

	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Deps is what the slice needs.
type Deps struct {
	DB     *postgres.DB
	Ledger activity.Ledger
	Box    sealed.Box
	// Now is the clock of the loaders, which run before a handler has the time of the request: a break-glass
	// grant ends by it.
	Now func() time.Time
}

// Service reads and moves cases.
type Service struct{ d Deps }

// New makes the service.
func New(d Deps) *Service {
	if d.Now == nil {
		d.Now = time.Now
	}
	return &Service{d}
}
