package cli

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
)

// TestStopped ends commands that would wait for ever: at once, with a code that is not 0 and nothing on standard output.
func TestStopped(t *testing.T) {
	never, hold := io.Pipe()
	defer hold.Close()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, args := range [][]string{{"calc", "queue"}, {"simulate", "-"}} {
		var out, err bytes.Buffer
		if code := run(ctx, args, streams{never, &out, &err}); code != 1 || out.Len() > 0 || err.String() != "rowan: stopped before there was an answer\n" {
			t.Errorf("%v: code %d, %q, %q", args, code, &out, &err)
		}
	}
	// Also in the middle of the work: 1e8 draws take seconds.
	ctx, cancel = context.WithCancel(context.Background())
	in := io.MultiReader(strings.NewReader(`{"inputs":{"a":{"min":0,"mode":1,"max":2}},"expression":"a","draws":1e8}`), after(cancel))
	var out, err bytes.Buffer
	if code := run(ctx, []string{"calc", "montecarlo"}, streams{in, &out, &err}); code != 1 || out.Len() > 0 {
		t.Errorf("code %d, %q, %q", code, &out, &err)
	}
}

// after is an end of the input that does something.
type after func()

func (f after) Read([]byte) (int, error) { f(); return 0, io.EOF }
