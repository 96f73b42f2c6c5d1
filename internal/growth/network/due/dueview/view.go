// Package dueview shows how a promise stands, alike wherever there is one.
package dueview

import (
	"context"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/network/due"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// colours of the states; the words say it too.
var colours = map[due.State]string{due.Done: "green", due.Late: "blue", due.Overdue: "orange", due.Soon: "yellow", due.Ahead: "grey"}

// Tag says how it stands in few words.
func Tag(ctx context.Context, p due.Promise, today civil.Date) nhsuk.TagParams {
	s := p.State(today)
	return nhsuk.TagParams{Text: locale.T(ctx, "due.state."+string(s), "n", p.Days(today)), Colour: colours[s]}
}

// When says when it is due, or when it was done.
func When(ctx context.Context, p due.Promise) string {
	if p.Open() {
		return locale.T(ctx, "due.on", "day", p.Due.Long())
	}
	return locale.T(ctx, "due.done", "day", p.Done.Long(), "due", p.Due.Long())
}

// Tally says how many stand how.
func Tally(ctx context.Context, t due.Tally) string {
	return locale.T(ctx, "due.tally", "n", t.Of, "done", t.Done, "overdue", t.Overdue)
}
