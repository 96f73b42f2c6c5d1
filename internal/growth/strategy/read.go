package strategy

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// rows are the plan as the tables hold it.
type rows struct {
	needs      []db.PlanNeed
	objectives []db.PlanObjective
	answers    []db.ListObjectiveNeedsRow
	measures   []db.ListMeasuresRow
	actions    []db.PlanAction
	cited      map[uuid.UUID]figure.Citation
}

// ReadPlan reads the whole plan in the caller's transaction. A plan is a few dozen rows.
func ReadPlan(ctx context.Context, tx *postgres.Tx) (Plan, error) {
	r, err := readRows(ctx, tx)
	if err != nil {
		return Plan{}, fmt.Errorf("read plan: %w", err)
	}
	return r.plan(), nil
}

func readRows(ctx context.Context, tx *postgres.Tx) (r rows, err error) {
	q, org := db.New(tx), tx.Actor.Organisation
	if r.needs, err = q.ListNeeds(ctx, org); err != nil {
		return r, err
	}
	if r.objectives, err = q.ListObjectives(ctx, org); err != nil {
		return r, err
	}
	if r.answers, err = q.ListObjectiveNeeds(ctx, org); err != nil {
		return r, err
	}
	if r.measures, err = q.ListMeasures(ctx, org); err != nil {
		return r, err
	}
	if r.actions, err = q.ListActions(ctx, org); err != nil {
		return r, err
	}
	r.cited, err = figure.Load(ctx, tx, r.citations()...)
	return r, err
}

func (r rows) citations() []uuid.UUID {
	ids := []uuid.UUID{}
	note := func(id *uuid.UUID) {
		if id != nil {
			ids = append(ids, *id)
		}
	}
	for _, n := range r.needs {
		note(n.CitationID)
	}
	for _, m := range r.measures {
		note(&m.CitationID)
	}
	for _, x := range r.actions {
		note(x.CitationID)
	}
	return ids
}

func (r rows) plan() (p Plan) {
	for _, n := range r.needs {
		p.Needs = append(p.Needs, Need{ID: n.ID, Statement: n.Statement, Evidence: n.Evidence, Source: r.source(n.CitationID), Subsection: n.Subsection,
			Importance: int(n.Importance), Reach: int(n.Reach), Status: NeedStatus(n.Status), Reason: n.Reason, Last: Change{n.ChangedAt, n.ChangedBy}})
	}
	for _, o := range r.objectives {
		p.Objectives = append(p.Objectives, r.objective(o))
	}
	for _, x := range r.actions {
		p.Actions = append(p.Actions, r.action(x))
	}
	return p
}

func (r rows) objective(o db.PlanObjective) Objective {
	out := Objective{ID: o.ID, Title: o.Title, Driver: o.Driver, Element: o.Element, Horizon: o.Horizon, Serves: o.Serves,
		Status: ObjectiveStatus(o.Status), Reason: o.Reason, Last: Change{o.ChangedAt, o.ChangedBy}}
	for _, x := range r.answers {
		if x.ObjectiveID == o.ID {
			out.Needs = append(out.Needs, x.NeedID)
		}
	}
	for _, m := range r.measures {
		if m.ObjectiveID == o.ID {
			out.Measures = append(out.Measures, Measure{ID: m.ID, Source: *r.source(&m.CitationID)})
		}
	}
	return out
}

func (r rows) action(x db.PlanAction) Action {
	out := Action{ID: x.ID, Objective: x.ObjectiveID, Title: x.Title, Owner: x.Owner, Class: x.Class, Catalogue: x.Catalogue, Source: r.source(x.CitationID),
		Start: civil.Of(x.PlannedStart), End: civil.Of(x.PlannedEnd), Likelihood: int(x.Likelihood), Impact: int(x.Impact), Mitigation: x.Mitigation,
		Cost: x.Cost, Equality: x.Equality, Status: ActionStatus(x.Status), Reason: x.Reason, Last: Change{x.ChangedAt, x.ChangedBy}}
	if x.StartedOn != nil {
		out.StartedOn = civil.Of(*x.StartedOn)
	}
	return out
}

func (r rows) source(id *uuid.UUID) *Source {
	if id == nil {
		return nil
	}
	out := SourceOf(r.cited[*id]) // a foreign key holds it
	return &out
}

// SourceOf says of a citation what the plan says of it.
func SourceOf(c figure.Citation) Source {
	return Source{Citation: c.ID, Ref: c.Ref.String(), Title: c.Title, State: string(c.State), Value: c.Value, Period: c.PeriodText}
}
