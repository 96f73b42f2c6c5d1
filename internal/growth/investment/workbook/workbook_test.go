package workbook

import (
	"bytes"
	"context"
	"math"
	"strconv"
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
