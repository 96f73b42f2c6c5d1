// Package option names the four ways in which every business case is told: do nothing, do minimum, what is preferred, do
// maximum. A planned change is in an option or not; doing nothing has none.
package option

// Option is one of the four.
type Option string

// The options.
const (
	Nothing   Option = "nothing"
	Minimum   Option = "minimum"
	Preferred Option = "preferred"
	Maximum   Option = "maximum"
)

// All lists them from the least to the most.
var All = []Option{Nothing, Minimum, Preferred, Maximum}

// Valid says whether it is one of the four.
func (o Option) Valid() bool {
	for _, x := range All {
		if o == x {
			return true
		}
	}
	return false
}
