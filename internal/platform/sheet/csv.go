package sheet

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// NewReader reads CSV as spreadsheets write it: without the byte order mark
// that Excel puts first. It refuses UTF-16 in words that say what to do.
func NewReader(r io.Reader) (*csv.Reader, error) {
	in := bufio.NewReader(r)
	mark, err := in.Peek(3)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read file: %w", err)
	}
	switch {
	case len(mark) == 0:
		return nil, errors.New("the file is empty")
	case string(mark) == "\xef\xbb\xbf":
		if _, err := in.Discard(len(mark)); err != nil {
			return nil, fmt.Errorf("read file: %w", err)
		}
	case strings.HasPrefix(string(mark), "\xff\xfe"), strings.HasPrefix(string(mark), "\xfe\xff"):
		return nil, errors.New(`the file is in UTF-16; save it as "CSV UTF-8" and try again`)
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
		return 0, "", fmt.Errorf("a quotation mark opened on line %d is not closed properly", parse.StartLine)
	}
	return parse.Line, "csv.quotation", nil
}
