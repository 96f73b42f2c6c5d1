package montecarlo

import "github.com/rowan-ohwb/rowan/internal/calc/random"

// newRandom gives an input its own stream in each chunk of draws, so that chunks can be drawn in any order.
func newRandom(seed, input, chunk uint64) random.Source {
	return random.New(random.Mix(random.Mix(seed)+input) + chunk)
}
