package award

import (
	"context"
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
	"github.com/rowan-ohwb/rowan/internal/growth/story"
	"github.com/rowan-ohwb/rowan/internal/growth/story/award/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/story/testimony"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Deps is what the slice is wired to.
type Deps struct {
	DB           *postgres.DB
	Figures      *figure.Library
	Stories      *story.Service
	Testimonials *testimony.Service
	// Items lists what is in use in the evidence room.
	Items func(ctx context.Context, a access.Actor, now time.Time) ([]Item, error)
}

// Service keeps nominations.
type Service struct {
	d       Deps
	figures *figure.Service
}

// New makes the service.
func New(d Deps) *Service { return &Service{d, figure.New(d.DB, d.Figures)} }

// errChanged answers a command that found the nomination otherwise than it was shown.
var errChanged = fault.New(fault.Conflict, "award.changed")

// Shelf is what a nomination can be assembled from today.
type Shelf struct {
	Figures      []figure.Figure
	Stories      []story.Story
	Testimonials []testimony.Testimonial
	Effects      []story.Effect
	Items        []Item
}

// Shelf lists it: published stories, testimonials whose givers agreed to partners, verdicts, items in use.
func (s *Service) Shelf(ctx context.Context, a access.Actor, now time.Time) (x Shelf, err error) {
	if x.Figures, err = s.d.Figures.List(ctx, a, now); err != nil {
		return x, err
	}
	return x, s.shelf(ctx, a, now, &x)
}

// shelf fills in all but figures, of which a nomination asks for those alone that it cites.
func (s *Service) shelf(ctx context.Context, a access.Actor, now time.Time, x *Shelf) error {
	today := locale.Day(now)
	stories, err := s.d.Stories.List(ctx, a, now)
	if err != nil {
		return err
	}
	for _, y := range stories {
		if y.Shown(today) {
			x.Stories = append(x.Stories, y)
		}
	}
	if x.Testimonials, err = s.d.Testimonials.With(ctx, a, now, testimony.Partners); err != nil {
		return err
	}
	if x.Effects, err = s.d.Stories.Judged(ctx, a, now); err != nil {
		return err
	}
	x.Items, err = s.d.Items(ctx, a, now)
	return err
}

// List gives every nomination with its criteria; what their answers rest on is not looked at.
func (s *Service) List(ctx context.Context, a access.Actor) (out []Award, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		out, err = list(ctx, tx)
		return err
	})
	return out, err
}

func list(ctx context.Context, tx *postgres.Tx) (out []Award, err error) {
	q, org := db.New(tx), tx.Actor.Organisation
	rows, err := q.ListAwards(ctx, db.ListAwardsParams{OrganisationID: org, ServiceID: tx.Actor.Service})
	if err != nil {
		return nil, fmt.Errorf("list awards: %w", err)
	}
	var ids []uuid.UUID
	for _, r := range rows {
		x := Award{ID: r.ID, Kind: r.Kind, Name: r.Name, Organiser: r.Organiser, Deadline: civil.Of(r.Deadline), State: State(r.State), By: r.MadeBy, SubmittedBy: postgres.Value(r.SubmittedBy),
			Settled: civil.FromNull(r.SettledOn), SettledWords: r.SettledWords, SettledBy: postgres.Value(r.SettledBy), Until: civil.FromNull(r.ValidUntil)}
		if r.SubmittedAt != nil {
			x.SubmittedOn = locale.Day(*r.SubmittedAt)
		}
		out, ids = append(out, x), append(ids, r.ID)
	}
	criteria, err := q.ListCriteria(ctx, db.ListCriteriaParams{OrganisationID: org, Awards: ids})
	if err != nil {
		return nil, fmt.Errorf("list criteria: %w", err)
	}
	evidence, err := q.ListEvidence(ctx, db.ListEvidenceParams{OrganisationID: org, Awards: ids})
	if err != nil {
		return nil, fmt.Errorf("list evidence: %w", err)
	}
	for i := range out {
		for _, r := range criteria {
			if r.AwardID != out[i].ID {
				continue
			}
			c := Criterion{N: int(r.N), Title: r.Title, Most: int(postgres.Value(r.MostWords)), Answer: r.Answer, Version: int(r.Version), Changed: r.ChangedAt, By: r.ChangedBy}
			for _, e := range evidence {
				if e.AwardID == out[i].ID && e.N == r.N {
					x := Evidence{ID: e.ID, Kind: e.Kind, citation: postgres.Value(e.CitationID)}
					for _, id := range []*uuid.UUID{e.StoryID, e.TestimonialID, e.ForecastID, e.ItemID} {
						if id != nil {
							x.of = *id
						}
					}
					c.Evidence = append(c.Evidence, x)
				}
			}
			out[i].Criteria = append(out[i].Criteria, c)
		}
	}
	return out, nil
}

// Find gives one nomination, with everything that it rests on as it is now.
func (s *Service) Find(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) (Award, error) {
	all, err := s.List(ctx, a)
	if err != nil {
		return Award{}, err
	}
	i := slices.IndexFunc(all, func(x Award) bool { return x.ID == id })
	if i < 0 {
		return Award{}, fault.Missing("award")
	}
	return all[i], s.look(ctx, a, now, &all[i])
}

// look fills in what answers rest on.
func (s *Service) look(ctx context.Context, a access.Actor, now time.Time, x *Award) error {
	var have Shelf
	if err := s.shelf(ctx, a, now, &have); err != nil {
		return err
	}
	reading := figure.New(s.d.DB, s.d.Figures.Reading())
	for i := range x.Criteria {
		for j := range x.Criteria[i].Evidence {
			e := &x.Criteria[i].Evidence[j]
			if e.Kind == "figure" {
				checked, err := reading.Cited(ctx, a, now, e.citation)
				if err != nil {
					return err
				}
				e.Figure = &checked
				continue
			}
			e.Gone = !have.fill(e)
		}
	}
	return nil
}

// fill finds what a piece of evidence points at; false if it is no longer there.
func (x Shelf) fill(e *Evidence) bool {
	switch e.Kind {
	case "story":
		for _, y := range x.Stories {
			if y.ID == e.of {
				e.Story = &y
			}
		}
		return e.Story != nil
	case "testimonial":
		for _, y := range x.Testimonials {
			if y.ID == e.of {
				e.Testimonial = &y
			}
		}
		return e.Testimonial != nil
	case "effect":
		for _, y := range x.Effects {
			if y.Forecast == e.of {
				e.Effect = &y
			}
		}
		return e.Effect != nil
	}
	for _, y := range x.Items {
		if y.ID == e.of {
			e.Item = y
			return true
		}
	}
	return false
}

// Begin writes a nomination with its criteria. The same id again does nothing.
func (s *Service) Begin(ctx context.Context, a access.Actor, now time.Time, in In) error {
	if f := in.Check(locale.Day(now)); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	criteria, _ := in.parse()
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		n, err := q.InsertAward(ctx, db.InsertAwardParams{OrganisationID: a.Organisation, ID: in.ID, ServiceID: a.Service, Kind: in.Kind, Name: strings.TrimSpace(in.Name), Organiser: strings.TrimSpace(in.Organiser), Deadline: in.Deadline.UTC(), At: now, ByName: a.Name})
		if err != nil || n == 0 {
			return err
		}
		for _, c := range criteria {
			if err := q.InsertCriterion(ctx, db.InsertCriterionParams{OrganisationID: a.Organisation, AwardID: in.ID, N: int32(c.N), Title: c.Title, MostWords: postgres.Null(int32(c.Most)), At: now, ByName: a.Name}); err != nil { //nolint:gosec // at most 20, and 2,000 words
				return fmt.Errorf("insert criterion: %w", err)
			}
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "award.begun", Kind: "award", Object: in.ID})
	})
}

// do changes one nomination with its audit row; nothing changed is a conflict, and so is what was sent.
func (s *Service) do(ctx context.Context, a access.Actor, now time.Time, action string, id uuid.UUID, change func(*postgres.Tx, *db.Queries) (int64, error)) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		n, err := change(tx, db.New(tx))
		switch {
		case postgres.Code(err) == postgres.Locked, err == nil && n == 0:
			return errChanged
		case err != nil && fault.KindOf(err) != fault.Internal:
			return err
		case err != nil:
			return fmt.Errorf("%s: %w", action, err)
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: action, Kind: "award", Object: id})
	})
}

// Answer writes the answer to a criterion in the version that the form showed.
func (s *Service) Answer(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, n, version int, text string) error {
	if f := CheckAnswer(text, locale.Day(now)); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.do(ctx, a, now, "award.answered", id, func(_ *postgres.Tx, q *db.Queries) (int64, error) {
		return q.AnswerCriterion(ctx, db.AnswerCriterionParams{OrganisationID: a.Organisation, AwardID: id, N: int32(n), Version: int32(version), Answer: strings.TrimSpace(text), At: now, ByName: a.Name}) //nolint:gosec // small
	})
}

// Rest puts a piece of evidence under an answer: "figure/KIND/NAME" or "story/ID", as the shelf has it.
func (s *Service) Rest(ctx context.Context, a access.Actor, now time.Time, id, evidence uuid.UUID, n int, what string) error {
	kind, name, _ := strings.Cut(what, "/")
	p := db.InsertEvidenceParams{OrganisationID: a.Organisation, ID: evidence, AwardID: id, N: int32(n), Kind: kind, At: now, ByName: a.Name} //nolint:gosec // small
	var fig figure.Figure
	if kind == "figure" {
		ref, ok := figure.ParseRef(name)
		if !ok {
			return fault.Missing("figure")
		}
		var err error
		if fig, err = s.d.Figures.Find(ctx, a, now, ref, civil.Date{}); err != nil {
			return err
		}
	} else {
		of, err := uuid.Parse(name)
		column, known := map[string]**uuid.UUID{"story": &p.StoryID, "testimonial": &p.TestimonialID, "effect": &p.ForecastID, "item": &p.ItemID}[kind]
		if err != nil || !known {
			return fault.Missing("evidence")
		}
		*column = &of
		var have Shelf
		if err := s.shelf(ctx, a, now, &have); err != nil {
			return err
		}
		if !have.fill(&Evidence{Kind: kind, of: of}) {
			return fault.Missing("evidence")
		}
	}
	return s.do(ctx, a, now, "award.rested", id, func(tx *postgres.Tx, q *db.Queries) (int64, error) {
		if kind == "figure" {
			c, err := figure.Cite(ctx, tx, fig, now)
			if err != nil {
				return 0, err
			}
			p.CitationID = &c.ID
		}
		return q.InsertEvidence(ctx, p)
	})
}

// Unrest takes a piece of evidence away.
func (s *Service) Unrest(ctx context.Context, a access.Actor, now time.Time, id, evidence uuid.UUID) error {
	return s.do(ctx, a, now, "award.unrested", id, func(_ *postgres.Tx, q *db.Queries) (int64, error) {
		return q.DropEvidence(ctx, db.DropEvidenceParams{OrganisationID: a.Organisation, AwardID: id, ID: evidence})
	})
}

// Submit says that a nomination was sent: nothing in it changes any more. One that lacks something cannot be.
func (s *Service) Submit(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) error {
	x, err := s.Find(ctx, a, now, id)
	if err != nil {
		return err
	}
	if !x.Ready() {
		return fault.New(fault.Conflict, "award.lacking")
	}
	return s.do(ctx, a, now, "award.submitted", id, func(_ *postgres.Tx, q *db.Queries) (int64, error) {
		return q.SubmitAward(ctx, db.SubmitAwardParams{OrganisationID: a.Organisation, ID: id, At: now, ByName: a.Name})
	})
}

// Drop gives a nomination up that was not sent.
func (s *Service) Drop(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) error {
	if _, err := s.Find(ctx, a, now, id); err != nil {
		return err
	}
	return s.do(ctx, a, now, "award.dropped", id, func(_ *postgres.Tx, q *db.Queries) (int64, error) {
		return q.DropAward(ctx, db.DropAwardParams{OrganisationID: a.Organisation, ID: id})
	})
}

// Settle says what came of a nomination.
func (s *Service) Settle(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, in Settled) error {
	x, err := s.Find(ctx, a, now, id)
	if err != nil {
		return err
	}
	if f := x.CheckSettled(in, locale.Day(now)); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	if in.State != Won || x.Kind != Accreditation {
		in.Until = civil.Date{}
	}
	return s.do(ctx, a, now, "award.settled", id, func(_ *postgres.Tx, q *db.Queries) (int64, error) {
		return q.SettleAward(ctx, db.SettleAwardParams{OrganisationID: a.Organisation, ID: id, State: string(in.State), SettledOn: in.On.UTC(), Words: strings.TrimSpace(in.Words), ByName: a.Name, ValidUntil: in.Until.Null()})
	})
}
