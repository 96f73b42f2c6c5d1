package watch

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/audit/watch/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Search is what the guardian asks.
type Search struct {
	About  string // employee number of the person it is about, or an id
	By     string // employee number of who acted, or an id
	Action string
	From   time.Time // first day
	To     time.Time // last day
	After  string    // Result.Next of the page before
}

// Result is one page of answers.
type Result struct {
	Events []Event
	Next   string // "" on the last page
}

// pageSize is what one reads in a sitting.
const pageSize = 50

// usual is how far back a search goes when no first day is given: four weeks, an incident's usual horizon.
const usual = 28

// Find searches the audit. Faults say what is wrong with the question.
func (s *Service) Find(ctx context.Context, actor access.Actor, at time.Time, in Search) (Result, fault.Fields, error) {
	var faults fault.Fields
	p := db.ListEventsParams{Action: in.Action, FromAt: at.AddDate(0, 0, -usual), ToAt: at.Add(time.Minute), BeforeAt: at.AddDate(1, 0, 0), BeforeID: uuid.Max, Most: pageSize + 1}
	if !in.From.IsZero() {
		p.FromAt = in.From
	}
	if !in.To.IsZero() {
		p.ToAt = in.To.AddDate(0, 0, 1)
	}
	if !p.FromAt.Before(p.ToAt) {
		faults.Add("to", "audit.search.to.before")
	}
	if in.After != "" {
		var err error
		if p.BeforeAt, p.BeforeID, err = parseCursor(in.After); err != nil {
			return Result{}, nil, err
		}
	}
	var err error
	if in.About != "" {
		p.BySubject = true
		if p.Subjects, _, err = s.find(ctx, actor, at, in.About); err != nil {
			return Result{}, nil, err
		}
		if len(p.Subjects) == 0 {
			faults.Add("about", "audit.search.nobody")
		}
	}
	if in.By != "" {
		p.ByActor = true
		if p.People, p.Accounts, err = s.find(ctx, actor, at, in.By); err != nil {
			return Result{}, nil, err
		}
		if len(p.People) == 0 {
			faults.Add("by", "audit.search.nobody")
		}
	}
	if len(faults) > 0 {
		return Result{}, faults, nil
	}
	r, err := s.list(ctx, actor, at, p)
	return r, nil, err
}

func (s *Service) list(ctx context.Context, actor access.Actor, at time.Time, p db.ListEventsParams) (r Result, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListEvents(ctx, p)
		if err != nil {
			return fmt.Errorf("list events: %w", err)
		}
		if len(rows) > pageSize {
			rows = rows[:pageSize]
			r.Next = cursor(rows[pageSize-1].At, rows[pageSize-1].ID)
		}
		for _, row := range rows {
			r.Events = append(r.Events, event(row))
		}
		entry := audit.Entry{At: at, Action: "audit.searched", Kind: "audit", Detail: map[string]string{"action": p.Action}}
		if len(p.Subjects) == 1 {
			entry.Subject = p.Subjects[0]
		}
		if p.ByActor {
			// who is watched does not read of it under "who looked": the object, not the subject
			entry.Object = p.People[0]
		}
		return audit.Append(ctx, tx, entry)
	})
	if err == nil {
		err = s.name(ctx, actor, at, r.Events)
	}
	if err != nil {
		return Result{}, fmt.Errorf("search audit: %w", err)
	}
	return r, nil
}

// cursor is where a page ended, for the form that asks for the next one.
func cursor(at time.Time, id uuid.UUID) string {
	return base64.RawURLEncoding.EncodeToString([]byte(at.UTC().Format(time.RFC3339Nano) + " " + id.String()))
}

func parseCursor(s string) (at time.Time, id uuid.UUID, err error) {
	b, err := base64.RawURLEncoding.DecodeString(s)
	when, which, _ := strings.Cut(string(b), " ")
	if err == nil {
		at, err = time.Parse(time.RFC3339Nano, when)
	}
	if err == nil {
		id, err = uuid.Parse(which)
	}
	if err != nil {
		return at, id, fault.Missing("page of the audit")
	}
	return at, id, nil
}
