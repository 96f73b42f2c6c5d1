package publicweb

import (
	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/site"
	"github.com/rowan-ohwb/rowan/internal/growth/community/site/siteview"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/layout"
)

// easyRead is the value of ?read= that asks for the text in easy words.
const easyRead = "easy"

// shell is the frame of every page of a site.
func shell(c *web.Context, s *shelf, title string) layout.PageParams {
	p := c.Page("form.page", "", "title", title)
	home := s.Path()
	p.Site = &layout.Site{Name: s.Name, Home: home, Help: home + "/help-now"}
	for _, part := range []string{"refer", "steps", "contacts", "careers", "news", "search"} {
		path := home + "/" + part
		p.Nav = append(p.Nav, layout.NavItem{Href: path, Text: c.T("site.nav." + part), Current: path == c.R.URL.Path})
	}
	return p
}

// asks says whether the reader asks for easy words.
func asks(c *web.Context) bool { return c.R.URL.Query().Get("read") == easyRead }

// in is the name under which a page is kept.
func in(easy bool, name string) string {
	if easy {
		return name + "?" + easyRead
	}
	return name
}

// text finds what a page says: what is published, or the house's own words where it is one of the fixed pages.
func text(c *web.Context, s *shelf, path string) (site.Version, error) {
	if v, ok := s.Page(path); ok {
		return v, nil
	}
	if v, ok := siteview.Usual(c.Ctx(), path); ok {
		return v, nil
	}
	return site.Version{}, fault.Missing("page")
}

func (p *pages) show(c *web.Context, path string) error {
	s, err := p.find(c)
	if err != nil {
		return err
	}
	v, err := text(c, s, path)
	if err != nil {
		return err
	}
	easy := v.Easy != "" && asks(c)
	return s.give(c, in(easy, v.Path), func() templ.Component {
		params := shell(c, s, v.Title)
		if v.Kind == site.Home {
			params.Title = ""
		}
		return publicPage(params, siteview.View{Public: s.Public, Version: v, Easy: easy})
	})
}

func (p *pages) home(c *web.Context) error { return p.show(c, string(site.Home)) }

func (p *pages) page(c *web.Context) error {
	path := c.R.PathValue("page")
	if path == string(site.Home) {
		return fault.Missing("page") // it has one address, so that caches and searches know one
	}
	return p.show(c, path)
}

func (p *pages) news(c *web.Context) error {
	s, err := p.find(c)
	if err != nil {
		return err
	}
	return s.give(c, in(asks(c), "news"), func() templ.Component { return newsPage(shell(c, s, c.T("site.nav.news")), s.Public, asks(c)) })
}

func (p *pages) help(c *web.Context) error {
	s, err := p.find(c)
	if err != nil {
		return err
	}
	return s.give(c, in(asks(c), "help-now"), func() templ.Component { return helpPage(shell(c, s, c.T("site.help.title")), s.Public, asks(c)) })
}

// stories lists the case studies. Like a story they are read anew for each visitor: what was withdrawn is gone at once.
func (p *pages) stories(c *web.Context) error {
	s, all, said, err := p.read(c)
	if err != nil {
		return err
	}
	return c.Render(storiesPage(shell(c, s, c.T("site.stories.title")), s.Public, all, said))
}

func (p *pages) read(c *web.Context) (*shelf, []Told, templ.Component, error) {
	s, err := p.find(c)
	if err != nil {
		return nil, nil, nil, err
	}
	all, said, err := p.told(c.Ctx(), c.Actor, s.Address, c.Now)
	return s, all, said, err
}

func (p *pages) story(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	s, all, _, err := p.read(c)
	if err != nil {
		return err
	}
	for _, x := range all {
		if x.ID == id {
			return c.Render(storyPage(shell(c, s, x.Title), s.Public, x))
		}
	}
	return fault.Missing("story")
}

// search answers a question; it is kept nowhere, as it may be about health.
func (p *pages) search(c *web.Context) error {
	s, err := p.find(c)
	if err != nil {
		return err
	}
	query := c.R.URL.Query().Get("q")
	return c.Render(searchPage(shell(c, s, c.T("site.search.title")), s.Public, query, s.index().Search(query)))
}

// block is a part of the site to show inside a page of an intranet, for the origins that the service has named.
func (p *pages) block(c *web.Context) error {
	s, err := p.find(c)
	if err != nil {
		return err
	}
	c.FramedBy(s.Setting.Origins)
	return s.give(c, "block", func() templ.Component { return blockPage(c.Page("site.block.title", "", "name", s.Name), s.Public) })
}
