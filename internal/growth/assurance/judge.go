package assurance

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/assurance/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// NewRating is a judgement to keep.
type NewRating struct {
	ID        uuid.UUID
	Principle string
	Rating    string
	Lines     []string
	Words     string
}

// Rate keeps the guardian's judgement of a principle. The same id again changes nothing.
func (s *Service) Rate(ctx context.Context, a access.Actor, now time.Time, r NewRating) error {
	if _, ok := s.guide.Principle(r.Principle); !ok {
		return fault.Missing("principle")
	}
	if f := s.guide.CheckRating(r); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	if r.Lines == nil {
		r.Lines = []string{}
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		n, err := db.New(tx).InsertRating(ctx, db.InsertRatingParams{OrganisationID: a.Organisation, ID: r.ID, Principle: r.Principle, PrinciplesVersion: int32(s.guide.Version),
			Rating: r.Rating, Lines: r.Lines, Words: strings.TrimSpace(r.Words), Author: a.Name, At: now.UTC()})
		if err != nil || n == 0 {
			return wrap("insert rating", err)
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "assurance.rated", Kind: "assurance_rating", Object: r.ID,
			Detail: map[string]string{"principle": r.Principle, "rating": r.Rating}})
	})
}
