package wing

import (
	"context"
	"fmt"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	casestudy "github.com/rowan-ohwb/rowan/internal/growth/story"
	"github.com/rowan-ohwb/rowan/internal/growth/story/award"
	"github.com/rowan-ohwb/rowan/internal/growth/story/testimony"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// tellStories has a case study of the shorter waits written, checked and published; a manager agree to words that are about to lapse;
// and a nomination begun that rests on both.
func (t *story) tellStories(ctx context.Context) error {
	admin := t.team[access.OHAdmin][0].Actor(access.Growth)
	s := casestudy.New(casestudy.Deps{DB: t.DB, Figures: t.figures, Actions: joints.Tellable(t.plan), Effects: joints.Judged(t.forecasts), Cost: joints.Costed(t.money)})
	written := t.ago(40)
	review, ends := casestudy.Days(locale.Day(written))
	in := casestudy.In{ID: t.Next(), Place: casestudy.Public, Driver: "D2", Title: "Seen sooner: three more clinics a week", Contact: "Staff Health, staff.health@wyrevalley.example", Review: review, Ends: ends,
		Need:   "Staff who were referred waited so long that many were off work, or back, before anybody saw them.",
		Done:   "Three more clinics a week, one of them in the evening, and a reminder by text two days before. The clinic manager held short-notice places back for those who were off work.",
		Failed: "The evening clinic was half empty until we asked night staff which evening suits them. We should have asked first. Text reminders went to old numbers for a month, because nobody owned the list."}
	v := testimony.Testimonial{ID: t.Next(), Words: "I knew within a week what my team could count on. Before, I waited a month and guessed.", Audience: "manager", Named: "role", Giver: "Ward manager, medicine", State: testimony.Asked,
		Places: testimony.Places, Ends: locale.Day(t.Now).AddDays(18)}
	said := testimony.New(t.DB, t.Links)
	a := award.New(award.Deps{DB: t.DB, Figures: t.figures, Stories: s, Testimonials: said, Items: joints.Evident(t.room)})
	nominated := award.In{ID: t.Next(), Kind: "award", Name: "Occupational health team of the year", Organiser: "Wyre and Dale Health Awards", Deadline: locale.Day(t.Now).AddDays(24),
		Criteria: "What difference did you make to staff? | 250\nWhat can others learn from you? | 250\nHow do you involve staff?"}
	return all(
		func() error { return s.Save(ctx, t.lead, written, in) },
		func() error {
			return s.Measure(ctx, t.lead, written, in.ID, casestudy.MeasureIn{Ref: figure.Ref{Kind: "indicator", Name: "K02"}, Action: t.waits.action, Version: 1})
		},
		func() error { return s.Check(ctx, admin, t.ago(38), in.ID, 2) },
		func() error { return s.Publish(ctx, t.lead, t.ago(37), in.ID, 3) },
		func() error { return said.Ask(ctx, t.lead, t.ago(300), v) },
		func() error {
			token, err := said.Token(t.lead, v, locale.Day(t.Now))
			if err != nil {
				return fmt.Errorf("link of a testimonial: %w", err)
			}
			return said.Agree(ctx, token, t.ago(299), v.Places)
		},
		func() error { return a.Begin(ctx, admin, t.ago(12), nominated) },
		func() error {
			return a.Answer(ctx, admin, t.ago(6), nominated.ID, 1, 1, "People are seen sooner, and their managers know sooner what they can count on. We said before we began what should change, and by how much; the case study shows what came of it, month by month, and what else may explain it.")
		},
		func() error {
			return a.Rest(ctx, admin, t.ago(6), nominated.ID, t.Next(), 1, "story/"+in.ID.String())
		},
		func() error {
			return a.Rest(ctx, admin, t.ago(6), nominated.ID, t.Next(), 1, "testimonial/"+v.ID.String())
		},
		func() error {
			return a.Rest(ctx, admin, t.ago(6), nominated.ID, t.Next(), 1, "figure/indicator/K02")
		},
	)
}
