// Package lendingweb is where a professional offers themselves to other organisations, answers what is asked and withdraws.
package lendingweb

import (
	"context"
	"slices"
	"strings"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/halfday"
	"github.com/rowan-ohwb/rowan/internal/care/lending"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

const home = "/skills-bank/mine"

type pages struct{ s *lending.Service }

// Routes of the slice.
func Routes(s *lending.Service) []web.Route {
	p := &pages{s}
	on := web.Route{Wall: access.Clinical, Permission: lending.Own, Load: web.NoObject}.On
	return []web.Route{
		on("GET", home, p.list),
		on("GET", home+"/add", p.add),
		on("POST", home+"/add", p.addPost),
		on("POST", home+"/{id}/withdraw", p.withdraw),
		on("GET", home+"/sessions/{organisation}/{id}", p.answer),
		on("POST", home+"/sessions/{organisation}/{id}", p.answerPost),
	}
}

func session(x lending.Session) string {
	return home + "/sessions/" + x.Organisation.String() + "/" + x.ID.String()
}

func (p *pages) list(c *web.Context) error {
	b, err := p.s.Board(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(listPage(c.Page("lending.page", ""), b, p, locale.Day(c.Now)))
}

// slots are half-days in words.
func slots(ctx context.Context, all []string) string {
	words := make([]string, len(all))
	for i, s := range all {
		words[i] = locale.T(ctx, "skills.slot."+s)
	}
	return strings.Join(words, ", ")
}

// places are where somebody would help, in words. One that takes part no more is left out.
func places(ctx context.Context, b lending.Board, ids []string) string {
	var words []string
	for _, x := range b.Places {
		if slices.Contains(ids, x.ID) {
			words = append(words, x.Name)
		}
	}
	if slices.Contains(ids, lending.Remote) {
		words = append(words, locale.T(ctx, "skills.remote"))
	}
	return strings.Join(words, ", ")
}

// holds are the competencies of an offer with the last day of each.
func (p *pages) holds(ctx context.Context, o lending.Offer) string {
	words := make([]string, len(o.Held))
	for i, h := range o.Held {
		words[i] = p.s.Named(h.Competence)
		if h.Until.Year < 9999 {
			words[i] = locale.T(ctx, "skills.until", "what", words[i], "day", h.Until.Long())
		}
	}
	return strings.Join(words, "; ")
}

func (p *pages) rows(ctx context.Context, b lending.Board, o lending.Offer) []nhsuk.SummaryRow {
	return []nhsuk.SummaryRow{
		nhsuk.Row(locale.T(ctx, "lending.competencies"), p.holds(ctx, o)),
		nhsuk.Row(locale.T(ctx, "skills.band"), locale.T(ctx, "skills.band."+o.Band)),
		nhsuk.Row(locale.T(ctx, "skills.when"), locale.T(ctx, "skills.span", "from", o.From.Long(), "until", o.Until.Long(), "slots", slots(ctx, o.Slots))),
		nhsuk.Row(locale.T(ctx, "skills.where"), places(ctx, b, o.Places)),
	}
}

// addForm asks what one offers: what it holds is chosen from one's own sign-offs of today.
func (p *pages) addForm(c *web.Context, f form.Form, b lending.Board) *ask.Page {
	var able, where []form.Option
	for _, key := range slices.Sorted(keys(b.Able)) {
		able = append(able, form.Option{Value: key, Text: p.s.Named(key)})
	}
	for _, x := range b.Places {
		where = append(where, form.Option{Value: x.ID, Text: x.Name})
	}
	where = append(where, form.Option{Value: lending.Remote, Key: "skills.remote"})
	return &ask.Page{Title: c.T("lending.add"), Lede: c.T("lending.seen"), Form: f, Button: "lending.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Checkboxes(f, form.Field{Name: "competencies", Key: "lending.competencies", Options: able}),
			form.Select(f, form.Field{Name: "band", Key: "lending.band", Options: append([]form.Option{{Key: "lending.band.choose"}}, form.Options("skills.band", lending.Bands...)...)}),
			form.Checkboxes(f, form.Field{Name: "places", Key: "lending.places", Options: where}),
			form.Checkboxes(f, form.Field{Name: "slots", Key: "lending.slots", Options: form.Options("skills.slot", halfday.All...)}),
			form.Date(f, form.Field{Name: "from", Key: "lending.from"}),
			form.Date(f, form.Field{Name: "until", Key: "lending.until"}),
			form.Checkboxes(f, form.Field{Name: "agree", Key: "lending.agree", Options: []form.Option{{Value: "yes", Key: "lending.agree.yes"}}}),
		}
	}}
}

func keys(a lending.Able) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range a.Until {
			if !yield(k) {
				return
			}
		}
	}
}

// ready is the board of somebody who can offer something.
func (p *pages) ready(c *web.Context) (lending.Board, error) {
	b, err := p.s.Board(c.Ctx(), c.Actor, c.Now)
	if err == nil && (!b.Takes || len(b.Able.Until) == 0) {
		err = fault.New(fault.Conflict, "lending.nothing")
	}
	return b, err
}

func (p *pages) add(c *web.Context) error {
	b, err := p.ready(c)
	if fault.KindOf(err) == fault.Conflict {
		return c.Redirect(home) // which says why there is nothing to offer
	}
	if err != nil {
		return err
	}
	return p.addForm(c, form.Fresh(), b).Answer(c, home)
}

func (p *pages) addPost(c *web.Context) error {
	b, err := p.ready(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	in := lending.In{ID: id, Band: f.Get("band"), Competencies: f.All("competencies"), Slots: f.All("slots"), Places: f.All("places"), From: f.Day("from", "lending.from"), Until: f.Day("until", "lending.until")}
	found := in.Check(b.Able, b.Places, locale.Day(c.Now))
	if f.Get("agree") != "yes" {
		found.Add("agree", "lending.agree.empty")
	}
	a := p.addForm(c, f, b)
	if a.Found(found) {
		return a.Answer(c, home)
	}
	return c.Done(p.s.Add(c.Ctx(), c.Actor, c.Now, in), "lending.saved", home)
}

func (p *pages) withdraw(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	return c.Done(p.s.Withdraw(c.Ctx(), c.Actor, c.Now, id), "lending.is_withdrawn", home)
}

// asked is the session of the address, which waits for an answer.
func (p *pages) asked(c *web.Context) (x lending.Session, organisation, id uuid.UUID, err error) {
	if organisation, err = c.ID("organisation"); err != nil {
		return x, organisation, id, err
	}
	if id, err = c.ID("id"); err != nil {
		return x, organisation, id, err
	}
	b, err := p.s.Board(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return x, organisation, id, err
	}
	x, _, ok := b.Session(organisation, id)
	switch {
	case !ok:
		err = fault.Missing("session")
	case x.State != "asked":
		err = fault.New(fault.Conflict, "lending.over")
	}
	return x, organisation, id, err
}

// says is a session in words.
func (p *pages) says(ctx context.Context, x lending.Session) string {
	key := "lending.session"
	if x.Place == "" { // the organisation takes part no more
		key = "lending.session.bare"
	}
	return locale.T(ctx, key, "who", x.Name, "place", x.Place, "what", p.s.Named(x.Competence), "day", x.On.Long(), "part", locale.T(ctx, "skills.part."+x.Part), "hours", locale.T(ctx, "skills.hours.n", "n", x.Hours))
}

func (p *pages) answerForm(c *web.Context, f form.Form, x lending.Session) *ask.Page {
	return &ask.Page{Title: c.T("lending.answer.title", "who", x.Name), Lede: p.says(c.Ctx(), x), Form: f, Button: "lending.answer.button", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.Radios(f, form.Field{Name: "answer", Key: "lending.answer", Options: []form.Option{{Value: "yes", Key: "lending.answer.yes"}, {Value: "no", Key: "lending.answer.no"}}})}
	}}
}

func (p *pages) answer(c *web.Context) error {
	x, _, _, err := p.asked(c)
	if err != nil {
		return err
	}
	return p.answerForm(c, form.Form{}, x).Answer(c, home)
}

func (p *pages) answerPost(c *web.Context) error {
	x, organisation, id, err := p.asked(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	a := p.answerForm(c, f, x)
	var found fault.Fields
	if got := f.Get("answer"); got != "yes" && got != "no" {
		found.Add("answer", "lending.answer.empty")
	}
	if a.Found(found) {
		return a.Answer(c, home)
	}
	return c.Done(p.s.Answer(c.Ctx(), c.Actor, c.Now, organisation, id, f.Get("answer") == "yes"), "lending.answered", home)
}
