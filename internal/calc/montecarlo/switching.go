package montecarlo

import (
	"fmt"
	"math"
)

const (
	// The search goes outwards from the mode in steps of a hundredth of the range,
	// and from five ranges on by a twentieth of the distance, to 1e9 times the range or
	// the mode, whichever is larger.
	steps, evenly, grows, farthest = 100, 5, 1.05, 1e9
	// A range under least has no hundredth that a float can say.
	least = 1e-300
)

// switching finds for each input the value nearest to its mode at which the
// result is 0 and changes its sign.
func (t *task) switching(out *Output) {
	out.Switching = make(map[string]*float64, len(t.names))
	m, at := t.program.machine(1), t.modes()
	for i, v := range t.values {
		value := func(x float64) float64 {
			at[i] = x
			return m.at(at)
		}
		out.Switching[t.names[i]] = nil
		if t.program.uses(i) {
			out.Switching[t.names[i]] = root(value, v)
		}
		at[i] = v.Mode
		if out.Switching[t.names[i]] == nil {
			out.Warnings = append(out.Warnings, fmt.Sprintf("switching: no value of %s makes the result 0", t.names[i]))
		}
	}
}

// root is the zero of f nearest to the mode.
func root(f func(float64) float64, v Variable) *float64 {
	scale := v.Max - v.Min
	if scale == 0 {
		scale = math.Abs(v.Mode)
	}
	if scale < least {
		scale = 1
	}
	start := f(v.Mode)
	if start == 0 {
		return &v.Mode
	}
	last := [2]point{{v.Mode, start}, {v.Mode, start}}
	most := farthest * max(scale, math.Abs(v.Mode))
	for away := scale / steps; away <= most; {
		var best *float64
		for side, direction := range [2]float64{1, -1} {
			p := point{x: v.Mode + direction*away}
			p.y = f(p.x)
			if x, ok := between(f, last[side], p); ok && (best == nil || math.Abs(x-v.Mode) < math.Abs(*best-v.Mode)) {
				best = &x
			}
			last[side] = p
		}
		if best != nil {
			return best
		}
		if away < evenly*scale {
			away += scale / steps
		} else {
			away *= grows
		}
	}
	return nil
}

type point struct{ x, y float64 }

// between halves the way from a to b as long as the sign changes there. At a pole
// the sign changes too, but the values grow.
func between(f func(float64) float64, a, b point) (float64, bool) {
	if b.y == 0 {
		return b.x, true
	}
	if !(a.y < 0 && b.y > 0 || a.y > 0 && b.y < 0) || math.IsInf(a.y, 0) || math.IsInf(b.y, 0) {
		return 0, false
	}
	most := max(math.Abs(a.y), math.Abs(b.y))
	for {
		mid := point{x: a.x + (b.x-a.x)/2}
		if mid.x == a.x || mid.x == b.x {
			break
		}
		mid.y = f(mid.x)
		switch {
		case mid.y == 0:
			return mid.x, true
		case math.IsNaN(mid.y):
			return 0, false
		case (mid.y > 0) == (a.y > 0):
			a = mid
		default:
			b = mid
		}
	}
	if math.Abs(b.y) < math.Abs(a.y) {
		a = b
	}
	return a.x, math.Abs(a.y) <= most
}
