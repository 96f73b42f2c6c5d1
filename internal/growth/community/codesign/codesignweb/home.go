package codesignweb

import (
	"context"
	"slices"
	"strconv"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/community/codesign"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post/postview"
	"github.com/rowan-ohwb/rowan/internal/growth/framework"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// house is all that a page may show, with who reads it and when.
type house struct {
	codesign.House
	Hosts  bool // the reader writes for the host
	Today  civil.Date
	Reader uuid.UUID
}

func (p *pages) read(c *web.Context) (house, error) {
	h, err := p.s.Read(c.Ctx(), c.Actor)
	return house{h, h.Hosted && c.May(codesign.Host), locale.Day(c.Now), c.Actor.Account}, err
}

func (p *pages) home(c *web.Context) error {
	h, err := p.read(c)
	if err != nil {
		return err
	}
	return c.Render(homePage(c.Page("codesign.title", "/community"), h))
}

// state says where a version stands.
func (h house) state(ctx context.Context, d codesign.Draft) nhsuk.TagParams {
	s := d.StateOf(h.Published(), h.Rounds, h.Today)
	return nhsuk.TagParams{Text: locale.T(ctx, "codesign.state."+string(s)), Colour: map[codesign.State]string{codesign.Drafted: "grey", codesign.InCodesign: "orange", codesign.Coming: "blue", codesign.InForce: "green", codesign.Superseded: "grey"}[s]}
}

// ours says the same of version 1.
func (h house) oursState(ctx context.Context) nhsuk.TagParams {
	if framework.Ours().Superseded(h.Published(), h.Today) {
		return nhsuk.TagParams{Text: locale.T(ctx, "codesign.state.superseded"), Colour: "grey"}
	}
	return nhsuk.TagParams{Text: locale.T(ctx, "codesign.state.force"), Colour: "green"}
}

// when says until when a round is open.
func (h house) when(ctx context.Context, r codesign.Round) string {
	switch {
	case !r.Ended.IsZero():
		return locale.T(ctx, "codesign.round.ended", "day", locale.Date(r.Ended))
	case r.Over(h.Today):
		return locale.T(ctx, "codesign.round.over", "day", r.Closes.Long())
	case r.Running(h.Today):
		return locale.T(ctx, "codesign.round.running", "day", r.Closes.Long())
	}
	return locale.T(ctx, "codesign.round.coming", "opens", r.Opens.Long(), "closes", r.Closes.Long())
}

// due is what the reader is asked to do: the host answers and publishes, a member comments and reads answers.
func (h house) due(ctx context.Context) (out []link) {
	for _, r := range h.Rounds {
		if h.Frozen(r) {
			continue
		}
		if n := len(codesign.Waiting(h.Said(r.ID))); h.Hosts && n > 0 {
			out = append(out, link{roundPath(r.ID) + "/said", locale.T(ctx, "codesign.due.answer", "n", n)})
		}
		if r.Running(h.Today) {
			key := "codesign.due.running"
			if h.Mine {
				key = "codesign.due.open"
			}
			out = append(out, link{roundPath(r.ID), locale.T(ctx, key, "n", r.Number, "day", r.Closes.Long())})
		}
	}
	if d, there := h.Draft(); h.Hosts && there && codesign.Hindrance(d, h.Rounds, h.SaidOf(d.ID), h.Changes(d), h.Today) == "" {
		out = append(out, link{versionPath(d.ID) + "/publish", locale.T(ctx, "codesign.due.publish", "n", d.Number)})
	}
	return out
}

type link struct{ Path, Text string }

// own is what the reader said, the newest first.
func (h house) own() (out []codesign.Comment) {
	for _, c := range slices.Backward(h.Comments) {
		if c.Author == h.Reader && c.State != post.Withdrawn {
			out = append(out, c)
		}
	}
	return out
}

// came says what came of a comment.
func came(ctx context.Context, c codesign.Comment) nhsuk.TagParams {
	switch {
	case c.Answer != nil:
		return nhsuk.TagParams{Text: locale.T(ctx, "codesign.verdict."+string(c.Answer.Verdict)), Colour: colours[c.Answer.Verdict]}
	case !c.Counts():
		return postview.Tag(ctx, c.Post)
	}
	return nhsuk.TagParams{Text: locale.T(ctx, "codesign.answer.waits"), Colour: "orange"}
}

// Notes says for the first page of the community what the reader is asked to do; "" for nothing.
func Notes(s *codesign.Service) func(*web.Context) (string, error) {
	p := &pages{s}
	return func(c *web.Context) (string, error) {
		h, err := p.read(c)
		if err != nil {
			return "", err
		}
		text := ""
		for _, l := range h.due(c.Ctx()) {
			if text != "" {
				text += " "
			}
			text += l.Text + "."
		}
		return text, nil
	}
}

type compareView struct {
	Form          form.Form
	Options       []form.Option
	Before, After framework.Version
}

func (v compareView) fields() []templ.Component {
	return []templ.Component{form.Select(v.Form, form.Field{Name: "from", Key: "codesign.compare.from", Options: v.Options}), form.Select(v.Form, form.Field{Name: "to", Key: "codesign.compare.to", Options: v.Options})}
}

// compare lays two versions beside each other: the newest and the one before it, until others are chosen.
func (p *pages) compare(c *web.Context) error {
	h, err := p.read(c)
	if err != nil {
		return err
	}
	all := h.Published()
	if d, there := h.Draft(); there {
		all = append(all, d.Version)
	}
	v := compareView{Form: form.Of(c.R.URL.Query()), After: all[len(all)-1], Before: all[max(0, len(all)-2)]}
	for _, x := range all {
		n := strconv.Itoa(x.Number)
		v.Options = append(v.Options, form.Option{Value: n, Text: c.T("codesign.version", "n", x.Number, "name", x.Name)})
		if v.Form.Get("from") == n {
			v.Before = x
		}
		if v.Form.Get("to") == n {
			v.After = x
		}
	}
	v.Form.Values.Set("from", strconv.Itoa(v.Before.Number))
	v.Form.Values.Set("to", strconv.Itoa(v.After.Number))
	return c.Render(comparePage(c.Page("codesign.compare", home), v))
}
