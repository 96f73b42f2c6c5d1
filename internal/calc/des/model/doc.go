// Package model reads a simulation from YAML and makes it ready to run: a network of stations, or a clinic with a diary.
// Unknown keys, keys given twice, anchors and values of the wrong kind are refused with the number of the line; so is
// whatever is larger than the engines allow.
//
// # Scenarios
//
// A scenario is a part of a model written again under scenarios: mappings are merged key by key, lists whose items have
// names are merged by name (an unknown name is added, in its place at the end), and anything else is replaced. Base and
// scenario share their random numbers, because streams are named after what they are for.
//
// It is the one calculator that imports a library for its input, gopkg.in/yaml.v3; the engines import none.
package model
