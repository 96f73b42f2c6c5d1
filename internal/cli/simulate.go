package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/des/model"
	"github.com/rowan-ohwb/rowan/internal/calc/des/report"
)

type simulateCommand struct {
	Model        string `arg:"" help:"The model, a YAML file; - reads standard input."`
	Replications *int   `help:"How often the model is run (1; 200 for a horizon in weeks; 20 for a scenario)." placeholder:"N"`
	Seed         uint64 `help:"Which random numbers." default:"1"`
	Workers      *int   `help:"Replications that run at the same time (one for each processor)." placeholder:"W"`
	JSON         bool   `name:"json" help:"Print JSON."`
	Scenario     string `help:"Run a scenario of the model too, and give its differences from the base." placeholder:"NAME"`
}

// The limits of a run, so that no slip of the pen asks for more memory than there is.
const (
	mostReplications = 1_000_000
	mostWorkers      = 256
	// mostKept is how many numbers of all replications may be held for the series and the differences.
	mostKept = 20_000_000
	// mostFile bounds a file of arrival times: ten million of them fit.
	mostFile = 200 << 20
)

// Run simulates the model. After Ctrl-C it prints what is finished, and fails.
func (c simulateCommand) Run(ctx context.Context, s streams) error {
	switch {
	case c.Replications != nil && (*c.Replications < 1 || *c.Replications > mostReplications):
		return usage{fmt.Errorf("--replications is %d: from 1 to %d", *c.Replications, mostReplications)}
	case c.Workers != nil && (*c.Workers < 1 || *c.Workers > mostWorkers):
		return usage{fmt.Errorf("--workers is %d: from 1 to %d", *c.Workers, mostWorkers)}
	}
	models, err := orStopped(ctx, func() ([]*model.Model, error) { return c.models(s) })
	if err != nil {
		return err
	}
	base := models[0]
	opt := c.options(base)
	for _, m := range models {
		if kept := m.Layout().Means() * opt.Replications; kept > mostKept {
			return fmt.Errorf("%d replications of %d numbers each are too many: the product may be %d", opt.Replications, m.Layout().Means(), mostKept)
		}
	}
	summaries, stopped, err := c.simulate(ctx, s, models, opt)
	if err != nil {
		return err
	}
	answer := report.Answer{Seed: c.Seed, Unit: base.Unit, Scenario: c.Scenario}
	last := len(summaries) - 1
	answer.Result = summaries[last].Result()
	answer.Warnings = append(answer.Warnings, models[last].Warnings()...)
	if c.Scenario != "" && last == 0 {
		answer.Scenario = "" // stopped in the base
	}
	if last == 1 {
		answer.Base = summaries[0].Result()
		answer.Base.Warnings = append(answer.Base.Warnings, models[0].Warnings()...)
		answer.Deltas = summaries[1].Compare(summaries[0])
	}
	if stopped && answer.Replications < opt.Replications {
		answer.Warnings = append(answer.Warnings, fmt.Sprintf("stopped after %d of %d replications", answer.Replications, opt.Replications))
	}
	if c.JSON {
		out, err := json.Marshal(answer)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(s.out, "%s\n", out); err != nil {
			return err
		}
	} else if err := answer.Text(s.out); err != nil {
		return err
	}
	if stopped {
		return errors.New("stopped: what was finished is printed")
	}
	return nil
}

// models are the base and, if one is asked for, the scenario.
func (c simulateCommand) models(s streams) ([]*model.Model, error) {
	data, err := c.read(s)
	if err != nil {
		return nil, err
	}
	names, models := []string{""}, []*model.Model(nil)
	if c.Scenario != "" {
		names = append(names, c.Scenario)
	}
	for _, name := range names {
		m, err := model.Parse(data, name, c.file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.Model, err)
		}
		models = append(models, m)
	}
	return models, nil
}

// options fills in what was not asked for.
func (c simulateCommand) options(m *model.Model) report.Options {
	opt := report.Options{Replications: 1, Seed: c.Seed, Workers: runtime.GOMAXPROCS(0)}
	switch {
	case c.Replications != nil:
		opt.Replications = *c.Replications
	case m.Weeks:
		opt.Replications = 200 // what a band needs
	case c.Scenario != "":
		opt.Replications = 20
	}
	if c.Workers != nil {
		opt.Workers = *c.Workers
	}
	return opt
}

// simulate runs base and scenario one after the other; stopped says that the context ended a run.
func (c simulateCommand) simulate(ctx context.Context, s streams, models []*model.Model, opt report.Options) (all []*report.Summary, stopped bool, err error) {
	opt.Meter = &report.Meter{}
	end := watch(s.err, opt.Meter, len(models)*opt.Replications)
	defer end()
	for _, m := range models {
		summary, err := report.Simulate(ctx, m, opt)
		if errors.Is(err, report.ErrNothing) && len(all) > 0 {
			return all, true, nil
		}
		if err != nil {
			return nil, false, err
		}
		all = append(all, summary)
		if ctx.Err() != nil {
			return all, true, nil
		}
	}
	return all, false, nil
}

func (c simulateCommand) read(s streams) ([]byte, error) {
	if c.Model == "-" {
		return limited(s.in, "standard input", model.MostYAML)
	}
	return open(c.Model, model.MostYAML)
}

// file reads a regular file that the model names: relative to the model's folder, or absolute.
func (c simulateCommand) file(path string) ([]byte, error) {
	if !filepath.IsAbs(path) && c.Model != "-" {
		path = filepath.Join(filepath.Dir(c.Model), path)
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() { // opening a pipe would wait for somebody to write
		return nil, fmt.Errorf("%s is not a regular file", path)
	}
	return open(path, mostFile)
}

func open(path string, most int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return limited(f, path, most)
}

func limited(r io.Reader, name string, most int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if int64(len(data)) > most {
		return nil, fmt.Errorf("%s is over %d MB", name, most>>20)
	}
	return data, nil
}

// A run that ends sooner needs no progress bar. In a log a line now and then is enough.
const (
	barAfter   = time.Second
	barEvery   = 200 * time.Millisecond
	linesEvery = 15 * time.Second
	barWidth   = 30
)

// watch shows on w how far the meter is of so many replications, until the function that it returns is called.
func watch(w io.Writer, meter *report.Meter, of int) (end func()) {
	every, terminal := linesEvery, isTerminal(w)
	if terminal {
		every = barEvery
	}
	done, gone := make(chan struct{}), make(chan struct{})
	began := time.Now()
	go func() {
		defer close(gone)
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			select {
			case <-done:
				if terminal {
					fmt.Fprint(w, "\r\x1b[K")
				}
				return
			case <-tick.C:
			}
			passed, part := time.Since(began), meter.Replications()/float64(of)
			if passed < barAfter || part <= 0 {
				continue
			}
			rest := time.Duration(float64(passed) * (1 - part) / part).Round(time.Second)
			if !terminal {
				fmt.Fprintf(w, "%.0f%% done, about %s to go\n", 100*part, rest)
				continue
			}
			full := min(barWidth, int(part*barWidth))
			fmt.Fprintf(w, "\r\x1b[K[%-*s] %3.0f%%  about %s to go", barWidth, "##############################"[:full], 100*part, rest)
		}
	}()
	return func() { close(done); <-gone }
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
