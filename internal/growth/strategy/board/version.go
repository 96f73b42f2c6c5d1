package board

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/board/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

func number(n int) map[string]string { return map[string]string{"version": strconv.Itoa(n)} }

// Open begins the next version. There is one draft at a time.
func (s *Service) Open(ctx context.Context, a access.Actor, at time.Time, vision string) (n int, err error) {
	if f := CheckVision(vision); len(f) > 0 {
		return 0, fault.New(fault.Invalid, f[0].Key)
	}
	err = s.do(ctx, a, at, "plan.version_opened", "plan_version", uuid.Nil, nil, func(tx *postgres.Tx) error {
		q := db.New(tx)
		m, err := q.InsertVersion(ctx, db.InsertVersionParams{OrganisationID: a.Organisation, Vision: vision, OpenedAt: postgres.Stamp(at), OpenedBy: a.Name})
		if postgres.Code(err) == postgres.UniqueViolation {
			return fault.New(fault.Conflict, "board.conflict.draft")
		}
		if err != nil {
			return fmt.Errorf("insert version: %w", err)
		}
		n = int(m)
		return wrap("copy equality impact", q.CopyEquality(ctx, db.CopyEqualityParams{OrganisationID: a.Organisation, N: m, Earlier: m - 1}))
	})
	return n, err
}

// Reword changes the line of a draft.
func (s *Service) Reword(ctx context.Context, a access.Actor, at time.Time, n int, vision string) error {
	if f := CheckVision(vision); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.do(ctx, a, at, "plan.version_reworded", "plan_version", uuid.Nil, number(n), func(tx *postgres.Tx) error {
		rows, err := db.New(tx).SetVision(ctx, db.SetVisionParams{OrganisationID: a.Organisation, N: int32(n), Vision: vision})
		if err == nil && rows == 0 {
			return fault.New(fault.Conflict, "board.conflict.state")
		}
		return wrap("set vision", err)
	})
}

// Submit freezes a draft.
func (s *Service) Submit(ctx context.Context, a access.Actor, at time.Time, n int) error {
	return s.do(ctx, a, at, "plan.version_submitted", "plan_version", uuid.Nil, number(n), func(tx *postgres.Tx) error {
		v, err := s.lock(ctx, tx, n, Submitted)
		if err != nil {
			return err
		}
		if len(v.Snapshot.Objectives) == 0 || len(v.Snapshot.Actions) == 0 {
			return fault.New(fault.Conflict, "board.conflict.nothing")
		}
		frozen, err := json.Marshal(v.Snapshot)
		if err != nil {
			return fmt.Errorf("encode plan: %w", err)
		}
		text, sum, when, by := string(frozen), hash(frozen), postgres.Stamp(at), a.Name
		return wrap("submit version", db.New(tx).SubmitVersion(ctx, db.SubmitVersionParams{OrganisationID: a.Organisation, N: int32(n), Snapshot: &text, Hash: &sum, SubmittedAt: &when, SubmittedBy: &by}))
	})
}

// Sign approves or returns a submitted version, in the name of the executive who is signed in.
func (s *Service) Sign(ctx context.Context, a access.Actor, at time.Time, n int, in Signing) error {
	if f := CheckSigning(in, a.Name); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	to := Returned
	if in.Approve {
		to = Approved
	}
	return s.do(ctx, a, at, "plan.version_signed", "plan_version", uuid.Nil, map[string]string{"version": strconv.Itoa(n), "state": string(to)}, func(tx *postgres.Tx) error {
		v, err := s.lock(ctx, tx, n, to)
		if err != nil {
			return err
		}
		if in.Approve && v.Missing().Any() {
			return fault.New(fault.Conflict, "board.conflict.missing")
		}
		sum, err := v.signedHash()
		if err != nil {
			return err
		}
		when, by := postgres.Stamp(at), a.Name
		return wrap("sign version", db.New(tx).SignVersion(ctx, db.SignVersionParams{OrganisationID: a.Organisation, N: int32(n), State: string(to),
			SignedAt: &when, SignedBy: &by, SignedPost: &in.Post, SignedHash: &sum, Words: in.Words}))
	})
}

// signedHash is what a signature covers: the frozen bytes, the log and the impact.
func (v Version) signedHash() (string, error) {
	rest, err := json.Marshal(struct {
		Talks   []Talk   `json:"talks"`
		Impacts []Impact `json:"impacts"`
	}{v.Talks, v.Impacts})
	if err != nil {
		return "", fmt.Errorf("encode log and impact: %w", err)
	}
	return hash(append([]byte(v.frozenBytes), rest...)), nil
}

// Verify says whether a signed version, its log and its impact are still what was signed.
func (v Version) Verify() bool {
	if v.Signature == nil {
		return true
	}
	sum, err := v.signedHash()
	return err == nil && sum == v.Signature.Hash && hash([]byte(v.frozenBytes)) == v.Hash
}

// Enforce puts an approved version in force; it replaces the one that was.
func (s *Service) Enforce(ctx context.Context, a access.Actor, at time.Time, n int) error {
	return s.do(ctx, a, at, "plan.version_in_force", "plan_version", uuid.Nil, number(n), func(tx *postgres.Tx) error {
		if _, err := s.lock(ctx, tx, n, InForce); err != nil {
			return err
		}
		q, when := db.New(tx), postgres.Stamp(at)
		if err := q.ReplaceInForce(ctx, db.ReplaceInForceParams{OrganisationID: a.Organisation, At: &when}); err != nil {
			return wrap("replace version", err)
		}
		return wrap("put version in force", q.PutInForce(ctx, db.PutInForceParams{OrganisationID: a.Organisation, N: int32(n), At: &when}))
	})
}

// LogTalk writes down who was asked about a version, and what that changed. The same id again changes nothing.
func (s *Service) LogTalk(ctx context.Context, a access.Actor, at time.Time, n int, t Talk) error {
	if f := CheckTalk(t, locale.Day(at)); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.do(ctx, a, at, "plan.talk_logged", "plan_coproduction", t.ID, number(n), func(tx *postgres.Tx) error {
		return wrap("insert co-production", db.New(tx).InsertCoproduction(ctx, db.InsertCoproductionParams{OrganisationID: a.Organisation, ID: t.ID, N: int32(n),
			OnDate: t.On.UTC(), Who: t.Who, Asked: t.Asked, Changed: t.Changed, At: postgres.Stamp(at), By: a.Name}))
	})
}

// Judge writes down what a version means for people of some characteristics.
func (s *Service) Judge(ctx context.Context, a access.Actor, at time.Time, n int, some []string, i Impact) error {
	if f := CheckImpact(some, i, s.characters); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	v, err := s.Version(ctx, a, n)
	if err != nil {
		return err
	}
	return s.do(ctx, a, at, "plan.equality_judged", "plan_equality", uuid.Nil, number(n), func(tx *postgres.Tx) error {
		for _, c := range some {
			if err := db.New(tx).PutEquality(ctx, db.PutEqualityParams{OrganisationID: a.Organisation, N: int32(n), Characteristic: c, Effect: i.Effect,
				Evidence: i.Evidence, Mitigation: i.Mitigation, Covers: v.Snapshot.covers(), At: postgres.Stamp(at), By: a.Name}); err != nil {
				return wrap("put equality impact", err)
			}
		}
		return nil
	})
}
