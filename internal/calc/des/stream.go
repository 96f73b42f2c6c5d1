package des

import (
	"math"

	"github.com/rowan-ohwb/rowan/internal/calc/random"
)

// Stream is a random stream of the model's distributions.
type Stream struct{ random.Source }

// NewStream is the stream of one purpose in one replication.
func NewStream(seed uint64, replication int, purpose string) Stream {
	// FNV-1a over the name.
	h := uint64(14695981039346656037)
	for i := range len(purpose) {
		h = (h ^ uint64(purpose[i])) * 1099511628211
	}
	return Stream{random.New(mix(mix(mix(seed)+uint64(replication))+h) + golden)}
}

// golden is 2^64 over the golden ratio: noughts mix to something else.
const golden = 0x9e3779b97f4a7c15

func mix(x uint64) uint64 { return random.Mix(x + golden) }

// open is uniform on (0, 1).
func (s *Stream) open() float64 { return (float64(s.Uint64()>>12) + 0.5) * 0x1p-52 }

// The ziggurats of Marsaglia and Tsang with 256 layers of equal area; x[0] stands for the base with its tail.
const layers = 256

type ziggurat struct {
	x, f [layers + 1]float64
	tail float64
}

// build fills the layers from the edge r, the area v of each, and the density with its inverse.
func build(r, v float64, density, inverse func(float64) float64) (z ziggurat) {
	z.tail = r
	z.x[0], z.x[1] = v/density(r), r
	for i := 2; i < layers; i++ {
		z.x[i] = inverse(v/z.x[i-1] + density(z.x[i-1]))
	}
	z.x[layers] = 0
	for i := range z.f {
		z.f[i] = density(z.x[i])
	}
	return z
}

var (
	expZiggurat = build(7.69711747013104972, 3.9496598225815571993e-3,
		func(x float64) float64 { return math.Exp(-x) }, func(y float64) float64 { return -math.Log(y) })
	normalZiggurat = build(3.6541528853610088, 4.92867323399e-3,
		func(x float64) float64 { return math.Exp(-x * x / 2) }, func(y float64) float64 { return math.Sqrt(-2 * math.Log(y)) })
)

// Exp is exponential with mean 1.
func (s *Stream) Exp() float64 {
	u := s.Uint64()
	i := u & (layers - 1)
	if x := float64(u>>11) * 0x1p-53 * expZiggurat.x[i]; x < expZiggurat.x[i+1] {
		return x
	}
	return s.slowExp(u)
}

func (s *Stream) slowExp(u uint64) float64 {
	z, shift := &expZiggurat, 0.0
	for {
		i := u & (layers - 1)
		x := float64(u>>11) * 0x1p-53 * z.x[i]
		switch {
		case x < z.x[i+1]:
			return shift + x
		case i == 0:
			shift += z.tail // the tail is the same distribution again
		case z.f[i]+s.Float()*(z.f[i+1]-z.f[i]) < math.Exp(-x):
			return shift + x
		}
		u = s.Uint64()
	}
}

// Normal is standard normal.
func (s *Stream) Normal() float64 {
	z := &normalZiggurat
	for {
		u := s.Uint64()
		i := u & (layers - 1)
		x := (float64(u>>11)*0x1p-52 - 1) * z.x[i]
		a := math.Abs(x)
		switch {
		case a < z.x[i+1]:
			return x
		case i == 0:
			for {
				e, y := -math.Log(s.open())/z.tail, -math.Log(s.open())
				if 2*y >= e*e {
					return math.Copysign(z.tail+e, x)
				}
			}
		case z.f[i]+s.Float()*(z.f[i+1]-z.f[i]) < math.Exp(-x*x/2):
			return x
		}
	}
}

// Gamma is gamma distributed with scale 1, by Marsaglia and Tsang.
func (s *Stream) Gamma(shape float64) float64 {
	if shape < 1 {
		return s.Gamma(shape+1) * math.Pow(s.open(), 1/shape)
	}
	d := shape - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for {
		x := s.Normal()
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v = v * v * v
		if math.Log(s.open()) < x*x/2+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}

// Poisson counts the arrivals of a Poisson process in a period with the mean given. Exponential gaps are exact at any
// mean; the means here are arrivals of a day.
func (s *Stream) Poisson(mean float64) (n int) {
	for t := s.Exp(); t < mean; t += s.Exp() {
		n++
	}
	return n
}
