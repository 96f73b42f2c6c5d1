package referweb

import (
	"net/url"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/care/referral/delegation"
	"github.com/rowan-ohwb/rowan/internal/care/referral/sheet"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

var questionsStep = step{part: sheet.Questions, page: questionsPage, fill: fillQuestions, read: readQuestions}

func own(i int) string { return "own-" + strconv.Itoa(i+1) }

func fillQuestions(t sheet.Text) url.Values {
	v := url.Values{"question": t.Questions}
	for i, q := range t.Own {
		v.Set(own(i), q)
	}
	return v
}

func readQuestions(_ *pages, _ *web.Context, v *stepView) (func(*sheet.Text), error) {
	asked := known(sheet.Lists().Questions, v.Form.All("question"))
	var mine []string
	for i := range sheet.MaxOwn {
		v.Form.Limit(own(i), sheet.MaxQuestion)
		if q := v.Form.Get(own(i)); q != "" {
			mine = append(mine, q)
		}
	}
	if len(asked)+len(mine) == 0 {
		v.Form.Faults.Add("question", "refer.questions.empty")
	}
	return func(t *sheet.Text) { t.Questions, t.Own = asked, mine }, nil
}

var viewersStep = step{
	part: sheet.Viewers, page: viewersPage,
	fill: func(t sheet.Text) url.Values {
		v := url.Values{}
		for _, n := range t.Viewers {
			v.Add("viewer", n.ID.String())
		}
		return v
	},
	read: readViewers,
}

// readViewers searches when asked to, and keeps who was ticked either way. A name that was typed and not searched for,
// or whose search ended without a tick, names nobody: it is searched for instead of dropped.
func readViewers(p *pages, c *web.Context, v *stepView) (func(*sheet.Text), error) {
	var ids []uuid.UUID
	for _, s := range v.Form.All("viewer") {
		id, err := uuid.Parse(s)
		if err == nil && id != v.Draft.Answers.Person.ID && id != c.Actor.Person && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	var err error
	if v.Named, err = p.s.Named(c.Ctx(), c.Actor, c.Now, ids); err != nil {
		return nil, err
	}
	name := v.Form.Get("name")
	asked := v.Form.Get("step") == "search"
	if asked || name != "" && (name != v.Form.Get("searched") || len(v.Named) == 0) {
		return nil, p.searchViewers(c, v, name, ids, asked)
	}
	if len(v.Named) > sheet.MaxViewers {
		v.Form.Faults.Add("viewer", "refer.viewers.many", "n", sheet.MaxViewers)
	}
	named := v.Named
	return func(t *sheet.Text) { t.Viewers = named }, nil
}

// searchViewers looks for people to name beside those who are; asked says that it is what the author wanted.
func (p *pages) searchViewers(c *web.Context, v *stepView, name string, ids []uuid.UUID, asked bool) error {
	found, err := p.d.Search(c.Ctx(), c.Actor, c.Now, delegation.Query{Name: name, HRFirst: true})
	if err != nil {
		return err
	}
	v.More = found.More
	v.Form.Values.Set("searched", name)
	for _, f := range found.People {
		if f.ID != v.Draft.Answers.Person.ID && !slices.Contains(ids, f.ID) {
			v.Found = append(v.Found, f)
		}
	}
	switch {
	case len(v.Found) == 0:
		v.Form.Faults.Add("name", "refer.viewers.unfound")
	case !asked:
		v.Form.Faults.Add("viewer", "refer.viewers.tick")
	}
	return nil
}

var toldStep = step{
	part: sheet.ToldThem, page: toldPage,
	fill: func(t sheet.Text) url.Values {
		v := url.Values{"done": {t.Told.Done}, "how": {t.Told.How}, "shown": {t.Digest()}}
		form.SetDay(v, "on", t.Told.On)
		return v
	},
	read: func(_ *pages, c *web.Context, v *stepView) (func(*sheet.Text), error) {
		f := &v.Form
		// The declaration is of the answers as they stood when this page was opened. Changed since, in another
		// window, they were not what the person saw.
		now := v.Draft.Answers.Digest()
		if shown := f.Get("shown"); shown != now {
			f.Faults.Add("done", "refer.told.changed")
			f.Values.Set("shown", now)
			return nil, nil
		}
		told := sheet.Told{Done: f.OneOf("done", "refer.told.empty", "yes", "no"), Shown: now}
		if told.Done == "yes" {
			told.On = f.Day("on")
			switch {
			case f.Faults.Of("on") != nil:
			case told.On.IsZero():
				f.Faults.Add("on", "refer.told.on.empty")
			case told.On.After(locale.Day(c.Now)):
				f.Faults.Add("on", "refer.told.on.future")
			case told.Early(v.Draft.Answers.Changed):
				f.Faults.Add("on", "refer.told.on.before", "day", v.Draft.Answers.Changed.Long())
			}
			told.How = f.OneOf("how", "refer.told.how.empty", sheet.Hows...)
		}
		return func(t *sheet.Text) { t.Told = told }, nil
	},
}

func (p *pages) notToldGet(c *web.Context) error {
	phone, err := p.s.Phone(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	v := stepView{Draft: draftOf(c), Phone: phone}
	return c.Render(notToldPage(c.Page("refer.not_told.title", path(v.Draft, string(sheet.ToldThem)), "name", v.Name()), v))
}
