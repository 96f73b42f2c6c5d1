// Package postview draws what is written in a community of practice, wherever it is shown: its words or the notice that stays, who wrote
// it, and what its writer is asked.
package postview

import (
	"context"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// By says who wrote something, where, and when.
func By(ctx context.Context, p post.Post) string {
	if p.Home == "" {
		return locale.T(ctx, "post.by", "name", p.AuthorName, "day", locale.Date(p.Made))
	}
	return locale.T(ctx, "post.by.home", "name", p.AuthorName, "home", p.Home, "day", locale.Date(p.Made))
}

// Notice is what stays of words that are deleted.
func Notice(ctx context.Context, p post.Post) string {
	if p.State == post.Recalled {
		return locale.T(ctx, "post.notice.recalled", "day", locale.Date(p.Ended), "why", p.Reason)
	}
	return locale.T(ctx, "post.notice.withdrawn", "day", locale.Date(p.Ended))
}

// Title names a text in a list.
func Title(ctx context.Context, p post.Post) string {
	switch {
	case p.Gone():
		return locale.T(ctx, "post.gone."+string(p.Kind))
	case p.Title == "":
		return locale.T(ctx, "post.kind."+string(p.Kind))
	}
	return p.Title
}

// Tag says how far a text has come that is not simply published.
func Tag(ctx context.Context, p post.Post) nhsuk.TagParams {
	return nhsuk.TagParams{Text: locale.T(ctx, "post.state."+string(p.State)), Colour: map[post.State]string{post.Held: "orange", post.Returned: "red", post.Recalled: "grey", post.Withdrawn: "grey"}[p.State]}
}

// Marks names what looks like a person.
func Marks(ctx context.Context, p post.Post) string {
	words := make([]string, len(p.Marks))
	for i, m := range p.Marks {
		words[i] = locale.T(ctx, "post.mark."+m)
	}
	return strings.Join(words, ", ")
}

// Anyway asks whether to send what looks like a person to a moderator: once it was found, and while it is ticked.
func Anyway(f form.Form) []templ.Component {
	found := slices.ContainsFunc(f.Faults, func(x fault.Field) bool { return x.Key == "post.person" })
	if !found && f.Get("anyway") == "" {
		return nil
	}
	return []templ.Component{form.Checkboxes(f, form.Field{Name: "anyway", Key: "post.anyway", Options: form.Options("post.anyway", "yes")})}
}

// WithAnyway puts that question behind others.
func WithAnyway(f form.Form, questions ...templ.Component) []templ.Component {
	return append(questions, Anyway(f)...)
}
