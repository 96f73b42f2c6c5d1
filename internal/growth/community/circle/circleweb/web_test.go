package circleweb_test

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/growth/community/circle"
	"github.com/rowan-ohwb/rowan/internal/growth/community/circle/circleweb"
	"github.com/rowan-ohwb/rowan/internal/growth/community/communitytest"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

func TestPages(t *testing.T) {
	h := communitytest.New(t)
	h.Join(h.Helen, h.Iris, h.Carl)
	site := webtest.New(t, communitytest.Now, circleweb.Routes(circle.New(h.DB), post.New(h.DB)), post.Rules)
	helen, iris, carl := site.As(h.Helen), site.As(h.Iris), site.As(h.Carl)
	f := helen.Get("/community/groups/add").Want(200).Form()
	f.Set("name", "Night work")
	f.Set("about", "Ask Dr Ash")
	bad := helen.Post("/community/groups/add", f).Refuses("Take out “Dr Ash”: it looks like a person, and every member reads this")
	if got := bad.Form().Get("name"); got != "Night work" {
		t.Errorf("kept %q", got)
	}
	f.Set("about", "For who plans it")
	one := helen.Post("/community/groups/add", f).To("/community/groups/")
	iris.Get("/community/groups").Says("Night work", "1 person is in it")
	iris.Get(one).Want(200).Says("Ask to be in this group").Hides("Papers", "Let ")
	iris.Get(one + "/papers/add").Want(404)
	iris.Post(one+"/ask", nil).To(one)
	iris.Post(one+"/ask", nil).Want(409)
	person := one + "/people/" + h.Iris.Account.String()
	admit := helen.Get(one).Says("Let Iris Webb in", "Do not let Iris Webb in").Form()
	admit.Set("do", "admit")
	iris.Post(person, admit).Want(404)
	helen.Post(one+"/people/"+uuid.NewString(), admit).Want(404)
	helen.Post(person, admit).To(one)
	helen.Post(person, admit).Want(409)

	f = iris.Get(one + "/papers/add").Want(200).Form()
	f.Set("title", "Minutes")
	f.Set("words", "We ring each other.")
	paper := iris.Post(one+"/papers/add", f).To(one + "/papers/")
	helen.Get(one).Says("Minutes")
	helen.Get(paper).Says("We ring each other.", "Recall this paper")
	iris.Get(paper).Says("Withdraw this paper").Hides("Recall this paper")
	iris.Get(paper + "/recall").Want(404)
	for _, path := range []string{paper, one + "/papers/" + uuid.NewString(), one + "/papers/add", paper + "/recall"} {
		carl.Get(path).Want(404)
	}
	carl.Get(one).Want(200).Hides("Minutes")
	g := helen.Get(paper + "/recall").Want(200).Form()
	helen.Post(paper+"/recall", g).Refuses("Enter why")
	g.Set("reason", "The wrong one")
	helen.Post(paper+"/recall", g).To(paper)
	helen.Get(paper + "/recall").Want(409)
	iris.Get(paper).Says("Recalled on 10 November 2026: The wrong one").Hides("We ring each other.")
	helen.Post(one+"/leave", nil).Want(409)
	admit.Set("do", "keep")
	helen.Post(person, admit).To(one)
	helen.Post(one+"/leave", nil).To(one)
	helen.Get(one).Says("Ask to be in this group").Hides("Papers")
	site.As(h.Ruth).Get("/community/groups").Want(404)
	site.As(h.Ruth).Get(one).Want(404)
	site.As(h.Ward).Get(one).Want(404)
}
