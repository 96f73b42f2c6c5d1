package publicweb

import (
	"slices"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// employers asks who somebody works for. Like the stories it is read anew for each visitor: who takes their name back is gone at once.
func (p *pages) employers(c *web.Context) error {
	s, all, err := p.atDoor(c)
	if err != nil {
		return err
	}
	return c.Render(employersPage(shell(c, s, c.T("site.employer.title")), s.Public, all))
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
