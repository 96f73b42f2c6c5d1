package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/calc/wire"
)

type calcCommand struct {
	Name    string `arg:"" optional:"" help:"Calculator: see --list."`
	Example bool   `help:"Print a valid input."`
	List    bool   `help:"List the calculators."`
}

// maxInput bounds what a calculator reads: a thousand charts of ten years fit many times over.
const maxInput = 64 << 20

// Run reads JSON from standard input and writes the answer as JSON. Ctrl-C ends it at once: a calculator has no half answer.
func (c calcCommand) Run(ctx context.Context, s streams) error {
	if c.List {
		fmt.Fprintln(s.out, strings.Join(wire.List(), "\n"))
		return nil
	}
	if c.Name == "" {
		return usage{errors.New("calc needs the name of a calculator: rowan calc --list")}
	}
	if err := wire.Find(c.Name); err != nil {
		return usage{err}
	}
	if c.Example {
		example, err := wire.Example(c.Name)
		if err != nil {
			return err
		}
		fmt.Fprintln(s.out, example)
		return nil
	}
	out, err := orStopped(ctx, func() ([]byte, error) {
		in, err := limited(s.in, "the input", maxInput)
		if err != nil {
			return nil, err
		}
		return wire.Run(c.Name, in)
	})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.out, "%s\n", out)
	return err
}

// orStopped gives the answer of a pure function, or an error as soon as the context ends. The function knows no context
// and is left behind then: the process ends with the command.
func orStopped[T any](ctx context.Context, answer func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		value, err := answer()
		done <- result{value, err}
	}()
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
		var none T
		return none, errors.New("stopped before there was an answer")
	}
}
