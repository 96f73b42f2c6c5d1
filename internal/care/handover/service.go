package handover

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/casefile"
	"github.com/rowan-ohwb/rowan/internal/care/handover/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/pack"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Deps is what the slice needs.
type Deps struct {
	DB    *postgres.DB
	Box   sealed.Box
	Cases *casefile.Service
	// Draw makes one page of a record that can be read without Rowan.
	Draw func(ctx context.Context, r Record) (string, error)
}

// Service does what the package says.
type Service struct {
	d    Deps
	pack Pack
}

// New makes the service.
func New(d Deps) *Service { return &Service{d, pack.BuiltIn[Pack]("exit")} }

// Pack gives the lists to choose from.
func (s *Service) Pack() Pack { return s.pack }

// Board is all that is decided about a plan.
type Board struct {
	Plan   Plan
	People []Person // who has an open case, but for the reader
	Own    bool     // the reader has one too: a colleague decides on it
	Total  int      // people with a record
	Due    map[string]Due
	Files  []File // the newest first
	Closed []Person
}

// Find finds somebody of the list.
func (b Board) Find(id uuid.UUID) (Person, bool) {
	for _, list := range [][]Person{b.People, b.Closed} {
		if i := slices.IndexFunc(list, func(p Person) bool { return p.ID == id }); i >= 0 {
			return list[i], true
		}
	}
	return Person{}, false
}

// File finds a file.
func (b Board) File(id uuid.UUID) (File, bool) {
	i := slices.IndexFunc(b.Files, func(f File) bool { return f.ID == id })
	if i < 0 {
		return File{}, false
	}
	return b.Files[i], true
}

// Gone lists the open cases that went: decided on before the newest file was made, of which there is a receipt.
func (b Board) Gone() (out []uuid.UUID) {
	i := slices.IndexFunc(b.Files, func(f File) bool { return !f.Made.IsZero() })
	if i < 0 || b.Files[i].Received.IsZero() {
		return nil
	}
	for _, p := range b.People {
		for _, c := range p.Open {
			if c.Way == "transfer" && !c.Decided.After(b.Files[i].Made) {
				out = append(out, c.ID)
			}
		}
	}
	return out
}

// Plans lists the contracts of the service that end.
func (s *Service) Plans(ctx context.Context, a access.Actor, now time.Time) (out []Plan, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		out, err = plans(ctx, tx, locale.Day(now))
		return err
	})
	return out, err
}

func plans(ctx context.Context, tx *postgres.Tx, today civil.Date) (out []Plan, err error) {
	rows, err := db.New(tx).ListPlans(ctx, db.ListPlansParams{OnDay: today.UTC(), ServiceID: tx.Actor.Service})
	if err != nil {
		return nil, fmt.Errorf("list exit plans: %w", err)
	}
	for _, r := range rows {
		p := Plan{ID: r.ID, Organisation: r.OrganisationID, Name: r.Name, Receiver: postgres.Value(r.Receiver), Contact: postgres.Value(r.ReceiverContact), Nobody: r.Nobody,
			ObjectionDays: int(r.ObjectionDays), Told: civil.FromNull(r.ToldOn), Until: civil.FromNull(r.ValidTo)}
		if r.RefersUntil != nil {
			p.Last = civil.Of(*r.RefersUntil).AddDays(-1)
		}
		out = append(out, p)
	}
	return out, nil
}

func findPlan(ctx context.Context, tx *postgres.Tx, today civil.Date, id uuid.UUID) (Plan, error) {
	all, err := plans(ctx, tx, today)
	if err != nil {
		return Plan{}, err
	}
	i := slices.IndexFunc(all, func(p Plan) bool { return p.ID == id })
	if i < 0 {
		return Plan{}, fault.Missing("exit plan")
	}
	return all[i], nil
}

// Board reads a plan with who has an open case, and puts down who opened the list. all adds everybody with a record.
func (s *Service) Board(ctx context.Context, a access.Actor, now time.Time, plan uuid.UUID, all bool) (b Board, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		if b, err = board(ctx, tx, locale.Day(now), plan, all); err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "handover.listed", Kind: "exit_plan", Object: plan})
	})
	return b, err
}

func board(ctx context.Context, tx *postgres.Tx, today civil.Date, plan uuid.UUID, all bool) (b Board, err error) {
	q, a := db.New(tx), tx.Actor
	if b.Plan, err = findPlan(ctx, tx, today, plan); err != nil {
		return b, err
	}
	total, err := q.CountRecords(ctx, db.CountRecordsParams{ServiceID: a.Service, OrganisationID: b.Plan.Organisation})
	if err != nil {
		return b, fmt.Errorf("count records: %w", err)
	}
	b.Total = int(total)
	rows, err := q.ListWords(ctx, db.ListWordsParams{ServiceID: a.Service, PlanID: plan})
	if err != nil {
		return b, fmt.Errorf("list what people said: %w", err)
	}
	words := map[uuid.UUID]Word{}
	for _, r := range rows {
		words[r.PersonID] = Word{r.Word, civil.Of(r.OnDay), postgres.Value(r.Instead), r.ByName}
	}
	open, err := q.ListOpen(ctx, db.ListOpenParams{PlanID: plan, ServiceID: a.Service, OrganisationID: b.Plan.Organisation})
	if err != nil {
		return b, fmt.Errorf("list open cases: %w", err)
	}
	for _, r := range open {
		if r.PersonID == a.Person {
			b.Own = true
			continue
		}
		if n := len(b.People); n == 0 || b.People[n-1].ID != r.PersonID {
			b.People = append(b.People, Person{ID: r.PersonID, Name: r.GivenName + " " + r.FamilyName, Born: civil.Of(r.DateOfBirth), Word: words[r.PersonID]})
		}
		p := &b.People[len(b.People)-1]
		p.Open = append(p.Open, Case{r.ID, r.ReceivedAt, r.State, postgres.Value(r.Way), postgres.Value(r.Reason), postgres.Value(r.SavedAt)})
	}
	if all {
		closed, err := q.ListClosed(ctx, db.ListClosedParams{ServiceID: a.Service, OrganisationID: b.Plan.Organisation})
		if err != nil {
			return b, fmt.Errorf("list records: %w", err)
		}
		for _, r := range closed {
			if r.ID != a.Person {
				b.Closed = append(b.Closed, Person{ID: r.ID, Name: r.GivenName + " " + r.FamilyName, Born: civil.Of(r.DateOfBirth), Word: words[r.ID]})
			}
		}
	}
	return b, b.read(ctx, q, a.Service)
}

// read adds counts and files.
func (b *Board) read(ctx context.Context, q *db.Queries, service uuid.UUID) error {
	due, err := q.ListDue(ctx, db.ListDueParams{ServiceID: service, PlanID: b.Plan.ID})
	if err != nil {
		return fmt.Errorf("list what comes due: %w", err)
	}
	b.Due = map[string]Due{}
	for _, r := range due {
		b.Due[r.Item] = Due{int(r.N), r.Source, civil.Of(r.CountedOn), r.ByName}
	}
	files, err := q.ListFiles(ctx, db.ListFilesParams{ServiceID: service, PlanID: b.Plan.ID})
	if err != nil {
		return fmt.Errorf("list files: %w", err)
	}
	for _, r := range files {
		b.Files = append(b.Files, File{ID: r.ID, Asked: r.AskedAt, AskedAccount: r.AskedAccount, AskedBy: r.AskedBy, Made: postgres.Value(r.MadeAt), MadeBy: postgres.Value(r.MadeBy),
			People: int(postgres.Value(r.People)), Size: int(postgres.Value(r.Size)), SHA256: postgres.Value(r.Sha256), Received: civil.FromNull(r.ReceivedOn), Receiver: postgres.Value(r.ReceiverName),
			Document: postgres.Value(r.Name), DocumentHash: postgres.Value(r.DocumentSha256), KeptBy: postgres.Value(r.ByName)})
	}
	return nil
}

// change runs a command on a plan while its doors are open.
func (s *Service) change(ctx context.Context, a access.Actor, at time.Time, plan uuid.UUID, fn func(*postgres.Tx, Board) error) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		b, err := board(ctx, tx, locale.Day(at), plan, true)
		if err != nil {
			return err
		}
		if !b.Plan.Open(locale.Day(at)) {
			return fault.New(fault.Conflict, "handover.over")
		}
		return fn(tx, b)
	})
}

// Decide says what somebody said about their record, and what becomes of each of their open cases.
func (s *Service) Decide(ctx context.Context, a access.Actor, at time.Time, plan, person uuid.UUID, in In) error {
	return s.change(ctx, a, at, plan, func(tx *postgres.Tx, b Board) error {
		who, ok := b.Find(person)
		if !ok {
			return fault.Missing("person")
		}
		if bad := s.pack.Check(b.Plan, who, in, locale.Day(at)); len(bad) > 0 {
			return fault.New(fault.Invalid, bad[0].Key)
		}
		q, kept := db.New(tx), postgres.Stamp(at)
		detail := map[string]string{}
		if in.Word != "" {
			instead := in.Instead
			if in.Word == "agreed" {
				instead = ""
			}
			if err := q.SetWord(ctx, db.SetWordParams{ServiceID: a.Service, PlanID: plan, PersonID: person, OrganisationID: b.Plan.Organisation, Word: in.Word, OnDay: in.On.UTC(), Instead: postgres.Null(instead), At: kept, ByAccount: a.Account, ByName: a.Name}); err != nil {
				return fmt.Errorf("keep what somebody said: %w", err)
			}
			detail["word"] = in.Word
		}
		for _, c := range who.Open {
			choice := in.Choice[c.ID]
			if choice == "" {
				continue
			}
			way, reason := "ends", choice
			if choice == "transfer" {
				way, reason = choice, ""
			}
			if err := q.SetWay(ctx, db.SetWayParams{ServiceID: a.Service, PlanID: plan, CasefileID: c.ID, OrganisationID: b.Plan.Organisation, PersonID: person, Way: way, Reason: postgres.Null(reason), At: kept, ByAccount: a.Account, ByName: a.Name}); err != nil {
				return fmt.Errorf("decide on a case: %w", err)
			}
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "handover.decided", Kind: "exit_plan", Object: plan, Subject: person, Ground: "handover", Detail: detail})
	})
}

// SetDue says how many of something come due.
func (s *Service) SetDue(ctx context.Context, a access.Actor, at time.Time, plan uuid.UUID, item string, d Due) error {
	if !slices.Contains(s.pack.Items, item) {
		return fault.Missing("item")
	}
	if bad := s.pack.CheckDue(d, locale.Day(at)); len(bad) > 0 {
		return fault.New(fault.Invalid, bad[0].Key)
	}
	return s.change(ctx, a, at, plan, func(tx *postgres.Tx, b Board) error {
		if err := db.New(tx).InsertDue(ctx, db.InsertDueParams{ServiceID: a.Service, PlanID: plan, Item: item, At: postgres.Stamp(at), OrganisationID: b.Plan.Organisation, N: int32(d.N), Source: d.Source, CountedOn: d.On.UTC(), ByName: a.Name}); err != nil {
			return fmt.Errorf("keep what comes due: %w", err)
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "handover.counted", Kind: "exit_plan", Object: plan, Detail: map[string]string{"item": item}})
	})
}

// CloseGone closes the cases that went, each by the rules of every case, and gives those that cannot be closed because something is
// outstanding.
func (s *Service) CloseGone(ctx context.Context, a access.Actor, at time.Time, plan uuid.UUID) (left []uuid.UUID, err error) {
	var gone []uuid.UUID
	if err := s.change(ctx, a, at, plan, func(_ *postgres.Tx, b Board) error {
		gone = b.Gone()
		return nil
	}); err != nil {
		return nil, err
	}
	if len(gone) == 0 {
		return nil, fault.New(fault.Conflict, "handover.none_gone")
	}
	for _, id := range gone {
		o, err := s.d.Cases.HandOver(ctx, a, at, id)
		if err != nil {
			return left, err
		}
		if o.Any() {
			left = append(left, id)
		}
	}
	return left, nil
}
