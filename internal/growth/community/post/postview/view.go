// Package postview draws what is written in a community of practice, wherever it is shown: its words or the notice that stays, who wrote
// it, and what its writer is asked.
package postview

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/member"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/layout"
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

// Row is a text in a list; more is said behind who wrote it.
func Row(ctx context.Context, p post.Post, more ...string) layout.Row {
	said := Notice(ctx, p)
	if !p.Gone() {
		said = strings.Join(append([]string{By(ctx, p)}, more...), ". ")
	}
	return layout.Row{Path: p.Path(), Text: Title(ctx, p), Hint: []string{said}}
}

// Topics are the elements of a framework as a form asks for one, or for none.
func Topics(none string, elements []member.Element) []form.Option {
	out := []form.Option{{Value: "", Key: none}}
	for _, e := range elements {
		out = append(out, form.Option{Value: e.Code, Text: e.Title})
	}
	return out
}

// Topic names an element; "" for what is none.
func Topic(code string, elements []member.Element) string {
	for _, e := range elements {
		if e.Code == code {
			return e.Title
		}
	}
	return ""
}

// ByTopic asks of which element a list is to be.
func ByTopic(f form.Form, elements []member.Element) templ.Component {
	return form.Select(f, form.Field{Name: "topic", Key: "post.filter.topic", Options: Topics("post.filter.any", elements)})
}

// AskRecall asks a moderator, or the keeper of a group, why.
func AskRecall(c *web.Context, f form.Form, title string) *ask.Page {
	return &ask.Page{Title: c.T(title), Lede: c.T("post.recall.lede"), Form: f, Button: "post.recall.button", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.TextArea(f, form.Field{Name: "reason", Key: "post.recall.reason", Max: post.MostReason})}
	}}
}

// Recall takes a text back for the reason that was typed, or asks again.
func Recall(c *web.Context, s *post.Service, x post.Post, title string) error {
	f := form.From(c.R)
	a := AskRecall(c, f, title)
	if a.Found(post.CheckReason(f.Get("reason"), s.FoundIn(locale.Day(c.Now), f.Get("reason")))) {
		return a.Answer(c, x.Path())
	}
	return c.Done(s.Recall(c.Ctx(), c.Actor, c.Now, x.ID, f.Get("reason")), "post.recalled", x.Path())
}

// Send sends what somebody wrote, the first time or again, and says what became of it; or shows the page with what is wrong.
func Send(c *web.Context, s *post.Service, a *ask.Page, in post.In, back string, send func(context.Context, access.Actor, time.Time, post.In) (post.State, error), wrong ...fault.Field) error {
	if a.Found(append(wrong, post.Check(in, s.Found(locale.Day(c.Now), in))...)) {
		return a.Answer(c, back)
	}
	state, err := send(c.Ctx(), c.Actor, c.Now, in)
	if err != nil {
		return err
	}
	c.Flash("post.sent." + string(state))
	return c.Redirect(post.Post{In: in}.Path())
}
