package main

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/des"
	"github.com/rowan-ohwb/rowan/internal/calc/des/model"
	"github.com/rowan-ohwb/rowan/internal/calc/des/report"
)

// The network of the issue. Its waits are known: by Jackson's theorem each station is M/M/c.
const network = `
horizon: {customers: 5000000}
warmup: {customers: 10000}
classes: [{name: referral, arrivals: {poisson: 1.0}}]
stations:
  - {name: triage, servers: 2, service: {exponential: 1.5}}
  - {name: nurse, servers: 5, service: {exponential: 6}}
  - {name: doctor, servers: 3, service: {exponential: 8}}
routes: [{from: triage, to: {nurse: 0.7, doctor: 0.3}}]
`

//go:embed simulate.py
var simPy []byte

//go:embed simulate.R
var simmer []byte

// theory is the mean wait of M/M/c at each station.
func theory() map[string]float64 {
	out := map[string]float64{}
	for _, s := range []struct {
		name         string
		lambda, mean float64
		c            int
	}{{"triage", 1, 1.5, 2}, {"nurse", 0.7, 6, 5}, {"doctor", 0.3, 8, 3}} {
		a, b := s.lambda*s.mean, 1.0
		for k := 1; k <= s.c; k++ {
			b = a * b / (float64(k) + a*b)
		}
		wait := b / (1 - a/float64(s.c)*(1-b))
		out[s.name] = wait * s.mean / (float64(s.c) - a)
	}
	return out
}

// people that another program simulates: enough for its rate, and for its waits to show that it is the same model.
const othersPeople = 200_000

// simulation times the engine beside what is in use, after their answers were compared with theory.
func simulation(b *bed) error {
	m, err := model.Parse([]byte(network), "", nil)
	if err != nil {
		return err
	}
	start, used := time.Now(), processor()
	sum, err := report.Simulate(b.ctx, m, report.Options{Replications: 1, Seed: 1, Workers: 1})
	took := time.Since(start)
	used = processor() - used
	if err != nil {
		return err
	}
	for name, want := range theory() {
		w := sum.Result().Stations[name].Wait
		if z := (*w.Mean - want) / *w.SE; math.Abs(z) > 4 {
			return fmt.Errorf("%s waits %.4f, in theory %.4f: %.1f standard errors", name, *w.Mean, want, z)
		}
	}
	rate := 5e6 / used.Seconds()
	line("three stations, 5 million people, one core (aim 2 M/s)", fmt.Sprintf("%.2f M people/s of processor time, %s by the clock", rate/1e6, took.Round(time.Millisecond)))
	pops := heapAlone()
	line("its events beside pops and pushes of a heap of 11 alone", fmt.Sprintf("%.1f M/s of %.1f M/s: %.0f%%", 3*rate/1e6, pops/1e6, 300*rate/pops))
	found := 0
	for _, other := range []struct {
		name    string
		command []string
		script  []byte
	}{
		{"SimPy", []string{"python3"}, simPy}, {"SimPy (the system's Python)", []string{"/usr/bin/python3"}, simPy},
		{"simmer", []string{"Rscript"}, simmer},
	} {
		r, err := compare(b, other.command, other.script)
		if errors.Is(err, errAbsent) {
			continue
		}
		if err != nil {
			return fmt.Errorf("%s: %w", other.name, err)
		}
		found++
		theirs := othersPeople / r.Seconds
		line(fmt.Sprintf("%s %s, the same network (aim 30 x SimPy)", other.name, r.Version), fmt.Sprintf("%.0f people/s: %.0f x", theirs, rate/theirs))
	}
	if found == 0 {
		line("SimPy (apt install python3-simpy) and simmer", "not on this machine")
	}
	return years(b)
}

// heapAlone is how often a second a heap of the network's size gives its next event and takes another.
func heapAlone() float64 {
	const n, size = 20_000_000, 11
	var h des.Heap
	r, seq := des.NewStream(1, 0, "heap"), uint64(0)
	push := func(at int64) {
		seq++
		h.Push(des.Event{At: at, Key: des.Pack(seq, 1)})
	}
	for range size {
		push(int64(r.Exp() * 1e9))
	}
	used := processor()
	for range n {
		e, _ := h.Min()
		h.Pop()
		push(e.At + int64(r.Exp()*1e9))
	}
	return n / (processor() - used).Seconds()
}

// errAbsent means that a program or its library is not installed.
var errAbsent = errors.New("absent")

type other struct {
	Version string             `json:"version"`
	Seconds float64            `json:"seconds"` // of processor time
	Waits   map[string]float64 `json:"waits"`
}

// compare runs the network in another program, and checks that it is the same network.
func compare(b *bed, command []string, script []byte) (o other, err error) {
	path, err := exec.LookPath(command[0])
	if err != nil {
		return o, errAbsent
	}
	file := filepath.Join(b.dir, "network-"+filepath.Base(path))
	if err := os.WriteFile(file, script, 0o600); err != nil {
		return o, err
	}
	cmd := exec.CommandContext(b.ctx, path, file, strconv.Itoa(othersPeople), "1")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		for _, sign := range []string{"No module named", "there is no package called"} {
			if bytes.Contains(stderr.Bytes(), []byte(sign)) {
				return o, errAbsent
			}
		}
		return o, fmt.Errorf("%w: %s", err, stderr.Bytes())
	}
	if err := json.Unmarshal(out, &o); err != nil {
		return o, err
	}
	for name, want := range theory() {
		if got := o.Waits[name]; math.Abs(got-want) > 0.25*want { // a slip in the model would show as a factor
			return o, fmt.Errorf("%s waits %.3f, in theory %.3f: not the same network", name, got, want)
		}
	}
	return o, nil
}
