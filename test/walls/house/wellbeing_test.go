package house_test

import (
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/conversation"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// talk has the manager record a wellbeing conversation, and the person write into their own plan and share one part of it.
func (x *tenant) talk() {
	x.t.Helper()
	manager, nurse := x.w.Ward.As(access.Manager, access.Employer), x.w.Nurse.As(access.Person, access.Portal)
	s := x.app.Conversations
	x.must(nil, s.Record(ctx, manager, x.at(), uuid.New(), nurse.Person, "", conversation.In{Outcome: conversation.Held, On: locale.Day(x.at()), With: "manager", Actions: []string{"breaks"}}))
	x.must(nil, s.Write(ctx, nurse, x.at(), time.Time{}, "well", x.say(private, "wellbeing-plan")))
	plan, err := s.Plan(ctx, nurse, x.at())
	x.must(nil, err)
	x.must(nil, s.Share(ctx, nurse, x.at(), plan.Mark(), []string{"helps"})) // a part that is empty: sharing one opens no other
}
