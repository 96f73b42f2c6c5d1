// Command rowan runs and grows an NHS occupational health and wellbeing service.
package main

import (
	"os"
	_ "time/tzdata" // civil times are London's, also on a machine without a time zone database

	"github.com/rowan-ohwb/rowan/internal/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:])) }
