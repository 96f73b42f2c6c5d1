package effect

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/spc"
)

const (
	// histories puts about 50 beyond each edge of the band: the edge is then known
	// to about 3% of its distance, and a judgement takes a few milliseconds.
	histories = 2000
	// maxPhi is where months have so much memory that a year says nothing.
	maxPhi = 0.9
	// settle is how many months a simulated history runs before it counts: at
	// maxPhi less than 1% of the arbitrary start is left (0.9^48).
	settle = 48
	// outside is the chance beyond each edge of a 95% band.
	outside = 0.025
)

// model is a first-order autoregression around a constant mean.
type model struct {
	phi       float64
	residuals []float64 // centred, and widened for the two fitted parameters
	n         int       // months it was fitted to
}

func fit(values []spc.Number, m float64) model {
	deviation := make([]float64, 0, len(values))
	var products, squares float64
	for i, x := range values {
		if !x.Known {
			continue
		}
		d := x.Value - m
		deviation = append(deviation, d)
		squares += d * d
		if i > 0 && values[i-1].Known {
			products += d * (values[i-1].Value - m)
		}
	}
	n := float64(len(deviation))
	phi := 0.0
	if squares > 0 {
		phi = products / squares
		phi = clamp(phi + (1+3*phi)/n)
	}
	out := model{phi: phi, n: len(deviation)}
	var sum float64
	for i, x := range values {
		if i > 0 && x.Known && values[i-1].Known {
			e := x.Value - m - phi*(values[i-1].Value-m)
			out.residuals = append(out.residuals, e)
			sum += e
		}
	}
	if len(out.residuals) == 0 { // no two months next to each other
		out.residuals, sum = deviation, 0
	}
	k := float64(len(out.residuals))
	widen := math.Sqrt(k / (k - 2))
	for i := range out.residuals {
		out.residuals[i] = (out.residuals[i] - sum/k) * widen
	}
	return out
}

func clamp(phi float64) float64 { return min(max(phi, 0), maxPhi) }

// band is the middle 95% of mean after minus mean before, had nothing changed,
// with the same months known as in the real series.
func (m model) band(values []spc.Number, start int) (low, high float64) {
	rng := rand.New(rand.NewPCG(0x524f57414e, 1)) // fixed: one series, one answer
	spread := math.Sqrt((1 - m.phi*m.phi) / float64(m.n))
	differences := make([]float64, histories)
	for h := range differences {
		phi := clamp(m.phi + spread*rng.NormFloat64())
		differences[h] = m.history(rng, phi, m.scale(rng), values, start)
	}
	slices.Sort(differences)
	k := int(outside * histories)
	return differences[k-1], differences[histories-k]
}

// scale draws how much bigger the true residuals may be than the fitted ones:
// the root of degrees of freedom over a chi-squared draw, as in Student's t.
func (m model) scale(rng *rand.Rand) float64 {
	df := len(m.residuals) - 2
	var chi float64
	for range df {
		z := rng.NormFloat64()
		chi += z * z
	}
	return math.Sqrt(float64(df) / chi)
}

func (m model) history(rng *rand.Rand, phi, scale float64, values []spc.Number, start int) float64 {
	var x float64
	step := func() { x = phi*x + m.residuals[rng.IntN(len(m.residuals))]*scale }
	for range settle {
		step()
	}
	var before, after, nBefore, nAfter float64
	for i, v := range values {
		step()
		switch {
		case !v.Known:
		case i < start:
			before += x
			nBefore++
		default:
			after += x
			nAfter++
		}
	}
	return after/nAfter - before/nBefore
}
