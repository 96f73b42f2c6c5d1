package sealed_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

func box(t *testing.T) sealed.Box {
	t.Helper()
	keys, err := seal.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return sealed.New(keys)
}

func TestEveryTextComesBack(t *testing.T) {
	b, service := box(t), uuid.New()
	rapid.Check(t, func(rt *rapid.T) {
		c := rapid.SampledFrom(sealed.Columns).Draw(rt, "column")
		// any bytes: what looks like padding is text when it was typed
		text := string(rapid.SliceOf(rapid.SampledFrom([]byte{0, 0x80, 'a', 0xff})).Draw(rt, "text"))
		row := uuid.New()
		was, err := b.Seal(c, service, row, text)
		if err != nil {
			rt.Fatal(err)
		}
		if got, err := b.Open(c, service, row, was); err != nil || got != text {
			rt.Fatalf("%q came back as %q, %v", text, got, err)
		}
		if len(text) > 3 && bytes.Contains(was, []byte(text)) {
			rt.Fatalf("%q stands in the ciphertext", text)
		}
	})
}

// What was sealed for one cell opens in no other of the list.
func TestAMovedTextDoesNotOpen(t *testing.T) {
	b, stolen, service, row := box(t), box(t), uuid.New(), uuid.New()
	for _, from := range sealed.Columns {
		was, err := b.Seal(from, service, row, "words")
		if err != nil {
			t.Fatal(err)
		}
		for _, to := range sealed.Columns {
			for name, open := range map[string]func() (string, error){
				"row":      func() (string, error) { return b.Open(to, service, uuid.New(), was) },
				"service":  func() (string, error) { return b.Open(to, uuid.New(), row, was) },
				"key":      func() (string, error) { return stolen.Open(to, service, row, was) },
				"a change": func() (string, error) { return b.Open(to, service, row, append(bytes.Clone(was), 0)) },
				"column":   func() (string, error) { return b.Open(to, service, row, was) },
			} {
				if to == from && name == "column" {
					continue
				}
				got, err := open()
				if got != "" || fault.KindOf(err) != fault.Unreadable || !errors.Is(err, seal.ErrCell) {
					t.Errorf("%v to %v, %s: opened %q, %v", from, to, name, got, err)
				}
				if err != nil && !strings.Contains(err.Error(), to.Table+"."+to.Name) {
					t.Errorf("the log does not say where: %v", err)
				}
			}
		}
	}
}

func TestLengthTellsNoCode(t *testing.T) {
	b := box(t)
	lengths := map[int]bool{}
	for _, code := range []string{"", "serious_harm", "third_party"} {
		was, err := b.Seal(sealed.NoteWithheld, uuid.New(), uuid.New(), code)
		if err != nil {
			t.Fatal(err)
		}
		lengths[len(was)] = true
	}
	if len(lengths) != 1 {
		t.Errorf("%d lengths", len(lengths))
	}
}

func TestNullIsNoText(t *testing.T) {
	if got, err := box(t).Open(sealed.NoteWithheld, uuid.New(), uuid.New(), nil); got != "" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
}
