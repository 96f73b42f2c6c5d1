package codesignweb

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/codesign"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post/postview"
	"github.com/rowan-ohwb/rowan/internal/growth/framework"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func askRound(c *web.Context, f form.Form, d codesign.Draft) *ask.Page {
	return &ask.Page{Title: c.T("codesign.open.title", "n", d.Number), Lede: c.T("codesign.open.lede"), Form: f, Button: "codesign.open.button", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.TextArea(f, form.Field{Name: "about", Key: "codesign.about", Rows: 5, Max: codesign.MostAbout}), form.TextArea(f, form.Field{Name: "questions", Key: "codesign.questions", Rows: 4}),
			form.Date(f, form.Field{Name: "opens", Key: "codesign.opens"}), form.Date(f, form.Field{Name: "closes", Key: "codesign.closes"})}
	}}
}

// asking is the draft of the address, when its words are all there.
func (p *pages) asking(c *web.Context) (codesign.Draft, error) {
	_, d, err := p.editing(c)
	if err == nil && len(framework.Gaps(d.Themes)) > 0 {
		err = fault.New(fault.Conflict, "codesign.publish.gaps")
	}
	return d, err
}

func (p *pages) open(c *web.Context) error {
	d, err := p.asking(c)
	if err != nil {
		return err
	}
	f := form.Fresh()
	form.SetDay(f.Values, "opens", locale.Day(c.Now))
	return askRound(c, f, d).Answer(c, versionPath(d.ID))
}

func (p *pages) openPost(c *web.Context) error {
	d, err := p.asking(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	in := codesign.RoundIn{About: f.Get("about"), Questions: codesign.Lines(f.Get("questions")), Opens: f.Day("opens"), Closes: f.Day("closes")}
	if in.ID, err = f.Own(); err != nil {
		return err
	}
	a := askRound(c, f, d)
	today := locale.Day(c.Now)
	if a.Found(in.Check(today, p.s.Found(today, append([]string{in.About}, in.Questions...)...))) {
		return a.Answer(c, versionPath(d.ID))
	}
	return p.done(c, p.s.OpenRound(c.Ctx(), c.Actor, c.Now, d.ID, in), "codesign.opened", roundPath(in.ID))
}

// findRound is the round of the address.
func (p *pages) findRound(c *web.Context) (h house, r codesign.Round, err error) {
	id, err := c.ID("id")
	if err != nil {
		return h, r, err
	}
	if h, err = p.read(c); err == nil {
		r, err = h.Round(id)
	}
	return h, r, err
}

type roundView struct {
	house
	codesign.Round
	Numbers codesign.Numbers
}

func (p *pages) view(c *web.Context) (v roundView, err error) {
	h, r, err := p.findRound(c)
	return roundView{h, r, h.Numbers(r)}, err
}

// speaks says that the reader can comment.
func (v roundView) speaks() bool { return v.Mine && v.Running(v.Today) }

// before is the version that the draft goes on from.
func (v roundView) before() framework.Version { return v.Newest(v.Number) }

// on lists what was said of one spot and can be shown, the oldest first.
func (v roundView) on(s codesign.Spot) (out []codesign.Comment) {
	for _, c := range v.Said(v.ID) {
		if c.Spot == s && c.State != post.Withdrawn {
			out = append(out, c)
		}
	}
	return out
}

// parts is how much was said of each theme.
func (v roundView) parts(ctx context.Context) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "codesign.parts"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "codesign.parts.theme"), locale.T(ctx, "codesign.parts.comments"), locale.T(ctx, "codesign.parts.agreed"), locale.T(ctx, "codesign.parts.answered"))}
	for _, p := range v.Numbers.Parts {
		cell := nhsuk.TableCell{Text: locale.T(ctx, "codesign.parts.questions")}
		if x, ok := framework.Find(v.Themes, p.Theme); ok {
			cell = nhsuk.TableCell{Text: x.Title, Href: roundPath(v.ID) + "/themes/" + x.Code}
		}
		t.Rows = append(t.Rows, append([]nhsuk.TableCell{cell}, nhsuk.Cells(strconv.Itoa(p.Comments), strconv.Itoa(p.Agreed), strconv.Itoa(p.Answered))...))
	}
	return t
}

func (p *pages) round(c *web.Context) error {
	v, err := p.view(c)
	if err != nil {
		return err
	}
	return c.Render(roundPage(c.Page("codesign.round", home, "n", v.Number), v))
}

func (p *pages) said(c *web.Context) error {
	v, err := p.view(c)
	if err != nil {
		return err
	}
	return c.Render(saidPage(c.Page("codesign.said", roundPath(v.ID), "n", v.Number), v))
}

// group is what was said of one theme, or of the questions.
type group struct {
	Title    string
	Comments []codesign.Comment
}

// groups are the comments by theme; waiting alone, or all.
func (v roundView) groups(ctx context.Context, waiting bool) (out []group) {
	for _, p := range v.Numbers.Parts {
		g := group{Title: locale.T(ctx, "codesign.parts.questions")}
		if x, ok := framework.Find(v.Themes, p.Theme); ok {
			g.Title = x.Title
		}
		for _, c := range v.Said(v.ID) {
			if c.Theme == p.Theme && c.State != post.Withdrawn && (c.Counts() && c.Answer == nil) == waiting {
				g.Comments = append(g.Comments, c)
			}
		}
		if len(g.Comments) > 0 {
			out = append(out, g)
		}
	}
	return out
}

func (p *pages) roundTheme(c *web.Context) error {
	v, err := p.view(c)
	if err != nil {
		return err
	}
	t, ok := framework.Find(v.Themes, c.R.PathValue("theme"))
	if !ok {
		return fault.Missing("theme")
	}
	return c.Render(roundThemePage(c.Page("form.page", roundPath(v.ID), "title", t.Title), v, t))
}

// spot is that of the address, in a round that is running, for a member.
func (p *pages) spot(c *web.Context) (v roundView, s codesign.Spot, err error) {
	if v, err = p.view(c); err != nil {
		return v, s, err
	}
	s, ok := v.Spot(c.R.PathValue("spot"))
	switch {
	case !ok:
		err = fault.Missing("spot")
	case !v.Mine:
		err = fault.New(fault.Conflict, "member.join.first")
	case !v.Running(v.Today):
		err = fault.New(fault.Conflict, "codesign.over")
	}
	return v, s, err
}

// back is the page on which a spot stands.
func (v roundView) back(s codesign.Spot) string {
	if s.Question > 0 {
		return roundPath(v.ID)
	}
	return roundPath(v.ID) + "/themes/" + s.Theme
}

func askComment(c *web.Context, f form.Form, v roundView, s codesign.Spot) *ask.Page {
	return &ask.Page{Title: c.T("codesign.comment"), Lede: c.T("codesign.comment.on", "words", strings.TrimSuffix(v.Words(s), ".")) + " " + c.T("post.never"), Form: f, Button: "post.send", Questions: func(f form.Form) []templ.Component {
		asked := []templ.Component{form.TextArea(f, form.Field{Name: "words", Key: "codesign.comment.words", Rows: 6, Max: post.MostWords})}
		if s.Level > 0 {
			asked = append(asked, form.TextArea(f, form.Field{Name: "proposes", Key: "codesign.comment.proposes", Rows: 4, Max: post.MostProposal}))
		}
		return postview.WithAnyway(f, asked...)
	}}
}

func (p *pages) comment(c *web.Context) error {
	v, s, err := p.spot(c)
	if err != nil {
		return err
	}
	return askComment(c, form.Fresh(), v, s).Answer(c, v.back(s))
}

func (p *pages) commentPost(c *web.Context) error {
	v, s, err := p.spot(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	in := codesign.CommentIn{Round: v.Round, Spot: s, Words: f.Get("words"), Anyway: f.Get("anyway") == "yes"}
	if s.Level > 0 {
		in.Proposes = f.Get("proposes")
	}
	if in.ID, err = f.Own(); err != nil {
		return err
	}
	text, err := in.Post()
	if err != nil {
		return err
	}
	a := askComment(c, f, v, s)
	if a.Found(post.Check(text, p.s.Found(locale.Day(c.Now), in.Words, in.Proposes))) {
		return a.Answer(c, v.back(s))
	}
	state, err := p.s.Comment(c.Ctx(), c.Actor, c.Now, in)
	return p.done(c, err, "post.sent."+string(state), commentPath(in.ID))
}

func (p *pages) dates(c *web.Context) error {
	_, r, err := p.going(c)
	if err != nil {
		return err
	}
	f := form.Of(url.Values{})
	form.SetDay(f.Values, "closes", r.Closes)
	return askDates(c, f).Answer(c, roundPath(r.ID))
}

func askDates(c *web.Context, f form.Form) *ask.Page {
	return &ask.Page{Title: c.T("codesign.dates"), Form: f, Button: "codesign.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.Date(f, form.Field{Name: "closes", Key: "codesign.closes"})}
	}}
}

// going is the round of the address while it is not over, for the host.
func (p *pages) going(c *web.Context) (house, codesign.Round, error) {
	h, r, err := p.findRound(c)
	switch {
	case err != nil:
	case !h.Hosts:
		err = fault.Missing("round")
	case r.Over(h.Today):
		err = fault.New(fault.Conflict, "codesign.changed")
	}
	return h, r, err
}

func (p *pages) datesPost(c *web.Context) error {
	h, r, err := p.going(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	closes, from := f.Day("closes"), r.Opens
	if h.Today.After(from) {
		from = h.Today
	}
	a := askDates(c, f)
	if a.Found(codesign.CheckCloses(from, closes)) {
		return a.Answer(c, roundPath(r.ID))
	}
	return p.done(c, p.s.Move(c.Ctx(), c.Actor, c.Now, r.ID, closes), "codesign.saved", roundPath(r.ID))
}

func (p *pages) end(c *web.Context) error {
	_, r, err := p.going(c)
	if err != nil {
		return err
	}
	return p.done(c, p.s.End(c.Ctx(), c.Actor, c.Now, r.ID), "codesign.ended", roundPath(r.ID))
}

// findComment is the comment of the address with its round.
func (p *pages) findComment(c *web.Context) (v roundView, x codesign.Comment, err error) {
	id, err := c.ID("id")
	if err != nil {
		return v, x, err
	}
	h, err := p.read(c)
	if err != nil {
		return v, x, err
	}
	x, r, err := h.Comment(id)
	return roundView{h, r, h.Numbers(r)}, x, err
}

func (p *pages) one(c *web.Context) error {
	v, x, err := p.findComment(c)
	if err != nil {
		return err
	}
	return c.Render(commentPage(c.Page("form.page", v.back(x.Spot), "title", postview.Title(c.Ctx(), x.Post)), v, x))
}

func (p *pages) agree(c *web.Context) error    { return p.agreeing(c, true) }
func (p *pages) disagree(c *web.Context) error { return p.agreeing(c, false) }

func (p *pages) agreeing(c *web.Context, agrees bool) error {
	_, x, err := p.findComment(c)
	if err != nil {
		return err
	}
	said := "codesign.agreed"
	if !agrees {
		said = "codesign.disagreed"
	}
	return p.done(c, p.s.Agree(c.Ctx(), c.Actor, c.Now, x.ID, agrees), said, commentPath(x.ID))
}

func askAnswer(c *web.Context, f form.Form, x codesign.Comment) *ask.Page {
	return &ask.Page{Title: c.T("codesign.answer.title"), Lede: c.T("codesign.answer.lede", "who", x.AuthorName, "words", x.Words), Form: f, Button: "codesign.answer.button", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.Radios(f, form.Field{Name: "verdict", Key: "codesign.verdict", Options: form.Options("codesign.verdict", codesign.Verdicts...)}), form.TextArea(f, form.Field{Name: "words", Key: "codesign.answer", Rows: 4, Max: codesign.MostAnswer})}
	}}
}

// answerable is the comment of the address while it can be answered, for the host.
func (p *pages) answerable(c *web.Context) (v roundView, x codesign.Comment, err error) {
	v, x, err = p.findComment(c)
	if err == nil && !v.Hosts {
		err = fault.Missing("comment")
	}
	if err == nil {
		err = v.Answerable(x, v.Round)
	}
	return v, x, err
}

func (p *pages) answer(c *web.Context) error {
	_, x, err := p.answerable(c)
	if err != nil {
		return err
	}
	f := form.Of(url.Values{})
	if x.Answer != nil {
		f = form.Of(url.Values{"verdict": {string(x.Answer.Verdict)}, "words": {x.Answer.Words}})
	}
	return askAnswer(c, f, x).Answer(c, commentPath(x.ID))
}

func (p *pages) answerPost(c *web.Context) error {
	v, x, err := p.answerable(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	a := askAnswer(c, f, x)
	if a.Found(codesign.CheckAnswer(f.Get("verdict"), f.Get("words"), p.s.Found(v.Today, f.Get("words")))) {
		return a.Answer(c, commentPath(x.ID))
	}
	return p.done(c, p.s.Answer(c.Ctx(), c.Actor, c.Now, x.ID, f.Get("verdict"), f.Get("words")), "codesign.answered", roundPath(v.ID)+"/said")
}
