package montecarlo

import "math/bits"

// random is xoshiro256++ of Blackman and Vigna: a nanosecond a number, and none
// of the known tests tells it from chance. math/rand/v2 goes through an interface
// and cannot be inlined.
type random struct{ a, b, c, d uint64 }

// newRandom gives an input its own stream in each chunk of draws, so that chunks
// can be drawn in any order. The state is filled by splitmix64, as its authors
// advise, from a mix of the three numbers.
func newRandom(seed, input, chunk uint64) random {
	var r random
	x := mix(mix(seed)+input) + chunk
	for _, s := range []*uint64{&r.a, &r.b, &r.c, &r.d} {
		x += golden
		*s = mix(x)
	}
	return r
}

// golden is 2^64 over the golden ratio, the step of splitmix64.
const golden = 0x9e3779b97f4a7c15

func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

func (r *random) next() uint64 {
	out := bits.RotateLeft64(r.a+r.d, 23) + r.a
	t := r.b << 17
	r.c ^= r.a
	r.d ^= r.b
	r.b ^= r.c
	r.a ^= r.d
	r.c ^= t
	r.d = bits.RotateLeft64(r.d, 45)
	return out
}

// float is uniform in [0,1).
func (r *random) float() float64 { return float64(r.next()>>11) * 0x1p-53 }
