package pack

import (
	"html"
	"regexp"

	"github.com/rowan-ohwb/rowan/internal/growth/figure"
)

// Named is a figure of a frozen pack, so that somebody can ask about it: its line in the annex, and its words there.
type Named struct {
	N    string
	Ref  figure.Ref
	Text string
}

// line is a line of the annex, as pack.templ writes it.
var line = regexp.MustCompile(`<li id="figure-(\d+)" data-figure="([^"]+)">\s*<strong>([^<]*)</strong>`)

// Figures lists the figures that a frozen text relies on. The text leads nowhere itself: it must say the same for ever.
func Figures(body string) []Named {
	var out []Named
	for _, m := range line.FindAllStringSubmatch(body, -1) {
		if ref, ok := figure.ParseRef(html.UnescapeString(m[2])); ok {
			out = append(out, Named{m[1], ref, html.UnescapeString(m[3])})
		}
	}
	return out
}
