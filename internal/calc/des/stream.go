package des

import (
	"math"
	"math/bits"
)

// Stream is a random stream: xoshiro256++, 32 bytes, no allocation.
type Stream struct{ a, b, c, d uint64 }

// NewStream is the stream of one purpose in one replication.
func NewStream(seed uint64, replication int, purpose string) Stream {
	// FNV-1a over the name, then splitmix64, whose four outputs are never all zero.
	h := uint64(14695981039346656037)
	for i := range len(purpose) {
		h = (h ^ uint64(purpose[i])) * 1099511628211
	}
	x := mix(mix(mix(seed)+uint64(replication)) + h)
	var out [4]uint64
	for i := range out {
		x += golden
		out[i] = mix(x)
	}
	return Stream{out[0], out[1], out[2], out[3]}
}

const golden = 0x9e3779b97f4a7c15

func mix(x uint64) uint64 {
	x += golden
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// Uint64 is the next 64 random bits.
func (s *Stream) Uint64() uint64 {
	out := bits.RotateLeft64(s.a+s.d, 23) + s.a
	t := s.b << 17
	s.c ^= s.a
	s.d ^= s.b
	s.b ^= s.c
	s.a ^= s.d
	s.c ^= t
	s.d = bits.RotateLeft64(s.d, 45)
	return out
}

// Float is uniform on [0, 1).
func (s *Stream) Float() float64 { return float64(s.Uint64()>>11) * 0x1p-53 }

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
