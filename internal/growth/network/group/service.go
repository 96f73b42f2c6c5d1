package group

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/document"
	"github.com/rowan-ohwb/rowan/internal/growth/network/due"
	"github.com/rowan-ohwb/rowan/internal/growth/network/group/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Service keeps groups.
type Service struct{ db *postgres.DB }

// New makes the service.
func New(d *postgres.DB) *Service { return &Service{d} }

// List gives every group with its members, meetings, actions and decisions; papers are not looked at.
func (s *Service) List(ctx context.Context, a access.Actor, now time.Time) (out []Group, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		out, err = list(ctx, tx, locale.Day(now))
		return err
	})
	return out, err
}

// Find gives one group.
func (s *Service) Find(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) (g Group, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		g, err = find(ctx, tx, locale.Day(now), func(x Group) bool { return x.ID == id })
		return err
	})
	return g, err
}

// Meeting gives a meeting with its papers, and its group.
func (s *Service) Meeting(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) (m Meeting, g Group, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		if m, g, err = meeting(ctx, tx, locale.Day(now), id); err != nil {
			return err
		}
		rows, err := db.New(tx).ListPapers(ctx, db.ListPapersParams{OrganisationID: a.Organisation, MeetingID: id})
		if err != nil {
			return fmt.Errorf("list papers: %w", err)
		}
		var ids []uuid.UUID
		for _, r := range rows {
			if r.DocumentID != nil {
				ids = append(ids, *r.DocumentID)
			}
		}
		files, err := document.Load(ctx, tx, ids...)
		for _, r := range rows {
			p := Paper{ID: r.ID, Title: r.Title, Purpose: r.Purpose, Presenter: r.Presenter, Words: r.Words}
			if r.DocumentID != nil {
				f := files[*r.DocumentID]
				p.File = &f
			}
			m.Papers = append(m.Papers, p)
		}
		return err
	})
	return m, g, err
}

// Action gives one action.
func (s *Service) Action(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) (x Action, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		x, err = action(ctx, tx, locale.Day(now), id)
		return err
	})
	return x, err
}

func find(ctx context.Context, tx *postgres.Tx, today civil.Date, which func(Group) bool) (Group, error) {
	all, err := list(ctx, tx, today)
	if err != nil {
		return Group{}, err
	}
	i := slices.IndexFunc(all, which)
	if i < 0 {
		return Group{}, fault.Missing("group")
	}
	return all[i], nil
}

func meeting(ctx context.Context, tx *postgres.Tx, today civil.Date, id uuid.UUID) (Meeting, Group, error) {
	has := func(m Meeting) bool { return m.ID == id }
	g, err := find(ctx, tx, today, func(x Group) bool { return slices.ContainsFunc(x.Meetings, has) })
	if err != nil {
		return Meeting{}, g, err
	}
	return g.Meetings[slices.IndexFunc(g.Meetings, has)], g, nil
}

func action(ctx context.Context, tx *postgres.Tx, today civil.Date, id uuid.UUID) (Action, error) {
	has := func(x Action) bool { return x.ID == id }
	g, err := find(ctx, tx, today, func(x Group) bool { return slices.ContainsFunc(x.Actions, has) })
	if err != nil {
		return Action{}, err
	}
	return g.Actions[slices.IndexFunc(g.Actions, has)], nil
}

func list(ctx context.Context, tx *postgres.Tx, today civil.Date) (out []Group, err error) {
	q, org := db.New(tx), tx.Actor.Organisation
	rows, err := q.ListGroups(ctx, org)
	if err != nil {
		return nil, fmt.Errorf("list groups: %w", err)
	}
	at := map[uuid.UUID]int{}
	for i, r := range rows {
		at[r.ID] = i
		out = append(out, Group{ID: r.ID, Kind: r.Kind, Name: r.Name, Remit: r.Remit, Closed: r.ClosedAt != nil})
	}
	for _, fill := range []func(context.Context, *db.Queries, uuid.UUID, civil.Date, []Group, map[uuid.UUID]int) error{members, meetings, decisions, actions} {
		if err := fill(ctx, q, org, today, out, at); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func members(ctx context.Context, q *db.Queries, org uuid.UUID, today civil.Date, out []Group, at map[uuid.UUID]int) error {
	rows, err := q.ListMembers(ctx, org)
	if err != nil {
		return fmt.Errorf("list members: %w", err)
	}
	for _, r := range rows {
		g, x := &out[at[r.GroupID]], Member{r.ID, r.Name, r.Body, r.Part, civil.Of(r.FromOn), civil.FromNull(r.UntilOn)}
		if x.Until.IsZero() || x.Until.After(today) {
			g.Members = append(g.Members, x)
		} else {
			g.Former = append(g.Former, x)
		}
	}
	return nil
}

func meetings(ctx context.Context, q *db.Queries, org uuid.UUID, _ civil.Date, out []Group, at map[uuid.UUID]int) error {
	rows, err := q.ListMeetings(ctx, org)
	if err != nil {
		return fmt.Errorf("list meetings: %w", err)
	}
	for _, r := range rows {
		g := &out[at[r.GroupID]]
		g.Meetings = append(g.Meetings, Meeting{ID: r.ID, Group: g.ID, GroupName: g.Name, On: civil.Of(r.OnDay), At: r.AtTime, Place: r.Place, Held: r.HeldAt != nil, Came: r.Came, Note: r.Note})
	}
	return nil
}

func decisions(ctx context.Context, q *db.Queries, org uuid.UUID, _ civil.Date, out []Group, at map[uuid.UUID]int) error {
	rows, err := q.ListDecisions(ctx, org)
	if err != nil {
		return fmt.Errorf("list decisions: %w", err)
	}
	for _, r := range rows {
		g := &out[at[r.GroupID]]
		g.Decisions = append(g.Decisions, Decision{r.ID, r.MeetingID, civil.Of(r.OnDay), r.What, r.Why})
	}
	return nil
}

func actions(ctx context.Context, q *db.Queries, org uuid.UUID, _ civil.Date, out []Group, at map[uuid.UUID]int) error {
	rows, err := q.ListActions(ctx, org)
	if err != nil {
		return fmt.Errorf("list actions: %w", err)
	}
	for _, r := range rows {
		g := &out[at[r.GroupID]]
		g.Actions = append(g.Actions, Action{ID: r.ID, Meeting: r.MeetingID, Group: g.ID, GroupName: g.Name, What: r.What, Owner: r.Owner, Outcome: r.Outcome, Promise: due.Promise{Due: civil.Of(r.DueOn), Done: civil.FromNull(r.DoneOn)}})
	}
	for i := range out {
		slices.SortStableFunc(out[i].Actions, func(a, b Action) int { return a.Compare(b.Promise) })
	}
	return nil
}
