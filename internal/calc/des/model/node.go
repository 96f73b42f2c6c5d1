package model

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

// fields says what each key of a mapping is for.
type fields map[string]func(*yaml.Node) error

// at puts the line in front of what is wrong, unless an inner value has done so.
func at(n *yaml.Node, err error) error {
	if err == nil || strings.HasPrefix(err.Error(), "line ") {
		return err
	}
	return fmt.Errorf("line %d: %w", n.Line, err)
}

func wrong(n *yaml.Node, format string, args ...any) error {
	return at(n, fmt.Errorf(format, args...))
}

// describe says what a node is, in the words of somebody who writes YAML.
func describe(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	case yaml.AliasNode:
		return "an alias"
	}
	if n.Tag == "!!null" {
		return "nothing"
	}
	return fmt.Sprintf("%q", n.Value)
}

// object reads a mapping and refuses unknown keys and keys given twice.
func object(n *yaml.Node, what string, f fields) error {
	if n.Kind != yaml.MappingNode {
		return wrong(n, "%s is %s, not a mapping of keys to values", what, describe(n))
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		read, known := f[key.Value]
		switch {
		case !known || key.Kind != yaml.ScalarNode:
			return wrong(key, "unknown key %q in %s; there are %s", key.Value, what, strings.Join(keys(f), ", "))
		case seen[key.Value]:
			return wrong(key, "key %q appears twice in %s", key.Value, what)
		}
		seen[key.Value] = true
		if err := read(value); err != nil {
			return at(value, err)
		}
	}
	return nil
}

func keys(f fields) (names []string) {
	for k := range f {
		names = append(names, k)
	}
	slices.Sort(names)
	return names
}

// list reads a sequence.
func list(n *yaml.Node, what string, each func(*yaml.Node) error) error {
	if n.Kind != yaml.SequenceNode {
		return wrong(n, "%s is %s, not a list", what, describe(n))
	}
	for _, item := range n.Content {
		if err := each(item); err != nil {
			return at(item, err)
		}
	}
	return nil
}

// named reads a mapping whose keys are names.
func named(n *yaml.Node, what string, each func(name string, value *yaml.Node) error) error {
	if n.Kind != yaml.MappingNode {
		return wrong(n, "%s is %s, not a mapping of names to values", what, describe(n))
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		var name string
		if err := text(&name, what)(n.Content[i]); err != nil {
			return err
		}
		if seen[name] {
			return wrong(n.Content[i], "key %q appears twice in %s", name, what)
		}
		seen[name] = true
		if err := each(name, n.Content[i+1]); err != nil {
			return at(n.Content[i+1], err)
		}
	}
	return nil
}

// number reads a finite number.
func number(to *float64, what string) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		var x float64
		if n.Kind != yaml.ScalarNode || n.Tag != "!!int" && n.Tag != "!!float" || n.Decode(&x) != nil || math.IsNaN(x) || math.IsInf(x, 0) {
			return wrong(n, "%s is %s, not a number", what, describe(n))
		}
		*to = x
		return nil
	}
}

// whole reads an integer.
func whole[T int | int64](to *T, what string) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		var x float64
		if err := number(&x, what)(n); err != nil {
			return err
		}
		if x != math.Trunc(x) || math.Abs(x) > 1e15 {
			return wrong(n, "%s is %s, not a whole number", what, describe(n))
		}
		*to = T(x)
		return nil
	}
}

// numbers reads a list of numbers; want is its length, or 0 for any.
func numbers(to *[]float64, what string, want int) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		values := []float64{}
		err := list(n, what, func(item *yaml.Node) error {
			var x float64
			err := number(&x, what)(item)
			values = append(values, x)
			return err
		})
		if err == nil && want > 0 && len(values) != want {
			err = wrong(n, "%s has %d numbers, not %d", what, len(values), want)
		}
		*to = values
		return err
	}
}

// longestName keeps the output readable.
const longestName = 100

// text reads a name.
func text(to *string, what string) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if n.Kind != yaml.ScalarNode || n.Tag == "!!null" || n.Value == "" {
			return wrong(n, "%s is %s, not a name", what, describe(n))
		}
		if len(n.Value) > longestName {
			return wrong(n, "%s is longer than %d letters", what, longestName)
		}
		*to = n.Value
		return nil
	}
}

// date reads a day written YYYY-MM-DD.
func date(to *civil.Date, what string) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		d, err := civil.Parse(n.Value)
		if n.Kind != yaml.ScalarNode || err != nil {
			return wrong(n, "%s is %s, not a date written YYYY-MM-DD", what, describe(n))
		}
		*to = d
		return nil
	}
}
