package story

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/figure/figureview"
	"github.com/rowan-ohwb/rowan/internal/growth/story/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// errChanged answers a command that found the story otherwise than it was shown.
var errChanged = fault.New(fault.Conflict, "story.changed")

// do changes one story with its audit row. Nothing changed is a conflict.
func (s *Service) do(ctx context.Context, a access.Actor, now time.Time, action string, id uuid.UUID, change func(*postgres.Tx, *db.Queries, Story) (int64, error)) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		x, err := find(ctx, tx, id)
		if err != nil {
			return err
		}
		if !may(a, x, locale.Day(now)) {
			return fault.Missing("story")
		}
		n, err := change(tx, db.New(tx), x)
		switch {
		case err != nil && fault.KindOf(err) != fault.Internal:
			return err
		case err != nil:
			return fmt.Errorf("%s: %w", action, err)
		case n == 0:
			return errChanged
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: action, Kind: "story", Object: id})
	})
}

// Save writes the words of a draft. One of version 0 is new; the same new one again does nothing.
func (s *Service) Save(ctx context.Context, a access.Actor, now time.Time, in In) error {
	if f := in.Check(locale.Day(now)); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	if a.Role == access.Communications && in.Place != Public {
		return fault.Missing("place")
	}
	for _, p := range []*string{&in.Title, &in.Need, &in.Done, &in.Failed, &in.Contact} {
		*p = strings.TrimSpace(*p)
	}
	if in.Version > 0 {
		return s.do(ctx, a, now, "story.saved", in.ID, func(_ *postgres.Tx, q *db.Queries, _ Story) (int64, error) {
			return q.ChangeStory(ctx, db.ChangeStoryParams{OrganisationID: a.Organisation, ID: in.ID, Place: in.Place, Driver: in.Driver, Title: in.Title, Need: in.Need, Done: in.Done, Failed: in.Failed, Contact: in.Contact,
				ReviewOn: in.Review.UTC(), EndsOn: in.Ends.UTC(), Version: int32(in.Version), At: now, ByName: a.Name, Account: a.Account}) //nolint:gosec // a version
		})
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		n, err := db.New(tx).InsertStory(ctx, db.InsertStoryParams{OrganisationID: a.Organisation, ID: in.ID, ServiceID: a.Service, Place: in.Place, Driver: in.Driver, Title: in.Title, Need: in.Need, Done: in.Done,
			Failed: in.Failed, Contact: in.Contact, ReviewOn: in.Review.UTC(), EndsOn: in.Ends.UTC(), At: now, ByName: a.Name, Account: a.Account})
		if err != nil {
			return fmt.Errorf("write story: %w", err)
		}
		if n == 0 {
			return nil
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "story.saved", Kind: "story", Object: in.ID})
	})
}

// MeasureIn is what the measured part of a story is made of. The zero Ref leaves the figure as it is, and Uncite takes it out.
type MeasureIn struct {
	Ref      figure.Ref
	Uncite   bool
	Action   uuid.UUID
	Forecast uuid.UUID
	Version  int
}

// ErrSmall is the key of why a figure cannot be the need: with what the organisation shares it would tell a small number.
const ErrSmall = "story.figure.small"

// Measure puts figure, action and effects to a draft: what they say is read here, and never typed.
func (s *Service) Measure(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, in MeasureIn) error {
	actions, err := s.d.Actions(ctx, a)
	if err != nil {
		return err
	}
	title, cost := "", ""
	if in.Action != uuid.Nil {
		i := slices.IndexFunc(actions, func(x Action) bool { return x.ID == in.Action })
		if i < 0 {
			return fault.Missing("action")
		}
		title = actions[i].Title
		if cost, err = s.d.Cost(ctx, a, now, in.Action); err != nil {
			return err
		}
	}
	all, err := s.d.Effects(ctx, a, now)
	if err != nil {
		return err
	}
	if in.Forecast != uuid.Nil && !slices.ContainsFunc(all, func(e Effect) bool { return e.Forecast == in.Forecast }) {
		return fault.Missing("forecast")
	}
	var fig figure.Figure
	if in.Ref != (figure.Ref{}) {
		if fig, err = s.needed(ctx, a, now, in.Ref, belonging(all, in.Action, in.Forecast)); err != nil {
			return err
		}
		if s.d.Citable != nil {
			switch ok, err := s.d.Citable(ctx, a, fig); {
			case err != nil:
				return err
			case !ok:
				return fault.New(fault.Invalid, ErrSmall)
			}
		}
	}
	return s.do(ctx, a, now, "story.measured", id, func(tx *postgres.Tx, q *db.Queries, x Story) (int64, error) {
		if x.State != Drafted {
			return 0, nil
		}
		p := db.MeasureStoryParams{OrganisationID: a.Organisation, ID: id, CitationID: postgres.Null(x.Citation), Cited: x.Cited, ActionID: postgres.Null(in.Action), Action: title, Cost: cost,
			ForecastID: postgres.Null(in.Forecast), Version: int32(in.Version), At: now, ByName: a.Name, Account: a.Account} //nolint:gosec // a version
		switch {
		case fig.Title != "":
			c, err := figure.Cite(ctx, tx, fig, now)
			if err != nil {
				return 0, err
			}
			p.CitationID, p.Cited = &c.ID, locale.T(ctx, "story.cited", "figure", figureview.Said(ctx, c), "version", c.Version, "source", c.Source)
		case in.Uncite:
			p.CitationID, p.Cited = nil, ""
		}
		if err := put(ctx, q, a, id, belonging(all, in.Action, in.Forecast)); err != nil {
			return 0, err
		}
		return q.MeasureStory(ctx, p)
	})
}

// needed is the figure of a need: that of the month before what was done began, where there is one, or else the latest.
func (s *Service) needed(ctx context.Context, a access.Actor, now time.Time, ref figure.Ref, shown []Effect) (figure.Figure, error) {
	var before civil.Date
	for _, e := range shown {
		if month := (civil.Date{Year: e.Start.Year, Month: e.Start.Month, Day: 1}).AddMonths(-1); before.IsZero() || month.Before(before) {
			before = month
		}
	}
	fig, err := s.d.Figures.Find(ctx, a, now, ref, before)
	if fault.KindOf(err) == fault.NotFound && !before.IsZero() {
		return s.d.Figures.Find(ctx, a, now, ref, civil.Date{})
	}
	return fig, err
}

// put keeps these effects, and no others.
func put(ctx context.Context, q *db.Queries, a access.Actor, id uuid.UUID, all []Effect) error {
	if err := q.DropEffects(ctx, db.DropEffectsParams{OrganisationID: a.Organisation, StoryID: id}); err != nil {
		return err
	}
	for _, e := range all {
		months, withheld := times(e.Months), times(e.Withheld)
		if err := q.InsertEffect(ctx, db.InsertEffectParams{OrganisationID: a.Organisation, StoryID: id, ForecastID: e.Forecast, Judgement: e.Judgement, Fingerprint: e.Fingerprint, MeanBefore: e.Before, MeanAfter: e.After,
			Low: e.Low, High: e.High, Title: e.Title, Foretold: e.Foretold, Tag: e.Tag, Sentence: e.Sentence, Caution: list(e.Caution), Explanations: list(e.Explanations), Figure: e.Figure, Version: e.Version, Source: e.Source,
			Months: months, Readings: append([]float64{}, e.Readings...), Withheld: withheld, StartOn: e.Start.UTC(), DueMonth: e.Due.UTC(), ForetoldLow: e.ForetoldLow, ForetoldHigh: e.ForetoldHigh, ChanceText: e.ChanceText, ForetoldText: e.ForetoldText,
			JudgedAt: e.Judged}); err != nil {
			return err
		}
	}
	return nil
}

// times is never null.
func times(all []civil.Date) []time.Time {
	out := make([]time.Time, len(all))
	for i, m := range all {
		out[i] = m.UTC()
	}
	return out
}

// list is never null.
func list(all []string) []string {
	if all == nil {
		return []string{}
	}
	return all
}

// Check says that somebody who did not write the draft has read it. What was measured is read anew first: where that is not what the
// reader saw, they are asked to look again.
func (s *Service) Check(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, version int) error {
	all, err := s.d.Effects(ctx, a, now)
	if err != nil {
		return err
	}
	err = s.do(ctx, a, now, "story.measured", id, func(_ *postgres.Tx, q *db.Queries, x Story) (int64, error) {
		read := belonging(all, x.Action, x.Forecast)
		switch {
		case x.WrittenBy(a.Account):
			return 0, fault.New(fault.Conflict, "story.own")
		case x.State != Drafted || x.Version != version:
			return 0, nil
		case same(read, x.Effects):
			return 0, errSame
		}
		return 1, put(ctx, q, a, id, read)
	})
	switch {
	case err == nil:
		return fault.New(fault.Conflict, "story.judged")
	case !errors.Is(err, errSame):
		return err
	}
	return s.do(ctx, a, now, "story.checked", id, func(_ *postgres.Tx, q *db.Queries, _ Story) (int64, error) {
		return q.CheckStory(ctx, db.CheckStoryParams{OrganisationID: a.Organisation, ID: id, Version: int32(version), At: now, ByName: &a.Name, Account: a.Account}) //nolint:gosec // a version
	})
}

// errSame says that nothing was judged since.
var errSame = errors.New("nothing was judged since")

// Return makes a checked story a draft again, and says why.
func (s *Service) Return(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, version int, reason string) error {
	if f := CheckReason(reason); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.do(ctx, a, now, "story.returned", id, func(_ *postgres.Tx, q *db.Queries, _ Story) (int64, error) {
		return q.ReturnStory(ctx, db.ReturnStoryParams{OrganisationID: a.Organisation, ID: id, Version: int32(version), Returned: strings.TrimSpace(reason), At: now, ByName: a.Name}) //nolint:gosec // a version
	})
}

// Publish shows a checked story, and takes the one that it follows away. One whose forecasts were judged since goes back first.
func (s *Service) Publish(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, version int) error {
	all, err := s.d.Effects(ctx, a, now)
	if err != nil {
		return err
	}
	return s.do(ctx, a, now, "story.published", id, func(_ *postgres.Tx, q *db.Queries, x Story) (int64, error) {
		switch {
		case x.State != Checked:
			return 0, nil
		case !same(belonging(all, x.Action, x.Forecast), x.Effects):
			return 0, fault.New(fault.Conflict, "story.since")
		case x.Ends.Before(locale.Day(now)):
			return 0, fault.New(fault.Conflict, "story.over")
		}
		if x.Follows != uuid.Nil {
			n, err := q.ReplaceStory(ctx, db.ReplaceStoryParams{OrganisationID: a.Organisation, ID: x.Follows, At: now, ByName: &a.Name})
			if err != nil {
				return 0, err
			}
			if n > 0 {
				if err := q.ShowEffects(ctx, db.ShowEffectsParams{OrganisationID: a.Organisation, StoryID: x.Follows}); err != nil {
					return 0, err
				}
			}
		}
		n, err := q.PublishStory(ctx, db.PublishStoryParams{OrganisationID: a.Organisation, ID: id, Version: int32(version), At: now, ByName: &a.Name}) //nolint:gosec // a version
		if err != nil || n == 0 {
			return n, err
		}
		return n, q.ShowEffects(ctx, db.ShowEffectsParams{OrganisationID: a.Organisation, StoryID: id, Shown: x.Place == Public})
	})
}

// Withdraw takes a story away, published or not.
func (s *Service) Withdraw(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, why string) error {
	if f := CheckReason(why); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.do(ctx, a, now, "story.withdrawn", id, func(_ *postgres.Tx, q *db.Queries, _ Story) (int64, error) {
		n, err := q.WithdrawStory(ctx, db.WithdrawStoryParams{OrganisationID: a.Organisation, ID: id, At: now, ByName: &a.Name, Why: strings.TrimSpace(why)})
		if err != nil || n == 0 {
			return n, err
		}
		return n, q.ShowEffects(ctx, db.ShowEffectsParams{OrganisationID: a.Organisation, StoryID: id})
	})
}

// Follow begins a draft that is to take the place of a published story, with new days. While one is being written there is no second.
func (s *Service) Follow(ctx context.Context, a access.Actor, now time.Time, follows, id uuid.UUID) error {
	today := locale.Day(now)
	return s.do(ctx, a, now, "story.followed", follows, func(_ *postgres.Tx, q *db.Queries, x Story) (int64, error) {
		n, err := q.FollowStory(ctx, db.FollowStoryParams{OrganisationID: a.Organisation, ID: id, Follows: follows, ReviewOn: today.AddMonths(reviewMonths).UTC(), EndsOn: today.AddMonths(2 * reviewMonths).UTC(), At: now, ByName: a.Name, Account: a.Account})
		if err != nil || n == 0 {
			return n, err
		}
		return n, put(ctx, q, a, id, x.Effects)
	})
}

// reviewMonths is when a new story is to be looked at again, where nobody says otherwise; it ends as long after that.
const reviewMonths = 12

// Days are the days that a new story begins with.
func Days(today civil.Date) (review, ends civil.Date) {
	return today.AddMonths(reviewMonths), today.AddMonths(2 * reviewMonths)
}
