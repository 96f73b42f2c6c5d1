package messageweb

import (
	"context"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func (p *pages) list(c *web.Context) error {
	list, err := p.outbox.List(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(listPage(c.Page("message.list.title", ""), list, c.Actor.Demo))
}

// to says channel and address.
func to(ctx context.Context, m message.Sent) string {
	channel := m.Channel
	if channel == "" {
		channel = "none"
	}
	if m.Address == "" {
		return locale.T(ctx, "message.state."+m.State)
	}
	return locale.T(ctx, "message.channel."+channel) + ": " + m.Address
}

// check is the row with what the link of a message asks for, in a demonstration.
func check(ctx context.Context, m message.Sent) []nhsuk.SummaryRow {
	if m.Born.IsZero() {
		return nil
	}
	return []nhsuk.SummaryRow{nhsuk.Row(locale.T(ctx, "message.list.born"), locale.Date(m.Born))}
}

// paragraphs are the text as it would be read: blank lines between, a link alone on its line.
func paragraphs(m message.Sent) [][]string {
	var out [][]string
	for _, p := range strings.Split(m.Body, "\n\n") {
		out = append(out, strings.Split(p, "\n"))
	}
	return out
}

// isLink says whether a line is a whole link, which a demonstration can follow.
func isLink(line string) bool {
	return strings.HasPrefix(line, "http") && !strings.ContainsAny(line, " …")
}
