package mentoringweb

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/care/mentoring"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

type homeView struct {
	All        []mentoring.Mentorship
	Mine       *mentoring.Profile
	Counts     bool
	Base, Feed string // the link of the reader's calendar: the address of the house, and the path
}

// in lists those in a state, as the mentor or as who asked.
func (v homeView) in(mentors bool, states ...string) (out []mentoring.Mentorship) {
	for _, m := range v.All {
		if m.Mentors == mentors && slices.Contains(states, m.State) {
			out = append(out, m)
		}
	}
	return out
}

func (v homeView) on() []mentoring.Mentorship {
	return append(v.in(true, mentoring.On), v.in(false, mentoring.On)...)
}

func (v homeView) past() (out []mentoring.Mentorship) {
	for _, m := range v.All {
		if m.Over() {
			out = append(out, m)
		}
	}
	return out
}

func (p *pages) home(c *web.Context) (err error) {
	v := homeView{Counts: c.May(mentoring.Counts)}
	if v.All, err = p.s.Mentorships(c.Ctx(), c.Actor); err != nil {
		return err
	}
	if v.Mine, err = p.mine(c); err != nil {
		return err
	}
	token, err := p.s.FeedToken(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	if token != "" {
		v.Base, v.Feed = strings.TrimSuffix(p.base, "/"), "/mentoring-days/"+token
	}
	return c.Render(homePage(c.Page("mentoring.title", ""), v))
}

// mine is the reader's own profile; nil where they have none.
func (p *pages) mine(c *web.Context) (*mentoring.Profile, error) {
	all, err := p.s.Mentors(c.Ctx(), c.Actor)
	if err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(all, func(x mentoring.Profile) bool { return x.Account == c.Actor.Account }); i >= 0 {
		return &all[i], nil
	}
	return nil, nil
}

// thing says in words what somebody helps with.
func (p *pages) thing(ctx context.Context, thing string) string {
	if code, found := strings.CutPrefix(thing, mentoring.Competence); found {
		return p.s.Named(code)
	}
	if code, found := strings.CutPrefix(thing, mentoring.Area); found {
		return locale.T(ctx, "development.area."+code)
	}
	return locale.T(ctx, "mentoring."+thing)
}

func (p *pages) things(ctx context.Context, all []string) string {
	words := make([]string, len(all))
	for i, x := range all {
		words[i] = p.thing(ctx, x)
	}
	return strings.Join(words, ", ")
}

func (p *pages) options(ctx context.Context, all []string) (out []form.Option) {
	for _, x := range all {
		out = append(out, form.Option{Value: x, Text: p.thing(ctx, x)})
	}
	return out
}

func (p *pages) profileForm(c *web.Context, f form.Form, holds []string) *ask.Page {
	return &ask.Page{Title: c.T("mentoring.profile.title"), Lede: c.T("mentoring.profile.lede"), Form: f, Button: "mentoring.save", Questions: func(f form.Form) []templ.Component {
		out := []templ.Component{form.Radios(f, form.Field{Name: "taking", Key: "mentoring.taking", Options: form.Options("mentoring.taking", "yes", "no")}),
			form.Checkboxes(f, form.Field{Name: "areas", Key: "mentoring.areas", Options: p.options(c.Ctx(), mentoring.Things(mentoring.Area, p.s.Areas()...))})}
		if len(holds) > 0 {
			out = append(out, form.Checkboxes(f, form.Field{Name: "competencies", Key: "mentoring.competencies", Options: p.options(c.Ctx(), mentoring.Things(mentoring.Competence, holds...))}))
		}
		return append(out, form.Checkboxes(f, form.Field{Name: "interests", Key: "mentoring.interests", Options: p.options(c.Ctx(), mentoring.Things(mentoring.Interest, p.s.Pack().Interests...))}),
			form.Text(f, form.Field{Name: "places", Key: "mentoring.places", Width: 2}),
			form.Checkboxes(f, form.Field{Name: "how", Key: "mentoring.how", Options: form.Options("mentoring.how", mentoring.Ways...)}),
			form.Checkboxes(f, form.Field{Name: "days", Key: "mentoring.days", Options: form.Options("mentoring.day", mentoring.Days...)}))
	}}
}

func (p *pages) profile(c *web.Context) error {
	has, err := p.s.Standing(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	mine, err := p.mine(c)
	if err != nil {
		return err
	}
	f := form.Of(url.Values{})
	if mine != nil {
		taking := "no"
		if mine.Taking {
			taking = "yes"
		}
		f = form.Of(url.Values{"taking": {taking}, "areas": mine.Offers, "competencies": mine.Offers, "interests": mine.Offers, "places": {strconv.Itoa(mine.Places)}, "how": mine.How, "days": mine.Days})
	}
	return p.profileForm(c, f, has.Holds).Answer(c, home)
}

func (p *pages) profilePost(c *web.Context) error {
	has, err := p.s.Standing(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	in := mentoring.ProfileIn{Taking: f.Get("taking"), Places: f.Whole("places"), Offers: slices.Concat(f.All("areas"), f.All("competencies"), f.All("interests")), How: f.All("how"), Days: f.All("days")}
	a := p.profileForm(c, f, has.Holds)
	if a.Found(p.s.Pack().CheckProfile(in, p.s.Areas(), has.Holds)) {
		return a.Answer(c, home)
	}
	return c.Done(p.s.Offer(c.Ctx(), c.Actor, c.Now, in), "mentoring.saved", home)
}

type findView struct {
	Fit, Others []mentoring.Found
	Chosen      form.Form
	Asked       map[string]string // account to the path of what the reader has with them
	p           *pages
}

func (v findView) interests() templ.Component {
	return form.Checkboxes(v.Chosen, form.Field{Name: "interest", Key: "mentoring.find.interests", Options: form.Options("mentoring.interest", v.p.s.Pack().Interests...)})
}

func (p *pages) find(c *web.Context) error {
	has, err := p.s.Standing(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	all, err := p.s.Mentors(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	pairs, err := p.s.Mentorships(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	v := findView{Chosen: form.Of(c.R.URL.Query()), Asked: map[string]string{}, p: p}
	v.Fit, v.Others = mentoring.Find(all, c.Actor.Account, has, v.Chosen.All("interest"))
	for _, m := range pairs {
		if !m.Mentors && !m.Over() {
			v.Asked[m.Mentor.String()] = m.Path()
		}
	}
	return c.Render(findPage(c.Page("mentoring.find.title", home), v))
}

// reasons say why a mentor fits the reader, one sentence for each kind.
func (p *pages) reasons(ctx context.Context, f mentoring.Found) (out []string) {
	for _, x := range []struct {
		key, kind string
		codes     []string
	}{{"mentoring.fits.goals", mentoring.Area, f.Goals}, {"mentoring.fits.learning", mentoring.Competence, f.Learning}, {"mentoring.fits.share", mentoring.Interest, f.Share}} {
		if len(x.codes) > 0 {
			out = append(out, locale.T(ctx, x.key, "list", p.things(ctx, mentoring.Things(x.kind, x.codes...))))
		}
	}
	return out
}

// profileRows is what everybody of the team sees of a mentor.
func (p *pages) profileRows(ctx context.Context, x mentoring.Profile) nhsuk.SummaryListParams {
	rows := []nhsuk.SummaryRow{nhsuk.Row(locale.T(ctx, "mentoring.offers"), p.things(ctx, x.Offers)), nhsuk.Row(locale.T(ctx, "mentoring.how.short"), codes(ctx, "mentoring.how.", x.How))}
	if len(x.Days) > 0 {
		rows = append(rows, nhsuk.Row(locale.T(ctx, "mentoring.days.short"), codes(ctx, "mentoring.day.", x.Days)))
	}
	return nhsuk.SummaryListParams{Rows: append(rows, nhsuk.Row(locale.T(ctx, "mentoring.room"), room(ctx, x)))}
}

func codes(ctx context.Context, prefix string, all []string) string {
	words := make([]string, len(all))
	for i, x := range all {
		words[i] = locale.T(ctx, prefix+x)
	}
	return strings.Join(words, ", ")
}

func room(ctx context.Context, x mentoring.Profile) string {
	switch {
	case x.Full() && x.Queue == 0:
		return locale.T(ctx, "mentoring.room.none")
	case x.Full():
		return locale.T(ctx, "mentoring.room.full", "n", x.Queue)
	}
	return locale.T(ctx, "mentoring.room.free", "n", x.Places-x.Taken)
}

// askForm asks a mentor, or asks to wait for one that is full.
func (p *pages) askForm(c *web.Context, f form.Form, m mentoring.Profile) *ask.Page {
	title, lede, button := "mentoring.ask.title", "mentoring.ask.lede", "mentoring.ask.submit"
	if m.Full() {
		title, lede, button = "mentoring.wait.title", "mentoring.wait.lede", "mentoring.wait.submit"
	}
	return &ask.Page{Title: c.T(title, "name", m.Name), Lede: c.T(lede, "name", m.Name, "room", room(c.Ctx(), m)), Form: f, Button: button, Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.Checkboxes(f, form.Field{Name: "wants", Key: "mentoring.wants", Options: p.options(c.Ctx(), m.Offers)})}
	}}
}

func (p *pages) mentor(c *web.Context) (m mentoring.Profile, err error) {
	account, err := c.ID("account")
	if err != nil {
		return m, err
	}
	return p.s.Mentor(c.Ctx(), c.Actor, account)
}

func (p *pages) ask(c *web.Context) error {
	m, err := p.mentor(c)
	if err != nil {
		return err
	}
	return p.askForm(c, form.Fresh(), m).Answer(c, find)
}

func (p *pages) askPost(c *web.Context) error {
	m, err := p.mentor(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	a := p.askForm(c, f, m)
	if a.Found(mentoring.CheckAsk(f.All("wants"), m)) {
		return a.Answer(c, find)
	}
	with, err := p.s.Ask(c.Ctx(), c.Actor, c.Now, id, m.Account, f.All("wants"))
	if err != nil {
		return err
	}
	c.Flash("mentoring.done." + with.State)
	return c.Redirect(with.Path())
}
