// Package standalone makes of a frozen text one HTML file that can be read, printed and kept without Rowan, and says by its hash that
// the text is still what was frozen.
package standalone

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed" // the style sheet
	"encoding/hex"
)

//go:embed print.css
var style string

// Hash is the SHA-256 of a text, in hexadecimal.
func Hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// File gives a text as one file. Its last words, foot, tell its hash, or that it is a draft.
func File(ctx context.Context, title, text, foot string) (string, error) {
	var b bytes.Buffer
	if err := page(title, text, foot).Render(ctx, &b); err != nil {
		return "", err
	}
	return b.String(), nil
}
