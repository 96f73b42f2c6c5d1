package libraryweb_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/community/communitytest"
	"github.com/rowan-ohwb/rowan/internal/growth/community/library"
	"github.com/rowan-ohwb/rowan/internal/growth/community/library/libraryweb"
	"github.com/rowan-ohwb/rowan/internal/growth/community/origin"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

func TestPages(t *testing.T) {
	h := communitytest.New(t)
	h.Join(h.Anne, h.Iris)
	own := library.Template{Form: post.Pathway, ID: uuid.New(), Title: "Backs", Body: []byte(`{"name":"Backs","whom":"Ward staff","steps":[{"title":"A nurse reads it","role":"Nurse","class":"diagnostic","target":30,"unit":"minutes"}]}`)}
	var took []library.Template
	s := library.New(library.Deps{Posts: post.New(h.DB), Own: func(context.Context, access.Actor) ([]library.Template, error) { return []library.Template{own}, nil },
		Origins: origin.New(h.DB), Take: func(_ context.Context, _ access.Actor, _ time.Time, x library.Template) (library.Copied, error) {
			took = append(took, x)
			return library.Copied{ID: x.ID, Path: "/plan/pathways/" + x.ID.String()}, nil
		}})
	site := webtest.New(t, communitytest.Now, libraryweb.Routes(s, communitytest.Elements), append(post.Rules, library.Rules...))
	anne, iris := site.As(h.Anne), site.As(h.Iris)
	f := iris.Get("/community/resources/add").Want(200).Form()
	f.Set("form", "link")
	f.Set("title", "Sleep")
	f.Set("words", "A page on sleep")
	f.Set("address", "http://example.org")
	bad := iris.Post("/community/resources/add", f).Refuses("Enter a web address that begins with https://", "Select a licence", "Enter the day on which it is to be looked at again")
	if got := bad.Form().Get("address"); got != "http://example.org" {
		t.Errorf("kept %q", got)
	}
	f.Set("address", "https://example.org/sleep")
	f.Set("licence", "ogl-3")
	for part, value := range map[string]string{"day": "1", "month": "12", "year": "2026"} {
		f.Set("review-"+part, value)
	}
	one := iris.Post("/community/resources/add", f).To("/community/resources/")
	anne.Get(one).Says("Sleep", "Open Government Licence", "Look at it again on 1 December 2026", "Iris Webb, Harrow Fell Hospitals").Link("https://example.org/sleep")
	anne.Get(one).Hides("Look at it again</a>", "Copy it into")
	f.Set("form", "pathway") // a template is not written by hand
	iris.Post("/community/resources/add", f).Refuses("Select what you share")

	iris.Get("/community/resources/share").Want(404)
	f = anne.Get("/community/resources/share").Want(200).Says("Pathway to copy: Backs").Form()
	f.Set("template", "pathway/"+uuid.NewString())
	anne.Post("/community/resources/share", f).Refuses("Select what you share", "Enter a title", "Enter what you want to say", "Select a licence", "Enter the day on which it is to be looked at again")
	f.Set("template", own.Key())
	f.Set("title", "Backs")
	f.Set("words", "Halved our wait")
	f.Set("licence", "nhs")
	for part, value := range map[string]string{"day": "1", "month": "12", "year": "2026"} {
		f.Set("review-"+part, value)
	}
	way := anne.Post("/community/resources/share", f).To("/community/resources/")
	iris.Get(way).Says("A nurse reads it", "30 minutes", "For: Ward staff").Hides("Copy it into")
	iris.Post(way+"/copy", nil).Want(404)
	g := anne.Get(way).Says("Copy it into your service").Form()
	anne.Post("/community/resources/"+uuid.NewString()+"/copy", g).Want(404)
	anne.Post(one+"/copy", g).Want(409)
	anne.Post(way+"/copy", g).To("/plan/pathways/")
	if len(took) != 1 || took[0].Form != post.Pathway {
		t.Errorf("taken: %+v", took)
	}
	anne.Get(way).Says("Your organisation has copied it.").Hides("About ")
	anne.Get("/community/resources/copies").Says("Pathway to copy: Backs", "shared by Anne Shaw, Wyre Valley Hospitals", "Free to use and change inside the NHS", "Look at it again on 1 December 2026")
	iris.Get("/community/resources/copies").Want(404)
	iris.Get("/community/resources?form=link").Says("Sleep").Hides("Backs</a>")

	g = iris.Get(one + "/review").Want(200).Form()
	iris.Post(one+"/review", g).Refuses("Enter the day on which it is to be looked at again")
	for part, value := range map[string]string{"day": "1", "month": "3", "year": "2027"} {
		g.Set("review-"+part, value)
	}
	anne.Post(one+"/review", g).Want(409) // it is not hers
	iris.Post(one+"/review", g).To(one)
	anne.Get(one).Says("1 March 2027")
	site.As(h.Ruth).Get("/community/resources").Want(404)
	site.As(h.Ruth).Get(one).Want(404)
	site.As(h.Ruth).Get("/community/resources/add").Want(404)
}
