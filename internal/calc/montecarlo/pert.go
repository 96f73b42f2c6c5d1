package montecarlo

import (
	"math"
	"math/bits"

	"github.com/rowan-ohwb/rowan/internal/calc/random"
)

// strips is the usual number of strips. 512 make a table of 12 KB, which shares
// the first cache with the columns, and leave 1 draw in 100 to the slow path.
const strips = 512

// pert draws from a PERT distribution exactly, by Ahrens' table of strips: under
// a staircase of strips of equal area, most of each strip lies under the density
// as well, and a point there is a draw. Only a point in the upper rest of its
// strip needs the density itself. The density is on 0 to 1 with its mode t and
// height 1, p(x) = (x/t)^4t ((1-x)/(1-t))^4(1-t).
type pert struct {
	min, width float64
	t          float64
	table      []strip
	whole      []rectangle
}

// strip is what the quick path needs of one strip, in the input's unit.
type strip struct {
	sure   float64 // share of the strip's height that lies under the density
	start  float64 // the end nearer the mode
	across float64 // signed width over sure: the height of a sure point, stretched, is its place
}

// rectangle is the whole strip on the scale from 0 to 1. Its far end may stick out
// beyond the range, where the density is 0.
type rectangle struct{ start, width, height float64 }

// atEnd is how near to an end a mode is taken to be there, as a share of the range.
// No chance changes by more than 1e-10, and x/t cannot overflow.
const atEnd = 1e-12

func newPERT(lowest, mode, highest float64) *pert {
	d := &pert{min: lowest, width: highest - lowest, t: (mode - lowest) / (highest - lowest)}
	switch {
	case d.t < atEnd:
		d.t = 0
	case d.t > 1-atEnd:
		d.t = 1
	}
	area := d.area() / strips
	for x := d.t; x < 1; {
		x = d.add(x, area)
	}
	for x := d.t; x > 0; {
		x = d.add(x, -area)
	}
	return d
}

// add puts a strip of the area from x outwards, to the left if that is negative,
// and gives its other end.
func (d *pert) add(x, area float64) float64 {
	height := d.density(x)
	r := rectangle{start: x, width: area / height, height: height}
	s := strip{sure: d.density(x+r.width) / height, start: d.min + x*d.width}
	if s.sure > 0 {
		s.across = r.width * d.width / s.sure
	}
	d.table, d.whole = append(d.table, s), append(d.whole, r)
	return x + r.width
}

// density is p at x on the scale from 0 to 1.
func (d *pert) density(x float64) float64 {
	if x < 0 || x > 1 {
		return 0
	}
	left, right := 1.0, 1.0
	if d.t > 0 {
		left = math.Pow(x/d.t, 4*d.t)
	}
	if d.t < 1 {
		right = math.Pow((1-x)/(1-d.t), 4*(1-d.t))
	}
	return left * right
}

// area is that under the density, by the closed form of the beta function:
// B(1+4t, 5-4t) over the height at the mode.
func (d *pert) area() float64 {
	a, _ := math.Lgamma(1 + 4*d.t)
	b, _ := math.Lgamma(5 - 4*d.t)
	c, _ := math.Lgamma(6)
	height := 0.0 // ln t^4t (1-t)^(4-4t)
	for _, s := range []float64{d.t, 1 - d.t} {
		if s > 0 {
			height += 4 * s * math.Log(s)
		}
	}
	return math.Exp(a + b - c - height)
}

// fill draws one value for each place of the column. The 64 random bits times the
// number of strips are the strip and, below the point, a height in it.
func (d *pert) fill(column []float64, r *random.Source) {
	s, n := *r, uint64(len(d.table))
	for i := range column {
		which, rest := bits.Mul64(s.Uint64(), n)
		height := float64(rest>>11) * 0x1p-53
		at := &d.table[which]
		if height < at.sure {
			column[i] = at.start + at.across*height
			continue
		}
		column[i] = d.slow(&s, which, height)
	}
	*r = s
}

// slow decides about a point in the upper part of a strip, and goes on until a
// point lies under the density.
func (d *pert) slow(r *random.Source, which uint64, height float64) float64 {
	for {
		if s := d.table[which]; height < s.sure {
			return s.start + s.across*height
		}
		w := d.whole[which]
		if x := w.start + w.width*r.Float(); height*w.height < d.density(x) {
			return d.min + x*d.width
		}
		var rest uint64
		which, rest = bits.Mul64(r.Uint64(), uint64(len(d.table)))
		height = float64(rest>>11) * 0x1p-53
	}
}
