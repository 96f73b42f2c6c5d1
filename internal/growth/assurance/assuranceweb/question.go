package assuranceweb

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/assurance"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/figure/figureview"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

type questionsView struct {
	Today           civil.Date
	Late, Open      []assurance.Question
	Answered, Older []assurance.Question
	Suggested       []string
	MayAsk          bool
}

func (p *pages) questions(c *web.Context) error {
	r, err := p.s.Read(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	v := questionsView{Today: r.Today, Suggested: p.s.Guide().Questions, MayAsk: c.May(assurance.Ask)}
	for _, q := range r.Questions {
		switch {
		case q.Overdue(r.Today):
			v.Late = append(v.Late, q)
		case q.Life == assurance.Open:
			v.Open = append(v.Open, q)
		case q.Life == assurance.Answered:
			v.Answered = append(v.Answered, q)
		default:
			v.Older = append(v.Older, q)
		}
	}
	return c.Render(questionsPage(c.Page("assurance.questions.title", "/assurance"), v))
}

// said is an entry with its figures, asked again.
type said struct {
	assurance.Entry
	Figures []figure.Checked
}

type questionView struct {
	assurance.Question
	Figures   []figure.Checked
	Said      []said
	Late      bool
	About     string // name of the principle
	MayAnswer bool
	MayClose  bool
}

func (p *pages) question(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	q, err := p.s.FindQuestion(c.Ctx(), c.Actor, id)
	if err != nil {
		return err
	}
	x, _ := p.s.Guide().Principle(q.Principle)
	v := questionView{Question: q, Late: q.Overdue(locale.Day(c.Now)), About: x.Name,
		MayAnswer: c.May(assurance.Answer) && q.Life == assurance.Open, MayClose: c.May(assurance.Close) && q.Life == assurance.Answered}
	if v.Figures, err = p.s.Check(c.Ctx(), c.Actor, c.Now, q.Figures); err != nil {
		return err
	}
	for _, e := range q.Entries {
		checked, err := p.s.Check(c.Ctx(), c.Actor, c.Now, e.Figures)
		if err != nil {
			return err
		}
		v.Said = append(v.Said, said{e, checked})
	}
	return c.Render(questionPage(c.Page("assurance.question.title", "/assurance/questions"), v))
}

// askView is the form for a question.
type askView struct {
	Form       form.Form
	Figure     *figure.Figure  // what it is about, if it came from a figure of today
	Period     civil.Date      // of that figure; zero for the latest
	Cited      *figure.Checked // or from one as it was relied on
	Ready      []form.Option   // what may be asked about a figure without typing, and something else
	Principles []form.Option
}

func (p *pages) askView(c *web.Context, f form.Form) (askView, error) {
	v := askView{Form: f, Principles: []form.Option{{Value: "", Key: "assurance.ask.principle.none"}}}
	for i, words := range p.s.Guide().FigureQuestions {
		v.Ready = append(v.Ready, form.Option{Value: strconv.Itoa(i + 1), Text: words})
	}
	v.Ready = append(v.Ready, form.Option{Value: another, Key: "assurance.ask.which.another"})
	for _, x := range p.s.Guide().Principles {
		v.Principles = append(v.Principles, form.Option{Value: x.Code, Text: x.Name})
	}
	if text := f.Get("cited"); text != "" {
		id, err := uuid.Parse(text)
		if err != nil {
			return v, fault.Missing("citation")
		}
		cited, err := p.s.Cited(c.Ctx(), c.Actor, c.Now, id)
		v.Cited = &cited
		return v, err
	}
	_, refs, err := chosen(f, "figure")
	if err != nil || len(refs) == 0 {
		return v, err
	}
	if text := f.Get("period"); text != "" {
		if v.Period, err = civil.Parse(text); err != nil {
			return v, fault.Missing("period")
		}
	}
	found, err := p.s.Library().Find(c.Ctx(), c.Actor, c.Now, refs[0], v.Period)
	v.Figure = &found
	return v, err
}

// About says whether the question is about a figure.
func (v askView) About() bool { return v.Figure != nil || v.Cited != nil }

// another is the choice of whoever asks something else about a figure.
const another = "another"

// words are those of the question: about a figure the ready ones that were chosen, and what was typed after them.
func (v askView) words(f *form.Form) string {
	typed := f.Get("words")
	if !v.About() {
		return typed
	}
	var values []string
	for _, o := range v.Ready {
		values = append(values, o.Value)
	}
	chosen := f.OneOf("which", "assurance.ask.which.empty", values...)
	for _, o := range v.Ready {
		if o.Value == chosen && chosen != another {
			return strings.TrimSpace(o.Text + " " + typed)
		}
	}
	return typed
}

// askGet begins with words, owner and day that can be sent as they are: from a figure to a question in two clicks.
func (p *pages) askGet(c *web.Context) error {
	f, err := begin()
	if err != nil {
		return err
	}
	g, asked := p.s.Guide(), c.R.URL.Query()
	f.Values.Set("figure", asked.Get("figure"))
	f.Values.Set("period", asked.Get("period"))
	f.Values.Set("cited", asked.Get("cited"))
	f.Values.Set("which", "1")
	f.Values.Set("principle", asked.Get("principle"))
	f.Values.Set("owner", g.Owner)
	form.SetDay(f.Values, "due", locale.Day(c.Now).AddDays(g.AnswerWithinDays))
	if n, err := strconv.Atoi(asked.Get("suggested")); err == nil && n > 0 && n <= len(g.Questions) {
		f.Values.Set("words", g.Questions[n-1])
	}
	v, err := p.askView(c, f)
	if err != nil {
		return err
	}
	return c.Render(askPage(c.Page("assurance.ask.title", back(v)), v))
}

// back leads to the figure that was asked about.
func back(v askView) string {
	if v.Cited != nil {
		return v.Cited.Path()
	}
	if v.Figure != nil {
		return v.Figure.Ref.PathOf(v.Period)
	}
	return "/assurance/questions"
}

func (p *pages) askPost(c *web.Context) error {
	v, err := p.askView(c, form.From(c.R))
	if err != nil {
		return err
	}
	f := &v.Form
	q := assurance.NewQuestion{Words: v.words(f), Principle: f.Get("principle"), Owner: f.Get("owner"), Due: f.Day("due")}
	if q.ID, err = f.Own(); err != nil {
		return err
	}
	if v.Cited != nil {
		q.Cited = []uuid.UUID{v.Cited.ID}
	} else if v.Figure != nil {
		q.Figures, q.Period = []figure.Ref{v.Figure.Ref}, v.Period
	}
	if f.Faults.Merge(p.s.Guide().CheckQuestion(q, locale.Day(c.Now))); f.Bad() {
		return c.Invalid(askPage(c.FormPage("assurance.ask.title", back(v), v.Form), v))
	}
	return c.Done(p.s.Ask(c.Ctx(), c.Actor, c.Now, q), "assurance.ask.saved", "/assurance/questions/"+q.ID.String())
}

// followView is the form for an answer, or for what the guardian says of one.
type followView struct {
	Form     form.Form
	Question assurance.Question
	Asked    []figure.Checked // what the question is about
	Figures  []form.Option    // the first is none, then what the question is about
	Names    []string         // of the boxes in which they are chosen
}

func (p *pages) followView(c *web.Context, f form.Form, kinds ...assurance.EntryKind) (followView, error) {
	v := followView{Form: f, Names: figureFields()}
	id, err := c.ID("id")
	if err != nil {
		return v, err
	}
	if v.Question, err = p.s.FindQuestion(c.Ctx(), c.Actor, id); err != nil {
		return v, err
	}
	if slices.Contains(kinds, assurance.EntryAnswered) {
		if v.Asked, err = p.s.Check(c.Ctx(), c.Actor, c.Now, v.Question.Figures); err != nil {
			return v, err
		}
		if v.Figures, err = p.choices(c); err != nil {
			return v, err
		}
		for i, x := range v.Question.Figures {
			v.Figures = slices.Insert(v.Figures, 1+i, form.Option{Value: asCited + x.ID.String(), Text: c.T("assurance.answer.cited", "figure", figureview.Said(c.Ctx(), x))})
		}
	}
	return v, err
}

func (p *pages) answerGet(c *web.Context) error {
	f, err := begin()
	if err != nil {
		return err
	}
	v, err := p.followView(c, f, assurance.EntryAnswered)
	if err != nil {
		return err
	}
	if v.Question.Life != assurance.Open {
		return fault.New(fault.Conflict, "assurance.question.moved_on")
	}
	return c.Render(answerPage(c.Page("assurance.answer.title", "/assurance/questions/"+v.Question.ID.String()), v))
}

func (p *pages) answerPost(c *web.Context) error {
	v, err := p.followView(c, form.From(c.R), assurance.EntryAnswered)
	if err != nil {
		return err
	}
	e := assurance.NewEntry{Kind: assurance.EntryAnswered, Words: v.Form.Get("words")}
	if e.ID, err = v.Form.Own(); err != nil {
		return err
	}
	if e.Cited, e.Figures, err = chosen(v.Form, v.Names...); err != nil {
		return err
	}
	if v.Form.Faults = assurance.CheckEntry(e, locale.Day(c.Now)); v.Form.Bad() {
		return c.Invalid(answerPage(c.FormPage("assurance.answer.title", "/assurance/questions/"+v.Question.ID.String(), v.Form), v))
	}
	return p.follow(c, v, e, "assurance.answer.saved")
}

func (p *pages) closeGet(c *web.Context) error {
	f, err := begin()
	if err != nil {
		return err
	}
	form.SetDay(f.Values, "due", locale.Day(c.Now).AddDays(p.s.Guide().AnswerWithinDays))
	v, err := p.followView(c, f)
	if err != nil {
		return err
	}
	if v.Question.Life != assurance.Answered {
		return fault.New(fault.Conflict, "assurance.question.moved_on")
	}
	return c.Render(closePage(c.Page("assurance.close.title", "/assurance/questions/"+v.Question.ID.String()), v))
}

func (p *pages) closePost(c *web.Context) error {
	v, err := p.followView(c, form.From(c.R))
	if err != nil {
		return err
	}
	f := &v.Form
	e := assurance.NewEntry{Kind: assurance.EntryKind(f.Get("kind")), Words: f.Get("words")}
	if e.Kind == assurance.EntryAnswered {
		return fault.Missing("kind") // the lead's, and not on this form
	}
	if e.ID, err = f.Own(); err != nil {
		return err
	}
	if e.Kind == assurance.EntryAgain {
		e.Due = f.Day("due")
	}
	if f.Faults.Merge(assurance.CheckEntry(e, locale.Day(c.Now))); f.Bad() {
		return c.Invalid(closePage(c.FormPage("assurance.close.title", "/assurance/questions/"+v.Question.ID.String(), v.Form), v))
	}
	return p.follow(c, v, e, "assurance.close.saved")
}

func (p *pages) follow(c *web.Context, v followView, e assurance.NewEntry, done string) error {
	return c.Done(p.s.Follow(c.Ctx(), c.Actor, c.Now, v.Question.ID, e), done, "/assurance/questions/"+v.Question.ID.String())
}

// suggestion leads to the form with the n-th suggested question, counted from 0.
func suggestion(n int) string {
	return "/assurance/questions/ask?" + url.Values{"suggested": {strconv.Itoa(n + 1)}}.Encode()
}
