package release_test

import (
	"bytes"
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

var today = civil.MustParse("2026-11-10")

func load(t testing.TB) release.Pack {
	t.Helper()
	p, err := release.Load(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func signer(t testing.TB) *release.Signer {
	t.Helper()
	keys, err := seal.Open(t.TempDir(), release.SigningKey)
	if err != nil {
		t.Fatal(err)
	}
	s, err := release.NewSigner(keys.Other(release.SigningKey.Name))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func ptr(n int) *int { return &n }

func example() release.Release {
	month := civil.MustParse("2026-10-01")
	share := func(id string, part, whole int, topic disclosure.Topic) release.Figure {
		p, w := disclosure.Split(part, whole, topic)
		return release.OfPeople(id, id+", version 1", month, p, w)
	}
	return release.Release{Format: release.Format, Version: release.Version, ID: uuid.New(), MadeAt: time.Date(2026, 11, 8, 3, 0, 0, 0, time.UTC), AsAt: civil.MustParse("2026-10-31"),
		System: "ZIC", Code: "K7Q2MX", Name: "Harrow Fell Hospitals", Model: "internal", Figures: []release.Figure{
			share("K10", 12, 130, disclosure.General), share("K01", 95, 100, disclosure.General), share("K09", 4, 9, disclosure.Special), share("K19", 0, 0, disclosure.General),
			release.OfThings("plan", "plan, version 1", month, 3, 7), release.OfThings("gaps", "gaps, version 1", month, 2, 20),
			{Metric: "elements", Item: "E1", Month: month, Definition: "framework, version 1", State: release.Known, Score: ptr(64)},
			{Metric: "elements", Item: "E2", Month: month, Definition: "framework, version 1", State: release.Hidden},
		}}
}

func key(err error) string {
	var r *sheet.Refused
	if errors.As(err, &r) {
		return r.Key
	}
	return ""
}

// TestRoundTrip: what one installation signs another reads, figure for figure.
func TestRoundTrip(t *testing.T) {
	s, p, want := signer(t), load(t), example()
	file, err := s.Sign(want)
	if err != nil {
		t.Fatal(err)
	}
	got, fingerprint, err := release.Open(file, func(f string) bool { return f == s.Fingerprint() }, p, today)
	if err != nil || fingerprint != s.Fingerprint() {
		t.Fatal(fingerprint, err)
	}
	want.Sort()
	a, _ := json.Marshal(got)
	b, _ := json.Marshal(want)
	if !bytes.Equal(a, b) {
		t.Errorf("read\n%s\nwritten\n%s", a, b)
	}
	again, err := s.Sign(example())
	if err != nil || bytes.Equal(again, file) {
		t.Error("another release is the same file", err)
	}
	k01 := slices.IndexFunc(got.Figures, func(f release.Figure) bool { return f.Metric == "K01" })
	if f := got.Figures[k01]; f.State != release.Hidden || f.Part != nil || *f.Whole != 100 {
		t.Errorf("95 of 100 left as %+v", f)
	}
	if _, _, err := release.Open(file, func(string) bool { return false }, p, today); key(err) != "network.file.stranger" {
		t.Errorf("a stranger's file: %v", err)
	}
	if _, _, err := release.Open(file, func(string) bool { return true }, p, civil.MustParse("2026-10-30")); key(err) != "network.file.day" {
		t.Errorf("a file of tomorrow: %v", err)
	}
	if f, ok := release.CleanFingerprint(strings.ToUpper(s.Fingerprint()[:32]) + " : " + s.Fingerprint()[32:]); !ok || f != s.Fingerprint() {
		t.Errorf("a fingerprint as people write it: %s", f)
	}
	if _, ok := release.CleanFingerprint("abc"); ok {
		t.Error("a short fingerprint is taken")
	}
	if _, err := release.NewSigner("?"); err == nil {
		t.Error("a malformed key is taken")
	}
}

// TestTampered: no byte of the file can be changed so that it says something else, or is signed by somebody else.
func TestTampered(t *testing.T) {
	s, other, p := signer(t), signer(t), load(t)
	file, err := s.Sign(example())
	if err != nil {
		t.Fatal(err)
	}
	known := func(f string) bool { return f == s.Fingerprint() }
	want, _, err := release.Open(file, known, p, today)
	if err != nil {
		t.Fatal(err)
	}
	says, _ := json.Marshal(want)
	rng, same := rand.New(rand.NewPCG(1, 2)), 0
	for i := range file {
		changed := slices.Clone(file)
		changed[i] = byte(rng.IntN(256))
		got, _, err := release.Open(changed, known, p, today)
		if err != nil {
			if key(err) == "" {
				t.Fatalf("byte %d: an error without words: %v", i, err)
			}
			continue
		}
		same++
		if b, _ := json.Marshal(got); !bytes.Equal(b, says) {
			t.Fatalf("byte %d changed unseen", i)
		}
	}
	if same == len(file) {
		t.Fatal("nothing was ever refused")
	}
	// Somebody else's signature under the same fingerprint, and a figure that was put right by hand.
	foreign, err := other.Sign(example())
	if err != nil {
		t.Fatal(err)
	}
	mixed := bytes.ReplaceAll(foreign, []byte(other.Fingerprint()), []byte(s.Fingerprint()))
	if _, _, err := release.Open(mixed, known, p, today); key(err) != "network.file.changed" {
		t.Errorf("another's key under a known fingerprint: %v", err)
	}
	var e map[string]any
	if err := json.Unmarshal(file, &e); err != nil {
		t.Fatal(err)
	}
	payload, _ := base64.StdEncoding.DecodeString(e["payload"].(string))
	e["payload"] = base64.StdEncoding.EncodeToString(bytes.Replace(payload, []byte(`"numerator":10`), []byte(`"numerator":15`), 1))
	edited, _ := json.Marshal(e)
	if _, _, err := release.Open(edited, known, p, today); key(err) != "network.file.changed" {
		t.Errorf("an edited figure: %v", err)
	}
	for name, text := range map[string]string{"nothing": "", "text": "hello", "another document": `{"a":1}`, "a list": `[]`} {
		if _, _, err := release.Open([]byte(text), known, p, today); key(err) != "network.file.none" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, _, err := release.Open(make([]byte, 5<<20), known, p, today); key(err) != "network.file.big" {
		t.Errorf("a big file: %v", err)
	}
}

// TestCheck: a signature makes nothing right. What disclosure control would not have let out is refused, whoever signed it.
func TestCheck(t *testing.T) {
	p := load(t)
	ok := example()
	if got := ok.Check(p, today); got != "" {
		t.Fatalf("the example: %s", got)
	}
	at := func(id string) func(*release.Release) *release.Figure {
		return func(r *release.Release) *release.Figure {
			return &r.Figures[slices.IndexFunc(r.Figures, func(f release.Figure) bool { return f.Metric == id })]
		}
	}
	for name, x := range map[string]struct {
		change func(*release.Release)
		want   string
	}{
		"an unrounded count": {func(r *release.Release) { at("K10")(r).Part = ptr(12) }, "network.file.small"},
		"a small count":      {func(r *release.Release) { at("K10")(r).Part = ptr(5) }, "network.file.small"},
		"nought of a special topic": {func(r *release.Release) {
			*at("K09")(r) = release.OfThings("K09", "K09, version 1", at("K09")(r).Month, 0, 20)
		}, "network.file.small"},
		"a part over its whole": {func(r *release.Release) { at("K10")(r).Part = ptr(200) }, "network.file.format"},
		"a month twice":         {func(r *release.Release) { r.Figures = append(r.Figures, r.Figures[0]) }, "network.file.twice"},
		"an unknown metric":     {func(r *release.Release) { r.Figures[0].Metric = "K99" }, "network.file.metric"},
		"a month to come":       {func(r *release.Release) { r.Figures[0].Month = civil.MustParse("2026-11-01") }, "network.file.day"},
		"the middle of a month": {func(r *release.Release) { r.Figures[0].Month = civil.MustParse("2026-10-02") }, "network.file.day"},
		"markup":                {func(r *release.Release) { r.Figures[0].Definition = "<b>" }, "network.file.format"},
		"a name with markup":    {func(r *release.Release) { r.Name = "<script>" }, "network.file.format"},
		"a hidden score":        {func(r *release.Release) { at("elements")(r).State = release.Hidden }, "network.file.format"},
		"a score of people":     {func(r *release.Release) { at("K10")(r).Score = ptr(9) }, "network.file.format"},
		"no figures":            {func(r *release.Release) { r.Figures = nil }, "network.file.figures"},
		"another form":          {func(r *release.Release) { r.Version = 2 }, "network.file.format"},
		"a made-up model":       {func(r *release.Release) { r.Model = "cheap" }, "network.file.format"},
		"a state of its own":    {func(r *release.Release) { r.Figures[0].State = "fine" }, "network.file.format"},
		"a part that is hidden": {func(r *release.Release) { at("K01")(r).State = release.Known }, "network.file.format"},
	} {
		r := example()
		x.change(&r)
		if got := r.Check(p, today); got != x.want {
			t.Errorf("%s: %q, want %q", name, got, x.want)
		}
	}
}

func TestTable(t *testing.T) {
	var b bytes.Buffer
	r := example()
	r.Name = "=HYPERLINK(1)"
	if err := release.WriteCSV(&b, load(t), r.Rows()); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil || len(rows) != len(r.Figures)+1 || len(rows[0]) != len(release.Columns) {
		t.Fatal(rows, err)
	}
	if got := strings.Join(rows[1], "|"); got != "K7Q2MX|'=HYPERLINK(1)|internal|K10||2026-10-01|K10, version 1|known|10|130|7.7|" {
		t.Error(got)
	}
	if got := strings.Join(rows[3][6:], "|"); got != "K09, version 1|hidden||||" {
		t.Error(got)
	}
}

func TestPack(t *testing.T) {
	p := load(t)
	if m, ok := p.Find("K09"); !ok || m.Topic() != disclosure.Special || len(p.Metrics) < 8 {
		t.Errorf("%+v", p)
	}
	text, err := content.FS.ReadFile("packs/sharing.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string][2]string{"two organisations": {"least: 3", "least: 2"}, "one that dominates": {"most_percent: 80", "most_percent: 90"}, "twice": {"id: K04", "id: K01"},
		"no kind": {"kind: gaps", "kind: gap"}, "a level that is no share": {"levels: [K01", "levels: [gaps"}, "no months": {"spans: [1, 3, 12]", "spans: []"}} {
		changed := strings.Replace(string(text), change[0], change[1], 1)
		if changed == string(text) {
			t.Fatalf("%s changes nothing", name)
		}
		if _, err := release.Load(fstest.MapFS{"packs/sharing.yaml": {Data: []byte(changed)}}); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

// FuzzOpen: no file makes the reader fail otherwise than with words, and none is read that Check would refuse.
func FuzzOpen(f *testing.F) {
	s, p := signer(f), load(f)
	file, err := s.Sign(example())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(file)
	f.Add([]byte(`{"payloadType":"application/vnd.rowan.release+json","payload":"e30=","signatures":[{"keyid":"","key":"","sig":""}]}`))
	f.Add([]byte(`{`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, _, err := release.Open(data, func(string) bool { return true }, p, today)
		if err != nil && key(err) == "" || err == nil && r.Check(p, today) != "" {
			t.Fatal(err)
		}
		// The same bytes as what was signed: the parser behind the signature.
		payload := data
		var again release.Release
		if json.Unmarshal(payload, &again) == nil {
			again.Check(p, today)
		}
	})
}
