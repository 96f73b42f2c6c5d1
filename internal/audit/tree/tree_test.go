package tree

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/tlog"
)

// memory is a store of hashes as the database keeps them.
type memory struct{ hashes []tlog.Hash }

func (m *memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index >= int64(len(m.hashes)) {
			return nil, fmt.Errorf("hash %d is not stored", index)
		}
		out[i] = m.hashes[index]
	}
	return out, nil
}

// history is a sealed log with its checkpoint folder.
type history struct {
	events  []Event
	batches []Batch
	folder  fstest.MapFS
}

func randomID(r *rand.Rand) uuid.UUID {
	var id uuid.UUID
	for i := range id {
		id[i] = byte(r.Uint32())
	}
	return id
}

func randomEvent(r *rand.Rand, n int) Event {
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	e := Event{
		ID: randomID(r), At: time.Date(2026, 11, 1, 8, 0, 0, n*1000, time.UTC),
		OrganisationID: randomID(r), ActorAccount: randomID(r), ObjectID: randomID(r), Subject: randomID(r),
		Role: pick("nurse", "manager", ""), Wall: pick("clinical", "employer", "portal"),
		Action: pick("referral.submitted", "note.read", "report.released"), ObjectKind: pick("referral", "note"),
		Ground: pick("relationship:case", "break-glass:x", ""), Outcome: pick(OutcomeOK, OutcomeDenied),
		SessionHash: hex.EncodeToString([]byte{byte(n), byte(n >> 8)}), RequestID: fmt.Sprint("r", n),
		ActorName: pick("Helen Marsh", ""), Channel: pick("browser", "link", ""), Address: pick("192.0.2.7", ""), Strength: pick("second_factor", ""),
	}
	if r.IntN(2) == 0 {
		e.Detail = map[string]string{"reason": pick("LTS", "STS"), "version": fmt.Sprint(r.IntN(9))}
	}
	return e
}

// seal makes a log of the given events in batches of random size.
func seal(t testing.TB, r *rand.Rand, signerKey string, events []Event) history {
	t.Helper()
	sealer, err := NewSealer(signerKey)
	if err != nil {
		t.Fatal(err)
	}
	h := history{events: events, folder: fstest.MapFS{}}
	store, last := &memory{}, Empty()
	at := time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)
	for next := 0; next < len(events); {
		end := min(len(events), next+1+r.IntN(20))
		var batch []Numbered
		for ; next < end; next++ {
			batch = append(batch, Numbered{int64(next), events[next]})
		}
		at = at.Add(5 * time.Minute)
		b, err := sealer.Seal(last, batch, store, at)
		if err != nil {
			t.Fatal(err)
		}
		if b.FirstHash != int64(len(store.hashes)) {
			t.Fatalf("hashes begin at %d, store holds %d", b.FirstHash, len(store.hashes))
		}
		store.hashes = append(store.hashes, b.Hashes...)
		h.batches, last = append(h.batches, b), b.Checkpoint
		h.folder[b.Checkpoint.FileName()] = &fstest.MapFile{Data: b.Signed}
	}
	return h
}

func (h history) lines() []Line {
	lines := make([]Line, len(h.events))
	for i, e := range h.events {
		lines[i] = Line{int64(i), e, LeafHash(e)}
	}
	return lines
}

func spell(t testing.TB, lines []Line) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, l := range lines {
		if err := WriteLine(&b, l.Seq, l.Event, l.Leaf); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

func keys(t testing.TB) (signer, verifier string) {
	t.Helper()
	signer, err := GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	verifier, err = VerifierKey(signer)
	if err != nil {
		t.Fatal(err)
	}
	return signer, verifier
}

// TestRFC6962 holds both ways of building the tree against the vectors that
// the certificate transparency project publishes.
func TestRFC6962(t *testing.T) {
	inputs := []string{"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"}
	roots := []string{
		"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
		"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
		"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
		"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
		"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
		"76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
		"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
		"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
	}
	var f frontier
	store := &memory{}
	for i, input := range inputs {
		data, _ := hex.DecodeString(input)
		f.add(tlog.RecordHash(data))
		hashes, err := tlog.StoredHashes(int64(i), data, store)
		if err != nil {
			t.Fatal(err)
		}
		store.hashes = append(store.hashes, hashes...)
		stored, err := tlog.TreeHash(int64(i+1), store)
		if err != nil {
			t.Fatal(err)
		}
		frontierRoot := f.root()
		if got := hex.EncodeToString(frontierRoot[:]); got != roots[i] {
			t.Errorf("frontier root of %d = %s, want %s", i+1, got, roots[i])
		}
		if got := hex.EncodeToString(stored[:]); got != roots[i] {
			t.Errorf("stored root of %d = %s, want %s", i+1, got, roots[i])
		}
	}
}

// TestEncodeIsInjective changes each field alone and moves text from one field
// into the next: every variant must have bytes of its own.
func TestEncodeIsInjective(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	base := randomEvent(r, 1)
	base.Role, base.Wall, base.Detail = "ab", "cd", map[string]string{"a": "b", "c": "d"}
	base.ActorName, base.Channel, base.Address, base.Strength = "Helen Marsh", "browser", "192.0.2.7", "second_factor"
	variants := []func(*Event){
		func(*Event) {},
		func(e *Event) { e.ID = randomID(r) },
		func(e *Event) { e.At = e.At.Add(time.Microsecond) },
		func(e *Event) { e.OrganisationID = uuid.Nil },
		func(e *Event) { e.ServiceID = randomID(r) },
		func(e *Event) { e.ActorAccount, e.ActorPerson = e.ActorPerson, e.ActorAccount },
		func(e *Event) { e.ActorPerson = randomID(r) },
		func(e *Event) { e.Role, e.Wall = "a", "bcd" },
		func(e *Event) { e.Role, e.Wall = "abcd", "" },
		func(e *Event) { e.Action += "x" },
		func(e *Event) { e.ObjectKind += "x" },
		func(e *Event) { e.ObjectID, e.Subject = e.Subject, e.ObjectID },
		func(e *Event) { e.Ground += "x" },
		func(e *Event) { e.Outcome += "x" },
		func(e *Event) { e.Detail = nil },
		func(e *Event) { e.Detail = map[string]string{"a": "d", "c": "b"} },
		func(e *Event) { e.Detail = map[string]string{"a": "b"} },
		func(e *Event) { e.SessionHash += "00" },
		func(e *Event) { e.RequestID += "x" },
		func(e *Event) { e.ActorName = "Ruth Vale" },
		func(e *Event) { e.Channel, e.Address = "", "browser192.0.2.7" },
		func(e *Event) { e.Address = "192.0.2.8" },
		func(e *Event) { e.Strength = "password" },
		func(e *Event) { e.ActorName, e.Channel, e.Address, e.Strength = "", "", "", "" },
	}
	seen := map[string]int{}
	for i, change := range variants {
		e := base
		change(&e)
		if before, ok := seen[string(Encode(e))]; ok {
			t.Errorf("variants %d and %d have the same encoding", before, i)
		}
		seen[string(Encode(e))] = i
	}
	london := base
	london.At = base.At.In(time.FixedZone("BST", 3600))
	if !bytes.Equal(Encode(london), Encode(base)) {
		t.Error("the same instant in another zone encodes differently")
	}
}

func TestValidate(t *testing.T) {
	good := randomEvent(rand.New(rand.NewPCG(1, 2)), 1)
	if err := good.Validate(); err != nil {
		t.Fatalf("a good event is refused: %v", err)
	}
	for name, change := range map[string]func(*Event){
		"no id":            func(e *Event) { e.ID = uuid.Nil },
		"no time":          func(e *Event) { e.At = time.Time{} },
		"no wall":          func(e *Event) { e.Wall = "" },
		"action":           func(e *Event) { e.Action = "submit" },
		"outcome":          func(e *Event) { e.Outcome = "maybe" },
		"sentence":         func(e *Event) { e.Ground = "she asked me to" },
		"detail with text": func(e *Event) { e.Detail = map[string]string{"note": "has a bad back"} },
		"detail key":       func(e *Event) { e.Detail = map[string]string{"A b": "x"} },
		"name":             func(e *Event) { e.ActorName = "Helen\nMarsh" },
		"address":          func(e *Event) { e.Address = "the ward office" },
		"session":          func(e *Event) { e.SessionHash = "xyz" },
	} {
		e := good
		change(&e)
		if e.Validate() == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestSealRefuses(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	signer, _ := keys(t)
	sealer, err := NewSealer(signer)
	if err != nil {
		t.Fatal(err)
	}
	store := &memory{}
	first, err := sealer.Seal(Empty(), []Numbered{{0, randomEvent(r, 0)}, {1, randomEvent(r, 1)}, {2, randomEvent(r, 2)}}, store, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	store.hashes = first.Hashes
	if _, err := sealer.Seal(first.Checkpoint, []Numbered{{4, randomEvent(r, 4)}}, store, time.Now()); err == nil {
		t.Error("sealed over a gap")
	}
	if _, err := sealer.Seal(first.Checkpoint, nil, store, time.Now()); err == nil {
		t.Error("sealed nothing")
	}
	store.hashes = bytesFlipped(first.Hashes)
	if _, err := sealer.Seal(first.Checkpoint, []Numbered{{3, randomEvent(r, 3)}}, store, time.Now()); err == nil {
		t.Error("signed on top of a changed store")
	}
}

// bytesFlipped spoils every stored hash.
func bytesFlipped(hashes []tlog.Hash) []tlog.Hash {
	out := make([]tlog.Hash, len(hashes))
	for i, h := range hashes {
		h[0] ^= 1
		out[i] = h
	}
	return out
}

func TestCheckpointFiles(t *testing.T) {
	signer, verifier := keys(t)
	h := seal(t, rand.New(rand.NewPCG(3, 3)), signer, []Event{randomEvent(rand.New(rand.NewPCG(3, 4)), 0)})
	folder, b := t.TempDir(), h.batches[0]
	for range 2 { // a sealer may repeat itself
		if err := WriteCheckpoint(folder, b.Checkpoint, b.Signed); err != nil {
			t.Fatal(err)
		}
		if err := WriteVerifierKey(folder, verifier); err != nil {
			t.Fatal(err)
		}
	}
	if err := WriteCheckpoint(folder, b.Checkpoint, append([]byte("x"), b.Signed...)); err == nil {
		t.Error("a second history of the same size was kept")
	}
	key, err := ReadVerifierKey(os.DirFS(folder))
	if err != nil || key != verifier {
		t.Fatalf("verifier key = %q, %v", key, err)
	}
	report, err := Verify(bytes.NewReader(spell(t, h.lines())), os.DirFS(folder), key)
	if err != nil || !report.OK() || report.Newest.Size != 1 || report.Newest.FileName() != "checkpoint-000000000001" {
		t.Fatalf("report %+v, %v", report, err)
	}
	c, err := OpenCheckpoint(b.Signed, verifier)
	if err != nil || c != b.Checkpoint {
		t.Fatalf("checkpoint %+v, %v, want %+v", c, err, b.Checkpoint)
	}
}

func TestVerifyWithoutCheckpointProvesNothing(t *testing.T) {
	_, verifier := keys(t)
	report, err := Verify(bytes.NewReader(nil), fstest.MapFS{}, verifier)
	if err != nil || report.OK() || report.Findings[0].Kind != NothingSigned {
		t.Fatalf("report %+v, %v", report, err)
	}
}

// TestWithheld checks that an export without some of the events still proves the rest.
func TestWithheld(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	key, err := GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	sealer, err := NewSealer(key)
	if err != nil {
		t.Fatal(err)
	}
	var events []Numbered
	for i := range 20 {
		events = append(events, Numbered{int64(i), randomEvent(r, i)})
	}
	none := tlog.HashReaderFunc(func([]int64) ([]tlog.Hash, error) { return nil, errors.New("nothing stored") })
	b, err := sealer.Seal(Empty(), events, none, time.Unix(1_800_000_000, 0))
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := VerifierKey(key)
	if err != nil {
		t.Fatal(err)
	}
	folder := fstest.MapFS{b.Checkpoint.FileName(): {Data: b.Signed}}
	export := func(change func(i int, l *Line)) Report {
		var out bytes.Buffer
		for i, e := range events {
			l := Line{e.Seq, e.Event, b.Leaves[i]}
			if i%3 == 0 {
				l.Event = Event{}
			}
			change(i, &l)
			if err := WriteLine(&out, l.Seq, l.Event, l.Leaf); err != nil {
				t.Fatal(err)
			}
		}
		report, err := Verify(&out, folder, verifier)
		if err != nil {
			t.Fatal(err)
		}
		return report
	}
	if r := export(func(int, *Line) {}); !r.OK() || r.Withheld != 7 {
		t.Errorf("7 withheld: %d, %v", r.Withheld, r.Findings)
	}
	if r := export(func(i int, l *Line) { l.Leaf[0] ^= byte(i & 4) }); r.OK() {
		t.Error("a changed leaf of a withheld event is not found")
	}
	if r := export(func(i int, l *Line) {
		if i == 4 {
			l.Event.Action += "x"
		}
	}); r.OK() {
		t.Error("a changed event is not found")
	}
}
