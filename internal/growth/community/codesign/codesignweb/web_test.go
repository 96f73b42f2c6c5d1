package codesignweb_test

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/growth/community/codesign"
	"github.com/rowan-ohwb/rowan/internal/growth/community/codesign/codesignweb"
	"github.com/rowan-ohwb/rowan/internal/growth/community/communitytest"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// TestPages goes from a draft to a round, a comment and its answer, and to the published version.
func TestPages(t *testing.T) {
	h := communitytest.New(t)
	h.Join(h.Helen, h.Iris)
	site := webtest.New(t, communitytest.Now, codesignweb.Routes(codesign.New(h.DB, post.New(h.DB))), codesign.Rules)
	host, helen, iris, ruth := site.As(h.Host), site.As(h.Helen), site.As(h.Iris), site.As(h.Ruth)
	const home = "/community/framework"

	f := host.Get(home + "/start").Want(200).Form()
	host.Post(home+"/start", f).Refuses("Enter what the version is called", "Enter where it comes from")
	f.Set("name", "Ours")
	f.Set("source", "Members")
	draft := host.Post(home+"/start", f).To(home + "/versions/")
	host.Post(home+"/start", f).To(draft) // sent twice
	helen.Get(draft).Want(404)
	helen.Get(home + "/start").Want(404)
	level := draft + "/themes/M01/levels/3"
	f = host.Get(level).Want(200).Says("Level 3 of Leadership").Form()
	old := host.Get(level).Form()
	f.Set("internal", "The board sees it monthly")
	host.Post(level, f).To(draft + "/themes/M01")
	host.Post(level, old).Want(409)
	host.Post(draft+"/themes/M09/levels/3", f).Want(404)
	host.Get(draft + "/themes/M01/levels/6").Want(404)
	host.Get(draft).Says("The board sees it monthly", "It can be published when the members were asked about it")

	f = host.Get(draft + "/round").Want(200).Form()
	f.Set("about", "Clear?")
	for k, v := range map[string]string{"closes-day": "30", "closes-month": "11", "closes-year": "2026"} {
		f.Set(k, v)
	}
	round := host.Post(draft+"/round", f).To(home + "/rounds/")
	ruth.Get(round).Want(404)
	f = helen.Get(round + "/comment/M01-internal-3").Want(200).Says("On: The board sees it monthly.").Form()
	helen.Post(round+"/comment/M01-internal-3", f).Refuses("Enter what you want to say")
	f.Set("words", "Too often")
	f.Set("proposes", "Every quarter")
	one := helen.Post(round+"/comment/M01-internal-3", f).To(home + "/comments/")
	helen.Get(one).Says("Proposed words:", "Every quarter").Hides("I agree")
	iris.Post(one+"/agree", nil).To(one)
	iris.Get(one).Says("1 other member agrees", "I do not agree any more")
	helen.Post(one+"/agree", nil).Want(409)
	ruth.Post(one+"/agree", nil).Want(404)
	iris.Post(home+"/comments/"+uuid.NewString()+"/agree", nil).Want(404)

	host.Get(round+"/said").Says("1 waits for an answer", "Level 3: The board sees it monthly")
	f = host.Get(one + "/answer").Want(200).Form()
	host.Post(one+"/answer", f).Refuses("Select whether it is taken up", "Enter what you do, and why")
	f.Set("verdict", "not")
	f.Set("words", "Mrs Winter wants it")
	host.Post(one+"/answer", f).Refuses("Take out “Mrs Winter”: many people read this, and it looks like a person")
	f.Set("words", "Because it moves every week")
	helen.Post(one+"/answer", f).Want(404)
	host.Post(one+"/answer", f).To(round + "/said")
	helen.Get(one).Says("Not taken up", "Because it moves every week")
	helen.Get(home).Says("What you said", "Not taken up")
	iris.Get(home).Hides("What you said")
	host.Get(draft + "/publish").Want(409)
	host.Post(round+"/end", nil).To(round)
	host.Post(round+"/end", nil).Want(409)
	helen.Get(round + "/comment/M01").Want(409)

	f = host.Get(draft + "/publish").Want(200).Form()
	host.Post(draft+"/publish", f).Refuses("Enter what changed", "Enter why “Leadership” was changed")
	f.Set("summary", "Monthly")
	f.Set("why-M01", "Boards asked")
	helen.Post(draft+"/publish", f).Want(404)
	host.Post(draft+"/publish", f).To(draft)
	host.Post(draft+"/publish", f).Want(409)
	host.Get(one + "/answer").Want(409)
	helen.Get(draft).Says("In force", "Boards asked", "2 of 2 organisations with a member took part", "100% answered")
	helen.Get(home+"/compare?from=2&to=1").Says("From version 2 to version 1", "The board sees it monthly")
	for _, path := range []string{home, draft, round, one, home + "/compare", home + "/versions/1"} {
		ruth.Get(path).Want(404)
	}
	for _, path := range []string{"/versions/", "/rounds/", "/comments/"} {
		helen.Get(home + path + uuid.NewString()).Want(404)
	}
}
