package spc

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"

	"github.com/rowan-ohwb/rowan/internal/calc/strict"
)

// Decode reads one chart of JSON. Unknown keys are refused.
func Decode(data []byte) (Input, error) {
	var in Input
	if err := strict.Object(data, &in); err != nil {
		return Input{}, err
	}
	return in, nil
}

// Run reads one chart and writes its answer: the body of "rowan calc spc".
func Run(data []byte) ([]byte, error) {
	in, err := Decode(data)
	if err != nil {
		return nil, err
	}
	out, err := Compute(in)
	if err != nil {
		return nil, err
	}
	return json.Marshal(out)
}

var null = []byte("null")

// MarshalJSON writes the number, or null where it is missing.
func (n Number) MarshalJSON() ([]byte, error) {
	if !n.Known {
		return null, nil
	}
	return json.Marshal(n.Value)
}

// UnmarshalJSON reads a number or null.
func (n *Number) UnmarshalJSON(data []byte) error {
	*n = Number{}
	if bytes.Equal(data, null) {
		return nil
	}
	if err := json.Unmarshal(data, &n.Value); err != nil {
		return errors.New("give a number or null, not " + string(data))
	}
	n.Known = true
	return nil
}

// MarshalJSON writes null for the segment of a missing value.
func (s Segment) MarshalJSON() ([]byte, error) {
	if s == NoSegment {
		return null, nil
	}
	return strconv.AppendInt(nil, int64(s), 10), nil
}

// Names lists the rules as the wire form calls them.
func (r Rules) Names() []string {
	names := []string{}
	for i, name := range [...]string{"outlier", "shift", "trend", "two_of_three"} {
		if r.Has(1 << i) {
			names = append(names, name)
		}
	}
	return names
}

// MarshalJSON writes the names of the rules, and null for a missing value: an empty list would say that it was
// looked at and found quiet.
func (r Rules) MarshalJSON() ([]byte, error) {
	if r == NoRules {
		return null, nil
	}
	return json.Marshal(r.Names())
}

// MarshalJSON writes null for the class of a missing value.
func (p Point) MarshalJSON() ([]byte, error) { return orNull(string(p)) }

// MarshalJSON writes null where there is no icon.
func (v Variation) MarshalJSON() ([]byte, error) { return orNull(string(v)) }

// MarshalJSON writes null where there is no icon.
func (a Assurance) MarshalJSON() ([]byte, error) { return orNull(string(a)) }

func orNull(s string) ([]byte, error) {
	if s == "" {
		return null, nil
	}
	return json.Marshal(s)
}
