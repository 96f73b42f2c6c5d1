// Package wire is the register of calculators that speak JSON: the body of
// "rowan calc NAME". Each takes one JSON object and gives one; an array of inputs
// gives an array of outputs, and one bad item fails all, named by its index.
package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/calc/appraisal"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure/attack"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure/suppress"
	"github.com/rowan-ohwb/rowan/internal/calc/funnel"
	"github.com/rowan-ohwb/rowan/internal/calc/identifier"
	"github.com/rowan-ohwb/rowan/internal/calc/montecarlo"
	"github.com/rowan-ohwb/rowan/internal/calc/pay"
	"github.com/rowan-ohwb/rowan/internal/calc/queueing"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
)

// calculator is one entry of the register.
type calculator struct {
	run     func([]byte) ([]byte, error)
	example string
}

var register = map[string]calculator{
	"attack": {attack.Run, `{"threshold":8,"dims":{"site":["Hill","Park","Vale"],"month":["2026-01","2026-02"]},"figures":[` +
		`{"table":"January","where":{"month":["2026-01"]},"value":61},` +
		`{"table":"January","where":{"month":["2026-01"],"site":["Hill"]},"value":40},` +
		`{"table":"January","where":{"month":["2026-01"],"site":["Park"]},"value":null},` +
		`{"table":"January","where":{"month":["2026-01"],"site":["Vale"]},"value":null},` +
		`{"table":"to date","where":{"site":["Park"]},"value":30},` +
		`{"table":"February","where":{"month":["2026-02"],"site":["Park"]},"value":15,"rounded":5}]}`},
	"disclosure": {suppress.Run, `{"rows":["Wards","Theatres","Offices"],"cols":["Skin","Back","Other"],` +
		`"cells":[[5,40,31],[12,22,19],[14,16,25]],"threshold":8,"margins":true,"method":"suppress","special":[]}`},
	"identifier": {identifier.Run, `{"kind":"nhs_number","value":"401 023 2137"}`},
	"pay": {pay.Run, `{"year":"2025/26","years":3,"uplift":[0.033,0.03],"pension":"employer","people":[` +
		`{"band":"6","wte":0.8,"count":2,"years_in_band":1},{"band":"5","wte":1,"years_in_band":0,"start_month":7},{"band":"6","wte":1,"annex21":75}]}`},
	"queue": {queueing.Run, `{"model":"mmc","lambda":4,"mu":1,"c":5}`},
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
	in = bytes.TrimPrefix(in, []byte("\ufeff")) // the byte order mark of some editors
	if !bytes.HasPrefix(bytes.TrimLeft(in, " \t\r\n"), []byte("[")) {
		return c.run(in)
	}
	items, err := split(in)
	if err != nil {
		return nil, err
	}
	outs := make([]json.RawMessage, len(items))
	for i, item := range items {
		if outs[i], err = c.run(item); err != nil {
			return nil, fmt.Errorf("item %d: %w", i, err)
		}
	}
	return json.Marshal(outs)
}

// mostItems bounds an array of inputs: each item's work is bounded, so theirs is.
const mostItems = 1_000

// split takes an array apart, and no further than is allowed.
func split(in []byte) (items []json.RawMessage, err error) {
	dec := json.NewDecoder(bytes.NewReader(in))
	_, err = dec.Token()
	for err == nil && dec.More() {
		if len(items) == mostItems {
			return nil, fmt.Errorf("the array has more than %d inputs", mostItems)
		}
		items = append(items, nil)
		err = dec.Decode(&items[len(items)-1])
	}
	if err == nil {
		_, err = dec.Token()
	}
	if err != nil {
		return nil, fmt.Errorf("bad JSON: %w", err)
	}
	if _, err = dec.Token(); err != io.EOF {
		return nil, errors.New("there is something after the JSON value")
	}
	return items, nil
}

func find(name string) (calculator, error) {
	c, ok := register[name]
	if !ok {
		return c, errors.New("there is no calculator " + name + "; there are " + strings.Join(List(), ", "))
	}
	return c, nil
}
