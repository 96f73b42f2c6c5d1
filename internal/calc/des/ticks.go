package des

import (
	"errors"
	"math"
)

// Never is a moment that no model reaches.
const Never = int64(1) << 62

// ErrTooLong means that a model ran off the end of integer time.
var ErrTooLong = errors.New("the model runs past the end of its clock: its times differ too much in size")

// Ticks is the number of ticks in the model's unit of time: a power of two, so that converting is exact.
type Ticks float64

// TicksFor gives the shortest mean time of a model 2^24 ticks or more.
func TicksFor(shortest float64) Ticks {
	return Ticks(math.Ldexp(1, 24-int(math.Floor(math.Log2(shortest)))))
}

// Of rounds a time to ticks.
func (t Ticks) Of(time float64) int64 {
	x := time*float64(t) + 0.5
	if x >= float64(Never) {
		return Never
	}
	return int64(x)
}

// Time is the time of so many ticks.
func (t Ticks) Time(ticks float64) float64 { return ticks / float64(t) }

// After is a moment later by d, or Never.
func After(now, d int64) int64 {
	if d >= Never-now {
		return Never
	}
	return now + d
}
