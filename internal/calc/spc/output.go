package spc

// Number is a value that may be missing.
type Number struct {
	Value float64
	Known bool
}

// Some is a known number.
func Some(x float64) Number { return Number{Value: x, Known: true} }

// Series makes known numbers of plain ones.
func Series(xs ...float64) []Number {
	out := make([]Number, len(xs))
	for i, x := range xs {
		out[i] = Some(x)
	}
	return out
}

// Rules is the set of rules that flag a point.
type Rules uint8

// The rules, in the order in which they are listed.
const (
	Outlier Rules = 1 << iota
	Shift
	Trend
	TwoInThree
)

// NoRules stands where there is no value: nothing was looked for. It holds none of the rules.
const NoRules Rules = 1 << 7

// Has reports whether r contains rule.
func (r Rules) Has(rule Rules) bool { return r&rule != 0 }

// Point is the class of a point; empty where there is no value.
type Point string

// The classes of a point.
const (
	CommonCause        Point = "common_cause"
	Improvement        Point = "improvement"
	Concern            Point = "concern"
	SpecialNeutralHigh Point = "special_neutral_high"
	SpecialNeutralLow  Point = "special_neutral_low"
)

// Variation is the icon for the last point; empty where there is none.
type Variation string

// The variation icons.
const (
	VariationCommonCause     Variation = "common_cause"
	VariationImprovementHigh Variation = "improvement_high"
	VariationImprovementLow  Variation = "improvement_low"
	VariationConcernHigh     Variation = "concern_high"
	VariationConcernLow      Variation = "concern_low"
	VariationNeutralHigh     Variation = "neutral_high"
	VariationNeutralLow      Variation = "neutral_low"
)

// Assurance is the icon for the target; empty where there is none.
type Assurance string

// The assurance icons.
const (
	Pass      Assurance = "pass"
	Fail      Assurance = "fail"
	HitOrMiss Assurance = "hit_or_miss"
)

// Segment counts recalculations from 0; NoSegment stands where there is no value.
type Segment int

// NoSegment is the segment of a missing value.
const NoSegment Segment = -1

// Output is a chart. The slices are as long as the values, in their order.
type Output struct {
	Mean      []Number  `json:"mean"`
	Lower     []Number  `json:"lower"`
	Upper     []Number  `json:"upper"`
	Segment   []Segment `json:"segment"`
	Rules     []Rules   `json:"rules"`
	Point     []Point   `json:"point"`
	Variation Variation `json:"variation"`
	Assurance Assurance `json:"assurance"`
	Warnings  []string  `json:"warnings"`
}

func newOutput(n int) Output {
	lines := make([]Number, 3*n) // one allocation for the three lines
	out := Output{
		Mean: lines[:n:n], Lower: lines[n : 2*n : 2*n], Upper: lines[2*n:],
		Segment: make([]Segment, n), Rules: make([]Rules, n), Point: make([]Point, n),
		Warnings: []string{},
	}
	for i := range out.Segment {
		out.Segment[i], out.Rules[i] = NoSegment, NoRules
	}
	return out
}
