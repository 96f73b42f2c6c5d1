package publicweb

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/site"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// index leads to the one site that there is. Where there are more it is the front door that they share: who do you work for?
func (p *pages) index(c *web.Context) error {
	sites, err := p.s.Sites(c.Ctx(), c.Actor, c.Now)
	switch {
	case err != nil:
		return err
	case len(sites) == 0:
		return fault.Missing("site")
	case len(sites) == 1:
		return c.Redirect(sites[0].Path())
	}
	clients, err := p.shared(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(indexPage(c.Page("site.index.title", ""), lay(sites, clients, c.R.URL.Query().Get("q"))))
}

// manyWays is from how many employers on the page offers to look for one.
const manyWays = 12

// entrance is the front door that services share.
type entrance struct {
	Sites []site.Hosted
	Ways  []way
	Query string // what somebody looked for; kept nowhere
	Many  bool
}

// way leads from an employer to the service that looks after its staff.
type way struct{ Path, Employer, Service string }

// lay puts who hosts a service and who is named by one side by side, by name; of these whoever has every word of the query. A host that is
// named by its own service too is there once.
func lay(sites []site.Hosted, clients []Named, query string) entrance {
	if r := []rune(query); len(r) > mostQuery {
		query = string(r[:mostQuery])
	}
	e := entrance{Sites: sites, Query: query}
	of := map[uuid.UUID]site.Hosted{}
	for _, s := range sites {
		of[s.Service] = s
		if !slices.ContainsFunc(clients, func(n Named) bool { return n.ID == s.Organisation && n.Service == s.Service }) {
			e.Ways = append(e.Ways, way{s.Path() + "/refer", s.Host, s.Name})
		}
	}
	for _, n := range clients {
		if s, ok := of[n.Service]; ok {
			e.Ways = append(e.Ways, way{s.Path() + "/your-employer/" + n.ID.String(), n.Name, s.Name})
		}
	}
	e.Many = len(e.Ways) >= manyWays
	words := strings.Fields(strings.ToLower(query))
	e.Ways = slices.DeleteFunc(e.Ways, func(w way) bool {
		name := strings.ToLower(w.Employer)
		return slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(name, word) })
	})
	slices.SortStableFunc(e.Ways, func(a, b way) int { return strings.Compare(strings.ToLower(a.Employer), strings.ToLower(b.Employer)) })
	return e
}

// mostQuery is the longest question, in letters.
const mostQuery = 100

// employers asks who somebody works for. Like the stories it is read anew for each visitor: who takes their name back is gone at once.
func (p *pages) employers(c *web.Context) error {
	s, all, err := p.atDoor(c)
	if err != nil {
		return err
	}
	sites, err := p.s.Sites(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(employersPage(shell(c, s, c.T("site.employer.title")), s.Public, all, len(sites) > 1))
}

// employer says how somebody who works there comes to the service.
func (p *pages) employer(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	s, all, err := p.atDoor(c)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(e Employer) bool { return e.ID == id })
	if i < 0 {
		return fault.Missing("employer")
	}
	return c.Render(employerPage(shell(c, s, all[i].Name), s.Public, all[i]))
}

func (p *pages) atDoor(c *web.Context) (*shelf, []Employer, error) {
	s, err := p.find(c)
	if err != nil {
		return nil, nil, err
	}
	all, err := p.door(c.Ctx(), c.Actor, s.Address, c.Now)
	return s, all, err
}
