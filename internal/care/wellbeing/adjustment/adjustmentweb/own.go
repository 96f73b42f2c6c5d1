package adjustmentweb

import (
	"net/url"
	"slices"
	"strconv"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/adjustment"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

func (p *pages) passport(c *web.Context) error {
	x, err := p.s.Mine(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(passportPage(c.Page("adjustment.mine.title", "/my"), x))
}

func (p *pages) print(c *web.Context) error {
	x, err := p.s.Mine(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(printPage(c.Page("adjustment.print.title", mine), c.Actor.Name, c.Now, x))
}

func itemPath(code string) string { return "/my/passport/items/" + code }

// words asks for the owner's words to an item.
func words(f form.Form) []templ.Component {
	return []templ.Component{
		form.TextArea(f, form.Field{Name: adjustment.How, Key: "adjustment.how", Rows: 4, Max: adjustment.MaxWords}),
		form.TextArea(f, form.Field{Name: adjustment.Why, Key: "adjustment.why", Rows: 4, Max: adjustment.MaxWords}),
	}
}

func (p *pages) addForm(c *web.Context, f form.Form, x adjustment.Passport) *ask.Page {
	var free []string
	for _, code := range p.s.Pack().Adjustments {
		if _, have := x.Item(code); !have {
			free = append(free, code)
		}
	}
	return &ask.Page{Title: c.T("adjustment.add.title"), Lede: c.T("adjustment.add.lede"), Form: f, Button: "adjustment.add.save", Questions: func(f form.Form) []templ.Component {
		return append([]templ.Component{form.Radios(f, form.Field{Name: "code", Key: "adjustment.code", Options: form.Options("adjustment.item", free...)})}, words(f)...)
	}}
}

func (p *pages) add(c *web.Context) error {
	x, err := p.s.Mine(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return p.addForm(c, form.Of(url.Values{}), x).Answer(c, mine)
}

func (p *pages) addPost(c *web.Context) error {
	x, err := p.s.Mine(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	return p.write(c, p.addForm(c, f, x), f.Get("code"), "adjustment.added")
}

// write keeps an item from a form.
func (p *pages) write(c *web.Context, a *ask.Page, code, said string) error {
	how, why := a.Form.Get(adjustment.How), a.Form.Get(adjustment.Why)
	if a.Found(p.s.Pack().CheckItem(code, how, why)) {
		return a.Answer(c, mine)
	}
	return c.Done(p.s.Write(c.Ctx(), c.Actor, c.Now, code, how, why), said, mine)
}

// owned finds the item of the path in the actor's passport.
func (p *pages) owned(c *web.Context) (adjustment.Passport, adjustment.Item, error) {
	x, err := p.s.Mine(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return x, adjustment.Item{}, err
	}
	item, have := x.Item(c.R.PathValue("code"))
	if !have {
		return x, item, fault.Missing("item")
	}
	return x, item, nil
}

func (p *pages) itemForm(c *web.Context, f form.Form, x adjustment.Passport, item adjustment.Item) *ask.Page {
	lede := c.T("adjustment.item.lede")
	if x.Read(item.Code) {
		lede = c.T("adjustment.item.lede.shared")
	}
	return &ask.Page{Title: c.T("adjustment.item." + item.Code), Lede: lede, Form: f, Button: "adjustment.item.save", Questions: words,
		Drop: &ask.Drop{Path: itemPath(item.Code) + "/remove", Text: c.T("adjustment.item.remove")}}
}

func (p *pages) item(c *web.Context) error {
	x, item, err := p.owned(c)
	if err != nil {
		return err
	}
	return p.itemForm(c, form.Of(url.Values{adjustment.How: {item.How}, adjustment.Why: {item.Why}}), x, item).Answer(c, mine)
}

func (p *pages) itemPost(c *web.Context) error {
	x, item, err := p.owned(c)
	if err != nil {
		return err
	}
	return p.write(c, p.itemForm(c, form.From(c.R), x, item), item.Code, "adjustment.item.saved")
}

func (p *pages) remove(c *web.Context) error {
	return c.Done(p.s.Remove(c.Ctx(), c.Actor, c.Now, c.R.PathValue("code")), "adjustment.item.removed", mine)
}

func shareForm(c *web.Context, f form.Form, x adjustment.Passport) *ask.Page {
	var codes []string
	for _, i := range x.Items {
		codes = append(codes, i.Code)
	}
	return &ask.Page{Title: c.T("adjustment.share.title"), Lede: c.T("adjustment.share.lede"), Form: f, Button: "adjustment.share.button", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.Checkboxes(f, form.Field{Name: "codes", Key: "adjustment.share.codes", Options: form.Options("adjustment.item", codes...)})}
	}}
}

// sharing reads the passport for the page that shares it: without a manager or an item there is none.
func (p *pages) sharing(c *web.Context) (adjustment.Passport, error) {
	x, err := p.s.Mine(c.Ctx(), c.Actor, c.Now)
	if err == nil && (!x.Manager || len(x.Items) == 0) {
		err = fault.Missing("share")
	}
	return x, err
}

func (p *pages) share(c *web.Context) error {
	x, err := p.sharing(c)
	if fault.KindOf(err) == fault.NotFound {
		return c.Redirect(mine) // which says what is missing first
	}
	if err != nil {
		return err
	}
	f := form.Of(url.Values{})
	if x.Share != nil {
		f.Values["codes"] = slices.Clone(x.Share.Codes)
	}
	return shareForm(c, f, x).Answer(c, mine)
}

func (p *pages) sharePost(c *web.Context) error {
	x, err := p.sharing(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	a := shareForm(c, f, x)
	if a.Found(adjustment.CheckShare(f.All("codes"), x.Items)) {
		return a.Answer(c, mine)
	}
	return c.Done(p.s.Share(c.Ctx(), c.Actor, c.Now, f.All("codes")), "adjustment.shared", mine)
}

func (p *pages) unshare(c *web.Context) error {
	return c.Done(p.s.Unshare(c.Ctx(), c.Actor, c.Now), "adjustment.unshared", mine)
}

func (p *pages) end(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	return c.Done(p.s.End(c.Ctx(), c.Actor, c.Now, id), "adjustment.ended", mine)
}

func helpPath(h adjustment.Helped) string {
	return "/my/passport/helped/" + h.Kind + "/" + h.About.String() + "/" + strconv.Itoa(h.Week)
}

// asked finds the question of the path.
func (p *pages) asked(c *web.Context) (h adjustment.Helped, err error) {
	about, err := uuid.Parse(c.R.PathValue("id"))
	if err != nil {
		return h, fault.Missing("question")
	}
	week, err := strconv.Atoi(c.R.PathValue("week"))
	if err != nil {
		return h, fault.Missing("question")
	}
	x, err := p.s.Mine(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return h, err
	}
	h, found := x.Question(c.R.PathValue("kind"), about, week)
	if !found {
		return h, fault.Missing("question")
	}
	return h, nil
}

func helpForm(c *web.Context, f form.Form, h adjustment.Helped) *ask.Page {
	lede := c.T("adjustment.help.lede", "n", h.Week)
	if h.Kind == adjustment.KindHours {
		lede = c.T("adjustment.stands.lede", "n", h.Week)
	}
	return &ask.Page{Title: what(c.Ctx(), h), Lede: lede, Form: f, Button: "adjustment.help.save", Questions: func(f form.Form) []templ.Component {
		helped := form.Radios(f, form.Field{Name: "answer", Key: "adjustment.help", Options: form.Options("adjustment.help", h.Answers()...)})
		if h.Kind == adjustment.KindHours {
			return []templ.Component{helped, form.Radios(f, form.Field{Name: "stands", Key: "adjustment.stands", Options: form.Options("adjustment.stands", adjustment.Stands...)})}
		}
		return []templ.Component{
			helped,
			form.Radios(f, form.Field{Name: "share", Key: "adjustment.help.share", Options: form.Options("adjustment.help.share", "yes", "no")}),
		}
	}}
}

func (p *pages) help(c *web.Context) error {
	h, err := p.asked(c)
	if err != nil {
		return err
	}
	f := form.Of(url.Values{})
	if h.Answer != "" {
		f.Values.Set("answer", h.Answer)
		f.Values.Set("stands", h.Stands)
		f.Values.Set("share", map[bool]string{true: "yes", false: "no"}[h.Shared])
	}
	return helpForm(c, f, h).Answer(c, mine)
}

func (p *pages) helpPost(c *web.Context) error {
	h, err := p.asked(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	a := helpForm(c, f, h)
	in := adjustment.HelpIn{Answer: f.Get("answer"), Stands: f.Get("stands"), Share: f.Get("share")}
	if a.Found(h.CheckHelp(in)) {
		return a.Answer(c, mine)
	}
	return c.Done(p.s.Help(c.Ctx(), c.Actor, c.Now, h, in), "adjustment.help.saved", mine)
}

func (p *pages) shared(c *web.Context) error {
	all, err := p.s.SharedWithMe(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Render(sharedPage(c.Page("adjustment.given.title", ""), all))
}

func (p *pages) sharedPassport(c *web.Context) error {
	from, items, err := p.s.ReadShared(c.Ctx(), c.Actor, c.Now, c.R)
	if err != nil {
		return err
	}
	return c.Render(sharedPassportPage(c.Page("adjustment.given.passport", sharedAt, "name", from.Name), from, items))
}
