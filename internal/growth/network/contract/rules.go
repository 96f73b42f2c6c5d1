package contract

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/contract/price"
)

// Life is when a term holds: from the first day of a month to that of another, zero for no end. A newer term of the same subject
// supersedes it from that one's first month on.
type Life struct {
	From, Until civil.Date
	Saved       time.Time
	By          string
}

// Level is a service level.
type Level struct {
	Host, ID  uuid.UUID
	Indicator string // its id
	Version   int
	Days      *int // its limit in working days; nil where the definition has none
	Clock     string
	Target    int // per cent
	Life
}

// Line is a price.
type Line struct {
	Host, ID uuid.UUID
	Item     string
	Basis    string
	Pence    price.Pence
	Expected int // in a year; 0 where nobody says
	Band     int // per cent on either side
	Life
}

// Each is what one item comes to: its price, or the part of the year's price for one of those expected. ok is false where no number is
// agreed on.
func (l Line) Each() (p price.Pence, ok bool) {
	switch {
	case l.Basis == PerItem:
		return l.Pence, true
	case l.Expected > 0:
		return l.Pence / price.Pence(l.Expected), true
	}
	return 0, false
}

// The items of a line, and what its price is of. Other is what Rowan does not count, so it has a price for the year alone.
const (
	Referral = "referral"
	Attended = "attended"
	Missed   = "missed"
	Report   = "report"
	Other    = "other"

	PerItem  = "item"
	PerBlock = "block"
)

// Items and Bases list them in the order of the form.
var (
	Items = []string{Referral, Attended, Missed, Report, Other}
	Bases = []string{PerItem, PerBlock}
)

// Stretch is a part of a span in which one term of a subject held.
type Stretch[T any] struct {
	Term     T
	From, To civil.Date // To is the first day of the month after
}

// Months is how many months it has.
func (s Stretch[T]) Months() int { return between(s.From, s.To) }

func between(from, to civil.Date) int {
	return 12*(to.Year-from.Year) + int(to.Month) - int(from.Month)
}

// stretches lays out which terms held in a span, subject by subject in the order in which they come.
func stretches[T any](all []T, subject func(T) string, life func(T) Life, from, to civil.Date) (out []Stretch[T]) {
	var subjects []string
	for _, x := range all {
		if !slices.Contains(subjects, subject(x)) {
			subjects = append(subjects, subject(x))
		}
	}
	for _, name := range subjects {
		held := -1
		for m := from; m.Before(to); m = m.AddMonths(1) {
			now := -1
			for i, x := range all {
				if subject(x) == name && !life(x).From.After(m) && (now < 0 || newer(life(x), life(all[now]))) {
					now = i
				}
			}
			if now >= 0 && !life(all[now]).Until.IsZero() && !life(all[now]).Until.After(m) {
				now = -1
			}
			switch {
			case now < 0:
			case now == held:
				out[len(out)-1].To = m.AddMonths(1)
			default:
				out = append(out, Stretch[T]{all[now], m, m.AddMonths(1)})
			}
			held = now
		}
	}
	return out
}

func newer(a, b Life) bool { return a.From.After(b.From) || a.From == b.From && a.Saved.After(b.Saved) }

// LevelsIn lays out the levels that held in a span.
func LevelsIn(all []Level, from, to civil.Date) []Stretch[Level] {
	return stretches(all, func(l Level) string { return l.Indicator }, func(l Level) Life { return l.Life }, from, to)
}

// LinesIn lays out the prices that held in a span. Of other work every price is its own: there is one of it.
func LinesIn(all []Line, from, to civil.Date) []Stretch[Line] {
	return stretches(all, func(l Line) string { return l.Item }, func(l Line) Life { return l.Life }, from, to)
}

// MonthOf is the first day of a day's month.
func MonthOf(d civil.Date) civil.Date { return civil.Date{Year: d.Year, Month: d.Month, Day: 1} }

// ahead is how far a first month may lie ahead: a year typed wrong is found.
const ahead = 60

// Firsts lists the months in which a term may begin: from the first that no pack speaks of, and the contract has, on.
func Firsts(begun, closed, today civil.Date) (out []civil.Date) {
	first := MonthOf(begun)
	if closed.After(first) {
		first = closed
	}
	for m := first; m.Before(MonthOf(today).AddMonths(ahead / 4)); m = m.AddMonths(1) {
		out = append(out, m)
	}
	return out
}

// The bounds of what is typed.
const (
	mostDays   = 250 // working days of a year
	mostCount  = 1_000_000
	mostMonths = 36
	mostWords  = 300
)

// Measure is an indicator that can be agreed on.
type Measure struct {
	Indicator, Title string
	Version          int
	Limited          bool // it has a limit in working days
	Days             *int // the definition's own
	Clocked          bool
	AtMost           bool // what should be rare
}

// CheckLevel says what is wrong with a level, in the order of the form.
func CheckLevel(l Level, measures []Measure, firsts []civil.Date) (f fault.Fields) {
	i := slices.IndexFunc(measures, func(m Measure) bool { return m.Indicator == l.Indicator && m.Version == l.Version })
	if i < 0 {
		f.Add("indicator", "contract.indicator.empty")
	}
	if l.Target < 1 || l.Target > 100 {
		f.Add("target", "contract.target.bad")
	}
	switch {
	case l.Days != nil && (*l.Days < 0 || *l.Days > mostDays):
		f.Add("days", "contract.days.bad")
	case i >= 0 && measures[i].Limited && l.Days == nil:
		f.Add("days", "contract.days.empty")
	case i >= 0 && !measures[i].Limited && l.Days != nil:
		f.Add("days", "contract.days.none")
	}
	if l.Clock != "raw" && l.Clock != "adjusted" {
		f.Add("clock", "contract.clock.empty")
	}
	first(&f, l.From, firsts)
	return f
}

func first(f *fault.Fields, m civil.Date, firsts []civil.Date) {
	if !slices.Contains(firsts, m) {
		f.Add("from", "contract.from.empty")
	}
}

// CheckLine says what is wrong with a price, in the order of the form. What could not be read as an amount was noted before.
func CheckLine(l Line, firsts []civil.Date) (f fault.Fields) {
	if !slices.Contains(Items, l.Item) {
		f.Add("item", "contract.item.empty")
	}
	switch {
	case !slices.Contains(Bases, l.Basis):
		f.Add("basis", "contract.basis.empty")
	case l.Item == Other && l.Basis != PerBlock:
		f.Add("basis", "contract.basis.other")
	}
	if l.Pence < 0 || l.Pence > price.Most {
		f.Add("price", "contract.price.bad")
	}
	switch {
	case l.Expected < 0 || l.Expected > mostCount:
		f.Add("expected", "contract.expected.bad")
	case l.Item == Other && l.Expected > 0:
		f.Add("expected", "contract.expected.other")
	}
	if l.Band < 0 || l.Band > 100 {
		f.Add("band", "contract.band.bad")
	}
	first(&f, l.From, firsts)
	return f
}

// Dates are notice and reviews as agreed on.
type Dates struct {
	Notice, Every int        // months
	Review        civil.Date // the next
	Saved         time.Time
	By            string
}

// Every lists how often a contract may be reviewed, in months.
var Every = []int{3, 6, 12}

// usual is what holds until somebody says otherwise.
const (
	usualEvery  = 6
	usualNotice = 3
)

// CheckDates says what is wrong with notice and reviews.
func CheckDates(d Dates, today civil.Date) (f fault.Fields) {
	if d.Notice < 0 || d.Notice > mostMonths {
		f.Add("notice", "contract.notice.bad")
	}
	if !slices.Contains(Every, d.Every) {
		f.Add("every", "contract.every.empty")
	}
	next(&f, "review", d.Review, today)
	return f
}

func next(f *fault.Fields, name string, d, today civil.Date) {
	switch {
	case d.IsZero():
		f.Add(name, "contract.review.empty")
	case !d.After(today) || d.After(today.AddMonths(mostMonths)):
		f.Add(name, "contract.review.far")
	}
}

// CheckReview says what is wrong with a review that was held over a pack.
func CheckReview(held, then, made, today civil.Date) (f fault.Fields) {
	switch {
	case held.IsZero():
		f.Add("held", "contract.held.empty")
	case held.After(today) || held.Before(made):
		f.Add("held", "contract.held.far")
	}
	next(&f, "next", then, today)
	return f
}

// Action is something that was agreed on at a review.
type Action struct {
	Host, ID, Pack uuid.UUID
	What           string
	Side           string // who does it: "service" or "client"
	Due            civil.Date
	Done           time.Time
	DoneBy         string
}

// Sides lists who does what was agreed on.
var Sides = []string{"service", "client"}

// CheckAction says what is wrong with an action.
func CheckAction(x Action, today civil.Date) (f fault.Fields) {
	f.Text("what", "contract.what.empty", x.What, mostWords)
	if !slices.Contains(Sides, x.Side) {
		f.Add("side", "contract.side.empty")
	}
	switch {
	case x.Due.IsZero():
		f.Add("due", "contract.due.empty")
	case x.Due.Before(today) || x.Due.After(today.AddMonths(mostMonths)):
		f.Add("due", "contract.due.far")
	}
	return f
}

// Period is what the next pack speaks of, once its months are over: from the last pack on; of the first, the months before today, no
// further back than the contract.
func Period(begun, closed civil.Date, every int, today civil.Date) (from, to civil.Date, over bool) {
	month := MonthOf(today)
	if from = closed; from.IsZero() {
		if from = month.AddMonths(-every); from.Before(MonthOf(begun)) {
			from = MonthOf(begun)
		}
	}
	to = from.AddMonths(every)
	return from, to, !to.After(month)
}

// NoticeBy is the last day on which notice can be given for a contract that ends on a day; zero for one without an end.
func NoticeBy(last civil.Date, notice int) civil.Date {
	if last.IsZero() {
		return civil.Date{}
	}
	return last.AddMonths(-notice)
}
