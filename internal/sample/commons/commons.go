// Package commons tells of the community of practice of a sample's integrated care system, by the commands of its slices: who joined at the
// services of the installation, what they asked and answered, what is held, what was recalled, and a group with papers.
package commons

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/community/circle"
	"github.com/rowan-ohwb/rowan/internal/growth/community/letter"
	"github.com/rowan-ohwb/rowan/internal/growth/community/library"
	"github.com/rowan-ohwb/rowan/internal/growth/community/member"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/sample/cast"
)

type teller struct {
	*cast.Cast
	members *member.Service
	posts   *post.Service
	groups  *circle.Service
	made    int
}

// Tell tells it. The lead of the ICS is there already.
func Tell(ctx context.Context, c *cast.Cast) error {
	rounds := diagnostic.New(diagnostic.Deps{DB: c.DB})
	x := &teller{Cast: c, members: member.New(member.Deps{DB: c.DB, Elements: joints.Elements(rounds), Scores: joints.Scored(rounds)}), posts: post.New(c.DB), groups: circle.New(c.DB)}
	nation, err := x.host(ctx, x.ID("nation", 0), access.NationalLead)
	if err != nil {
		return err
	}
	if err := x.members.Open(ctx, nation, x.ago(100), member.OpenIn{Name: "Growing occupational health: the national community", About: "For whoever works across systems. Share what one system has learnt and the next can use."}); err != nil {
		return fmt.Errorf("open the national community: %w", err)
	}
	host, err := x.host(ctx, x.ID("ics", 0), access.SystemLead)
	if err != nil {
		return err
	}
	if err := x.members.Open(ctx, host, x.ago(200), member.OpenIn{Name: "Wyre and Fells OH and wellbeing community",
		About: "For everybody who works in occupational health and wellbeing at our organisations, and above all for who is the only one of their profession.\n\nAsk before you invent it again. Share what failed too. Write nothing about a patient or a member of staff."}); err != nil {
		return fmt.Errorf("open a community: %w", err)
	}
	large, small, away := c.Services[0], c.Services[1], c.Services[2]
	nurse, doctor, physio, lead := large.Team[access.Nurse][0].Actor(access.Growth), large.Team[access.Physician][0].Actor(access.Growth), large.Team[access.Physio][0].Actor(access.Growth), large.Team[access.Lead][0].Actor(access.Growth)
	counsellor, alone := small.Team[access.Counsellor][0].Actor(access.Growth), away.Team[access.Lead][0].Actor(access.Growth)
	smallPhysio := small.Team[access.Physio][0].Actor(access.Growth)
	for _, m := range []struct {
		a  access.Actor
		in member.ProfileIn
	}{
		{nurse, member.ProfileIn{Profession: "nurse", Mentors: "yes", Offers: []string{"E1", "E5"}, Wants: []string{"E6"}, Skills: []string{"surveillance", "teaching"}, Interests: []string{"night-work"}, About: "Nineteen years in occupational health, most of them in health surveillance."}},
		{doctor, member.ProfileIn{Profession: "physician", Mentors: "no", Offers: []string{"E7"}, Wants: []string{"E4"}, Skills: []string{"case-management"}, Interests: []string{"long-covid", "research"}}},
		{physio, member.ProfileIn{Profession: "physiotherapist", Mentors: "yes", Alone: "yes", Offers: []string{"E5"}, Wants: []string{"E1"}, Skills: []string{"musculoskeletal", "ergonomics"}}},
		{lead, member.ProfileIn{Profession: "manager", Mentors: "yes", Offers: []string{"E6", "E4"}, Wants: []string{"E3"}, Skills: []string{"business-cases", "data", "accreditation"}, Interests: []string{"prevention"}}},
		{counsellor, member.ProfileIn{Profession: "counsellor", Alone: "yes", Offers: []string{"E1", "E2"}, Wants: []string{"E7"}, Skills: []string{"mental-health"}, Interests: []string{"burnout", "violence"}}},
		{smallPhysio, member.ProfileIn{Profession: "physiotherapist", Alone: "yes", Offers: []string{"E1"}, Wants: []string{"E5"}, Skills: []string{"musculoskeletal"}}},
		{alone, member.ProfileIn{Profession: "manager", Alone: "yes", Offers: []string{"E3"}, Wants: []string{"E6", "E4"}, Skills: []string{"small-employers"}, Interests: []string{"primary-care"}, About: "I lead a service of one."}},
	} {
		m.in.ShowHome = "yes"
		for _, p := range []*string{&m.in.Alone, &m.in.Mentors} {
			if *p == "" {
				*p = "no"
			}
		}
		if err := x.members.Say(ctx, m.a, x.ago(180), m.in); err != nil {
			return fmt.Errorf("%s joins: %w", m.a.Name, err)
		}
	}
	if err := x.members.Moderator(ctx, host, x.ago(170), doctor.Account, true); err != nil {
		return err
	}
	if o, err := x.members.Offered(ctx, lead); err != nil || len(o.Next) == 0 {
		if err != nil {
			return err
		}
	} else if err := x.members.OfferBands(ctx, lead, x.ago(60), true); err != nil {
		return fmt.Errorf("offer bands: %w", err)
	}
	for _, step := range []func() error{
		func() error { return x.questions(ctx, nurse, doctor, physio, lead, counsellor, alone, smallPhysio) },
		func() error { return x.shelf(ctx, lead, physio, counsellor) },
		func() error { return x.group(ctx, alone, counsellor, smallPhysio) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// host is who leads for an organisation that hosts a community.
func (x *teller) host(ctx context.Context, organisation uuid.UUID, role access.Role) (a access.Actor, err error) {
	a = access.Actor{Organisation: organisation, Role: role, Wall: access.Growth, Demo: true}
	err = x.In(ctx, access.SystemActor(access.Hall, a.Organisation, uuid.Nil), func(tx *postgres.Tx) error {
		return tx.QueryRow(ctx, `select a.id, a.display_name from account a join role_grant g on g.account_id = a.id where g.organisation_id = $1 and g.role = $2`, a.Organisation, string(role)).Scan(&a.Account, &a.Name)
	})
	return a, err
}

func (x *teller) ago(days int) time.Time { return x.Now.AddDate(0, 0, -days) }

func (x *teller) id() uuid.UUID {
	x.made++
	return x.ID("commons", x.made)
}

func (x *teller) send(ctx context.Context, a access.Actor, ago int, in post.In) (uuid.UUID, error) {
	in.ID = x.id()
	if _, err := x.posts.Send(ctx, a, x.ago(ago), in); err != nil {
		return in.ID, fmt.Errorf("%s sends %q: %w", a.Name, in.Title+in.Words, err)
	}
	return in.ID, nil
}

// questions are asked and answered; one is held, and one was recalled.
func (x *teller) questions(ctx context.Context, nurse, doctor, physio, lead, counsellor, alone, other access.Actor) error {
	type said struct {
		by    access.Actor
		words string
	}
	for i, q := range []struct {
		by                  access.Actor
		topic, title, words string
		answers             []said
	}{
		{alone, "E6", "How do you show a board that a service of one is worth it?", "I have activity and no outcomes. What convinced yours?", []said{{lead, "One measure, the wait to be seen, with a line for the day we changed something. Say beforehand what you expect."}, {doctor, "Ask managers whether the report answered their question. It is one tick and they remember it."}}},
		{nurse, "E1", "Health surveillance for night workers: once a year or at the start and then by risk?", "We do it yearly and find little.", []said{{doctor, "At the start, then by questionnaire, and see those whose answers changed."}}},
		{other, "E5", "Has anybody a way to assess many similar desks without seeing each?", "We have 200 and one of me.", []said{{physio, "Train one person for each team with a one-page check; see the tenth that does not fit."}, {nurse, "We use the same page for home working, with photographs of the chair only."}}},
		{counsellor, "E2", "What do you offer a team after violence on a ward?", "We come the next day and then hear nothing.", []said{{lead, "We book the second visit, four weeks later, on the first one."}}},
		{physio, "", "Which course made managers refer earlier?", "Ours is liked and changes nothing.", []said{{alone, "The one in which they write a real referral and read each other's."}}},
		{doctor, "E7", "Who has a good letter for a GP when work is the question?", "", nil},
	} {
		if q.words == "" {
			q.words = "Ours runs to two pages and nobody reads the second."
		}
		id, err := x.send(ctx, q.by, 150-20*i, post.In{Kind: post.Question, Topic: q.topic, Title: q.title, Words: q.words})
		if err != nil {
			return err
		}
		for n, a := range q.answers {
			if _, err := x.send(ctx, a.by, 148-20*i-n, post.In{Kind: post.Answer, About: id, Words: a.words}); err != nil {
				return err
			}
		}
	}
	if _, err := x.send(ctx, counsellor, 1, post.In{Kind: post.Question, Title: "May I tell a manager who asks?", Words: "Mrs Example of ward 3 asks me to explain it to her manager.", Anyway: true}); err != nil {
		return err
	}
	gone, err := x.send(ctx, nurse, 40, post.In{Kind: post.Question, Title: "A rare allergy on a small ward", Words: "How would you place somebody who cannot wear any glove, on a ward of six?"})
	if err != nil {
		return err
	}
	told, err := x.send(ctx, other, 12, post.In{Kind: post.Question, Title: "Splints that a theatre allows?", Words: "We have one colleague in theatres who needs one."})
	if err != nil {
		return err
	}
	if err := x.posts.Tell(ctx, alone, x.ago(10), told, "In a small theatre team one colleague is somebody."); err != nil {
		return fmt.Errorf("tell a moderator: %w", err)
	}
	return x.posts.Recall(ctx, doctor, x.ago(39), gone, "On a ward of six, colleagues would know who it is about.")
}

// shelf has a text, a link and a pathway to copy, one of them due to be looked at again.
func (x *teller) shelf(ctx context.Context, lead, physio, counsellor access.Actor) error {
	way, err := json.Marshal(library.Way{Name: "Back pain: seen within a week", Whom: "Staff who refer themselves with back or joint pain", Steps: []library.Step{
		{Title: "A physiotherapist calls back", Role: "Physiotherapist", Class: "diagnostic", Target: 2, Unit: "days"}, {Title: "First appointment", Role: "Physiotherapist", Class: "treatment", Target: 5, Unit: "days"},
		{Title: "The workplace is looked at", Role: "Occupational health technician", Class: "preventative", Target: 20, Unit: "days"}}})
	if err != nil {
		return err
	}
	in := letter.In{ID: x.id(), Name: "Please come, and what to bring", Purpose: "invite", Words: "Dear {name},\n\nplease come to {place} on {day} at {time}. It takes 40 minutes. Bring your glasses and a list of what helps you at work.\n\nIf you cannot come, ring {telephone}.\n\n{clinician}"}
	kept := letter.New(x.DB)
	if err := kept.Add(ctx, lead, x.ago(60), in); err != nil {
		return fmt.Errorf("write a letter: %w", err)
	}
	if err := kept.Use(ctx, lead, x.ago(59), in.ID, 1, true); err != nil {
		return fmt.Errorf("use a letter: %w", err)
	}
	letters, err := json.Marshal(library.Letter{Name: in.Name, Purpose: in.Purpose, Words: in.Words})
	if err != nil {
		return err
	}
	winter, err := json.Marshal(library.Scenario{Title: "A winter campaign", Option: "nothing", Campaign: 6, CampaignWeeks: 10, Productivity: 2})
	if err != nil {
		return err
	}
	ahead := func(days int) civil.Date { return locale.Day(x.Now).AddDays(days) }
	for _, r := range []struct {
		by  access.Actor
		ago int
		in  post.In
	}{
		{lead, 90, post.In{Title: "Pathway: back pain, seen within a week", Words: "Halved our wait. The call back is what matters: a third need nothing else.", Form: post.Pathway, Topic: "E7", Licence: "ogl-3", Review: ahead(200), Payload: way}},
		{lead, 50, post.In{Title: "Letter: please come, and what to bring", Words: "Fewer people miss the first appointment since we say how long it takes.", Form: post.Letter, Licence: "nhs", Review: ahead(300), Payload: letters}},
		{lead, 30, post.In{Title: "Scenario: a winter campaign", Words: "What vaccination weeks did to our wait. Run it on your own numbers.", Form: post.Scenario, Licence: "cc-by-4", Review: ahead(330), Payload: winter}},
		{physio, 100, post.In{Title: "One-page workstation check", Words: "1. Can both feet rest flat?\n\n2. Is the screen an arm away?\n\n3. Do you stand up once an hour?\n\nTwo times no: ask for a visit.", Form: post.Text, Topic: "E5", Licence: "cc-by-4", Review: ahead(60)}},
		{counsellor, 160, post.In{Title: "After an incident: what helps a team", Words: "A public page that we send to ward managers.", Form: post.Link, Address: "https://www.nhs.uk/every-mind-matters/", Topic: "E2", Licence: "nhs", Review: ahead(-10)}},
	} {
		r.in.Kind = post.Resource
		if _, err := x.send(ctx, r.by, r.ago, r.in); err != nil {
			return err
		}
	}
	return nil
}

// group is that of those who work alone: somebody asks to be in it.
func (x *teller) group(ctx context.Context, alone, counsellor, other access.Actor) error {
	in := circle.In{ID: x.id(), Name: "Working alone", About: "For whoever is the only one of their profession. We meet online on the first Thursday of each month."}
	if err := x.groups.Make(ctx, alone, x.ago(120), in); err != nil {
		return fmt.Errorf("start a group: %w", err)
	}
	for i, a := range []access.Actor{counsellor, other} {
		if err := x.groups.Ask(ctx, a, x.ago(110-100*i), in.ID); err != nil {
			return fmt.Errorf("ask to be in a group: %w", err)
		}
	}
	if err := x.groups.Admit(ctx, alone, x.ago(109), in.ID, counsellor.Account, false); err != nil {
		return fmt.Errorf("let somebody in: %w", err)
	}
	for _, p := range []struct{ title, words string }{{"What we agreed on the first Thursday", "We read each other's hardest report once a month, without names, and ring each other before a hard meeting."}, {"Supervision: who pays?", "Two of three services pay. The paper that convinced the third is on the shelf."}} {
		if _, err := x.send(ctx, alone, 80, post.In{Kind: post.Paper, Group: in.ID, Title: p.title, Words: p.words}); err != nil {
			return err
		}
	}
	return nil
}
