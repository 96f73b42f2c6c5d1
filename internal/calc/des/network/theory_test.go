package network_test

import (
	"context"
	"fmt"
	"math"
	"os"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/des"
	"github.com/rowan-ohwb/rowan/internal/calc/des/network"
	"github.com/rowan-ohwb/rowan/internal/calc/des/report"
)

// seeds is how many seeds each model is tried with; ROWAN_PROVE asks for all that the issue names.
func seeds() uint64 {
	if os.Getenv("ROWAN_PROVE") != "" {
		return 20
	}
	return 2
}

// erlangC is the probability of waiting in M/M/c, by the recursion of Erlang B.
func erlangC(a float64, c int) float64 {
	b := 1.0
	for k := 1; k <= c; k++ {
		b = a * b / (float64(k) + a*b)
	}
	rho := a / float64(c)
	return b / (1 - rho*(1-b))
}

// waitMMC is the mean wait of M/M/c with the mean service time s.
func waitMMC(lambda, s float64, c int) float64 {
	return erlangC(lambda*s, c) * s / (float64(c) - lambda*s)
}

// waitMDC is the mean wait of M/D/c with unit service, exactly: the number in the system a unit of time later is
// max(n-c, 0) plus the Poisson arrivals of that unit, and the stationary distribution of this chain, found by
// iteration, has the mean queue that Little's law turns into the wait.
func waitMDC(lambda float64, c int) float64 {
	const most = 400
	poisson := make([]float64, most)
	poisson[0] = math.Exp(-lambda)
	for k := 1; k < most; k++ {
		poisson[k] = poisson[k-1] * lambda / float64(k)
	}
	p := make([]float64, most)
	p[0] = 1
	for range 4000 {
		q := make([]float64, most)
		for n, w := range p {
			if w < 1e-18 {
				continue
			}
			for k := 0; k < 60 && max(n-c, 0)+k < most; k++ {
				q[max(n-c, 0)+k] += w * poisson[k]
			}
		}
		p = q
	}
	queue := 0.0
	for n, w := range p {
		queue += float64(max(n-c, 0)) * w
	}
	return queue / lambda
}

// reneging is M/M/c+M: the mean wait of those served, and the share that gives up, from the birth-death chain. Somebody
// who finds n people is served with the probability of surviving the patience of all ahead; by Little's law the queue
// is the arrivals' mean time in it, and the share lost is theta times the queue over lambda. Of those served the mean
// wait comes from the wait of somebody who finds k ahead in the queue: a sum of k+1 exponential stages of rate
// c mu + j theta, each of which is survived with (c mu + (j-1) theta) / (c mu + j theta).
func reneging(lambda, mu float64, c int, theta float64) (wait, lost, queue float64) {
	const most = 500
	p := []float64{1}
	for n := 1; n < most; n++ {
		rate := float64(min(n, c))*mu + float64(max(n-c, 0))*theta
		p = append(p, p[n-1]*lambda/rate)
	}
	sum, served, waited := 0.0, 0.0, 0.0
	for n, w := range p {
		sum += w
		queue += float64(max(n-c, 0)) * w
		if n < c {
			served += w
			continue
		}
		// With me there are k+1 = n-c+1 in the queue. The stage with j in the queue, me included, ends at rate c mu +
		// j theta: by my own patience with theta, else I move up, into service from the last stage.
		alive, mean := 1.0, 0.0
		for j := n - c + 1; j >= 1; j-- {
			rate := float64(c)*mu + float64(j)*theta
			alive *= (rate - theta) / rate
			mean += 1 / rate // a stage's length does not depend on how it ends
		}
		served += w * alive
		waited += w * alive * mean
	}
	return waited / served, 1 - served/sum, queue / sum
}

func run(t testing.TB, spec network.Spec, seed uint64) *report.Result {
	t.Helper()
	n, err := network.Compile(spec)
	if err != nil {
		t.Fatal(err)
	}
	s, err := report.Simulate(context.Background(), n, report.Options{Replications: 1, Seed: seed, Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	return s.Result()
}

// within wants a mean no further than 4 standard errors from theory, and a standard error that is worth something.
func within(t *testing.T, what string, got report.Spread, want float64) {
	t.Helper()
	if got.Mean == nil || got.SE == nil {
		t.Errorf("%s: no mean or standard error", what)
		return
	}
	if z := (*got.Mean - want) / *got.SE; math.Abs(z) > 4 || *got.SE > 0.1*want {
		t.Errorf("%s: %.5f (se %.5f), theory %.5f: %.1f standard errors", what, *got.Mean, *got.SE, want, z)
	}
}

func near(t *testing.T, what string, got *float64, want, tolerance float64) {
	t.Helper()
	if got == nil || math.Abs(*got-want) > tolerance {
		t.Errorf("%s: %v, want %.5f within %g", what, got, want, tolerance)
	}
}

func single(lambda float64, service des.Dist, servers int) network.Spec {
	return network.Spec{Customers: 400_000, WarmupCustomers: 20_000,
		Classes:  []network.Class{{Name: "all", Arrivals: network.Arrivals{Rate: lambda}}},
		Stations: []network.Station{{Name: "a", Servers: servers, Service: service}}}
}

func TestAgainstTheory(t *testing.T) {
	exp, fixed := des.Exponential, des.Deterministic
	// Pollaczek-Khinchine: Wq = rho E[S] (1 + cv^2) / (2 (1 - rho)).
	pk := func(lambda, mean, cv2 float64) float64 {
		return lambda * mean * mean * (1 + cv2) / (2 * (1 - lambda*mean))
	}
	empirical := []float64{0.2, 0.4, 0.6, 2.0} // mean 0.8, mean square (0.04+0.16+0.36+4)/4 = 1.14
	for _, c := range []struct {
		name    string
		lambda  float64
		service des.Dist
		servers int
		want    float64
	}{
		{"M/M/1", 0.7, exp(1), 1, waitMMC(0.7, 1, 1)},
		{"M/M/5", 0.7, exp(6), 5, waitMMC(0.7, 6, 5)},
		{"M/G/1 erlang", 0.75, des.Erlang(1, 4), 1, pk(0.75, 1, 0.25)},
		{"M/G/1 gamma", 0.6, des.Gamma(1, 2), 1, pk(0.6, 1, 2)},
		{"M/G/1 lognormal", 0.7, des.Lognormal(1, 0.5), 1, pk(0.7, 1, 0.5)},
		{"M/G/1 uniform", 0.7, des.Uniform(0, 2), 1, pk(0.7, 1, 1.0/3)},
		{"M/G/1 triangular", 0.7, des.Triangular(0, 1, 2), 1, pk(0.7, 1, 1.0/6)},
		// mean (0+4*0.75+3)/6 = 1, variance (1-0)(3-1)/7 = 2/7
		{"M/G/1 pert", 0.7, des.PERT(0, 0.75, 3), 1, pk(0.7, 1, 2.0/7)},
		{"M/G/1 empirical", 0.8, des.Empirical(empirical), 1, pk(0.8, 0.8, 1.14/0.64-1)},
		{"M/D/1", 0.8, fixed(1), 1, pk(0.8, 1, 0)},
		{"M/D/3", 2.4, fixed(1), 3, waitMDC(2.4, 3)},
	} {
		for seed := range seeds() {
			r := run(t, single(c.lambda, c.service, c.servers), seed+1)
			a := r.Stations["a"]
			what := fmt.Sprintf("%s, seed %d", c.name, seed+1)
			within(t, what, a.Wait, c.want)
			within(t, what+", sojourn", r.Sojourn, c.want+c.service.Mean())
			near(t, what+", queue", a.Queue, c.lambda*c.want, 0.12*c.lambda*c.want)
			near(t, what+", utilisation", a.Utilisation, c.lambda*c.service.Mean()/float64(c.servers), 0.02)
			near(t, what+", throughput", a.Throughput, c.lambda, 0.02*c.lambda)
		}
	}
}

// In M/M/1 the wait exceeds t with probability rho exp(-(mu-lambda) t), which gives the percentiles.
func TestPercentiles(t *testing.T) {
	a := run(t, single(0.8, des.Exponential(1), 1), 3).Stations["a"]
	for p, got := range map[float64]*float64{0.5: a.Wait.P50, 0.9: a.Wait.P90, 0.95: a.Wait.P95} {
		want := math.Log(0.8/(1-p)) / 0.2
		near(t, fmt.Sprint("percentile ", p), got, want, 0.06*want)
	}
}

// three is the network of the issue: Jackson's theorem gives each station as M/M/c with rates 1, 0.7 and 0.3.
func three(customers int64) network.Spec {
	return network.Spec{Customers: customers, WarmupCustomers: 10_000,
		Classes: []network.Class{{Name: "referral", Arrivals: network.Arrivals{Rate: 1}, Priority: 1}},
		Stations: []network.Station{
			{Name: "triage", Servers: 2, Service: des.Exponential(1.5)},
			{Name: "nurse", Servers: 5, Service: des.Exponential(6)},
			{Name: "doctor", Servers: 3, Service: des.Exponential(8)},
		},
		Routes: []network.Route{{From: "triage", To: map[string]float64{"nurse": 0.7, "doctor": 0.3}}}}
}

func TestJackson(t *testing.T) {
	w1, w2, w3 := waitMMC(1, 1.5, 2), waitMMC(0.7, 6, 5), waitMMC(0.3, 8, 3)
	// With feedback: a fifth of those seen at triage come back to it and a tenth of the nurse's go back to triage, so
	// l1 = 0.8 + 0.2 l1 + 0.1 l2, l2 = 0.5 l1: l1 (1 - 0.2 - 0.05) = 0.8, l1 = 16/15, l2 = 8/15.
	feedback := network.Spec{Customers: 400_000, WarmupCustomers: 10_000,
		Classes:  []network.Class{{Name: "all", Arrivals: network.Arrivals{Rate: 0.8}}},
		Stations: []network.Station{{Name: "triage", Servers: 2, Service: des.Exponential(1.4)}, {Name: "nurse", Servers: 3, Service: des.Exponential(4)}},
		Routes: []network.Route{{From: "triage", To: map[string]float64{"triage": 0.2, "nurse": 0.5}},
			{From: "nurse", To: map[string]float64{"triage": 0.1}}}}
	l1, l2 := 16.0/15, 8.0/15
	f1, f2 := waitMMC(l1, 1.4, 2), waitMMC(l2, 4, 3)
	for seed := range seeds() {
		r := run(t, three(400_000), seed+1)
		within(t, "triage", r.Stations["triage"].Wait, w1)
		within(t, "nurse", r.Stations["nurse"].Wait, w2)
		within(t, "doctor", r.Stations["doctor"].Wait, w3)
		within(t, "sojourn", r.Sojourn, w1+1.5+0.7*(w2+6)+0.3*(w3+8))
		r = run(t, feedback, seed+1)
		within(t, "feedback, triage", r.Stations["triage"].Wait, f1)
		within(t, "feedback, nurse", r.Stations["nurse"].Wait, f2)
		within(t, "feedback, sojourn", r.Sojourn, (l1*(f1+1.4)+l2*(f2+4))/0.8) // Little's law
	}
}

// Non-preemptive M/M/1 with priorities (Cobham): W0 = rho/mu, Wk = W0 / ((1-s[k-1]) (1-s[k])), s the loads so far.
func TestPriority(t *testing.T) {
	spec := single(0.3, des.Exponential(1), 1)
	spec.Classes = []network.Class{
		{Name: "late", Arrivals: network.Arrivals{Rate: 0.3}, Priority: 9},
		{Name: "first", Arrivals: network.Arrivals{Rate: 0.2}, Priority: 1},
		{Name: "next", Arrivals: network.Arrivals{Rate: 0.25}, Priority: 4},
	}
	const w0 = 0.75
	for seed := range seeds() {
		a := run(t, spec, seed+1).Stations["a"]
		within(t, "first", a.Classes["first"].Wait, w0/0.8)
		within(t, "next", a.Classes["next"].Wait, w0/(0.8*0.55))
		within(t, "late", a.Classes["late"].Wait, w0/(0.55*0.25))
		// The conservation law: the load-weighted sum of the waits is that of first come, first served.
		within(t, "all", a.Wait, w0/0.25)
	}
}

func TestReneging(t *testing.T) {
	for _, c := range []struct {
		lambda, mu float64
		c          int
		theta      float64
	}{{1, 0.5, 3, 0.2}, {2, 1, 1, 0.5}, {0.9, 1, 1, 0.05}} {
		spec := single(c.lambda, des.Exponential(1/c.mu), c.c)
		spec.Classes[0].Patience = des.Exponential(1 / c.theta)
		wait, lost, queue := reneging(c.lambda, c.mu, c.c, c.theta)
		if math.Abs(lost-c.theta*queue/c.lambda) > 1e-9 { // theory agrees with itself
			t.Fatalf("lost %g, theta times queue over lambda %g", lost, c.theta*queue/c.lambda)
		}
		for seed := range seeds() {
			a := run(t, spec, seed+1).Stations["a"]
			within(t, "reneging", a.Wait, wait)
			near(t, "abandoned", a.Abandoned, lost, 0.005)
			near(t, "queue", a.Queue, queue, 0.03*queue+0.005)
		}
	}
}

// With room for k in the queue M/M/1 is M/M/1/k+1: the share turned away is (1-r) r^(k+1) / (1 - r^(k+2)).
func TestBalking(t *testing.T) {
	spec := single(0.9, des.Exponential(1), 1)
	spec.Stations[0].Balk = &network.Balk{Queue: 3, Probability: 1}
	for seed := range seeds() {
		a := run(t, spec, seed+1).Stations["a"]
		near(t, "balked", a.Abandoned, 0.1*math.Pow(0.9, 4)/(1-math.Pow(0.9, 5)), 0.003)
	}
}
