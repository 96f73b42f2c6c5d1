package catalogue

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/catalogue/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Deps is what the slice needs. Planned tells what the plan says.
type Deps struct {
	DB      *postgres.DB
	Planned func(ctx context.Context, a access.Actor) (Planned, error)
}

// Service reads the catalogue and keeps the balance.
type Service struct {
	d    Deps
	pack Pack
}

// New makes the service. The pack is compiled in and a test reads it, so one that does not load is a broken build.
func New(d Deps) *Service {
	pack, err := LoadPack(content.FS)
	if err != nil {
		panic(err)
	}
	return &Service{d, pack}
}

// Pack is the catalogue.
func (s *Service) Pack() Pack { return s.pack }

// Planned is what the plan says.
func (s *Service) Planned(ctx context.Context, a access.Actor) (Planned, error) {
	return s.d.Planned(ctx, a)
}

// Balance is the page of one financial year.
type Balance struct {
	Year     int
	Rows     []Row
	Planned  Planned
	To       civil.Date // first day of the last of the twelve months of contacts
	MadeAt   time.Time  // of the roll-ups
	Changed  time.Time  // when spend and hours were last entered; zero if never
	By       string
	Counted  bool // contacts were recorded at all
	Years    []int
	Existing []int // years with an entry, newest first
}

// Balance lays spend, time, contacts and need side by side. Year 0 is the newest that has an entry, else this one.
func (s *Service) Balance(ctx context.Context, a access.Actor, now time.Time, year int) (Balance, error) {
	today := locale.Day(now)
	b := Balance{Year: year, To: lastMonth(today), Years: Years(today)}
	var contacts map[string]int
	var entries []Entry
	err := s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		kept, err := readEntries(ctx, tx)
		if err != nil {
			return err
		}
		for _, k := range kept {
			if !slices.Contains(b.Existing, k.year) {
				b.Existing = append(b.Existing, k.year)
			}
		}
		if b.Year == 0 {
			b.Year = b.Years[0]
			if len(b.Existing) > 0 {
				b.Year = b.Existing[0]
			}
		}
		for _, k := range kept {
			if k.year == b.Year {
				entries, b.Changed, b.By = append(entries, k.Entry), k.at, k.by
			}
		}
		if b.MadeAt, err = activity.MadeAt(ctx, tx, a.Service); err != nil {
			return err
		}
		contacts, err = readContacts(ctx, tx, b.To)
		return err
	})
	if err != nil {
		return b, err
	}
	if b.Planned, err = s.d.Planned(ctx, a); err != nil {
		return b, err
	}
	b.Counted = len(contacts) > 0
	b.Rows = rows(entries, contacts, b.Planned)
	return b, nil
}

// lastMonth is the last whole month before a day.
func lastMonth(today civil.Date) civil.Date {
	return civil.Date{Year: today.Year, Month: today.Month, Day: 1}.AddMonths(-1)
}

// countedMonths is the year of contacts that the balance looks at.
const countedMonths = 12

// readContacts counts contacts by class in the twelve months up to one; a class that is none of ours is not counted.
func readContacts(ctx context.Context, tx *postgres.Tx, to civil.Date) (map[string]int, error) {
	found, err := activity.ReadCounts(ctx, tx, to.AddMonths(1-countedMonths), to.AddMonths(1), []activity.Kind{activity.ContactRecorded}, []string{"class"})
	if err != nil {
		return nil, err
	}
	out := map[string]int{}
	for _, c := range found {
		if slices.Contains(improvement.Classes, c.Code) {
			out[c.Code] += c.N
		}
	}
	return out, nil
}

type keptEntry struct {
	Entry
	year int
	at   time.Time
	by   string
}

func readEntries(ctx context.Context, tx *postgres.Tx) ([]keptEntry, error) {
	found, err := db.New(tx).ListEntries(ctx, tx.Actor.Organisation)
	if err != nil {
		return nil, fmt.Errorf("list entries: %w", err)
	}
	var out []keptEntry
	for _, r := range found {
		if r.Spend != nil || r.Hours != nil {
			out = append(out, keptEntry{Entry{r.Class, r.Spend, r.Hours}, int(r.Year), r.ChangedAt, r.ChangedBy})
		}
	}
	return out, nil
}

// Enter keeps what was spent and worked in a financial year.
func (s *Service) Enter(ctx context.Context, a access.Actor, at time.Time, year int, entries []Entry) error {
	if !slices.Contains(Years(locale.Day(at)), year) {
		return fault.New(fault.Invalid, "improvement.balance.year.empty")
	}
	return improvement.Audited(ctx, s.d.DB, a, at, "improvement.balance_entered", "organisation", a.Organisation, func(tx *postgres.Tx) (bool, error) {
		for _, e := range entries {
			if err := db.New(tx).SaveEntry(ctx, db.SaveEntryParams{OrganisationID: a.Organisation, Year: int32(year), Class: e.Class, Spend: e.Spend, Hours: e.Hours,
				ChangedAt: at.UTC(), ChangedBy: a.Name}); err != nil {
				return false, fmt.Errorf("save entry: %w", err)
			}
		}
		return true, nil
	})
}
