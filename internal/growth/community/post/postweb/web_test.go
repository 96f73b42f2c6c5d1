package postweb_test

import (
	"regexp"
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/community/communitytest"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post/postweb"
	"github.com/rowan-ohwb/rowan/internal/growth/community/screen"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

func TestPages(t *testing.T) {
	h := communitytest.New(t)
	h.Join(h.Helen, h.Iris, h.Carl)
	h.OK(h.Members.Moderator(t.Context(), h.Host, communitytest.Now, h.Carl.Account, true))
	site := webtest.New(t, communitytest.Now, postweb.Routes(post.New(h.DB), communitytest.Elements), post.Rules)
	helen, iris, carl := site.As(h.Helen), site.As(h.Iris), site.As(h.Carl)
	iris.Get("/community/questions").Want(200).Says("There is no question yet").Hides("Moderation")
	f := iris.Get("/community/questions/ask").Want(200).Says("Write nothing about a patient").Hides("A moderator reads it first").Form()
	iris.Post("/community/questions/ask", f).Refuses("Enter a title", "Enter what you want to say")
	f.Set("title", "Night workers")
	f.Set("words", "What does Mrs Winter need?")
	f.Set("topic", "E1")
	bad := iris.Post("/community/questions/ask", f).Refuses("This looks like a person: “Mrs Winter”. Take it out, or tick the box to have a moderator read it first").Says("A moderator reads it first")
	if got := bad.Form().Get("words"); got != "What does Mrs Winter need?" {
		t.Errorf("kept %q", got)
	}
	f.Set("anyway", "yes")
	q := iris.Post("/community/questions/ask", f).To("/community/questions/")
	iris.Get(q).Says("A moderator reads it first. Until then", "because it looks like a person: a name")
	helen.Get(q).Want(404)
	helen.Get("/community/questions").Says("There is no question yet")
	helen.Get("/community/moderation").Want(404)
	iris.Get("/community/questions").Says("1 text of yours is not published")
	post1 := iris.Get("/community/written").Says("Waits for a moderator").Link(`/community/posts/[0-9a-f-]{36}/change`)
	helen.Get(post1).Want(404)

	one := carl.Get("/community/moderation").Says("Night workers", "Looks like: a name", "Nothing was recalled").Link(`/community/moderation/[0-9a-f-]{36}`)
	g := carl.Get(one + "/return").Want(200).Form()
	carl.Post(one+"/return", g).Refuses("Enter why")
	g.Set("reason", "Say it without the name")
	carl.Post(one+"/return", g).To("/community/moderation")
	carl.Get(one).Want(409)
	f = iris.Get(post1).Want(200).Form()
	f.Set("words", "")
	iris.Post(post1, f).Refuses("Enter what you want to say")
	f.Set("words", "What does a night worker called Ann need?")
	f.Set("anyway", "yes")
	iris.Post(post1, f).To("/community/questions/")
	g = carl.Get(one).Want(200).Says("“called Ann”: a name").Form()
	carl.Post(one+"/publish", g).To("/community/moderation")
	carl.Post(one+"/publish", g).Want(409)
	helen.Get("/community/questions?topic=E1").Says("Night workers", "Iris Webb, Harrow Fell Hospitals", "0 answers")
	helen.Get("/community/questions?topic=E4").Says("There is no question yet")

	f = helen.Get(q + "/answer").Want(200).Says("Answer: Night workers").Form()
	helen.Post(q+"/answer", f).Refuses("Enter what you want to say")
	f.Set("words", "Rest, and food that is warm.")
	helen.Post(q+"/answer", f).To(q)
	again := f
	helen.Post(q+"/answer", again).To(q) // sent twice
	helen.Get(q).Says("Answer 1", "Helen Marsh, Wyre Valley Hospitals", "It is published").Hides("Recall this", "Answer 2")
	tell := helen.Get(q).Says("Tell a moderator about this question").Hides("Tell a moderator about this answer").Link(`/community/posts/[0-9a-f-]{36}/tell`)
	told := helen.Get(tell).Want(200).Form()
	helen.Post(tell, told).Refuses("Enter why")
	told.Set("reason", "Ann may be known")
	helen.Post(tell, told).To(q)
	helen.Post(tell, told).Want(409)
	iris.Get(tell).Want(409) // it is hers
	site.As(h.Ruth).Get(tell).Want(404)
	carl.Get("/community/moderation").Says("Helen Marsh, on 10 November 2026: Ann may be known")
	helen.Post(one+"/settle", nil).Want(404)
	carl.Post("/community/moderation/"+uuid.NewString()+"/settle", nil).Want(404)
	carl.Post(one+"/settle", nil).To("/community/moderation")
	carl.Post(one+"/settle", nil).Want(409)
	carl.Get("/community/moderation").Says("Nobody has told you of anything that is still there")
	recall := carl.Get(q).Says("Recall this question", "Recall this answer").Link(regexp.QuoteMeta(one) + "/recall")
	helen.Get(recall).Want(404)
	g = carl.Get(recall).Want(200).Form()
	g.Set("reason", "It named Mrs Winter")
	carl.Post(recall, g).Refuses("Take out “Mrs Winter”: everybody reads this, and it looks like a person")
	g.Set("reason", "Somebody could be known")
	carl.Post(recall, g).To(q)
	carl.Post(recall, g).Want(409)
	helen.Get(q).Says("A question that is no longer here", "Recalled on 10 November 2026: Somebody could be known", "Rest, and food").Hides("night worker called Ann", "Night workers")
	helen.Get(q + "/answer").Want(409)
	helen.Get("/community/questions").Says("Recalled on 10 November 2026")
	carl.Get("/community/moderation").Says("By Carl Dunn")

	drop := helen.Get(q).Link(`/community/posts/[0-9a-f-]{36}/withdraw`)
	iris.Get(drop).Want(404)
	helen.Get(drop).Want(200).Says("Withdraw this answer")
	helen.Post(drop, nil).To("/community")
	helen.Get(drop).Want(409)
	helen.Get(q).Hides("Rest, and food")
	for _, path := range []string{"/community/questions/" + uuid.NewString(), "/community/posts/" + uuid.NewString() + "/change"} {
		helen.Get(path).Want(404)
	}
	carl.Post("/community/moderation/"+uuid.NewString()+"/publish", nil).Want(404)
	for _, a := range []access.Actor{h.Ruth, h.Ward, h.Guardian} {
		site.As(a).Get("/community/questions").Want(404)
		site.As(a).Get(q).Want(404)
		site.As(a).Get("/community/questions/ask").Want(404)
	}
}

// TestMarksHaveWords: whatever is found can be told.
func TestMarksHaveWords(t *testing.T) {
	for _, k := range screen.Kinds {
		if !locale.English().Has("post.mark." + string(k)) {
			t.Errorf("no words for %s", k)
		}
	}
}
