package post

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/member"
	"github.com/rowan-ohwb/rowan/internal/growth/community/origin"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/community/screen"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Service keeps what is written.
type Service struct {
	db     *postgres.DB
	screen *screen.Screen
}

// New makes the service.
func New(d *postgres.DB) *Service { return &Service{d, screen.Ours()} }

// Found lists what looks like a person in a text.
func (s *Service) Found(today civil.Date, in In) []screen.Finding {
	return s.screen.Find(today, in.Title, in.Words, in.Address, string(in.Payload))
}

// FoundIn lists what looks like a person in some words.
func (s *Service) FoundIn(today civil.Date, words string) []screen.Finding {
	return s.screen.Find(today, words)
}

// Load says of a page of moderators whether the actor is one.
func (s *Service) Load(ctx context.Context, a access.Actor, _ *http.Request) (o access.Object, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		c, ok, err := member.Of(ctx, tx)
		if err == nil && (!ok || !c.Moderated) {
			err = fault.Missing("moderation")
		}
		o = access.Object{Kind: "community", ID: c.ID, Relations: []access.Relation{access.Viewer}}
		return err
	})
	return o, err
}

// read runs a read for who is in a community.
func (s *Service) read(ctx context.Context, a access.Actor, fn func(*db.Queries, member.Community) error) error {
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		c, err := member.Entered(ctx, tx)
		if err != nil {
			return err
		}
		return fn(db.New(tx), c)
	})
}

// List gives what the actor may read of a kind, of one group where it is not the nil id; the newest first.
func (s *Service) List(ctx context.Context, a access.Actor, kind Kind, group uuid.UUID) (out []Post, err error) {
	err = s.read(ctx, a, func(q *db.Queries, c member.Community) error {
		out, err = list(ctx, q, c, db.ListPostsParams{Kind: postgres.Null(string(kind)), GroupID: postgres.Null(group)})
		return err
	})
	return out, err
}

// Threads lists the questions with how many answers each has.
func (s *Service) Threads(ctx context.Context, a access.Actor) (out []Thread, err error) {
	err = s.read(ctx, a, func(q *db.Queries, c member.Community) error {
		all, err := list(ctx, q, c, db.ListPostsParams{Kind: postgres.Null(string(Question))})
		if err != nil {
			return err
		}
		counts, err := q.CountAnswers(ctx, c.ID)
		if err != nil {
			return fmt.Errorf("count answers: %w", err)
		}
		for _, p := range all {
			t := Thread{Post: p}
			for _, n := range counts {
				if postgres.Value(n.AboutID) == p.ID {
					t.Answered = int(n.N)
				}
			}
			out = append(out, t)
		}
		return nil
	})
	return out, err
}

// Thread gives a question with its answers.
func (s *Service) Thread(ctx context.Context, a access.Actor, id uuid.UUID) (t Thread, err error) {
	err = s.read(ctx, a, func(q *db.Queries, c member.Community) error {
		if t.Post, err = find(ctx, q, c, id); err != nil {
			return err
		}
		if t.Kind != Question {
			return fault.Missing("question")
		}
		t.Answers, err = list(ctx, q, c, db.ListPostsParams{AboutID: postgres.Null(id)})
		slices.Reverse(t.Answers) // the oldest first
		t.Answered = answered(t.Answers)
		return err
	})
	return t, err
}

// Find gives one text that the actor may read.
func (s *Service) Find(ctx context.Context, a access.Actor, id uuid.UUID) (p Post, err error) {
	err = s.read(ctx, a, func(q *db.Queries, c member.Community) error {
		p, err = find(ctx, q, c, id)
		return err
	})
	return p, err
}

func find(ctx context.Context, q *db.Queries, c member.Community, id uuid.UUID) (Post, error) {
	all, err := list(ctx, q, c, db.ListPostsParams{ID: postgres.Null(id)})
	if err == nil && len(all) == 0 {
		err = fault.Missing("post")
	}
	if err != nil {
		return Post{}, err
	}
	return all[0], nil
}

// Desk is what waits for the moderators, what they were told of, and what was recalled.
type Desk struct {
	Held, Recalled []Post
	Told           []Told
}

// Desk reads it.
func (s *Service) Desk(ctx context.Context, a access.Actor) (d Desk, err error) {
	err = s.read(ctx, a, func(q *db.Queries, c member.Community) error {
		if d.Held, err = list(ctx, q, c, db.ListPostsParams{States: []string{string(Held)}}); err != nil {
			return err
		}
		if d.Recalled, err = list(ctx, q, c, db.ListPostsParams{States: []string{string(Recalled)}}); err != nil {
			return err
		}
		d.Told, err = told(ctx, q, c)
		return err
	})
	slices.SortStableFunc(d.Held, func(x, y Post) int { return x.Changed.Compare(y.Changed) })
	d.Recalled = slices.DeleteFunc(d.Recalled, func(x Post) bool { return x.Group != uuid.Nil })
	slices.SortStableFunc(d.Recalled, func(x, y Post) int { return y.Ended.Compare(x.Ended) })
	return d, err
}

// Own lists what the actor wrote that is not published.
func (s *Service) Own(ctx context.Context, a access.Actor) (out []Post, err error) {
	err = s.read(ctx, a, func(q *db.Queries, c member.Community) error {
		out, err = list(ctx, q, c, db.ListPostsParams{Author: postgres.Null(a.Account), States: []string{string(Held), string(Returned)}})
		return err
	})
	slices.SortStableFunc(out, func(x, y Post) int { return y.Changed.Compare(x.Changed) })
	return out, err
}

// list reads what the actor may of a community, the newest first.
func list(ctx context.Context, q *db.Queries, c member.Community, filter db.ListPostsParams) (out []Post, err error) {
	filter.OrganisationID = c.ID
	rows, err := q.ListPosts(ctx, filter)
	if err != nil {
		return nil, fmt.Errorf("list posts: %w", err)
	}
	for _, r := range rows {
		out = append(out, post(r))
	}
	return out, nil
}

func post(r db.CommunityPost) Post {
	return Post{In: In{ID: r.ID, Kind: Kind(r.Kind), About: postgres.Value(r.AboutID), Group: postgres.Value(r.GroupID), Topic: r.Topic, Title: r.Title, Words: r.Words, Form: r.Form, Address: r.Address, Licence: r.Licence,
		Review: civil.FromNull(r.ReviewOn), Payload: r.Payload, Version: int(r.Version)},
		Author: r.AuthorAccount, AuthorName: r.AuthorName, Home: r.AuthorHome, State: State(r.State), Marks: r.Marks, Reason: r.Reason, Made: r.MadeAt, Changed: r.ChangedAt, Ended: postgres.Value(r.EndedAt), EndedBy: r.EndedBy}
}

// write runs a command of a member in one transaction with its audit row.
func (s *Service) write(ctx context.Context, a access.Actor, at time.Time, action string, id uuid.UUID, detail map[string]string, fn func(*db.Queries, member.Community) error) error {
	return s.writing(ctx, a, at, action, id, detail, func(tx *postgres.Tx, c member.Community) error { return fn(db.New(tx), c) })
}

// writing is write for what needs the transaction itself.
func (s *Service) writing(ctx context.Context, a access.Actor, at time.Time, action string, id uuid.UUID, detail map[string]string, fn func(*postgres.Tx, member.Community) error) error {
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		c, err := member.Entered(ctx, tx)
		if err != nil {
			return err
		}
		if err := fn(tx, c); err != nil {
			if errors.Is(err, errAlready) {
				return nil
			}
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: action, Kind: "community_post", Object: id, Detail: detail})
	})
}

// errAlready ends a command that was done before: it leaves no second row.
var errAlready = errors.New("done already")

// Also is what a text brings with it, in the transaction in which it is sent.
type Also func(*postgres.Tx, member.Community) error

// Send publishes a text, or has it held where it looks like a person; it says which. The same id again changes nothing.
func (s *Service) Send(ctx context.Context, a access.Actor, at time.Time, in In) (State, error) {
	return s.SendWith(ctx, a, at, in)
}

// SendWith is Send of a text that brings something with it.
func (s *Service) SendWith(ctx context.Context, a access.Actor, at time.Time, in In, also ...Also) (State, error) {
	found := s.Found(locale.Day(at), in)
	if f := Check(in, found); len(f) > 0 {
		return "", fault.New(fault.Invalid, f[0].Key)
	}
	marks := screen.Marks(found)
	state := sent(marks)
	return state, s.writing(ctx, a, at, "community.post_"+string(state), in.ID, map[string]string{"kind": string(in.Kind)}, func(tx *postgres.Tx, c member.Community) error {
		q := db.New(tx)
		if !c.Mine {
			return fault.New(fault.Conflict, "member.join.first")
		}
		if in.Kind == Answer {
			about, err := find(ctx, q, c, in.About)
			if err != nil {
				return err
			}
			if about.Kind != Question || about.State != Published {
				return fault.New(fault.Conflict, "post.closed")
			}
		}
		home, err := q.HomeName(ctx, db.HomeNameParams{OrganisationID: c.ID, AccountID: a.Account})
		if err != nil {
			return fmt.Errorf("find where they work: %w", err)
		}
		n, err := q.InsertPost(ctx, db.InsertPostParams{OrganisationID: c.ID, ID: in.ID, Kind: string(in.Kind), AboutID: postgres.Null(in.About), GroupID: postgres.Null(in.Group), Topic: in.Topic, Title: in.Title, Words: in.Words, Form: in.Form, Address: in.Address,
			Licence: in.Licence, ReviewOn: in.Review.Null(), Payload: in.Payload, AuthorAccount: a.Account, AuthorName: a.Name, AuthorHome: home, State: string(state), Marks: marks, At: postgres.Stamp(at)})
		if err != nil {
			return fmt.Errorf("send a post: %w", err)
		}
		if n == 0 {
			return errAlready
		}
		for _, more := range also {
			if err := more(tx, c); err != nil {
				return err
			}
		}
		return nil
	})
}

// Rewrite sends again what is held or was returned.
func (s *Service) Rewrite(ctx context.Context, a access.Actor, at time.Time, in In) (State, error) {
	found := s.Found(locale.Day(at), in)
	if f := Check(in, found); len(f) > 0 {
		return "", fault.New(fault.Invalid, f[0].Key)
	}
	marks := screen.Marks(found)
	state := sent(marks)
	return state, s.write(ctx, a, at, "community.post_"+string(state), in.ID, map[string]string{"kind": string(in.Kind)}, func(q *db.Queries, c member.Community) error {
		return s.changed(ctx, q, c, in.ID, func() (int64, error) {
			return q.RewritePost(ctx, db.RewritePostParams{OrganisationID: c.ID, ID: in.ID, AccountID: a.Account, Topic: in.Topic, Title: in.Title, Words: in.Words, Address: in.Address, Licence: in.Licence, ReviewOn: in.Review.Null(), Payload: in.Payload,
				State: string(state), Marks: marks, At: postgres.Stamp(at), Version: int32(in.Version)}) //nolint:gosec // a version is small
		})
	})
}

// changed runs a change of one text: what the actor cannot read is missing, what has moved on is a conflict.
func (s *Service) changed(ctx context.Context, q *db.Queries, c member.Community, id uuid.UUID, change func() (int64, error)) error {
	if _, err := find(ctx, q, c, id); err != nil {
		return err
	}
	n, err := change()
	if err != nil {
		return fmt.Errorf("change a post: %w", err)
	}
	if n == 0 {
		return fault.New(fault.Conflict, "post.changed")
	}
	return nil
}

// Withdraw takes back what the actor wrote: its words are deleted.
func (s *Service) Withdraw(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID) error {
	return s.write(ctx, a, at, "community.post_withdrawn", id, nil, func(q *db.Queries, c member.Community) error {
		return s.changed(ctx, q, c, id, func() (int64, error) {
			return q.WithdrawPost(ctx, db.WithdrawPostParams{OrganisationID: c.ID, ID: id, AccountID: a.Account, At: postgres.Stamp(at), ByName: a.Name})
		})
	})
}

// Publish lets what is held be read by everybody whom it is for.
func (s *Service) Publish(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, version int) error {
	return s.decide(ctx, a, at, "community.post_cleared", id, func(q *db.Queries, c member.Community) (int64, error) {
		return q.PublishPost(ctx, db.PublishPostParams{OrganisationID: c.ID, ID: id, AccountID: postgres.Null(a.Account), At: postgres.Stamp(at), Version: int32(version)}) //nolint:gosec // a version is small
	})
}

// Return gives what is held back to its writer, with why.
func (s *Service) Return(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, version int, reason string) error {
	if f := CheckReason(reason, nil); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.decide(ctx, a, at, "community.post_returned", id, func(q *db.Queries, c member.Community) (int64, error) {
		return q.ReturnPost(ctx, db.ReturnPostParams{OrganisationID: c.ID, ID: id, AccountID: a.Account, Reason: reason, At: postgres.Stamp(at), Version: int32(version)}) //nolint:gosec // a version is small
	})
}

// Recall deletes the words of what is published and leaves a notice with the reason: by a moderator, or in a group by its keeper.
func (s *Service) Recall(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, reason string) error {
	if f := CheckReason(reason, s.FoundIn(locale.Day(at), reason)); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.write(ctx, a, at, "community.post_recalled", id, nil, func(q *db.Queries, c member.Community) error {
		return s.changed(ctx, q, c, id, func() (int64, error) {
			return q.RecallPost(ctx, db.RecallPostParams{OrganisationID: c.ID, ID: id, Moderated: c.Moderated, Reason: reason, At: postgres.Stamp(at), ByName: a.Name})
		})
	})
}

// Renew puts off the day on which a resource is to be looked at again: its writer, unless a moderator had to clear it, or a moderator.
func (s *Service) Renew(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, review civil.Date) error {
	return s.write(ctx, a, at, "community.post_renewed", id, nil, func(q *db.Queries, c member.Community) error {
		return s.changed(ctx, q, c, id, func() (int64, error) {
			return q.RenewPost(ctx, db.RenewPostParams{OrganisationID: c.ID, ID: id, AccountID: a.Account, Moderated: c.Moderated, ReviewOn: review.Null(), At: postgres.Stamp(at)})
		})
	})
}

// Used notes that the actor's organisation copied a template, and where the copy is from. That it did is counted once.
func (s *Service) Used(ctx context.Context, a access.Actor, at time.Time, copied origin.Origin) error {
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		c, err := member.Entered(ctx, tx)
		if err != nil {
			return err
		}
		first, err := origin.Keep(ctx, tx, copied)
		if err != nil || !first {
			return err
		}
		if _, err := db.New(tx).InsertUse(ctx, db.InsertUseParams{OrganisationID: c.ID, PostID: copied.Post, HomeID: a.Organisation, At: postgres.Stamp(at)}); err != nil {
			return fmt.Errorf("note a copy: %w", err)
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "community.template_copied", Kind: "community_post", Object: copied.Post})
	})
}

// Uses says how many organisations copied a template, rounded, 0 for fewer than 8; and whether the actor's has.
func (s *Service) Uses(ctx context.Context, a access.Actor, id uuid.UUID) (n int, own bool, err error) {
	err = s.read(ctx, a, func(q *db.Queries, c member.Community) error {
		r, err := q.FindUses(ctx, db.FindUsesParams{OrganisationID: c.ID, PostID: id, HomeID: a.Organisation})
		n, own = int(r.N), r.Own
		return err
	})
	return n, own, err
}

// decide runs a decision of a moderator.
func (s *Service) decide(ctx context.Context, a access.Actor, at time.Time, action string, id uuid.UUID, change func(*db.Queries, member.Community) (int64, error)) error {
	return s.write(ctx, a, at, action, id, nil, func(q *db.Queries, c member.Community) error {
		if !c.Moderated {
			return fault.Missing("moderation")
		}
		return s.changed(ctx, q, c, id, func() (int64, error) { return change(q, c) })
	})
}
