package absencefile

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rowan-ohwb/rowan/content"
)

// changed is the shipped packs with some text of the definitions replaced.
func changed(t *testing.T, from, to string) fs.FS {
	t.Helper()
	packs := fstest.MapFS{}
	for _, name := range []string{"packs/absence-definitions.yaml", "packs/esr-absence-reasons.yaml"} {
		text, err := fs.ReadFile(content.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		packs[name] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(string(text), from, to))}
	}
	return packs
}

// TestDefinitionIsData: where long term begins is decided by the pack alone.
func TestDefinitionIsData(t *testing.T) {
	for days, wantLong := range map[string]int{"20": 1, "21": 0, "28": 0} {
		p, err := LoadPacks(changed(t, "long_term_calendar_days: 28", "long_term_calendar_days: "+days))
		if err != nil {
			t.Fatal(err)
		}
		k := &kept{}
		if _, _, err := Parse(strings.NewReader(headingESR+"\n"+esrRow(nil)), p, k); err != nil { // 20 days
			t.Fatal(err)
		}
		if k.episodes[0].LongStarted != wantLong {
			t.Errorf("long from %s days: %+v", days, k.episodes[0])
		}
	}
}

func TestPacksAreChecked(t *testing.T) {
	for _, c := range [][2]string{
		{"long_term_calendar_days: 28", "long_term_calendar_days: 0"},
		{"full_time_hours_a_week: 37.5", ""},
		{"not_specified: S99", "not_specified: S00"},
		{"reasons:", "reasons: ]"},
	} {
		if _, err := LoadPacks(changed(t, c[0], c[1])); err == nil {
			t.Errorf("%s: loaded with %q", c[0], c[1])
		}
	}
	if _, err := LoadPacks(fstest.MapFS{}); err == nil {
		t.Error("loaded nothing")
	}
}

func TestReasonLabels(t *testing.T) {
	p := packs(t)
	for text, want := range map[string]string{
		"S10": "S10", "s10 whatever": "S10", "S12 Other musculoskeletal problems": "S12", "Chest &  Respiratory Problems": "S15",
		"Stress": "S10", "S33 Something": "", "": "", "back": "",
	} {
		if got, ok := p.reason(text); got != want || ok != (want != "") {
			t.Errorf("%q is %q", text, got)
		}
	}
}
