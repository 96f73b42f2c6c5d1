package model

import (
	"errors"

	"gopkg.in/yaml.v3"

	"github.com/rowan-ohwb/rowan/internal/calc/des"
	"github.com/rowan-ohwb/rowan/internal/calc/des/network"
)

// class is a class as it is written, for either engine.
type class struct {
	network.Class
	node      *yaml.Node
	arrivals  arrivals
	pathway   pathway
	clinicKey string // the first key that only a clinic has
}

func (r *reader) class(n *yaml.Node) error {
	c := class{Class: network.Class{Priority: usualPriority}, node: n, pathway: newPathway()}
	f := fields{
		"name":     text(&c.Name, "name"),
		"arrivals": r.arrivals(&c.arrivals),
		"priority": whole(&c.Priority, "priority"),
		"start":    startAt(&c.Start),
		"patience": distribution(&c.Patience, "patience"),
		"backlog":  whole(&c.Backlog, "backlog"),
	}
	for key, read := range c.pathway.fields() {
		f[key] = func(n *yaml.Node) error {
			if c.clinicKey == "" {
				c.clinicKey = key
			}
			return read(n)
		}
	}
	if err := object(n, "a class", f); err != nil {
		return err
	}
	if c.Name == "" {
		return errors.New("a class needs a name")
	}
	if c.Priority < 0 || c.Priority > mostPriority {
		return wrong(n, "class %s: priority is %d: from 0, the most urgent, to %d", c.Name, c.Priority, mostPriority)
	}
	r.classes = append(r.classes, c)
	return nil
}

// usualPriority is that of a class that names none.
const usualPriority, mostPriority = 1, 1000

// startAt reads the name of a station, or probabilities by name.
func startAt(to *map[string]float64) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if n.Kind != yaml.ScalarNode {
			return shares(to, "start")(n)
		}
		var name string
		err := text(&name, "start")(n)
		*to = map[string]float64{name: 1}
		return err
	}
}

func shares(to *map[string]float64, what string) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		*to = map[string]float64{}
		return named(n, what, func(name string, value *yaml.Node) error {
			var p float64
			err := number(&p, "the probability of "+name)(value)
			(*to)[name] = p
			return err
		})
	}
}

func (r *reader) station(n *yaml.Node) error {
	var s network.Station
	err := object(n, "a station", fields{
		"name":     text(&s.Name, "name"),
		"servers":  whole(&s.Servers, "servers"),
		"service":  distribution(&s.Service, "service"),
		"patience": distribution(&s.Patience, "patience"),
		"services": func(n *yaml.Node) error {
			s.Services = map[string]des.Dist{}
			return named(n, "services", func(name string, value *yaml.Node) error {
				var d des.Dist
				err := distribution(&d, "services of "+name)(value)
				s.Services[name] = d
				return err
			})
		},
		"balking": func(n *yaml.Node) error {
			s.Balk = &network.Balk{Queue: -1, Probability: 1}
			if n.Kind == yaml.ScalarNode {
				return whole(&s.Balk.Queue, "balking")(n)
			}
			return object(n, "balking", fields{"queue": whole(&s.Balk.Queue, "queue"), "probability": number(&s.Balk.Probability, "probability")})
		},
	})
	if err == nil && s.Name == "" {
		err = errors.New("a station needs a name")
	}
	r.stations = append(r.stations, s)
	return err
}

func (r *reader) route(n *yaml.Node) error {
	var route network.Route
	err := object(n, "a route", fields{
		"from":  text(&route.From, "from"),
		"class": text(&route.Class, "class"),
		"to":    shares(&route.To, "to"),
	})
	if err == nil && route.From == "" {
		err = errors.New("a route needs the station it comes from")
	}
	r.routes = append(r.routes, route)
	return err
}
