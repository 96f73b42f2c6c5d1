package wing

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/community/campaign"
	"github.com/rowan-ohwb/rowan/internal/growth/community/site"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	casestudy "github.com/rowan-ohwb/rowan/internal/growth/story"
	"github.com/rowan-ohwb/rowan/internal/growth/story/award"
	"github.com/rowan-ohwb/rowan/internal/growth/story/testimony"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// written are the pages of the public site by days ago on which they were published. The first is due to be looked at again, and
// the last waits for the lead.
var written = []struct {
	kind              site.Kind
	title             string
	words, easy       string
	ago, reviewMonths int
	publish           bool
}{
	{site.Home, "Wyre Valley Staff Health", "We help you stay well at work, and come back to work after an illness. You can ask us yourself: **you do not need your manager**.\n\nWhat you tell us is confidential. Your manager learns what you agree to, and nothing else.\n\n## What we offer\n\n- Advice when your health makes work harder, or work affects your health\n- Physiotherapy within two weeks for backs, necks and joints\n- Counselling, by phone or face to face\n- Vaccinations and blood tests that your post needs\n- Help at once after a needlestick injury",
		"We help staff stay well at work.\n\nYou can come by yourself. Your manager does not need to know.\n\nWe can help with:\n\n- pain in your back, neck or joints\n- stress and low mood\n- vaccinations\n- cuts from needles", 190, 6, true},
	{site.Steps, "What happens when", "1. **You refer yourself**, or your manager refers you and tells you why.\n2. **Within two working days** a nurse reads it and decides who can help you best.\n3. **You choose an appointment** from those that are free, by phone, by video or in person.\n4. **You read our report first**, and decide who may have it.",
		"1. You ask us for help.\n2. A nurse reads what you say.\n3. You choose a time to talk.\n4. You read what we write. You say who may see it.", 60, 12, true},
	{site.Other, "Needlestick injuries", "1. Let it bleed, wash it with soap and water, cover it.\n2. Tell the person in charge.\n3. Call us at once. At night and at weekends go to the emergency department.\n\nDo not wait for the end of your shift: some treatment works best within an hour.", "", 45, 12, true},
	{site.News, "Backs first: see a physiotherapist early", "A pain that is seen in its first weeks is gone sooner. [Refer yourself](/site/wyre-valley/refer) when your back, neck or a joint makes work harder. You do not have to be off sick.", "Does your back hurt? Come early. It gets better faster.", 30, 6, true},
	{site.News, "A quiet room for night staff", "From December there is a place to rest beside the canteen, open from 10 in the evening to 6 in the morning.", "", 1, 6, false},
}

// sayPublicly has communications write the public site and the lead publish it; and plans two campaigns and three talks.
func (t *story) sayPublicly(ctx context.Context) error {
	s := site.New(site.Deps{DB: t.DB, Figures: t.figures, Advertised: joints.Advertised(t.staff)})
	writer := t.host.Holder(access.Communications).Actor(access.Growth)
	if taken, err := s.Open(ctx, t.lead.At(access.Hall), t.ago(200), "wyre-valley"); err != nil || taken {
		return fmt.Errorf("open the site: taken %v, %w", taken, err)
	}
	for _, w := range written {
		at := t.ago(w.ago)
		path := site.PathOf(w.title)
		if w.kind != site.News && w.kind != site.Other {
			path = string(w.kind)
		}
		in := site.PageIn{Path: path, Kind: w.kind, Title: w.title, Words: w.words, Easy: w.easy, ReviewOn: locale.Day(at).AddMonths(w.reviewMonths)}
		if err := s.Save(ctx, writer, at, time.Time{}, in); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		v := site.Version{Path: path, Version: 1}
		if err := s.Offer(ctx, writer, at, v); err != nil {
			return err
		}
		if w.publish {
			if err := s.Publish(ctx, t.lead, at.Add(3*time.Hour), at, v); err != nil {
				return fmt.Errorf("publish %s: %w", path, err)
			}
		}
	}
	if err := s.Set(ctx, t.lead, t.ago(5), site.SettingIn{Origins: []string{"https://intranet.wyrevalley.example"}, Measured: true}); err != nil {
		return err
	}
	open, err := s.Openings(ctx, t.lead, t.Now)
	if err != nil {
		return err
	}
	for _, o := range open[:min(1, len(open))] {
		if err := s.Show(ctx, t.lead, t.ago(5), site.VacancyIn{ID: o.ID, Words: "Measure, listen and advise: lungs, hearing and hands of people who work with noise, dust and tools. We train you.", Link: "https://jobs.example.org/wyre-valley", Closes: locale.Day(t.Now).AddDays(21)}); err != nil {
			return err
		}
	}
	return t.campaigns(ctx, writer)
}

func (t *story) campaigns(ctx context.Context, writer access.Actor) error {
	s := campaign.New(t.DB)
	day := func(ago int) civil.Date { return locale.Day(t.ago(ago)) }
	backs, sleep := t.Next(), t.Next()
	for _, x := range []struct {
		ago int
		in  campaign.In
	}{
		{300, campaign.In{ID: backs, Title: "Backs first", Audience: "Wards, theatres and estates", Message: "A pain that is seen in its first weeks is gone sooner. You can refer yourself.", Material: "https://intranet.wyrevalley.example/backs", Reason: "MSK", Hoped: "more", Starts: day(280), Ends: day(238)}},
		{40, campaign.In{ID: sleep, Title: "Sleep on nights", Audience: "Everybody who works nights", Message: "Rest before, eat light, drive home only when you are awake.", Reason: campaign.Every, Hoped: "more", Starts: day(20), Ends: day(-20)}},
	} {
		if err := s.Add(ctx, writer, t.ago(x.ago), x.in); err != nil {
			return err
		}
	}
	for _, x := range []struct {
		id      uuid.UUID
		channel string
		ago, n  int
	}{{backs, "poster", 280, 240}, {backs, "email", 278, 9400}, {backs, "stand", 270, 85}, {backs, "champion", 250, 130}, {sleep, "intranet", 9, 1210}, {sleep, "email", 19, 2300}} {
		if err := s.Count(ctx, writer, t.ago(x.ago), x.id, campaign.Reach{Channel: x.channel, On: day(x.ago), N: x.n}); err != nil {
			return err
		}
	}
	for _, x := range []struct {
		ago, listeners, enquiries int
		place, audience           string
	}{{200, 60, 7, "University of Wyre, nursing", "university"}, {90, 25, 3, "Wyre Sixth Form College", "college"}, {12, 14, -1, "Placement day, Staff Health", "students"}} {
		in := campaign.TalkIn{ID: t.Next(), On: day(x.ago), Place: x.place, Audience: x.audience, Listeners: x.listeners}
		if err := s.AddTalk(ctx, t.lead, t.ago(x.ago), in); err != nil {
			return err
		}
		if x.enquiries >= 0 {
			if err := s.Enquired(ctx, t.lead, t.ago(x.ago-60), in.ID, x.enquiries); err != nil {
				return err
			}
		}
	}
	return nil
}

// tellStories has a case study of the shorter waits written, checked and published; a manager agree to words that are about to lapse;
// and a nomination begun that rests on both.
func (t *story) tellStories(ctx context.Context) error {
	admin := t.team[access.OHAdmin][0].Actor(access.Growth)
	s := casestudy.New(casestudy.Deps{DB: t.DB, Figures: t.figures, Actions: joints.Tellable(t.plan), Effects: joints.Judged(t.forecasts, t.indicators), Citable: joints.Citable(t.indicators), Cost: joints.Costed(t.plan, t.money)})
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
