// Package pack reads packs: the files of content/packs, which hold what changes with the years and is not code. Each says
// its version, from which day it holds and where it comes from; one that does not is refused. What else a pack must hold
// is checked by whoever reads it.
package pack

import (
	"errors"
	"fmt"
	"io/fs"
	"sync"

	"gopkg.in/yaml.v3"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

// Read reads a pack by its name, "champions" for packs/champions.yaml, into what into points at.
func Read(from fs.FS, name string, into any) error {
	text, err := fs.ReadFile(from, "packs/"+name+".yaml")
	if err == nil {
		err = parse(text, into)
	}
	if err != nil {
		return fmt.Errorf("load pack %s: %w", name, err)
	}
	return nil
}

// BuiltIn reads a pack that is compiled into the binary, and panics if it cannot: a test reads each, so a broken file is a
// broken build.
func BuiltIn[T any](name string) (p T) {
	if err := Read(content.FS, name, &p); err != nil {
		panic(err)
	}
	return p
}

// Once makes a function that loads the packs compiled into the binary when it is first called, and gives the same ever after.
// Like BuiltIn it panics if it cannot.
func Once[T any](load func(fs.FS) (T, error)) func() T {
	return sync.OnceValue(func() T {
		p, err := load(content.FS)
		if err != nil {
			panic(err)
		}
		return p
	})
}

func parse(text []byte, into any) error {
	var head struct {
		Version int    `yaml:"version"`
		From    string `yaml:"effective_from"`
		Source  string `yaml:"source"`
	}
	if err := yaml.Unmarshal(text, &head); err != nil {
		return err
	}
	if head.Version < 1 || head.Source == "" {
		return errors.New("it names no version or no source")
	}
	if _, err := civil.Parse(head.From); err != nil {
		return fmt.Errorf("effective_from: %w", err)
	}
	return yaml.Unmarshal(text, into)
}
