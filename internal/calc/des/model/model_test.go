package model_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/des/model"
	"github.com/rowan-ohwb/rowan/internal/calc/des/report"
)

func example(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func parse(t testing.TB, data []byte, scenario string) *model.Model {
	t.Helper()
	m, err := model.Parse(data, scenario, nil)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func simulate(t testing.TB, m *model.Model, replications, workers int) *report.Summary {
	t.Helper()
	s, err := report.Simulate(context.Background(), m, report.Options{Replications: replications, Seed: 1, Workers: workers})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestWorkersAgree wants the same bytes from any number of workers, of both engines.
func TestWorkersAgree(t *testing.T) {
	for _, name := range []string{"network.yaml", "clinic.yaml"} {
		m := parse(t, example(t, name), "")
		var want string
		for _, workers := range []int{1, 2, 3, 16} {
			out, err := json.Marshal(simulate(t, m, 13, workers).Result())
			if err != nil {
				t.Fatal(err)
			}
			if want == "" {
				want = string(out)
			} else if string(out) != want {
				t.Errorf("%s: %d workers give another answer", name, workers)
			}
		}
	}
}

// TestMemoryStays runs a model ten times as long in hardly more memory.
func TestMemoryStays(t *testing.T) {
	use := func(customers string) uint64 {
		m := parse(t, []byte(strings.Replace(string(example(t, "issue.yaml")), "customers: 1000000", "customers: "+customers, 1)), "")
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		simulate(t, m, 1, 1)
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	short, long := use("100000"), use("1000000")
	if long > short*3/2+64<<10 {
		t.Errorf("100,000 people allocate %d bytes, a million %d", short, long)
	}
}

// TestScenarios wants the shared random numbers to make a difference of scenarios far surer than two separate runs.
func TestScenarios(t *testing.T) {
	data := example(t, "clinic.yaml")
	base, more := simulate(t, parse(t, data, ""), 50, 2), simulate(t, parse(t, data, "one more nurse"), 50, 2)
	d := more.Compare(base)
	wait := d.Stations["clinic"].Wait
	if !(*wait.High < 0) || !(*wait.Low < *wait.Mean && *wait.Mean < *wait.High) {
		t.Errorf("one more nurse changes the wait by %g (%g to %g): it must fall", *wait.Mean, *wait.Low, *wait.High)
	}
	same := base.Compare(base)
	if *same.Sojourn.Mean != 0 || *same.Sojourn.SE != 0 {
		t.Errorf("a scenario that changes nothing differs by %g (se %g)", *same.Sojourn.Mean, *same.Sojourn.SE)
	}
	if len(d.Series) != 260 || d.Series[259].List.Mean == nil {
		t.Errorf("the series of differences has %d weeks", len(d.Series))
	}
	// Twice the arrivals at a network: same services, so a longer queue in every replication.
	net := example(t, "network.yaml")
	a, b := parse(t, net, ""), parse(t, net, "busier")
	if got := simulate(t, b, 10, 1).Compare(simulate(t, a, 10, 1)); !(*got.Stations["triage"].Queue.Low > 0) {
		t.Errorf("busier: %+v", got.Stations["triage"].Queue)
	}
}

// TestStops ends a run and wants what it had seen.
func TestStops(t *testing.T) {
	data := strings.Replace(string(example(t, "issue.yaml")), "customers: 1000000", "customers: 1000000000", 1)
	m := parse(t, []byte(data), "")
	ctx, cancel := context.WithCancel(context.Background())
	meter := &report.Meter{}
	go func() {
		for meter.Replications() < 0.0005 { // half a million of the billion
			runtime.Gosched()
		}
		cancel()
	}()
	s, err := report.Simulate(ctx, m, report.Options{Replications: 1, Seed: 1, Workers: 1, Meter: meter})
	if err != nil {
		t.Fatal(err)
	}
	r := s.Result()
	if r.Customers < 100_000 || r.Customers > 500_000_000 || r.Stations["nurse"].Wait.Mean == nil || len(r.Warnings) == 0 {
		t.Errorf("stopped after %d people: %v", r.Customers, r.Warnings)
	}
}

// TestTimesFromFile plays arrivals that are given: one server, a minute each, exactly known waits.
func TestTimesFromFile(t *testing.T) {
	yaml := `
unit: minute
horizon: {customers: 5}
classes: [{name: a, arrivals: {file: times.csv}}]
stations: [{name: desk, servers: 1, service: {deterministic: 1}}]
`
	files := func(string) ([]byte, error) { return []byte("# minutes\n0\n0\n0.5\n\n4\n4.25\n"), nil }
	m, err := model.Parse([]byte(yaml), "", files)
	if err != nil {
		t.Fatal(err)
	}
	for content, want := range map[string]string{ // what the file holds is not told
		"0\nroot:x:0:0\n": "times.csv, line 2 is not a time",
		"17.25\n3.5\n":    "time 2 is wrong: times run from 0",
		"# none\n":        "times.csv holds no times",
	} {
		_, err := model.Parse([]byte(yaml), "", func(string) ([]byte, error) { return []byte(content), nil })
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "root") || strings.Contains(err.Error(), "3.5") {
			t.Errorf("%q: %v, want %q", content, err, want)
		}
	}
	r := simulate(t, m, 1, 1).Result()
	// Waits 0, 1, 1.5, 0, 0.75: mean 0.65. The last leaves at 6: five minutes of service in six.
	if got := *r.Stations["desk"].Wait.Mean; got != 0.65 {
		t.Errorf("mean wait %g, want 0.65", got)
	}
	if got := *r.Stations["desk"].Utilisation; got != 5.0/6 {
		t.Errorf("utilisation %g, want 5/6", got)
	}
	if got := *r.Stations["desk"].Queue; got != 3.25/6 {
		t.Errorf("queue %g, want 3.25/6", got)
	}
}

// TestMixedUnits has the warm-up in another unit than the horizon. Person i arrives at 2i and leaves at 2i+1. A week
// ends before what happens at its end: after week 11 there come the fifth, at 11, to the tenth, at 21, after week 21.
func TestMixedUnits(t *testing.T) {
	const rest = `
classes: [{name: a, arrivals: {deterministic: 2}}]
stations: [{name: desk, servers: 1, service: {deterministic: 1}}]
`
	for head, want := range map[string][2]float64{ // people who count, and the time measured
		"horizon: {customers: 10}\nwarmup: {weeks: 11}":               {6, 10},
		"horizon: {weeks: 21}\nwarmup: {customers: 5}":                {4, 10},
		"horizon: {customers: 10}\nwarmup: {customers: 5}":            {5, 10},
		"horizon: {weeks: 21}\nwarmup: {weeks: 11}":                   {5, 10},
		"unit: day\nhorizon: {customers: 10}\nwarmup: {weeks: 1}":     {8, 14},
		"unit: week\nhorizon: {weeks: 21}\nwarmup: {customers: 9}":    {0, 2},
		"unit: week\nhorizon: {customers: 10}":                        {10, 21},
		"unit: week\nhorizon: {weeks: 22}\nwarmup: {customers: 10.0}": {0, 1},
	} {
		m := parse(t, []byte(head+rest), "")
		r := simulate(t, m, 1, 1).Result()
		if float64(r.Customers) != want[0] || *r.Time != want[1] {
			t.Errorf("%s: %d people in %g, want %g", head, r.Customers, *r.Time, want)
		}
		if weeks := strings.Contains(head, "horizon: {weeks"); weeks != (len(r.Series) > 0) {
			t.Errorf("%s: a series of %d weeks", head, len(r.Series))
		}
	}
	for _, head := range []string{"horizon: {customers: 10}\nwarmup: {weeks: 22}", "horizon: {weeks: 20}\nwarmup: {customers: 10}"} {
		_, err := report.Simulate(context.Background(), parse(t, []byte(head+rest), ""), report.Options{Replications: 1, Seed: 1, Workers: 1})
		if err == nil || !strings.Contains(err.Error(), "over before the warm-up") {
			t.Errorf("%s: %v", head, err)
		}
	}
}

// TestSeriesWarnings: a series without a target, and weeks in which nobody is seen.
func TestSeriesWarnings(t *testing.T) {
	const model = `
horizon: {weeks: 4}
classes: [{name: a, arrivals: {deterministic: 3}}]
stations: [{name: s, servers: 1, service: {deterministic: 1}}]
`
	r := simulate(t, parse(t, []byte(model), ""), 1, 1).Result()
	if r.Series[0].Within.Mean != nil || !slices.Contains(r.Warnings, "no target is given, so the series has no share within it") {
		t.Errorf("without a target: %v", r.Warnings)
	}
	r = simulate(t, parse(t, []byte("target: 1"+model), ""), 1, 1).Result() // seen at 3 only
	if r.Series[3].Within.Mean == nil || !slices.Contains(r.Warnings, "nobody's first service began in 3 of the weeks, so they have no share within the target") {
		t.Errorf("with a target: %v", r.Warnings)
	}
}

// TestPriorityFromZero: the lowest number goes first, 0 too, and whoever names none has 1. With two classes of load 0.45
// each the urgent wait 0.9/0.55 = 1.64 (Cobham), the others 16.4, and all together 9.
func TestPriorityFromZero(t *testing.T) {
	wait := func(first, second string) (float64, float64) {
		t.Helper()
		m := parse(t, []byte("horizon: {customers: 200000}\nclasses: [{name: a, arrivals: {poisson: 0.45}"+first+
			"}, {name: b, arrivals: {poisson: 0.45}"+second+"}]\nstations: [{name: s, servers: 1, service: {exponential: 1}}]\n"), "")
		of := simulate(t, m, 1, 1).Result().Stations["s"].Classes
		return *of["a"].Wait.Mean, *of["b"].Wait.Mean
	}
	a, b := wait(", priority: 1", ", priority: 2")
	if a > 2 || b < 8 {
		t.Fatalf("priorities 1 and 2 give waits of %g and %g", a, b)
	}
	for _, c := range [][2]string{{", priority: 0", ", priority: 1"}, {", priority: 0", ""}, {"", ", priority: 2"}, {", priority: 0", ", priority: 1000"}} {
		if x, y := wait(c[0], c[1]); x != a || y != b {
			t.Errorf("%q and %q give waits of %g and %g, not %g and %g", c[0], c[1], x, y, a, b)
		}
	}
	if x, y := wait("", ", priority: 1"); x < 5 || y < 5 {
		t.Errorf("a class without priority has 1: waits of %g and %g", x, y)
	}
}

// TestWarmup works the two ends of the measured time by hand: person i arrives at 2i and begins at 3i-1, for 3. The second
// leaves at 8, where the warm-up ends, the fifth at 17. In between 4 to 6 begin, having waited 3, 4 and 5, and 7 and 8
// have waited 3 and 1 so far.
func TestWarmup(t *testing.T) {
	m := parse(t, []byte(`
horizon: {customers: 5}
warmup: {customers: 2}
classes: [{name: a, arrivals: {deterministic: 2}}]
stations: [{name: desk, servers: 1, service: {deterministic: 3}}]
`), "")
	r := simulate(t, m, 1, 1).Result()
	desk := r.Stations["desk"]
	if *desk.Wait.Mean != 4 || *desk.Queue != 16.0/9 || *desk.Utilisation != 1 || *desk.Throughput != 3.0/9 || r.Customers != 3 {
		t.Errorf("wait %g, queue %g, utilisation %g, throughput %g, %d people", *desk.Wait.Mean, *desk.Queue, *desk.Utilisation, *desk.Throughput, r.Customers)
	}
}
