package house_test

import (
	"net/http/httptest"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/mentoring"
)

// mentor has the nurse be mentored by a colleague: a goal of the two, and an entry of the nurse's own log.
func (x *tenant) mentor() {
	x.t.Helper()
	nurse, colleague := clinical(x.w.OHNurse, access.Nurse), clinical(x.w.OHNurse2, access.Nurse)
	s := x.app.Mentoring
	load := func(who access.Actor) mentoring.Mentorship {
		r := httptest.NewRequest("GET", "/", nil)
		r.SetPathValue("id", x.mentorship.String())
		o, err := s.Load(ctx, who, r)
		x.must(nil, err)
		return o.Value.(mentoring.Mentorship)
	}
	x.must(nil, s.Offer(ctx, colleague, x.at(), mentoring.ProfileIn{Taking: "yes", Places: 1, Offers: []string{"area.career"}, How: []string{"online"}}))
	x.mentorship = uuid.New()
	_, err := s.Ask(ctx, nurse, x.at(), x.mentorship, colleague.Account, []string{"area.career"})
	x.must(nil, err)
	x.must(nil, s.Answer(ctx, colleague, x.at(), load(colleague), true))
	x.must(nil, s.AddGoal(ctx, nurse, x.at(), load(nurse), mentoring.GoalIn{ID: uuid.New(), About: "area.career", State: mentoring.Open, Words: x.say(private, "mentoring-goal")}))
	x.must(nil, s.Write(ctx, nurse, x.at(), load(nurse), uuid.New(), x.say(private, "mentoring-log")))
}
