package sheet_test

import (
	"io"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

func TestFileName(t *testing.T) {
	for name, want := range map[string]string{
		"staff.csv": "staff.csv", "/home/nurse/staff.csv": "staff.csv", "a\r\nb.csv": "ab.csv", strings.Repeat("é", 130): strings.Repeat("é", 120),
	} {
		if got := sheet.FileName(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

// The hash is of the whole file, however much of it was read before.
func TestHashed(t *testing.T) {
	const want = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" // of "abc", FIPS 180-4
	for read := range 4 {
		h := sheet.NewHashed(strings.NewReader("abc"))
		if _, err := io.CopyN(io.Discard, h, int64(read)); err != nil {
			t.Fatal(err)
		}
		if got, err := h.Sum(); err != nil || got != want {
			t.Errorf("after %d: %s, %v", read, got, err)
		}
	}
}
