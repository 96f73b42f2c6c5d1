package absence

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Employer is an organisation whose absence one may look at.
type Employer struct {
	ID   uuid.UUID
	Name string
}

// reader is the actor as the row policies take them: outside the service, only their own organisation's; of the
// service, the chosen one's, which the policies hold to the service's contracts.
func reader(a access.Actor, of uuid.UUID) access.Actor {
	switch {
	case Outside(a):
		a.Service = uuid.Nil
	case of != uuid.Nil:
		a.Organisation = of
	}
	return a
}

// choose reads whose figures the actor may choose between, by name, and which one they are. Outside the service there
// is no choice. An organisation without a contract is as good as none.
func choose(ctx context.Context, tx *postgres.Tx, a access.Actor, of uuid.UUID, now time.Time) (list []Employer, chosen Employer, err error) {
	if Outside(a) {
		if of != uuid.Nil && of != a.Organisation {
			return nil, Employer{}, fault.Missing("organisation")
		}
		return nil, Employer{ID: a.Organisation}, nil
	}
	served, err := organisation.ListServed(ctx, tx, now)
	if err != nil {
		return nil, Employer{}, err
	}
	for _, s := range served {
		if s.Service == a.Service {
			list = append(list, Employer{s.ID, s.Name})
		}
	}
	slices.SortFunc(list, func(x, y Employer) int {
		return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID.String(), y.ID.String()))
	})
	if of == uuid.Nil {
		of = a.Organisation
	}
	i := slices.IndexFunc(list, func(e Employer) bool { return e.ID == of })
	switch {
	case i >= 0:
		return list, list[i], nil
	case of == a.Organisation:
		return list, Employer{ID: of}, nil
	}
	return nil, Employer{}, fault.Missing("organisation")
}
