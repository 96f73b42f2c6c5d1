package montecarlo

import "math"

// block is the number of draws that are computed together: columns of 4 KB, of
// which a dozen fit the first cache.
const block = 512

// place says what kind of column an operand is.
type place int

const (
	input place = iota
	constant
	temporary
)

type operand struct {
	where place
	index int
}

type operator int

const (
	add operator = iota
	subtract
	multiply
	divide
	power
	lesser
	greater
	absolute // of the first; it has no second
)

var operators = map[string]operator{"+": add, "-": subtract, "*": multiply, "/": divide, "^": power, "**": power}

// functions of the expression language that can be used.
var functions = map[string]operator{"min": lesser, "max": greater, "abs": absolute}

type instruction struct {
	do       operator
	a, b, to operand
}

// program is a list of operations on columns. It is immutable once compiled.
type program struct {
	inputs      int
	constants   []float64
	temporaries int
	code        []instruction
	result      operand
}

// machine holds the columns of one run of a program, each of the same length.
type machine struct {
	*program
	columns [3][][]float64 // by place
}

func (p *program) machine(length int) *machine {
	m := &machine{program: p}
	for place, n := range [...]int{p.inputs, len(p.constants), p.temporaries} {
		m.columns[place] = make([][]float64, n)
		for i := range m.columns[place] {
			m.columns[place][i] = make([]float64, length)
		}
	}
	for i, x := range p.constants {
		for j := range m.columns[constant][i] {
			m.columns[constant][i][j] = x
		}
	}
	return m
}

func (m *machine) column(o operand) []float64 { return m.columns[o.where][o.index] }

// run computes the column of results from those of the inputs.
func (m *machine) run() []float64 {
	for _, c := range m.code {
		c.do.columns(m.column(c.to), m.column(c.a), m.column(c.b))
	}
	return m.column(m.result)
}

// at is the result for one set of inputs, on a machine of length 1.
func (m *machine) at(inputs []float64) float64 {
	for i, x := range inputs {
		m.columns[input][i][0] = x
	}
	return m.run()[0]
}

// columns writes the results of two columns of equal length. The compiler sees
// from the first lines that no index is out of range.
func (do operator) columns(to, a, b []float64) {
	a, b = a[:len(to)], b[:len(to)]
	switch do {
	case add:
		for i := range to {
			to[i] = a[i] + b[i]
		}
	case subtract:
		for i := range to {
			to[i] = a[i] - b[i]
		}
	case multiply:
		for i := range to {
			to[i] = a[i] * b[i]
		}
	case divide:
		for i := range to {
			to[i] = a[i] / b[i]
		}
	case power:
		for i := range to {
			to[i] = math.Pow(a[i], b[i])
		}
	case lesser:
		for i := range to {
			to[i] = min(a[i], b[i])
		}
	case greater:
		for i := range to {
			to[i] = max(a[i], b[i])
		}
	case absolute:
		for i := range to {
			to[i] = math.Abs(a[i])
		}
	}
}

func (do operator) scalar(a, b float64) float64 {
	var to [1]float64
	do.columns(to[:], []float64{a}, []float64{b})
	return to[0]
}

// uses says whether an input is in the expression.
func (p *program) uses(i int) bool {
	o := operand{input, i}
	if p.result == o {
		return true
	}
	for _, c := range p.code {
		if c.a == o || c.b == o {
			return true
		}
	}
	return false
}
