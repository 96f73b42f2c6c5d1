package indicator

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// shownMonths is three years: Making Data Count keeps monitoring charts to two or three.
const shownMonths = 36

// stateMonths is the year that "where work waits" looks at.
const stateMonths = 12

// Deps is what the slice needs.
type Deps struct {
	DB      *postgres.DB
	Content fs.FS // where the definitions are; ours when nil
	Months  int   // that a chart shows; shownMonths when 0
	// Measures gives those that did not come from the ledger, for their rows and targets; nil for none.
	Measures func(context.Context, access.Actor, time.Time) ([]Measure, error)

	// Headcount gives the mean number of staff by staff group over some months, for an organisation without a staff feed;
	// nil where nobody takes such a measure in.
	Headcount func(ctx context.Context, tx *postgres.Tx, from, to civil.Date) (map[string]float64, error)

	// Waiting lists what other parts of growth wait for this actor to do: the board is the first page of those who lead; nil
	// for nothing.
	Waiting func(context.Context, access.Actor) ([]Waiting, error)
}

// Waiting is something that only this actor's role can do.
type Waiting struct{ Text, Path string }

// Service reads and annotates indicators.
type Service struct {
	d    Deps
	pack Pack
}

// New makes the service. The pack is compiled in and a test reads it, so one that does not load is a broken build.
func New(d Deps) *Service {
	if d.Content == nil {
		d.Content = content.FS
	}
	d.Months = cmp.Or(d.Months, shownMonths)
	pack, err := LoadPack(d.Content)
	if err != nil {
		panic(err)
	}
	return &Service{d: d, pack: pack}
}

// Waiting lists what waits for this actor.
func (s *Service) Waiting(ctx context.Context, a access.Actor) ([]Waiting, error) {
	if s.d.Waiting == nil {
		return nil, nil
	}
	return s.d.Waiting(ctx, a)
}

// Definitions lists the newest version of each indicator, in the order of the page.
func (s *Service) Definitions() []Definition { return s.pack.Current() }

// Versions lists every version of an indicator, newest first.
func (s *Service) Versions(name string) []Definition { return s.pack.Versions(name) }

// Source says where the definitions come from.
func (s *Service) Source() string { return s.pack.Source }

// Outside says whether figures leave the OH service when this actor sees them.
func Outside(a access.Actor) bool { return !a.Role.AtService() }

// Whole says whether this actor sees the service as a whole: its own staff, and those who answer for it on a board,
// and as the house, which judges for them. HR and the Caldicott guardian see what their own organisation's managers sent.
func Whole(a access.Actor) bool {
	return !Outside(a) || a.Role == access.Guardian || a.Role == access.Executive || a.Role == access.System
}

// scope is the actor as the row policy of the roll-ups takes them: without a service, only the rows of their
// own organisation are there.
func scope(a access.Actor) access.Actor {
	if !Whole(a) {
		a.Service = uuid.Nil
	}
	return a
}

// Months gives the complete months before a day, oldest first.
func Months(now time.Time, n int) []civil.Date {
	today := locale.Day(now)
	first := civil.Date{Year: today.Year, Month: today.Month, Day: 1}
	out := make([]civil.Date, n)
	for i := range out {
		out[i] = first.AddMonths(i - n)
	}
	return out
}

// State is where work waits, for an average referral of the last year.
type State struct {
	Code   string
	Days   float64 // calendar days, for each case that went through triage
	Hidden bool    // too few cases were in it to show
}

// Board is the page "How we are doing".
type Board struct {
	Views    []View     // under the raw clock
	Adjusted []View     // under the adjusted clock; the zero View where the clock makes no difference
	Measured []Measured // what did not come from the ledger
	States   []State
	MadeAt   time.Time
	Months   []civil.Date
	Outside  bool
	Whole    bool
}

// Overview computes every indicator.
func (s *Service) Overview(ctx context.Context, a access.Actor, now time.Time) (Board, error) {
	b := Board{Outside: Outside(a), Whole: Whole(a)}
	measures, err := s.measures(ctx, a, now)
	if err != nil {
		return b, err
	}
	err = s.d.DB.InTenant(ctx, scope(a), func(tx *postgres.Tx) error {
		data, marks, err := s.read(ctx, tx, a, Months(now, s.d.Months), s.charted(), bothClocks)
		if err != nil {
			return err
		}
		b.Months = data.Months
		for _, d := range s.charted() {
			raw, err := view(d, activity.Raw, data, marks, b.Outside)
			if err != nil {
				return fmt.Errorf("indicator %s: %w", d.ID, err)
			}
			var adjusted View
			if d.Clocked() {
				if adjusted, err = view(d, activity.Adjusted, data, marks, b.Outside); err != nil {
					return fmt.Errorf("indicator %s: %w", d.ID, err)
				}
			}
			b.Views, b.Adjusted = append(b.Views, raw), append(b.Adjusted, adjusted)
		}
		if b.States, err = readStates(ctx, tx, Months(now, 1)[0].AddMonths(1), b.Outside); err != nil {
			return err
		}
		if b.Measured, err = s.measured(ctx, tx, a, measures); err != nil {
			return err
		}
		b.MadeAt, err = activity.MadeAt(ctx, tx, a.Service)
		return err
	})
	return b, err
}

// charted are the newest versions of the indicators that have a number for each month.
func (s *Service) charted() []Definition {
	return only(s.pack.Current(), Definition.Charted)
}

// Find computes one indicator under a clock and a version; 0 is the newest.
func (s *Service) Find(ctx context.Context, a access.Actor, name string, version int, clock activity.Clock, now time.Time) (View, error) {
	d, ok := s.version(name, version)
	if !ok || !d.Charted() {
		return View{}, fault.Missing("indicator")
	}
	var v View
	err := s.d.DB.InTenant(ctx, scope(a), func(tx *postgres.Tx) error {
		data, marks, err := s.read(ctx, tx, a, Months(now, s.d.Months), []Definition{d}, []activity.Clock{clock})
		if err != nil {
			return err
		}
		if v, err = view(d, clock, data, marks, Outside(a)); err != nil {
			return err
		}
		v.Whole = Whole(a)
		v.MadeAt, err = activity.MadeAt(ctx, tx, a.Service)
		return err
	})
	return v, err
}

func (s *Service) version(name string, n int) (Definition, bool) {
	for _, d := range s.pack.Versions(name) {
		if n == 0 || d.Version == n {
			return d, true
		}
	}
	return Definition{}, false
}

// The clocks to read for: what is listed is under the raw one.
var (
	rawClock   = []activity.Clock{activity.Raw}
	bothClocks = []activity.Clock{activity.Raw, activity.Adjusted}
)

// read fetches what some indicators need in some months under some clocks.
func (s *Service) read(ctx context.Context, tx *postgres.Tx, a access.Actor, months []civil.Date, ds []Definition, clocks []activity.Clock) (Data, []Mark, error) {
	from, to := months[0], months[len(months)-1].AddMonths(1)
	var waits, begun []activity.Wanted
	var kinds []activity.Kind
	scores := false
	for _, d := range ds {
		for _, clock := range clocks {
			switch {
			case d.Cohort():
				begun = append(begun, d.wanted(clock))
			case d.Measure != "":
				waits = append(waits, d.wanted(clock))
			}
		}
		kinds = append(append(kinds, d.Events...), d.Of...)
		scores = scores || d.Kind == KindScore || d.Kind == KindGood
	}
	data := Data{sorted: &sorted{}}
	var err error
	if len(waits) > 0 {
		if data.sorted.waits, data.sorted.ended, err = activity.ReadWantedWaits(ctx, tx, from, to, waits); err != nil {
			return Data{}, nil, err
		}
	}
	if len(begun) > 0 {
		if data.sorted.cohorts, data.sorted.begun, err = activity.ReadWantedCohorts(ctx, tx, from, to, begun); err != nil {
			return Data{}, nil, err
		}
	}
	if len(waits)+len(begun) > 0 {
		if data.Targets, err = targets(ctx, tx, a.Service); err != nil {
			return Data{}, nil, err
		}
	}
	if len(kinds) > 0 {
		if data.Counts, err = activity.ReadCounts(ctx, tx, from, to, kinds, []string{"all", "outcome"}); err != nil {
			return Data{}, nil, err
		}
	}
	if scores {
		if data.Scores, err = activity.ReadScores(ctx, tx, from, to); err != nil {
			return Data{}, nil, err
		}
	}
	data.Months = data.since(months)
	data.sort()
	if data.settings, err = readSettings(ctx, tx, a.Organisation); err != nil {
		return Data{}, nil, err
	}
	marks, err := listMarks(ctx, tx, a)
	return data, marks, err
}

// Asked is a share that somebody wants counted of one client: an indicator in one version, with a limit of its own where days is set.
type Asked struct {
	Name    string
	Version int
	Days    *int
	Clock   activity.Clock
}

// Agreeable lists the newest version of each indicator that a service can agree on with a client: a share of what its managers sent.
func (s *Service) Agreeable() []Definition {
	return only(s.pack.Current(), func(d Definition) bool { return d.agreeable() })
}

func (d Definition) agreeable() bool {
	return d.Side != activity.SideOwn && (d.Kind == KindWithin || d.Kind == KindRate || d.Kind == KindPart && !slices.Contains(d.Events, activity.PersonReturned))
}

// Counted is a share over some months of one client, exact: whoever tells the client of it hides first what is small.
type Counted struct {
	Definition
	Part, Whole int
	Undue       int // waits that may still keep their limit, and are in neither
}

// OfClient counts shares of one client from a month on and before another: of what its managers and HR sent, and never of a self-referral.
// It is of the service alone: who asks works there.
func (s *Service) OfClient(ctx context.Context, a access.Actor, client uuid.UUID, asked []Asked, from, to civil.Date) (out []Counted, err error) {
	if Outside(a) || a.Service == uuid.Nil {
		return nil, fault.Missing("indicator")
	}
	var months []civil.Date
	for m := from; m.Before(to); m = m.AddMonths(1) {
		months = append(months, m)
	}
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		targets, err := targets(ctx, tx, a.Service)
		if err != nil {
			return err
		}
		for _, x := range asked {
			d, ok := s.version(x.Name, x.Version)
			if !ok || !d.agreeable() {
				return fault.Missing("indicator")
			}
			d.Side = activity.SideEmployer
			if x.Days != nil {
				d.Days = x.Days
			}
			data := Data{Months: months, Targets: targets, sorted: &sorted{}}
			switch wanted := []activity.Wanted{d.wanted(x.Clock)}; {
			case d.Cohort():
				data.sorted.cohorts, _, err = activity.ReadClientCohorts(ctx, tx, client, from, to, wanted)
			case d.Measure != "":
				data.sorted.waits, _, err = activity.ReadClientWaits(ctx, tx, client, from, to, wanted)
			default:
				data.Counts, err = activity.ReadClientCounts(ctx, tx, client, from, to, slices.Concat(d.Events, d.Of), []string{"all", "outcome"})
			}
			if err != nil {
				return err
			}
			data.sort()
			c := Counted{Definition: d}
			for _, p := range compute(d, x.Clock, data, false) {
				c.Part, c.Whole, c.Undue = c.Part+p.part, c.Whole+p.whole, c.Undue+p.Undue
			}
			out = append(out, c)
		}
		return nil
	})
	return out, err
}

func targets(ctx context.Context, tx *postgres.Tx, service uuid.UUID) (out []Target, err error) {
	rows, err := db.New(tx).ListTargets(ctx, service)
	if err != nil {
		return nil, fmt.Errorf("list targets: %w", err)
	}
	for _, t := range rows {
		out = append(out, Target{t.Measure, civil.Of(t.ValidFrom), int(t.WorkingDays)})
	}
	return out, nil
}

// since leaves out the months before the first that has anything: before it there was no service to measure.
func (d Data) since(months []civil.Date) []civil.Date {
	var first civil.Date
	note := func(m civil.Date) {
		if !m.IsZero() && (first.IsZero() || m.Before(first)) {
			first = m
		}
	}
	if d.sorted != nil {
		note(d.sorted.ended)
		note(d.sorted.begun)
	}
	for _, w := range d.Waits {
		note(w.Month)
	}
	for _, c := range d.Cohorts {
		note(c.Month)
	}
	for _, c := range d.Counts {
		note(c.Month)
	}
	for _, s := range d.Scores {
		note(s.Month)
	}
	for i, m := range months {
		if !first.IsZero() && !m.Before(first) {
			return months[i:]
		}
	}
	return nil
}

func listMarks(ctx context.Context, tx *postgres.Tx, a access.Actor) ([]Mark, error) {
	rows, err := db.New(tx).ListMarks(ctx, db.ListMarksParams{OrganisationID: a.Organisation, ServiceID: postgres.Null(a.Service)})
	if err != nil {
		return nil, fmt.Errorf("list marks: %w", err)
	}
	var out []Mark
	for _, r := range rows {
		m := Mark{ID: r.ID, Indicator: r.Indicator, Month: civil.Of(r.Month), Kind: MarkKind(r.Kind), Text: r.Text, Author: r.Author}
		if r.Direction != nil {
			m.Direction = spc.Direction(*r.Direction)
		}
		out = append(out, m)
	}
	return out, nil
}

// journey is the order in which a case meets the states; after the report nobody waits any more.
var journey = []string{activity.StateReceived, activity.StateReturned, activity.StatePaused, activity.StateBooking, activity.StateBooked, activity.StateAttended, activity.StateWithPerson}

// readStates gives the year before a month.
func readStates(ctx context.Context, tx *postgres.Tx, end civil.Date, outside bool) ([]State, error) {
	rows, err := activity.ReadStates(ctx, tx, end.AddMonths(-stateMonths), end)
	if err != nil {
		return nil, err
	}
	return average(rows, outside), nil
}

// average divides the hours in each state by the cases that were received: what an average case goes through. Outside the
// service a state that few cases were in is hidden, because its days times the cases would be theirs.
func average(rows []activity.StateTime, outside bool) []State {
	hours, cases := map[string]float64{}, map[string]int{}
	for _, r := range rows {
		hours[r.State] += r.Hours
		cases[r.State] += r.Cases
	}
	received := cases[activity.StateReceived]
	if received == 0 || outside && received < percentageFrom {
		return nil
	}
	var out []State
	for _, code := range journey {
		s := State{Code: code, Hidden: outside && cases[code] > 0 && !disclosure.Statistic(cases[code], disclosure.General)}
		if !s.Hidden {
			s.Days = hours[code] / 24 / float64(received)
		}
		out = append(out, s)
	}
	return out
}
