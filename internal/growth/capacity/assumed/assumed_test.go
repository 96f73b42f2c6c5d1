package assumed

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/calc/demand"
)

// TestPack: ours is right, and each way to spoil it is refused.
func TestPack(t *testing.T) {
	p, err := Load(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	if p.Of("development-nurse") != p.Of("nurse") || p.Of("administrator") != nil || p.Named("oh_physio") != "physiotherapist" || p.Named("physio") != "physiotherapist" || p.Named("all") != "all" {
		t.Errorf("%+v", p)
	}
	const good = "version: 1\neffective_from: 2026-11-01\nsource: x\ntarget_source: x\ntarget_days: 10\ntarget_percent: 90\nrecorded_percent: 50\nrecorded_source: x\nplanned_percent: 10\nplanned_source: x\nused_percent: 90\nused_source: x\npools: [{role: nurse, ledger: oh_nurse, feed: nurse, minutes: 60}]\nalso: {trainee: nurse}\ndue: {P0: 0}\n"
	load := func(text string) error {
		_, err := Load(fstest.MapFS{"packs/capacity.yaml": {Data: []byte(text)}})
		return err
	}
	if err := load(good); err != nil {
		t.Fatal(err)
	}
	for old, bad := range map[string]string{"minutes: 60": "minutes: 600", "trainee: nurse": "trainee: clerk", "P0: 0": "P0: -1", "target_days: 10": "target_days: 0", "target_percent: 90": "target_percent: 101", "recorded_percent: 50": "recorded_percent: 0", "recorded_source: x": "recorded_source: ''", "planned_percent: 10": "planned_percent: 60", "planned_source: x": "planned_source: ''", "used_percent: 90": "used_percent: 101", "used_source: x": "used_source: ''", "source: x": "source: ''", "ledger: oh_nurse, ": "", "feed: nurse, ": "", "pools:": "pools: {"} {
		if load(strings.Replace(good, old, bad, 1)) == nil {
			t.Errorf("%q is taken", bad)
		}
	}
	if _, err := Load(fstest.MapFS{}); err == nil {
		t.Error("no pack is a pack")
	}
}

// TestLength: a pool has the length of its contacts by whichever name the ledger knows it, of two the one with more; of few it is assumed.
func TestLength(t *testing.T) {
	p := Pool{Role: "physiotherapist", Ledger: "oh_physio", Feed: "physio", Minutes: 45}
	length := func(role string, mean float64, n int) demand.Length {
		return demand.Length{Role: role, Mean: mean, N: n}
	}
	for name, c := range map[string]struct {
		all  []demand.Length
		want float64
	}{
		"none": {nil, 45}, "recorded here": {[]demand.Length{length("oh_physio", 30, 50)}, 30}, "by file": {[]demand.Length{length("physio", 40, 50)}, 40}, "too few": {[]demand.Length{length("physio", 40, 29)}, 45},
		"both": {[]demand.Length{length("oh_physio", 30, 31), length("physio", 40, 400)}, 40}, "another": {[]demand.Length{length("oh_nurse", 30, 50)}, 45},
	} {
		if got := p.Length(demand.Fits{Lengths: c.all}); got.Mean != c.want || (got.N == 0) != (c.want == 45) {
			t.Errorf("%s: %+v, want %v", name, got, c.want)
		}
	}
}
