package seal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
)

func open(t *testing.T, dir string, others ...Maker) *Keys {
	t.Helper()
	k, err := Open(dir, others...)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestFieldOpensInItsCellOnly(t *testing.T) {
	dir := t.TempDir()
	k := open(t, dir)
	cell := Cell{Tenant: uuid.New(), Table: "note", Column: "body", Row: uuid.New(), Class: "D4"}
	plain := []byte("restricted text")
	sealed, err := k.SealField(cell, plain)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(sealed, plain) {
		t.Fatal("the plain text stands in the ciphertext")
	}
	got, err := open(t, dir).OpenField(cell, sealed) // also after a restart
	if err != nil || !bytes.Equal(got, plain) {
		t.Fatalf("opened %q, %v", got, err)
	}
	for name, move := range map[string]func(*Cell){
		"tenant": func(c *Cell) { c.Tenant = uuid.New() },
		"table":  func(c *Cell) { c.Table = "draft" },
		"column": func(c *Cell) { c.Column = "title" },
		"row":    func(c *Cell) { c.Row = uuid.New() },
		"class":  func(c *Cell) { c.Class = "D3" },
		// a boundary between parts must not move
		"split": func(c *Cell) { c.Table, c.Column = "notebo", "dy" },
	} {
		other := cell
		move(&other)
		if _, err := k.OpenField(other, sealed); !errors.Is(err, ErrCell) {
			t.Errorf("moved to another %s: %v", name, err)
		}
	}
	for i := range sealed {
		changed := bytes.Clone(sealed)
		changed[i] ^= 1
		if _, err := k.OpenField(cell, changed); !errors.Is(err, ErrCell) {
			t.Fatalf("byte %d changed: %v", i, err)
		}
	}
	if _, err := open(t, t.TempDir()).OpenField(cell, sealed); !errors.Is(err, ErrCell) {
		t.Errorf("another installation's key: %v", err)
	}
	if _, err := k.SealField(Cell{Table: "note"}, plain); err == nil {
		t.Error("sealed for an incomplete cell")
	}
}

func TestLink(t *testing.T) {
	k := open(t, t.TempDir())
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	link := Link{
		ID: uuid.New(), Purpose: "report.consent.earlier-x", Organisation: uuid.New(), Service: uuid.New(),
		Person: uuid.New(), Object: uuid.New(), Expires: now.Add(time.Hour),
	}
	token, err := k.MintLink(link)
	if err != nil {
		t.Fatal(err)
	}
	if len(token) > 200 {
		t.Errorf("token has %d characters", len(token))
	}
	got, err := k.OpenLink(token, link.Purpose, now)
	if err != nil || got != link {
		t.Fatalf("opened %+v, %v, want %+v", got, err, link)
	}
	if _, err := k.OpenLink(token, link.Purpose, link.Expires); !errors.Is(err, ErrExpired) {
		t.Errorf("at its expiry: %v", err)
	}
	if _, err := k.OpenLink(token, "feedback", now); !errors.Is(err, ErrLink) {
		t.Errorf("for another purpose: %v", err)
	}
	if _, err := open(t, t.TempDir()).OpenLink(token, link.Purpose, now); !errors.Is(err, ErrLink) {
		t.Errorf("of another installation: %v", err)
	}
	for i := range token {
		for _, c := range []string{"A", "_", "=", " "} {
			if token[i:i+1] == c {
				continue
			}
			if _, err := k.OpenLink(token[:i]+c+token[i+1:], link.Purpose, now); !errors.Is(err, ErrLink) {
				t.Fatalf("character %d changed to %q: %v", i, c, err)
			}
		}
	}
	for _, bad := range []Link{{}, {ID: uuid.New(), Purpose: "x"}, {ID: uuid.New(), Purpose: "Too Wide", Expires: now}} {
		if _, err := k.MintLink(bad); err == nil {
			t.Errorf("minted %+v", bad)
		}
	}
}

func TestPseudonym(t *testing.T) {
	dir := t.TempDir()
	k := open(t, dir)
	service, person := uuid.New(), uuid.New()
	base := k.Pseudonym(service, "person", person)
	if len(base) != 32 || !bytes.Equal(base, open(t, dir).Pseudonym(service, "person", person)) {
		t.Fatal("a pseudonym is not stable over a restart")
	}
	for name, other := range map[string][]byte{
		"service":      k.Pseudonym(uuid.New(), "person", person),
		"kind":         k.Pseudonym(service, "case", person),
		"id":           k.Pseudonym(service, "person", uuid.New()),
		"installation": open(t, t.TempDir()).Pseudonym(service, "person", person),
	} {
		if bytes.Equal(base, other) {
			t.Errorf("another %s has the same pseudonym", name)
		}
	}
	if k.Fingerprint() != open(t, dir).Fingerprint() || k.Fingerprint() == open(t, t.TempDir()).Fingerprint() {
		t.Error("the fingerprint does not follow the folder")
	}
}

func TestFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "keys")
	signer := Maker{"audit-signer.key", func() (string, error) { return "made " + uuid.NewString(), nil }}
	open(t, dir)
	first := open(t, dir, signer).Other(signer.Name) // a key that a later version needs
	if first == "" || first != open(t, dir, signer).Other(signer.Name) {
		t.Fatal("another package's secret is not kept")
	}
	path := filepath.Join(dir, signer.Name)
	if runtime.GOOS != "windows" {
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("mode is %v, %v", info.Mode(), err)
		}
		if err := os.Chmod(path, 0o640); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(dir, signer); err == nil || !strings.Contains(err.Error(), "chmod 600") {
			t.Errorf("a key that others may read: %v", err)
		}
	}
	for _, lost := range []string{signer.Name, "field.keyset", "link.keyset", "pseudonym.key"} {
		if err := os.Remove(filepath.Join(dir, lost)); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(dir, signer); err == nil || !strings.Contains(err.Error(), "restore") {
			t.Errorf("lost %s: %v", lost, err)
		}
	}
}

func TestSpoiltKeys(t *testing.T) {
	for _, name := range []string{"field.keyset", "pseudonym.key"} {
		dir := t.TempDir()
		open(t, dir)
		if err := os.WriteFile(filepath.Join(dir, name), []byte("spoilt"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(dir); err == nil || strings.Contains(err.Error(), "spoilt") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSecretHides(t *testing.T) {
	const value = "hunter2"
	s := Secret(value)
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%10s"} {
		fmt.Fprintf(&out, verb+" ", s)
		fmt.Fprintf(&out, verb+" ", struct{ S Secret }{s})
		fmt.Fprintf(&out, verb+" ", []Secret{s})
	}
	slog.New(slog.NewTextHandler(&out, nil)).Info("started", "secret", s, "group", slog.GroupValue(slog.Any("s", s)))
	slog.New(slog.NewJSONHandler(&out, nil)).Info("started", "secret", struct{ S Secret }{s})
	if err := json.NewEncoder(&out).Encode(map[string]Secret{"s": s}); err != nil {
		t.Fatal(err)
	}
	seen := out.String()
	if strings.Contains(seen, value) || strings.Contains(seen, fmt.Sprintf("%x", value)) || strings.Contains(seen, fmt.Sprintf("%X", value)) {
		t.Errorf("the secret shows: %s", seen)
	}
	if s.Reveal() != value {
		t.Error("Reveal does not give the value")
	}
}
