package post

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/member"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Told is that a member told the moderators of a text, and why; only they read it.
type Told struct {
	Post
	By   string
	Why  string
	When time.Time
}

// Tell tells the moderators of a published text, once for each person. The keeper of a group is asked about its papers.
func (s *Service) Tell(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, why string) error {
	if f := CheckReason(why, nil); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.write(ctx, a, at, "community.post_told", id, nil, func(q *db.Queries, c member.Community) error {
		p, err := find(ctx, q, c, id)
		if err != nil {
			return err
		}
		if !c.Mine {
			return fault.New(fault.Conflict, "member.join.first")
		}
		if !p.Tellable(a.Account) {
			return fault.New(fault.Conflict, "post.changed")
		}
		n, err := q.InsertFlag(ctx, db.InsertFlagParams{OrganisationID: c.ID, PostID: id, AccountID: a.Account, Name: a.Name, Reason: why, At: postgres.Stamp(at)})
		if err != nil {
			return fmt.Errorf("tell of a post: %w", err)
		}
		if n == 0 {
			return fault.New(fault.Conflict, "post.told.once")
		}
		return nil
	})
}

// Tellable says whether a reader may tell the moderators of it.
func (p Post) Tellable(reader uuid.UUID) bool {
	return p.State == Published && p.Kind != Paper && p.Author != reader
}

// told lists what the moderators were told, and nobody has settled yet.
func told(ctx context.Context, q *db.Queries, c member.Community) (out []Told, err error) {
	rows, err := q.ListFlags(ctx, c.ID)
	if err != nil {
		return nil, fmt.Errorf("list what moderators were told: %w", err)
	}
	for _, r := range rows {
		p, err := find(ctx, q, c, r.PostID)
		if err != nil {
			return nil, err
		}
		out = append(out, Told{p, r.Name, r.Reason, r.ToldAt})
	}
	return out, nil
}

// Settle says that a moderator has read a text that they were told of, and that it stays.
func (s *Service) Settle(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID) error {
	return s.decide(ctx, a, at, "community.told_settled", id, func(q *db.Queries, c member.Community) (int64, error) {
		return q.SettleFlags(ctx, db.SettleFlagsParams{OrganisationID: c.ID, PostID: id, At: postgres.Null(postgres.Stamp(at)), ByName: a.Name})
	})
}
