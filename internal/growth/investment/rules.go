package investment

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/pay"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/gauge"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Quarters of a plan: five years, the horizon of a strategy.
const (
	Quarters = 20
	Years    = Quarters / perYear

	perYear      = 4
	monthsOf     = 3 // a quarter
	monthsOfYear = 12
)

// The bounds of what somebody may write.
const (
	longestTitle  = 150
	longestReason = 500
	// mostPounds is more than a large trust spends in a year: above it there is a slip of the hand.
	mostPounds = 1_000_000_000
	mostUnits  = 1e9
	// mostLines and mostBenefits keep a page readable and a simulation within the hundred inputs that it takes.
	mostLines, mostBenefits = 200, 60
	mostPercent             = 25 // of inflation or uplift in a year
	mostDelay               = 8  // quarters: two years late
)

// Plan is what all options have in common.
type Plan struct {
	Start                civil.Date
	PayUplift, Inflation float64         // percent a year
	Awards               map[int]float64 // of financial years whose award is not PayUplift, by the year in which they begin
	Delay                int             // quarters by which benefits are assumed to come later
	Chosen               option.Option
	At                   time.Time
	By                   string
}

// Pay is what rises pay.
func (p Plan) Pay() pay.Awards { return pay.Awards{Every: p.PayUplift, Of: p.Awards} }

// Set says whether somebody has set the plan up.
func (p Plan) Set() bool { return !p.Start.IsZero() }

// Quarter is the first day of the plan's quarter q.
func (p Plan) Quarter(q int) civil.Date { return p.Start.AddMonths(monthsOf * q) }

// QuarterOf says which quarter of the plan a day is in; outside of the plan it is below 0 or at least Quarters.
func (p Plan) QuarterOf(d civil.Date) int {
	n := (d.Year-p.Start.Year)*monthsOfYear + int(d.Month) - int(p.Start.Month)
	if n < 0 {
		n -= monthsOf - 1
	}
	return n / monthsOf
}

// In says in which options a change is.
type In struct{ Minimum, Preferred, Maximum bool }

// Has says whether it is in one.
func (i In) Has(o option.Option) bool {
	return o == option.Minimum && i.Minimum || o == option.Preferred && i.Preferred || o == option.Maximum && i.Maximum
}

// Options lists those it is in.
func (i In) Options() (out []option.Option) {
	for _, o := range option.All {
		if i.Has(o) {
			out = append(out, o)
		}
	}
	return out
}

// Kinds and Treatments of lines; Classes of benefits.
var (
	Kinds      = []string{"people", "training", "estate", "licence", "contract"}
	Treatments = []string{"revenue", "capital", "transfer"}
	Classes    = []string{"cash", "public", "staff"}
)

const (
	people   = "people"
	training = "training"
	capital  = "capital"
	transfer = "transfer"
	cash     = "cash"
)

// Line is something that costs money.
type Line struct {
	ID              uuid.UUID
	Title           string
	Kind, Treatment string
	Action          uuid.UUID
	Tied            uuid.UUID // to a post of the plan for people, there or planned
	Post            string    // what that is called
	Role, Band      string    // of people; without a band the amount says what they cost
	Heads           int
	WTE             float64 // of each head
	Pence           int64   // a year's or once, in prices of the first year
	Recurrent       bool
	Start, End      civil.Date // End is the first day on which it costs nothing any more; zero: it goes on
	In              In
	Uplift          *float64 // percent a year; nil: general inflation, or pay
	Type            string   // of project, for optimism bias
	Bias            float64  // percent
	BiasReason      string
	Version         int
	At              time.Time
	By              string
}

// Priced says whether calc/pay prices it.
func (l Line) Priced() bool { return l.Band != "" }

// Benefit is a change for the better, and who answers for it.
type Benefit struct {
	ID                  uuid.UUID
	Title, Class, Owner string
	Measure, Population string
	Cited               *figure.Checked
	Citation            uuid.UUID
	Gauge               gauge.Gauge // of the cited figure; where it is set, what came is worked out
	Unit                string
	Low, Mode, High     float64 // units a year, once ramped up
	UnitPence           int64
	Attribution, Share  float64 // percent
	Ramp                []int   // percent by quarter from the start
	Start               civil.Date
	In                  In
	Version             int
	At                  time.Time
	By                  string
}

// CheckPlan says what is wrong with the settings.
func CheckPlan(p Plan) (f fault.Fields) {
	if p.Start.IsZero() || p.Start.Day != 1 || (p.Start.Month-1)%monthsOf != 0 {
		f.Add("start", "investment.plan.start.empty")
	}
	if !(p.PayUplift >= 0 && p.PayUplift <= mostPercent) {
		f.Add("pay", "investment.plan.percent.bad", "most", mostPercent)
	}
	for _, y := range p.Pay().Outside(0, mostPercent) {
		f.Add(pay.AwardName(y), "payaward.bad", "year", pay.YearName(y), "low", 0, "high", mostPercent)
	}
	if !(p.Inflation >= 0 && p.Inflation <= mostPercent) {
		f.Add("inflation", "investment.plan.percent.bad", "most", mostPercent)
	}
	if p.Delay < 0 || p.Delay > mostDelay {
		f.Add("delay", "investment.plan.delay.bad", "most", mostDelay)
	}
	if p.Chosen == option.Nothing || !p.Chosen.Valid() {
		f.Add("chosen", "investment.plan.chosen.empty")
	}
	return f
}

// CheckLine says what is wrong with a line.
func (s *Service) CheckLine(p Plan, l Line) (f fault.Fields) {
	f.Text("title", "investment.line.title.empty", l.Title, longestTitle)
	listed(&f, "kind", "investment.line.kind.empty", l.Kind, Kinds)
	listed(&f, "treatment", "investment.line.treatment.empty", l.Treatment, Treatments)
	switch {
	case l.Priced() && l.Kind != people:
		f.Add("band", "investment.line.band.people")
	case l.Priced():
		if l.Pence > 0 {
			f.Add("amount", "investment.line.amount.both")
		}
		if l.Treatment != Treatments[0] { // pay is revenue; what of it is a transfer is known
			f.Add("treatment", "investment.line.treatment.pay")
		}
		if !slices.Contains(s.Bands(), l.Band) {
			f.Add("band", "investment.line.band.unknown")
		}
		if l.Heads < 1 || l.Heads > 1000 { // a thousand is a trust, not a team
			f.Add("heads", "investment.line.heads.bad")
		}
		if !(l.WTE > 0 && l.WTE <= 1) {
			f.Add("wte", "investment.line.wte.bad")
		}
		if !l.Recurrent {
			f.Add("recurrent", "investment.line.recurrent.pay")
		}
	case l.Pence <= 0 || l.Pence > mostPounds*100:
		f.Add("amount", "investment.line.amount.empty")
	}
	if l.Kind == people {
		listed(&f, "role", "investment.line.role.empty", l.Role, s.pack.Roles)
	}
	within(&f, "start", "investment.start.outside", p, l.Start)
	if !l.End.IsZero() && !l.End.After(l.Start) {
		f.Add("end", "investment.line.end.early")
	}
	if len(l.In.Options()) == 0 {
		f.Add("in", "investment.in.empty")
	}
	if l.Uplift != nil && !(*l.Uplift >= 0 && *l.Uplift <= mostPercent) {
		f.Add("uplift", "investment.plan.percent.bad", "most", mostPercent)
	}
	t, known := s.pack.Type(l.Type)
	switch {
	case !known:
		f.Add("type", "investment.line.type.empty")
	case !(l.Bias >= t.Lower && l.Bias <= t.Upper):
		f.Add("bias", "investment.line.bias.range", "lower", locale.Plain(t.Lower), "upper", locale.Plain(t.Upper))
	case l.Bias < t.Upper && strings.TrimSpace(l.BiasReason) == "":
		f.Add("bias_reason", "investment.line.bias_reason.empty", "upper", locale.Plain(t.Upper))
	}
	f.Long("bias_reason", l.BiasReason, longestReason)
	return f
}

// CheckBenefit says what is wrong with a benefit, by itself. What it has in common with others Claims says.
func CheckBenefit(p Plan, b Benefit) (f fault.Fields) {
	f.Text("title", "investment.benefit.title.empty", b.Title, longestTitle)
	listed(&f, "class", "investment.benefit.class.empty", b.Class, Classes)
	f.Text("owner", "investment.benefit.owner.empty", b.Owner, longestTitle)
	f.Text("measure", "investment.benefit.measure.empty", b.Measure, longestTitle)
	f.Text("population", "investment.benefit.population.empty", b.Population, longestTitle)
	f.Merge(b.Gauge.Check(b.Cited != nil))
	f.Text("unit", "investment.benefit.unit.empty", b.Unit, longestTitle)
	amount := func(name string, x float64, disordered bool) {
		if !(x >= 0 && x <= mostUnits) {
			f.Add(name, "investment.benefit.amount.bad")
		} else if disordered {
			f.Add(name, "investment.benefit."+name+".order")
		}
	}
	amount("low", b.Low, false)
	amount("mode", b.Mode, b.Mode < b.Low)
	amount("high", b.High, b.High < b.Mode || b.High == 0)
	if b.UnitPence <= 0 || b.UnitPence > mostPounds*100 {
		f.Add("value", "investment.benefit.value.empty")
	}
	if !(b.Attribution > 0 && b.Attribution <= 100) {
		f.Add("attribution", "investment.benefit.percent.bad")
	}
	if !(b.Share > 0 && b.Share <= 100) {
		f.Add("share", "investment.benefit.percent.bad")
	}
	if !CheckRamp(b.Ramp) {
		f.Add("ramp", "investment.benefit.ramp.bad")
	}
	within(&f, "start", "investment.start.outside", p, b.Start)
	if len(b.In.Options()) == 0 {
		f.Add("in", "investment.in.empty")
	}
	return f
}

// CheckRamp says whether percentages from 0 to 100 go on to some end above 0.
func CheckRamp(r []int) bool {
	if len(r) == 0 || len(r) > Quarters || r[len(r)-1] == 0 {
		return false
	}
	for _, x := range r {
		if x < 0 || x > 100 {
			return false
		}
	}
	return true
}

// Claim is what several benefits say of one measure and one population in one option.
type Claim struct {
	Measure, Population string
	Option              option.Option
	Benefits            []Benefit
	Share               float64 // percent of what the measure moves
}

// Over says that more is claimed than there is.
func (c Claim) Over() bool { return c.Share > 100+1e-9 }

// Measured is the figure that shows a benefit; the zero reference where only words say it.
func (b Benefit) Measured() figure.Ref {
	if b.Cited == nil {
		return figure.Ref{}
	}
	return b.Cited.Ref
}

// SameMeasure says that two benefits move one measure: the same figure, where both cite one, whatever it was called then; else the same
// by words.
func SameMeasure(a, b Benefit, words func(string) string) bool {
	if x, y := a.Measured(), b.Measured(); x != (figure.Ref{}) && y != (figure.Ref{}) {
		return x == y
	}
	return words(a.Measure) == words(b.Measure)
}

// Claims lists the measures that more than one benefit claims in an option: a saved day has one owner, or owners who share it.
func Claims(all []Benefit) (out []Claim) {
	for _, o := range option.All {
		var of []Claim
		for _, b := range all {
			if !b.In.Has(o) {
				continue
			}
			i := slices.IndexFunc(of, func(c Claim) bool {
				return fold(c.Population) == fold(b.Population) && slices.ContainsFunc(c.Benefits, func(x Benefit) bool { return SameMeasure(x, b, fold) })
			})
			if i < 0 {
				i, of = len(of), append(of, Claim{Measure: b.Measure, Population: b.Population, Option: o})
			}
			of[i].Benefits, of[i].Share = append(of[i].Benefits, b), of[i].Share+b.Share
		}
		for _, c := range of {
			if len(c.Benefits) > 1 {
				out = append(out, c)
			}
		}
	}
	return out
}

// Over finds the claim that a benefit would make too large among the others.
func Over(b Benefit, all []Benefit) (Claim, bool) {
	with := []Benefit{b}
	for _, x := range all {
		if x.ID != b.ID {
			with = append(with, x)
		}
	}
	for _, c := range Claims(with) {
		if c.Over() && c.Benefits[0].ID == b.ID {
			return c, true
		}
	}
	return Claim{}, false
}

// fold makes one of spellings that differ in case or spaces only.
func fold(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

func listed(f *fault.Fields, name, key, v string, list []string) {
	if !slices.Contains(list, v) {
		f.Add(name, key)
	}
}

// within faults a start that is no quarter of the plan.
func within(f *fault.Fields, name, key string, p Plan, d civil.Date) {
	if q := p.QuarterOf(d); d.IsZero() || d.Day != 1 || q < 0 || q >= Quarters || p.Quarter(q) != d {
		f.Add(name, key)
	}
}
