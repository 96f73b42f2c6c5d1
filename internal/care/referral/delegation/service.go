package delegation

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/referral/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Deps is what the slice needs.
type Deps struct {
	DB *postgres.DB
	// NameRange gives the half-open range of folded name keys that begin with what somebody typed (person.Range).
	NameRange func(prefix string) (from, to string)
}

// Service answers and decides.
type Service struct{ d Deps }

// New makes a service.
func New(d Deps) *Service { return &Service{d} }

// Colleague is somebody of the organisation, with what is needed to recognise them.
type Colleague struct {
	ID                            uuid.UUID
	Name, Title, Department, Team string
	Delegated                     bool
	key, given                    string // family name first, given name first; folded
}

// Mine lists whom the actor may refer on a day, by name: all, or those whose family or given name begins with what
// was typed.
func (s *Service) Mine(ctx context.Context, actor access.Actor, on time.Time, name string) (out []Colleague, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		out, err = Reports(ctx, tx, on)
		return err
	})
	if from, to := s.d.NameRange(name); from != "" {
		out = slices.DeleteFunc(out, func(c Colleague) bool { return !within(c.key, from, to) && !within(c.given, from, to) })
	}
	return out, err
}

// Reports is Mine inside a transaction: commands ask it again before they act.
func Reports(ctx context.Context, tx *postgres.Tx, on time.Time) ([]Colleague, error) {
	q, a, day := db.New(tx), tx.Actor, locale.Day(on).UTC()
	direct, err := q.ListReports(ctx, db.ListReportsParams{OrganisationID: a.Organisation, Manager: &a.Person, OnDay: day})
	if err != nil {
		return nil, fmt.Errorf("list reports: %w", err)
	}
	lent, err := q.ListDelegated(ctx, db.ListDelegatedParams{OrganisationID: a.Organisation, Manager: a.Person, OnDay: day})
	if err != nil {
		return nil, fmt.Errorf("list delegated: %w", err)
	}
	var out []Colleague
	for _, r := range direct {
		out = append(out, Colleague{r.ID, r.GivenName + " " + r.FamilyName, r.Title, r.Department, r.Team, false, r.NameKey, r.GivenKey})
	}
	for _, r := range lent {
		if !slices.ContainsFunc(out, func(c Colleague) bool { return c.ID == r.ID }) {
			out = append(out, Colleague{r.ID, r.GivenName + " " + r.FamilyName, r.Title, r.Department, r.Team, true, r.NameKey, r.GivenKey})
		}
	}
	slices.SortStableFunc(out, func(a, b Colleague) int { return strings.Compare(a.key, b.key) })
	return out, nil
}

// MaxFound bounds a search: with more, somebody types another letter.
const MaxFound = 20

// Query is whom somebody looks for.
type Query struct {
	Name    string
	HRFirst bool // HR advisers before others: who is usually named in a referral
}

// Found is who was found; More says that there are others, which the list leaves out.
type Found struct {
	People []Colleague
	More   bool
}

// Search finds staff of the organisation whose family or given name (then the other) begins with what was typed.
// Fewer than two letters find nobody. The actor is never among them.
func (s *Service) Search(ctx context.Context, actor access.Actor, on time.Time, in Query) (out Found, err error) {
	from, to := s.d.NameRange(in.Name)
	if len([]rune(from)) < 2 {
		return out, nil
	}
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).SearchStaff(ctx, db.SearchStaffParams{OrganisationID: actor.Organisation, Searcher: actor.Person, FromKey: from, ToKey: to, OnDay: locale.Day(on).UTC(),
			HrFirst: in.HRFirst, Most: MaxFound + 1}) // one more than is shown tells whether there are more
		if err != nil {
			return fmt.Errorf("search staff: %w", err)
		}
		out.More = len(rows) > MaxFound
		for _, r := range rows[:min(len(rows), MaxFound)] {
			out.People = append(out.People, Colleague{ID: r.ID, Name: r.GivenName + " " + r.FamilyName, Title: r.Title, Department: r.Department, Team: r.Team})
		}
		return nil
	})
	return out, err
}

func within(key, from, to string) bool { return from <= key && key < to }
