package montecarlo

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/expr-lang/expr"
	"pgregory.net/rapid"
)

// grow draws an arithmetic expression of the names.
func grow(t *rapid.T, names []string, depth int) string {
	if depth == 0 || rapid.IntRange(0, 4).Draw(t, "leaf") == 0 {
		if rapid.Bool().Draw(t, "name") {
			return rapid.SampledFrom(names).Draw(t, "which")
		}
		return fmt.Sprint(rapid.SampledFrom([]string{"0", "1", "2", "0.5", "3.25", "1e3"}).Draw(t, "number"))
	}
	a := grow(t, names, depth-1)
	switch op := rapid.SampledFrom([]string{"+", "-", "*", "/", "^", "**", "neg", "(", "sub"}).Draw(t, "op"); op {
	case "neg":
		return "-" + a
	case "(", "sub":
		return "(" + a + ")"
	default:
		return a + " " + op + " " + grow(t, names, depth-1)
	}
}

// TestLikeTheLibrary gives expressions to the library's own machine and to ours.
func TestLikeTheLibrary(t *testing.T) {
	names := []string{"a", "b", "c"}
	rapid.Check(t, func(t *rapid.T) {
		text := grow(t, names, 6)
		p, err := compile(text, names)
		if err != nil {
			if !strings.Contains(err.Error(), "without a value") {
				t.Fatalf("%s: %v", text, err)
			}
			return
		}
		at := []float64{rapid.Float64Range(-3, 3).Draw(t, "a"), 2, rapid.SampledFrom([]float64{0, -1, 7.5}).Draw(t, "c")}
		want, err := expr.Eval(text, map[string]any{"a": at[0], "b": at[1], "c": at[2]})
		if err != nil {
			t.Fatal(err)
		}
		got, wanted := p.machine(1).at(at), toFloat(t, want)
		// x^2 is x*x here, and a sign before 0 is lost.
		if !(got == wanted || math.IsNaN(got) && math.IsNaN(wanted) || math.Abs(got-wanted) <= 1e-9*math.Abs(wanted)) && !math.IsInf(wanted, 0) {
			t.Fatalf("%s at %v: %v, the library says %v", text, at, got, wanted)
		}
	})
}

func toFloat(t *rapid.T, v any) float64 {
	switch v := v.(type) {
	case float64:
		return v
	case int:
		return float64(v)
	}
	t.Fatalf("the library gives %T", v)
	return 0
}

func TestPrecedence(t *testing.T) {
	for text, want := range map[string]float64{
		"2+3*4": 14, "(2+3)*4": 20, "-2^2": -4, "(-2)^2": 4, "2^3^2": 512, "2**-1": 0.5, "10-4-3": 3, "100/10/2": 5, "+a": 3, "--a": 3,
		"a-(a-(a-(a-1)))": 1, "(a+1)*(a+2)/(a+3)": 20.0 / 6, "a^2+a^0.5": 9 + math.Sqrt(3), "7": 7, "1_000*0x10": 16000,
		"min(a, 2)": 2, "max(a, 2, 4)": 4, "abs(2-a)": 1, "abs(-4)": 4, "min(7)": 7, "-max(1-a, -5)": 2, "max(0, a-4)+min(count, a, sum)*2": 4,
		"abs(min(a-5, a-4))-max(1, 2)^2": -2, "a-min(a-1, max(a-2, a-3), a)": 2,
		"count*sum": 10, // names of the language's functions are names here
	} {
		p, err := compile(text, []string{"a", "count", "sum"})
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := p.machine(1).at([]float64{3, 2, 5}); got != want {
			t.Errorf("%s is %v, want %v", text, got, want)
		}
	}
}

func TestRefuses(t *testing.T) {
	one := `{"inputs":{"a":1},"expression":`
	for in, want := range map[string]string{
		`{}`:                           "inputs is empty",
		`{"inputs":{"a":1}}`:           "expression is missing",
		one + `" "}`:                   "expression is missing",
		one + `"a+"}`:                  "expression cannot be read",
		one + `"a b"}`:                 "expression cannot be read",
		one + `"(a"}`:                  "expression cannot be read",
		one + `"b*2"}`:                 "uses b, which is not among the inputs a",
		one + `"a > 2"}`:               "the operator >",
		one + `"a % 2"}`:               "the operator %",
		one + `"not a"}`:               "the operator not",
		one + `"a ? 1 : 2"}`:           "only numbers, names of inputs",
		one + `"floor(a)"}`:            "floor(a): only numbers",
		one + `"sum([a])"}`:            "only numbers",
		one + `"min()"}`:               "min and max take one or more",
		one + `"abs(a, 2)"}`:           "abs takes one value",
		one + `"max(a, b)"}`:           "uses b, which is not",
		one + `"max([a, 2])"}`:         "[a, 2]: only numbers",
		one + `"[a]"}`:                 "only numbers, names of inputs",
		one + `"a.b"}`:                 "only numbers, names of inputs",
		one + `"'text'"}`:              "only numbers, names of inputs",
		one + `"let b = a; b"}`:        "only numbers, names of inputs",
		one + `"now()"}`:               "only numbers, names of inputs",
		one + `"a;a"}`:                 "only numbers, names of inputs",
		one + `"true"}`:                "only numbers, names of inputs",
		one + `"nil"}`:                 "only numbers, names of inputs",
		one + `"$env"}`:                "not among the inputs",
		one + `"a+1/0"}`:               "a part without a value: 1 / 0",
		one + `"a","draws":0}`:         "draws is 0",
		one + `"a","draws":1.5}`:       "draws is 1.5",
		one + `"a","draws":100000001}`: "draws is 1.00000001e+08",
		one + `"a","draws":"9"}`:       "draws cannot hold a string",
		one + `"a","seed":0.5}`:        "seed is 0.5",
		one + `"a","seeds":1}`:         "unknown key",
		one + `"` + strings.Repeat("a+", 2600) + `a"}`:                        "at most 5000",
		one + `"` + strings.Repeat("a+", 600) + `a"}`:                         "600 operations: at most 500",
		one + `"` + strings.Repeat("a^3+", 200) + `a","draws":1e8}`:           "for so long an expression at most",
		`{"inputs":{"a b":1},"expression":"1"}`:                               `"a b" cannot be named`,
		`{"inputs":{"and":1},"expression":"1"}`:                               `"and" cannot be named`,
		`{"inputs":{"in":5},"expression":"2*in"}`:                             "no word of its language such as in",
		`{"inputs":[1],"expression":"1"}`:                                     "inputs cannot hold an array",
		`{"inputs":{"a":1,"b":"x"},"expression":"a"}`:                         `inputs.b: give a number`,
		`{"inputs":{"":1},"expression":"1"}`:                                  `"" cannot be named`,
		`{"inputs":{"a":null},"expression":"a"}`:                              "give a number or min, mode and max, not ",
		`{"inputs":{"a":"1"},"expression":"a"}`:                               "give a number or min, mode and max, not ",
		`{"inputs":{"a":[1,2,3]},"expression":"a"}`:                           "give a number or min, mode and max, not ",
		`{"inputs":{"a":{"min":1,"max":2}},"expression":"a"}`:                 "all needed",
		`{"inputs":{"a":{"min":1,"mode":null,"max":2}},"expression":"a"}`:     "all needed",
		`{"inputs":{"a":{"min":1,"mode":3,"max":2}},"expression":"a"}`:        "does not lie between",
		`{"inputs":{"a":{"min":1,"mode":1,"max":2,"sd":1}},"expression":"a"}`: `unknown key "sd"`,
		`{"inputs":{"a":1e200},"expression":"a"}`:                             "not a usable number",
		`{"inputs":{"a":1,"a":2},"expression":"a"}`:                           "twice",
	} {
		if out, err := Run([]byte(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.80s: %s %v, want %q", in, out, err, want)
		}
	}
}
