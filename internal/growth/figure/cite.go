package figure

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Citation is a figure as it stood when somebody relied on it.
type Citation struct {
	ID uuid.UUID
	Figure
	digest string
	At     time.Time
	By     string
}

// Path is the page that lays the citation beside the figure of today.
func (c Citation) Path() string { return "/figures/cited/" + c.ID.String() }

// Cite keeps a figure in the caller's transaction and gives the citation. A source that was filled after the figure was
// relied on (one who cites for an earlier day reads today's) is not what it was relied on: the day is left open.
func Cite(ctx context.Context, tx *postgres.Tx, f Figure, now time.Time) (Citation, error) {
	if f.SourceAt.After(now) {
		f.SourceAt = time.Time{}
	}
	id, err := uuid.NewV7()
	if err != nil {
		return Citation{}, err
	}
	c := Citation{ID: id, Figure: f, digest: f.Digest(), At: now, By: tx.Actor.Name}
	p := db.InsertCitationParams{OrganisationID: tx.Actor.Organisation, ID: id, Kind: f.Ref.Kind, Name: f.Ref.Name, Title: f.Title, State: string(f.State), Value: f.Value,
		Number: f.Number, PeriodText: f.PeriodText, Definition: f.Definition, Version: f.Version, Source: f.Source, Digest: c.digest, CitedAt: now.UTC(), CitedBy: c.By}
	if !f.Period.IsZero() {
		day := f.Period.UTC()
		p.Period = &day
	}
	if !f.SourceAt.IsZero() {
		at := f.SourceAt.UTC()
		p.SourceAt = &at
	}
	if err := db.New(tx).InsertCitation(ctx, p); err != nil {
		return Citation{}, fmt.Errorf("insert citation: %w", err)
	}
	return c, nil
}

// Load gives citations by id, in the caller's transaction.
func Load(ctx context.Context, tx *postgres.Tx, ids ...uuid.UUID) (map[uuid.UUID]Citation, error) {
	rows, err := db.New(tx).ListCitations(ctx, db.ListCitationsParams{OrganisationID: tx.Actor.Organisation, Ids: ids})
	if err != nil {
		return nil, fmt.Errorf("list citations: %w", err)
	}
	out := map[uuid.UUID]Citation{}
	for _, r := range rows {
		c := Citation{ID: r.ID, digest: r.Digest, At: r.CitedAt, By: r.CitedBy, Figure: Figure{Ref: Ref{r.Kind, r.Name}, Title: r.Title, State: State(r.State), Value: r.Value,
			Number: r.Number, PeriodText: r.PeriodText, Definition: r.Definition, Version: r.Version, Source: r.Source}}
		if r.Period != nil {
			c.Period = civil.Of(*r.Period)
		}
		if r.SourceAt != nil {
			c.SourceAt = *r.SourceAt
		}
		out[r.ID] = c
	}
	return out, nil
}

// Standing says what became of a cited figure.
type Standing string

// The standings; see the package's comment.
const (
	Current   Standing = "current"
	Stale     Standing = "stale"
	Recounted Standing = "recounted"
	Newer     Standing = "newer"
	Gone      Standing = "gone"
)

// Checked is a citation with its figure of today.
type Checked struct {
	Citation
	Standing Standing
	Now      Figure // the same period today; the zero Figure when Gone
	Latest   Figure // the latest period
}

// Moved says whether there is another figure that could be relied on now.
func (c Checked) Moved() bool {
	return c.Standing == Stale || c.Standing == Recounted || c.Standing == Newer
}

// Today is the figure to lay beside the citation: of the same period, where that was revised, or the latest.
func (c Checked) Today() Figure {
	if c.Standing == Stale {
		return c.Now
	}
	return c.Latest
}

// Service reads figures and citations for the pages.
type Service struct {
	db      *postgres.DB
	library *Library
}

// New makes the service.
func New(db *postgres.DB, library *Library) *Service { return &Service{db, library} }

// Library gives the figures themselves.
func (s *Service) Library() *Library { return s.library }

// Cited finds a citation and asks its source again.
func (s *Service) Cited(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) (Checked, error) {
	var c Citation
	err := s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		found, err := Load(ctx, tx, id)
		if err != nil {
			return err
		}
		var ok bool
		if c, ok = found[id]; !ok {
			return fault.Missing("citation")
		}
		return nil
	})
	if err != nil {
		return Checked{}, err
	}
	return s.Check(ctx, a, now, c)
}

// Check asks the source of a citation again.
func (s *Service) Check(ctx context.Context, a access.Actor, now time.Time, c Citation) (Checked, error) {
	return check(c, func(period civil.Date) (Figure, error) { return s.library.Find(ctx, a, now, c.Ref, period) })
}

// check compares a citation with what find gives of its figure for a period.
func check(c Citation, find func(period civil.Date) (Figure, error)) (Checked, error) {
	out := Checked{Citation: c, Standing: Gone}
	var err error
	out.Now, err = find(c.Period)
	switch {
	case fault.KindOf(err) == fault.NotFound:
		return out, nil
	case err != nil:
		return out, err
	}
	if out.Latest = out.Now; !c.Period.IsZero() {
		if out.Latest, err = find(civil.Date{}); err != nil {
			return out, err
		}
	}
	out.Standing = standing(c, out.Now, out.Latest)
	return out, nil
}

// CheckAll asks the sources of several citations again, in their order. A book of which several figures without a period are
// asked works its figures out once: some take seconds.
func (s *Service) CheckAll(ctx context.Context, a access.Actor, now time.Time, cited ...Citation) ([]Checked, error) {
	asked := map[string]int{}
	for _, c := range cited {
		if c.Period.IsZero() {
			asked[c.Ref.Kind]++
		}
	}
	known := map[Ref]Figure{}
	for kind, n := range asked {
		if b := s.library.kinds[kind]; b != nil && n > 1 {
			all, err := b.List(ctx, a, now)
			if err != nil {
				return nil, fmt.Errorf("list figures of %s: %w", kind, err)
			}
			for _, f := range all {
				known[f.Ref] = f
			}
		}
	}
	var out []Checked
	for _, c := range cited {
		checked, err := check(c, func(period civil.Date) (Figure, error) {
			if f, ok := known[c.Ref]; ok && period.IsZero() {
				return f, nil
			}
			return s.library.Find(ctx, a, now, c.Ref, period)
		})
		if err != nil {
			return nil, fmt.Errorf("check figure %s: %w", c.Ref, err)
		}
		out = append(out, checked)
	}
	return out, nil
}

func standing(c Citation, now, latest Figure) Standing {
	switch {
	case now.Version == c.Version && now.Digest() != c.digest:
		return Stale
	case now.Version != c.Version || latest.Version != c.Version:
		return Recounted
	case c.Period.Before(latest.Period):
		return Newer
	}
	return Current
}
