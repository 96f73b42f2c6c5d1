package workbook

import (
	"bytes"
	"context"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/xuri/excelize/v2"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/investmenttest"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
)

// TestLive: the amounts of lines and of benefits are formulas, so that a change is followed.
func TestLive(t *testing.T) {
	r := investmenttest.Record(t)
	data, err := Make(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	formulas := 0
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for y := range len(rows) + 1 {
			for x := range 60 {
				if text, err := f.GetCellFormula(sheet, at(x+1, y+1)); err == nil && text != "" {
					formulas++
				}
			}
		}
	}
	if formulas < 200 {
		t.Errorf("only %d formulas", formulas)
	}
	// Twice the inflation and no delay in the workbook are what Rowan says of such a plan.
	if err := f.SetCellValue(Assumptions, "B3", 2*r.Plan.Inflation); err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellValue(Assumptions, "B4", 0); err != nil {
		t.Fatal(err)
	}
	r.Plan.Inflation, r.Plan.Delay = 2*r.Plan.Inflation, 0
	a, err := r.Appraise(option.Maximum, investment.Social)
	if err != nil {
		t.Fatal(err)
	}
	sheet, cell := NPV(option.Maximum, investment.Social)
	text, err := f.CalcCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	if got, _ := strconv.ParseFloat(text, 64); err != nil || math.Abs(got-a.Central.NPSV) >= 0.01 {
		t.Errorf("%q %v, want %.4f", text, err, a.Central.NPSV)
	}
}

// TestPayLive: another award of one year, typed on the sheet Pay, is what Rowan says of a plan with that award, at the trust's pension and at
// the whole; the pension itself is one cell.
func TestPayLive(t *testing.T) {
	r := investmenttest.Record(t)
	data, err := Make(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := f.GetRows(Pay)
	if err != nil {
		t.Fatal(err)
	}
	changed, named := 0, 0
	for i, row := range rows {
		if len(row) > 3 && row[0] == "2029/30" {
			changed++
			if err := f.SetCellValue(Pay, at(3, i+1), 6.5); err != nil {
				t.Fatal(err)
			}
		}
		if len(row) > 4 && row[2] == r.Plan.Table().Pension.Source && row[3] == r.Plan.Table().Pension.Mark && row[4] == "2026-04-01" {
			named++
		}
	}
	if changed != 1 || named != 2 {
		t.Fatalf("%d rows of 2029/30, %d of the pension with their source", changed, named)
	}
	r.Plan.Awards = map[int]float64{2029: 6.5}
	npv := func(v investment.View) float64 {
		t.Helper()
		sheet, cell := NPV(option.Maximum, v)
		text, err := f.CalcCellValue(sheet, cell, excelize.Options{RawCellValue: true})
		got, bad := strconv.ParseFloat(text, 64)
		if err != nil || bad != nil {
			t.Fatalf("%s!%s is %q: %v", sheet, cell, text, err)
		}
		return got
	}
	for _, v := range views {
		a, err := r.Appraise(option.Maximum, v)
		if err != nil {
			t.Fatal(err)
		}
		if got := npv(v); math.Abs(got-a.Central.NPSV) >= 0.01 {
			t.Errorf("%s: %.4f, want %.4f", v, got, a.Central.NPSV)
		}
	}
	before := npv(investment.Budget)
	if err := f.SetCellValue(Pay, "B4", 0.2378); err != nil {
		t.Fatal(err)
	}
	if after := npv(investment.Budget); after >= before-1000 {
		t.Errorf("with the whole pension the budget's view stays at %.2f after %.2f", after, before)
	}
}

// TestEmpty: a plan without a line is a workbook all the same.
func TestEmpty(t *testing.T) {
	r := investmenttest.Record(t)
	r.Lines, r.Benefits = nil, nil
	if _, err := Make(context.Background(), r); err != nil {
		t.Fatal(err)
	}
	r.Lines = []investment.Line{{ID: uuid.New(), Title: "=cmd()", Kind: "contract", Treatment: "revenue", Pence: 1, Start: civil.Date{Year: 2027, Month: 4, Day: 1}, Type: "fixed"}}
	data, err := Make(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if text, err := f.GetCellFormula("Budget", "A3"); err != nil || text != "" {
		t.Errorf("a title became the formula %q (%v)", text, err)
	}
}

// TestInputs: every sheet says which of its cells are inputs, and a number that is a value looks otherwise than a formula.
func TestInputs(t *testing.T) {
	data, err := Make(context.Background(), investmenttest.Record(t))
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		notes := 0
		for y, row := range rows {
			if len(row) > 0 && (strings.HasPrefix(row[0], "Numbers in blue are ") || strings.HasPrefix(row[0], "Everything here is a formula")) {
				notes++
			}
			for x := range row {
				cell := at(x+1, y+1)
				kind, _ := f.GetCellType(sheet, cell)
				text, _ := f.GetCellFormula(sheet, cell)
				number := text == "" && row[x] != "" && kind != excelize.CellTypeSharedString
				if style, err := f.GetCellStyle(sheet, cell); err != nil || (style != 0) != number {
					t.Errorf("%s!%s %q (%v): style %d, %v", sheet, cell, row[x], text, style, err)
				}
			}
		}
		if notes != 1 {
			t.Errorf("%s has %d notes", sheet, notes)
		}
	}
}
