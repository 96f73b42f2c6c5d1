package group

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/document"
	"github.com/rowan-ohwb/rowan/internal/growth/network/group/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// errChanged answers a command that found a group otherwise than it was shown.
var errChanged = fault.New(fault.Conflict, "group.changed")

// do makes one change with its audit row, after look has found what it is about. again answers where nothing changed: nil for what is
// sent twice, and is there.
func (s *Service) do(ctx context.Context, a access.Actor, now time.Time, action string, id uuid.UUID, again error, faults fault.Fields, look func(*postgres.Tx) error, change func(*db.Queries) (int64, error)) error {
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		if look != nil {
			if err := look(tx); err != nil {
				return err
			}
		}
		if len(faults) > 0 {
			return fault.New(fault.Invalid, faults[0].Key)
		}
		n, err := change(db.New(tx))
		if err != nil {
			return fmt.Errorf("%s: %w", action, err)
		}
		if n == 0 {
			return again
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: action, Kind: "group", Object: id})
	})
}

// meets asks for a group that is not closed.
func meets(ctx context.Context, now time.Time, id uuid.UUID) func(*postgres.Tx) error {
	return func(tx *postgres.Tx) error {
		g, err := find(ctx, tx, locale.Day(now), func(x Group) bool { return x.ID == id })
		if err == nil && g.Closed {
			err = errChanged
		}
		return err
	}
}

// at asks for a meeting whose day has come.
func at(ctx context.Context, now time.Time, id uuid.UUID) func(*postgres.Tx) error {
	return func(tx *postgres.Tx) error {
		m, _, err := meeting(ctx, tx, locale.Day(now), id)
		if err == nil && m.On.After(locale.Day(now)) {
			err = fault.New(fault.Conflict, "group.early")
		}
		return err
	}
}

// Add founds a group.
func (s *Service) Add(ctx context.Context, a access.Actor, now time.Time, in In) error {
	return s.do(ctx, a, now, "group.founded", in.ID, nil, in.Check(), nil, func(q *db.Queries) (int64, error) {
		return q.InsertGroup(ctx, db.InsertGroupParams{OrganisationID: a.Organisation, ID: in.ID, Kind: in.Kind, Name: strings.TrimSpace(in.Name), Remit: strings.TrimSpace(in.Remit), At: now, ByName: a.Name})
	})
}

// Close says that a group meets no more.
func (s *Service) Close(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) error {
	return s.do(ctx, a, now, "group.closed", id, errChanged, nil, meets(ctx, now, id), func(q *db.Queries) (int64, error) {
		return q.CloseGroup(ctx, db.CloseGroupParams{OrganisationID: a.Organisation, ID: id, At: now})
	})
}

// Join writes down a member.
func (s *Service) Join(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, in MemberIn) error {
	return s.do(ctx, a, now, "group.joined", id, nil, in.Check(locale.Day(now)), meets(ctx, now, id), func(q *db.Queries) (int64, error) {
		return q.InsertMember(ctx, db.InsertMemberParams{OrganisationID: a.Organisation, ID: in.ID, GroupID: id, Name: strings.TrimSpace(in.Name), Body: strings.TrimSpace(in.Body), Part: in.Part, FromOn: in.From.UTC()})
	})
}

// Leave says that somebody is a member no more.
func (s *Service) Leave(ctx context.Context, a access.Actor, now time.Time, id, member uuid.UUID) error {
	look := func(tx *postgres.Tx) error {
		g, err := find(ctx, tx, locale.Day(now), func(x Group) bool { return x.ID == id })
		if err == nil && !slices.ContainsFunc(slices.Concat(g.Members, g.Former), func(m Member) bool { return m.ID == member }) {
			err = fault.Missing("member")
		}
		return err
	}
	return s.do(ctx, a, now, "group.left", id, errChanged, nil, look, func(q *db.Queries) (int64, error) {
		return q.LeaveGroup(ctx, db.LeaveGroupParams{OrganisationID: a.Organisation, GroupID: id, ID: member, UntilOn: locale.Day(now).UTC()})
	})
}

// Plan plans a meeting.
func (s *Service) Plan(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, in MeetingIn) error {
	return s.do(ctx, a, now, "group.planned", in.ID, nil, in.Check(locale.Day(now)), meets(ctx, now, id), func(q *db.Queries) (int64, error) {
		return q.InsertMeeting(ctx, db.InsertMeetingParams{OrganisationID: a.Organisation, ID: in.ID, GroupID: id, OnDay: in.On.UTC(), AtTime: in.At, Place: strings.TrimSpace(in.Place)})
	})
}

// Hold says that a meeting was held, who of the group came, and what to remember of it.
func (s *Service) Hold(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, came []uuid.UUID, note string) error {
	var faults fault.Fields
	faults.Long("note", note, MostWords)
	look := func(tx *postgres.Tx) error {
		m, g, err := meeting(ctx, tx, locale.Day(now), id)
		if err != nil {
			return err
		}
		for _, x := range came {
			if !slices.ContainsFunc(g.On(m.On), func(y Member) bool { return y.ID == x }) {
				return fault.Missing("member")
			}
		}
		if m.On.After(locale.Day(now)) {
			return fault.New(fault.Conflict, "group.early")
		}
		return nil
	}
	return s.do(ctx, a, now, "group.held", id, errChanged, faults, look, func(q *db.Queries) (int64, error) {
		if came == nil {
			came = []uuid.UUID{}
		}
		return q.HoldMeeting(ctx, db.HoldMeetingParams{OrganisationID: a.Organisation, ID: id, At: now, Came: came, Note: strings.TrimSpace(note)})
	})
}

// Paper adds a paper to a meeting that was not held yet; file is what it is instead of words, nil for none.
func (s *Service) Paper(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, in Paper, file *document.Upload) error {
	var kept *uuid.UUID
	if file != nil {
		in.File, in.Words = &document.File{}, ""
	}
	faults := in.Check()
	look := func(tx *postgres.Tx) error {
		m, _, err := meeting(ctx, tx, locale.Day(now), id)
		if err == nil && m.Held {
			err = errChanged
		}
		if err != nil || file == nil || len(faults) > 0 {
			return err
		}
		f, err := document.Keep(ctx, tx, now, in.ID, *file)
		kept = &f.ID
		return err
	}
	return s.do(ctx, a, now, "group.paper_added", in.ID, nil, faults, look, func(q *db.Queries) (int64, error) {
		return q.InsertPaper(ctx, db.InsertPaperParams{OrganisationID: a.Organisation, ID: in.ID, MeetingID: id, Title: strings.TrimSpace(in.Title), Purpose: in.Purpose, Presenter: strings.TrimSpace(in.Presenter), Words: strings.TrimSpace(in.Words), DocumentID: kept, At: now, ByName: a.Name})
	})
}

// File gives the file that a paper is, and puts down who opened it.
func (s *Service) File(ctx context.Context, a access.Actor, now time.Time, paper uuid.UUID) (f document.File, content []byte, err error) {
	var id uuid.UUID
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		found, err := db.New(tx).FindFile(ctx, db.FindFileParams{OrganisationID: a.Organisation, ID: paper})
		switch {
		case errors.Is(err, pgx.ErrNoRows):
			return fault.Missing("paper")
		case err != nil:
			return fmt.Errorf("find the file of a paper: %w", err)
		}
		id = *found
		return nil
	})
	if err != nil {
		return f, nil, err
	}
	return document.New(s.db).Open(ctx, a, now, id)
}

// Decide writes a decision of a meeting into the log.
func (s *Service) Decide(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, in Decision) error {
	return s.do(ctx, a, now, "group.decided", in.ID, nil, in.Check(), at(ctx, now, id), func(q *db.Queries) (int64, error) {
		return q.InsertDecision(ctx, db.InsertDecisionParams{OrganisationID: a.Organisation, ID: in.ID, MeetingID: id, What: strings.TrimSpace(in.What), Why: strings.TrimSpace(in.Why), At: now, ByName: a.Name})
	})
}

// Agree writes down an action that a meeting agreed on.
func (s *Service) Agree(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, in Action) error {
	return s.do(ctx, a, now, "group.agreed", in.ID, nil, in.Check(locale.Day(now)), at(ctx, now, id), func(q *db.Queries) (int64, error) {
		return q.InsertAction(ctx, db.InsertActionParams{OrganisationID: a.Organisation, ID: in.ID, MeetingID: id, What: strings.TrimSpace(in.What), Owner: strings.TrimSpace(in.Owner), DueOn: in.Due.UTC(), At: now, ByName: a.Name})
	})
}

// Done says that an action is done, and what came of it.
func (s *Service) Done(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, on civil.Date, outcome string) error {
	look := func(tx *postgres.Tx) error {
		_, err := action(ctx, tx, locale.Day(now), id)
		return err
	}
	return s.do(ctx, a, now, "group.done", id, errChanged, CheckDone(on, outcome, locale.Day(now)), look, func(q *db.Queries) (int64, error) {
		return q.DoAction(ctx, db.DoActionParams{OrganisationID: a.Organisation, ID: id, DoneOn: on.UTC(), Outcome: strings.TrimSpace(outcome)})
	})
}
