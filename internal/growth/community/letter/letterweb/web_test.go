package letterweb_test

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/communitytest"
	"github.com/rowan-ohwb/rowan/internal/growth/community/letter"
	"github.com/rowan-ohwb/rowan/internal/growth/community/letter/letterweb"
	"github.com/rowan-ohwb/rowan/internal/growth/community/origin"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// TestPages: a letter goes from a draft into use and back; what looks like a person is refused, and other services see nothing of it.
func TestPages(t *testing.T) {
	h := communitytest.New(t)
	s := letter.New(h.DB)
	site := webtest.New(t, communitytest.Now, letterweb.Routes(s, origin.New(h.DB)), letter.Rules)
	anne, helen, iris := site.As(h.Anne), site.As(h.Helen), site.As(h.Iris)
	anne.Get("/letters").Want(200).Says("There is no letter yet")
	helen.Get("/letters/add").Want(404)
	f := anne.Get("/letters/add").Want(200).Says("Gaps: {name}, {day}").Form()
	anne.Post("/letters/add", f).Refuses("Enter what it is called", "Select what it is for", "Enter the words")
	webtest.Fill(f, "name", "Please come", "purpose", "invite", "words", "Dear {forename}")
	anne.Post("/letters/add", f).Refuses("{forename} is no gap that is known here")
	bad := anne.Post("/letters/add", webtest.Fill(f, "words", "Dear Mrs Winter")).Refuses("Put a gap in place of “Mrs Winter”: it looks like a person or a number")
	if got := bad.Form().Get("words"); got != "Dear Mrs Winter" {
		t.Errorf("kept %q", got)
	}
	one := anne.Post("/letters/add", webtest.Fill(f, "words", "Dear {name}")).To("/letters/")
	anne.Post("/letters/add", f).To(one)
	helen.Get(one).Want(200).Says("Draft", "Dear {name}", "To invite somebody").Hides("Take it into use", "Change this letter")
	iris.Get(one).Want(404)
	g := anne.Get(one + "/edit").Want(200).Form()
	anne.Post(one+"/edit", webtest.Fill(g, "words", "")).Refuses("Enter the words")
	anne.Post(one+"/edit", webtest.Fill(g, "words", "Dear {name}, see you on {day}")).To(one)
	anne.Post(one+"/edit", g).Want(409)
	use := anne.Get(one).Form()
	anne.Post(one+"/use", use).To(one)
	anne.Post(one+"/use", use).Want(409)
	anne.Get("/letters").Says("Please come", "In use")
	iris.Post(one+"/use", use).Want(404)
	anne.Post("/letters/"+uuid.NewString()+"/edit", g).Want(404)
	carl := h.Carl
	carl.Role = access.Lead
	if err := s.Use(t.Context(), carl, communitytest.Now, uuid.MustParse(one[len("/letters/"):]), 3, false); fault.KindOf(err) != fault.NotFound {
		t.Errorf("another service: %v", err)
	}
	anne.Post(one+"/use", anne.Get(one).Form()).To(one)
	anne.Get(one).Says("Draft")
}
