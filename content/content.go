// Package content holds words and reference data that are not code: what
// changes when a rule, a letter or a list changes, and the program does not.
package content

import "embed"

// FS has packs/: versioned reference data, each with its source and date.
//
//go:embed packs
var FS embed.FS
