package practice

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Member is somebody of the team of a service.
type Member struct {
	Account, Organisation, Person uuid.UUID // organisation and person are zero for somebody without a workforce record
	Name                          string
	Acting                        access.Role
}

// Deps is what the slice needs.
type Deps struct {
	DB   *postgres.DB
	Box  sealed.Box
	Now  func() time.Time                                                  // of the job
	Team func(ctx context.Context, service uuid.UUID) ([]Member, error)    // accounts are the hall's alone
	Tell func(ctx context.Context, tx *postgres.Tx, reminder Remind) error // queues a message; nil for none
	// Changed hears in the same transaction that what somebody may practise may be another than before; nil where nobody asks.
	Changed func(ctx context.Context, tx *postgres.Tx, account uuid.UUID, at time.Time) error
}

// Service does what the package says.
type Service struct {
	d    Deps
	pack Pack
}

// New makes the service. The pack is compiled in and a test reads it, so one that does not load is a broken build.
func New(d Deps) *Service {
	pack, err := LoadPack(content.FS)
	if err != nil {
		panic(err)
	}
	return &Service{d, pack}
}

// Pack is the competencies and registers.
func (s *Service) Pack() Pack { return s.pack }

// members lists the team by name, each once: as a clinician if they are one, else as what they are first.
func (s *Service) members(ctx context.Context, service uuid.UUID) (out []Member, err error) {
	all, err := s.d.Team(ctx, service)
	if err != nil {
		return nil, fmt.Errorf("list the team: %w", err)
	}
	slices.SortStableFunc(all, func(a, b Member) int { return rank(a.Acting) - rank(b.Acting) })
	for _, m := range all {
		if !slices.ContainsFunc(out, func(o Member) bool { return o.Account == m.Account }) {
			out = append(out, m)
		}
	}
	slices.SortFunc(out, func(a, b Member) int { return strings.Compare(a.Name+a.Account.String(), b.Name+b.Account.String()) })
	return out, nil
}

func rank(r access.Role) int {
	if r.IsClinician() {
		return 0
	}
	return 1
}

// member finds one of the actor's own service; whoever is elsewhere looks missing.
func (s *Service) member(ctx context.Context, service, account uuid.UUID) (Member, error) {
	all, err := s.members(ctx, service)
	if err != nil {
		return Member{}, err
	}
	i := slices.IndexFunc(all, func(m Member) bool { return m.Account == account })
	if i < 0 {
		return Member{}, fault.Missing("colleague")
	}
	return all[i], nil
}

// do runs a command in one transaction with its audit row; one that changes nothing leaves none.
func (s *Service) do(ctx context.Context, a access.Actor, e audit.Entry, fn func(*postgres.Tx) (changed bool, err error)) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		changed, err := fn(tx)
		if err != nil || !changed {
			return err
		}
		return audit.Append(ctx, tx, e)
	})
}

// changed says that what somebody may practise may be another than before.
func (s *Service) changed(ctx context.Context, tx *postgres.Tx, account uuid.UUID, at time.Time) error {
	if s.d.Changed == nil {
		return nil
	}
	return s.d.Changed(ctx, tx, account, at)
}
