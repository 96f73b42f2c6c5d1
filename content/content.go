// Package content holds what is data and not code: words by language (words/), and versioned, dated,
// switchable reference data and rules, each naming its source (packs/).
package content

import "embed"

// FS holds words/ and packs/.
//
//go:embed words packs
var FS embed.FS
