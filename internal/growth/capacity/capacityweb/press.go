package capacityweb

import (
	"context"
	"net/url"
	"strings"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/mix"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
)

// press is what was planned in one press of the button: a combination of the answer that still stands there.
type press struct {
	id  uuid.UUID
	mix mix.Mix
}

// pressed reads it from the address that the button leads to; nil where there is none, for whoever may not plan, and where another answer
// stands there by now.
func pressed(q url.Values, v postsView) *press {
	id, err := uuid.Parse(q.Get("planned"))
	if err != nil || !v.Writes || v.Best == nil || v.Best.ID.String() != q.Get("answer") || v.at().Mixes == nil {
		return nil
	}
	m, ok := mix.Cheapest(v.at().Mixes[v.Target], float64(v.Share))
	if !ok || m.Cost == 0 {
		return nil
	}
	return &press{id, m}
}

// after are the ways on from what was planned: to the plan, to what it costs, and back.
func after(ctx context.Context, v postsView) (out []ask.Link) {
	link := func(path, key string, args ...any) {
		out = append(out, ask.Link{Path: path, Text: locale.T(ctx, "capacity.posts.planned."+key, args...)})
	}
	link("/workforce/plan?option="+string(capacity.Chosen), "see")
	var all []string
	for i, n := range v.Press.mix.Posts {
		if n > 0 {
			role := v.at().Team[i].Role
			id := capacity.PostID(v.Press.id, role).String()
			all = append(all, id)
			link("/investment?effect="+id, "cost", "people", locale.T(ctx, "capacity.posts.count", "n", n, "people", people(ctx, n, role)))
		}
	}
	link("/workforce/plan/withdraw?"+url.Values{"id": {strings.Join(all, ",")}}.Encode(), "back")
	return out
}
