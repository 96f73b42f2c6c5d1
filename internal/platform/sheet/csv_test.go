package sheet

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

func TestNewReader(t *testing.T) {
	for _, file := range []string{"a,b\n", "\ufeffa,b\r\n", "a,b"} {
		records, err := NewReader(strings.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		if cells, err := records.Read(); err != nil || !slices.Equal(cells, []string{"a", "b"}) {
			t.Errorf("%q: %q, %v", file, cells, err)
		}
	}
	for _, file := range []string{"", "\xff\xfea\x00", "\xfe\xff\x00a"} {
		var refused *Refused
		if _, err := NewReader(strings.NewReader(file)); !errors.As(err, &refused) {
			t.Errorf("%q: %v", file, err)
		}
	}
	if _, err := NewReader(iotest.ErrReader(io.ErrClosedPipe)); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("broken file: %v", err)
	}
}

func TestBadRecord(t *testing.T) {
	records, err := NewReader(strings.NewReader("a,b\nx\nO\"x,y\n1,2\n\"z,y\n3,4\n"))
	if err != nil {
		t.Fatal(err)
	}
	var lines []int
	good := 0
	for {
		_, err := records.Read()
		if err == nil {
			good++
			continue
		}
		line, _, fatal := BadRecord(err)
		if fatal != nil {
			var refused *Refused
			if !errors.As(fatal, &refused) || !slices.Equal(refused.Args, []any{"line", 5}) {
				t.Error(fatal)
			}
			break
		}
		lines = append(lines, line)
	}
	if good != 2 || !slices.Equal(lines, []int{2, 3}) {
		t.Errorf("%d good rows, bad lines %v", good, lines)
	}
}
