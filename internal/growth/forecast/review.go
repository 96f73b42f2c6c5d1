package forecast

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/forecast/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Choice is what a review decides about a figure.
type Choice string

// The choices. A story is for what got better, the others for what missed its target or got worse.
const (
	Act    Choice = "action"
	Watch  Choice = "watch"
	Accept Choice = "accept"
	Story  Choice = "story"
)

// Choices lists what may be decided about a finding.
func (f Finding) Choices() (out []Choice) {
	if f.Missed || f.Concern {
		out = append(out, Act, Watch, Accept)
	}
	if f.Improved {
		out = append(out, Story)
	}
	return out
}

// Decision is what was decided, by whom and when.
type Decision struct {
	ID         uuid.UUID
	Month      civil.Date
	Choice     Choice
	Reason     string
	StoryTitle string
	StoryText  string // what was done
	At         time.Time
	By         string
	Cited      figure.Checked
}

// Looked is a finding with what was decided about it.
type Looked struct {
	Finding
	Decisions []Decision
}

// Last is the decision that holds.
func (l Looked) Last() (Decision, bool) {
	if len(l.Decisions) == 0 {
		return Decision{}, false
	}
	return l.Decisions[len(l.Decisions)-1], true
}

// Reviewed is a month that was looked at.
type Reviewed struct {
	Found   []Looked
	Other   []Decision // about what is no finding any more
	Earlier bool       // there are months before it to look at
}

// Review gives the findings of a month with the decisions about them, and the decisions about what is no finding any
// more, because its source was corrected since.
func (s *Service) Review(ctx context.Context, a access.Actor, now time.Time, month civil.Date) (r Reviewed, err error) {
	if month.Day != 1 || !month.AddMonths(1).Before(civil.Of(now).AddDays(1)) {
		return r, fault.Missing("month")
	}
	findings, earlier, err := s.d.Findings(ctx, a, month)
	if err != nil {
		return r, err
	}
	r.Earlier = earlier
	at := map[figure.Ref]int{}
	for i, f := range findings {
		r.Found, at[f.Ref] = append(r.Found, Looked{Finding: f}), i
	}
	var decisions []Decision
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListDecisions(ctx, db.ListDecisionsParams{OrganisationID: a.Organisation, Month: month.UTC()})
		if err != nil {
			return fmt.Errorf("list decisions: %w", err)
		}
		var ids []uuid.UUID
		for _, r := range rows {
			ids = append(ids, r.CitationID)
		}
		cited, err := figure.Load(ctx, tx, ids...)
		if err != nil {
			return err
		}
		for _, r := range rows {
			d := Decision{ID: r.ID, Month: month, Choice: Choice(r.Decision), Reason: r.Reason, At: r.DecidedAt, By: r.DecidedBy, Cited: figure.Checked{Citation: cited[r.CitationID]}}
			if r.StoryTitle != nil && r.StoryText != nil {
				d.StoryTitle, d.StoryText = *r.StoryTitle, *r.StoryText
			}
			decisions = append(decisions, d)
		}
		return nil
	})
	if err != nil {
		return r, err
	}
	for _, d := range decisions {
		if d.Cited, err = figure.New(s.d.DB, s.d.Figures).Check(ctx, a, now, d.Cited.Citation); err != nil {
			return r, err
		}
		if i, ok := at[d.Cited.Ref]; ok {
			r.Found[i].Decisions = append(r.Found[i].Decisions, d)
		} else {
			r.Other = append(r.Other, d)
		}
	}
	return r, nil
}

// Finding gives one finding of a month.
func (s *Service) Finding(ctx context.Context, a access.Actor, now time.Time, month civil.Date, ref figure.Ref) (Looked, error) {
	r, err := s.Review(ctx, a, now, month)
	for _, l := range r.Found {
		if l.Ref == ref {
			return l, nil
		}
	}
	if err == nil {
		err = fault.Missing("finding")
	}
	return Looked{}, err
}

// CheckDecision says what is wrong with a decision about a finding.
func CheckDecision(f Finding, d Decision) (out fault.Fields) {
	known := false
	for _, c := range f.Choices() {
		known = known || c == d.Choice
	}
	if !known {
		out.Add("decision", "forecast.decide.decision.empty")
	}
	text := func(name, value string, limit int, needed bool) {
		switch n := len([]rune(strings.TrimSpace(value))); {
		case n == 0 && needed:
			out.Add(name, "forecast.decide."+name+".empty")
		case n > limit:
			out.Add(name, "form.too_long", "n", limit)
		}
	}
	text("reason", d.Reason, longestText, d.Choice == Accept)
	text("title", d.StoryTitle, longestTitle, d.Choice == Story)
	text("story", d.StoryText, longestText, d.Choice == Story)
	return out
}

// Decide keeps a decision with the figure as it stood. The same id again changes nothing.
func (s *Service) Decide(ctx context.Context, a access.Actor, now time.Time, ref figure.Ref, d Decision) error {
	l, err := s.Finding(ctx, a, now, d.Month, ref)
	if err != nil {
		return err
	}
	if f := CheckDecision(l.Finding, d); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	fig, err := s.d.Figures.Find(ctx, a, now, ref, d.Month)
	if err != nil {
		return err
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		_, err := q.FindDecision(ctx, db.FindDecisionParams{OrganisationID: a.Organisation, ID: d.ID})
		if err == nil {
			return nil
		}
		if !errors.Is(err, pgx.ErrNoRows) {
			return fmt.Errorf("find decision: %w", err)
		}
		c, err := figure.Cite(ctx, tx, fig, now)
		if err != nil {
			return err
		}
		p := db.InsertDecisionParams{OrganisationID: a.Organisation, ID: d.ID, Month: d.Month.UTC(), CitationID: c.ID, Decision: string(d.Choice), Reason: strings.TrimSpace(d.Reason), DecidedAt: now.UTC(), DecidedBy: a.Name}
		if d.Choice == Story {
			title, text := strings.TrimSpace(d.StoryTitle), strings.TrimSpace(d.StoryText)
			p.StoryTitle, p.StoryText = &title, &text
		}
		if err := q.InsertDecision(ctx, p); err != nil {
			return fmt.Errorf("insert decision: %w", err)
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "effect.decided", Kind: "effect_decision", Object: d.ID,
			Detail: map[string]string{"figure": ref.String(), "month": d.Month.String(), "decision": string(d.Choice)}})
	})
}
