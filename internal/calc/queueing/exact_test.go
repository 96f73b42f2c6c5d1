package queueing

import (
	"math"
	"math/cmplx"
	"testing"
	"time"

	"gonum.org/v1/gonum/mathext"
)

// rootsMean is E Q by the zeros of z^c = exp(a(z-1)) in the unit disk (Crommelin), another way to walk.mean.
func rootsMean(a float64, c int) float64 {
	rho := a / float64(c)
	sum := 0.0
	for k := 1; k < c; k++ {
		w := cmplx.Rect(1, 2*math.Pi*float64(k)/float64(c))
		z := w * complex(math.Exp(-rho), 0)
		for range 100 { // Newton on z = w exp(rho(z-1))
			f := w * cmplx.Exp(complex(rho, 0)*(z-1))
			z -= (z - f) / (1 - complex(rho, 0)*f)
		}
		sum += real(1 / (1 - z))
	}
	n := float64(c)
	return sum - (n+a)/2 + n/(2*(n-a))
}

func TestMDCMean(t *testing.T) {
	worst := 0.0
	for _, c := range []int{1, 2, 3, 5, 10, 50, 200} {
		for _, rho := range []float64{0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999} {
			a := rho * float64(c)
			want := rootsMean(a, c) / a
			got := newWalk(a, c).mean() / a
			worst = max(worst, math.Abs(got-want)/max(1, want))
			if math.Abs(got-want) > 1e-10*max(1, want) {
				t.Errorf("c %d rho %v: wq %.15g, by roots %.15g", c, rho, got, want)
			}
		}
	}
	t.Logf("at most %.1g off", worst)
	if got := must[MDCAnswer](t)(MDC{5000, 1, 10_000}.Solve()); *got.WQ != 0 || *got.P95 != 0 {
		t.Errorf("ten thousand half-idle servers keep somebody waiting: %+v", got)
	}
}

// TestMD1Wait: Erlang's alternating sum for one server (1909) gives the share back that a percentile leaves.
func TestMD1Wait(t *testing.T) {
	for _, rho := range []float64{0.2, 0.5, 0.8} { // beyond, the alternating sum loses its digits
		got := must[MDCAnswer](t)(MDC{rho, 1, 1}.Solve())
		for share, x := range map[float64]float64{0.5: *got.P50, 0.9: *got.P90, 0.95: *got.P95} {
			sum := 0.0
			for k := 0.0; k <= math.Floor(x); k++ {
				y := rho * (x - k)
				lg, _ := math.Lgamma(k + 1)
				sum += math.Pow(-1, k) * math.Exp(y-lg+k*math.Log(max(y, 1e-300)))
			}
			if p := (1 - rho) * sum; x > 0 && math.Abs(p-share) > 1e-10 || x == 0 && 1-rho < share-1e-12 {
				t.Errorf("rho %v: P(W <= %v) = %.12g, want %v", rho, x, p, share)
			}
		}
	}
}

// TestMDCWait: the number waiting is that of an iterated chain, and the chances to wait longer than x, integrated
// over x, give the mean wait by roots back.
func TestMDCWait(t *testing.T) {
	for _, m := range []MDC{{1.6, 1, 2}, {4.5, 1, 5}, {18, 1, 20}, {1.6, 0.5, 1}} {
		a, size := m.Lambda*m.Mean, 600
		q := make([]float64, size)
		q[0] = 1
		first, p := poisson(a)
		for range 8_000 / m.C {
			next := make([]float64, size)
			for i, x := range q {
				if x < 1e-18 {
					continue
				}
				for j, y := range p {
					next[min(max(i+first+j-m.C, 0), size-1)] += x * y
				}
			}
			q = next
		}
		w := newWalk(a, m.C)
		sum := 0.0
		for i, x := range q[:200] {
			if sum += x; math.Abs(w.atMost(i)-sum) > 1e-11 {
				t.Fatalf("%+v: P(Q <= %d) = %.15g, iterated %.15g", m, i, w.atMost(i), sum)
			}
		}
		mean := 0.0
		for k := 1; 1-w.atMost(k*m.C-1) > 1e-14; k++ {
			for i, x := range gaussX {
				mean += gaussW[i] * m.Mean * (1 - m.within(w, a, k, x))
			}
		}
		near(t, "mean wait", &mean, rootsMean(a, m.C)/m.Lambda, 1e-11)
		got := must[MDCAnswer](t)(m.Solve())
		for share, x := range map[float64]float64{0.5: *got.P50, 0.9: *got.P90, 0.95: *got.P95} {
			k := int(x/m.Mean) + 1
			if chance := m.within(w, a, k, float64(k)-x/m.Mean); x > 0 && math.Abs(chance-share) > 1e-12 || chance < share-1e-12 {
				t.Errorf("%+v: P(W <= %v) = %.12g, want %v", m, x, chance, share)
			}
		}
	}
}

// byStates is M/M/c+M summed over its states, and the share that waits longer than t: with k ahead in the
// queue, exp(-theta wait) on offer is Beta(c mu/theta, k+1).
func byStates(in Reneging, t float64) (lq, l, served, longer float64) {
	cmu := float64(in.C) * in.Mu
	term, total := 1.0, 0.0
	for n := 0; n < 20_000 && (n <= in.C || term > 1e-25*total); n++ {
		total += term
		k := n - in.C
		l += term * float64(n)
		if k >= 0 {
			lq += term * float64(k)
			wait := 0.0
			for j := 1; j <= k+1; j++ {
				wait += 1 / (cmu + float64(j)*in.Theta)
			}
			served += term * wait * cmu / (cmu + float64(k+1)*in.Theta)
			longer += term * math.Exp(-in.Theta*t) * mathext.RegIncBeta(cmu/in.Theta, float64(k+1), math.Exp(-in.Theta*t))
		}
		term *= in.Lambda / (float64(min(n+1, in.C))*in.Mu + float64(max(n+1-in.C, 0))*in.Theta)
	}
	return lq / total, l / total, served / total, longer / total
}

func TestReneging(t *testing.T) {
	for _, in := range []Reneging{
		{4, 1, 5, 1}, {4, 1, 5, 0.1}, {6, 1, 5, 0.3}, {12, 1, 5, 0.5}, {1, 1, 1, 5}, {0.1, 1, 1, 0.01}, {50, 1, 40, 2}, {0.9, 0.1, 10, 3}, {300, 10, 20, 1},
	} {
		got := must[RenegingAnswer](t)(in.Solve())
		lq, l, served, _ := byStates(in, 0)
		gone := in.Theta * lq / in.Lambda
		near(t, "lq", got.LQ, lq, 1e-11)
		near(t, "l", got.L, l, 1e-11)
		near(t, "p_abandon", got.Abandon, gone, 1e-11)
		near(t, "mean_wait_all", got.MeanWaitAll, lq/in.Lambda, 1e-11)
		near(t, "wq", got.WQ, served/(1-gone), 1e-11)
		for tail, x := range map[float64]float64{0.5: *got.P50, 0.1: *got.P90, 0.05: *got.P95} {
			if _, _, _, longer := byStates(in, x); x > 0 && math.Abs(longer-tail) > 1e-9 || longer > tail+1e-9 {
				t.Errorf("%+v: P(W > %v) = %v, want %v", in, x, longer, tail)
			}
		}
	}
	// When patience is like service, everybody leaves at rate mu, served or not: the number present is Poisson.
	got := must[RenegingAnswer](t)(Reneging{7, 1, 5, 1}.Solve())
	near(t, "l", got.L, 7, 1e-13)
}

// TestRenegingLarge: a queue that millions join follows its fluid: a share 1 - c mu/lambda gives up, the others
// wait log(lambda/(c mu))/theta, and all that is left is the variance, of the order 1/lambda.
func TestRenegingLarge(t *testing.T) {
	for _, lambda := range []float64{1e6, 1e9} {
		in := Reneging{lambda, lambda / 2e4, 1e4, 1}
		got := must[RenegingAnswer](t)(in.Solve())
		near(t, "p_abandon", got.Abandon, 0.5, 1e-12)
		near(t, "wq", got.WQ, math.Ln2, 1e-5)
		near(t, "p95", got.P95, math.Ln2, 1e-2)
		near(t, "mean_wait_all", got.MeanWaitAll, 0.5, 1e-12)
	}
	var all []float64
	for _, lambda := range []float64{1e-9, 1e-3, 1, 1e3, 1e9} {
		for _, mu := range []float64{1e-9, 1, 1e9} {
			for _, theta := range []float64{1e-9, 1, 1e9} {
				for _, c := range []int{1, 1e5} {
					got := must[RenegingAnswer](t)(Reneging{lambda, mu, c, theta}.Solve())
					for _, x := range []*float64{got.LQ, got.WQ, got.L, got.W, got.P50, got.P90, got.P95, got.Abandon, got.MeanWaitAll} {
						if x == nil || *x < 0 {
							t.Fatalf("%v %v %v %v: %+v", lambda, mu, c, theta, got)
						}
					}
					if *got.Abandon > 1+1e-12 || *got.P50 > *got.P90 || *got.P90 > *got.P95 {
						t.Errorf("%v %v %v %v: %+v", lambda, mu, c, theta, got)
					}
					all = append(all, *got.Abandon)
				}
			}
		}
	}
	t.Logf("%d corners", len(all))
}

// TestClinicByHand: one slot, nobody on the list; after a week it is empty unless two or more came.
func TestClinicByHand(t *testing.T) {
	got := must[ClinicAnswer](t)(Clinic{Referrals: 0.8, Slots: 1, Weeks: []int{2, 1, 0, 1}}.Solve())
	one, none := got.Weeks[1], got.Weeks[2]
	near(t, "p_empty", &one.Empty, math.Exp(-0.8)*1.8, 1e-14)
	near(t, "mean", &one.Mean, 0.8-1+math.Exp(-0.8), 1e-14) // E(A-1) plus the slot lost when nobody comes
	if none.Week != 0 || none.Mean != 0 || none.SD != 0 || none.Empty != 1 || none.P95 != 0 || got.Weeks[3] != one || got.Weeks[0].Week != 2 {
		t.Errorf("%+v", got)
	}
	// Week 2: P(empty) = P(0)P(A<=1) + P(1)P(A<=0), with P(1) = P(A=2).
	e := math.Exp(-0.8)
	near(t, "p_empty", &got.Weeks[0].Empty, e*1.8*e*1.8+e*0.32*e, 1e-14)
	// Far from empty nothing is cut off: mean 5000 + n(lambda - s), variance n lambda.
	far := must[ClinicAnswer](t)(Clinic{Referrals: 100, Slots: 101, Initial: 5000, Weeks: []int{400}}.Solve()).Weeks[0]
	near(t, "mean", &far.Mean, 4600, 1e-12)
	near(t, "sd", &far.SD, 200, 1e-10) // the tails that are cut off lie 8 deviations out
}

// TestClinicAgainstPlainSums: both ways to convolve, and what is trimmed, against sums over a long array.
func TestClinicAgainstPlainSums(t *testing.T) {
	for _, in := range []Clinic{
		{20, 21, 150, []int{52, 104}, false}, {300, 302, 900, []int{30, 60}, false}, {600, 590, 0, []int{40}, false}, {3, 12, 500, []int{60}, false},
	} {
		size := in.Initial + 3000
		p := make([]float64, size)
		p[in.Initial] = 1
		first, arriving := poisson(in.Referrals)
		l, week := newList(in), 0
		for _, n := range in.Weeks {
			for ; week < n; week++ {
				next := make([]float64, size)
				for i, x := range p {
					if x == 0 {
						continue
					}
					for j, y := range arriving {
						next[min(max(i+first+j-in.Slots, 0), size-1)] += x * y
					}
				}
				p = next
				l.step()
			}
			off, left := 0.0, 0.0
			for i, x := range p {
				got := 0.0
				if k := i - l.least; k >= 0 && k < len(l.p) {
					got = l.p[k]
				}
				off += math.Abs(got - x)
			}
			for _, x := range l.p {
				left += x
			}
			t.Logf("%v week %d: %.1g off in all, %.1g lost", in.Referrals, n, off, 1-left)
			if off > 1e-12 {
				t.Errorf("%+v week %d: off by %g", in, n, off)
			}
		}
	}
}

// TestClinicSettles: after many weeks the list is as the stationary one says.
func TestClinicSettles(t *testing.T) {
	for _, in := range []Clinic{{18, 20, 0, []int{520}, true}, {900, 920, 200, []int{520}, true}, {0.7, 1, 3, []int{520}, true}, {4, 40, 0, []int{3}, true}} {
		got := must[ClinicAnswer](t)(in.Solve())
		end := got.Weeks[0].ListOfAWeek
		for _, pair := range [][2]float64{{end.Mean, got.Stationary.Mean}, {end.SD, got.Stationary.SD}, {end.Empty, got.Stationary.Empty}} {
			if math.Abs(pair[0]-pair[1]) > 1e-9*max(1, pair[1]) {
				t.Errorf("%+v: %v after ten years, %v in the end", in, pair[0], pair[1])
			}
		}
		if end.P50 != got.Stationary.P50 || end.P90 != got.Stationary.P90 || end.P95 != got.Stationary.P95 {
			t.Errorf("%+v and %+v", end, *got.Stationary)
		}
	}
	for _, in := range []Clinic{{20, 20, 0, nil, true}, {0, 0, 0, nil, true}, {21, 20, 5, nil, true}} {
		if got := must[ClinicAnswer](t)(in.Solve()); got.Stationary != nil || len(got.Warnings) != 1 || got.Weeks == nil {
			t.Errorf("%+v: %+v", in, got)
		}
	}
	if got := must[ClinicAnswer](t)(Clinic{Slots: 1, Stationary: true}.Solve()); got.Stationary == nil || got.Stationary.Empty != 1 || got.Stationary.Mean != 0 {
		t.Errorf("%+v", got)
	}
}

// TestLargestQuickly: the largest inputs that are allowed take seconds, not minutes, on a busy machine.
func TestLargestQuickly(t *testing.T) {
	start := time.Now()
	must[ClinicAnswer](t)(Clinic{mostReferrals, mostReferrals, 0, []int{mostWeeks}, false}.Solve())
	t.Logf("10,000 referrals a week for ten years: %v", time.Since(start))
	start = time.Now()
	must[ClinicAnswer](t)(Clinic{9999, mostSlots, 0, nil, true}.Solve())
	t.Logf("stationary at 0.9999: %v", time.Since(start))
	start = time.Now()
	must[MDCAnswer](t)(MDC{9999, 1, mostSlots}.Solve())
	t.Logf("M/D/10,000 at 0.9999: %v", time.Since(start))
}

func BenchmarkClinic(b *testing.B) { // 3,000 referrals a week for five years and for ever
	for b.Loop() {
		must[ClinicAnswer](b)(Clinic{3000, 3030, 6000, []int{52, 104, 260}, true}.Solve())
	}
}

func BenchmarkMDC(b *testing.B) {
	for b.Loop() {
		must[MDCAnswer](b)(MDC{19, 1, 20}.Solve())
	}
}

func BenchmarkReneging(b *testing.B) {
	for b.Loop() {
		must[RenegingAnswer](b)(Reneging{1e6, 1, 900_00, 0.5}.Solve())
	}
}

// TestDays: five equal days without appointments and then a clinic are a week of Clinic, and whole appointments on each day settle to
// the walk with the slots of a day.
func TestDays(t *testing.T) {
	const weeks = 30
	in := Days{Referrals: make([]float64, 7*weeks), Slots: make([]int, 7*weeks), Initial: 12}
	for d := range in.Referrals {
		if d%7 < 5 {
			in.Referrals[d] = 5.9
		}
		if d%7 == 6 {
			in.Slots[d] = 31
		}
	}
	got := must[[]float64](t)(in.Solve())
	want := must[ClinicAnswer](t)(Clinic{Referrals: 29.5, Slots: 31, Initial: 12, Weeks: []int{1, 2, 10, weeks}}.Solve())
	for _, w := range want.Weeks {
		if x := got[7*w.Week-1]; math.Abs(x-w.Mean) > 1e-9 {
			t.Errorf("after week %d: %.12g by the day, %.12g by the week", w.Week, x, w.Mean)
		}
	}
	daily := Days{Referrals: make([]float64, 3000), Slots: make([]int, 3000)}
	for d := range daily.Referrals {
		daily.Referrals[d], daily.Slots[d] = 5.5, 6
	}
	all := must[[]float64](t)(daily.Solve())
	if end, settled := all[2999], newWalk(5.5, 6).mean(); math.Abs(end-settled) > 1e-9 {
		t.Errorf("settles to %.12g, the walk to %.12g", end, settled)
	}
	for name, bad := range map[string]Days{"no days": {}, "other slots": {Referrals: []float64{1}}, "fewer than none": {Referrals: []float64{-1}, Slots: []int{1}}, "slots below none": {Referrals: []float64{1}, Slots: []int{-1}}} {
		if _, err := bad.Solve(); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}
