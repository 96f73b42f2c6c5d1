// Package clinicalword finds words that name a diagnosis, a treatment or a medicine, by packs/clinical-words.yaml. The
// list is ours and incomplete: what it finds is worth a second look, and that it finds nothing proves nothing.
package clinicalword

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/rowan-ohwb/rowan/internal/platform/pack"
)

var words = sync.OnceValue(func() *regexp.Regexp {
	p := pack.BuiltIn[struct{ Medicines, Diagnoses []string }]("clinical-words")
	var quoted []string
	for _, w := range append(p.Medicines, p.Diagnoses...) {
		quoted = append(quoted, regexp.QuoteMeta(w))
	}
	return regexp.MustCompile(`(?i)\b(?:` + strings.Join(quoted, "|") + `)s?\b`)
})

// In finds the words of a text, each once, in small letters and in their order.
func In(text string) (out []string) {
	for _, w := range words().FindAllString(strings.ReplaceAll(text, "’", "'"), -1) {
		if w = strings.ToLower(w); !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}
