package sheet

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"path/filepath"
	"strings"
)

// longestName keeps a name within a line.
const longestName = 120

// FileName is what a browser sends as a file's name, without a folder, without control characters, and short enough for a line.
func FileName(name string) string { return Line(filepath.Base(name), longestName) }

// Line is a text without control characters, of at most so many characters.
func Line(text string, most int) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' {
			return -1
		}
		return r
	}, text)
	if r := []rune(text); len(r) > most {
		return string(r[:most])
	}
	return text
}

// Hashed reads a file and keeps the hash of it.
type Hashed struct {
	io.Reader
	all io.Reader
	sum hash.Hash
}

// NewHashed makes one.
func NewHashed(r io.Reader) *Hashed {
	sum := sha256.New()
	return &Hashed{io.TeeReader(r, sum), r, sum}
}

// Sum reads what is left, since a parser stops at the end of the records, and gives the SHA-256 of the whole file in hexadecimal.
func (h *Hashed) Sum() (string, error) {
	if _, err := io.Copy(h.sum, h.all); err != nil {
		return "", fmt.Errorf("read file: %w", err)
	}
	return hex.EncodeToString(h.sum.Sum(nil)), nil
}
