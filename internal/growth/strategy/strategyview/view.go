// Package strategyview draws what the pages of the plan and of the board share: a figure that is relied on, the list
// from which one is chosen, and a status.
package strategyview

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/figure/figureview"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// Checked are the figures of a page with what became of them.
type Checked map[uuid.UUID]figure.Checked

// Moved says whether a newer figure could be relied on.
func (c Checked) Moved(s strategy.Source) bool {
	return c[s.Citation].Moved()
}

// Figures lists the figures of which a form takes one, after an empty choice.
func Figures(ctx context.Context, all []figure.Figure) []form.Option {
	out := []form.Option{{Value: "", Key: "strategy.figure.none"}}
	for _, f := range all {
		out = append(out, form.Option{Value: f.Ref.String(), Text: f.Title + ": " + figureview.Value(ctx, f) + " (" + f.PeriodText + ")"})
	}
	return out
}

// Choices makes the options of a select: an empty one first, then codes with their words.
func Choices(emptyKey, prefix string, codes []string) []form.Option {
	return append([]form.Option{{Value: "", Key: emptyKey}}, form.Options(prefix, codes...)...)
}

// Lines splits what stands on several lines.
func Lines(s string) []string { return strings.Split(s, "\n") }

// Element is the element of a sub-section: E5 of E5.2.
func Element(subsection string) string {
	e, _, _ := strings.Cut(subsection, ".")
	return e
}

// Section says element and sub-section in words.
func Section(ctx context.Context, subsection string) string {
	return locale.T(ctx, "strategy.element."+Element(subsection)) + ": " + locale.T(ctx, "strategy.subsection."+subsection)
}

// Check asks the sources of a page's figures again.
func Check(c *web.Context, s *strategy.Service, sources ...strategy.Source) (Checked, error) {
	return s.Check(c.Ctx(), c.Actor, c.Now, sources...)
}
