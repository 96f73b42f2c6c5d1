package model

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/des/network"
	"github.com/rowan-ohwb/rowan/internal/calc/des/report"
)

// MostYAML bounds a model file: the largest network allowed, written out, fits.
const MostYAML = 4 << 20

// Files reads a file that a model names.
type Files func(path string) ([]byte, error)

// Model is one that can be run.
type Model struct {
	report.Model
	Unit      string   // of its times; empty where the file names none and needs none
	Weeks     bool     // the horizon is in weeks
	Scenarios []string // that the file describes
}

// Parse reads a model, changed by the scenario of the name given unless that is empty.
func Parse(data []byte, scenario string, files Files) (*Model, error) {
	if len(data) > MostYAML {
		return nil, fmt.Errorf("the model is over %d MB", MostYAML>>20)
	}
	root, err := document(data)
	if err != nil {
		return nil, err
	}
	all, err := takeScenarios(root)
	if err != nil {
		return nil, err
	}
	m := &Model{}
	for _, s := range all {
		m.Scenarios = append(m.Scenarios, s.name)
		if s.name == scenario {
			merge(root, s.change)
			scenario = ""
		}
	}
	switch {
	case scenario != "" && len(all) == 0:
		return nil, fmt.Errorf("there is no scenario %q: the model describes none", scenario)
	case scenario != "":
		return nil, fmt.Errorf("there is no scenario %q; there are: %s", scenario, strings.Join(m.Scenarios, ", "))
	}
	r := reader{files: files}
	if err := r.read(root); err != nil {
		return nil, err
	}
	m.Weeks = r.weeks > 0
	if m.Unit = r.unit; m.Unit == "" && r.weeks+r.warmup.weeks > 0 {
		m.Unit = defaultUnit
	}
	m.Model, err = r.compile()
	return m, err
}

// Warnings are what the user should know of the model itself.
func (m *Model) Warnings() []string {
	if w, ok := m.Model.(interface{ Warnings() []string }); ok {
		return w.Warnings()
	}
	return nil
}

// document is the one mapping of a file, free of anchors.
func document(data []byte) (*yaml.Node, error) {
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var doc, more yaml.Node
	if err := dec.Decode(&doc); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, errors.New("the model is empty")
		}
		return nil, sentence(err)
	}
	if err := dec.Decode(&more); !errors.Is(err, io.EOF) {
		if err != nil {
			return nil, sentence(err)
		}
		return nil, wrong(&more, "a second document begins: a file holds one model")
	}
	root := doc.Content[0]
	return root, plain(root)
}

// sentence keeps the library's message, which has the line, in our form.
func sentence(err error) error {
	return errors.New("bad YAML: " + strings.TrimPrefix(err.Error(), "yaml: "))
}

// plain refuses anchors and aliases, which could make a small file a huge model.
func plain(n *yaml.Node) error {
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		return wrong(n, "anchors and aliases are not used in models")
	}
	for _, c := range n.Content {
		if err := plain(c); err != nil {
			return err
		}
	}
	return nil
}

// reader holds what has been read.
type reader struct {
	files     Files
	unit      string
	start     civil.Date
	customers int64
	weeks     int
	warmup    struct {
		customers int64
		weeks     int
	}
	target   float64
	classes  []class
	stations []network.Station
	routes   []network.Route
	clinic   *clinicText
}

// units are the names of a unit of time, and how many of it make a week.
var units = map[string]float64{"minute": 7 * 24 * 60, "hour": 7 * 24, "day": 7, "week": 1}

// defaultUnit is what a horizon in weeks is told in.
const defaultUnit = "week"

// week is the length of a week in the unit of the model.
func (r *reader) week() float64 {
	if r.unit == "" {
		return units[defaultUnit]
	}
	return units[r.unit]
}

// A model without a start begins on a Monday, so that its weeks are those of the calendar.
var defaultStart = civil.Date{Year: 2026, Month: 1, Day: 5}

// Years in which a model may start: the arithmetic would carry further, sense would not.
const firstYear, lastYear = 2000, 2100

func (r *reader) read(root *yaml.Node) error {
	r.start = defaultStart
	err := object(root, "the model", fields{
		"unit": func(n *yaml.Node) error {
			if err := text(&r.unit, "unit")(n); err != nil {
				return err
			}
			if units[r.unit] == 0 {
				return fmt.Errorf("unit %q is not minute, hour, day or week", r.unit)
			}
			return nil
		},
		"start": func(n *yaml.Node) error {
			if err := date(&r.start, "start")(n); err != nil {
				return err
			}
			if r.start.Year < firstYear || r.start.Year > lastYear {
				return fmt.Errorf("start lies outside the years %d to %d", firstYear, lastYear)
			}
			return nil
		},
		"horizon":  length(&r.customers, &r.weeks, "horizon"),
		"warmup":   length(&r.warmup.customers, &r.warmup.weeks, "warmup"),
		"target":   number(&r.target, "target"),
		"classes":  func(n *yaml.Node) error { return list(n, "classes", r.class) },
		"stations": func(n *yaml.Node) error { return list(n, "stations", r.station) },
		"routes":   func(n *yaml.Node) error { return list(n, "routes", r.route) },
		"clinic":   r.readClinic,
	})
	if err != nil {
		return err
	}
	if r.weeks > network.MostWeeks { // before anything is made by the day
		return fmt.Errorf("horizon: weeks is %d: from 1 to %d", r.weeks, network.MostWeeks)
	}
	if r.clinic != nil && (r.stations != nil || r.routes != nil) {
		return errors.New("a model has either a clinic or stations with routes")
	}
	return nil
}

func length(customers *int64, weeks *int, what string) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		return object(n, what, fields{"customers": whole(customers, what+" customers"), "weeks": whole(weeks, what+" weeks")})
	}
}

func (r *reader) compile() (report.Model, error) {
	if r.clinic != nil {
		return r.compileClinic()
	}
	spec := network.Spec{Stations: r.stations, Routes: r.routes, Customers: r.customers, WarmupCustomers: r.warmup.customers,
		Weeks: r.weeks, WarmupWeeks: r.warmup.weeks, Week: r.week(), Target: r.target}
	for _, c := range r.classes {
		if c.clinicKey != "" {
			return nil, wrong(c.node, "class %s: %s belongs to a clinic, and there is none", c.Name, c.clinicKey)
		}
		a := c.arrivals.spec(r.start, daysOfWeek*r.weeks, r.week()/daysOfWeek)
		if a.Daily != nil && r.weeks == 0 {
			return nil, wrong(c.arrivals.node, "class %s: a profile by weekday or month needs a horizon in weeks", c.Name)
		}
		c.Class.Arrivals = a
		spec.Classes = append(spec.Classes, c.Class)
	}
	n, err := network.Compile(spec)
	if err != nil {
		return nil, err
	}
	return n, nil
}
