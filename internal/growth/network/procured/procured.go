package procured

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/framework"
	"github.com/rowan-ohwb/rowan/internal/growth/network/procured/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation/client"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Side is one side of a contract.
type Side string

// The sides.
const (
	Client  Side = "client"
	Service Side = "service"
)

// Rating is how a side sees one theme on a day.
type Rating struct {
	Host, ID, Client uuid.UUID
	Side             Side
	Theme, Title     string
	Level            int
	Words            string // of the level, as they stood
	Number           int    // of the version
	Source           string
	Evidence, Next   string
	On               civil.Date
	At               time.Time
	By               string
}

// In is a rating as somebody enters it.
type In struct {
	ID             uuid.UUID
	Theme          string
	Level          int
	Evidence, Next string
	On             civil.Date
}

// Check says what is wrong with a rating that is dated today at the latest. person is the first of what looks like one, "" for none.
func Check(in In, today civil.Date, person string) (f fault.Fields) {
	if in.Level < 1 || in.Level > framework.Levels {
		f.Add("level", "procured.level.empty")
	}
	f.Text("evidence", "procured.evidence.empty", in.Evidence, framework.LongestText)
	f.Long("next", in.Next, framework.LongestText)
	if in.Level >= 1 && in.Level < framework.Levels && in.Next == "" {
		f.Add("next", "procured.next.empty")
	}
	switch {
	case in.On.IsZero():
		f.Add("on", "procured.on.empty")
	case in.On.After(today):
		f.Add("on", "procured.on.future")
	}
	if person != "" && len(f) == 0 {
		f.Add("evidence", "procured.person", "words", person)
	}
	return f
}

// far is by how many levels two sides differ before the page says so: one level is a matter of words.
const far = 2

// Line is a theme as both sides see it now.
type Line struct {
	Theme           framework.Theme
	Client, Service Rating // zero where nobody said
}

// Apart says that both sides have said something, and see it differently.
func (l Line) Apart() bool {
	d := l.Client.Level - l.Service.Level
	return l.Client.Level > 0 && l.Service.Level > 0 && (d >= far || d <= -far)
}

// Lines lay the newest of each side beside the themes that are about services that are bought; what was said of a theme that is no
// longer there comes last. Ratings come newest first.
func Lines(v framework.Version, ratings []Rating) (out []Line) {
	for _, t := range framework.For(v.Themes, framework.Procured) {
		out = append(out, Line{Theme: t})
	}
	for _, r := range ratings {
		i := slices.IndexFunc(out, func(l Line) bool { return l.Theme.Code == r.Theme })
		if i < 0 {
			out = append(out, Line{Theme: framework.Theme{Code: r.Theme, Title: r.Title, Use: framework.Procured}})
			i = len(out) - 1
		}
		at := &out[i].Service
		if r.Side == Client {
			at = &out[i].Client
		}
		if at.Level == 0 {
			*at = r
		}
	}
	return out
}

// Party is somebody on the other side of a contract.
type Party struct {
	ID   uuid.UUID
	Name string
}

// View is a contract as its two sides see the service.
type View struct {
	Other   Party // the side that is not the reader's
	Side    Side  // the reader's
	Version framework.Version
	Ratings []Rating // the newest first
}

// Lines are the themes.
func (v View) Lines() []Line { return Lines(v.Version, v.Ratings) }

// Theme finds one that can be rated now.
func (v View) Theme(code string) (framework.Theme, error) {
	t, ok := framework.Find(framework.For(v.Version.Themes, framework.Procured), code)
	if !ok {
		return t, fault.Missing("theme")
	}
	return t, nil
}

// Of are the ratings of a theme, the newest first.
func (v View) Of(code string) (out []Rating) {
	for _, r := range v.Ratings {
		if r.Theme == code {
			out = append(out, r)
		}
	}
	return out
}

// Deps is what the slice needs.
type Deps struct {
	DB *postgres.DB
	// Find finds a client of the actor's service (organisation/client).
	Find func(context.Context, access.Actor, time.Time, uuid.UUID) (client.Contract, error)
	// InForce is the version of the framework that is in force for the actor's organisation.
	InForce func(context.Context, access.Actor, time.Time) (framework.Version, error)
	// Person finds the first of what looks like a person; "" for none.
	Person func(today civil.Date, words ...string) string
}

// Keeper keeps what both sides say.
type Keeper struct{ d Deps }

// New makes the service.
func New(d Deps) *Keeper { return &Keeper{d} }

// OfClient is what the actor's service and one of its clients say.
func (s *Keeper) OfClient(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) (v View, err error) {
	c, err := s.d.Find(ctx, a, now, id)
	if err != nil {
		return v, err
	}
	return s.view(ctx, a, now, Service, Party{c.Organisation, c.Name})
}

// Providers lists who provides occupational health to the actor's organisation.
func (s *Keeper) Providers(ctx context.Context, a access.Actor, now time.Time) (out []Party, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListProviders(ctx, db.ListProvidersParams{OnDay: locale.Day(now).UTC(), ClientID: a.Organisation})
		for _, r := range rows {
			out = append(out, Party{r.OrganisationID, r.Name})
		}
		return err
	})
	return out, err
}

// OfProvider is what the actor's organisation and one that provides for it say.
func (s *Keeper) OfProvider(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) (v View, err error) {
	all, err := s.Providers(ctx, a, now)
	if err != nil {
		return v, err
	}
	i := slices.IndexFunc(all, func(p Party) bool { return p.ID == id })
	if i < 0 {
		return v, fault.Missing("provider")
	}
	return s.view(ctx, a, now, Client, all[i])
}

// ends are the provider and the client of what a side says.
func ends(a access.Actor, side Side, other uuid.UUID) (host, of uuid.UUID) {
	if side == Service {
		return a.Organisation, other
	}
	return other, a.Organisation
}

func (s *Keeper) view(ctx context.Context, a access.Actor, now time.Time, side Side, other Party) (v View, err error) {
	v = View{Other: other, Side: side}
	if v.Version, err = s.d.InForce(ctx, a, now); err != nil {
		return v, err
	}
	host, of := ends(a, side, other.ID)
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListRatings(ctx, db.ListRatingsParams{ClientID: of, OrganisationID: postgres.Null(host)})
		if err != nil {
			return fmt.Errorf("list ratings of a contract: %w", err)
		}
		for _, r := range rows {
			v.Ratings = append(v.Ratings, Rating{Host: r.OrganisationID, ID: r.ID, Client: r.ClientID, Side: Side(r.Side), Theme: r.Theme, Title: r.Title, Level: int(r.Level), Words: r.Words, Number: int(r.Number), Source: r.Source, Evidence: r.Evidence, Next: r.NextStep,
				On: civil.Of(r.RatedOn), At: r.SavedAt, By: r.ByName})
		}
		return nil
	})
	return v, err
}

// Check is Check with what looks like a person.
func (s *Keeper) Check(in In, today civil.Date) fault.Fields {
	return Check(in, today, s.d.Person(today, in.Evidence, in.Next))
}

// Rate keeps what a side says of a theme: v is what was read for it. The same id again changes nothing.
func (s *Keeper) Rate(ctx context.Context, a access.Actor, at time.Time, v View, in In) error {
	if f := s.Check(in, locale.Day(at)); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	t, err := v.Theme(in.Theme)
	if err != nil {
		return err
	}
	host, of := ends(a, v.Side, v.Other.ID)
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		n, err := db.New(tx).InsertRating(ctx, db.InsertRatingParams{OrganisationID: host, ID: in.ID, ClientID: of, Side: string(v.Side), Theme: t.Code, Title: t.Title, Level: int32(in.Level), Words: t.Words(framework.Procured)[in.Level-1], Number: int32(v.Version.Number), //nolint:gosec // both are small
			Source: v.Version.Source, Evidence: in.Evidence, NextStep: in.Next, RatedOn: in.On.UTC(), At: postgres.Stamp(at), ByName: a.Name})
		if err != nil {
			return fmt.Errorf("keep a rating of a contract: %w", err)
		}
		if n == 0 {
			return nil
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "procured.rated", Kind: "contract_rating", Object: in.ID, Detail: map[string]string{"side": string(v.Side)}})
	})
}
