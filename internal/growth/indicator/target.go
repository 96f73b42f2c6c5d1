package indicator

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
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Aim is a target that the organisation set for a figure, from a month on.
type Aim struct {
	ID     uuid.UUID
	Figure figure.Ref
	From   civil.Date // the first of a month
	Value  *float64   // nil: no target from then on
	Reason string
	By     string
	At     time.Time
}

// Owner is the post that answers for a figure. It is a post and not a person: people change and the duty stays.
type Owner struct {
	ID     uuid.UUID
	Figure figure.Ref
	Post   string
	By     string
	At     time.Time
}

// settings is what the organisation has set, by figure; the last holds.
type settings struct {
	aims   map[figure.Ref][]Aim
	owners map[figure.Ref][]Owner
}

func readSettings(ctx context.Context, tx *postgres.Tx, organisation uuid.UUID) (settings, error) {
	s := settings{map[figure.Ref][]Aim{}, map[figure.Ref][]Owner{}}
	aims, err := db.New(tx).ListAims(ctx, organisation)
	if err != nil {
		return s, fmt.Errorf("list targets of figures: %w", err)
	}
	for _, r := range aims {
		ref, _ := figure.ParseRef(r.Figure)
		s.aims[ref] = append(s.aims[ref], Aim{r.ID, ref, civil.Of(r.ValidFrom), r.Value, r.Reason, r.By, r.At})
	}
	owners, err := db.New(tx).ListOwners(ctx, organisation)
	if err != nil {
		return s, fmt.Errorf("list owners of figures: %w", err)
	}
	for _, r := range owners {
		ref, _ := figure.ParseRef(r.Figure)
		s.owners[ref] = append(s.owners[ref], Owner{r.ID, ref, r.Post, r.By, r.At})
	}
	return s, nil
}

// at is the target in force in a month: the last that the organisation set for a month up to it, or else the definition's.
func (s settings) at(ref figure.Ref, usual *float64, month civil.Date) *float64 {
	target := usual
	for _, a := range s.aims[ref] { // in order of month, then of when they were set
		if a.From.After(month) {
			break
		}
		target = a.Value
	}
	return target
}

// steps are the targets of some months.
func (s settings) steps(ref figure.Ref, usual *float64, months []civil.Date) []spc.Number {
	out := make([]spc.Number, len(months))
	for i, m := range months {
		if t := s.at(ref, usual, m); t != nil {
			out[i] = spc.Some(*t)
		}
	}
	return out
}

// Set is what was set for a figure, the newest first.
type Set struct {
	Aims   []Aim
	Owners []Owner
	Owner  string // who answers for it now
}

func (s settings) of(ref figure.Ref, usual string) Set {
	out := Set{slices.Clone(s.aims[ref]), slices.Clone(s.owners[ref]), usual}
	slices.Reverse(out.Aims)
	slices.Reverse(out.Owners)
	if len(out.Owners) > 0 {
		out.Owner = out.Owners[0].Post
	}
	return out
}

// The bounds of what is written about a target.
const (
	longestPost = 120
	// AimAhead is how many months ahead a target may be set: a year's plan.
	AimAhead = 12
)

// Aimed is a figure that a target can be set for.
type Aimed struct {
	Ref   figure.Ref
	Title string
	Full  float64 // the most that it can be; 0 for no bound
	Path  string  // of its page
}

// Aimable finds a figure that a target can be set for: one with a number for each month and a better side.
func (s *Service) Aimable(ctx context.Context, a access.Actor, now time.Time, ref figure.Ref) (Aimed, error) {
	if ref.Kind == FigureKind {
		d, ok := s.pack.Find(ref.Name)
		if !ok || !d.Charted() || d.Direction == spc.Neutral {
			return Aimed{}, fault.Missing("figure")
		}
		out := Aimed{Ref: d.Ref(), Title: d.Words(ctx, "title"), Path: "/performance/" + d.ID}
		if d.Unit == "percent" {
			out.Full = 100
		}
		return out, nil
	}
	measures, err := s.measures(ctx, a, now)
	if err != nil {
		return Aimed{}, err
	}
	for _, m := range measures {
		if m.Ref == ref && m.Direction != spc.Neutral {
			out := Aimed{Ref: ref, Title: m.Title, Path: "/performance"}
			if m.Unit == "%" {
				out.Full = 100
			}
			return out, nil
		}
	}
	return Aimed{}, fault.Missing("figure")
}

// CheckAim says what is wrong with a target.
func (s *Service) CheckAim(of Aimed, m Aim, now time.Time) (f fault.Fields) {
	if v := m.Value; v != nil && (*v < 0 || of.Full > 0 && *v > of.Full) {
		f.Add("value", "indicator.aim.value.bounds")
	}
	last := Months(now, 1)[0].AddMonths(1 + AimAhead)
	if m.From.IsZero() || m.From.Day != 1 || m.From.After(last) {
		f.Add("month", "indicator.aim.month.empty")
	}
	f.Text("reason", "indicator.aim.reason.empty", m.Reason, longestText)
	return f
}

// CheckOwner says what is wrong with a post.
func (s *Service) CheckOwner(o Owner) (f fault.Fields) {
	f.Text("post", "indicator.owner.post.empty", o.Post, longestPost)
	return f
}

// SetAim writes a target. The same id again changes nothing.
func (s *Service) SetAim(ctx context.Context, a access.Actor, at time.Time, m Aim) error {
	of, err := s.Aimable(ctx, a, at, m.Figure)
	if err != nil {
		return err
	}
	if f := s.CheckAim(of, m, at); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		if _, err := q.FindAim(ctx, db.FindAimParams{OrganisationID: a.Organisation, ID: m.ID}); !errors.Is(err, pgx.ErrNoRows) {
			return err
		}
		err := q.InsertAim(ctx, db.InsertAimParams{OrganisationID: a.Organisation, ID: m.ID, Figure: m.Figure.String(), ValidFrom: m.From.UTC(), Value: m.Value, Reason: strings.TrimSpace(m.Reason), By: a.Name, At: at.UTC()})
		if err != nil {
			return fmt.Errorf("insert target: %w", err)
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "target.set", Kind: "indicator_target", Object: m.ID, Detail: map[string]string{"figure": m.Figure.String(), "from": m.From.String()}})
	})
}

// NameOwner writes which post answers for a figure. The same id again changes nothing.
func (s *Service) NameOwner(ctx context.Context, a access.Actor, at time.Time, o Owner) error {
	if f := s.CheckOwner(o); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		if _, err := q.FindOwner(ctx, db.FindOwnerParams{OrganisationID: a.Organisation, ID: o.ID}); !errors.Is(err, pgx.ErrNoRows) {
			return err
		}
		err := q.InsertOwner(ctx, db.InsertOwnerParams{OrganisationID: a.Organisation, ID: o.ID, Figure: o.Figure.String(), Post: strings.TrimSpace(o.Post), By: a.Name, At: at.UTC()})
		if err != nil {
			return fmt.Errorf("insert owner: %w", err)
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "owner.named", Kind: "indicator_owner", Object: o.ID, Detail: map[string]string{"figure": o.Figure.String()}})
	})
}

// Closure is a day on which the service is shut besides weekends and bank holidays.
type Closure struct {
	Day       civil.Date
	Reason    string
	Withdrawn bool
	By        string
	At        time.Time
}

// Closures lists them, the newest first.
func (s *Service) Closures(ctx context.Context, a access.Actor) (out []Closure, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListClosures(ctx, a.Service)
		for _, r := range rows {
			out = append(out, Closure{civil.Of(r.Day), r.Reason, r.Withdrawn, r.By, r.At})
		}
		return err
	})
	return out, err
}

// CheckClosure says what is wrong with one.
func (s *Service) CheckClosure(c Closure) (f fault.Fields) {
	if c.Day.IsZero() {
		f.Add("day", "indicator.closure.day.empty")
	}
	f.Text("reason", "indicator.closure.reason.empty", c.Reason, longestPost)
	return f
}

// SetClosure writes or takes back a closure. The roll-ups follow within a minute, under every version: a calendar is data of
// the clock and no definition.
func (s *Service) SetClosure(ctx context.Context, a access.Actor, at time.Time, c Closure) error {
	if f := s.CheckClosure(c); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		err := db.New(tx).SetClosure(ctx, db.SetClosureParams{ServiceID: a.Service, Day: c.Day.UTC(), Reason: strings.TrimSpace(c.Reason), Withdrawn: c.Withdrawn, By: a.Name, At: at.UTC()})
		if err != nil {
			return fmt.Errorf("set closure: %w", err)
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "closure.set", Kind: "service", Object: a.Service, Detail: map[string]string{"day": c.Day.String(), "withdrawn": fmt.Sprint(c.Withdrawn)}})
	})
}

// Measure is one that did not come from the ledger: a file, or the absence of the organisation.
type Measure struct {
	Ref       figure.Ref
	Title     string
	Direction spc.Direction
	Unit      string // "%"
	Amount    func(float64) string
	Months    []civil.Date // the first of each period
	Values    []spc.Number
	SourceAt  time.Time
}

// Measured is a measure against its target.
type Measured struct {
	Measure
	Target *float64
	Owner  string
	Out    spc.Output
}

func (s *Service) measures(ctx context.Context, a access.Actor, now time.Time) ([]Measure, error) {
	if s.d.Measures == nil || !Whole(a) {
		return nil, nil
	}
	return s.d.Measures(ctx, a, now)
}

// measured computes the measures under the targets of the organisation.
func (s *Service) measured(ctx context.Context, tx *postgres.Tx, a access.Actor, measures []Measure) (out []Measured, err error) {
	set, err := readSettings(ctx, tx, a.Organisation)
	if err != nil {
		return nil, err
	}
	for _, m := range measures {
		if n := len(m.Months) - s.d.Months; n > 0 {
			m.Months, m.Values = m.Months[n:], m.Values[n:]
		}
		x := Measured{Measure: m, Owner: set.of(m.Ref, s.pack.Owner).Owner}
		if n := len(m.Months); n > 0 {
			x.Target = set.at(m.Ref, nil, m.Months[n-1])
		}
		if x.Out, err = spc.Compute(spc.Input{Profile: spc.MDC, Direction: m.Direction, Target: x.Target, Values: m.Values, Dates: m.Months}); err != nil {
			return nil, fmt.Errorf("measure %s: %w", m.Ref, err)
		}
		out = append(out, x)
	}
	return out, nil
}

// Last is the newest period with a value; -1 for none.
func (m Measured) Last() int {
	for i := len(m.Values) - 1; i >= 0; i-- {
		if m.Values[i].Known {
			return i
		}
	}
	return -1
}

// Enough says whether there are enough values for limits and icons.
func (m Measured) Enough() bool { return enough(m.Values) }

func enough(values []spc.Number) bool {
	n := 0
	for _, v := range values {
		if v.Known {
			n++
		}
	}
	return n >= 13
}

// Sentence says how the measure stands.
func (m Measured) Sentence(ctx context.Context) string {
	i := m.Last()
	if i < 0 {
		return locale.T(ctx, "indicator.sentence.none")
	}
	return stands(ctx, m.Title, m.Amount, m.Values[i].Value, m.Months[i], m.Enough(), m.Out, i, m.Target)
}
