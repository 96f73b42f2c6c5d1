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

// Whole reads a document of at most so many bytes, with its SHA-256 in hexadecimal. An empty or a longer one is a *Refused.
func Whole(r io.Reader, most int) (content []byte, sum string, err error) {
	content, err = io.ReadAll(io.LimitReader(r, int64(most)+1))
	switch {
	case err != nil:
		return nil, "", fmt.Errorf("read file: %w", err)
	case len(content) == 0:
		return nil, "", &Refused{Key: "document.refused.empty"}
	case len(content) > most:
		return nil, "", &Refused{Key: "document.refused.long", Args: []any{"n", most >> 20}}
	}
	hash := sha256.Sum256(content)
	return content, hex.EncodeToString(hash[:]), nil
}
