package attack

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func TestRun(t *testing.T) {
	for in, want := range map[string]string{
		// 20 - 15
		`{"dims":{"site":["A","B"]},"figures":[{"value":20},{"where":{"site":["A"]},"value":15},{"where":{"site":["B"]},"value":null}]}`: `[{"where":{"site":["B"]},"lower":5,"upper":5}]`,
		// each anything from 0 to 30
		`{"dims":{"site":["A","B"]},"figures":[{"value":30},{"where":{"site":["A"]},"value":null},{"where":{"site":["B"]},"value":null}]}`: `[]`,
		// The same to 30, but B can only be 8 or more: no secret.
		`{"dims":{"site":["A","B"]},"figures":[{"value":30},{"where":{"site":["A"]},"value":20,"rounded":5}]}`: `[]`,
		// January to March less January and February, published a month apart: 41 - 36 in March.
		`{"dims":{"site":["A","B"],"month":["Jan","Feb","Mar"]},"figures":[{"table":"Q4","where":{"site":["A"]},"value":41},` +
			`{"table":"Jan-Feb","where":{"site":["A"],"month":["Jan","Feb"]},"value":36},{"where":{"site":["A"],"month":["Jan"]},"value":16}]}`: `[{"where":{"month":["Mar"],"site":["A"]},"lower":5,"upper":5}]`,
		// Three pairs that overlap: half of 9+9+10 is 14, less each pair.
		`{"dims":{"a":["x","y","z"]},"figures":[{"where":{"a":["x","y"]},"value":9},{"where":{"a":["y","z"]},"value":9},{"where":{"a":["x","z"]},"value":10}]}`: `[{"where":{"a":["x"]},"lower":5,"upper":5},{"where":{"a":["y"]},"lower":4,"upper":4},{"where":{"a":["z"]},"lower":5,"upper":5}]`,
		// The same pairs, sums 8 to 12: x is at most (12+12-8)/2 = 8 and at least (8+8-12)/2 = 2. That needs the sum of three.
		`{"dims":{"a":["x","y","z"]},"figures":[{"where":{"a":["x","y"]},"value":10,"rounded":5},{"where":{"a":["y","z"]},"value":10,"rounded":5},` +
			`{"where":{"a":["x","z"]},"value":10,"rounded":5}]}`: `[{"where":{"a":["x"]},"lower":2,"upper":8},{"where":{"a":["y"]},"lower":2,"upper":8},{"where":{"a":["z"]},"lower":2,"upper":8}]`,
		// A pair of 5 pins the pair and each of it.
		`{"dims":{"a":["x","y","z"]},"figures":[{"where":{"a":["x","y"]},"value":5},{"value":40}]}`: `[{"where":{"a":["x"]},"lower":0,"upper":5},{"where":{"a":["y"]},"lower":0,"upper":5},{"where":{"a":["x","y"]},"lower":5,"upper":5}]`,
		// A nought is no secret, nor is a figure at the threshold.
		`{"dims":{"a":["x","y"]},"figures":[{"where":{"a":["x"]},"value":0},{"where":{"a":["y"]},"value":8}]}`: `[]`,
		`{"dims":{"a":["x","y"]},"figures":[]}`: `[]`,
		// Rounded 5 is 3 to 7.
		`{"threshold":10,"dims":{"a":["x"]},"figures":[{"value":5,"rounded":5}]}`: `[{"where":{"a":["x"]},"lower":3,"upper":7}]`,
	} {
		if got, err := Run([]byte(in)); err != nil || string(got) != `{"cells":`+want+`,"warnings":[]}` {
			t.Errorf("%s:\ngot  %s %v\nwant %s", in, got, err, want)
		}
	}
}

func TestNoUpperEnd(t *testing.T) {
	got, err := Run([]byte(`{"dims":{"a":["x","y"]},"figures":[{"where":{"a":["x"]},"value":3},{"value":null}]}`))
	want := `{"cells":[{"where":{"a":["x"]},"lower":3,"upper":3},{"where":{},"lower":3,"upper":null}],` +
		`"warnings":["an upper bound of null means that nothing published limits the cell"]}`
	if err != nil || string(got) != want {
		t.Errorf("%s %v", got, err)
	}
}

func TestRunRefuses(t *testing.T) {
	const start = `{"dims":{"a":["x","y"]},"figures":[`
	for in, want := range map[string]string{
		``:                                      "ends too early",
		`{}`:                                    "dims is missing",
		`{"dims":{},"figures":[]}`:              "dims is empty",
		`{"dims":{"a":[]},"figures":[]}`:        "dims.a has no values",
		`{"dims":{"a":["x","x"]},"figures":[]}`: `dims.a has the value "x" twice`,
		`{"dims":{"a":["x"]}}`:                  "figures is missing",
		`{"dims":{"a":["x"]},"figures":[],"threshold":0}`:       "threshold is 0",
		`{"dims":{"a":["x"]},"figures":[],"thresh":8}`:          `unknown key "thresh"`,
		start + `{"where":{"b":["x"]},"value":1}]}`:             `figures[0].where names "b"`,
		start + `{"where":{"a":["z"]},"value":1}]}`:             `figures[0].where.a has "z"`,
		start + `{"where":{"a":["x","x"]},"value":1}]}`:         "figures[0].where.a has a value twice",
		start + `{"where":{"a":[]},"value":1}]}`:                "figures[0].where.a has no values",
		start + `{"value":-1}]}`:                                "figures[0].value is -1",
		start + `{"value":1.5}]}`:                               "value cannot hold a number",
		start + `{"value":2000000000}]}`:                        "at most 1000000000",
		start + `{"value":10,"rounded":10}]}`:                   "figures[0].rounded is 10",
		start + `{"value":7,"rounded":5}]}`:                     "figures[0].value is 7, which is not rounded",
		start + `{"value":7,"unit":"people"}]}`:                 `unknown key "unit"`,
		start + `{"value":7},{"value":8}]}`:                     "figures[1] contradicts an earlier figure",
		start + `{"value":7},{"where":{"a":["x"]},"value":8}]}`: "contradict each other",
		`{"dims":{"a":["x","y","z"]},"figures":[{"where":{"a":["x","y"]},"value":9},{"where":{"a":["y","z"]},"value":9},{"where":{"a":["x","z"]},"value":9}]}`: "no whole numbers fit",
	} {
		if out, err := Run([]byte(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %s, %v; want error with %q", in, out, err, want)
		}
	}
}

// large is a table of side x side x months of which all totals over one dimension are shown, and nothing else.
func large(side, months int) Input {
	list := func(prefix string, n int) []string {
		out := make([]string, n)
		for i := range out {
			out[i] = fmt.Sprintf("%s%d", prefix, i)
		}
		return out
	}
	in := Input{Dims: map[string][]string{"a": list("a", side), "b": list("b", side), "m": list("m", months)}}
	for _, p := range [][2]string{{"a", "b"}, {"a", "m"}, {"b", "m"}} {
		value := 4 * side // 4 in each cell would fit
		if p[1] == "b" {
			value = 4 * months
		}
		for _, v := range in.Dims[p[0]] {
			for _, w := range in.Dims[p[1]] {
				in.Figures = append(in.Figures, Figure{Where: map[string][]string{p[0]: {v}, p[1]: {w}}, Value: &value})
			}
		}
	}
	return in
}

// TestLimits: what is too large to prove is said to be so, and does not hang.
func TestLimits(t *testing.T) {
	out, err := Find(large(40, 12))
	if err != nil || len(out.Cells) > 0 || len(out.Warnings) != 1 || !strings.Contains(out.Warnings[0], "limit of work") {
		t.Fatal(out, err)
	}
}

// FuzzRun: whatever comes in, the answer is an error or what is listed is pinned down.
func FuzzRun(f *testing.F) {
	f.Add([]byte(`{"dims":{"site":["A","B"],"month":["1","2","3"]},"figures":[{"where":{"site":["A"]},"value":30},{"where":{"site":["A"],"month":["1","2"]},"value":25,"rounded":5},{"where":{"month":["2","3"]},"value":12}]}`))
	f.Add([]byte(`{"threshold":3,"dims":{"a":["x","y","z"]},"figures":[{"where":{"a":["x","y"]},"value":9},{"where":{"a":["y","z"]},"value":9},{"where":{"a":["x","z"]},"value":10}]}`))
	f.Add([]byte(`{"dims":{"a":["x"]},"figures":[{"where":null,"value":null},{"value":1000000000}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		raw, err := Run(data)
		if err != nil {
			return
		}
		var out struct {
			Cells []struct {
				Where        map[string][]string
				Lower, Upper *int
			}
			Warnings []string
		}
		if err := json.Unmarshal(raw, &out); err != nil || out.Cells == nil || out.Warnings == nil {
			t.Fatalf("%v: %s", err, raw)
		}
		for _, c := range out.Cells {
			if c.Where == nil || c.Lower == nil || *c.Lower < 0 || c.Upper != nil && *c.Upper < *c.Lower {
				t.Fatalf("%s", raw)
			}
		}
	})
}

func BenchmarkThreeWay(b *testing.B) {
	in := large(4, 6)
	for b.Loop() {
		if _, err := Find(in); err != nil {
			b.Fatal(err)
		}
	}
}
