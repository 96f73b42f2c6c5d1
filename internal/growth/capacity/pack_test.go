package capacity

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rowan-ohwb/rowan/content"
)

// TestPack: ours is right, and each way to spoil it is refused.
func TestPack(t *testing.T) {
	p, err := LoadPack(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	if p.pool("development-nurse") != p.pool("nurse") || p.pool("administrator") != nil || p.named("oh_physio") != "physiotherapist" || p.named("all") != "all" {
		t.Errorf("%+v", p)
	}
	const good = "version: 1\neffective_from: 2026-11-01\nsource: x\ntarget_source: x\ntarget_days: 10\ntarget_percent: 90\npools: [{role: nurse, ledger: oh_nurse, minutes: 60}]\nalso: {trainee: nurse}\ndue: {P0: 0}\n"
	load := func(text string) error {
		_, err := LoadPack(fstest.MapFS{"packs/capacity.yaml": {Data: []byte(text)}})
		return err
	}
	if err := load(good); err != nil {
		t.Fatal(err)
	}
	for old, bad := range map[string]string{"minutes: 60": "minutes: 600", "trainee: nurse": "trainee: clerk", "P0: 0": "P0: -1", "target_days: 10": "target_days: 0", "target_percent: 90": "target_percent: 101", "source: x": "source: ''", "ledger: oh_nurse, ": "", "pools:": "pools: {"} {
		if load(strings.Replace(good, old, bad, 1)) == nil {
			t.Errorf("%q is taken", bad)
		}
	}
	if _, err := LoadPack(fstest.MapFS{}); err == nil {
		t.Error("no pack is a pack")
	}
}
