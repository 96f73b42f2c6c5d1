package maturity

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"strconv"

	"github.com/rowan-ohwb/rowan/internal/growth/improvement"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

const (
	// mostThemes is far above any framework in use; a file with more is the wrong file.
	mostThemes = 200
	// mostBytes holds that many themes with every level at its longest, four bytes a letter.
	mostBytes = 4 << 20
	// longestLevel is a short paragraph on a card.
	longestLevel = 500
)

var code = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,19}$`)

// File is what a CSV file holds.
type File struct {
	Rows    int
	Themes  []Theme
	Rejects []sheet.Reject
}

// Parse reads a file. One that is not taken as a whole is *sheet.Refused.
func Parse(r io.Reader) (File, error) {
	var f File
	bounded := &io.LimitedReader{R: r, N: mostBytes + 1}
	t, err := sheet.NewTable(bounded)
	if err != nil {
		return f, err
	}
	if err := t.Need("code", "theme", level(1), level(2), level(3), level(4), level(5)); err != nil {
		return f, err
	}
	seen := map[string]bool{}
	for {
		row, err := t.Next()
		var reject *sheet.Reject
		switch {
		case errors.Is(err, io.EOF):
			if f.Rows == 0 {
				return f, &sheet.Refused{Key: "improvement.file.nothing"}
			}
			return f, nil
		case errors.As(err, &reject):
		case err != nil:
			return f, err
		default:
			var theme Theme
			if theme, reject = read(row, seen); reject == nil {
				seen[theme.Code] = true
				f.Themes = append(f.Themes, theme)
			}
		}
		if reject != nil {
			f.Rejects = append(f.Rejects, *reject)
		}
		if f.Rows++; f.Rows > mostThemes || bounded.N <= 0 {
			return f, &sheet.Refused{Key: "improvement.file.too_long", Args: []any{"n", mostThemes}}
		}
	}
}

func level(n int) string { return "level" + strconv.Itoa(n) }

func read(row sheet.Row, seen map[string]bool) (Theme, *sheet.Reject) {
	t := Theme{Code: cell(row, "code"), Title: cell(row, "theme")}
	switch {
	case !code.MatchString(t.Code):
		return t, row.Fault("code", "improvement.reject.code")
	case seen[t.Code]:
		return t, row.Fault("code", "improvement.reject.twice")
	case t.Title == "":
		return t, row.Fault("theme", "improvement.reject.empty")
	case len([]rune(t.Title)) > improvement.LongestTitle:
		return t, row.Fault("theme", "improvement.reject.long")
	}
	for n := 1; n <= Levels; n++ {
		words := cell(row, level(n))
		switch {
		case words == "":
			return t, row.Fault(level(n), "improvement.reject.empty")
		case len([]rune(words)) > longestLevel:
			return t, row.Fault(level(n), "improvement.reject.long")
		}
		t.Levels = append(t.Levels, words)
	}
	return t, nil
}

// cell takes the guard off that a spreadsheet export puts before a sign of arithmetic.
func cell(row sheet.Row, name string) string { return sheet.Unguard(row.Get(name)) }

// digest identifies a file by what it says: good rows and rejects.
func (f File) digest() (string, error) {
	text, err := json.Marshal(f)
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), err
}
