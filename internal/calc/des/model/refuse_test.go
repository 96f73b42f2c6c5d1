package model_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/des/model"
	"github.com/rowan-ohwb/rowan/internal/calc/des/report"
)

// small is the smallest network, for tests that put one thing into it.
const small = `horizon: {customers: 100}
classes: [{name: a, arrivals: {poisson: 1}}]
stations: [{name: s, servers: 2, service: {exponential: 1}}]
`

const smallClinic = `horizon: {weeks: 10}
classes: [{name: a, arrivals: {poisson: 3}}]
clinic: {clinicians: [{name: n, skill: nurse, sessions: [{day: monday, slots: [30, 30]}]}]}
`

// TestRefuses wants one sentence that names the place.
func TestRefuses(t *testing.T) {
	replace := func(from, old, new string) string {
		t.Helper()
		if !strings.Contains(from, old) {
			t.Fatalf("no %q to replace", old)
		}
		return strings.Replace(from, old, new, 1)
	}
	for in, want := range map[string]string{
		"":                                "empty",
		"[]":                              "line 1: the model is a list, not a mapping",
		"a: [":                            "bad YAML: line 1",
		"a: 1\n---\nb: 1":                 "a second document",
		small + "speed: 3":                `line 4: unknown key "speed" in the model`,
		small + "start: x":                `line 4: start is "x", not a date`,
		small + "unit: fortnight":         `line 4: unit "fortnight"`,
		small + "horizon: {customers: 3}": `line 4: key "horizon" appears twice`,
		"x: &a 1\ny: *a":                  "line 1: anchors and aliases",
		replace(small, "servers: 2", "server: 2"):                           `line 3: unknown key "server" in a station`,
		replace(small, "servers: 2", "servers: 0"):                          "station s: servers is 0",
		replace(small, "servers: 2", "servers: 2.5"):                        `line 3: servers is "2.5", not a whole number`,
		replace(small, "servers: 2", "servers: two"):                        `servers is "two", not a number`,
		replace(small, "exponential: 1", "exponential: -1"):                 "line 3: service: exponential needs a mean",
		replace(small, "exponential: 1", "exponential: .inf"):               "not a number",
		replace(small, "exponential: 1", "weibull: 1"):                      `unknown key "weibull" in service`,
		replace(small, "{exponential: 1}", "6"):                             "write one distribution",
		replace(small, "exponential: 1", "exponential: 1, uniform: [0,1]"):  "write one distribution",
		replace(small, "exponential: 1", "uniform: [2, 1]"):                 "needs 0 <= min <= max",
		replace(small, "exponential: 1", "uniform: [2]"):                    "uniform has 1 numbers, not 2",
		replace(small, "exponential: 1", "gamma: {mean: 1}"):                "gamma needs a mean and one of cv, cv2, sd, shape",
		replace(small, "exponential: 1", "lognormal: {mean: 1, shape: 2}"):  `unknown key "shape"`,
		replace(small, "exponential: 1", "erlang: {mean: 1, shape: 0}"):     "erlang needs a mean and a shape of 1",
		replace(small, "exponential: 1", "empirical: []"):                   "needs values from 0",
		replace(small, "exponential: 1", "empirical: [0, 0]"):               "needs a mean from",
		replace(small, "customers: 100", "customers: 0"):                    "horizon needs either customers or weeks",
		replace(small, "customers: 100", "customers: 1e12"):                 "from 1 to 1000000000",
		replace(small, "customers: 100", "customers: 100, weeks: 2"):        "horizon needs either",
		replace(small, "customers: 100", "weeks: 9999999"):                  "from 1 to 5200",
		small + "warmup: {weeks: 1, customers: 1}":                          "warmup needs customers or weeks, not both",
		small + "warmup: {customers: 100}":                                  "warmup must be shorter than the horizon",
		small + "warmup: {weeks: 9999999}":                                  "warmup must be shorter than the horizon",
		replace(small, "customers: 100", "weeks: 2") + "warmup: {weeks: 2}": "warmup must be shorter than the horizon",
		replace(small, "poisson: 1", "poisson: 0"):                          "arrivals needs one of",
		replace(small, "poisson: 1", "poisson: 1, weekly: [1,1,1,1,1,0,0]"): "arrivals needs one of",
		replace(small, "poisson: 1", "weekly: [1, 2]"):                      "weekly has 2 numbers, not 7",
		replace(small, "poisson: 1", "weekly: [1,1,1,1,1,0,0]"):             "needs a horizon in weeks",
		replace(small, "poisson: 1", "file: x.csv"):                         "files cannot be read here",
		replace(small, ", arrivals: {poisson: 1}", ""):                      "nobody ever arrives",
		replace(small, "name: a,", ""):                                      "a class needs a name",
		replace(small, "name: a,", "name: a, dna: {rate: 0.1},"):            "dna belongs to a clinic",
		replace(small, "name: a,", "name: a, start: x,"):                    `start names the station "x"`,
		replace(small, "name: a,", "name: a, start: {s: 0.5},"):             "add up to 0.5, not to 1",
		replace(small, "name: a,", "name: a, priority: -1,"):                "priority is -1: from 0, the most urgent, to 1000",
		replace(small, "name: a,", "name: a, backlog: 9000000,"):            "from 0 to 2000000",
		small + "routes: [{from: s, to: {s: 1}}]":                           "people cannot get out",
		small + "routes: [{from: s, to: {s: 0.9999}}]":                      "go round more than 1000 times",
		small + "routes: [{from: s, to: {s: 1.5}}]":                         "probability 1.5 of s is not from 0 to 1",
		small + "routes: [{from: s, to: {t: 0.5}}]":                         `names the station "t"`,
		small + "routes: [{from: s, to: {s: 0.5}}, {from: s, to: {}}]":      "given twice",
		small + "routes: [{to: {s: 0.5}}]":                                  "needs the station it comes from",
		small + "clinic: {}":                                                "either a clinic or stations",
		small + "scenarios: {x: 3}":                                         "line 4: scenario x is",
		replace(smallClinic, "weeks: 10", "customers: 10"):                  "a clinic needs a horizon in weeks",
		replace(smallClinic, "poisson: 3", "exponential: 3"):                "referrals to a clinic are poisson",
		replace(smallClinic, "monday", "someday"):                           `day is "someday"`,
		replace(smallClinic, "day: monday,", ""):                            "a session needs a day",
		replace(smallClinic, "[30, 30]", "{count: 1e6, minutes: 30}"):       "more than 100 slots",
		replace(smallClinic, "[30, 30]", "[]"):                              "a session has 0 slots",
		replace(smallClinic, "[30, 30]", "[3000]"):                          "a slot of 3000 minutes",
		replace(smallClinic, "name: n,", "name: n, count: 1000,"):           "count is 1000",
		replace(smallClinic, "name: n,", "name: n, vacant: true,"):          "recruitment time in weeks",
		replace(smallClinic, "name: n,", "name: n, training: true,"):        "needs a ramp_up",
		replace(smallClinic, "name: n,", "name: n, sickness: {rate: 1},"):   "sickness needs a rate",
		replace(smallClinic, "name: a,", "name: a, minutes: 45,"):           "no session has a slot of 45 minutes",
		replace(smallClinic, "name: a,", "name: a, skills: [doctor],"):      `no clinician has the skill "doctor"`,
		replace(smallClinic, "name: a,", "name: a, dna: {rate: 1},"):        "dna needs a rate",
		replace(smallClinic, "name: a,", "name: a, start: s,"):              "belong to stations",
		replace(smallClinic, "clinic: {", "clinic: {notice: 8, "):           "the notice is 8 days",
		strings.Repeat("# \n", model.MostYAML/3+1):                          "over 4 MB",
	} {
		_, err := model.Parse([]byte(in), "", nil)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.200s\ngives %v, want %q", in, err, want)
		}
	}
	if _, err := model.Parse([]byte(small), "x", nil); err == nil || !strings.Contains(err.Error(), `no scenario "x"`) {
		t.Errorf("a scenario that is not there: %v", err)
	}
}

// TestOverfull ends a model that fills up without end, with the name of the station.
func TestOverfull(t *testing.T) {
	m, err := model.Parse([]byte(strings.Replace(strings.Replace(small, "poisson: 1", "poisson: 1000", 1), "customers: 100", "customers: 1000000", 1)), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = report.Simulate(context.Background(), m, report.Options{Replications: 1, Seed: 1, Workers: 1})
	if err == nil || !strings.Contains(err.Error(), "waiting at s") {
		t.Errorf("%v, want the station that is too small", err)
	}
}

// FuzzParse wants no panic and no hang of any text, and of a model that is accepted an answer that is JSON.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{small, smallClinic, string(example(f, "issue.yaml")), string(example(f, "network.yaml")), string(example(f, "clinic.yaml")),
		"", "a", "- 1", "x: &a [*a]", "? {}\n: 1", small + "scenarios: {x: {stations: [{name: s, servers: 3}]}}", "<<: {}"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := model.Parse(data, "", nil)
		if err != nil {
			if err.Error() == "" || strings.Contains(err.Error(), "NaN") {
				t.Errorf("refused with %q", err)
			}
			return
		}
		for _, name := range m.Scenarios {
			_, _ = model.Parse(data, name, nil)
		}
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
		defer cancel()
		s, err := report.Simulate(ctx, m, report.Options{Replications: 2, Seed: 1, Workers: 1})
		if err != nil {
			return
		}
		if _, err := json.Marshal(s.Result()); err != nil {
			t.Error(err)
		}
	})
}

// FuzzTimes gives any file of times to a model that asks for one.
func FuzzTimes(f *testing.F) {
	for _, seed := range []string{"1\n2.5\n 3 \n", "# times\n\n0\n0\n", "", "x", "-1", "2\n1", "1e308", "1e-320", "NaN", "Inf", "0x1p3", "1_0", "\xff", "1\r\n2\r\n", strings.Repeat("1", 70_000)} {
		f.Add([]byte(seed))
	}
	text := []byte(strings.Replace(small, "poisson: 1", "file: times.csv", 1))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := model.Parse(text, "", func(string) ([]byte, error) { return data, nil })
		if err != nil {
			if err.Error() == "" {
				t.Error("refused without a word")
			}
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
		defer cancel()
		s, err := report.Simulate(ctx, m, report.Options{Replications: 2, Seed: 1, Workers: 1})
		if err != nil {
			return
		}
		if _, err := json.Marshal(s.Result()); err != nil {
			t.Error(err)
		}
	})
}
