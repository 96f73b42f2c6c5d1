package development

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Colleague is somebody of the same service.
type Colleague struct {
	Account uuid.UUID
	Name    string
	Role    access.Role
}

// Deps is what the slice needs.
type Deps struct {
	DB         *postgres.DB
	Box        sealed.Box
	Colleagues func(ctx context.Context, service uuid.UUID) ([]Colleague, error) // who works in a service
}

// Service keeps plans, offers and feedback.
type Service struct{ d Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// Colleagues lists those of the actor's service but the actor, each once.
func (s *Service) Colleagues(ctx context.Context, a access.Actor) (out []Colleague, err error) {
	all, err := s.d.Colleagues(ctx, a.Service)
	if err != nil {
		return nil, err
	}
	seen := map[uuid.UUID]bool{a.Account: true}
	for _, c := range all {
		if !seen[c.Account] {
			seen[c.Account] = true
			out = append(out, c)
		}
	}
	return out, nil
}

func (s *Service) colleague(ctx context.Context, a access.Actor, account uuid.UUID) (Colleague, bool, error) {
	all, err := s.Colleagues(ctx, a)
	for _, c := range all {
		if c.Account == account {
			return c, true, nil
		}
	}
	return Colleague{}, false, err
}

// do runs a command in one transaction with its audit row; one that changes nothing leaves none.
func (s *Service) do(ctx context.Context, a access.Actor, at time.Time, action, kind string, object uuid.UUID, fn func(*postgres.Tx) (n int64, err error)) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		n, err := fn(tx)
		if err != nil || n == 0 {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: action, Kind: kind, Object: object})
	})
}

// seal gives what a sealed column of a row holds.
func (s *Service) seal(c sealed.Column, service, row uuid.UUID, words any) ([]byte, error) {
	plain, err := json.Marshal(words)
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", c.Table, err)
	}
	return s.d.Box.Seal(c, service, row, string(plain))
}

// open reads it; a column that was never filled leaves words as they are.
func (s *Service) open(c sealed.Column, service, row uuid.UUID, was []byte, words any) error {
	plain, err := s.d.Box.Open(c, service, row, was)
	if err != nil || plain == "" {
		return err
	}
	if err := json.Unmarshal([]byte(plain), words); err != nil {
		return fmt.Errorf("decode %s: %w", c.Table, err)
	}
	return nil
}

// refuse makes an error of what a command's caller should have seen on the form.
func refuse(f fault.Fields) error {
	if len(f) == 0 {
		return nil
	}
	return fault.New(fault.Invalid, f[0].Key)
}

// said faults a text that is missing or too long; key is what is said of a missing one, "" where it may be.
func said(f *fault.Fields, name, text, key string, most int) {
	switch n := len([]rune(strings.TrimSpace(text))); {
	case n == 0 && key != "":
		f.Add(name, key)
	case n > most:
		f.Add(name, "form.too_long", "n", most)
	}
}
