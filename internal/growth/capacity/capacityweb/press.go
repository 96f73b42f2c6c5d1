package capacityweb

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
)

// press is what was planned in one press of the button. The address that the button leads to holds it, as the answer that it came from is
// soon replaced by one that counts these posts.
type press struct {
	id    uuid.UUID
	posts []several
}

// several is a number of people of a role.
type several struct {
	role string
	n    int
}

// query is what is put behind the address of a question.
func (p *press) query() string {
	if p == nil {
		return ""
	}
	var all []string
	for _, x := range p.posts {
		all = append(all, x.role+"."+strconv.Itoa(x.n))
	}
	return "&" + url.Values{"planned": {p.id.String()}, "more": all}.Encode()
}

// pressed reads it from an address; nil where there is none, for whoever may not plan, and where it is of no post that could be planned.
func pressed(q url.Values, v postsView) *press {
	id, err := uuid.Parse(q.Get("planned"))
	if err != nil || !v.Writes {
		return nil
	}
	p := &press{id: id}
	for _, x := range q["more"] {
		role, number, _ := strings.Cut(x, ".")
		n, err := strconv.Atoi(number)
		if err != nil || n < 1 || n > capacity.MostPosts || !slices.ContainsFunc(v.Roles, func(o capacity.OnePost) bool { return o.Role == role }) {
			return nil
		}
		p.posts = append(p.posts, several{role, n})
	}
	if len(p.posts) == 0 {
		return nil
	}
	return p
}

// said names the posts of a press.
func (p *press) said(ctx context.Context) string {
	var all []string
	for _, x := range p.posts {
		all = append(all, x.said(ctx))
	}
	return locale.And(ctx, all)
}

func (x several) said(ctx context.Context) string {
	return locale.T(ctx, "capacity.posts.count", "n", x.n, "people", people(ctx, x.n, x.role))
}

// after are the ways on from what was planned: to the plan, to what it costs, and back.
func after(ctx context.Context, p *press) (out []ask.Link) {
	link := func(path, key string, args ...any) {
		out = append(out, ask.Link{Path: path, Text: locale.T(ctx, "capacity.posts.planned."+key, args...)})
	}
	link("/workforce/plan?option="+string(capacity.Chosen), "see")
	var all []string
	for _, x := range p.posts {
		id := capacity.PostID(p.id, x.role).String()
		all = append(all, id)
		link("/investment?effect="+id, "cost", "people", x.said(ctx))
	}
	link("/workforce/plan/withdraw?"+url.Values{"id": {strings.Join(all, ",")}}.Encode(), "back")
	return out
}
