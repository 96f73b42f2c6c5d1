package joints

import (
	"context"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/community/site"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/outlook"
)

// developmentRole is the role of a post for somebody who is still to be trained for the work.
const developmentRole = "development-nurse"

// Advertised gives the public site the vacancies that take applications.
func Advertised(s *workforce.Service) func(context.Context, access.Actor, time.Time) ([]site.Opening, error) {
	return func(ctx context.Context, a access.Actor, now time.Time) (out []site.Opening, err error) {
		t, err := s.Find(ctx, a, now)
		if err != nil {
			return nil, err
		}
		for _, v := range t.Vacancies {
			if stage, since := v.Stage(); stage == workforce.Advertised {
				o := site.Opening{ID: v.ID, Advertised: since}
				if p, ok := t.Post(v.Post); ok {
					o.Title, o.Band, o.WTE, o.Development = p.Title, p.Band, p.WTE, p.Role == developmentRole
				} else if c, ok := t.Change(v.Change); ok {
					o.Title, o.Band, o.WTE, o.Development = c.Title, c.Band, c.WTE, c.Kind == outlook.Develop
				} else {
					continue
				}
				out = append(out, o)
			}
		}
		return out, nil
	}
}
