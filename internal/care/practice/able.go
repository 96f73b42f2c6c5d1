package practice

import (
	"context"
	"slices"
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Endless is the last day of what has none.
var Endless = civil.Date{Year: 9999, Month: 12, Day: 31}

// Able is what somebody may practise on a day, each with the last day on which both the sign-off and the entry in a register hold. Whose
// role has a register may nothing without an entry in it, whatever they are signed off for.
func (p Person) Able(today civil.Date) map[string]civil.Date {
	last := Endless
	if slices.Contains(registered, p.Role) {
		if last = p.ends().On; last.IsZero() || last.Before(today) {
			return nil
		}
	}
	out := map[string]civil.Date{}
	for key, s := range p.States {
		if s.Standing != Unsupervised {
			continue
		}
		out[key] = last
		if end := s.Signed.Expires; !end.IsZero() && end.Before(last) {
			out[key] = end
		}
	}
	return out
}

// Able reads it of one of the service, within the transaction of another command. role is in which they practise, where that is known; ""
// is as their role in Rowan says, unless their lead says otherwise.
func (s *Service) Able(ctx context.Context, tx *postgres.Tx, m Member, role string, at time.Time) (practises string, able map[string]civil.Date, err error) {
	p, err := s.one(ctx, tx, m, at)
	if err != nil {
		return "", nil, err
	}
	if role != "" {
		p.Role = role
	}
	return p.Role, p.Able(locale.Day(at)), nil
}
