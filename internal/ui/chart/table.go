package chart

import (
	"context"
	"strconv"

	"github.com/rowan-ohwb/rowan/internal/locale"
)

// table is the data of a chart. The first cell of a row is its heading; Numeric
// says which columns hold figures.
type table struct {
	Caption string
	Head    []string
	Numeric []bool
	Rows    [][]string
}

// words are the texts of some keys.
func words(ctx context.Context, keys ...string) []string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = locale.T(ctx, k)
	}
	return out
}

// table lists every point with its lines and what it shows.
func (c XmR) table(ctx context.Context) table {
	t := table{Caption: withUnitNote(c.Title, c.Unit), Head: words(ctx, "chart.head.month", "chart.head.value"), Numeric: []bool{false, true}}
	for _, more := range c.Columns {
		t.Head, t.Numeric = append(t.Head, more.Head), append(t.Numeric, true)
	}
	limits := !c.IsRunChart()
	if limits {
		t.Head = append(t.Head, words(ctx, "chart.head.mean", "chart.head.lower", "chart.head.upper", "chart.head.shows")...)
		t.Numeric = append(t.Numeric, true, true, true, false)
	}
	for i, v := range c.In.Values {
		row := []string{c.pointName(i), locale.T(ctx, "chart.no_value")}
		if v.Known {
			row[1] = number(v.Value, c.Decimals)
		}
		for _, more := range c.Columns {
			text := ""
			if x := more.Values[i]; x.Known {
				text = number(x.Value, more.Decimals)
			}
			row = append(row, text)
		}
		switch {
		case limits && v.Known:
			row = append(row, number(c.Out.Mean[i].Value, c.Decimals), c.limit(ctx, c.Out.Lower[i].Value, c.Out.Lower[i].Known),
				c.limit(ctx, c.Out.Upper[i].Value, c.Out.Upper[i].Known), c.pointWords(ctx, i))
		case limits:
			row = append(row, "", "", "", "")
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (c XmR) limit(ctx context.Context, x float64, known bool) string {
	if !known {
		return locale.T(ctx, "chart.no_limit")
	}
	return number(x, c.Decimals)
}

func (c XmR) pointName(i int) string {
	if c.In.Dates == nil {
		return strconv.Itoa(i + 1)
	}
	return c.In.Dates[i].MonthYear()
}

func withUnitNote(title, unit string) string {
	if unit == "" {
		return title
	}
	return title + " (" + unit + ")"
}
