package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/des/model"
	"github.com/rowan-ohwb/rowan/internal/calc/des/report"
)

// fiveYears is a service of 1,400 referrals a year with five nurses, a doctor, leave, sickness and vacancies.
const fiveYears = `
start: 2024-01-01
horizon: {weeks: 260}
target: 4
classes:
  - {name: management, arrivals: {weekly: [6, 5, 5, 5, 4, 0, 0], growth: 0.02}, priority: 2, backlog: 60, skills: [nurse, doctor], minutes: 45,
     follow_ups: {per_new: 0.8, minutes: 30, gap: {deterministic: 6}}, dna: {rate: 0.08, rebook: 0.8}}
  - {name: retirement, arrivals: {monthly: [8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8]}, priority: 1, skills: [doctor], minutes: 60}
clinic:
  notice: 5
  booking_horizon: 42
  overbooking: {extra: 1, from_slots: 5}
  clinicians:
    - {name: nurse, skill: nurse, count: 5, sessions: [{day: [monday, tuesday, thursday], slots: [45, 45, 45, 30, 30]}], leave: {days_a_year: 27},
       sickness: {rate: 0.05, spell: 5}, turnover: 0.15, recruitment: {gamma: {mean: 16, cv: 0.4}}, ramp_up: {weeks: 12, from: 0.25}}
    - {name: doctor, skill: doctor, sessions: [{day: wednesday, slots: [60, 60, 60], every: 2, first: 1}, {day: friday, slots: {count: 4, minutes: 60}}],
       leave: {days_a_year: 30}}
scenarios:
  one more: {clinic: {clinicians: [{name: nurse, count: 6}]}}
  fewer absent: {classes: [{name: management, dna: {rate: 0.04}}]}
`

// replications of each run of the five years.
const replications = 1000

// effort is what a run took by the clock, and of processor time.
type effort struct{ Clock, Processor time.Duration }

func (e *effort) add(o effort) { e.Clock, e.Processor = e.Clock+o.Clock, e.Processor+o.Processor }

// fiveYearsOn runs one scenario and gives its answer.
func fiveYearsOn(ctx context.Context, scenario string, workers int) (string, effort, error) {
	m, err := model.Parse([]byte(fiveYears), scenario, nil)
	if err != nil {
		return "", effort{}, err
	}
	start, used := time.Now(), processor()
	sum, err := report.Simulate(ctx, m, report.Options{Replications: replications, Seed: 1, Workers: workers})
	took := effort{time.Since(start), processor() - used}
	if err != nil {
		return "", took, err
	}
	out, err := json.Marshal(sum.Result())
	return string(out), took, err
}

// years runs three scenarios of a five-year service on one core and on two, and then the first by turns.
func years(b *bed) error {
	var two effort
	for _, scenario := range []string{"", "one more", "fewer absent"} {
		alone, _, err := fiveYearsOn(b.ctx, scenario, 1)
		if err != nil {
			return err
		}
		together, took, err := fiveYearsOn(b.ctx, scenario, 2)
		if err != nil {
			return err
		}
		if together != alone {
			return errors.New("two workers give another answer than one")
		}
		two.add(took)
	}
	line("five years, 3 scenarios x 1,000 replications, 2 cores (aim 10 s)",
		fmt.Sprintf("%s, %s of processor time", two.Clock.Round(time.Millisecond), two.Processor.Round(time.Millisecond)))
	return secondCore(b)
}

// secondCore compares one worker with two, by turns with one process of a single thread and two such side by side.
// Those share nothing but the machine: what the second core gives them is all that any program can have of it.
func secondCore(b *bed) error {
	const pairs = 7
	var workers, machine [2][]float64 // by the clock and by processor time
	for range pairs {
		_, one, err := fiveYearsOn(b.ctx, "", 1)
		if err != nil {
			return err
		}
		_, two, err := fiveYearsOn(b.ctx, "", 2)
		if err != nil {
			return err
		}
		alone, err := processes(b.ctx, 1)
		if err != nil {
			return err
		}
		both, err := processes(b.ctx, 2)
		if err != nil {
			return err
		}
		workers[0] = append(workers[0], one.Clock.Seconds()/two.Clock.Seconds()/2)
		workers[1] = append(workers[1], one.Processor.Seconds()/two.Processor.Seconds())
		machine[0] = append(machine[0], 2*alone.Clock.Seconds()/both.Clock.Seconds()) // both did twice as much
		machine[1] = append(machine[1], 2*alone.Processor.Seconds()/both.Processor.Seconds())
	}
	text := func(of [2][]float64) string {
		for _, values := range of {
			slices.Sort(values)
		}
		return fmt.Sprintf("%.2f by the clock (%.2f to %.2f), %.2f by processor time", of[0][pairs/2], of[0][0], of[0][pairs-1], of[1][pairs/2])
	}
	line(fmt.Sprintf("efficiency of the second core, median of %d pairs (aim 0.9)", pairs), text(workers))
	line("the same of two processes that share only the machine", text(machine))
	return nil
}

// loneRun is the argument with which this program runs the five years once, in a process of one thread.
const loneRun = "five-years-alone"

// runAlone is such a process: it prints what it took.
func runAlone(ctx context.Context) error {
	_, took, err := fiveYearsOn(ctx, "", 1)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(took)
}

// processes runs n of them at once: the sum of what they took.
func processes(ctx context.Context, n int) (sum effort, err error) {
	self, err := os.Executable()
	if err != nil {
		return sum, err
	}
	type result struct {
		out []byte
		err error
	}
	results := make(chan result, n)
	for range n {
		go func() {
			cmd := exec.CommandContext(ctx, self, loneRun)
			cmd.Env = append(os.Environ(), "GOMAXPROCS=1")
			out, err := cmd.Output()
			results <- result{out, err}
		}()
	}
	for range n {
		r := <-results
		var took effort
		if err = errors.Join(err, r.err); err != nil {
			continue
		}
		err = json.Unmarshal(r.out, &took)
		sum.add(took)
	}
	return sum, err
}
