package pack

import (
	"html"
	"regexp"

	"github.com/google/uuid"
)

// Named is a figure of a frozen pack, so that somebody can ask about it as the pack has it: its line in the annex, and
// its words there.
type Named struct {
	N     string
	Cited uuid.UUID
	Text  string
}

// line is a line of the annex, as pack.templ writes it.
var line = regexp.MustCompile(`<li id="figure-(\d+)" data-citation="([^"]+)">\s*<strong>([^<]*)</strong>`)

// Figures lists the figures that a frozen text relies on. The text leads nowhere itself: it must say the same for ever.
func Figures(body string) []Named {
	var out []Named
	for _, m := range line.FindAllStringSubmatch(body, -1) {
		if id, err := uuid.Parse(m[2]); err == nil {
			out = append(out, Named{m[1], id, html.UnescapeString(m[3])})
		}
	}
	return out
}
