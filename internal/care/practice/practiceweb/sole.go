package practiceweb

import (
	"context"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/care/practice"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// soleText says what hangs on somebody, and until when they may practise.
func soleText(ctx context.Context, t practice.Team, s practice.Sole) string {
	var names []string
	for _, c := range s.Competencies {
		names = append(names, c.Name)
	}
	text := locale.T(ctx, "practice.sole.holds", "n", len(names), "list", strings.Join(names, ", "))
	if s.Ends.On.IsZero() {
		return text + " " + locale.T(ctx, "practice.sole.unregistered")
	}
	return text + " " + endText(ctx, t, s.Ends)
}

func endText(ctx context.Context, t practice.Team, d practice.Due) string {
	return locale.T(ctx, "practice.sole.ends", "body", d.What, "when", when(ctx, d, t.Today))
}
