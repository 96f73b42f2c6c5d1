package workbook

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/pay"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
)

// Pay prices a line part by part, as calc/pay does. Of people who are typed every part follows from band, heads, share of full time and
// first quarter. Of posts of the workforce plan heads and pay a head come from its projection (who leaves, who stands on which point), in the
// prices of the pay table, as do backfill and courses; salary, awards and what comes on top of pay are formulas.

// Columns of Parts before the quarters.
const (
	partBand = 3 + iota
	partHeads
	partWTE
	partFrom
	partUntil
	partOwn

	yearRow   = 3 // when the financial year of a quarter begins
	factorRow = 4
	firstPart = 6
)

// leastHeads is how far heads are from none before pay is divided by them.
const leastHeads = 1e-6

type postKey struct {
	o     option.Option
	id    uuid.UUID
	title string
}

// pay is a cell of the sheet Pay.
func (b *book) pay(name string) string { return fmt.Sprintf("%s!$B$%d", Pay, b.pays[name]) }

// rates writes the pay table with its awards, and where each figure is from.
func (b *book) rates() {
	p, t := b.r.Plan, b.r.Plan.Table()
	people, _ := b.r.People()
	zone := t.HighCost.Zones[people.Zone] // nothing outside of a high-cost area
	b.row(Pay, 1, b.t("workbook.assumption"), b.t("workbook.value"), b.t("workbook.source"), b.t("workbook.pay.sure"), b.t("workbook.pay.date"))
	row := 2
	for _, x := range []struct {
		name  string
		value float64
		pay.Sourced
	}{{"ni", t.NI.Rate, t.NI.Sourced}, {"threshold", t.NI.Threshold, t.NI.Sourced}, {"employer", t.Pension.Employer, t.Pension.Sourced}, {"full", t.Pension.Full, t.Pension.Sourced}, {"levy", t.Levy.Rate, t.Levy.Sourced},
		{"zone", zone.Rate, t.HighCost.Sourced}, {"zone.minimum", zone.Minimum, t.HighCost.Sourced}, {"zone.maximum", zone.Maximum, t.HighCost.Sourced}} {
		b.row(Pay, row, b.t("workbook.pay."+x.name), x.value, x.Source, x.Mark, t.EffectiveFrom.String())
		b.pays[x.name] = row
		row++
	}
	row++
	b.row(Pay, row, b.t("workbook.pay.year"), b.t("workbook.pay.begins"), b.t("workbook.pay.award"), b.t("workbook.pay.factor"))
	row++
	b.pays["year"] = row
	b.row(Pay, row, t.Year, t.EffectiveFrom.Year, 0, 1)
	for _, y := range pay.AwardYears(p.Start, investment.Quarters) {
		row++
		b.row(Pay, row, pay.YearName(y), y, p.Pay().In(y), calc("D%d*(1+C%d/100)", row-1, row))
	}
	b.pays["last year"] = row
	row += 2
	b.row(Pay, row, b.t("workbook.pay.band"), b.t("workbook.pay.points", "n", "1"), b.t("workbook.pay.points", "n", "2"), b.t("workbook.pay.points", "n", "3"), b.t("workbook.pay.after", "n", "2"), b.t("workbook.pay.after", "n", "3"), b.t("workbook.source"), b.t("workbook.pay.sure"), b.t("workbook.pay.date"))
	for _, name := range slices.Sorted(maps.Keys(t.Bands)) {
		row++
		band := t.Bands[name]
		b.row(Pay, row, name)
		after := 0.0
		for i, point := range band.Points {
			b.set(Pay, 2+i, row, point)
			if i > 0 {
				after += band.Steps[i-1]
				b.set(Pay, 4+i, row, after)
			}
		}
		b.set(Pay, 7, row, t.Source)
		b.set(Pay, 8, row, t.Mark)
		b.set(Pay, 9, row, t.EffectiveFrom.String())
		b.pays["band "+name] = row
	}
}

// parts writes what pay is made of: people who are typed, and then the posts of the workforce plan, for each option apart.
func (b *book) parts() {
	b.row(Parts, 1, b.t("investment.line.one"), b.t("workbook.part"), b.t("investment.line.band"), b.t("investment.line.heads"), b.t("investment.line.wte"), b.t("workbook.from"), b.t("workbook.until"), b.t("workbook.part.own"))
	b.quarters(Parts)
	b.set(Parts, 1, yearRow, b.t("workbook.pay.begins"))
	b.set(Parts, 1, factorRow, b.t("workbook.part.factor"))
	for q := range investment.Quarters {
		day := b.r.Plan.Quarter(q)
		if day.Month < 4 {
			day.Year--
		}
		b.set(Parts, first+q, yearRow, day.Year)
		b.set(Parts, first+q, factorRow, calc("VLOOKUP(%s$%d,%s!$B$%d:$D$%d,3,FALSE)", column(first+q), yearRow, Pay, b.pays["year"], b.pays["last year"]))
	}
	row := firstPart
	for _, l := range b.r.Lines {
		if l.Priced() {
			row = b.person(l, row)
		}
	}
	for _, o := range option.All[1:] {
		row = b.posts(o, row)
	}
}

// block writes parts one below the other: each has a name, and what it is in a quarter, which may refer to the rows of those before it.
type partRow struct {
	name string
	of   func(q int) any
}

func (b *book) block(title string, row int, all []partRow) int {
	for i, p := range all {
		b.set(Parts, 1, row+i, title)
		b.set(Parts, 2, row+i, p.name)
		for q := range investment.Quarters {
			b.set(Parts, first+q, row+i, p.of(q))
		}
		b.years(Parts, row+i)
	}
	return row + len(all) + 1
}

// sums are the last rows of a block: one for each view.
func (b *book) sums(where map[investment.View]int, row int, of func(v investment.View, c string) string) (out []partRow) {
	for i, v := range views {
		where[v] = row + i
		out = append(out, partRow{b.t("workbook.part.sum", "sheet", sheets[v]), func(q int) any { return formula(of(v, column(first+q))) }})
	}
	return out
}

func (b *book) pension(v investment.View) string {
	if v == investment.Budget {
		return b.pay("employer")
	}
	return b.pay("full")
}

// person is a line of people who are typed, all alike: salary, supplement, National Insurance, levy, and the sums.
func (b *book) person(l investment.Line, row int) int {
	p := b.r.Plan
	until := investment.Quarters + 1
	if !l.End.IsZero() {
		until = min(until, p.QuarterOf(l.End.AddDays(-1))+2)
	}
	b.set(Parts, partBand, row, l.Band)
	b.set(Parts, partHeads, row, l.Heads)
	b.set(Parts, partWTE, row, l.WTE)
	b.set(Parts, partFrom, row, p.QuarterOf(l.Start)+1)
	b.set(Parts, partUntil, row, until)
	if l.Uplift != nil {
		b.set(Parts, partOwn, row, *l.Uplift)
	}
	band := b.pays["band "+l.Band]
	points, steps := len(p.Table().Bands[l.Band].Points), 5
	// point is what one person gets a year at the table's prices, by the years since the first quarter.
	point := func(c string) string {
		at := "1"
		for i := 1; i < points; i++ {
			at += fmt.Sprintf("+IF((%s$2-$F%d)/4>=%s!$%s$%d,1,0)", c, row, Pay, column(steps+i-1), band)
		}
		return fmt.Sprintf("INDEX(%[1]s!$B$%[2]d:$D$%[2]d,1,%[3]s)", Pay, band, at)
	}
	times := func(c string) string { // in a quarter in which the line runs: the award, the share of full time, and heads
		return fmt.Sprintf(`IF(AND(%[1]s$2>=$F%[2]d,%[1]s$2<$G%[2]d),IF($H%[2]d="",%[1]s$%[3]d,(1+$H%[2]d/100)^(%[1]s$%[4]d-%[5]s!$B$%[6]d))*$E%[2]d*$D%[2]d/4,0)`, c, row, factorRow, yearRow, Pay, b.pays["year"])
	}
	where := map[investment.View]int{}
	b.paid[l.ID] = where
	all := []partRow{
		{b.t("workbook.part.salary"), func(q int) any { c := column(first + q); return formula(point(c) + "*" + times(c)) }},
		{b.t("workbook.part.supplement"), func(q int) any {
			c := column(first + q)
			return calc("MIN(MAX(%s*%s,%s),%s)*%s", b.pay("zone"), point(c), b.pay("zone.minimum"), b.pay("zone.maximum"), times(c))
		}},
		{b.t("workbook.part.ni"), func(q int) any {
			c := column(first + q)
			return calc("%s*MAX(%s%d+%s%d-IF(AND(%s$2>=$F%d,%s$2<$G%d),%s*$D%d/4,0),0)", b.pay("ni"), c, row, c, row+1, c, row, c, row, b.pay("threshold"), row)
		}},
		{b.t("workbook.part.levy"), func(q int) any {
			c := column(first + q)
			return calc("%s*(%s%d+%s%d)", b.pay("levy"), c, row, c, row+1)
		}},
	}
	all = append(all, b.sums(where, row+len(all), func(v investment.View, c string) string {
		text := fmt.Sprintf("(%[1]s%[2]d+%[1]s%[3]d)*(1+%[4]s)", c, row, row+1, b.pension(v))
		if v != investment.Social {
			text += fmt.Sprintf("+%[1]s%[2]d+%[1]s%[3]d", c, row+2, row+3)
		}
		return text
	})...)
	return b.block(l.Title, row, all)
}

// posts are those of the workforce plan in an option.
func (b *book) posts(o option.Option, row int) int {
	p := b.r.Plan
	people, _ := b.r.People()
	var order []postKey
	of := map[postKey]map[int]investment.PostCost{}
	for _, x := range b.r.PostCosts(o, investment.Budget) {
		q := p.QuarterOf(x.Quarter)
		k := postKey{o, x.Post, x.Line}
		if q < 0 || q >= investment.Quarters {
			continue
		}
		if of[k] == nil {
			of[k], order = map[int]investment.PostCost{}, append(order, k)
		}
		of[k][q] = x
	}
	t, awards := p.Table(), p.Pay()
	alike := pay.At(people.Start).Year == t.Year // else that plan's pay is of another table, and the prices of this one are not known
	up := func(q int) float64 {
		factor, year := 1.0, p.Quarter(q).Year
		if p.Quarter(q).Month < 4 {
			year--
		}
		for y := t.EffectiveFrom.Year + 1; alike && y <= year; y++ {
			factor *= 1 + awards.In(y)/100
		}
		return factor
	}
	times := func(c string) string {
		if !alike {
			return "1"
		}
		return c + "$" + strconv.Itoa(factorRow)
	}
	for _, k := range order {
		at := of[k]
		value := func(of func(investment.PostCost, float64) float64) func(int) any {
			return func(q int) any { return of(at[q], up(q)) }
		}
		cell := func(i int) func(c string) string { return func(c string) string { return c + strconv.Itoa(row+i) } }
		heads, mean, area, salary, supplement, paid, free, ni, levy, backfill, backfillNI, other := cell(0), cell(1), cell(2), cell(3), cell(4), cell(5), cell(6), cell(7), cell(8), cell(9), cell(10), cell(11)
		// What a head has is an input, and pay is heads times it; where heads do not change and pay does (another band), pay itself is the input.
		perHead := func(of func(investment.Parts) float64) func(int) any {
			return func(q int) any {
				if x := at[q].Parts; math.Abs(x.Heads) > leastHeads {
					return of(x) / up(q) / x.Heads
				}
				return ""
			}
		}
		all := func(of func(investment.Parts) float64, mean func(string) string) func(int) any {
			return func(q int) any {
				if x := at[q].Parts; math.Abs(x.Heads) <= leastHeads {
					return of(x) / up(q)
				}
				return calc("%s*%s", heads(column(first+q)), mean(column(first+q)))
			}
		}
		basic := func(x investment.Parts) float64 { return x.Salary }
		extra := func(x investment.Parts) float64 { return x.HighCost }
		each := func(of func(c string) string) func(int) any {
			return func(q int) any { return formula(of(column(first + q))) }
		}
		rows := []partRow{
			{b.t("workbook.part.heads"), value(func(x investment.PostCost, _ float64) float64 { return x.Parts.Heads })},
			{b.t("workbook.part.salary.head"), perHead(basic)},
			{b.t("workbook.part.supplement.head"), perHead(extra)},
			{b.t("workbook.part.salary.table"), all(basic, mean)},
			{b.t("workbook.part.supplement.table"), all(extra, area)},
			{b.t("workbook.part.paid"), each(func(c string) string { return fmt.Sprintf("(%s+%s)*%s", salary(c), supplement(c), times(c)) })},
			{b.t("workbook.part.free"), func(q int) any {
				// Whoever earns less than the threshold uses only a part of it: then it is a value.
				x := at[q]
				got := x.Parts.Salary + x.Parts.HighCost - x.NI/t.NI.Rate
				if alike && math.Abs(got-x.Parts.Heads*t.NI.Threshold/4) < 1e-4 {
					return calc("%s*%s/4", heads(column(first+q)), b.pay("threshold"))
				}
				return got
			}},
			{b.t("workbook.part.ni"), each(func(c string) string { return fmt.Sprintf("%s*(%s-%s)", b.pay("ni"), paid(c), free(c)) })},
			{b.t("workbook.part.levy"), each(func(c string) string { return fmt.Sprintf("%s*%s", b.pay("levy"), paid(c)) })},
			{b.t("workbook.part.backfill"), value(func(x investment.PostCost, up float64) float64 { return x.Parts.BackfillPaid / up })},
			{b.t("workbook.part.backfill.ni"), value(func(x investment.PostCost, _ float64) float64 { return x.Parts.BackfillNI })},
			{b.t("workbook.part.other"), value(func(x investment.PostCost, _ float64) float64 {
				y := x.Parts
				return x.Total - (y.Salary+y.HighCost)*(1+t.Pension.Employer) - x.NI - x.Levy - y.BackfillPaid*(1+t.Pension.Employer+t.Levy.Rate) - y.BackfillNI
			})},
		}
		where := map[investment.View]int{}
		b.post[k] = where
		rows = append(rows, b.sums(where, row+len(rows), func(v investment.View, c string) string {
			text := fmt.Sprintf("%s*(1+%s)+%s*%s*(1+%s+%s)+%s+%s", paid(c), b.pension(v), backfill(c), times(c), b.pension(v), b.pay("levy"), backfillNI(c), other(c))
			if v != investment.Social {
				text += fmt.Sprintf("+%s+%s", ni(c), levy(c))
			}
			return text
		})...)
		row = b.block(k.title, row, rows)
	}
	return row
}
