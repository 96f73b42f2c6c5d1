package app

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/care/appointment"
	"github.com/rowan-ohwb/rowan/internal/care/casefile"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/noteview"
	"github.com/rowan-ohwb/rowan/internal/care/development"
	"github.com/rowan-ohwb/rowan/internal/care/lending"
	"github.com/rowan-ohwb/rowan/internal/care/mentoring"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/care/practice"
	"github.com/rowan-ohwb/rowan/internal/care/referral/myweb"
	"github.com/rowan-ohwb/rowan/internal/care/referral/referralview"
	"github.com/rowan-ohwb/rowan/internal/care/referral/sheet"
	"github.com/rowan-ohwb/rowan/internal/care/report"
	"github.com/rowan-ohwb/rowan/internal/care/training"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/site"
	"github.com/rowan-ohwb/rowan/internal/growth/community/site/publicweb"
	"github.com/rowan-ohwb/rowan/internal/growth/network/call"
	"github.com/rowan-ohwb/rowan/internal/growth/network/skillsbank"
	"github.com/rowan-ohwb/rowan/internal/growth/network/unitcost"
	"github.com/rowan-ohwb/rowan/internal/growth/story/storyview"
	"github.com/rowan-ohwb/rowan/internal/organisation/client/exit"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
	"github.com/rowan-ohwb/rowan/internal/ui/layout"
)

// The few things that one slice shows of another: the slices do not know each other, so the root joins them.

// reason says a referral reason in words, wherever a code is shown.
func reason(_ context.Context, code string) string { return sheet.Lists().Reasons.Name(code) }

// referralText draws what the referrer wrote inside the record.
func referralText(r casefile.Referral) templ.Component {
	var t sheet.Text
	if err := json.Unmarshal(r.Text, &t); err != nil {
		return templ.NopComponent
	}
	return referralview.Text(t)
}

// clinicians lists who may hold a clinic.
func (a *App) clinicians(ctx context.Context, service uuid.UUID) ([]appointment.Clinician, error) {
	holders, err := a.Accounts.Clinicians(ctx, service)
	if err != nil {
		return nil, err
	}
	out := make([]appointment.Clinician, len(holders))
	for i, h := range holders {
		out[i] = appointment.Clinician{Account: h.Account, Name: h.Name, Role: h.Role}
	}
	return out, nil
}

// colleagues lists who may be asked to decide on a disclosure.
func (a *App) colleagues(ctx context.Context, service uuid.UUID) ([]report.Colleague, error) {
	holders, err := a.Accounts.Clinicians(ctx, service)
	if err != nil {
		return nil, err
	}
	out := make([]report.Colleague, len(holders))
	for i, h := range holders {
		out[i] = report.Colleague(h)
	}
	return out, nil
}

// peers lists who works in a service: with whom a development plan may be shared, and who may be asked what they think.
func (a *App) peers(ctx context.Context, service uuid.UUID) ([]development.Colleague, error) {
	holders, err := a.Accounts.Team(ctx, service)
	if err != nil {
		return nil, err
	}
	out := make([]development.Colleague, len(holders))
	for i, h := range holders {
		out[i] = development.Colleague{Account: h.Account, Name: h.Name, Role: h.Role}
	}
	return out, nil
}

// ownReports lists the reports about somebody for their home page.
func (a *App) ownReports(ctx context.Context, actor access.Actor) (out []myweb.Report, err error) {
	list, _, err := a.Reports.ListOwn(ctx, actor)
	for _, r := range list {
		out = append(out, myweb.Report{ID: r.ID, Referral: r.Referral, Signed: r.SignedVersion > 0, Due: r.Due})
	}
	return out, err
}

// newLink sends a one-time link in place of one that does not open any more. It opens at the same page.
func newLink(ctx context.Context, tx *postgres.Tx, old seal.Link, at time.Time) error {
	return message.Queue(ctx, tx, message.Out{Key: "link_again:" + uuid.NewString(), Organisation: old.Organisation, Service: old.Service, To: old.Person,
		Capacity: message.Self, Template: "link_again", LinkPurpose: account.LinkPurpose, LinkObject: old.Object, At: at})
}

// tellLead queues a message to whoever leads the OH service that evidence runs out. It says how much and how soon.
func tellLead(ctx context.Context, tx *postgres.Tx, now time.Time, n, days int) error {
	return message.Queue(ctx, tx, message.Out{Key: "evidence_due:" + uuid.NewString(), Organisation: tx.Actor.Organisation, Capacity: message.Lead, Template: "evidence_due",
		Args: map[string]string{"n": strconv.Itoa(n), "days": strconv.Itoa(days)}, At: now})
}

// tellCall queues a message to whoever leads the OH service that somebody waits for its answer, once of each call.
func tellCall(ctx context.Context, tx *postgres.Tx, now time.Time, d call.Due) error {
	return message.Queue(ctx, tx, message.Out{Key: "call_due:" + d.ID.String() + ":" + tx.Actor.Organisation.String(), Organisation: tx.Actor.Organisation, Capacity: message.Lead, Template: "call_due",
		Args: map[string]string{"by": d.By, "until": d.Closes.Long()}, At: now})
}

// tellExit queues a message to whoever owns a step of an exit plan that its day nears, once for each day that it was given. A step
// without an owner is the lead's, and so is that of somebody who has no address.
func tellExit(ctx context.Context, tx *postgres.Tx, now time.Time, d exit.Due) error {
	m := message.Out{Key: "exit_due:" + d.Plan.String() + ":" + d.Step.Key + ":" + d.Step.Due.String() + ":" + d.Owner.Account.String(), Organisation: tx.Actor.Organisation, Service: tx.Actor.Service,
		Capacity: message.Lead, Template: "exit_due_lead", Args: map[string]string{"until": d.Step.Due.Long()}, At: now}
	if d.Owner.Person != uuid.Nil {
		m.To, m.Capacity, m.Template = d.Owner.Person, message.Work, "exit_due"
	}
	return message.Queue(ctx, tx, m)
}

// tellCost queues a message to whoever leads the OH service that what its work costs grows old: once before a year is over, once after.
func tellCost(ctx context.Context, tx *postgres.Tx, now time.Time, d unitcost.Due) error {
	template := "cost_due"
	if d.Over {
		template = "cost_over"
	}
	return message.Queue(ctx, tx, message.Out{Key: template + ":" + tx.Actor.Organisation.String() + ":" + d.Made.String(), Organisation: tx.Actor.Organisation, Capacity: message.Lead, Template: template,
		Args: map[string]string{"made": d.Made.Long(), "again": d.Again.Long()}, At: now})
}

// team lists who works in a service, for their competencies and registrations.
func (a *App) team(ctx context.Context, service uuid.UUID) ([]practice.Member, error) {
	holders, err := a.Accounts.Team(ctx, service)
	if err != nil {
		return nil, err
	}
	out := make([]practice.Member, len(holders))
	for i, h := range holders {
		out[i] = practice.Member{Account: h.Account, Organisation: h.Organisation, Person: h.Person, Name: h.Name, Acting: h.Role}
	}
	return out, nil
}

// mentors lists who works in a service, for mentoring.
func (a *App) mentors(ctx context.Context, service uuid.UUID) ([]mentoring.Member, error) {
	holders, err := a.Accounts.Team(ctx, service)
	if err != nil {
		return nil, err
	}
	out := make([]mentoring.Member, len(holders))
	for i, h := range holders {
		out[i] = mentoring.Member{Account: h.Account, Organisation: h.Organisation, Person: h.Person, Name: h.Name, Role: h.Role}
	}
	return out, nil
}

// standing is what somebody brings to the search for a mentor, read as themselves: the areas of their open goals, what they hold and what
// their role may still learn.
func (a *App) standing(ctx context.Context, actor access.Actor, now time.Time) (out mentoring.Standing, err error) {
	plan, err := a.Development.Find(ctx, actor, now)
	if err != nil {
		return out, err
	}
	for _, g := range plan.Goals {
		if g.Open() && !slices.Contains(out.Areas, g.Area) {
			out.Areas = append(out.Areas, g.Area)
		}
	}
	self, err := a.Practice.Self(ctx, actor, now)
	if err != nil {
		return out, err
	}
	for _, c := range a.Practice.Pack().Competencies {
		switch {
		case self.State(c.Key).Standing == practice.Unsupervised:
			out.Holds = append(out.Holds, c.Key)
		case slices.Contains(c.Roles, self.Role):
			out.Learning = append(out.Learning, c.Key)
		}
	}
	return out, nil
}

// able says what somebody of a service may practise, for the skills bank: their own role decides whether they need a registration.
func (a *App) able(ctx context.Context, tx *postgres.Tx, account uuid.UUID, acting access.Role, role string, at time.Time) (lending.Able, error) {
	role, until, err := a.Practice.Able(ctx, tx, practice.Member{Account: account, Acting: acting}, role, at)
	return lending.Able{Role: role, Until: until}, err
}

// practised tells the skills bank that what somebody may practise has changed.
func (a *App) practised(ctx context.Context, tx *postgres.Tx, account uuid.UUID, at time.Time) error {
	return a.Lending.Refresh(ctx, tx, account, at)
}

// competencies are what can be looked for in the skills bank.
func (a *App) competencies() (out []skillsbank.Competence) {
	for _, c := range a.Practice.Pack().Competencies {
		out = append(out, skillsbank.Competence{Key: c.Key, Name: c.Name})
	}
	return out
}

// competence names one.
func (a *App) competence(key string) string {
	c, _ := a.Practice.Pack().Competence(key)
	return c.Name
}

// signing is what a programme in house leads to: a sign-off of the team's competencies.
func (a *App) signing() training.Signing {
	return training.Signing{
		Team: func(ctx context.Context, service uuid.UUID) (out []training.Member, err error) {
			holders, err := a.Accounts.Team(ctx, service)
			for _, h := range holders {
				out = append(out, training.Member{Account: h.Account, Person: h.Person})
			}
			return out, err
		},
		Holds: func(ctx context.Context, actor access.Actor, now time.Time) ([]string, error) {
			self, err := a.Practice.Self(ctx, actor, now)
			var out []string
			for key, s := range self.States {
				if s.Standing == practice.Unsupervised {
					out = append(out, key)
				}
			}
			return out, err
		},
		Named: func(key string) (name, about string, months int) {
			c, _ := a.Practice.Pack().Competence(key)
			return c.Name, c.About, c.Review
		},
		SignOff: func(ctx context.Context, tx *postgres.Tx, at time.Time, account uuid.UUID, key string, in training.SignIn) (fault.Fields, error) {
			return a.Practice.SignProgramme(ctx, tx, at, account, key, practice.SignIn(in))
		},
	}
}

// tellPractice queues a message that dates of somebody's practice, or of the lead's team, are near. Who has no workforce
// record has no address here; their lead is told.
func tellPractice(ctx context.Context, tx *postgres.Tx, r practice.Remind) error {
	args := map[string]string{"n": strconv.Itoa(r.N), "days": strconv.Itoa(r.Days)}
	if r.To.Account == uuid.Nil {
		return message.Queue(ctx, tx, message.Out{Key: "practice_team_due:" + uuid.NewString(), Organisation: tx.Actor.Organisation, Service: tx.Actor.Service, Capacity: message.Lead, Template: "practice_team_due", Args: args, At: r.At})
	}
	if r.To.Person == uuid.Nil {
		return nil
	}
	return message.Queue(ctx, tx, message.Out{Key: "practice_due:" + uuid.NewString(), Organisation: r.To.Organisation, Service: tx.Actor.Service, To: r.To.Person, Capacity: message.Work, Template: "practice_due", Args: args, At: r.At})
}

// again queues what waits in each slice for somebody who can be sent links from now on.
func (a *App) again(ctx context.Context, tx *postgres.Tx, who message.Again) error {
	for _, queue := range []func(context.Context, *postgres.Tx, message.Again) error{a.Reports.Again, a.Referrals.Again, a.Appointments.Again} {
		if err := queue(ctx, tx, who); err != nil {
			return err
		}
	}
	return nil
}

// ownNote draws the note from which a clinician writes the report.
func (a *App) ownNote(ctx context.Context, actor access.Actor, at time.Time, o access.Object) (templ.Component, error) {
	n, ok, err := a.Notes.OwnLast(ctx, actor, at, o)
	if err != nil || !ok {
		return nil, err
	}
	return templ.Join(noteview.Findings(n.Findings), layout.Words(n.Body)), nil
}

// told gives the public site the case studies that the service published there, and what people agreed to have shown there.
func (a *App) told(ctx context.Context, by access.Actor, of site.Address, now time.Time) (out []publicweb.Told, said templ.Component, err error) {
	all, err := a.Stories.Published(ctx, by, of.Service, now)
	if err != nil {
		return nil, nil, err
	}
	for _, s := range all {
		out = append(out, publicweb.Told{ID: s.ID, Title: s.Title, On: s.PublishedOn, Body: storyview.Body(s, nil)})
	}
	voices, err := a.Testimonials.Published(ctx, of.Organisation, of.Service, now)
	return out, storyview.Voices(voices), err
}

// door gives the public site the clients of a service that agreed to be named.
func (a *App) door(ctx context.Context, by access.Actor, of site.Address, now time.Time) (out []publicweb.Employer, err error) {
	all, err := a.FrontDoor.Listed(ctx, by, now, of.Organisation, of.Service)
	for _, x := range all {
		e := publicweb.Employer{ID: x.ID, Name: x.Name, Taking: x.Taking, Small: slices.Contains(a.Joining.Pack().Small, string(x.Kind))}
		for _, p := range x.Sites {
			e.Places = append(e.Places, publicweb.Place{Name: p.Name, Days: p.Days})
		}
		out = append(out, e)
	}
	return out, err
}

// doors gives the front door that services share the clients of each that agreed to be named.
func (a *App) doors(ctx context.Context, by access.Actor, now time.Time) (out []publicweb.Named, err error) {
	all, err := a.FrontDoor.Everywhere(ctx, by, now)
	for _, x := range all {
		out = append(out, publicweb.Named(x))
	}
	return out, err
}
