// Package workbook makes the spreadsheet by which a finance team checks an investment case: what was typed stands once, and
// everything that follows from it is a formula.
//
//   - Summary: each option's net present values as the workbook works them out, what Rowan says, and the difference.
//   - Assumptions: inflation, delay and discount rate. Change one, and all else follows.
//   - Pay: rates, awards and pay points with their source and date.
//   - Parts: what pay is made of, line by line and quarter by quarter (see parts.go).
//   - Budget, Full and Social: each line by quarter, with the pension that the trust pays, with all of it, and with all of it but
//     without transfers. Where pay prices a line, its quarters are the sums of Parts.
//   - Benefits: each benefit by quarter, from units, worth, attribution, share and ramp.
//   - one sheet an option: costs with optimism bias and benefits by year, made real, discounted, added up.
package workbook

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/xuri/excelize/v2"

	"github.com/rowan-ohwb/rowan/internal/calc/appraisal"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// The sheets, and where what the formulas refer to stands.
const (
	Summary     = "Summary"
	Assumptions = "Assumptions"
	Benefits    = "Benefits"
	Pay         = "Pay"
	Parts       = "Parts"

	inflation = Assumptions + "!$B$3"
	delay     = Assumptions + "!$B$4"
	rate      = Assumptions + "!$B$5"

	firstRow = 3  // of data: heads and numbers of quarters stand above
	first    = 14 // column N: the first quarter
	years    = first + investment.Quarters
	biased   = years + investment.Years // costs with optimism bias, by year
	ramps    = biased                   // of the benefits: percent by quarter from the start
)

// view is a sheet of lines.
var sheets = map[investment.View]string{investment.Budget: "Budget", investment.Full: "Full", investment.Social: "Social"}

// Rows of an option's sheet, by view: costs, deflator, real costs, benefits, real benefits, factor, present values.
var views = []investment.View{investment.Budget, investment.Full, investment.Social}

// NPV says where an option's net present value stands.
func NPV(o option.Option, v investment.View) (sheet, cell string) {
	return sheetOf(o), "B" + strconv.Itoa(blockOf(v)+9)
}

func sheetOf(o option.Option) string {
	return map[option.Option]string{option.Minimum: "Do minimum", option.Preferred: "Preferred", option.Maximum: "Do maximum"}[o]
}

// blockOf is the first row of a view on an option's sheet.
func blockOf(v investment.View) int {
	return 1 + 13*slices.Index(views, v)
}

// book writes cells and keeps the first error, so that the layout reads as one.
type book struct {
	*excelize.File
	ctx context.Context
	r   investment.Record
	err error
	// Where pay stands on Parts: the rows of the sums by view, of a line and of the posts of the workforce plan in an option.
	paid  map[uuid.UUID]map[investment.View]int
	post  map[postKey]map[investment.View]int
	input int            // the style of a number that is a value
	pays  map[string]int // rows of Pay: of the rates, and of the first award and the first band
}

// Make gives the workbook of a plan that is set up.
func Make(ctx context.Context, r investment.Record) ([]byte, error) {
	b := &book{File: excelize.NewFile(), ctx: ctx, r: r, paid: map[uuid.UUID]map[investment.View]int{}, post: map[postKey]map[investment.View]int{}, pays: map[string]int{}}
	defer func() { _ = b.Close() }()
	b.try(b.SetSheetName("Sheet1", Summary))
	style, err := b.NewStyle(&excelize.Style{Font: &excelize.Font{Color: "1F3FBF"}})
	b.try(err)
	b.input = style
	for _, name := range []string{Assumptions, Pay, Parts, sheets[investment.Budget], sheets[investment.Full], sheets[investment.Social], Benefits} {
		b.sheet(name)
	}
	b.assumptions()
	b.rates()
	b.parts()
	last := map[investment.View]int{}
	for _, v := range views {
		last[v] = b.lines(v)
	}
	benefits := b.benefits()
	for _, o := range option.All[1:] {
		b.sheet(sheetOf(o))
		for _, v := range views {
			b.option(o, v, last[v], benefits)
		}
	}
	b.summary()
	b.notes()
	// Nothing is worked out here: whoever opens the file does it.
	full := true
	b.try(b.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &full}))
	if b.err != nil {
		return nil, b.err
	}
	data, err := b.WriteToBuffer()
	if err != nil {
		return nil, fmt.Errorf("write workbook: %w", err)
	}
	return data.Bytes(), nil
}

func (b *book) try(err error) {
	if b.err == nil && err != nil {
		b.err = fmt.Errorf("make workbook: %w", err)
	}
}

func (b *book) sheet(name string) {
	_, err := b.NewSheet(name)
	b.try(err)
	b.try(b.SetColWidth(name, "A", "A", 44)) // titles are sentences
	b.try(b.SetColWidth(name, "B", "BZ", 13))
}

// formula is written by us: a text that somebody typed never becomes one, whatever it begins with.
type formula string

func calc(text string, args ...any) formula { return formula(fmt.Sprintf(text, args...)) }

// set writes a value or a formula.
func (b *book) set(sheet string, column, row int, value any) {
	cell := at(column, row)
	if f, ok := value.(formula); ok {
		b.try(b.SetCellFormula(sheet, cell, string(f)))
		return
	}
	b.try(b.SetCellValue(sheet, cell, value))
	switch value.(type) {
	case int, float64:
		b.try(b.SetCellStyle(sheet, cell, cell, b.input))
	}
}

func (b *book) row(sheet string, row int, values ...any) {
	for i, v := range values {
		b.set(sheet, i+1, row, v)
	}
}

// at names a cell; columns are few, so that the name exists.
func at(column, row int) string {
	name, _ := excelize.ColumnNumberToName(column)
	return name + strconv.Itoa(row)
}

func column(n int) string {
	name, _ := excelize.ColumnNumberToName(n)
	return name
}

func (b *book) t(key string, args ...any) string { return locale.T(b.ctx, key, args...) }

func (b *book) assumptions() {
	p := b.r.Plan
	b.row(Assumptions, 1, b.t("workbook.assumption"), b.t("workbook.value"), b.t("workbook.source"))
	b.row(Assumptions, 2, b.t("workbook.start"), p.Start.String())
	b.row(Assumptions, 3, b.t("investment.plan.inflation"), p.Inflation)
	b.row(Assumptions, 4, b.t("workbook.delay"), p.Delay)
	b.row(Assumptions, 5, b.t("workbook.rate"), appraisal.Rates().Schedules["standard"][0].Rate, appraisal.Rates().Source)
	b.row(Assumptions, 6, b.t("workbook.table"), p.Table().Year, p.Table().Source)
}

// quarters heads the columns of the quarters.
func (b *book) quarters(sheet string) {
	for q := range investment.Quarters {
		b.set(sheet, first+q, 1, b.r.Plan.Quarter(q).String())
		b.set(sheet, first+q, 2, q+1)
	}
	for y := range investment.Years {
		b.set(sheet, years+y, 1, b.t("investment.year", "n", strconv.Itoa(y+1)))
	}
}

// years adds the quarters of a row up.
func (b *book) years(sheet string, row int) {
	for y := range investment.Years {
		b.set(sheet, years+y, row, calc("SUM(%s:%s)", at(first+4*y, row), at(first+4*y+3, row)))
	}
}

func flag(in bool) int {
	if in {
		return 1
	}
	return 0
}

// lines writes the lines of a view and gives the last row.
func (b *book) lines(v investment.View) int {
	sheet, p := sheets[v], b.r.Plan
	b.row(sheet, 1, b.t("investment.line.one"), b.t("investment.line.kind"), b.t("workbook.treatment"), b.t("investment.line.amount"), b.t("workbook.recurs"), b.t("workbook.from"), b.t("workbook.until"), b.t("workbook.uplift"), b.t("workbook.bias"),
		b.t("investment.option.minimum"), b.t("investment.option.preferred"), b.t("investment.option.maximum"), b.t("workbook.priced"))
	b.quarters(sheet)
	for y := range investment.Years {
		b.set(sheet, biased+y, 1, b.t("workbook.biased", "n", strconv.Itoa(y+1)))
	}
	row, known := firstRow, map[uuid.UUID]bool{}
	for _, l := range b.r.Lines {
		known[l.ID] = true
		until := investment.Quarters + 1
		if !l.End.IsZero() && l.Recurrent {
			until = min(until, p.QuarterOf(l.End.AddDays(-1))+2)
		}
		uplift := any(formula(inflation))
		if l.Uplift != nil {
			uplift = *l.Uplift
		}
		how := b.t("workbook.priced.amount")
		if l.Priced() {
			how, uplift = b.t("workbook.priced.pay"), ""
		}
		b.row(sheet, row, l.Title, l.Kind, l.Treatment, float64(l.Pence)/100, flag(l.Recurrent), p.QuarterOf(l.Start)+1, until, uplift, l.Bias, flag(l.In.Minimum), flag(l.In.Preferred), flag(l.In.Maximum), how)
		for q := range investment.Quarters {
			value := any(calc("%s!%s", Parts, at(first+q, b.paid[l.ID][v])))
			if !l.Priced() {
				value = calc(`IF(%[2]s,IF(AND(%[1]s$2>=$F%[3]d,%[1]s$2<$G%[3]d),IF($E%[3]d=1,$D%[3]d/4,IF(%[1]s$2=$F%[3]d,$D%[3]d,0))*(1+$H%[3]d/100)^INT((%[1]s$2-1)/4),0),0)`,
					column(first+q), counts(v, row), row)
			}
			b.set(sheet, first+q, row, value)
		}
		b.finish(sheet, row)
		row++
	}
	for _, o := range option.All[1:] { // posts of the workforce plan, for each option apart
		flows, err := b.r.Costs(o, v)
		b.try(err)
		for _, f := range flows {
			if known[f.ID] {
				continue
			}
			b.row(sheet, row, f.Title, f.Kind, "revenue", "", 1, 1, investment.Quarters+1, "", f.Chosen, flag(o == option.Minimum), flag(o == option.Preferred), flag(o == option.Maximum), b.t("workbook.priced.workforce"))
			for q := range f.Cash {
				b.set(sheet, first+q, row, calc("%s!%s", Parts, at(first+q, b.post[postKey{o, f.ID, f.Title}][v])))
			}
			b.finish(sheet, row)
			row++
		}
	}
	return max(row-1, firstRow)
}

// counts is whether a line counts in a view.
func counts(v investment.View, row int) string {
	if v == investment.Social {
		return fmt.Sprintf(`$C%d<>"transfer"`, row)
	}
	return "TRUE"
}

// finish adds a line up by year, without and with optimism bias.
func (b *book) finish(sheet string, row int) {
	b.years(sheet, row)
	for y := range investment.Years {
		b.set(sheet, biased+y, row, calc("%s*(1+$I%d/100)", at(years+y, row), row))
	}
}

// benefits writes the register and gives the last row.
func (b *book) benefits() int {
	b.row(Benefits, 1, b.t("investment.benefit.one"), b.t("investment.benefit.class"), b.t("investment.benefit.owner.short"), b.t("investment.benefit.low"), b.t("investment.benefit.mode"), b.t("investment.benefit.high"), b.t("workbook.worth"),
		b.t("workbook.attribution"), b.t("workbook.share"), b.t("investment.option.minimum"), b.t("investment.option.preferred"), b.t("investment.option.maximum"), b.t("workbook.from"))
	b.quarters(Benefits)
	for q := range investment.Quarters {
		b.set(Benefits, ramps+q, 1, b.t("workbook.ramp", "n", strconv.Itoa(q+1)))
	}
	row := firstRow
	for _, x := range b.r.Benefits {
		b.row(Benefits, row, x.Title, x.Class, x.Owner, x.Low, x.Mode, x.High, float64(x.UnitPence)/100, x.Attribution, x.Share, flag(x.In.Minimum), flag(x.In.Preferred), flag(x.In.Maximum), b.r.Plan.QuarterOf(x.Start)+1)
		for q := range investment.Quarters {
			b.set(Benefits, ramps+q, row, x.Ramp[min(q, len(x.Ramp)-1)])
			b.set(Benefits, first+q, row, calc("IF(%[1]s$2<$M%[2]d+%[3]s,0,$E%[2]d*$G%[2]d/4*$H%[2]d/100*$I%[2]d/100*INDEX($%[4]s%[2]d:$%[5]s%[2]d,1,%[1]s$2-$M%[2]d-%[3]s+1)/100*(1+%[6]s/100)^INT((%[1]s$2-1)/4))",
				column(first+q), row, delay, column(ramps), column(ramps+investment.Quarters-1), inflation))
		}
		b.years(Benefits, row)
		row++
	}
	return max(row-1, firstRow)
}

// seen names a view, worth its net present value.
func seen(v investment.View) string {
	if v == investment.Full {
		return "workbook.view.full"
	}
	return "investment.appraisal.view." + string(v)
}

func worth(v investment.View) string {
	if v == investment.Full {
		return "workbook.npv.full"
	}
	return "investment.appraisal.npsv." + string(v)
}

// option works an option out in a view: the central case, with optimism bias and late benefits.
func (b *book) option(o option.Option, v investment.View, lines, benefits int) {
	sheet, top := sheetOf(o), blockOf(v)
	in := map[option.Option]string{option.Minimum: "J", option.Preferred: "K", option.Maximum: "L"}[o]
	head := []any{b.t(seen(v))}
	for y := range investment.Years {
		head = append(head, b.t("investment.year", "n", strconv.Itoa(y+1)))
	}
	b.row(sheet, top, head...)
	for i, key := range []string{"investment.cash.biased", "investment.appraisal.brought", "workbook.deflator", "workbook.real_costs", "workbook.real_benefits", "investment.appraisal.factor", "investment.appraisal.costs", "investment.appraisal.benefits",
		worth(v), "investment.appraisal.bcr"} {
		b.set(sheet, 1, top+1+i, b.t(key))
	}
	costs, class := sheets[v], ""
	if v == investment.Budget { // only what releases cash
		class = fmt.Sprintf(`,%[1]s!$B$%[2]d:$B$%[3]d,"cash"`, Benefits, firstRow, benefits)
	}
	for y := range investment.Years {
		c := column(2 + y)
		b.set(sheet, 2+y, top+1, calc("SUMIF(%[1]s!$%[2]s$%[3]d:$%[2]s$%[4]d,1,%[1]s!$%[5]s$%[3]d:$%[5]s$%[4]d)", costs, in, firstRow, lines, column(biased+y)))
		b.set(sheet, 2+y, top+2, calc("SUMIFS(%[1]s!$%[5]s$%[3]d:$%[5]s$%[4]d,%[1]s!$%[2]s$%[3]d:$%[2]s$%[4]d,1%[6]s)", Benefits, in, firstRow, benefits, column(years+y), class))
		b.set(sheet, 2+y, top+3, calc("1/(1+%s/100)^%d", inflation, y))
		b.set(sheet, 2+y, top+4, calc("%[1]s%[2]d*%[1]s%[3]d", c, top+1, top+3))
		b.set(sheet, 2+y, top+5, calc("%[1]s%[2]d*%[1]s%[3]d", c, top+2, top+3))
		factor := any(1)
		if y > 0 {
			factor = calc("%s%d/(1+%s)", column(1+y), top+6, rate)
		}
		b.set(sheet, 2+y, top+6, factor)
		b.set(sheet, 2+y, top+7, calc("%[1]s%[2]d*%[1]s%[3]d", c, top+4, top+6))
		b.set(sheet, 2+y, top+8, calc("%[1]s%[2]d*%[1]s%[3]d", c, top+5, top+6))
	}
	b.set(sheet, 2, top+9, calc("SUM(B%[2]d:F%[2]d)-SUM(B%[1]d:F%[1]d)", top+7, top+8))
	b.set(sheet, 2, top+10, calc(`IF(SUM(B%[1]d:F%[1]d)>0,SUM(B%[2]d:F%[2]d)/SUM(B%[1]d:F%[1]d),"")`, top+7, top+8))
}

// summary lays what the formulas say beside what Rowan says.
func (b *book) summary() {
	b.try(b.SetColWidth(Summary, "A", "B", 44))
	b.try(b.SetColWidth(Summary, "C", "E", 18))
	b.row(Summary, 1, b.t("investment.option"), b.t("investment.view"), b.t("workbook.here"), b.t("workbook.rowan"), b.t("workbook.difference"))
	row := 2
	for _, o := range option.All[1:] {
		for _, v := range views {
			a, err := b.r.Appraise(o, v)
			b.try(err)
			sheet, cell := NPV(o, v)
			b.row(Summary, row, b.t("investment.option."+string(o)), b.t(seen(v)), calc("'%s'!%s", sheet, cell), a.Central.NPSV, calc("C%[1]d-D%[1]d", row))
			row++
		}
	}
	b.set(Summary, 1, row+1, b.t("workbook.how"))
}

// notes say on every sheet which of its cells are inputs, and where Rowan has them from: at the top where there is room, else below.
func (b *book) notes() {
	for _, name := range []string{Parts, sheets[investment.Budget], sheets[investment.Full], sheets[investment.Social], Benefits} {
		key := name
		if name != Parts && name != Benefits {
			key = "lines"
		}
		b.set(name, 1, 2, b.t("workbook.inputs."+strings.ToLower(key)))
	}
	below := func(name, key string) {
		rows, err := b.GetRows(name)
		b.try(err)
		b.set(name, 1, len(rows)+2, b.t("workbook.inputs."+key))
	}
	for _, name := range []string{Summary, Assumptions, Pay} {
		below(name, strings.ToLower(name))
	}
	for _, o := range option.All[1:] {
		below(sheetOf(o), "option")
	}
}
