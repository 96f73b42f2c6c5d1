package survey

import (
	"context"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// When says until when it is open, or when it closed.
func When(ctx context.Context, closes, today civil.Date) string {
	if closes.Before(today) {
		return locale.T(ctx, "call.closed", "day", closes.Long())
	}
	return locale.T(ctx, "call.until", "day", closes.Long())
}

// field is a question as it stands on the page.
func field(i int, q Question) form.Field {
	out := form.Field{Name: Field(i), Key: "call.question", Args: []any{"question", q.Words}, Rows: 4, Max: MostAnswer}
	for _, o := range q.Options {
		out.Options = append(out.Options, form.Option{Value: o, Text: o})
	}
	return out
}
