package workbook_test

import (
	"testing"

	"github.com/rowan-ohwb/rowan/internal/growth/investment/investmenttest"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/workbook/workbooktest"
)

// TestRecomputes: the formulas give the net present values of Rowan within a penny. The sample's case is held to the same by its own test.
func TestRecomputes(t *testing.T) {
	workbooktest.Recomputes(t, investmenttest.Record(t))
}
