package mentoring

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/mentoring/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// Goal is what the two want to reach.
type Goal struct {
	GoalIn
	Changed time.Time
}

// Meeting is that they met.
type Meeting struct {
	ID      uuid.UUID
	On      civil.Date
	Minutes int
	By      string
	Mine    bool // the reader wrote it down
}

// Entry is what one of the two wrote for themselves.
type Entry struct {
	ID    uuid.UUID
	At    time.Time
	Words string
	Shown bool // to the other
	Mine  bool
}

// Book is a mentorship with what the reader may see of it.
type Book struct {
	Mentorship
	Goals    []Goal
	Meetings []Meeting // the newest first
	Log      []Entry   // the newest first: the reader's own, and what the other shows
}

// Goal finds one.
func (b Book) Goal(id uuid.UUID) (Goal, bool) {
	i := slices.IndexFunc(b.Goals, func(g Goal) bool { return g.ID == id })
	if i < 0 {
		return Goal{}, false
	}
	return b.Goals[i], true
}

// Minutes adds up how long they met.
func (b Book) Minutes() (n int) {
	for _, m := range b.Meetings {
		n += m.Minutes
	}
	return n
}

// Load finds a mentorship of the actor's. One of others is missing, as if it did not exist.
func (s *Service) Load(ctx context.Context, a access.Actor, r *http.Request) (o access.Object, err error) {
	id, err := web.PathID(r, "id")
	if err != nil {
		return o, err
	}
	err = s.read(ctx, a, func(q *db.Queries) error {
		m, err := pair(ctx, q, a, id)
		if err != nil {
			return err
		}
		o = access.Object{Kind: "mentorship", ID: id, State: m.State, Relations: []access.Relation{access.Viewer}, Value: m}
		return nil
	})
	return o, err
}

// Open reads what belongs to a mentorship of the actor's. What the other shows is read with an audit row.
func (s *Service) Open(ctx context.Context, a access.Actor, at time.Time, m Mentorship) (b Book, err error) {
	b.Mentorship = m
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		goals, err := q.ListGoals(ctx, db.ListGoalsParams{ServiceID: a.Service, MentorshipID: m.ID})
		if err != nil {
			return fmt.Errorf("list goals: %w", err)
		}
		for _, r := range goals {
			g := Goal{GoalIn{r.ID, r.About, r.State, ""}, r.ChangedAt}
			if g.Words, err = s.d.Box.Open(sealed.MentoringGoal, a.Service, r.ID, r.Words); err != nil {
				return err
			}
			b.Goals = append(b.Goals, g)
		}
		meetings, err := q.ListMeetings(ctx, db.ListMeetingsParams{ServiceID: a.Service, MentorshipID: m.ID})
		if err != nil {
			return fmt.Errorf("list meetings: %w", err)
		}
		for _, r := range meetings {
			b.Meetings = append(b.Meetings, Meeting{r.ID, civil.Of(r.OnDate), int(r.Minutes), r.ByName, r.ByAccount == a.Account})
		}
		entries, err := q.ListEntries(ctx, db.ListEntriesParams{ServiceID: a.Service, MentorshipID: m.ID})
		if err != nil {
			return fmt.Errorf("list log: %w", err)
		}
		theirs := false
		for _, r := range entries {
			e := Entry{ID: r.ID, At: r.At, Shown: r.ShownAt != nil, Mine: r.AccountID == a.Account}
			if e.Words, err = s.d.Box.Open(sealed.MentoringLog, a.Service, r.ID, r.Words); err != nil {
				return err
			}
			theirs = theirs || !e.Mine
			b.Log = append(b.Log, e)
		}
		if !theirs {
			return nil
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "mentoring.log_read", Kind: "mentorship", Object: m.ID, Ground: "shared"})
	})
	return b, err
}

// AddGoal adds a goal of the two.
func (s *Service) AddGoal(ctx context.Context, a access.Actor, at time.Time, m Mentorship, in GoalIn) error {
	if err := refuse(CheckGoal(in, m)); err != nil {
		return err
	}
	words, err := s.d.Box.Seal(sealed.MentoringGoal, a.Service, in.ID, in.Words)
	if err != nil {
		return err
	}
	return s.in(ctx, a, at, m, "mentoring.goal_added", func(q *db.Queries) (int64, error) {
		return q.InsertGoal(ctx, db.InsertGoalParams{ServiceID: a.Service, ID: in.ID, MentorshipID: m.ID, About: in.About, State: in.State, Words: words, At: postgres.Stamp(at)})
	})
}

// ChangeGoal writes a goal anew; seen is when what the form shows was last changed, by either of the two.
func (s *Service) ChangeGoal(ctx context.Context, a access.Actor, at, seen time.Time, m Mentorship, in GoalIn) error {
	if err := refuse(CheckGoal(in, m)); err != nil {
		return err
	}
	words, err := s.d.Box.Seal(sealed.MentoringGoal, a.Service, in.ID, in.Words)
	if err != nil {
		return err
	}
	return s.in(ctx, a, at, m, "mentoring.goal_changed", func(q *db.Queries) (int64, error) {
		n, err := q.UpdateGoal(ctx, db.UpdateGoalParams{ServiceID: a.Service, ID: in.ID, MentorshipID: m.ID, About: in.About, State: in.State, Words: words, At: postgres.Stamp(at), Seen: postgres.Stamp(seen)})
		if err == nil && n == 0 {
			err = changed()
		}
		return n, err
	})
}

// in does something within a mentorship that goes on.
func (s *Service) in(ctx context.Context, a access.Actor, at time.Time, m Mentorship, action string, fn func(*db.Queries) (int64, error)) error {
	return s.do(ctx, a, audit.Entry{At: at, Action: action, Kind: "mentorship", Object: m.ID}, func(_ *postgres.Tx, q *db.Queries) (int64, error) {
		now, err := pair(ctx, q, a, m.ID)
		if err != nil {
			return 0, err
		}
		if now.State != On {
			return 0, changed()
		}
		n, err := fn(q)
		if err != nil && fault.KindOf(err) != fault.Conflict {
			err = fmt.Errorf("%s: %w", action, err)
		}
		return n, err
	})
}

// Met writes down that the two met.
func (s *Service) Met(ctx context.Context, a access.Actor, at time.Time, m Mentorship, in MeetingIn) error {
	if err := refuse(CheckMeeting(in, locale.Day(m.AnsweredAt), locale.Day(at))); err != nil {
		return err
	}
	return s.in(ctx, a, at, m, "mentoring.met", func(q *db.Queries) (int64, error) {
		return q.InsertMeeting(ctx, db.InsertMeetingParams{ServiceID: a.Service, ID: in.ID, MentorshipID: m.ID, OnDate: in.On.UTC(), Minutes: int32(in.Minutes), ByAccount: a.Account, ByName: a.Name, At: at}) //nolint:gosec // bounded by CheckMeeting
	})
}

// NotMet takes back a meeting that the actor wrote down.
func (s *Service) NotMet(ctx context.Context, a access.Actor, at time.Time, m Mentorship, meeting uuid.UUID) error {
	return s.in(ctx, a, at, m, "mentoring.meeting_removed", func(q *db.Queries) (int64, error) {
		n, err := q.RemoveMeeting(ctx, db.RemoveMeetingParams{ServiceID: a.Service, ID: meeting, MentorshipID: m.ID, Account: a.Account, At: &at})
		if err == nil && n == 0 {
			err = changed()
		}
		return n, err
	})
}

// Plan sets the day of the next meeting; a zero day says that there is none.
func (s *Service) Plan(ctx context.Context, a access.Actor, at time.Time, m Mentorship, on civil.Date) error {
	if err := refuse(CheckNext(on, locale.Day(at))); err != nil {
		return err
	}
	return s.in(ctx, a, at, m, "mentoring.next_set", func(q *db.Queries) (int64, error) {
		return q.SetNext(ctx, db.SetNextParams{ServiceID: a.Service, ID: m.ID, NextOn: on.Null(), At: &at})
	})
}

// Write adds to the actor's own log of a mentorship.
func (s *Service) Write(ctx context.Context, a access.Actor, at time.Time, m Mentorship, id uuid.UUID, words string) error {
	if err := refuse(CheckEntry(words)); err != nil {
		return err
	}
	text, err := s.d.Box.Seal(sealed.MentoringLog, a.Service, id, words)
	if err != nil {
		return err
	}
	return s.in(ctx, a, at, m, "mentoring.logged", func(q *db.Queries) (int64, error) {
		return q.InsertEntry(ctx, db.InsertEntryParams{ServiceID: a.Service, ID: id, MentorshipID: m.ID, AccountID: a.Account, At: at, Words: text})
	})
}

// Show shows an entry of the actor's own to the other, or hides it again, also when the mentorship is over.
func (s *Service) Show(ctx context.Context, a access.Actor, at time.Time, m Mentorship, entry uuid.UUID, show bool) error {
	when, action := (*time.Time)(nil), "mentoring.log_hidden"
	if show {
		when, action = &at, "mentoring.log_shown"
	}
	return s.do(ctx, a, audit.Entry{At: at, Action: action, Kind: "mentorship", Object: m.ID}, func(_ *postgres.Tx, q *db.Queries) (int64, error) {
		n, err := q.ShowEntry(ctx, db.ShowEntryParams{ServiceID: a.Service, ID: entry, MentorshipID: m.ID, Account: a.Account, ShownAt: when})
		if err != nil {
			return 0, fmt.Errorf("show entry: %w", err)
		}
		return n, nil
	})
}

// Forget deletes an entry of the actor's own.
func (s *Service) Forget(ctx context.Context, a access.Actor, at time.Time, m Mentorship, entry uuid.UUID) error {
	return s.do(ctx, a, audit.Entry{At: at, Action: "mentoring.log_removed", Kind: "mentorship", Object: m.ID}, func(_ *postgres.Tx, q *db.Queries) (int64, error) {
		n, err := q.RemoveEntry(ctx, db.RemoveEntryParams{ServiceID: a.Service, ID: entry, MentorshipID: m.ID, Account: a.Account})
		if err != nil {
			return 0, fmt.Errorf("remove entry: %w", err)
		}
		return n, nil
	})
}
