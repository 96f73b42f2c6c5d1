package cli

import (
	"errors"
	"fmt"
	"io"
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

// Run reads JSON from standard input and writes the answer as JSON.
func (c calcCommand) Run(s streams) error {
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
	in, err := io.ReadAll(io.LimitReader(s.in, maxInput+1))
	if err != nil {
		return fmt.Errorf("read standard input: %w", err)
	}
	if len(in) > maxInput {
		return fmt.Errorf("the input is over %d MB", maxInput>>20)
	}
	out, err := wire.Run(c.Name, in)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.out, "%s\n", out)
	return err
}
