// Package qr draws an address as a QR code (ISO/IEC 18004), for a phone to read from a poster or a screen. The code itself is made by
// boombuler/barcode; here it becomes the path of an SVG, so that it prints sharp at any size and needs no image file.
package qr

import (
	"fmt"
	"image"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// quiet is the margin in modules that a reader needs on each side (ISO/IEC 18004, 6.3.8).
const quiet = 4

// Code is a drawing: Size modules in each direction with the margin, and the path of the dark ones.
type Code struct {
	Size int
	Path string
}

// Draw draws a text. Level M stands up to a crease or a drop of coffee on a poster. A text that is too long for a code is an error.
func Draw(text string) (Code, error) {
	b, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return Code{}, fmt.Errorf("draw QR code: %w", err)
	}
	n := b.Bounds().Dx()
	var path strings.Builder
	for y := range n {
		for x := 0; x < n; x++ {
			from := x
			for x < n && dark(b, x, y) {
				x++
			}
			if x > from {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", from+quiet, y+quiet, x-from, x-from)
			}
		}
	}
	return Code{Size: n + 2*quiet, Path: path.String()}, nil
}

func dark(img image.Image, x, y int) bool {
	r, _, _, _ := img.At(x, y).RGBA()
	return r == 0
}
