package model

import (
	"fmt"
	"slices"

	"gopkg.in/yaml.v3"
)

// scenario is a change of a model.
type scenario struct {
	name   string
	change *yaml.Node
}

// mostScenarios keeps a file readable.
const mostScenarios = 100

// takeScenarios takes the scenarios out of the model and reads their names.
func takeScenarios(root *yaml.Node) ([]scenario, error) {
	var all []scenario
	if root.Kind != yaml.MappingNode {
		return nil, nil // refused by whoever reads the model
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		if root.Content[i].Value != "scenarios" {
			continue
		}
		node := root.Content[i+1]
		root.Content = append(root.Content[:i:i], root.Content[i+2:]...)
		err := named(node, "scenarios", func(name string, value *yaml.Node) error {
			if len(all) == mostScenarios {
				return fmt.Errorf("there are more than %d scenarios", mostScenarios)
			}
			if value.Kind != yaml.MappingNode {
				return wrong(value, "scenario %s is %s, not a mapping of what it changes", name, describe(value))
			}
			all = append(all, scenario{name, value})
			return nil
		})
		return all, err
	}
	return nil, nil
}

// choices are keys whose mapping is one choice, and replaced as a whole: half an old distribution and half a new one
// would be neither.
var choices = map[string]bool{"horizon": true, "warmup": true, "arrivals": true, "start": true, "to": true, "service": true, "patience": true,
	"recruitment": true, "gap": true}

// merge writes a change into a mapping.
func merge(base, change *yaml.Node) {
	for i := 0; i+1 < len(change.Content); i += 2 {
		key, value := change.Content[i], change.Content[i+1]
		at := -1
		for j := 0; j+1 < len(base.Content); j += 2 {
			if base.Content[j].Value == key.Value {
				at = j + 1
			}
		}
		if at < 0 {
			base.Content = append(base.Content, key, value)
			continue
		}
		old := base.Content[at]
		switch {
		case old.Kind == yaml.MappingNode && value.Kind == yaml.MappingNode && !choices[key.Value]:
			merge(old, value)
		case haveNames(old) && haveNames(value):
			mergeNamed(old, value)
		default:
			base.Content[at] = value
		}
	}
}

// label is what an item of a list is known by: its name or, for a route, where it comes from and for whom.
func label(n *yaml.Node) (l string) {
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if key := n.Content[i].Value; key == "name" || key == "from" || key == "class" {
			l += key + " " + n.Content[i+1].Value + "\n"
		}
	}
	return l
}

// haveNames knows a list whose items all have a label.
func haveNames(n *yaml.Node) bool {
	for _, item := range n.Content {
		if label(item) == "" {
			return false
		}
	}
	return n.Kind == yaml.SequenceNode && len(n.Content) > 0
}

func mergeNamed(base, change *yaml.Node) {
	for _, item := range change.Content {
		i := slices.IndexFunc(base.Content, func(b *yaml.Node) bool { return label(b) == label(item) })
		if i < 0 {
			base.Content = append(base.Content, item)
		} else {
			merge(base.Content[i], item)
		}
	}
}
