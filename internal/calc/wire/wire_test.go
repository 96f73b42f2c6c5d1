package wire

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestExamplesRun(t *testing.T) {
	if got := strings.Join(List(), " "); got != "appraisal attack disclosure funnel identifier montecarlo pay queue spc workdays" {
		t.Error(got)
	}
	for _, name := range List() {
		example, err := Example(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Run(name, []byte(example)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWorkdays(t *testing.T) {
	const warning = `"bank holidays are known from 2022 to 2028 only: outside these years only weekends are left out"`
	for in, want := range map[string]string{
		`{"from":"2026-12-18","to":"2027-01-04"}`:                                  `{"days":8,"warnings":[]}`,
		`{"from":"2026-12-18","to":"2026-12-18"}`:                                  `{"days":0,"warnings":[]}`,
		`{"from":"2026-12-18","add":10}`:                                           `{"date":"2027-01-06","warnings":[]}`,
		`{"from":"2028-12-29","add":1}`:                                            `{"date":"2029-01-01","warnings":[` + warning + `]}`,
		` [{"from":"2026-12-23","add":5},{"from":"2027-05-28","to":"2027-06-04"}]`: `[{"date":"2027-01-04","warnings":[]},{"days":4,"warnings":[]}]`,
		// 1 January is a holiday, so back to it there is only Friday the 2nd; back to the 31st there are two, as add says.
		`{"from":"2026-01-05","to":"2026-01-01"}`: `{"days":-1,"warnings":[]}`,
		`{"from":"2026-01-05","to":"2025-12-31"}`: `{"days":-2,"warnings":[]}`,
		`{"from":"2026-01-05","add":-2}`:          `{"date":"2025-12-31","warnings":[]}`,
		`{"from":"2026-01-05","add":-2.0}`:        `{"date":"2025-12-31","warnings":[]}`,
		`{"from":"2026-01-04","to":"2026-01-03"}`: `{"days":0,"warnings":[]}`,
		`{"from":"2022-01-05","to":"2022-01-01"}`: `{"days":-1,"warnings":[]}`,
		`[]`: `[]`,
		"\ufeff" + `{"from":"2026-12-18","to":"2026-12-18"}`: `{"days":0,"warnings":[]}`,
	} {
		if got, err := Run("workdays", []byte(in)); err != nil || string(got) != want {
			t.Errorf("%s: %s %v, want %s", in, got, err, want)
		}
	}
}

func TestRefuses(t *testing.T) {
	for _, c := range [][3]string{
		{"cue", `{}`, "no calculator cue; there are appraisal, attack, disclosure, funnel, identifier, montecarlo, pay, queue, spc, workdays"},
		{"workdays", `{"from":"2026-12-18"}`, "either to or add"},
		{"workdays", `{"from":"2026-12-18","to":"2026-12-19","add":1}`, "either to or add"},
		{"workdays", `{"from":"2026-12-18","add":2.5}`, "add cannot hold a number 2.5"},
		{"workdays", `{"to":"2026-12-18"}`, "from is missing"},
		{"workdays", `{"from":"","add":1}`, "from is missing"},
		{"workdays", `{"from":"2026-12-18","add":99999999}`, "at most 52000"},
		{"workdays", `{"from":"9999-12-30","add":10}`, "outside the years"},
		{"workdays", `{"from":"18/12/2026","add":1}`, "not a date written YYYY-MM-DD"},
		{"workdays", `{"from":"2026-12-18","until":"x"}`, `unknown key "until"`},
		{"workdays", `[{"from":"2026-12-18","add":1},{"from":"2026-12-18"}]`, "item 1: give either"},
		{"spc", `[{"values":[1]},{"values":[2]`, "bad JSON"},
		{"spc", ``, "ends too early"},
		{"workdays", `[` + strings.Repeat(`{"from":"2026-12-18","add":1},`, 1000) + `{}]`, "the array has more than 1000 inputs"},
		{"workdays", `[{"from":"2026-12-18","add":1}] 1`, "something after"},
		{"workdays", `[{"from":"2026-12-18","add":1}}`, "bad JSON"},
	} {
		if out, err := Run(c[0], []byte(c[1])); err == nil || !strings.Contains(err.Error(), c[2]) {
			t.Errorf("%s %s: %s, %v; want %q", c[0], c[1], out, err, c[2])
		}
	}
}

// FuzzRun gives any text to the calculators that have no fuzzer of their own, and any array of texts to one that has:
// no panic, and JSON or a sentence.
func FuzzRun(f *testing.F) {
	for _, name := range []string{"workdays", "identifier"} {
		example, err := Example(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, seed := range []string{example, "[" + example + "," + example + "]", "[", "[]", "\ufeff[]", "[null]", "[[]]", "{}", "[{}}", "[1] 2", `{"from":"0001-01-01","add":-1}`,
			`{"from":"9999-12-31","to":"0001-01-01"}`, `{"from":"2026-02-30","to":"x"}`, `{"from":"2026-01-01","add":52000.0}`} {
			f.Add(name, []byte(seed))
		}
	}
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		if name != "workdays" { // the array is the same for all
			name = "identifier"
		}
		out, err := Run(name, data)
		switch {
		case err != nil && err.Error() == "":
			t.Error("refused without a word")
		case err == nil && !json.Valid(out):
			t.Errorf("%s is no JSON", out)
		}
	})
}
