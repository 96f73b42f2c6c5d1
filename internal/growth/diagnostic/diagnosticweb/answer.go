package diagnosticweb

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func (p *pages) token(c *web.Context) string { return c.R.PathValue("token") }

// cookie keeps the code of the browser that holds a link. It is sent with that link only, so one browser may hold several.
const cookie = "rowan-answer"

func (p *pages) holder(c *web.Context) string {
	k, err := c.R.Cookie(cookie)
	if err != nil { // there is none
		return ""
	}
	return k.Value
}

func (p *pages) hold(c *web.Context, code string, r diagnostic.Round) {
	http.SetCookie(c.W, &http.Cookie{Name: cookie, Value: code, Path: "/need/answer/" + p.token(c), MaxAge: int(r.Ends().Sub(c.Now).Seconds()), HttpOnly: true, Secure: true, SameSite: http.SameSiteLaxMode})
}

// goOn lets another browser go on, with the code that the first one shows.
func (p *pages) goOn(c *web.Context, f form.Form) error {
	code := strings.ToUpper(strings.NewReplacer("-", "", " ", "").Replace(f.Get("code")))
	sheet, st, err := p.s.Look(c.Ctx(), p.token(c), code, c.Now)
	switch {
	case err != nil:
		return err
	case st == diagnostic.Elsewhere:
		f.Faults.Add("code", "need.answer.code.wrong")
		return c.Invalid(elsewherePage(c.FormPage("need.answer.elsewhere.title", "", f), f))
	case st != diagnostic.Open:
		return p.closed(c, st)
	}
	if sheet.Held {
		p.hold(c, code, sheet.Round)
	}
	return c.Redirect("/need/answer/" + p.token(c))
}

// spelled is a code as it is read and typed.
func spelled(code string) string {
	var parts []string
	for part := range slices.Chunk([]byte(code), 4) {
		parts = append(parts, string(part))
	}
	return strings.Join(parts, "-")
}

// closed says kindly why a link does not open.
func (p *pages) closed(c *web.Context, st diagnostic.State) error {
	switch st {
	case diagnostic.Elsewhere:
		return c.Render(elsewherePage(c.Page("need.answer.elsewhere.title", ""), form.Form{}))
	case diagnostic.Submitted:
		return c.RenderStatus(http.StatusGone, wordPage(c.Page("need.answer.submitted.title", ""), c.T("need.answer.submitted.body")))
	case diagnostic.Over:
		return c.RenderStatus(http.StatusGone, wordPage(c.Page("need.answer.over.title", ""), c.T("need.answer.over.body")))
	}
	return c.RenderStatus(http.StatusNotFound, wordPage(c.Page("need.answer.unknown.title", ""), c.T("need.answer.unknown.body")))
}

func (p *pages) answer(c *web.Context) error {
	sheet, st, err := p.s.Look(c.Ctx(), p.token(c), p.holder(c), c.Now)
	if err != nil {
		return err
	}
	if st != diagnostic.Open {
		return p.closed(c, st)
	}
	return c.Render(answerPage(c.Page("need.answer.title", ""), p.s.Framework(), sheet, p.token(c), spelled(p.holder(c))))
}

func (p *pages) submit(c *web.Context) error {
	f := form.From(c.R)
	if f.Get("do") == "go_on" {
		return p.goOn(c, f)
	}
	st, err := p.s.Submit(c.Ctx(), p.token(c), cmp.Or(p.holder(c), diagnostic.NewHolder()), c.Now)
	if err != nil {
		return err
	}
	if st != diagnostic.Open {
		return p.closed(c, st)
	}
	return c.Render(wordPage(c.Page("need.answer.thanks.title", ""), c.T("need.answer.thanks.body")))
}

func (p *pages) elementGet(c *web.Context) error {
	sheet, st, err := p.s.Look(c.Ctx(), p.token(c), p.holder(c), c.Now)
	if err != nil {
		return err
	}
	if st != diagnostic.Open {
		return p.closed(c, st)
	}
	list, err := p.of(c, sheet.Questions)
	if err != nil {
		return err
	}
	v := url.Values{}
	for i, q := range list {
		n, g := "-"+strconv.Itoa(i), sheet.Answers[q.Code]
		if g.Score != nil {
			v.Set("score"+n, strconv.Itoa(*g.Score))
		}
		v.Set("confidence"+n, g.Confidence)
		v.Set("evidence"+n, g.Evidence)
		v.Set("link"+n, g.EvidenceLink)
		v.Set("comment"+n, g.Comment)
	}
	return p.elementPage(c, list, form.Of(v))
}

func (p *pages) elementPage(c *web.Context, list []diagnostic.Question, f form.Form) error {
	live := map[string][]diagnostic.Beside{}
	for _, q := range list {
		if _, done := live[q.Subsection]; done {
			continue
		}
		beside, err := p.s.Shown(c.Ctx(), p.token(c), c.Now, q.Subsection)
		if err != nil {
			return err
		}
		live[q.Subsection] = beside
	}
	params := c.FormPage("need.answer.title", "/need/answer/"+p.token(c), f)
	params.Title = p.s.Framework().Title(c.R.PathValue("element"))
	if f.Bad() {
		return c.Invalid(elementPage(params, p.s.Framework(), list, live, f))
	}
	return c.Render(elementPage(params, p.s.Framework(), list, live, f))
}

func (p *pages) elementPost(c *web.Context) error {
	sheet, st, err := p.s.Look(c.Ctx(), p.token(c), p.holder(c), c.Now)
	if err != nil {
		return err
	}
	if st != diagnostic.Open {
		return p.closed(c, st)
	}
	list, err := p.of(c, sheet.Questions)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	var answers []diagnostic.Given
	for i, q := range list {
		n := "-" + strconv.Itoa(i)
		g := diagnostic.Given{Code: q.Code, Confidence: f.Get("confidence" + n), Evidence: f.Get("evidence" + n), EvidenceLink: f.Get("link" + n), Comment: f.Get("comment" + n)}
		if s := f.Get("score" + n); s != "" {
			score, err := strconv.Atoi(s)
			if err != nil {
				return fault.Missing("score") // a forged form
			}
			g.Score = &score
		}
		f.Faults = append(f.Faults, g.Check(n)...)
		answers = append(answers, g)
	}
	if f.Bad() {
		return p.elementPage(c, list, f)
	}
	code := p.holder(c)
	if !sheet.Held {
		code = diagnostic.NewHolder()
	}
	if st, err = p.s.Save(c.Ctx(), p.token(c), code, c.Now, answers); err != nil {
		return err
	}
	if st != diagnostic.Open {
		return p.closed(c, st)
	}
	p.hold(c, code, sheet.Round)
	next := ""
	for i, e := range sheet.Round.Elements {
		if e == c.R.PathValue("element") && i+1 < len(sheet.Round.Elements) && f.Get("do") == "next" {
			next = "/" + sheet.Round.Elements[i+1]
		}
	}
	c.Flash("need.answer.saved")
	return c.Redirect("/need/answer/" + p.token(c) + next)
}

// progress lists the elements with how far each is.
func progress(ctx context.Context, f diagnostic.Framework, s diagnostic.Sheet, token string) nhsuk.TaskListParams {
	t := nhsuk.TaskListParams{IDPrefix: "element"}
	for _, e := range s.Round.Elements {
		done, all := s.Done(e)
		t.Items = append(t.Items, nhsuk.TaskListItem{Heading: nhsuk.HeadingParams{Text: f.Title(e)}, Href: "/need/answer/" + token + "/" + e,
			Status: nhsuk.TaskStatus{Text: locale.T(ctx, "need.home.answered", "done", done, "all", all)}})
	}
	return t
}
