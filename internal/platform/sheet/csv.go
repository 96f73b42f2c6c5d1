package sheet

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Refused is why a whole file was not taken: the key and arguments of its words, which never quote the file.
type Refused struct {
	Key  string
	Args []any
}

func (r *Refused) Error() string { return r.Key }

// NewReader reads CSV as spreadsheets write it: without the byte order mark
// that Excel puts first. It refuses an empty file and UTF-16.
func NewReader(r io.Reader) (*csv.Reader, error) {
	in := bufio.NewReader(r)
	mark, err := in.Peek(3)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read file: %w", err)
	}
	switch {
	case len(mark) == 0:
		return nil, &Refused{"csv.empty", nil}
	case string(mark) == "\xef\xbb\xbf":
		if _, err := in.Discard(len(mark)); err != nil {
			return nil, fmt.Errorf("read file: %w", err)
		}
	case strings.HasPrefix(string(mark), "\xff\xfe"), strings.HasPrefix(string(mark), "\xfe\xff"):
		return nil, &Refused{"csv.utf16", nil}
	}
	return csv.NewReader(in), nil
}

// BadRecord turns an error of csv.Reader.Read, other than io.EOF, into the line
// and the reason, a key of words, of one rejected row; reading may go on. It gives an error
// instead when the file was not read at all, or when a quotation mark ran on
// over lines: rows have then been swallowed, and nothing can be said about the
// rest.
func BadRecord(err error) (line int, reason string, fatal error) {
	var parse *csv.ParseError
	switch {
	case !errors.As(err, &parse):
		return 0, "", fmt.Errorf("read file: %w", err)
	case errors.Is(parse.Err, csv.ErrFieldCount):
		return parse.StartLine, "csv.ragged", nil
	case parse.Line != parse.StartLine:
		return 0, "", &Refused{"csv.open_quotation", []any{"line", parse.StartLine}}
	}
	return parse.Line, "csv.quotation", nil
}
