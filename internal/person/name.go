package person

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// letters that Unicode does not take apart into a plain letter and a mark, as people type them without.
var letters = strings.NewReplacer("ß", "ss", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "æ", "ae", "œ", "oe", "ı", "i", "'", "", "’", "", "‘", "", "`", "")

// NameKey is what a person is searched by: family name, then given name, folded.
func NameKey(family, given string) string { return Fold(family + " " + given) }

// Fold makes two spellings of a name equal where a reader would take them for the same: lower case, without
// accents and apostrophes, everything else that is no letter or digit as one space ("O'Neill-Žák" and
// "oneill zak").
func Fold(s string) string {
	// Taking apart by compatibility also unites full-width and ligature forms that old systems export.
	s = letters.Replace(strings.ToLower(norm.NFKD.String(s)))
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(r)
		default:
			space = true
		}
	}
	return b.String()
}

// Range gives the half-open range of keys that begin with what somebody typed: from <= key and key < to. Under
// row-level security a range uses the index and LIKE does not (design 5). An empty prefix has an empty range.
func Range(prefix string) (from, to string) {
	from = Fold(prefix)
	if from == "" {
		return "", ""
	}
	return from, from + string(unicode.MaxRune) // no name holds the last code point, so every longer key sorts before
}
