package spc

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
)

func TestRun(t *testing.T) {
	got, err := Run([]byte(`{"values":[1,null,3,4],"direction":"increase","target":0,"fix_after":null,"screen":null}`))
	if err != nil {
		t.Fatal(err)
	}
	// Mean 8/3, one moving range of 1.
	want := `{"mean":[2.666666666666667,null,2.666666666666667,2.666666666666667],` +
		`"lower":[0.006666666666666821,null,0.006666666666666821,0.006666666666666821],` +
		`"upper":[5.326666666666667,null,5.326666666666667,5.326666666666667],` +
		`"segment":[0,null,0,0],"rules":[[],null,[],[]],` +
		`"point":["common_cause",null,"common_cause","common_cause"],` +
		`"variation":"common_cause","assurance":"pass",` +
		`"warnings":["the chart has 3 points: under 13, show a run chart without limits, rules or icons"]}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestRunRefuses(t *testing.T) {
	for in, want := range map[string]string{
		``:                            "ends too early",
		`{"values":[1,2`:              "ends too early",
		`[1,2]`:                       "not a JSON object",
		`{}`:                          "values is missing",
		`{"values":null}`:             "values is missing",
		`{"values":[1],"valves":[]}`:  `unknown key "valves"`,
		`{"Values":[1]}`:              `unknown key "Values"`,
		`{"values":[1],"values":[2]}`: "appears twice",
		`{"values":[1]} {}`:           "something after",
		`{"values":["a"]}`:            "values[0]: give a number or null",
		`{"values":[1e999]}`:          "values[0]: give a number or null",
		`{"values":[1e200]}`:          "values[0] is not a usable number",
		`{"values":[NaN]}`:            "bad JSON",
		`{"values":[1,2],"dates":["2024-01-01"]}`:              "dates has 1 entries but values has 2",
		`{"values":[1,2],"ghost":[true]}`:                      "ghost has 1 entries but values has 2",
		`{"values":[1,2],"rebase":["2024-01-01"]}`:             "rebase needs dates",
		`{"values":[1],"dates":["2024-02-30"]}`:                "not a real date",
		`{"values":[1],"dates":["1/2/2024"]}`:                  "not a date written",
		`{"values":[1],"dates":[""]}`:                          "dates[0] is empty",
		`{"values":[1],"profile":"r"}`:                         `profile "r"`,
		`{"values":[1],"direction":"up"}`:                      `direction "up"`,
		`{"values":[1],"two_of_three":"outside"}`:              "two_of_three",
		`{"values":[1],"shift":1}`:                             "shift is 1",
		`{"values":[1],"trend":0}`:                             "trend is 0",
		`{"values":[1],"shift":7.5}`:                           "shift cannot hold",
		`{"values":[1],"fix_after":0}`:                         "fix_after is 0",
		`{"values":[1],"target":"5"}`:                          "target cannot hold",
		`{"values":[1,2],"dates":["2024-01-01","2024-01-01"]}`: "appears twice",
	} {
		if out, err := Run([]byte(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %s, %v; want error with %q", in, out, err, want)
		}
	}
}

// FuzzRun: whatever comes in, the answer is an error or finite JSON of the right lengths.
func FuzzRun(f *testing.F) {
	f.Add([]byte(`{"values":[1,null,3,4],"dates":["2024-01-01","2024-02-01","2024-05-01","2024-04-01"],"rebase":["2024-03-01"]}`))
	f.Add([]byte(`{"values":[1e150,-1e150,5e-324],"profile":"nhsrplotthedots","ghost":[true,false,false]}`))
	f.Add([]byte(`{"values":[],"target":0,"shift":3,"fix_after":2,"screen":true}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		in, err := Decode(data)
		if err != nil {
			return
		}
		raw, err := Run(data)
		if err != nil {
			return
		}
		var out map[string]any
		if err := json.Unmarshal(raw, &out); err != nil {
			t.Fatalf("%v: %s", err, raw)
		}
		for _, key := range []string{"mean", "lower", "upper", "segment", "rules", "point"} {
			if list, _ := out[key].([]any); len(list) != len(in.Values) {
				t.Fatalf("%s has %d entries", key, len(list))
			}
		}
	})
}

func TestAutocorrelation(t *testing.T) {
	// 1..13: mean 7, squares 182, products of neighbours 140.
	rising := make([]Number, 13)
	for i := range rising {
		rising[i] = Some(float64(i + 1))
	}
	if r1, warn := Autocorrelation(rising); math.Abs(r1-140.0/182) > 1e-12 || !warn {
		t.Errorf("rising: %v %v", r1, warn)
	}
	if r1, warn := Autocorrelation(Series(zigzag(14)...)); math.Abs(r1+13.0/14) > 1e-12 || !warn {
		t.Errorf("zigzag: %v %v", r1, warn)
	}
	if r1, warn := Autocorrelation(Series(3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3)); r1 != 0 || warn {
		t.Errorf("constant: %v %v", r1, warn)
	}
	if r1, warn := Autocorrelation(Series(1, 2, 3)); r1 != 0 || warn {
		t.Errorf("short: %v %v", r1, warn)
	}
}

func ExampleCompute() {
	out, _ := Compute(Input{Values: Series(12, 14, 12, 14, 12, 14, 12, 14, 12, 14, 12, 14, 2), Direction: Decrease, FixAfter: ptr(12)})
	fmt.Println(out.Mean[0].Value, out.Point[12], out.Variation)
	// Output: 13 improvement improvement_low
}
