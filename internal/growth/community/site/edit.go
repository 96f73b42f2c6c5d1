package site

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/site/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// changed answers a command that found the page otherwise than it was shown.
var errChanged = fault.New(fault.Conflict, "site.changed")

func of(path string, version int) map[string]string {
	return map[string]string{"path": path, "version": strconv.Itoa(version)}
}

// Save writes a draft: the open version where there is one, and else the next. seen is when the version that the form showed was
// saved; zero for a new one.
func (s *Service) Save(ctx context.Context, a access.Actor, at, seen time.Time, in PageIn) error {
	if f := CheckPage(in, locale.Day(at)); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	if !valid(in.Kind, in.Path) {
		return fault.Missing("page")
	}
	all, err := s.History(ctx, a, in.Path)
	if err != nil {
		return err
	}
	next := Version{Version: 1}
	if len(all) > 0 {
		next = all[0]
		if next.Kind != in.Kind {
			return errChanged
		}
		if !next.Open() {
			next.Version++
		}
	}
	return s.do(ctx, a, audit.Entry{At: at, Action: "site.saved", Kind: "site", Detail: of(in.Path, next.Version)}, func(_ *postgres.Tx, q *db.Queries) (n int64, err error) {
		if next.Open() {
			n, err = q.UpdateDraft(ctx, db.UpdateDraftParams{Title: in.Title, Words: in.Words, Easy: in.Easy, ReviewOn: in.ReviewOn.UTC(), SavedAt: postgres.Stamp(at), SavedBy: a.Name,
				OrganisationID: a.Organisation, ServiceID: a.Service, Path: in.Path, Version: int32(next.Version), Seen: postgres.Stamp(seen)}) //nolint:gosec // a page has no two milliard versions
		} else {
			n, err = q.InsertVersion(ctx, db.InsertVersionParams{OrganisationID: a.Organisation, ServiceID: a.Service, Path: in.Path, Version: int32(next.Version), Kind: string(in.Kind), //nolint:gosec // as above
				Title: in.Title, Words: in.Words, Easy: in.Easy, ReviewOn: in.ReviewOn.UTC(), SavedAt: postgres.Stamp(at), SavedBy: a.Name})
		}
		return settled(n, "save page", err)
	})
}

// settled answers a change that found nothing to change with a conflict.
func settled(n int64, what string, err error) (int64, error) {
	switch {
	case err != nil:
		return 0, fmt.Errorf("%s: %w", what, err)
	case n == 0:
		return 0, errChanged
	}
	return n, nil
}

// Offer asks the lead to publish a draft.
func (s *Service) Offer(ctx context.Context, a access.Actor, at time.Time, v Version) error {
	return s.do(ctx, a, audit.Entry{At: at, Action: "site.offered", Kind: "site", Detail: of(v.Path, v.Version)}, func(_ *postgres.Tx, q *db.Queries) (int64, error) {
		n, err := q.OfferDraft(ctx, db.OfferDraftParams{OrganisationID: a.Organisation, ServiceID: a.Service, Path: v.Path, Version: int32(v.Version)}) //nolint:gosec // as above
		return settled(n, "offer page", err)
	})
}

// Publish puts an offered version on the site, in place of the one before. seen is when the version that was read was saved.
func (s *Service) Publish(ctx context.Context, a access.Actor, at, seen time.Time, v Version) error {
	return s.do(ctx, a, audit.Entry{At: at, Action: "site.published", Kind: "site", Detail: of(v.Path, v.Version)}, func(_ *postgres.Tx, q *db.Queries) (int64, error) {
		if _, err := q.ReplacePublished(ctx, db.ReplacePublishedParams{OrganisationID: a.Organisation, ServiceID: a.Service, Path: v.Path}); err != nil {
			return 0, fmt.Errorf("replace page: %w", err)
		}
		n, err := q.PublishOffered(ctx, db.PublishOfferedParams{DecidedAt: postgres.Null(at), DecidedBy: postgres.Null(a.Name), OrganisationID: a.Organisation, ServiceID: a.Service, Path: v.Path,
			Version: int32(v.Version), Seen: postgres.Stamp(seen)}) //nolint:gosec // as above
		return settled(n, "publish page", err)
	})
}

// mostReason is three sentences: enough to say what to change.
const mostReason = 500

// CheckReason says what is wrong with why a page is given back.
func CheckReason(words string) (f fault.Fields) {
	f.Text("reason", "site.reason.empty", words, mostReason)
	return f
}

// Return gives an offered version back to who wrote it.
func (s *Service) Return(ctx context.Context, a access.Actor, at time.Time, v Version, reason string) error {
	if f := CheckReason(reason); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.do(ctx, a, audit.Entry{At: at, Action: "site.returned", Kind: "site", Detail: of(v.Path, v.Version)}, func(_ *postgres.Tx, q *db.Queries) (int64, error) {
		n, err := q.ReturnOffered(ctx, db.ReturnOfferedParams{Returned: reason, OrganisationID: a.Organisation, ServiceID: a.Service, Path: v.Path, Version: int32(v.Version)}) //nolint:gosec // as above
		return settled(n, "return page", err)
	})
}

// Withdraw takes a page off the site.
func (s *Service) Withdraw(ctx context.Context, a access.Actor, at time.Time, v Version) error {
	return s.do(ctx, a, audit.Entry{At: at, Action: "site.withdrawn", Kind: "site", Detail: of(v.Path, v.Version)}, func(_ *postgres.Tx, q *db.Queries) (int64, error) {
		n, err := q.WithdrawPublished(ctx, db.WithdrawPublishedParams{DecidedAt: postgres.Null(at), DecidedBy: postgres.Null(a.Name), OrganisationID: a.Organisation, ServiceID: a.Service, Path: v.Path})
		return settled(n, "withdraw page", err)
	})
}

// Reviewed says that a published page was read again and is still right, until another day.
func (s *Service) Reviewed(ctx context.Context, a access.Actor, at time.Time, v Version, until civil.Date) error {
	v.ReviewOn = until
	if f := CheckPage(PageIn{Path: v.Path, Kind: v.Kind, Title: v.Title, Words: v.Words, Easy: v.Easy, ReviewOn: until}, locale.Day(at)); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.do(ctx, a, audit.Entry{At: at, Action: "site.reviewed", Kind: "site", Detail: of(v.Path, v.Version)}, func(_ *postgres.Tx, q *db.Queries) (int64, error) {
		n, err := q.ReviewPublished(ctx, db.ReviewPublishedParams{ReviewOn: until.UTC(), DecidedAt: postgres.Null(at), DecidedBy: postgres.Null(a.Name), OrganisationID: a.Organisation, ServiceID: a.Service, Path: v.Path})
		return settled(n, "review page", err)
	})
}
