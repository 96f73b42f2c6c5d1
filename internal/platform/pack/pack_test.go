package pack_test

import (
	"io/fs"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/platform/pack"
)

// Every pack that Rowan is delivered with says its version, its day and its source.
func TestDelivered(t *testing.T) {
	files, err := fs.Glob(content.FS, "packs/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d packs, %v", len(files), err)
	}
	for _, f := range files {
		var p map[string]any
		if err := pack.Read(content.FS, strings.TrimSuffix(path.Base(f), ".yaml"), &p); err != nil {
			t.Error(err)
		}
	}
}

func TestRefused(t *testing.T) {
	for name, x := range map[string]struct{ text, want string }{
		"no version": {"effective_from: 2026-04-01\nsource: us", "names no version"},
		"no source":  {"version: 1\neffective_from: 2026-04-01", "names no version or no source"},
		"no day":     {"version: 1\nsource: us", "effective_from"},
		"no such":    {"version: 1\nsource: us\neffective_from: 2026-02-30", "effective_from"},
		"not YAML":   {"version: [", "yaml"},
		"its own":    {"version: 1\nsource: us\neffective_from: 2026-04-01\nn: many", "cannot unmarshal"},
		"whole":      {"version: 1\nsource: us\neffective_from: 2026-04-01\nn: 3", ""},
		"missing":    {"", "does not exist"},
	} {
		files := fstest.MapFS{}
		if x.text != "" {
			files["packs/x.yaml"] = &fstest.MapFile{Data: []byte(x.text)}
		}
		var p struct{ N int }
		err := pack.Read(files, "x", &p)
		if x.want == "" && (err != nil || p.N != 3) || x.want != "" && (err == nil || !strings.Contains(err.Error(), x.want)) {
			t.Errorf("%s: %v, %+v", name, err, p)
		}
	}
}
