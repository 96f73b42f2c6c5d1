package trainingweb

import (
	"context"
	"net/url"
	"strconv"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/feedback"
	"github.com/rowan-ohwb/rowan/internal/care/training"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// home is where the actor's own places are: with the other things of theirs, or with the work of the team.
func home(c *web.Context) string {
	if c.Actor.Wall == access.Clinical {
		return team
	}
	return mine
}

type mineView struct {
	training.Page
	Home string
	Pack training.Pack
	c    *web.Context
}

// toCome are the places of sessions that are not over, Past the others.
func (v mineView) toCome() (out []training.Mine) {
	for _, m := range v.Places {
		if m.Coming(v.c.Now) {
			out = append(out, m)
		}
	}
	return out
}

func (v mineView) past() (out []training.Mine) {
	for _, m := range v.Places {
		if !m.Coming(v.c.Now) && m.State != training.Waiting {
			out = append(out, m)
		}
	}
	return out
}

func (p *pages) mine(c *web.Context) error {
	all, err := p.s.Own(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	key, back := "training.mine.title", "/my"
	if home(c) == team {
		key, back = "training.team.title", ""
	}
	return c.Render(minePage(c.Page(key, back), mineView{all, home(c), p.s.Pack(), c}))
}

type choiceView struct {
	training.Choice
	Home   string
	Coming bool
}

func (p *pages) choice(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	x, err := p.s.Choice(c.Ctx(), c.Actor, id)
	if err != nil {
		return err
	}
	params := c.Page("training.page", home(c), "title", x.Title)
	return c.Render(choicePage(params, choiceView{x, home(c), x.Coming(c.Now)}))
}

func (p *pages) take(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	f := form.From(c.R)
	booking, err := f.Own()
	if err != nil {
		return err
	}
	state, err := p.s.Take(c.Ctx(), c.Actor, c.Now, id, booking)
	if err != nil {
		return err
	}
	c.Flash("training.took." + state)
	return c.Redirect(home(c) + "/sessions/" + id.String())
}

func (p *pages) leave(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	return c.Done(p.s.Leave(c.Ctx(), c.Actor, c.Now, id), "training.left", home(c))
}

func (p *pages) evaluationForm(c *web.Context, f form.Form, m training.Mine) *ask.Page {
	return &ask.Page{Title: c.T("training.evaluate.title", "title", m.Title), Lede: c.T("training.evaluate.lede"), Form: f, Button: "training.evaluate.save", Questions: func(f form.Form) (out []templ.Component) {
		for _, q := range p.s.Pack().Asked {
			out = append(out, form.Radios(f, form.Field{Name: q, Key: "training.ask." + q, Options: form.Options("training.score", "1", "2", "3", "4", "5")}))
		}
		return append(out, form.TextArea(f, form.Field{Name: "comment", Key: "training.comment", Max: feedback.MaxComment}),
			form.Checkboxes(f, form.Field{Name: "quotable", Key: "feedback.quotable", Options: []form.Option{{Value: "yes", Key: "feedback.quotable.yes"}}}))
	}}
}

func (p *pages) evaluation(c *web.Context) error {
	m, err := p.toEvaluate(c)
	if err != nil {
		return err
	}
	return p.evaluationForm(c, form.Of(url.Values{}), m).Answer(c, mine)
}

func (p *pages) toEvaluate(c *web.Context) (training.Mine, error) {
	id, err := c.ID("id")
	if err != nil {
		return training.Mine{}, err
	}
	return p.s.Evaluation(c.Ctx(), c.Actor, c.Now, id)
}

func (p *pages) evaluationPost(c *web.Context) error {
	m, err := p.toEvaluate(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	scores := map[string]int{}
	for _, q := range p.s.Pack().Asked {
		scores[q], _ = strconv.Atoi(f.Get(q)) // what is no number is no answer
	}
	a := p.evaluationForm(c, f, m)
	said := training.Said{Comment: f.Get("comment"), Quotable: f.Get("quotable") == "yes"}
	if a.Found(append(p.s.Pack().CheckScores(scores), said.Check()...)) {
		return a.Answer(c, mine)
	}
	return c.Done(p.s.Evaluate(c.Ctx(), c.Actor, c.Now, m.ID, scores, said), "training.evaluated", mine)
}

func (p *pages) certificate(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	x, err := p.s.Certificate(c.Ctx(), c.Actor, id)
	if err != nil {
		return err
	}
	return c.Render(certificatePage(c.Page("training.certificate.title", mine), x))
}

type verifyView struct {
	Typed string
	Found bool
	training.Certificate
}

// verify checks a number that somebody was given. Whoever asks learns what the certificate says, and without its number nothing.
func (p *pages) verify(c *web.Context) error {
	v := verifyView{Typed: c.R.URL.Query().Get("number")}
	if v.Typed != "" {
		var err error
		if v.Certificate, v.Found, err = p.s.Check(c.Ctx(), c.Actor, v.Typed); err != nil {
			return err
		}
	}
	return c.Render(verifyPage(c.Page("training.verify.title", ""), v))
}

// form keeps the id of a place that is not taken yet, so that a second press takes no second one.
func newID() string { return uuid.Must(uuid.NewV7()).String() }

func when(s training.Session) string { return locale.DateTime(s.Starts) }

func length(ctx context.Context, minutes int) string {
	if minutes%60 == 0 {
		return locale.T(ctx, "training.hours", "n", minutes/60)
	}
	return locale.T(ctx, "training.minutes.n", "n", minutes)
}

// where says where it is. The address of an online meeting is for who has a place.
func where(ctx context.Context, s training.Session, inside bool) string {
	switch {
	case s.Online && inside:
		return locale.T(ctx, "training.online.at", "place", s.Place)
	case s.Online:
		return locale.T(ctx, "training.online.word")
	}
	return s.Place
}

func free(ctx context.Context, s training.Session) string {
	if n := s.Free(); n > 0 {
		return locale.T(ctx, "training.free", "n", n)
	}
	return locale.T(ctx, "training.full", "n", s.Waiting)
}

func sessionTable(ctx context.Context, caption string, all []training.Session, path func(training.Session) string) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: caption, Size: "s"}, Head: nhsuk.Heads(locale.T(ctx, "training.when"), locale.T(ctx, "training.where"), locale.T(ctx, "training.places.short"))}
	for _, s := range all {
		row := nhsuk.Cells(when(s), where(ctx, s, false), free(ctx, s))
		row[0].Href = path(s)
		t.Rows = append(t.Rows, row)
	}
	return t
}

func placeTable(ctx context.Context, v mineView) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "training.mine.places"), Size: "m"}, Head: nhsuk.Heads(locale.T(ctx, "training.course"), locale.T(ctx, "training.when"), locale.T(ctx, "training.state"))}
	for _, m := range v.toCome() {
		row := nhsuk.Cells(m.Title, when(m.Session), locale.T(ctx, "training.state."+m.State))
		row[0].Href = v.Home + "/sessions/" + m.Session.ID.String()
		t.Rows = append(t.Rows, row)
	}
	return t
}

func choiceRows(ctx context.Context, v choiceView) nhsuk.SummaryListParams {
	inside := v.Mine != nil && v.Mine.State != training.Waiting
	rows := []nhsuk.SummaryRow{nhsuk.Row(locale.T(ctx, "training.when"), when(v.Session)), nhsuk.Row(locale.T(ctx, "training.length"), length(ctx, v.Minutes)), nhsuk.Row(locale.T(ctx, "training.where"), where(ctx, v.Session, inside)),
		nhsuk.Row(locale.T(ctx, "training.trainer"), v.Trainer), nhsuk.Row(locale.T(ctx, "training.places.short"), free(ctx, v.Session))}
	if v.Mine != nil {
		rows = append(rows, nhsuk.Row(locale.T(ctx, "training.state"), locale.T(ctx, "training.state."+v.Mine.State)))
	}
	return nhsuk.SummaryListParams{Rows: rows}
}

func certificateRows(ctx context.Context, x training.Certificate) nhsuk.SummaryListParams {
	rows := []nhsuk.SummaryRow{nhsuk.Row(locale.T(ctx, "training.certificate.name"), x.Name), nhsuk.Row(locale.T(ctx, "training.course"), x.Course), nhsuk.Row(locale.T(ctx, "training.certificate.held"), x.Held.Long()),
		nhsuk.Row(locale.T(ctx, "training.length"), length(ctx, x.Minutes)), nhsuk.Row(locale.T(ctx, "training.certificate.by"), x.Provider)}
	if !x.Until.IsZero() {
		rows = append(rows, nhsuk.Row(locale.T(ctx, "training.certificate.until"), x.Until.Long()))
	}
	return nhsuk.SummaryListParams{Rows: append(rows, nhsuk.Row(locale.T(ctx, "training.certificate.number"), x.Number))}
}
