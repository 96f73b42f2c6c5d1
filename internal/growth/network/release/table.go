package release

import (
	"encoding/csv"
	"io"
	"strconv"

	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

// Row is a figure with whose it is.
type Row struct {
	Code, Name, Model string
	Figure
}

// Rows are the figures of a release.
func (r Release) Rows() []Row {
	out := make([]Row, len(r.Figures))
	for i, f := range r.Figures {
		out[i] = Row{r.Code, r.Name, r.Model, f}
	}
	return out
}

// Columns of the table for a spreadsheet; docs/network.md explains them.
var Columns = []string{"organisation", "name", "model", "metric", "item", "month", "definition", "state", "numerator", "denominator", "percent", "rate"}

// WriteCSV writes figures for a spreadsheet. What is hidden is empty, and its state says why.
func WriteCSV(w io.Writer, p Pack, rows []Row) error {
	out := csv.NewWriter(w)
	if err := out.Write(Columns); err != nil {
		return err
	}
	number := func(n *int) string {
		if n == nil {
			return ""
		}
		return strconv.Itoa(*n)
	}
	for _, r := range rows {
		m, _ := p.Find(r.Metric)
		percent := ""
		if x, ok := r.Percent(m); ok {
			percent = strconv.FormatFloat(x, 'f', 1, 64)
		}
		rate := ""
		if x, ok := r.Rate(m); ok {
			rate = strconv.FormatFloat(x, 'g', 6, 64)
		}
		cells := []string{r.Code, r.Name, r.Model, r.Metric, r.Item, r.Month.String(), r.Definition, string(r.State), number(r.Part), number(r.Whole), percent, rate}
		for i := range cells {
			cells[i] = sheet.Guard(cells[i])
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
