package auditweb

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/audit/watch"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/layout"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func wide(p layout.PageParams) layout.PageParams {
	p.Wide = true
	return p
}

func heads(ctx context.Context, keys ...string) []nhsuk.TableHead {
	texts := make([]string, len(keys))
	for i, k := range keys {
		texts[i] = locale.T(ctx, k)
	}
	return nhsuk.Heads(texts...)
}

const actionPrefix = "audit.action."

// actions are the choices of the search, in order of their words.
func actions(ctx context.Context) []form.Option {
	words := locale.From(ctx)
	list := []form.Option{}
	for _, key := range words.Keys() {
		if action, ok := strings.CutPrefix(key, actionPrefix); ok {
			list = append(list, form.Option{Value: action, Text: words.T(key)})
		}
	}
	slices.SortFunc(list, func(a, b form.Option) int { return strings.Compare(a.Text, b.Text) })
	return append([]form.Option{{Value: "", Key: "audit.search.any"}}, list...)
}

// action says an action in words; a refusal by the access table is written under the name of its permission. An action
// without words, of an older Rowan, shows as itself: better a code than a gap in evidence.
func action(ctx context.Context, e watch.Event) string {
	words, what := locale.From(ctx), e.Action
	if words.Has(actionPrefix + what) {
		what = words.T(actionPrefix + what)
	}
	if e.Denied {
		return words.T("audit.event.denied", "what", what)
	}
	return what
}

// ground says why somebody was let in: "case", "glass:<id>" without the id.
func ground(ctx context.Context, e watch.Event) string {
	code, _, _ := strings.Cut(e.Ground, ":")
	if code == "" {
		return ""
	}
	if words, key := locale.From(ctx), "audit.ground."+code; words.Has(key) {
		return words.T(key)
	}
	return code
}

// where says through what door somebody came, from which address, and how well they had proved who they are. Events that
// are older than these facts say nothing.
func where(ctx context.Context, e watch.Event) string {
	var parts []string
	if e.Channel != "" {
		parts = append(parts, locale.T(ctx, "audit.channel."+e.Channel))
	}
	if e.Address != "" {
		parts = append(parts, e.Address)
	}
	if e.Strength != "" && e.Strength != e.Channel { // a link is both
		parts = append(parts, locale.T(ctx, "audit.strength."+e.Strength))
	}
	return strings.Join(parts, ", ")
}

func role(ctx context.Context, code string) string { return locale.T(ctx, "role."+code) }

func eventRows(ctx context.Context, list []watch.Event) [][]nhsuk.TableCell {
	var rows [][]nhsuk.TableCell
	for _, e := range list {
		rows = append(rows, nhsuk.Cells(locale.DateTime(e.At), who(ctx, e), role(ctx, e.Role), action(ctx, e), about(ctx, e), ground(ctx, e), where(ctx, e)))
	}
	return rows
}

func who(ctx context.Context, e watch.Event) string {
	switch {
	case e.Actor != "":
		return e.Actor
	case e.ActorAccount != uuid.Nil:
		return e.ActorAccount.String()
	case e.ActorPerson != uuid.Nil:
		return e.ActorPerson.String()
	}
	return locale.T(ctx, "role.system")
}

func about(ctx context.Context, e watch.Event) string {
	switch {
	case e.SubjectName != "":
		return e.SubjectName
	case e.Subject != uuid.Nil:
		return e.Subject.String()
	}
	return locale.T(ctx, "audit.event.nobody")
}

func findingTag(ctx context.Context, finding string) nhsuk.TagParams {
	colour := map[string]string{"": "red", "justified": "green", "not_justified": "orange", "follow_up": "yellow"}[finding]
	if finding == "" {
		finding = "none"
	}
	return nhsuk.TagParams{Text: locale.T(ctx, "audit.finding."+finding), Colour: colour}
}

func glassRows(ctx context.Context, list []watch.Glass) [][]nhsuk.TableCell {
	var rows [][]nhsuk.TableCell
	for _, g := range list {
		rows = append(rows, []nhsuk.TableCell{
			{Text: locale.DateTime(g.At)}, {Text: who(ctx, g.Event)}, {Text: about(ctx, g.Event)}, {Text: reason(ctx, g.Reason)}, {Text: g.Words}, {HTML: glassFinding(g)},
		})
	}
	return rows
}

func reason(ctx context.Context, code string) string {
	if words, key := locale.From(ctx), "audit.reason."+code; words.Has(key) {
		return words.T(key)
	}
	return code
}

func dayRows(ctx context.Context, list []watch.Day) [][]nhsuk.TableCell {
	var rows [][]nhsuk.TableCell
	for _, d := range list {
		name := d.Who
		if name == "" {
			name = d.Account.String()
		}
		rows = append(rows, nhsuk.Cells(locale.Date(d.Day), name, role(ctx, d.Role), locale.Number(d.N), locale.Number(d.People)))
	}
	return rows
}
