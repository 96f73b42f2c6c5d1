package memberweb_test

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/growth/community/communitytest"
	"github.com/rowan-ohwb/rowan/internal/growth/community/member"
	"github.com/rowan-ohwb/rowan/internal/growth/community/member/memberweb"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

func TestPages(t *testing.T) {
	h := communitytest.New(t)
	site := webtest.New(t, communitytest.Now, memberweb.Routes(h.Members, memberweb.Part{Path: "/community/members", Key: "member.all"}), member.Rules)
	helen, iris, anne, host := site.As(h.Helen), site.As(h.Iris), site.As(h.Anne), site.As(h.Host)
	helen.Get("/community").Want(200).Says("Wyre and Fells OH community", "Hosted by Wyre Valley ICS", "Join the community").Hides("Members", "Offer your self-assessment")
	helen.Get("/community/members").Want(404)
	helen.Get("/community/matches").Want(404)
	helen.Get("/community/leave").Want(404)
	helen.Get("/community/open").Want(404)
	helen.Get("/community/bands").Want(404)

	f := helen.Get("/community/profile").Want(200).Says("May others see where you work?", "Wyre Valley Hospitals").Form()
	f.Set("about", "I work with Dr Ash")
	f.Set("contact", "helen")
	bad := helen.Post("/community/profile", f).Refuses("Select your profession", "Select whether others may see where you work", "Select whether you are the only one", "Select whether you would be a mentor",
		"Enter an e-mail address in the correct format, like name@example.nhs.uk", "Take out “Dr Ash”: it looks like a person, and many people read this")
	if got := bad.Form().Get("about"); got != "I work with Dr Ash" {
		t.Errorf("kept %q", got)
	}
	f.Set("about", "Night staff")
	f.Set("contact", "helen@example.nhs.uk")
	for name, value := range map[string]string{"profession": "nurse", "home": "yes", "alone": "no", "mentors": "yes", "wants": "E6"} {
		f.Set(name, value)
	}
	helen.Post("/community/profile", f).To("/community")
	helen.Get("/community").Says("Members", "Others see you until 10 November 2027")
	f.Set("alone", "yes")
	f.Set("home", "no")
	f.Set("wants", "E1")
	f.Set("offers", "E6")
	iris.Post("/community/profile", f).To("/community")

	helen.Get("/community/members").Says("2 members are listed", "Iris Webb", "Works alone").Hides("Harrow Fell")
	one := helen.Get("/community/members?profession=nurse&kind=alone").Says("1 member is listed").Hides("Helen Marsh (").Link(`/community/members/[0-9a-f-]{36}`)
	helen.Get("/community/members?profession=physician").Says("No member fits")
	helen.Get(one).Want(200).Says("Iris Webb", "Not shown", "Data insights", "helen@example.nhs.uk").Hides("Ask Iris Webb to moderate", "Take Iris Webb off")
	helen.Get("/community/members/" + uuid.NewString()).Want(404)
	helen.Get("/community/matches").Says("Iris Webb", "You ask for Data insights. Iris Webb is strong at it.").Hides("It goes both ways")
	iris.Get("/community/matches").Says("You are strong at Data insights. Helen Marsh asks for it.", "Helen Marsh is of your profession and would be a mentor.")

	h.Scores = []member.Score{{Element: "E1", Percent: 90}, {Element: "E4", Percent: 60}}
	anne.Get("/community/bands").Want(200).Says("What would be offered", "Personal health", "Strong", "1 October 2026").Hides("Managers and leaders", "90", "What is offered now")
	anne.Post("/community/bands", nil).To("/community/bands")
	anne.Get("/community/bands").Says("What is offered now", "Stop offering it")
	iris.Get("/community/matches").Says("You ask for Personal health. By its self-assessment, the organisation of Helen Marsh is strong at it.", "It goes both ways")
	anne.Post("/community/bands/stop", nil).To("/community/bands")
	h.Scores = nil
	anne.Get("/community/bands").Says("nothing to offer")
	anne.Post("/community/bands", nil).Want(409)

	f = host.Get("/community/open").Want(200).Says("Change what the community is called").Form()
	f.Set("name", "")
	host.Post("/community/open", f).Refuses("Enter a name")
	f.Set("name", "Ours")
	host.Post("/community/open", f).To("/community")
	host.Post("/community/open", f).Want(409)
	host.Get("/community").Says("Ours", "Join the community", "Members")
	f = host.Get(one).Says("Ask Iris Webb to moderate").Form()
	f.Set("on", "yes")
	host.Post(one+"/moderate", f).To(one)
	helen.Get(one).Says("Moderator")
	helen.Post(one+"/moderate", f).Want(404)
	host.Post("/community/members/"+uuid.NewString()+"/moderate", f).Want(404)
	host.Get(one + "/remove").Want(200).Says("They can join again")
	host.Post(one+"/remove", nil).To("/community/members")
	helen.Get(one).Want(404)
	iris.Get("/community/members").Want(404)
	helen.Get("/community/leave").Want(200).Says("is deleted")
	helen.Post("/community/leave", nil).To("/community")
	helen.Get("/community/members").Want(404)
	site.As(h.Ward).Get("/community").Want(404)
}
