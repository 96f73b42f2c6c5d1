package house_test

import (
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/adjustment"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/conversation"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/returnplan"
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
	x.adjust(manager, nurse)
}

// adjust has the person write a passport and share an item without words of it, the manager answer, and both agree hours.
func (x *tenant) adjust(manager, nurse access.Actor) {
	x.t.Helper()
	s, today := x.app.Adjustments, locale.Day(x.at())
	x.must(nil, s.Write(ctx, nurse, x.at(), "breaks", x.say(private, "passport-how"), x.say(private, "passport-why")))
	x.must(nil, s.Write(ctx, nurse, x.at(), "quiet", "", ""))
	x.must(nil, s.Share(ctx, nurse, x.at(), []string{"quiet"}))
	p, err := s.Mine(ctx, nurse, x.at())
	x.must(nil, err)
	for _, item := range p.Items {
		if asked, open := item.Now(); open {
			x.must(nil, s.Answer(ctx, manager, x.at(), nurse.Person, asked.ID, 0, adjustment.In{Answer: adjustment.Agreed, From: today.AddDays(-29), Review: today.AddDays(90)}))
		}
	}
	r := x.app.Returns
	x.must(nil, r.Propose(ctx, nurse, x.at(), nurse.Person, uuid.New(), returnplan.First{Start: today.AddDays(7), Shape: returnplan.Usual, Days: []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday}}))
	x.must(nil, r.Agree(ctx, manager, x.at(), nurse.Person, 1))
	x.must(nil, r.MakeFeed(ctx, nurse, x.at()))
}
