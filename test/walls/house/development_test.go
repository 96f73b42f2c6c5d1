package house_test

import (
	"net/http/httptest"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/development"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// develop has the nurse keep a development plan of their own, look at it, and ask a colleague, who answers.
func (x *tenant) develop() {
	x.t.Helper()
	nurse, colleague := clinical(x.w.OHNurse, access.Nurse), clinical(x.w.OHNurse2, access.Nurse)
	s, next := x.app.Development, locale.Day(x.at()).AddMonths(6)
	x.must(nil, s.AddGoal(ctx, nurse, x.at(), development.GoalIn{ID: uuid.New(), Area: "career", State: development.Planned, By: next,
		Words: development.Words{What: x.say(private, "goal"), Why: x.say(private, "goal-why"), Step: x.say(private, "goal-step")}}))
	x.must(nil, s.LookAgain(ctx, nurse, x.at(), development.ReviewIn{ID: uuid.New(), Words: x.say(private, "plan-review"), Next: next}))
	request := uuid.New()
	x.must(s.Ask(ctx, nurse, x.at(), development.AskIn{ID: request, Of: colleague.Account, Questions: [development.MaxQuestions]string{x.say(private, "peer-question")}}))
	r := httptest.NewRequest("GET", "/", nil)
	r.SetPathValue("id", request.String())
	o, err := s.LoadRequest(ctx, colleague, r)
	x.must(nil, err)
	x.must(nil, s.Give(ctx, colleague, x.at(), o.Value.(development.Request), []string{x.say(private, "peer-answer")}))
}
