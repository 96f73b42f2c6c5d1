// Package workbooktest opens the workbook of an investment case as a finance team would, and holds what it works out against what
// Rowan says.
package workbooktest

import (
	"bytes"
	"context"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/workbook"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
)

// penny is how far the two may be apart.
const penny = 0.01

// Recomputes holds every net present value of a plan's workbook to a penny of Rowan's: worked out by excelize, and with
// ROWAN_PROVE=1 (make prove) by LibreOffice too.
func Recomputes(t *testing.T, r investment.Record) {
	t.Helper()
	data, err := workbook.Make(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	check(t, "excelize", r, f.CalcCellValue)
	if os.Getenv("ROWAN_PROVE") == "" {
		return
	}
	opened, err := excelize.OpenFile(libreOffice(t, data))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = opened.Close() }()
	check(t, "LibreOffice", r, opened.GetCellValue)
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

func check(t *testing.T, by string, r investment.Record, value func(sheet, cell string, opts ...excelize.Options) (string, error)) {
	t.Helper()
	for _, o := range option.All[1:] {
		for _, v := range []investment.View{investment.Budget, investment.Full, investment.Social} {
			a, err := r.Appraise(o, v)
			if err != nil {
				t.Fatal(err)
			}
			sheet, cell := workbook.NPV(o, v)
			text, err := value(sheet, cell, excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatalf("%s!%s: %v", sheet, cell, err)
			}
			got, err := strconv.ParseFloat(text, 64)
			if err != nil || math.Abs(got-a.Central.NPSV) >= penny || got == 0 {
				t.Errorf("%s: %s, %s: %q, want %.4f", by, o, v, text, a.Central.NPSV)
			}
			t.Logf("%s: %s, %s: workbook %.4f, Rowan %.4f", by, o, v, got, a.Central.NPSV)
		}
	}
}
