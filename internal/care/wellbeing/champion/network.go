package champion

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/champion/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Client is an organisation that the service looks after.
type Client struct {
	ID   uuid.UUID
	Name string
}

// Link is a link to share.
type Link struct {
	ID      uuid.UUID
	Made    civil.Date
	By      string
	Expires civil.Date
	Asked   int // how many asked by it
}

// Path is where it leads.
func (l Link) Path() string { return "/champions/join/" + l.ID.String() }

// Net is the network of one organisation.
type Net struct {
	Clients []Client
	Of      Client
	Map     Map
	All     []Champion // who asked or is one; what is over is left out
	Left    []Champion // who stopped, or left, in the last year
	Links   []Link
	Counts  []Tally // of all together, in months that are closed; what too few gave is left out
}

// countedMonths is how far back the network's counts are shown.
const countedMonths = 12

// Network reads the network of an organisation; the nil id is the first of the clients, the host before others.
func (s *Service) Network(ctx context.Context, a access.Actor, now time.Time, organisation uuid.UUID) (n Net, err error) {
	today := locale.Day(now)
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		if n.Clients, err = clients(ctx, tx, today); err != nil {
			return err
		}
		if organisation == uuid.Nil {
			organisation = a.Organisation
		}
		i := slices.IndexFunc(n.Clients, func(c Client) bool { return c.ID == organisation })
		if i < 0 {
			return fault.Missing("organisation")
		}
		n.Of = n.Clients[i]
		if n.Map, err = s.cover(ctx, tx, organisation, now); err != nil {
			return err
		}
		all, err := network(ctx, tx, organisation, today, nil)
		if err != nil {
			return err
		}
		for _, c := range all {
			switch {
			case c.Waits(today) || c.Active(today):
				n.All = append(n.All, c)
			case c.State == Agreed && c.Over().After(today.AddMonths(-12)):
				n.Left = append(n.Left, c)
			}
		}
		links, err := q.ListLinks(ctx, db.ListLinksParams{OrganisationID: organisation, OnDay: today.UTC()})
		if err != nil {
			return fmt.Errorf("list links: %w", err)
		}
		for _, l := range links {
			n.Links = append(n.Links, Link{l.ID, locale.Day(l.MadeAt), l.ByName, civil.Of(l.ExpiresOn), int(l.Asked)})
		}
		counts, err := q.SumCounts(ctx, db.SumCountsParams{OrganisationID: organisation, Since: month(today).AddMonths(-countedMonths).UTC(), Before: closed(today).UTC()})
		if err != nil {
			return fmt.Errorf("add up counts: %w", err)
		}
		counts = slices.DeleteFunc(counts, func(r db.SumCountsRow) bool { return s.pack.few(r.Code, int(r.Champions)) })
		n.Counts = tallies(counts, func(r db.SumCountsRow) (time.Time, string, int32) { return r.Month, r.Code, r.N })
		return nil
	})
	return n, err
}

func clients(ctx context.Context, tx *postgres.Tx, on civil.Date) (out []Client, err error) {
	rows, err := db.New(tx).ListClients(ctx, db.ListClientsParams{ServiceID: tx.Actor.Service, OnDay: on.UTC()})
	if err != nil {
		return nil, fmt.Errorf("list clients: %w", err)
	}
	for _, r := range rows {
		out = append(out, Client{r.OrganisationID, r.Name})
	}
	return out, nil
}

// Member reads one champion of the network.
func (s *Service) Member(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) (c Champion, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		c, err = member(ctx, tx, now, id)
		return err
	})
	return c, err
}

func member(ctx context.Context, tx *postgres.Tx, now time.Time, id uuid.UUID) (Champion, error) {
	organisation, err := db.New(tx).FindOrganisation(ctx, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return Champion{}, fault.Missing("champion")
	}
	if err != nil {
		return Champion{}, fmt.Errorf("find champion: %w", err)
	}
	return one(ctx, tx, organisation, locale.Day(now), id)
}

// on runs a command on a member of the network.
func (s *Service) on(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, fn func(*postgres.Tx, Champion) error) error {
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		c, err := member(ctx, tx, at, id)
		if err != nil {
			return err
		}
		if !c.Active(locale.Day(at)) {
			return fault.New(fault.Conflict, "champion.changed")
		}
		return fn(tx, c)
	})
}

// Train records a training.
func (s *Service) Train(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, kind string, on civil.Date) error {
	return s.on(ctx, a, at, id, func(tx *postgres.Tx, c Champion) error {
		if err := refuse(CheckTraining(kind, on, c, locale.Day(at))); err != nil {
			return err
		}
		if _, err := db.New(tx).InsertTraining(ctx, db.InsertTrainingParams{OrganisationID: c.Organisation, ChampionID: id, DoneOn: on.UTC(), Kind: kind, At: at, ByName: a.Name}); err != nil {
			return fmt.Errorf("insert training: %w", err)
		}
		return audit.Append(ctx, tx, entry(at, "champion.trained", c))
	})
}

// Thank thanks a champion: they are told, and see it on their page.
func (s *Service) Thank(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID) error {
	return s.on(ctx, a, at, id, func(tx *postgres.Tx, c Champion) error {
		if c.Thanked == locale.Day(at) {
			return nil // a second press
		}
		if _, err := db.New(tx).Thank(ctx, db.ThankParams{OrganisationID: c.Organisation, ID: id, At: &at, ByName: &a.Name}); err != nil {
			return fmt.Errorf("thank: %w", err)
		}
		if err := audit.Append(ctx, tx, entry(at, "champion.thanked", c)); err != nil {
			return err
		}
		return tell(ctx, tx, "champion_thanked", again(c, locale.Day(at).String()), c.Person, at)
	})
}

// Teams is the coverage of an organisation that the service looks after.
func (s *Service) Teams(ctx context.Context, a access.Actor, now time.Time, organisation uuid.UUID) (of Client, m Map, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		all, err := clients(ctx, tx, locale.Day(now))
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(c Client) bool { return c.ID == organisation })
		if i < 0 {
			return fault.Missing("organisation")
		}
		of = all[i]
		m, err = s.cover(ctx, tx, organisation, now)
		return err
	})
	return of, m, err
}

// End ends it for the service on a day, and thanks them; or moves that day. was is the day that the form showed.
func (s *Service) End(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, was, on civil.Date) error {
	if err := refuse(CheckEnd(on, locale.Day(at))); err != nil {
		return err
	}
	return s.on(ctx, a, at, id, func(tx *postgres.Tx, c Champion) error {
		if err := end(ctx, tx, c, at, was, on, ByService); err != nil || was == on {
			return err
		}
		return tell(ctx, tx, "champion_ended", again(c, on.String()+at.UTC().Format(time.RFC3339Nano)), c.Person, at)
	})
}

// Keep takes back the day that the service had set.
func (s *Service) Keep(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID) error {
	return s.on(ctx, a, at, id, func(tx *postgres.Tx, c Champion) error {
		if c.Ends.IsZero() {
			return nil // a second press
		}
		if err := end(ctx, tx, c, at, c.Ends, civil.Date{}, ByService); err != nil {
			return err
		}
		return tell(ctx, tx, "champion_stays", again(c, at.UTC().Format(time.RFC3339Nano)), c.Person, at)
	})
}

// MakeLink makes a link to share among the staff of an organisation.
func (s *Service) MakeLink(ctx context.Context, a access.Actor, at time.Time, organisation, id uuid.UUID) error {
	return s.do(ctx, a, audit.Entry{At: at, Action: "champion.link_made", Kind: "champion_link", Object: id}, func(tx *postgres.Tx) (int64, error) {
		all, err := clients(ctx, tx, locale.Day(at))
		if err != nil {
			return 0, err
		}
		if !slices.ContainsFunc(all, func(c Client) bool { return c.ID == organisation }) {
			return 0, fault.Missing("organisation")
		}
		n, err := db.New(tx).InsertLink(ctx, db.InsertLinkParams{OrganisationID: organisation, ID: id, At: at, ByName: a.Name, ExpiresOn: locale.Day(at).AddDays(s.pack.LinkDays).UTC()})
		if err != nil {
			return 0, fmt.Errorf("insert link: %w", err)
		}
		return n, nil
	})
}

// CloseLink ends a link before its day.
func (s *Service) CloseLink(ctx context.Context, a access.Actor, at time.Time, organisation, id uuid.UUID) error {
	return s.do(ctx, a, audit.Entry{At: at, Action: "champion.link_closed", Kind: "champion_link", Object: id}, func(tx *postgres.Tx) (int64, error) {
		n, err := db.New(tx).CloseLink(ctx, db.CloseLinkParams{OrganisationID: organisation, ID: id, At: &at})
		if err != nil {
			return 0, fmt.Errorf("close link: %w", err)
		}
		if n == 0 {
			return 0, fault.Missing("link")
		}
		return n, nil
	})
}

// Shared finds a link that is still open, and the name of its organisation, for anybody who follows it.
func (s *Service) Shared(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) (organisation Client, err error) {
	today := locale.Day(now).UTC()
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		l, err := q.FindLink(ctx, db.FindLinkParams{ID: id, OnDay: today})
		if errors.Is(err, pgx.ErrNoRows) {
			return fault.Missing("link")
		}
		if err != nil {
			return fmt.Errorf("find link: %w", err)
		}
		name, err := q.NameOrganisation(ctx, db.NameOrganisationParams{OrganisationID: l.OrganisationID, OnDay: today})
		if err != nil {
			return fmt.Errorf("name organisation: %w", err)
		}
		organisation = Client{l.OrganisationID, name}
		return nil
	})
	return organisation, err
}
