package suppress

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/disclosure/attack"
)

// published is a result as a reader has it.
func published(t *Table, out Result) attack.Input {
	in := attack.Input{Threshold: t.Threshold, Dims: map[string][]string{"row": t.Rows, "col": t.Cols}}
	add := func(value *int, status Status, where map[string][]string) {
		f := attack.Figure{Where: where, Value: value}
		if status == Rounded {
			f.Rounded = ptr(5)
		}
		in.Figures = append(in.Figures, f)
	}
	for i, row := range t.Rows {
		for j, col := range t.Cols {
			add(out.Cells[i][j], out.Status[i][j], map[string][]string{"row": {row}, "col": {col}})
		}
		add(out.RowTotals[i], out.RowStatus[i], map[string][]string{"row": {row}})
	}
	for j, col := range t.Cols {
		add(out.ColTotals[j], out.ColStatus[j], map[string][]string{"col": {col}})
	}
	add(out.Total, out.TotalStatus, nil)
	return in
}

// TestSurvivesItsOwnAttacker: whatever is published, none of what package attack finds pinned down is primary. Both
// agree on the interval of every hidden figure that attack lists, though one uses flows and the other linear programs.
func TestSurvivesItsOwnAttacker(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 4))
	notes := map[string]int{}
	for k := range tables(400, 10_000) {
		rows, cols := 1+rng.IntN(6), 1+rng.IntN(6)
		if k%10 == 0 {
			rows, cols = 7+rng.IntN(3), 7+rng.IntN(3)
		}
		table := drawTable(rng, rows, cols, 8, 10+rng.IntN(60))
		out, err := Protect(table)
		if err != nil {
			t.Fatal(err)
		}
		if out.Optimal {
			notes["optimal"]++
		} else if max(rows, cols) <= 6 {
			notes["small and not optimal"]++
		}
		for _, threshold := range []int{8, 10} { // special lines have their own
			in := published(&table, out)
			in.Threshold = &threshold
			found, err := attack.Find(in)
			if err != nil {
				t.Fatal(err)
			}
			if len(found.Warnings) > 0 && strings.Contains(found.Warnings[len(found.Warnings)-1], "limit of work") {
				t.Fatalf("%v: %s", newGrid(&table).value, found.Warnings)
			}
			for _, c := range found.Cells {
				status, v := lookUp(t, &table, out, c.Where)
				if status == Primary && threshold == 8 {
					t.Fatalf("%v: primary %v is known to be %s", newGrid(&table).value, c.Where, text(Interval{Lower: c.Lower, Upper: c.Upper}))
				}
				if status == Secondary && (c.Lower != v.Lower || (c.Upper == nil) != (v.Upper == nil) || c.Upper != nil && *c.Upper != *v.Upper) {
					said := Interval{Lower: c.Lower, Upper: c.Upper}
					t.Fatalf("%v: %v is %s, attack says %s", newGrid(&table).value, c.Where, text(v), text(said))
				}
				notes[string(status)+" listed"]++
			}
		}
		safe(t, &table, out)
	}
	t.Log(notes)
}

// safe checks the intervals against the rule.
func safe(t *testing.T, table *Table, out Result) {
	t.Helper()
	g := newGrid(table)
	_, status := flatten(out)
	i := 0
	for e, s := range status {
		if s != Primary && s != Secondary {
			continue
		}
		v := out.Intervals[i]
		i++
		if s == Primary && (v.Lower != 0 || v.Upper != nil && *v.Upper < g.rule[e].Threshold) {
			t.Fatalf("%v: figure %d is known to be %s", g.value, e, text(v))
		}
		if v.Lower > g.value[e] || v.Upper != nil && *v.Upper < g.value[e] {
			t.Fatalf("%v: figure %d is not in its interval", g.value, e)
		}
	}
}

func lookUp(t *testing.T, table *Table, out Result, where map[string][]string) (Status, Interval) {
	t.Helper()
	line := func(names, all []string) (int, *string) {
		if len(names) != 1 {
			return len(all), nil
		}
		i := slices.Index(all, names[0])
		return i, &all[i]
	}
	i, row := line(where["row"], table.Rows)
	j, col := line(where["col"], table.Cols)
	if len(table.Rows) == 1 && row == nil { // a block that covers the only row
		row, i = nil, 1
	}
	_, status := flatten(out)
	for _, v := range out.Intervals {
		if same(v.Row, row) && same(v.Col, col) {
			return status[i*(len(table.Cols)+1)+j], v
		}
	}
	return "", Interval{}
}

func same(a, b *string) bool { return (a == nil) == (b == nil) && (a == nil || *a == *b) }
