package suppress

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/strict"
)

func TestRun(t *testing.T) {
	for in, want := range map[string]string{
		// 3 hidden alone is 40-17-20. A rectangle of 4 hides it; of the rectangles through it the one over b and y has the
		// least sum: 3+17+9+11 = 40. Then a,x is 0 to min(20, 12): its row leaves 20, its column 12.
		`{"rows":["a","b","c"],"cols":["x","y","z"],"cells":[[3,17,20],[9,11,30],[18,25,40]]}`: `{"cells":[[null,null,20],[null,null,30],[18,25,40]],` +
			`"row_totals":[40,50,83],"col_totals":[30,53,90],"total":173,` +
			`"status":[["primary","secondary","shown"],["secondary","secondary","shown"],["shown","shown","shown"]],` +
			`"row_status":["shown","shown","shown"],"col_status":["shown","shown","shown"],"total_status":"shown",` +
			`"intervals":[{"row":"a","col":"x","lower":0,"upper":12},{"row":"a","col":"y","lower":8,"upper":20},` +
			`{"row":"b","col":"x","lower":0,"upper":12},{"row":"b","col":"y","lower":8,"upper":20}],"optimal":true,"warnings":[]}`,
		// Two hidden in each row and column are not enough here: with all four hidden and all totals shown, a,x is at least
		// 8+8-9 = 7. The grand total has to go.
		`{"rows":["a","b"],"cols":["x","y"],"cells":[[7,1],[1,0]]}`: `{"cells":[[null,null],[null,0]],"row_totals":[8,null],"col_totals":[8,null],"total":null,` +
			`"status":[["primary","primary"],["primary","shown"]],"row_status":["shown","primary"],"col_status":["shown","primary"],"total_status":"secondary",` +
			`"intervals":[{"row":"a","col":"x","lower":0,"upper":8},{"row":"a","col":"y","lower":0,"upper":8},{"row":"b","col":"x","lower":0,"upper":8},` +
			`{"row":"b","col":null,"lower":0,"upper":8},{"row":null,"col":"y","lower":0,"upper":8},{"row":null,"col":null,"lower":8,"upper":16}],` +
			`"optimal":true,"warnings":[]}`,
		// Nobody in a special row is itself a secret: its interval must reach 10.
		`{"rows":["a","b"],"cols":["x","y"],"cells":[[0,30],[10,20]],"special":["a"]}`: `{"cells":[[null,null],[null,null]],"row_totals":[30,30],"col_totals":[10,50],"total":60,` +
			`"status":[["primary","secondary"],["secondary","secondary"]],"row_status":["shown","shown"],"col_status":["shown","shown"],"total_status":"shown",` +
			`"intervals":[{"row":"a","col":"x","lower":0,"upper":10},{"row":"a","col":"y","lower":20,"upper":30},` +
			`{"row":"b","col":"x","lower":0,"upper":10},{"row":"b","col":"y","lower":20,"upper":30}],"optimal":true,"warnings":[]}`,
		`{"rows":["a"],"cols":["x"],"cells":[[5]]}`: `{"cells":[[null]],"row_totals":[null],"col_totals":[null],"total":null,` +
			`"status":[["primary"]],"row_status":["primary"],"col_status":["primary"],"total_status":"primary",` +
			`"intervals":[{"row":"a","col":"x","lower":0,"upper":null},{"row":"a","col":null,"lower":0,"upper":null},` +
			`{"row":null,"col":"x","lower":0,"upper":null},{"row":null,"col":null,"lower":0,"upper":null}],"optimal":true,` +
			`"warnings":["an upper bound of null means that no published total limits the figure","everything is hidden: no other pattern protects the small counts"]}`,
		`{"rows":["a","b"],"cols":["x"],"cells":[[5],[10]],"margins":false}`: `{"cells":[[null],[10]],"row_totals":[null,null],"col_totals":[null],"total":null,` +
			`"status":[["primary"],["shown"]],"row_status":[null,null],"col_status":[null],"total_status":null,` +
			`"intervals":[{"row":"a","col":"x","lower":0,"upper":null}],"optimal":true,"warnings":["an upper bound of null means that no published total limits the figure"]}`,
		// 3 is 25±2 less 20±2, and nothing else is known: from 1 to 9. Rounding has told that it is not nought.
		`{"rows":["a"],"cols":["x","y"],"cells":[[3,20]],"method":"round5"}`: `{"cells":[[null,20]],"row_totals":[25],"col_totals":[null,20],"total":25,` +
			`"status":[["primary","rounded"]],"row_status":["rounded"],"col_status":["primary","rounded"],"total_status":"rounded",` +
			`"intervals":[{"row":"a","col":"x","lower":1,"upper":9},{"row":null,"col":"x","lower":1,"upper":9}],"optimal":true,` +
			`"warnings":["each figure is rounded by itself: rows and columns need not add up to their totals",` +
			`"small counts that adding up the rounded figures still narrows down: 2 (a, x; total of x)"]}`,
	} {
		if got, err := Run([]byte(in)); err != nil || string(got) != want {
			t.Errorf("%s:\ngot  %s %v\nwant %s", in, got, err, want)
		}
	}
}

func TestRunRefuses(t *testing.T) {
	long := `["` + strings.Join(names("n", 51), `","`) + `"]`
	for in, want := range map[string]string{
		``:                                       "ends too early",
		`{}`:                                     "rows is missing",
		`{"rows":["a"],"cells":[[1]]}`:           "cols is missing",
		`{"rows":[],"cols":["x"],"cells":[]}`:    "rows is empty",
		`{"rows":["a"],"cols":["x"]}`:            "cells is missing",
		`{"rows":["a"],"cols":["x"],"cells":[]}`: "cells has 0 rows but rows has 1",
		`{"rows":["a"],"cols":["x"],"cells":[null]}`:                       "cells[0] has 0 entries",
		`{"rows":["a"],"cols":["x"],"cells":[[1,2]]}`:                      "cells[0] has 2 entries but cols has 1",
		`{"rows":["a"],"cols":["x"],"cells":[[null]]}`:                     "cells[0][0] is null",
		`{"rows":["a"],"cols":["x"],"cells":[[-1]]}`:                       "cells[0][0] is -1",
		`{"rows":["a"],"cols":["x"],"cells":[[1.5]]}`:                      "cells[0][0] cannot hold a number",
		`{"rows":["a"],"cols":["x"],"cells":[[2000000000]]}`:               "at most 1000000000",
		`{"rows":["a","a"],"cols":["x"],"cells":[[1],[2]]}`:                `rows has the name "a" twice`,
		`{"rows":[""],"cols":["x"],"cells":[[1]]}`:                         "rows[0] has no name",
		`{"rows":["a"],"cols":["x"],"cells":[[1]],"threshold":0}`:          "threshold is 0",
		`{"rows":["a"],"cols":["x"],"cells":[[1]],"method":"hide"}`:        `method "hide"`,
		`{"rows":["a"],"cols":["x"],"cells":[[1]],"special":["b"]}`:        `special names "b"`,
		`{"rows":["a"],"cols":["x"],"cells":[[1]],"margin":true}`:          `unknown key "margin"`,
		`{"rows":` + long + `,"cols":["x"],"cells":[[1]]}`:                 "rows has 51 names: at most 50",
		`{"rows":["a"],"cols":["x"],"cells":[[1]],"margins":"yes"}`:        "margins cannot hold",
		`{"rows":["a"],"cols":["x"],"cells":[[1]],"threshold":8,"rows":1}`: "appears twice",
	} {
		if out, err := Run([]byte(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %s, %v; want error with %q", in, out, err, want)
		}
	}
}

// TestLargestTables: the sizes at the limit are done, safe, and soon.
func TestLargestTables(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 5))
	for _, side := range [][2]int{{50, 50}, {50, 1}, {1, 50}, {13, 40}} {
		table := drawTable(rng, side[0], side[1], 8, 500)
		out, err := Protect(table)
		if err != nil {
			t.Fatal(err)
		}
		safe(t, &table, out)
	}
	for _, n := range []int{mostCount, mostCount - 1} { // sums stay whole
		table := Table{Rows: names("r", 2), Cols: names("c", 2), Cells: Counts([][]int{{3, n}, {n, n}}), Threshold: ptr(mostThreshold)}
		out, err := Protect(table)
		if err != nil || !out.Optimal {
			t.Fatal(out, err)
		}
		safe(t, &table, out)
	}
}

// FuzzRun: whatever comes in, the answer is an error, or a table of the same shape whose primary figures are safe.
func FuzzRun(f *testing.F) {
	f.Add([]byte(`{"rows":["a","b","c"],"cols":["x","y","z"],"cells":[[3,17,20],[9,11,30],[18,25,40]]}`))
	f.Add([]byte(`{"rows":["a","b"],"cols":["x","y"],"cells":[[0,1000000000],[7,1]],"special":["a","y"],"threshold":1000}`))
	f.Add([]byte(`{"rows":["a","b"],"cols":["x","y"],"cells":[[0,1E8],[7,1]],"threshold":1}`))
	f.Add([]byte(`{"rows":["a"],"cols":["x","y"],"cells":[[0,0]],"margins":false,"threshold":1}`))
	f.Add([]byte(`{"rows":["a","b"],"cols":["x","y"],"cells":[[3,8],[12,7]],"method":"round5"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		raw, err := Run(data)
		if err != nil {
			return
		}
		if !json.Valid(raw) {
			t.Fatalf("%s", raw)
		}
		var table Table
		if err := strict.Object(data, &table); err != nil { // as Run reads it: 1e8 is a whole number to it
			t.Fatal(err)
		}
		out, err := Protect(table)
		if err != nil || len(out.Cells) != len(table.Rows) || len(out.Status[0]) != len(table.Cols) {
			t.Fatalf("%v %s", err, raw)
		}
		if table.Method != Round5 {
			safe(t, &table, out)
		}
	})
}

// Benchmark8x8 suppresses tables of 8 x 8 like those of a month by team and reason: one cell in four is small.
func Benchmark8x8(b *testing.B) { benchmark(b, 8) }

// Benchmark6x6 is the largest that is always searched to the end.
func Benchmark6x6(b *testing.B) { benchmark(b, 6) }

func benchmark(b *testing.B, side int) {
	rng := rand.New(rand.NewPCG(1, 2))
	tables := make([]Table, 100)
	for i := range tables {
		tables[i] = drawTable(rng, side, side, 8, 60)
	}
	for i := 0; b.Loop(); i++ {
		if _, err := Protect(tables[i%len(tables)]); err != nil {
			b.Fatal(err)
		}
	}
}
