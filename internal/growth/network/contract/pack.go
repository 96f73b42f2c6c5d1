package contract

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/contract/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/network/contract/price"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Content is what a pack says: nothing in it knows more than its reader may.
type Content struct {
	Client  string      `json:"client"`
	Service string      `json:"service"`
	From    civil.Date  `json:"from"`
	To      civil.Date  `json:"to"` // the first day of the month after
	Model   string      `json:"model,omitempty"`
	Level   string      `json:"level,omitempty"` // of integration
	Scale   int         `json:"scale"`           // version of its list
	Last    civil.Date  `json:"last,omitzero"`
	Notice  int         `json:"notice"`
	Levels  []LevelSays `json:"levels"`
	Lines   []LineSays  `json:"lines"`
	Total   price.Pence `json:"total"`
	About   bool        `json:"about,omitempty"`  // the total is made of rounded counts
	Partly  bool        `json:"partly,omitempty"` // without what is too few to show
	Score   Score       `json:"score"`            // whether people felt that what mattered to them was dealt with
	Answers Share       `json:"answers"`          // of managers, whether the report answered their questions
	Actions []Done      `json:"actions"`          // what was agreed on before
}

// Done is an action as it stood.
type Done struct {
	What string     `json:"what"`
	Side string     `json:"side"`
	Due  civil.Date `json:"due"`
	Done bool       `json:"done,omitempty"`
}

// encode gives a content as it is kept, and its SHA-256.
func (c Content) encode() (text, sum string) {
	b, err := json.Marshal(c)
	if err != nil {
		panic(err) // numbers and strings
	}
	h := sha256.Sum256(b)
	return string(b), hex.EncodeToString(h[:])
}

// Seen identifies what a draft says, so that what is released is what was looked at.
func (c Content) Seen() string {
	_, sum := c.encode()
	return sum
}

// the events that are counted for an item.
var counted = map[string]activity.Kind{Referral: activity.ReferralSubmitted, Attended: activity.AppointmentHeld, Missed: activity.AppointmentDNA, Report: activity.ReportReleased}

// notTheirs are reasons why an appointment did not take place that are the service's own: nobody pays for it.
var notTheirs = []string{"CANC-OH", "TECH-FAIL"}

// Counts counts items by item and month, exact.
type Counts map[string]map[civil.Date]int

func (c Counts) in(item string, from, to civil.Date) (n int) {
	for m, k := range c[item] {
		if !m.Before(from) && m.Before(to) {
			n += k
		}
	}
	return n
}

func items(rows []activity.Count) Counts {
	out := Counts{}
	for item, kind := range counted {
		out[item] = map[civil.Date]int{}
		for _, r := range rows {
			switch {
			case r.Kind != kind:
			case r.Dimension == "all":
				out[item][r.Month] += r.N
			case item == Missed && (r.Code == notTheirs[0] || r.Code == notTheirs[1]):
				out[item][r.Month] -= r.N
			}
		}
	}
	return out
}

// Draft works out what the next pack says: exactly what Release would release.
func (s *Service) Draft(ctx context.Context, a access.Actor, now time.Time, clientID uuid.UUID) (c Content, t Terms, err error) {
	if t, err = s.Find(ctx, a, now, clientID); err != nil {
		return c, t, err
	}
	from, to, over := t.Period(locale.Day(now))
	if !t.Contract.Open(locale.Day(now)) {
		return c, t, fault.New(fault.Conflict, "contract.closed")
	}
	if !over {
		return c, t, fault.New(fault.Conflict, "contract.pack.early")
	}
	_, scale := s.Scale()
	c = Content{Client: t.Contract.Name, From: from, To: to, Model: t.Contract.Terms.Model, Level: t.Contract.Terms.Integration, Scale: scale, Last: t.Contract.Terms.Last, Notice: t.Dates.Notice}
	levels := LevelsIn(t.Levels, from, to)
	all, err := s.d.Count(ctx, a, clientID, levels)
	if err != nil {
		return c, t, fmt.Errorf("count service levels: %w", err)
	}
	for i, x := range all {
		l := levels[i]
		c.Levels = append(c.Levels, LevelSays{Title: x.Title, Definition: x.Definition, Days: l.Term.Days, Clock: l.Term.Clock, Target: l.Term.Target, AtMost: x.AtMost, From: l.From, To: l.To,
			Share: share(x.Part, x.Whole, l.Term.Target, x.AtMost), Undue: told(x.Undue)})
	}
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error { return c.measure(ctx, tx, t, clientID) })
	for _, x := range t.Actions {
		if len(t.Packs) == 0 || x.Done.IsZero() || !x.Done.Before(t.Packs[0].At) {
			c.Actions = append(c.Actions, Done{x.What, x.Side, x.Due, !x.Done.IsZero()})
		}
	}
	return c, t, err
}

// measure counts volumes, what they come to, and what was said of the service.
func (c *Content) measure(ctx context.Context, tx *postgres.Tx, t Terms, clientID uuid.UUID) error {
	service, err := organisation.ServiceFor(ctx, tx, clientID, c.To.AddDays(-1).UTC())
	if err != nil {
		return err
	}
	c.Service = service.Name
	var kinds []activity.Kind
	for _, item := range Items {
		if k, ok := counted[item]; ok {
			kinds = append(kinds, k)
		}
	}
	rows, err := activity.ReadClientCounts(ctx, tx, clientID, c.From, c.To, append(kinds, activity.ReportAnswered), []string{"all", "outcome"})
	if err != nil {
		return err
	}
	volumes := items(rows)
	for _, l := range LinesIn(t.Lines, c.From, c.To) {
		x := line(l, volumes.in(l.Term.Item, l.From, l.To))
		c.Lines = append(c.Lines, x)
		c.Total += x.Amount
		c.About = c.About || x.About()
		c.Partly = c.Partly || x.Unknown
	}
	yes, answered := 0, 0
	for _, r := range rows {
		switch {
		case r.Kind != activity.ReportAnswered:
		case r.Dimension == "all":
			answered += r.N
		case r.Code == "yes":
			yes += r.N
		}
	}
	c.Answers = share(yes, answered, 0, false)
	c.Answers.Reach = "" // nothing was agreed on
	scores, err := activity.ReadClientScores(ctx, tx, clientID, c.From, c.To)
	if err != nil {
		return err
	}
	sum, n := 0, 0
	for _, x := range scores {
		if x.Question == asked {
			sum, n = sum+x.Score*x.N, n+x.N
		}
	}
	c.Score = score(sum, n, volumes.in(Attended, c.From, c.To))
	return nil
}

// asked is the question whose score is told: whether what mattered was dealt with.
const asked = "mattered"

// Release keeps what a draft says and opens it to the client. seen is what was looked at.
func (s *Service) Release(ctx context.Context, a access.Actor, now time.Time, clientID, id uuid.UUID, seen string) error {
	c, _, err := s.Draft(ctx, a, now, clientID)
	if err != nil {
		return err
	}
	text, sum := c.encode()
	if sum != seen {
		return fault.New(fault.Conflict, "contract.pack.changed")
	}
	return s.change(ctx, a, now, clientID, "contract.released", "contract_pack", id, anything, func(q *db.Queries, t Terms) (int64, error) {
		// Another pack may have been released meanwhile: the months are still those that were looked at.
		if from, to, over := t.Period(locale.Day(now)); from != c.From || to != c.To || !over {
			return 0, fault.New(fault.Conflict, "contract.pack.changed")
		}
		err := q.InsertPack(ctx, db.InsertPackParams{OrganisationID: a.Organisation, ID: id, ClientID: clientID, FromMonth: c.From.UTC(), ToMonth: c.To.UTC(), Content: text, Sha256: sum, MadeAt: postgres.Stamp(now), ByName: a.Name})
		if postgres.Code(err) == postgres.UniqueViolation {
			return 0, fault.Wrap(fault.Conflict, "contract.pack.changed", err)
		}
		return 1, err
	})
}

// Pack is a pack as it was released.
type Pack struct {
	Made
	Content Content
	Whole   bool // its SHA-256 is still what it was
}

// FindPack reads a pack of a client of the actor's service.
func (s *Service) FindPack(ctx context.Context, a access.Actor, now time.Time, clientID, id uuid.UUID) (Pack, Terms, error) {
	t, err := s.Find(ctx, a, now, clientID)
	if err != nil {
		return Pack{}, t, err
	}
	p, err := s.pack(ctx, a, t, clientID, id, &a.Organisation)
	return p, t, err
}

// OurPack reads a pack that was released to the actor's own organisation.
func (s *Service) OurPack(ctx context.Context, a access.Actor, id uuid.UUID) (Pack, Terms, error) {
	t, err := s.Ours(ctx, a)
	if err != nil {
		return Pack{}, t, err
	}
	p, err := s.pack(ctx, a, t, a.Organisation, id, nil)
	return p, t, err
}

func (s *Service) pack(ctx context.Context, a access.Actor, t Terms, clientID, id uuid.UUID, host *uuid.UUID) (p Pack, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		r, err := db.New(tx).FindPack(ctx, db.FindPackParams{ID: id, ClientID: clientID, OrganisationID: host})
		if err != nil {
			return missing(err, "pack")
		}
		sum := sha256.Sum256([]byte(r.Content))
		p.Whole = hex.EncodeToString(sum[:]) == r.Sha256
		return json.Unmarshal([]byte(r.Content), &p.Content)
	})
	for _, m := range t.Packs {
		if m.ID == id {
			p.Made = m
		}
	}
	return p, err
}

// of finds a pack among those of a client.
func (t Terms) of(id uuid.UUID) (Made, error) {
	return the(t.Packs, "pack", func(m Made) bool { return m.ID == id })
}

// Review writes down that both sides met over a pack, and when they meet next.
func (s *Service) Review(ctx context.Context, a access.Actor, at time.Time, clientID, id uuid.UUID, held, then civil.Date) error {
	var m Made
	return s.change(ctx, a, at, clientID, "contract.reviewed", "contract_pack", id, func(t Terms) (err error) {
		m, err = t.of(id)
		return err
	}, func(q *db.Queries, t Terms) (int64, error) {
		if err := refused(CheckReview(held, then, locale.Day(m.At), locale.Day(at))); err != nil {
			return 0, err
		}
		n, err := q.InsertReview(ctx, db.InsertReviewParams{OrganisationID: a.Organisation, PackID: id, ClientID: clientID, HeldOn: held.UTC(), NextOn: then.UTC(), SavedAt: postgres.Stamp(at), ByName: a.Name})
		if err != nil {
			return 0, fmt.Errorf("write down a review: %w", err)
		}
		if n == 0 {
			return 0, fault.New(fault.Conflict, "contract.reviewed_before")
		}
		return n, q.InsertDates(ctx, db.InsertDatesParams{OrganisationID: a.Organisation, ClientID: clientID, SavedAt: postgres.Stamp(at), NoticeMonths: int32(t.Dates.Notice), EveryMonths: int32(t.Dates.Every), ReviewOn: then.UTC(), ByName: a.Name}) //nolint:gosec // they were checked
	})
}

// AddAction writes down what one side does until the next review.
func (s *Service) AddAction(ctx context.Context, a access.Actor, at time.Time, clientID uuid.UUID, x Action) error {
	return s.change(ctx, a, at, clientID, "contract.action_agreed", "contract_action", x.ID, func(t Terms) error {
		_, err := t.of(x.Pack)
		return err
	}, func(q *db.Queries, _ Terms) (int64, error) {
		if err := refused(CheckAction(x, locale.Day(at))); err != nil {
			return 0, err
		}
		return q.InsertAction(ctx, db.InsertActionParams{OrganisationID: a.Organisation, ID: x.ID, PackID: x.Pack, ClientID: clientID, What: x.What, Side: x.Side, DueOn: x.Due.UTC(), SavedAt: postgres.Stamp(at), ByName: a.Name})
	})
}

// Finish marks an action as done.
func (s *Service) Finish(ctx context.Context, a access.Actor, at time.Time, clientID, id uuid.UUID) error {
	return s.change(ctx, a, at, clientID, "contract.action_done", "contract_action", id, func(t Terms) error {
		_, err := the(t.Actions, "action", func(x Action) bool { return x.ID == id })
		return err
	}, func(q *db.Queries, _ Terms) (int64, error) {
		return ended(q.FinishAction(ctx, db.FinishActionParams{OrganisationID: a.Organisation, ID: id, DoneAt: postgres.Null(postgres.Stamp(at)), DoneBy: &a.Name}))
	})
}
