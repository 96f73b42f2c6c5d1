package qr_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/platform/qr"
)

// A code has its three finders where a reader looks for them, and a margin around it; another text is another code.
func TestDraw(t *testing.T) {
	const text = "https://oh.example.org/events/0198f2c4-7c1a-7d3e-9f00-0123456789ab"
	c, err := qr.Draw(text)
	if err != nil {
		t.Fatal(err)
	}
	last := c.Size - 4 - 7
	for _, at := range [][2]int{{4, 4}, {last, 4}, {4, last}} {
		if want := "M" + strconv.Itoa(at[0]) + " " + strconv.Itoa(at[1]) + "h7v1h-7z"; !strings.Contains(c.Path, want) {
			t.Errorf("no finder at %v", at)
		}
	}
	if (c.Size-8-17)%4 != 0 {
		t.Errorf("%d modules is the size of no code", c.Size-8)
	}
	if other, err := qr.Draw(text + "c"); err != nil || other.Path == c.Path {
		t.Errorf("another text is the same code, %v", err)
	}
	if _, err := qr.Draw(strings.Repeat("x", 5000)); err == nil {
		t.Error("a text that is too long is drawn")
	}
}
