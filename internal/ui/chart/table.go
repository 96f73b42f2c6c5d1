package chart

import "strconv"

// table is the data of a chart. The first cell of a row is its heading; Numeric
// says which columns hold figures.
type table struct {
	Caption string
	Head    []string
	Numeric []bool
	Rows    [][]string
}

// table lists every point with its lines and what it shows.
func (c XmR) table() table {
	t := table{Caption: withUnitNote(c.Title, c.Unit), Head: []string{"Month", "Value"}, Numeric: []bool{false, true}}
	limits := !c.IsRunChart()
	if limits {
		t.Head = append(t.Head, "Mean", "Lower limit", "Upper limit", "What it shows")
		t.Numeric = append(t.Numeric, true, true, true, false)
	}
	for i, v := range c.In.Values {
		row := []string{c.pointName(i), "No data"}
		if v.Known {
			row[1] = number(v.Value, c.Decimals)
		}
		switch {
		case limits && v.Known:
			row = append(row, number(c.Out.Mean[i].Value, c.Decimals), c.limit(c.Out.Lower[i].Value, c.Out.Lower[i].Known),
				c.limit(c.Out.Upper[i].Value, c.Out.Upper[i].Known), c.pointWords(i))
		case limits:
			row = append(row, "", "", "", "")
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (c XmR) limit(x float64, known bool) string {
	if !known {
		return "none"
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
