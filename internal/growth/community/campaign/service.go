package campaign

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/campaign/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/pack"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// The permissions of this slice.
const (
	Keep access.Permission = "campaign.keep"
	Read access.Permission = "campaign.effect"
)

// Rules of the slice.
var Rules = []access.Rule{
	{Permission: Keep, Wall: access.Growth, Data: access.D0, Purpose: "Keep campaigns and talks, and count whom they reached", Allow: access.Allow(access.Any, access.Lead, access.OHAdmin, access.Communications)},
	{Permission: Read, Wall: access.Growth, Data: access.D7, Purpose: "See what became of referrals after a campaign, without small numbers", Allow: access.Allow(access.Any, access.Lead, access.OHAdmin)},
}

// Reason is a reason for referral.
type Reason struct{ Code, Name string }

// Service keeps campaigns and talks.
type Service struct {
	db      *postgres.DB
	reasons []Reason
}

// New makes the service.
func New(d *postgres.DB) *Service {
	return &Service{d, pack.BuiltIn[struct{ Items []Reason }]("referral-reasons").Items}
}

// Reasons lists the reasons for referral.
func (s *Service) Reasons() []Reason { return s.reasons }

// do runs a command in one transaction with its audit row; one that changes nothing leaves none.
func (s *Service) do(ctx context.Context, a access.Actor, at time.Time, action, kind string, object uuid.UUID, fn func(*db.Queries) (int64, error)) error {
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		n, err := fn(db.New(tx))
		if err != nil || n == 0 {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: action, Kind: kind, Object: object})
	})
}

// List gives the campaigns of the service, the newest first.
func (s *Service) List(ctx context.Context, a access.Actor) (out []Campaign, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListCampaigns(ctx, db.ListCampaignsParams{OrganisationID: a.Organisation, ServiceID: a.Service})
		if err != nil {
			return fmt.Errorf("list campaigns: %w", err)
		}
		for _, r := range rows {
			out = append(out, Campaign{In: In{ID: r.ID, Title: r.Title, Audience: r.Audience, Message: r.Message, Material: r.Material, Reason: r.Reason, Hoped: r.Hoped, Starts: civil.Of(r.StartsOn), Ends: civil.Of(r.EndsOn)},
				Made: r.MadeAt, Changed: r.ChangedAt, By: r.ByName, Reached: int(r.Reached)})
		}
		return nil
	})
	return out, err
}

// Find gives one.
func (s *Service) Find(ctx context.Context, a access.Actor, id uuid.UUID) (Campaign, error) {
	all, err := s.List(ctx, a)
	if err != nil {
		return Campaign{}, err
	}
	if i := slices.IndexFunc(all, func(c Campaign) bool { return c.ID == id }); i >= 0 {
		return all[i], nil
	}
	return Campaign{}, fault.Missing("campaign")
}

// Add writes a campaign down. The same id again changes nothing.
func (s *Service) Add(ctx context.Context, a access.Actor, at time.Time, in In) error {
	if f := Check(in, s.reasons); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.do(ctx, a, at, "campaign.added", "campaign", in.ID, func(q *db.Queries) (int64, error) {
		return q.InsertCampaign(ctx, db.InsertCampaignParams{OrganisationID: a.Organisation, ID: in.ID, ServiceID: a.Service, Title: in.Title, Audience: in.Audience, Message: in.Message, Material: in.Material,
			Reason: in.Reason, Hoped: in.Hoped, StartsOn: in.Starts.UTC(), EndsOn: in.Ends.UTC(), At: postgres.Stamp(at), ByName: a.Name})
	})
}

// Change changes a campaign. From its first day on what was hoped of it stays, and its first day too.
func (s *Service) Change(ctx context.Context, a access.Actor, at, seen time.Time, in In) error {
	was, err := s.Find(ctx, a, in.ID)
	if err != nil {
		return err
	}
	if was.Stage(locale.Day(at)) != "planned" {
		in.Reason, in.Hoped, in.Starts = was.Reason, was.Hoped, was.Starts
	}
	if f := Check(in, s.reasons); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.do(ctx, a, at, "campaign.changed", "campaign", in.ID, func(q *db.Queries) (int64, error) {
		n, err := q.UpdateCampaign(ctx, db.UpdateCampaignParams{Title: in.Title, Audience: in.Audience, Message: in.Message, Material: in.Material, Reason: in.Reason, Hoped: in.Hoped,
			StartsOn: in.Starts.UTC(), EndsOn: in.Ends.UTC(), At: postgres.Stamp(at), ByName: a.Name, OrganisationID: a.Organisation, ID: in.ID, Seen: postgres.Stamp(seen)})
		if err == nil && n == 0 {
			err = fault.New(fault.Conflict, "campaign.conflict")
		}
		return n, err
	})
}

// Withdraw takes a campaign off the list.
func (s *Service) Withdraw(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID) error {
	return s.do(ctx, a, at, "campaign.withdrawn", "campaign", id, func(q *db.Queries) (int64, error) {
		return q.WithdrawCampaign(ctx, db.WithdrawCampaignParams{At: &at, ByName: a.Name, OrganisationID: a.Organisation, ID: id})
	})
}

// ReachOf lists whom a campaign reached, by day and channel.
func (s *Service) ReachOf(ctx context.Context, a access.Actor, id uuid.UUID) (out []Reach, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListReach(ctx, db.ListReachParams{OrganisationID: a.Organisation, CampaignID: id})
		if err != nil {
			return fmt.Errorf("list reach: %w", err)
		}
		for _, r := range rows {
			out = append(out, Reach{r.Channel, civil.Of(r.OnDay), int(r.N), r.ByName})
		}
		return nil
	})
	return out, err
}

// Count enters how many a campaign reached.
func (s *Service) Count(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, r Reach) error {
	c, err := s.Find(ctx, a, id)
	if err != nil {
		return err
	}
	if f := CheckReach(r, c, locale.Day(at)); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.do(ctx, a, at, "campaign.counted", "campaign", id, func(q *db.Queries) (int64, error) {
		return 1, q.SaveReach(ctx, db.SaveReachParams{OrganisationID: a.Organisation, CampaignID: id, Channel: r.Channel, OnDay: r.On.UTC(), N: int32(r.N), At: at, ByName: a.Name}) //nolint:gosec // it was checked
	})
}

// Effect says what became of the referrals for the campaign's reason.
func (s *Service) Effect(ctx context.Context, a access.Actor, now time.Time, c Campaign) (e Effect, err error) {
	today := locale.Day(now)
	from, to := window(c.Starts, today)
	dimension := "reason"
	if c.Reason == Every {
		dimension = "all"
	}
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := activity.ReadCounts(ctx, tx, from, to, []activity.Kind{activity.ReferralSubmitted}, []string{dimension, "all"})
		if err != nil {
			return err
		}
		begun, counts := to, map[civil.Date]int{}
		for _, r := range rows {
			if r.Month.Before(begun) {
				begun = r.Month
			}
			if r.Dimension == dimension && (r.Code == c.Reason || c.Reason == Every) {
				counts[r.Month] += r.N
			}
		}
		e, err = judge(c.In, today, begun, counts)
		return err
	})
	return e, err
}

// Talks lists the talks of the service, the newest first.
func (s *Service) Talks(ctx context.Context, a access.Actor) (out []Talk, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListTalks(ctx, db.ListTalksParams{OrganisationID: a.Organisation, ServiceID: a.Service})
		if err != nil {
			return fmt.Errorf("list talks: %w", err)
		}
		for _, r := range rows {
			out = append(out, Talk{TalkIn: TalkIn{r.ID, civil.Of(r.OnDay), r.Place, r.Audience, int(r.Listeners)}, Enquiries: int(postgres.Value(r.Enquiries)), Counted: r.Enquiries != nil, By: r.ByName})
		}
		return nil
	})
	return out, err
}

// AddTalk writes a talk down.
func (s *Service) AddTalk(ctx context.Context, a access.Actor, at time.Time, in TalkIn) error {
	if f := CheckTalk(in, locale.Day(at)); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.do(ctx, a, at, "campaign.talk_added", "talk", in.ID, func(q *db.Queries) (int64, error) {
		return q.InsertTalk(ctx, db.InsertTalkParams{OrganisationID: a.Organisation, ID: in.ID, ServiceID: a.Service, OnDay: in.On.UTC(), Place: in.Place, Audience: in.Audience, Listeners: int32(in.Listeners), At: at, ByName: a.Name}) //nolint:gosec // it was checked
	})
}

// Enquired enters how many asked about the work after a talk.
func (s *Service) Enquired(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, n int) error {
	if f := CheckPeople("enquiries", n); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	count := int32(n) //nolint:gosec // it was checked
	return s.do(ctx, a, at, "campaign.talk_counted", "talk", id, func(q *db.Queries) (int64, error) {
		return q.CountEnquiries(ctx, db.CountEnquiriesParams{Enquiries: &count, At: at, ByName: a.Name, OrganisationID: a.Organisation, ID: id})
	})
}
