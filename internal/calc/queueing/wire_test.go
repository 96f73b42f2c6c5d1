package queueing

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

func TestRun(t *testing.T) {
	for in, want := range map[string]string{
		`{"model":"mmc","lambda":1,"mu":1,"c":1}`: `{"rho":1,"erlang_b":0.5,"erlang_c":null,"lq":null,"wq":null,"l":null,"w":null,"p50_wait":null,"p90_wait":null,"p95_wait":null,` +
			`"warnings":["the load is 1: at 1 or more the queue grows without end and has no mean or percentile"]}`,
		`{"model":"kingman","rho":0.5,"mean":2,"cs2":0}`: `{"rho":0.5,"lq":0.25,"wq":1,"l":0.75,"w":3,"warnings":[]}`,
		`{"model":"mg1","lambda":0.5,"mean":1}`: `{"rho":0.5,"lq":0.5,"wq":1,"l":1,"w":2,"p50_wait":0,"p90_wait":null,"p95_wait":null,` +
			`"warnings":["percentiles of the wait depend on the whole distribution of the service, not only on its mean and cv2: only those that are 0 are given"]}`,
		`{"model":"priority","lambda":[0.25,0.25],"mu":1}`:                                                                    `{"rho":0.5,"lq":0.5,"wq":[0.6666666666666666,1.3333333333333333],"l":1,"w":2,"warnings":[]}`,
		`{"model":"jackson","stations":[{"name":"a","servers":1,"mean":1}],"external":{"a":0.5}}`:                             `{"stations":{"a":{"lambda":0.5,"wq":1,"w":2,"l":1}},"sojourn":2,"l":1,"warnings":[]}`,
		`{"model":"weekly_clinic","referrals_per_week":0,"slots_per_week":2,"initial_list":5,"weeks":[2],"stationary":false}`: `{"weeks":[{"week":2,"mean":1,"sd":0,"p_empty":0,"p50":1,"p90":1,"p95":1}],"stationary":null,"warnings":[]}`,
		`{"model":"waiting_list","demand":8,"capacity":10,"queue":72,"target_wait":16,"mean_wait":8,"clear_in":20}`:           `{"load":0.8,"target_mean_wait":4,"target_queue":32,"queue_ratio":2.25,"relief_capacity":10,"target_capacity":8.25,"pressure":1,"warnings":[]}`,
	} {
		if got, err := Run([]byte(in)); err != nil || string(got) != want {
			t.Errorf("%s\n got %s %v\nwant %s", in, got, err, want)
		}
	}
}

func TestRunRefuses(t *testing.T) {
	for in, want := range map[string]string{
		``:                             "ends too early",
		`{"model":"mmc"`:               "ends too early",
		`[]`:                           "not a JSON object",
		`{}`:                           "model is missing: give one of mmc, mg1",
		`{"model":null}`:               "model is missing",
		`{"model":3}`:                  "model is 3, not text: give one of mmc, mg1",
		`{"model":"mm1"}`:              `"mm1" is not one of mmc`,
		`{"model":"mmc","mu":1,"c":1}`: "lambda is missing",
		`{"model":"mmc","lambda":null,"mu":1,"c":1}`:                            "lambda is missing",
		`{"model":"mmc","lambda":1,"mu":1,"c":1,"theta":1}`:                     `unknown key "theta"`,
		`{"model":"mmc","lambda":1,"lambda":2,"mu":1,"c":1}`:                    `"lambda" appears twice`,
		`{"model":"mmc","lambda":1,"mu":0,"c":1}`:                               "mu is 0",
		`{"model":"mmc","lambda":-1,"mu":1,"c":1}`:                              "lambda is -1",
		`{"model":"mmc","lambda":1e300,"mu":1,"c":1}`:                           "lambda is 1e+300",
		`{"model":"mmc","lambda":1e999,"mu":1,"c":1}`:                           "lambda cannot hold",
		`{"model":"mmc","lambda":1,"mu":1,"c":0}`:                               "c is 0",
		`{"model":"mmc","lambda":1,"mu":1,"c":1.5}`:                             "c cannot hold",
		`{"model":"mmc","lambda":1,"mu":1,"c":1000000000}`:                      "c is 1000000000",
		`{"model":"mg1","lambda":1,"mean":1,"cv2":-1}`:                          "cv2 is -1",
		`{"model":"mdc","lambda":1,"mean":1,"c":10001}`:                         "c is 10001",
		`{"model":"priority","lambda":[],"mu":1}`:                               "lambda is empty",
		`{"model":"priority","lambda":[1,-1],"mu":1}`:                           "lambda[1] is -1",
		`{"model":"priority","lambda":3,"mu":1}`:                                "lambda cannot hold",
		`{"model":"reneging","lambda":1,"mu":1,"c":1,"theta":0}`:                "theta is 0",
		`{"model":"kingman","rho":-0.5,"mean":1}`:                               "rho is -0.5",
		`{"model":"jackson","stations":[],"external":{}}`:                       "stations is empty",
		`{"model":"jackson","stations":[{"servers":1,"mean":1}],"external":{}}`: "stations[0] has no name",
		`{"model":"jackson","stations":[{"name":"a","servers":1,"mean":1},{"name":"a","servers":1,"mean":1}],"external":{}}`:                                  "station a appears twice",
		`{"model":"jackson","stations":[{"name":"a","servers":0,"mean":1}],"external":{}}`:                                                                    "servers of a is 0",
		`{"model":"jackson","stations":[{"name":"a","servers":1,"mean":1}],"external":{"b":1}}`:                                                               `external names "b"`,
		`{"model":"jackson","stations":[{"name":"a","servers":1,"mean":1}],"external":{"a":-1}}`:                                                              "external a is -1",
		`{"model":"jackson","stations":[{"name":"a","servers":1,"mean":1}],"external":{"a":1},"routes":[{"from":"b","to":{}}]}`:                               `from "b"`,
		`{"model":"jackson","stations":[{"name":"a","servers":1,"mean":1}],"external":{"a":1},"routes":[{"from":"a","to":{"b":1}}]}`:                          `goes to "b"`,
		`{"model":"jackson","stations":[{"name":"a","servers":1,"mean":1}],"external":{"a":1},"routes":[{"from":"a","to":{"a":1.5}}]}`:                        "is 1.5",
		`{"model":"jackson","stations":[{"name":"a","servers":1,"mean":1}],"external":{"a":1},"routes":[{"from":"a","to":{}},{"from":"a","to":{}}]}`:          "two routes are from a",
		`{"model":"jackson","stations":[{"name":"a","servers":1,"mean":1},{"name":"b","servers":1,"mean":1}],"routes":[{"from":"a","to":{"a":0.6,"b":0.6}}]}`: "add up to 1.2",
		`{"model":"jackson","stations":[{"name":"a","servers":1,"mean":1,"Mean":2}],"external":{}}`:                                                           `unknown key "Mean"`,
		`{"model":"weekly_clinic","referrals_per_week":1,"slots_per_week":1}`:                                                                                 "nothing is asked",
		`{"model":"weekly_clinic","referrals_per_week":1,"slots_per_week":1.5,"weeks":[1]}`:                                                                   "slots_per_week cannot hold",
		`{"model":"weekly_clinic","referrals_per_week":1,"slots_per_week":1,"weeks":[-1]}`:                                                                    "weeks[0] is -1",
		`{"model":"weekly_clinic","referrals_per_week":1,"slots_per_week":1,"weeks":[521]}`:                                                                   "weeks[0] is 521",
		`{"model":"weekly_clinic","referrals_per_week":1,"slots_per_week":1,"weeks":[1],"initial_list":-2}`:                                                   "initial_list is -2",
		`{"model":"weekly_clinic","referrals_per_week":20000,"slots_per_week":1,"weeks":[1]}`:                                                                 "at most 10000",
		`{"model":"waiting_list","demand":1}`:                              "target_wait is missing",
		`{"model":"waiting_list","demand":1,"target_wait":0}`:              "target_wait is 0",
		`{"model":"waiting_list","demand":1,"target_wait":1,"clear_in":0}`: "clear_in is 0",
		`{"model":"waiting_list","demand":1,"target_wait":1,"queue":-5}`:   "queue is -5",
	} {
		if got, err := Run([]byte(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %s, %v; want %q", in, got, err, want)
		}
	}
}

// FuzzRun: whatever comes in, the answer is an error or an object with its warnings, and no number is negative or infinite.
func FuzzRun(f *testing.F) {
	for _, in := range []string{
		`{"model":"mmc","lambda":4,"mu":1,"c":5}`,
		`{"model":"mdc","lambda":4.999,"mean":1,"c":5}`,
		`{"model":"mg1","lambda":1e-9,"mean":1e9,"cv2":0}`,
		`{"model":"priority","lambda":[1e9,1e-9,0],"mu":1e-9}`,
		`{"model":"reneging","lambda":1e9,"mu":1e-9,"c":100000,"theta":1e-9}`,
		`{"model":"reneging","lambda":1e-9,"mu":1e9,"c":1,"theta":1e9}`,
		`{"model":"kingman","rho":0.9999999999999999,"mean":1e9,"ca2":1e9,"cs2":1e9}`,
		`{"model":"jackson","stations":[{"name":"a","servers":1,"mean":1},{"name":"b","servers":2,"mean":3}],"external":{"a":0.5},"routes":[{"from":"a","to":{"b":0.5}},{"from":"b","to":{"a":0.99999999,"b":1e-9}}]}`,
		`{"model":"weekly_clinic","referrals_per_week":20,"slots_per_week":21,"initial_list":60,"weeks":[3,1,52],"stationary":true}`,
		`{"model":"weekly_clinic","referrals_per_week":1e-9,"slots_per_week":0,"initial_list":1000000,"weeks":[520]}`,
		`{"model":"waiting_list","demand":1e9,"target_wait":1e-9,"queue":1e9,"clear_in":1e-9,"capacity":1e-9,"mean_wait":1e9}`,
	} {
		f.Add([]byte(in))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		raw, err := Run(data)
		if err != nil {
			return
		}
		var out struct {
			Warnings []string `json:"warnings"`
		}
		if err := json.Unmarshal(raw, &out); err != nil || out.Warnings == nil {
			t.Fatalf("%s: %s %v", data, raw, err)
		}
		if bytes.Contains(raw, []byte(`":-`)) || bytes.Contains(raw, []byte(`null`)) && len(out.Warnings) == 0 && !bytes.Contains(raw, []byte(`"stationary":null`)) {
			t.Fatalf("%s: %s", data, raw)
		}
	})
}
