package queueing

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/calc/strict"
)

// models are in the order of the package comment. Each names the keys that must be there and holds the defaults.
var models = []struct {
	name string
	run  func(keys map[string]json.RawMessage) (any, error)
}{
	{"mmc", solve(MMC.Solve, MMC{}, "lambda", "mu", "c")},
	{"mg1", solve(MG1.Solve, MG1{CV2: 1}, "lambda", "mean")},
	{"mdc", solve(MDC.Solve, MDC{}, "lambda", "mean", "c")},
	{"priority", solve(Priority.Solve, Priority{}, "lambda", "mu")},
	{"reneging", solve(Reneging.Solve, Reneging{}, "lambda", "mu", "c", "theta")},
	{"kingman", solve(Kingman.Solve, Kingman{CA2: 1, CS2: 1}, "rho", "mean")},
	{"jackson", solve(Jackson.Solve, Jackson{}, "stations")},
	{"weekly_clinic", solve(Clinic.Solve, Clinic{}, "referrals_per_week", "slots_per_week")},
	{"waiting_list", solve(List.Solve, List{CVDemand: 1, CVCapacity: 1, Factor: 4}, "demand", "target_wait")},
}

// Run reads one queue and writes its answer: the body of "rowan calc queue".
func Run(data []byte) ([]byte, error) {
	var keys map[string]json.RawMessage
	if err := strict.Object(data, &keys); err != nil {
		return nil, err
	}
	var name string
	raw := keys["model"]
	if raw == nil || string(raw) == "null" {
		return nil, errors.New("model is missing: give one of " + names())
	}
	if err := json.Unmarshal(raw, &name); err != nil {
		return nil, fmt.Errorf("model is %.40s, not text: give one of %s", raw, names())
	}
	delete(keys, "model") // the rest is the model's own
	for _, m := range models {
		if m.name == name {
			out, err := m.run(keys)
			if err != nil {
				return nil, err
			}
			return json.Marshal(out)
		}
	}
	return nil, fmt.Errorf("model %q is not one of %s", name, names())
}

func names() string {
	list := make([]string, len(models))
	for i, m := range models {
		list[i] = m.name
	}
	return strings.Join(list, ", ")
}

// solve decodes into the defaults, insists on the required keys, and answers.
func solve[In, Out any](answer func(In) (Out, error), defaults In, required ...string) func(map[string]json.RawMessage) (any, error) {
	return func(keys map[string]json.RawMessage) (any, error) {
		for _, key := range required {
			if raw := keys[key]; raw == nil || string(raw) == "null" {
				return nil, errors.New(key + " is missing")
			}
		}
		data, err := json.Marshal(keys)
		if err != nil {
			return nil, err
		}
		in := defaults
		if err := strict.Object(data, &in); err != nil {
			return nil, err
		}
		return answer(in)
	}
}
