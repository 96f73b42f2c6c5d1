package tree

import (
	"bytes"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"testing/fstest"
	"time"
)

// attack is a sealed log in the hands of someone who may change the export and
// the folder but has no signing key of ours.
type attack struct {
	*rand.Rand
	t       testing.TB
	lines   []Line
	raw     []byte // used instead of lines when set
	folder  fstest.MapFS
	foreign string // a key of the same name, not ours
	other   fstest.MapFS
}

func (a *attack) at() int { return a.IntN(len(a.lines)) }

func (a *attack) names() []string { return slices.Sorted(maps.Keys(a.folder)) }

func (a *attack) name() string { n := a.names(); return n[a.IntN(len(n))] }

func (a *attack) renumber(rehash bool) {
	for i := range a.lines {
		a.lines[i].Seq = int64(i)
		if rehash {
			a.lines[i].Leaf = LeafHash(a.lines[i].Event)
		}
	}
}

func (a *attack) change() {
	e := &a.lines[a.at()].Event
	switch a.IntN(11) {
	case 0:
		e.ActorAccount = randomID(a.Rand)
	case 1:
		e.At = e.At.Add(time.Duration(1+a.IntN(1e6)) * time.Microsecond)
	case 2:
		e.Subject = randomID(a.Rand)
	case 3:
		e.Action += "x"
	case 4:
		e.Detail = map[string]string{"reason": "changed"}
	case 5:
		e.Ground += "x"
	case 6:
		e.RequestID += "x"
	case 7:
		e.ActorName += "x"
	case 8:
		e.Channel += "x"
	case 9:
		e.Address += "1"
	case 10:
		e.Strength += "x"
	}
}

// tamperings are what a database administrator or a thief of the folder can do.
var tamperings = []struct {
	name string
	do   func(*attack)
}{
	{"change an event", func(a *attack) { a.change() }},
	{"change an event and hash it anew", func(a *attack) { a.change(); a.renumber(true) }},
	{"change a leaf hash", func(a *attack) { a.lines[a.at()].Leaf[a.IntN(32)] ^= 1 << a.IntN(8) }},
	{"change a number", func(a *attack) { a.lines[a.at()].Seq += int64(1 + a.IntN(5)) }},
	{"delete", func(a *attack) { i := a.at(); a.lines = slices.Delete(a.lines, i, i+1) }},
	{"delete and renumber", func(a *attack) { i := a.at(); a.lines = slices.Delete(a.lines, i, i+1); a.renumber(false) }},
	{"insert and renumber", func(a *attack) {
		a.lines = slices.Insert(a.lines, a.IntN(len(a.lines)+1), Line{Event: randomEvent(a.Rand, 5)})
		a.renumber(true)
	}},
	{"repeat", func(a *attack) { i := a.at(); a.lines = slices.Insert(a.lines, i, a.lines[i]) }},
	{"replace by another, renumbered", func(a *attack) { a.lines[a.at()].Event = randomEvent(a.Rand, 6); a.renumber(true) }},
	{"swap", func(a *attack) { i, j := a.two(); a.lines[i], a.lines[j] = a.lines[j], a.lines[i] }},
	{"swap and renumber", func(a *attack) {
		i, j := a.two()
		a.lines[i], a.lines[j] = a.lines[j], a.lines[i]
		a.renumber(false)
	}},
	{"reverse and renumber", func(a *attack) { slices.Reverse(a.lines); a.renumber(false) }},
	{"cut the tail", func(a *attack) { a.lines = a.lines[:a.at()] }},
	{"cut the head and renumber", func(a *attack) { a.lines = a.lines[1+a.IntN(len(a.lines)-1):]; a.renumber(false) }},
	{"go on after the newest checkpoint", func(a *attack) {
		a.lines = append(a.lines, Line{Event: randomEvent(a.Rand, 7)})
		a.renumber(true)
	}},
	{"chain anew with a foreign key", func(a *attack) {
		a.change()
		a.renumber(true)
		events := make([]Event, len(a.lines))
		for i, l := range a.lines {
			events[i] = l.Event
		}
		a.folder = seal(a.t, a.Rand, a.foreign, events).folder
	}},
	{"sign the true log with a foreign key", func(a *attack) {
		events := make([]Event, len(a.lines))
		for i, l := range a.lines {
			events[i] = l.Event
		}
		a.folder = seal(a.t, a.Rand, a.foreign, events).folder
	}},
	{"change a byte of a checkpoint", func(a *attack) {
		name := a.name()
		data := bytes.Clone(a.folder[name].Data)
		data[a.IntN(len(data))] ^= 1 << a.IntN(8)
		a.folder[name] = &fstest.MapFile{Data: data}
	}},
	{"remove a checkpoint", func(a *attack) { delete(a.folder, a.name()) }},
	{"remove all checkpoints", func(a *attack) { clear(a.folder) }},
	{"rename a checkpoint", func(a *attack) {
		name := a.name()
		a.folder["checkpoint-999999999999"] = a.folder[name]
		delete(a.folder, name)
	}},
	{"put one checkpoint in place of another", func(a *attack) {
		names := a.names()
		i := a.IntN(len(names) - 1)
		a.folder[names[i]] = a.folder[names[i+1]]
	}},
	{"put a checkpoint of another log", func(a *attack) {
		for name, file := range a.other {
			a.folder[name] = file
		}
	}},
	{"change a byte of the export", func(a *attack) {
		a.raw = spell(a.t, a.lines)
		a.raw[a.IntN(len(a.raw))] ^= 1 << a.IntN(8)
	}},
	{"cut bytes off the export", func(a *attack) {
		a.raw = spell(a.t, a.lines)
		a.raw = a.raw[:len(a.raw)-1-a.IntN(40)]
	}},
}

func (a *attack) two() (int, int) {
	i := a.at()
	return i, (i + 1 + a.IntN(len(a.lines)-1)) % len(a.lines)
}

// TestTampering: every tampering is found, and a clean log never is. With
// ROWAN_PROVE=1 it tries 10,000 logs, each clean and then attacked, else 300;
// ROWAN_SEED repeats a run.
func TestTampering(t *testing.T) {
	trials := 300
	if os.Getenv("ROWAN_PROVE") == "1" {
		trials = 10_000
	}
	seed, err := strconv.ParseUint(os.Getenv("ROWAN_SEED"), 10, 64)
	if err != nil {
		seed = rand.Uint64()
	}
	t.Logf("seed %d, %d tamperings", seed, trials)
	r := rand.New(rand.NewPCG(seed, 0))
	signer, verifier := keys(t)
	foreign, _ := keys(t)
	found := map[string]int{}
	for i := range trials {
		h := randomHistory(t, r, signer)
		clean, err := Verify(bytes.NewReader(spell(t, h.lines())), h.folder, verifier)
		if err != nil || !clean.OK() || clean.Events != int64(len(h.events)) || clean.Checkpoints != len(h.batches) {
			t.Fatalf("false alarm on clean log %d: %+v, %v", i, clean, err)
		}
		// every log is clean once and attacked once
		tampering := tamperings[i%len(tamperings)]
		a := &attack{Rand: r, t: t, lines: h.lines(), folder: h.folder, foreign: foreign, other: randomHistory(t, r, signer).folder}
		tampering.do(a)
		if a.raw == nil {
			a.raw = spell(t, a.lines)
		}
		report, err := Verify(bytes.NewReader(a.raw), a.folder, verifier)
		if err != nil {
			t.Fatalf("%s: %v", tampering.name, err)
		}
		if report.OK() {
			t.Errorf("not found: %s (trial %d)", tampering.name, i)
			continue
		}
		found[tampering.name]++
	}
	total := 0
	for _, n := range found {
		total += n
	}
	t.Logf("%d of %d tamperings of %d kinds found, 0 of %d clean logs accused", total, trials, len(found), trials)
}

// randomHistory is a log of 25 to 64 events, so with at least two checkpoints.
func randomHistory(t testing.TB, r *rand.Rand, signer string) history {
	events := make([]Event, 25+r.IntN(40))
	for i := range events {
		events[i] = randomEvent(r, i)
	}
	return seal(t, r, signer, events)
}

// TestFindingsSayWhere: the report names the kind of fault and its place.
func TestFindingsSayWhere(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 11))
	signer, verifier := keys(t)
	h := randomHistory(t, r, signer)
	first, newest := h.batches[0].Checkpoint, h.batches[len(h.batches)-1].Checkpoint
	for _, c := range []struct {
		name string
		do   func(*attack)
		want Finding
	}{
		{"changed", func(a *attack) { a.lines[0].Event.Subject = randomID(r) }, Finding{Kind: ChangedEvent, Seq: 0}},
		{"hashed anew", func(a *attack) { a.lines[0].Event.Subject = randomID(r); a.renumber(true) }, Finding{Kind: RootMismatch, Seq: first.Size}},
		{"deleted", func(a *attack) { a.lines = slices.Delete(a.lines, 3, 4) }, Finding{Kind: OutOfOrder, Seq: 4}},
		{"cut", func(a *attack) { a.lines = a.lines[:len(a.lines)-1] }, Finding{Kind: TruncatedExport, Seq: newest.Size - 1}},
		{"checkpoint gone", func(a *attack) { delete(a.folder, first.FileName()) }, Finding{Kind: MissingCheckpoint, Seq: h.batches[1].Checkpoint.Size}},
		{"newest gone", func(a *attack) { delete(a.folder, newest.FileName()) }, Finding{Kind: UncoveredEvents, Seq: newest.PreviousSize}},
	} {
		a := &attack{Rand: r, t: t, lines: h.lines(), folder: maps.Clone(h.folder)}
		c.do(a)
		report, err := Verify(bytes.NewReader(spell(t, a.lines)), a.folder, verifier)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(report.Findings, func(f Finding) bool { return f.Kind == c.want.Kind && f.Seq == c.want.Seq }) {
			t.Errorf("%s: %v, want %s at %d", c.name, report.Findings, c.want.Kind, c.want.Seq)
		}
	}
}
