package chart

import (
	"math"
	"strconv"
	"strings"
)

// span is a range of values.
type span struct{ low, high float64 }

func (s *span) include(x float64) { s.low, s.high = min(s.low, x), max(s.high, x) }

func emptySpan() span { return span{math.Inf(1), math.Inf(-1)} }

// ticks widens the span to round numbers (1, 2 or 5 times a power of ten) and
// returns those inside it: at most most+1 of them.
func (s span) ticks(most int) (span, []float64) {
	if s.low > s.high {
		s = span{0, 1}
	}
	if s.high-s.low < 1e-9*max(1, math.Abs(s.high)) {
		margin := max(1, math.Abs(s.high)/10)
		s = span{s.low - margin, s.high + margin}
	}
	step := math.Pow(10, math.Floor(math.Log10((s.high-s.low)/float64(most))))
	for i := 0; ; i++ {
		first, last := math.Floor(s.low/step+1e-9), math.Ceil(s.high/step-1e-9)
		if int(last-first) <= most {
			var out []float64
			for k := first; k <= last; k++ {
				out = append(out, k*step)
			}
			return span{first * step, last * step}, out
		}
		step *= [...]float64{2, 2.5, 2}[i%3]
	}
}

// at maps x to a place between from and to.
func (s span) at(x, from, to float64) float64 {
	return from + (x-s.low)/(s.high-s.low)*(to-from)
}

// number writes a value for people: at most the given decimals, no trailing noughts
// unless all are wanted, and commas between thousands.
func number(x float64, decimals int) string {
	s := strconv.FormatFloat(x, 'f', decimals, 64)
	if strings.Trim(s, "-0.") == "" {
		s = strings.TrimPrefix(s, "-") // no minus nought
	}
	whole, fraction, _ := strings.Cut(s, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction != "" {
		whole += "." + fraction
	}
	return sign + whole
}

// tickLabel writes a round number with no more decimals than it needs.
func tickLabel(x, step float64) string {
	return number(x, int(max(0, -math.Floor(math.Log10(step)+1e-9))))
}

// px writes a coordinate: a tenth of a unit is finer than any screen.
func px(x float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(x, 'f', 1, 64), ".0")
}

// path writes the drawing instruction for a line through the points; a gap
// lifts the pen.
type path struct {
	b    strings.Builder
	down bool
}

func (p *path) to(x, y float64) {
	if p.down {
		p.b.WriteString("L")
	} else {
		p.b.WriteString("M")
	}
	p.down = true
	p.b.WriteString(px(x) + " " + px(y))
}

func (p *path) lift() { p.down = false }
