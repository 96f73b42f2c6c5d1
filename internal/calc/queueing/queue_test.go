package queueing

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// tester is a test, a benchmark or a property.
type tester interface {
	Helper()
	Errorf(format string, args ...any)
	Fatal(args ...any)
}

// near compares with a relative tolerance; nil is never near.
func near(t tester, what string, got *float64, want, tolerance float64) {
	t.Helper()
	if got == nil || !(math.Abs(*got-want) <= tolerance*math.Max(math.Abs(want), 1e-300)) {
		t.Errorf("%s is %v, want %.15g", what, show(got), want)
	}
}

func show(x *float64) any {
	if x == nil {
		return "null"
	}
	return *x
}

func must[A any](t tester) func(A, error) A {
	return func(a A, err error) A {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
}

// TestMMC: one server by the textbook; two by hand; more by factorials, which do for few.
func TestMMC(t *testing.T) {
	// rho = 1/2: wq = rho/(mu-lambda) = 1, a half waits, P(W>t) = exp(-t/2)/2.
	one := must[MMCAnswer](t)(MMC{0.5, 1, 1}.Solve())
	near(t, "wq", one.WQ, 1, 1e-15)
	near(t, "c", one.ErlangC, 0.5, 1e-15)
	near(t, "w", one.W, 2, 1e-15)
	near(t, "p50", one.P50, 0, 0)
	near(t, "p90", one.P90, 2*math.Log(5), 1e-15)
	near(t, "p95", one.P95, 2*math.Log(10), 1e-15)
	// a = 1, c = 2: B = (1/2)/(1+1+1/2) = 1/5, C = (1/5)/(1 - 4/5/2) = 1/3, wq = (1/3)/(2-1).
	two := must[MMCAnswer](t)(MMC{1, 1, 2}.Solve())
	near(t, "b", &two.ErlangB, 0.2, 1e-15)
	near(t, "c", two.ErlangC, 1.0/3, 1e-15)
	near(t, "lq", two.LQ, 1.0/3, 1e-15)
	near(t, "l", two.L, 4.0/3, 1e-15)
	for c := 1; c <= 40; c++ {
		for _, rho := range []float64{1e-3, 0.3, 0.9, 0.999999} {
			a, term, sum := rho*float64(c), 1.0, 1.0
			for k := 1; k <= c; k++ {
				term *= a / float64(k)
				sum += term
			}
			got := must[MMCAnswer](t)(MMC{a, 1, c}.Solve())
			b := term / sum
			near(t, "b", &got.ErlangB, b, 1e-13)
			near(t, "c", got.ErlangC, b/(1-rho*(1-b)), 1e-9) // 1-rho loses digits here, not there
		}
	}
	// The largest: with c servers of a load c - sqrt(c) the chance of waiting is near Halfin and Whitt's
	// limit for beta = 1, 1/(1 + Phi(1)/phi(1)) = 0.22336.
	big := must[MMCAnswer](t)(MMC{1e5 - math.Sqrt(1e5), 1, 1e5}.Solve())
	near(t, "c", big.ErlangC, 0.22336, 0.01)
}

func TestUnstable(t *testing.T) {
	mmc := must[MMCAnswer](t)(MMC{6, 1, 5}.Solve())
	if mmc.Rho != 1.2 || mmc.ErlangC != nil || mmc.WQ != nil || mmc.P95 != nil || len(mmc.Warnings) != 1 {
		t.Errorf("%+v", mmc)
	}
	near(t, "b", &mmc.ErlangB, 0.3604, 1e-3) // a loss system has no queue to grow
	if mg1 := must[MG1Answer](t)(MG1{1, 1, 0}.Solve()); mg1.Rho != 1 || mg1.L != nil || mg1.P50 != nil || len(mg1.Warnings) != 1 {
		t.Errorf("%+v", mg1)
	}
	if mdc := must[MDCAnswer](t)(MDC{2, 1, 2}.Solve()); mdc.Rho != 1 || mdc.LQ != nil || len(mdc.Warnings) != 1 {
		t.Errorf("%+v", mdc)
	}
	if k := must[KingmanAnswer](t)(Kingman{1, 1, 1, 1}.Solve()); k.Rho != 1 || k.W != nil || len(k.Warnings) != 1 {
		t.Errorf("%+v", k)
	}
}

// TestNobodyComes: without arrivals nobody waits, and nothing is divided by zero.
func TestNobodyComes(t *testing.T) {
	mmc := must[MMCAnswer](t)(MMC{0, 1, 3}.Solve())
	mg1 := must[MG1Answer](t)(MG1{0, 1, 2}.Solve())
	mdc := must[MDCAnswer](t)(MDC{0, 1, 3}.Solve())
	ren := must[RenegingAnswer](t)(Reneging{0, 1, 3, 1}.Solve())
	for _, m := range []struct {
		Means
		Percentiles
	}{{mmc.Means, mmc.Percentiles}, {mg1.Means, mg1.Percentiles}, {mdc.Means, mdc.Percentiles}, {ren.Means, ren.Percentiles}} {
		near(t, "wq", m.WQ, 0, 0)
		near(t, "l", m.L, 0, 0)
		near(t, "w", m.W, 1, 0)
		near(t, "p95", m.P95, 0, 0)
	}
	if p := must[PriorityAnswer](t)(Priority{[]float64{0, 0}, 1}.Solve()); *p.WQ[1] != 0 || p.W != nil || len(p.Warnings) != 1 {
		t.Errorf("%+v", p)
	}
}

// TestRelations holds models to each other where they meet.
func TestRelations(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mu := rapid.Float64Range(1e-3, 1e3).Draw(t, "mu")
		rho := rapid.Float64Range(0.01, 0.99).Draw(t, "rho")
		c := rapid.IntRange(1, 60).Draw(t, "c")
		lambda := rho * mu * float64(c)
		mmc := must[MMCAnswer](t)(MMC{lambda, mu, c}.Solve())
		near(t, "Little", mmc.LQ, lambda**mmc.WQ, 1e-12)
		near(t, "Little", mmc.L, lambda**mmc.W, 1e-12)
		if mmc.ErlangB > *mmc.ErlangC || *mmc.P50 > *mmc.P90 || *mmc.P90 > *mmc.P95 {
			t.Errorf("%+v", mmc)
		}
		// One server of exponential service is M/G/1 with cv2 = 1, and Kingman's formula is exact for it.
		one := must[MMCAnswer](t)(MMC{rho * mu, mu, 1}.Solve())
		near(t, "mg1", must[MG1Answer](t)(MG1{rho * mu, 1 / mu, 1}.Solve()).WQ, *one.WQ, 1e-11)
		near(t, "kingman", must[KingmanAnswer](t)(Kingman{rho, 1, 1, 1 / mu}.Solve()).WQ, *one.WQ, 1e-11)
		// Nobody gives up when patience has no end, nearly.
		patient := must[RenegingAnswer](t)(Reneging{lambda, mu, c, 1e-9}.Solve())
		near(t, "patient wq", patient.WQ, *mmc.WQ, 2e-2)
		near(t, "patient l", patient.L, *mmc.L, 2e-2)
		// Service that never varies waits less, and with one server exactly half.
		mdc := must[MDCAnswer](t)(MDC{lambda, 1 / mu, c}.Solve())
		if *mdc.WQ > *mmc.WQ*(1+1e-9) {
			t.Errorf("M/D/c waits %v, M/M/c %v", *mdc.WQ, *mmc.WQ)
		}
		near(t, "md1", must[MDCAnswer](t)(MDC{rho * mu, 1 / mu, 1}.Solve()).WQ, *one.WQ/2, 1e-11)
	})
}

func TestMG1(t *testing.T) {
	// wq = 0.8 * 1 * (1+2)/(2*0.2) = 6.
	got := must[MG1Answer](t)(MG1{0.8, 1, 2}.Solve())
	near(t, "wq", got.WQ, 6, 1e-14)
	if got.P50 != nil || got.P95 != nil || len(got.Warnings) != 1 {
		t.Errorf("%+v", got)
	}
	// At a load of 0.3, seven of ten never wait, whatever the service.
	light := must[MG1Answer](t)(MG1{0.3, 1, 2}.Solve())
	near(t, "p50", light.P50, 0, 0)
	if light.P90 != nil || len(light.Warnings) != 1 {
		t.Errorf("%+v", light)
	}
	fixed := must[MG1Answer](t)(MG1{0.8, 1, 0}.Solve())
	same := must[MDCAnswer](t)(MDC{0.8, 1, 1}.Solve())
	near(t, "p90", fixed.P90, *same.P90, 0)
	near(t, "wq", fixed.WQ, *same.WQ, 1e-14)
}

// TestPriority: two classes by hand, and the conservation law: the sum of rho wq does not depend on the order.
func TestPriority(t *testing.T) {
	// Rest of the service in hand 0.7; class 1: 0.7/0.7 = 1; class 2: 0.7/(0.7*0.3) = 10/3.
	got := must[PriorityAnswer](t)(Priority{[]float64{0.3, 0.4}, 1}.Solve())
	near(t, "wq[0]", got.WQ[0], 1, 1e-14)
	near(t, "wq[1]", got.WQ[1], 10.0/3, 1e-14)
	near(t, "lq", got.LQ, 0.3+4.0/3, 1e-14)
	// Overloaded by the second class: the first meets a server that is always busy, 1/(1-0.5) = 2.
	over := must[PriorityAnswer](t)(Priority{[]float64{0.5, 0.5, 0.1}, 1}.Solve())
	near(t, "wq[0]", over.WQ[0], 2, 1e-14)
	if over.WQ[1] != nil || over.WQ[2] != nil || over.L != nil || over.Rho != 1.1 || len(over.Warnings) != 1 {
		t.Errorf("%+v", over)
	}
	rapid.Check(t, func(t *rapid.T) {
		lambda := rapid.SliceOfN(rapid.Float64Range(0.01, 0.2), 1, 5).Draw(t, "lambda")
		total := 0.0
		for _, x := range lambda {
			total += x
		}
		mu := total / rapid.Float64Range(0.1, 0.95).Draw(t, "rho")
		got := must[PriorityAnswer](t)(Priority{lambda, mu}.Solve())
		sum := 0.0
		for i, x := range lambda {
			sum += x / mu * *got.WQ[i]
			if i > 0 && *got.WQ[i] < *got.WQ[i-1] {
				t.Errorf("class %d waits less than class %d", i, i-1)
			}
		}
		one := must[MMCAnswer](t)(MMC{total, mu, 1}.Solve())
		near(t, "conservation", &sum, got.Rho**one.WQ, 1e-11)
		near(t, "lq", got.LQ, *one.LQ, 1e-11)
	})
}

// TestWaitingList by hand: 20 a week against 21, 300 waiting, target 18 weeks, 26 weeks to clear.
func TestWaitingList(t *testing.T) {
	p := func(x float64) *float64 { return &x }
	got := must[ListAnswer](t)(List{20, p(21), p(300), 18, p(9), p(26), 1, 1, 4}.Solve())
	near(t, "load", got.Load, 20.0/21, 1e-15)
	near(t, "target_mean_wait", got.TargetMeanWait, 4.5, 1e-15)
	near(t, "target_queue", got.TargetQueue, 90, 1e-15)              // 20 * 4.5
	near(t, "queue_ratio", got.QueueRatio, 300.0/90, 1e-15)          // over 2
	near(t, "relief", got.ReliefCapacity, 20+210.0/26, 1e-15)        // (300-90)/26 more
	near(t, "target_capacity", got.TargetCapacity, 20+4.0/18, 1e-15) // (1+1)/2 * 4/18 more
	near(t, "pressure", got.Pressure, 1, 1e-15)                      // 2 * 9/18
	varied := must[ListAnswer](t)(List{20, p(21), p(180), 18, p(9), p(26), 0.5, 1.5, 6}.Solve())
	near(t, "target_capacity", varied.TargetCapacity, 20+1.25*6/18, 1e-15) // (0.25+2.25)/2
	if got := must[ListAnswer](t)(List{20, p(20), p(180), 18, nil, p(26), 1, 1, 4}.Solve()); got.ReliefCapacity != nil || got.Pressure != nil || *got.Load != 1 || len(got.Warnings) != 3 {
		t.Errorf("twice the target queue is not over it: %+v", got)
	}
	if got := must[ListAnswer](t)(List{0, p(0), p(10), 18, nil, nil, 1, 1, 4}.Solve()); got.Load != nil || got.QueueRatio != nil || got.ReliefCapacity != nil || len(got.Warnings) != 4 {
		t.Errorf("%+v", got)
	}
	if got := must[ListAnswer](t)(List{20, nil, nil, 18, nil, nil, 1, 1, 4}.Solve()); got.TargetCapacity == nil || len(got.Warnings) != 3 {
		t.Errorf("%+v", got)
	}
}
