package cli

import (
	"fmt"
	"runtime/debug"
)

// Version is set by the Makefile.
var Version = "development"

type versionCommand struct{}

// Run prints the version and the Go that built it.
func (versionCommand) Run(s streams) error {
	goVersion := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		goVersion = info.GoVersion
	}
	fmt.Fprintf(s.out, "rowan %s (%s)\n", Version, goVersion)
	return nil
}
