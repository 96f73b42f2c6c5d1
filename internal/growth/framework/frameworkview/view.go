// Package frameworkview draws themes of the framework and what differs between two versions, wherever they are shown.
package frameworkview

import (
	"context"
	"strconv"

	"github.com/rowan-ohwb/rowan/internal/growth/framework"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// Level names a level: its number and how far it is.
func Level(ctx context.Context, n int) string {
	return locale.T(ctx, "framework.level", "n", n, "name", locale.T(ctx, "framework.level."+strconv.Itoa(n)))
}

// Use says what a theme is about.
func Use(ctx context.Context, t framework.Theme) string {
	if t.Use == "" {
		return locale.T(ctx, "framework.use.internal")
	}
	return locale.T(ctx, "framework.use."+t.Use)
}

// Options are the levels to choose from, with the words for one kind of service and what counts as evidence.
func Options(ctx context.Context, t framework.Theme, use string) (out []form.Option) {
	for i, words := range t.Words(use) {
		text := locale.T(ctx, "framework.option", "level", Level(ctx, i+1), "words", words)
		if e := t.Counts(i + 1); e != "" {
			text += locale.T(ctx, "framework.option.evidence", "words", e)
		}
		out = append(out, form.Option{Value: strconv.Itoa(i + 1), Text: text})
	}
	return out
}

// kind says how a theme differs.
func kind(ctx context.Context, c framework.Change) nhsuk.TagParams {
	return nhsuk.TagParams{Text: locale.T(ctx, "framework.change."+c.Kind), Colour: map[string]string{framework.Added: "green", framework.Removed: "red", framework.Changed: "blue"}[c.Kind]}
}

// part names a text that differs.
func part(ctx context.Context, p framework.Part) string {
	if p.Level == 0 {
		return locale.T(ctx, "framework.part."+p.What)
	}
	return locale.T(ctx, "framework.part.level", "n", p.Level, "what", locale.T(ctx, "framework.of."+p.What))
}

// said shows a text of a part as it stands on pages.
func said(ctx context.Context, p framework.Part, words string) string {
	switch {
	case words == "":
		return locale.T(ctx, "framework.part.nothing")
	case p.What == "use":
		return locale.T(ctx, "framework.use."+words)
	}
	return words
}

// diffTable is before and after, text by text.
func diffTable(ctx context.Context, c framework.Change) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "framework.diff.caption", "theme", c.Title), Size: "s"},
		Head: nhsuk.Heads(locale.T(ctx, "framework.diff.part"), locale.T(ctx, "framework.diff.before"), locale.T(ctx, "framework.diff.after"))}
	for _, p := range c.Parts {
		t.Rows = append(t.Rows, nhsuk.Cells(part(ctx, p), said(ctx, p, p.Before), said(ctx, p, p.After)))
	}
	return t
}
