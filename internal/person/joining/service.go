package joining

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
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/person"
	"github.com/rowan-ohwb/rowan/internal/person/joining/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/pack"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Deps is what the service is made of. Accounts stand behind another wall.
type Deps struct {
	DB    *postgres.DB
	Login func(context.Context, access.Actor) (string, error)  // the actor's own work e-mail
	Tie   func(context.Context, access.Actor, uuid.UUID) error // ties the actor's account to their workforce record
}

// Service keeps the lists.
type Service struct {
	d    Deps
	pack Pack
}

// New makes the service.
func New(d Deps) *Service { return &Service{d, pack.BuiltIn[Pack]("services")} }

// Pack gives the lists to choose from.
func (s *Service) Pack() Pack { return s.pack }

// Link is one to share.
type Link struct {
	ID            uuid.UUID
	Made, Expires civil.Date
	Used          int
}

// Path is where it leads.
func (l Link) Path() string { return "/onboard/join/" + l.ID.String() }

// Member is somebody on the list.
type Member struct {
	ID          uuid.UUID
	Name, Title string
}

// Waiting is somebody who put themselves forward. A name that is there already may be a colleague's, taken by somebody else.
type Waiting struct {
	Someone
	Named bool // somebody else of this name is on the list, or waits too
}

// List is the staff list as who looks after it sees it.
type List struct {
	Place   string
	Small   bool // staff may put themselves forward
	Count   int
	Members []Member // of a small organisation
	Waiting []Waiting
	Links   []Link
}

// List reads the list of the actor's organisation.
func (s *Service) List(ctx context.Context, a access.Actor, now time.Time) (l List, err error) {
	today := locale.Day(now)
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		if l.Place, l.Small, err = s.place(ctx, q, a.Organisation, today); err != nil {
			return err
		}
		n, err := q.CountStaff(ctx, db.CountStaffParams{OrganisationID: a.Organisation, OnDay: today.Null()})
		if err != nil {
			return fmt.Errorf("count staff: %w", err)
		}
		if l.Count = int(n); !l.Small {
			return nil
		}
		members, err := q.ListStaff(ctx, db.ListStaffParams{OrganisationID: a.Organisation, OnDay: today.Null()})
		if err != nil {
			return fmt.Errorf("list staff: %w", err)
		}
		for _, m := range members {
			l.Members = append(l.Members, Member{m.ID, m.GivenName + " " + m.FamilyName, m.Title})
		}
		waiting, err := q.ListWaiting(ctx, a.Organisation)
		if err != nil {
			return fmt.Errorf("list who waits: %w", err)
		}
		for _, w := range waiting {
			key := person.NameKey(w.FamilyName, w.GivenName)
			x := Waiting{Someone{w.ID, w.GivenName, w.FamilyName, civil.Of(w.DateOfBirth), w.WorkEmail, w.Job}, false}
			x.Named = slices.ContainsFunc(members, func(m db.ListStaffRow) bool { return m.NameKey == key }) ||
				slices.ContainsFunc(waiting, func(o db.ListWaitingRow) bool {
					return o.ID != w.ID && person.NameKey(o.FamilyName, o.GivenName) == key
				})
			l.Waiting = append(l.Waiting, x)
		}
		links, err := q.ListLinks(ctx, db.ListLinksParams{OrganisationID: a.Organisation, OnDay: today.UTC()})
		if err != nil {
			return fmt.Errorf("list links: %w", err)
		}
		for _, k := range links {
			l.Links = append(l.Links, Link{k.ID, locale.Day(k.MadeAt), civil.Of(k.ExpiresOn), int(k.Used)})
		}
		return nil
	})
	return l, err
}

func (s *Service) place(ctx context.Context, q *db.Queries, organisation uuid.UUID, on civil.Date) (name string, small bool, err error) {
	p, err := q.FindPlace(ctx, db.FindPlaceParams{OrganisationID: organisation, OnDay: on.UTC()})
	if errors.Is(err, pgx.ErrNoRows) {
		return "", false, fault.Missing("organisation")
	}
	if err != nil {
		return "", false, fmt.Errorf("find organisation: %w", err)
	}
	return p.Name, slices.Contains(s.pack.Small, p.Kind), nil
}

// Me gives who the actor is, as far as the house knows: the form about themselves begins with it.
func (s *Service) Me(ctx context.Context, a access.Actor) (me Someone, err error) {
	me.Given, me.Family = a.Name, ""
	if i := strings.LastIndex(a.Name, " "); i > 0 {
		me.Given, me.Family = a.Name[:i], a.Name[i+1:]
	}
	me.ID = uuid.NewSHA1(a.Account, a.Organisation[:])
	me.Email, err = s.d.Login(ctx, a)
	return me, err
}

// Begin puts the actor on the list as the first of it, and makes the link to share.
func (s *Service) Begin(ctx context.Context, a access.Actor, at time.Time, me Someone) error {
	today := locale.Day(at)
	own, err := s.Me(ctx, a)
	if err != nil {
		return err
	}
	me.ID, me.Email = own.ID, own.Email
	if bad := s.pack.Check(me, today); len(bad) > 0 {
		return fault.New(fault.Invalid, bad[0].Key)
	}
	if a.Person != uuid.Nil {
		return nil // a second press
	}
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		place, small, err := s.place(ctx, q, a.Organisation, today)
		if err != nil {
			return err
		}
		if !small {
			return fault.New(fault.Conflict, "joining.feed")
		}
		if err := s.put(ctx, tx, me, place, uuid.Nil, at); err != nil {
			return err
		}
		return s.makeLink(ctx, tx, at, uuid.NewSHA1(me.ID, []byte("link")))
	})
	if err != nil {
		return err
	}
	return s.d.Tie(ctx, a, me.ID)
}

// put writes somebody on the list, with a post under a manager. Who is on it already is left alone.
func (s *Service) put(ctx context.Context, tx *postgres.Tx, who Someone, place string, manager uuid.UUID, at time.Time) error {
	q, a := db.New(tx), tx.Actor
	job, _ := s.pack.Job(who.Job) // one that a newer pack no longer has is none
	number := "S-" + strings.ToUpper(who.ID.String()[:8]) + strings.ToUpper(who.ID.String()[24:])
	n, err := q.InsertPerson(ctx, db.InsertPersonParams{OrganisationID: a.Organisation, ID: who.ID, EmployeeNumber: number, FamilyName: who.Family, GivenName: who.Given,
		NameKey: person.NameKey(who.Family, who.Given), DateOfBirth: who.Born.UTC(), WorkEmail: &who.Email, At: at})
	if err != nil {
		return fmt.Errorf("insert person: %w", err)
	}
	if n == 0 {
		return nil
	}
	err = q.InsertPost(ctx, db.InsertPostParams{OrganisationID: a.Organisation, ID: uuid.NewSHA1(who.ID, []byte("post")), PersonID: who.ID, AssignmentNumber: number, Title: locale.English().T("joining.job." + who.Job),
		StaffGroup: job.Group, Place: place, Hours: s.pack.UsualHours, ManagerPersonID: postgres.Null(manager), PatientContact: job.Patients, StartsOn: locale.Day(at).UTC()})
	if err != nil {
		return fmt.Errorf("insert post: %w", err)
	}
	return audit.Append(ctx, tx, audit.Entry{At: at, Action: "joining.taken_on", Kind: "person", Object: who.ID, Subject: who.ID})
}

// MakeLink makes a link to share.
func (s *Service) MakeLink(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		_, small, err := s.place(ctx, db.New(tx), a.Organisation, locale.Day(at))
		if err != nil {
			return err
		}
		if !small || a.Person == uuid.Nil {
			return fault.New(fault.Conflict, "joining.feed")
		}
		return s.makeLink(ctx, tx, at, id)
	})
}

// makeLink makes it under an id that follows from the organisation and the form's: the hall finds a link by its id alone, so
// nobody may choose one that somebody else's has.
func (s *Service) makeLink(ctx context.Context, tx *postgres.Tx, at time.Time, form uuid.UUID) error {
	id := uuid.NewSHA1(tx.Actor.Organisation, form[:])
	n, err := db.New(tx).InsertLink(ctx, db.InsertLinkParams{OrganisationID: tx.Actor.Organisation, ID: id, At: at, ByName: tx.Actor.Name, ExpiresOn: locale.Day(at).AddDays(s.pack.LinkDays).UTC()})
	if err != nil {
		return fmt.Errorf("insert link: %w", err)
	}
	if n == 0 {
		return nil
	}
	return audit.Append(ctx, tx, audit.Entry{At: at, Action: "joining.link_made", Kind: "staff_link", Object: id})
}

// CloseLink ends a link before its day.
func (s *Service) CloseLink(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		n, err := db.New(tx).CloseLink(ctx, db.CloseLinkParams{OrganisationID: a.Organisation, ID: id, At: &at})
		if err != nil {
			return fmt.Errorf("close link: %w", err)
		}
		if n == 0 {
			return fault.Missing("link")
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "joining.link_closed", Kind: "staff_link", Object: id})
	})
}

// Shared finds an open link, for whoever follows it: what the organisation is called.
func (s *Service) Shared(ctx context.Context, from access.Actor, now time.Time, link uuid.UUID) (organisation uuid.UUID, name string, err error) {
	err = s.d.DB.InTenant(ctx, access.Actor{Role: access.Anonymous, Wall: access.Hall}.Via(from), func(tx *postgres.Tx) error {
		q := db.New(tx)
		l, err := q.FindLink(ctx, db.FindLinkParams{ID: link, OnDay: locale.Day(now).UTC()})
		if errors.Is(err, pgx.ErrNoRows) || err == nil && int(l.Used) >= s.pack.LinkMost {
			return fault.Missing("link")
		}
		if err != nil {
			return fmt.Errorf("find link: %w", err)
		}
		client, err := q.IsClient(ctx, db.IsClientParams{OrganisationID: l.OrganisationID, OnDay: locale.Day(now).UTC()})
		if err != nil {
			return fmt.Errorf("find contract: %w", err)
		}
		if !client {
			return fault.Missing("link")
		}
		organisation = l.OrganisationID
		name, _, err = s.place(ctx, q, organisation, locale.Day(now))
		return err
	})
	return organisation, name, err
}

// PutForward writes down who came by a link. It answers the same whoever is there already.
func (s *Service) PutForward(ctx context.Context, from access.Actor, at time.Time, link uuid.UUID, who Someone) error {
	if bad := s.pack.Check(who, locale.Day(at)); len(bad) > 0 {
		return fault.New(fault.Invalid, bad[0].Key)
	}
	organisation, _, err := s.Shared(ctx, from, at, link)
	if err != nil {
		return err
	}
	actor := access.Actor{Organisation: organisation, Role: access.Anonymous, Wall: access.Hall}.Via(from)
	return s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		q := db.New(tx)
		n, err := q.InsertWaiting(ctx, db.InsertWaitingParams{OrganisationID: organisation, ID: who.ID, LinkID: link, FamilyName: who.Family, GivenName: who.Given,
			DateOfBirth: who.Born.UTC(), WorkEmail: who.Email, Job: who.Job, At: at})
		if err != nil {
			return fmt.Errorf("insert who waits: %w", err)
		}
		if n == 0 {
			return nil // the same form again
		}
		if n, err = q.UseLink(ctx, db.UseLinkParams{OrganisationID: organisation, ID: link, Most: int32(s.pack.LinkMost)}); err != nil {
			return fmt.Errorf("count: %w", err)
		}
		if n == 0 {
			return fault.Missing("link")
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "joining.put_forward", Kind: "staff_link", Object: link})
	})
}

// TakeOn puts who waits on the list, with the actor as their manager. Who is there already is said to be, and waits on. So does
// whoever has the name of somebody who is there, unless the manager says that this is another.
func (s *Service) TakeOn(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, another bool) error {
	if a.Person == uuid.Nil {
		return fault.New(fault.Conflict, "joining.first")
	}
	today := locale.Day(at)
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		who, err := take(ctx, q, a.Organisation, id)
		if err != nil {
			return err
		}
		there, err := q.IsThere(ctx, db.IsThereParams{OrganisationID: a.Organisation, OnDay: today.Null(), WorkEmail: who.Email, NameKey: person.NameKey(who.Family, who.Given), DateOfBirth: who.Born.UTC()})
		if err != nil {
			return fmt.Errorf("look for a double: %w", err)
		}
		if there {
			return fault.New(fault.Conflict, "joining.there")
		}
		named, err := q.IsNamed(ctx, db.IsNamedParams{OrganisationID: a.Organisation, OnDay: today.Null(), NameKey: person.NameKey(who.Family, who.Given)})
		if err != nil {
			return fmt.Errorf("look for the name: %w", err)
		}
		if named && !another {
			return fault.New(fault.Conflict, "joining.named")
		}
		place, _, err := s.place(ctx, q, a.Organisation, today)
		if err != nil {
			return err
		}
		who.ID = uuid.NewSHA1(who.ID, []byte("person")) // what waits has an id that the page made
		return s.put(ctx, tx, who, place, a.Person, at)
	})
}

// Remove takes away somebody whom the manager does not know; nothing is kept of what they wrote.
func (s *Service) Remove(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		if _, err := take(ctx, db.New(tx), a.Organisation, id); err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "joining.removed", Kind: "staff_waiting", Object: id})
	})
}

func take(ctx context.Context, q *db.Queries, organisation, id uuid.UUID) (Someone, error) {
	w, err := q.TakeWaiting(ctx, db.TakeWaitingParams{OrganisationID: organisation, ID: id})
	if errors.Is(err, pgx.ErrNoRows) {
		return Someone{}, fault.Missing("who waits")
	}
	if err != nil {
		return Someone{}, fmt.Errorf("take who waits: %w", err)
	}
	return Someone{w.ID, w.GivenName, w.FamilyName, civil.Of(w.DateOfBirth), w.WorkEmail, w.Job}, nil
}
