package account

import (
	"context"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/session"
)

// clinicalIdle is how long an unattended screen of OH staff stays open (security.md A.9); others have the
// session's own limit.
const clinicalIdle = 15 * time.Minute

// clinical says whether a role has the shorter limit.
func clinical(r access.Role) bool { return r.AtService() || r == access.Admin }

// idle is how long a role may do nothing.
func idle(r access.Role) time.Duration {
	if clinical(r) {
		return clinicalIdle
	}
	return session.Idle
}

// left is how long the session of this request lives on without another: to its idle limit or its end.
func (s *Service) left(ctx context.Context, r access.Role) time.Duration {
	return min(idle(r), time.Until(s.d.Sessions.Deadline(ctx)))
}

// Stay lets a session go on, and says for how long. The request itself starts the idle time anew, as every one does;
// somebody who came by a link also gets the time of a link again, up to the longest life of any session.
func (s *Service) Stay(ctx context.Context, a access.Actor) time.Duration {
	if a.ByLink {
		// the machine's clock, as in EnterByLink
		last := time.Unix(s.d.Sessions.GetInt64(ctx, keyEntered), 0).Add(session.Lifetime)
		deadline := time.Now().Add(linkSession)
		if deadline.After(last) {
			deadline = last
		}
		s.d.Sessions.SetDeadline(ctx, deadline)
	}
	return s.left(ctx, a.Role)
}
