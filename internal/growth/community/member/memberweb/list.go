package memberweb

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/growth/community/match"
	"github.com/rowan-ohwb/rowan/internal/growth/community/member"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/layout"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

type listView struct {
	All      []member.Profile
	Chosen   form.Form
	Filtered bool
	p        *pages
}

// asked are the questions of the filter.
func (v listView) asked(ctx context.Context) []templ.Component {
	pack, any := v.p.s.Pack(), form.Option{Value: "", Key: "member.directory.any"}
	return []templ.Component{
		form.Select(v.Chosen, form.Field{Name: "profession", Key: "member.directory.profession", Options: append([]form.Option{any}, form.Options("member.profession", pack.Professions...)...)}),
		form.Select(v.Chosen, form.Field{Name: "helps", Key: "member.directory.helps", Options: append([]form.Option{any}, v.p.elements()...)}),
		form.Select(v.Chosen, form.Field{Name: "interest", Key: "member.directory.interest", Options: slices.Concat([]form.Option{any}, form.Options("member.skill", pack.Skills...), form.Options("member.interest", pack.Interests...))}),
		form.Checkboxes(v.Chosen, form.Field{Name: "kind", Key: "member.directory.kind", Options: form.Options("member.directory.kind", "alone", "mentors")}),
	}
}

func (v listView) rows(ctx context.Context) (out []layout.Row) {
	for _, x := range v.All {
		r := layout.Row{Path: x.Path(), Text: x.Name, Tags: tags(ctx, x), Hint: []string{locale.T(ctx, "member.profession."+x.Profession)}}
		if x.HomeName != "" {
			r.Hint = append(r.Hint, x.HomeName)
		}
		out = append(out, r)
	}
	return out
}

// tags mark what somebody says of themselves.
func tags(ctx context.Context, x member.Profile) (out []nhsuk.TagParams) {
	for _, t := range []struct {
		on          bool
		key, colour string
	}{{x.Alone, "alone", "blue"}, {x.Mentors, "mentors", "green"}, {x.Moderates, "moderates", "grey"}} {
		if t.on {
			out = append(out, nhsuk.TagParams{Text: locale.T(ctx, "member.tag."+t.key), Colour: t.colour})
		}
	}
	return out
}

func (p *pages) members(c *web.Context) error {
	all, err := p.s.Members(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	v := listView{Chosen: form.Of(c.R.URL.Query()), p: p}
	kinds := v.Chosen.All("kind")
	f := member.Filter{Profession: v.Chosen.Get("profession"), Helps: v.Chosen.Get("helps"), Interest: v.Chosen.Get("interest"), Alone: slices.Contains(kinds, "alone"), Mentors: slices.Contains(kinds, "mentors")}
	v.All, v.Filtered = p.s.Pack().Shown(all, locale.Day(c.Now), f), f != member.Filter{}
	return c.Render(listPage(c.Page("member.home.members", home), v))
}

// said lists codes in words.
func said(ctx context.Context, key string, codes []string) string {
	words := make([]string, len(codes))
	for i, x := range codes {
		words[i] = locale.T(ctx, key+"."+x)
	}
	return strings.Join(words, ", ")
}

// parts lists elements by their titles.
func (p *pages) titled(codes []string) string {
	var out []string
	for _, e := range p.s.Elements() {
		if slices.Contains(codes, e.Code) {
			out = append(out, e.Title)
		}
	}
	return strings.Join(out, "; ")
}

// rows is what somebody says of themselves; what they did not say is left out.
func (p *pages) rows(ctx context.Context, x member.Profile) nhsuk.SummaryListParams {
	place := x.HomeName
	if place == "" {
		place = locale.T(ctx, "member.row.home.not")
	}
	rows := []nhsuk.SummaryRow{nhsuk.Row(locale.T(ctx, "member.row.home"), place)}
	for _, r := range []struct{ key, text string }{{"offers", p.titled(x.Offers)}, {"wants", p.titled(x.Wants)}, {"skills", said(ctx, "member.skill", x.Skills)}, {"interests", said(ctx, "member.interest", x.Interests)}, {"contact", x.Contact}, {"about", x.About}} {
		if r.text != "" {
			rows = append(rows, nhsuk.Row(locale.T(ctx, "member.row."+r.key), r.text))
		}
	}
	return nhsuk.SummaryListParams{Rows: append(rows, nhsuk.Row(locale.T(ctx, "member.row.since"), locale.Date(x.Joined)))}
}

type oneView struct {
	member.Profile
	Own, Host, Listed bool
	p                 *pages
}

func (v oneView) tags(ctx context.Context) []nhsuk.TagParams {
	out := tags(ctx, v.Profile)
	if !v.Listed {
		out = append(out, nhsuk.TagParams{Text: locale.T(ctx, "member.tag.unlisted"), Colour: "orange"})
	}
	return out
}

func (p *pages) find(c *web.Context) (member.Profile, error) {
	id, err := c.ID("account")
	if err != nil {
		return member.Profile{}, err
	}
	return p.s.Member(c.Ctx(), c.Actor, c.Now, id)
}

func (p *pages) member(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	return c.Render(onePage(c.Page("form.page", directory, "title", x.Name), oneView{x, x.Account == c.Actor.Account, c.May(member.Host), p.s.Pack().Listed(x, locale.Day(c.Now)), p}))
}

type matchView struct {
	All []match.Match
	p   *pages
}

// reasons says why somebody fits, one sentence for each.
func (p *pages) reasons(ctx context.Context, m match.Match) (out []string) {
	for _, r := range m.Reasons {
		list := p.titled(r.Codes)
		if r.Kind == match.Interest {
			var words []string
			for _, code := range r.Codes {
				key := "member.interest."
				if slices.Contains(p.s.Pack().Skills, code) {
					key = "member.skill."
				}
				words = append(words, locale.T(ctx, key+code))
			}
			list = strings.Join(words, ", ")
		}
		out = append(out, locale.T(ctx, "member.why."+string(r.Kind), "list", list, "name", m.Name))
	}
	return out
}

func (p *pages) matches(c *web.Context) error {
	if err := p.own(c); err != nil {
		return err
	}
	all, err := p.s.Matches(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(matchPage(c.Page("member.home.matches", home), matchView{all, p}))
}

func (p *pages) moderate(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	on := form.From(c.R).Get("on") == "yes"
	if err := p.s.Moderator(c.Ctx(), c.Actor, c.Now, x.Account, on); err != nil {
		return err
	}
	if on {
		c.Flash("member.moderate.named")
	} else {
		c.Flash("member.moderate.ended")
	}
	return c.Redirect(x.Path())
}

func (p *pages) remove(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	return (&ask.Page{Title: c.T("member.remove.title", "name", x.Name), Lede: c.T("member.remove.lede"), Form: form.Of(url.Values{}), Button: "member.remove.button"}).Answer(c, x.Path())
}

func (p *pages) removePost(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	return c.Done(p.s.Remove(c.Ctx(), c.Actor, c.Now, x.Account), "member.removed", directory)
}

type bandsView struct {
	member.Offered
	p *pages
}

// button names what offering bands does.
func (v bandsView) button() string {
	if len(v.Now) == 0 {
		return "member.bands.offer"
	}
	return "member.bands.again"
}

// table shows bands by element.
func (v bandsView) table(ctx context.Context, key string, bands []member.Band) nhsuk.TableParams {
	t := nhsuk.TableParams{Head: nhsuk.Heads(locale.T(ctx, "member.bands.element"), locale.T(ctx, "member.bands.band")), Responsive: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, key), Size: "m"}}
	for _, b := range bands {
		t.Rows = append(t.Rows, nhsuk.Cells(v.p.titled([]string{b.Element}), locale.T(ctx, "member.bands."+b.Band)))
	}
	return t
}

func (p *pages) bands(c *web.Context) error {
	if _, err := p.joining(c, form.Of(url.Values{})); err != nil {
		return err
	}
	o, err := p.s.Offered(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Render(bandsPage(c.Page("member.bands.title", home), bandsView{o, p}))
}

func (p *pages) bandsPost(c *web.Context) error {
	return c.Done(p.s.OfferBands(c.Ctx(), c.Actor, c.Now, true), "member.bands.offered", "/community/bands")
}

func (p *pages) bandsStop(c *web.Context) error {
	return c.Done(p.s.OfferBands(c.Ctx(), c.Actor, c.Now, false), "member.bands.stopped", "/community/bands")
}
