package adjustment

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/adjustment/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/uptake"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// followArgs and countArgs ask and count in one organisation.
type (
	followArgs struct {
		Organisation uuid.UUID `json:"organisation"`
	}
	countArgs struct {
		Organisation uuid.UUID `json:"organisation"`
	}
)

func (followArgs) Kind() string                                { return "adjustment.follow" }
func (a followArgs) Tenant() (organisation, service uuid.UUID) { return a.Organisation, uuid.Nil }
func (countArgs) Kind() string                                 { return "adjustment.count" }
func (a countArgs) Tenant() (organisation, service uuid.UUID)  { return a.Organisation, uuid.Nil }

// sweepEvery is how often the worker looks: a question that is due today is asked today.
const sweepEvery = 6 * time.Hour

// Jobs has people asked after some weeks, and the uptake counted when a month is over.
func Jobs(r *job.Runner, now func() time.Time) {
	r.Sweep("adjustment", sweepEvery, func(ctx context.Context, tx *postgres.Tx) ([]job.Args, error) { return sweep(ctx, tx, now()) })
	job.Register(r, access.Worker, func(ctx context.Context, tx *postgres.Tx, a followArgs) error {
		return Follow(ctx, tx, a.Organisation, now())
	})
	job.Register(r, access.Worker, func(ctx context.Context, tx *postgres.Tx, a countArgs) error {
		return Count(ctx, tx, a.Organisation, now())
	})
}

func sweep(ctx context.Context, tx *postgres.Tx, now time.Time) (due []job.Args, err error) {
	q, today, weeks, horizon := db.New(tx), locale.Day(now).UTC(), Lists().weeks(), Lists().horizon(now)
	following, err := q.ListFollowing(ctx, db.ListFollowingParams{Today: today, Horizon: horizon, Weeks: weeks})
	if err != nil {
		return nil, fmt.Errorf("list organisations to follow: %w", err)
	}
	for _, id := range following {
		due = append(due, followArgs{id})
	}
	over, err := q.ListUncounted(ctx, uptake.Month(now).UTC())
	if err != nil {
		return nil, fmt.Errorf("list organisations to count: %w", err)
	}
	for _, id := range over {
		due = append(due, countArgs{id})
	}
	return due, nil
}

func (p Pack) weeks() (out []int32) {
	for _, w := range p.Weeks {
		out = append(out, int32(w)) //nolint:gosec // of the pack
	}
	return out
}

// horizon is the day before which a question is too old to be asked.
func (p Pack) horizon(now time.Time) time.Time { return locale.Day(now).AddDays(-p.Follow).UTC() }

// Follow asks everybody of an organisation whose time has come, once, behind the worker wall. The message says that there is a question
// and not about what.
func Follow(ctx context.Context, tx *postgres.Tx, organisation uuid.UUID, at time.Time) error {
	q, pack := db.New(tx), Lists()
	due, err := q.ListToFollow(ctx, db.ListToFollowParams{OrganisationID: organisation, Weeks: pack.weeks(), Today: locale.Day(at).UTC(), Horizon: pack.horizon(at)})
	if err != nil {
		return fmt.Errorf("list whom to ask: %w", err)
	}
	for _, r := range due {
		n, err := q.InsertFollow(ctx, db.InsertFollowParams{OrganisationID: organisation, Kind: r.Kind, AboutID: r.ID, Week: r.Week, PersonID: r.PersonID, ManagerPersonID: r.ManagerPersonID, Today: locale.Day(at).UTC()})
		if err != nil {
			return fmt.Errorf("ask whether it helped: %w", err)
		}
		if n == 0 {
			continue
		}
		// One message a day, however many questions there are.
		key := fmt.Sprintf("adjustment_helped:%s:%s", r.PersonID, locale.Day(at))
		if err := message.Queue(ctx, tx, message.Out{Key: key, Organisation: organisation, Service: postgres.Value(r.ServiceID), To: r.PersonID, Capacity: message.Work, Template: "adjustment_helped", At: at}); err != nil {
			return err
		}
	}
	return nil
}

// Help is the person's answer to whether it helped. It can be changed. Of an adjustment they say whether their manager may read it; what
// they say of a return nobody else reads.
func (s *Service) Help(ctx context.Context, a access.Actor, at time.Time, h Helped, in HelpIn) error {
	if err := refuse(h.CheckHelp(in)); err != nil {
		return err
	}
	action, kind := "adjustment.help_answered", "adjustment"
	if h.Kind == KindHours {
		in.Share, action, kind = "no", "returnplan.help_answered", "return"
	} else {
		in.Stands = ""
	}
	return s.in(ctx, a, func(tx *postgres.Tx, q *db.Queries) error {
		n, err := q.AnswerHelped(ctx, db.AnswerHelpedParams{OrganisationID: a.Organisation, Kind: h.Kind, AboutID: h.About, Week: int32(h.Week), PersonID: a.Person, Answer: &in.Answer, At: &at, Stands: postgres.Null(in.Stands), Shared: in.Share == "yes"}) //nolint:gosec // 4 or 12
		if err != nil {
			return fmt.Errorf("answer whether it helped: %w", err)
		}
		if n == 0 {
			return fault.Missing("question")
		}
		return note(ctx, tx, at, action, kind, h.About, a.Person)
	})
}
