package suppress

import "encoding/json"

// Status says how a figure is published; empty where it is not, because totals are not.
type Status string

// The ways of publishing a figure.
const (
	Shown     Status = "shown"
	Primary   Status = "primary"   // hidden because it is small
	Secondary Status = "secondary" // hidden because it would give a primary figure away
	Rounded   Status = "rounded"
)

// MarshalJSON writes null for totals that are not published.
func (s Status) MarshalJSON() ([]byte, error) {
	if s == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(s))
}

// Interval is what a reader can work out about a hidden figure. Row is nil for a total over rows, Col for one over
// columns; Upper is nil where nothing published sets an upper end.
type Interval struct {
	Row   *string `json:"row"`
	Col   *string `json:"col"`
	Lower int     `json:"lower"`
	Upper *int    `json:"upper"`
}

// Result is a table as it may be published, with nil where a figure is hidden, and what only those who prepare it
// should see.
type Result struct {
	Cells     [][]*int `json:"cells"`
	RowTotals []*int   `json:"row_totals"`
	ColTotals []*int   `json:"col_totals"`
	Total     *int     `json:"total"`

	Status      [][]Status `json:"status"`
	RowStatus   []Status   `json:"row_status"`
	ColStatus   []Status   `json:"col_status"`
	TotalStatus Status     `json:"total_status"`

	Intervals []Interval `json:"intervals"` // of hidden figures: row by row, each row's total last, then the column totals
	Optimal   bool       `json:"optimal"`   // no safe pattern is cheaper
	Warnings  []string   `json:"warnings"`
}

// result lays the figures of a grid out.
func (g *grid) result(shown []*int, status []Status) Result {
	out := Result{Warnings: []string{}, Intervals: []Interval{}}
	inner := g.cols - 1
	for i := range g.rows - 1 {
		from := g.at(i, 0)
		out.Cells = append(out.Cells, shown[from:from+inner])
		out.Status = append(out.Status, status[from:from+inner])
		out.RowTotals = append(out.RowTotals, shown[from+inner])
		out.RowStatus = append(out.RowStatus, status[from+inner])
	}
	last := g.at(g.rows-1, 0)
	out.ColTotals, out.ColStatus = shown[last:last+inner], status[last:last+inner]
	out.Total, out.TotalStatus = shown[last+inner], status[last+inner]
	return out
}
