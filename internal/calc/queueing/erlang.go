package queueing

import "math"

// MMC is Poisson arrivals of rate Lambda to C servers of rate Mu each.
type MMC struct {
	Lambda float64 `json:"lambda"`
	Mu     float64 `json:"mu"`
	C      int     `json:"c"`
}

// MMCAnswer is what is known of an M/M/c queue.
type MMCAnswer struct {
	Rho     float64  `json:"rho"`      // load of each server
	ErlangB float64  `json:"erlang_b"` // chance of being lost, were there no waiting
	ErlangC *float64 `json:"erlang_c"` // chance of having to wait
	Means
	Percentiles
	Warnings []string `json:"warnings"`
}

// Solve gives the steady state.
func (in MMC) Solve() (MMCAnswer, error) {
	var c check
	c.notNegative("lambda", in.Lambda)
	c.above("mu", in.Mu)
	c.servers("c", in.C)
	if c.err != nil {
		return MMCAnswer{}, c.err
	}
	capacity := float64(in.C) * in.Mu
	odds := idleOdds(in.Lambda/in.Mu, in.C)
	out := MMCAnswer{Rho: in.Lambda / capacity, ErlangB: 1 / (1 + odds), Warnings: []string{}}
	if in.Lambda >= capacity {
		out.Warnings = append(out.Warnings, overloaded(out.Rho))
		return out, nil
	}
	spare := capacity - in.Lambda
	waiting := erlangC(odds, spare/capacity)
	out.ErlangC = some(waiting)
	out.Means = little(in.Lambda, waiting/spare, 1/in.Mu)
	out.Percentiles = percentiles(func(tail float64) float64 { // P(W > t) = C exp(-spare t)
		if waiting <= tail {
			return 0
		}
		return math.Log(waiting/tail) / spare
	})
	return out, nil
}

// idleOdds is Erlang's recursion for offered load a: the chance that fewer than c
// servers are busy over the chance that exactly c are, when nobody may wait. It is
// 1/B - 1 with B the loss formula, for B = 1; B = aB/(k + aB), and is kept in this
// form because it never subtracts, neither near B = 0 nor near B = 1.
func idleOdds(a float64, c int) float64 {
	odds := 0.0
	for k := 1; k <= c; k++ {
		odds = float64(k) / a * (1 + odds)
	}
	return odds
}

// erlangC is B/(1 - rho(1-B)), for a spare share of 1 - rho above zero.
func erlangC(odds, spare float64) float64 { return 1 / (1 + spare*odds) }
