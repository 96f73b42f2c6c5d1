package workbook

import (
	"bytes"
	"context"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/google/uuid"
	"github.com/xuri/excelize/v2"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/investmenttest"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
)

// TestRecomputes: the formulas give the net present values of Rowan within a penny: worked out by excelize, and with
// ROWAN_PROVE=1 (make prove) by LibreOffice, as a finance team would open the file.
func TestRecomputes(t *testing.T) {
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
	check(t, r, f.CalcCellValue)
	if os.Getenv("ROWAN_PROVE") == "" {
		return
	}
	opened, err := excelize.OpenFile(libreOffice(t, data))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = opened.Close() }()
	check(t, r, opened.GetCellValue)
}

// libreOffice opens a workbook, works it out and saves it with its values.
func libreOffice(t *testing.T, data []byte) string {
	t.Helper()
	dir := t.TempDir()
	in, out := filepath.Join(dir, "case.xlsx"), filepath.Join(dir, "out")
	if err := os.WriteFile(in, data, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "soffice", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "xlsx", "--outdir", out, in) //nolint:gosec // our own file
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("LibreOffice: %v: %s (make soffice installs it)", err, said)
	}
	return filepath.Join(out, "case.xlsx")
}

func check(t *testing.T, r investment.Record, value func(sheet, cell string, opts ...excelize.Options) (string, error)) {
	t.Helper()
	for _, o := range option.All[1:] {
		for _, v := range views {
			a, err := r.Appraise(o, v)
			if err != nil {
				t.Fatal(err)
			}
			sheet, cell := NPV(o, v)
			text, err := value(sheet, cell, excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatalf("%s!%s: %v", sheet, cell, err)
			}
			got, err := strconv.ParseFloat(text, 64)
			if err != nil || math.Abs(got-a.Central.NPSV) >= 0.01 || got == 0 {
				t.Errorf("%s, %s: %q, want %.4f", o, v, text, a.Central.NPSV)
			}
			t.Logf("%s, %s: workbook %.4f, Rowan %.4f", o, v, got, a.Central.NPSV)
		}
	}
}

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
