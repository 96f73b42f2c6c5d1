// Package wire is the register of calculators that speak JSON: the body of
// "rowan calc NAME". Each takes one JSON object and gives one; an array of inputs
// gives an array of outputs, and one bad item fails all, named by its index.
package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/calc/appraisal"
	"github.com/rowan-ohwb/rowan/internal/calc/funnel"
	"github.com/rowan-ohwb/rowan/internal/calc/montecarlo"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
)

// calculator is one entry of the register.
type calculator struct {
	run     func([]byte) ([]byte, error)
	example string
}

var register = map[string]calculator{
	"appraisal": {appraisal.Run, `{"capital":[120000],"running":[0,40000,40000,40000,40000,40000],"benefits":[0,50000,90000,110000,110000,110000],` +
		`"rate":"standard","optimism":{"capital":0.24,"running":0.05,"benefits":0.15}}`},
	"funnel": {funnel.Run, `{"type":"proportion","unit":["A","B","C","D","E","F","G","H"],"numerator":[265,480,150,720,96,410,355,90],` +
		`"denominator":[5200,8100,3600,9900,2400,7300,6500,1200],"overdispersion":true,"trim":0.1,"at":[1000,5000,10000]}`},
	"montecarlo": {montecarlo.Run, `{"inputs":{"staff":7000,"days":{"min":8,"mode":11,"max":16},"cost":{"min":90,"mode":110,"max":150},` +
		`"effect":{"min":0,"mode":0.03,"max":0.08},"programme":{"min":150000,"mode":180000,"max":260000}},` +
		`"expression":"staff*days*cost*effect-programme","draws":100000,"seed":1}`},
	"spc": {spc.Run, `{"profile":"mdc","direction":"decrease","target":10,` +
		`"values":[14,13,15,14,16,13,14,15,14,13,15,14,11,10,11,10,9,10,11],` +
		`"dates":["2025-01-01","2025-02-01","2025-03-01","2025-04-01","2025-05-01","2025-06-01","2025-07-01","2025-08-01","2025-09-01",` +
		`"2025-10-01","2025-11-01","2025-12-01","2026-01-01","2026-02-01","2026-03-01","2026-04-01","2026-05-01","2026-06-01","2026-07-01"]}`},
	"workdays": {runWorkdays, `{"from":"2026-12-18","to":"2027-01-04"}`},
}

// List names the calculators in order.
func List() []string { return slices.Sorted(maps.Keys(register)) }

// Find says whether there is such a calculator, before anybody waits for its input.
func Find(name string) error {
	_, err := find(name)
	return err
}

// Example is a valid input of the calculator.
func Example(name string) (string, error) {
	c, err := find(name)
	return c.example, err
}

// Run answers one input or an array of inputs.
func Run(name string, in []byte) ([]byte, error) {
	c, err := find(name)
	if err != nil {
		return nil, err
	}
	if !bytes.HasPrefix(bytes.TrimLeft(in, " \t\r\n"), []byte("[")) {
		return c.run(in)
	}
	var items []json.RawMessage
	if err := json.Unmarshal(in, &items); err != nil {
		return nil, fmt.Errorf("bad JSON: %w", err)
	}
	outs := make([]json.RawMessage, len(items))
	for i, item := range items {
		if outs[i], err = c.run(item); err != nil {
			return nil, fmt.Errorf("item %d: %w", i, err)
		}
	}
	return json.Marshal(outs)
}

func find(name string) (calculator, error) {
	c, ok := register[name]
	if !ok {
		return c, errors.New("there is no calculator " + name + "; there are " + strings.Join(List(), ", "))
	}
	return c, nil
}
