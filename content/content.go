// Package content carries the words and the reference data that Rowan is
// delivered with, as files of this folder compiled into the binary.
//
// packs/ holds versioned reference data. Files keep the published format of
// their source, so that a new edition can be dropped in unchanged.
package content

import "embed"

// FS holds the files under their path in this folder, such as
// "packs/bank-holidays-england.json".
//
//go:embed packs
var FS embed.FS
