package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/network/call"
	"github.com/rowan-ohwb/rowan/internal/growth/network/sharing"
	casestudy "github.com/rowan-ohwb/rowan/internal/growth/story"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

// walkNation is a national lead's work: a plan with what is late on top, a group with its pack, a call that is answered and told, a
// case study that arrives with its chart, a cohort, and a table for an information request.
func walkNation(t *testing.T) { each(t, (*journey).nation) }

func (j *journey) nation() {
	j.h.show(j.t, j.w.NationalLead(), access.NationalLead)
	v := j.as(j.w.NationalLead(), access.NationalLead).Visit("/nation").Want(200).Says("There are no workstreams yet").Shot("nation-empty")
	j.programmed(v)
	j.grouped(v)
	lead := j.as(j.w.OHLead, access.Lead)
	j.called(v, lead)
	j.collected(v, lead)
	j.taught(v)
	j.requested(v, lead)
	sentEmpty(v, "/nation/workstreams/add", "Save")
	sentEmpty(v, "/nation/extracts/add", "Make the table")
	into(v, "/nation/workstreams/add").TabTo("Strategic identity").Type(" ").TabTo("Name of the workstream").Type("By keys").TabTo("Who leads it?").Type("Head of identity").Enter().Want(200).At("/nation/strands/").Says("By keys")
}

// programmed is a workstream and a partner with what they promise.
func (j *journey) programmed(v *browser.Visitor) {
	v.Click("Add a workstream").Want(200)
	j.refused(v, "Save", "Select a driver", "Enter a name", "Enter who leads it").Shot("nation-workstream-refused")
	v.Choose("Services across systems").Fill("Name of the workstream", "Services for all").Fill("Who leads it?", "Head of services").Click("Save").At("/nation/strands/").Says("There are none yet")
	one := v.Path
	for _, m := range []struct {
		title string
		days  int
	}{{"Guide for small employers", -3}, {"Pattern for one front door", 12}} {
		v.Visit(one).Click("Add a milestone").Want(200)
		j.refused(v, "Save", "Enter what will be there", "Enter who sees to it", "Enter when it is due").Shot("nation-milestone-refused")
		v.Fill("What will be there?", m.title).Fill("Who sees to it?", "Task group")
		j.date(v, "Due on", m.days)
		v.Click("Save").At(one)
	}
	v.Says("3 days overdue", "Due soon").Shot("nation-workstream").Click("Move the day Guide for small employers").Want(200)
	j.refused(v, "Save", "Enter when it is due", "Enter why it is moved").Shot("nation-move-refused")
	j.date(v, "Due on", 20)
	v.Fill("Why is it moved?", "The pilot began late").Click("Save").At(one).Says("moved once: The pilot began late")
	v.Click("Say that it is delivered Pattern for one front door").Want(200)
	j.refused(v, "Save", "Enter when it was delivered", "Enter what shows it").Shot("nation-deliver-refused")
	j.date(v, "Delivered on", 0)
	v.Fill("What shows it?", "Agreed by the steering group").Click("Save").At(one).Says("Agreed by the steering group").Click("Change the words").Want(200).Fill("Name of the workstream", "")
	j.refused(v, "Save", "Enter a name").Shot("nation-edit-refused")
	v.Fill("Name of the workstream", "Services across systems").Click("Save").At(one)
	v.Visit("/nation").Says("Overdue, and next due", "Guide for small employers", "2 in all: 1 done, 0 overdue").Shot("nation")
	v.Visit("/nation/partners").Want(200).Says("There are no partners yet").Click("Add a partner").Want(200)
	j.refused(v, "Save", "Enter a name", "Enter who leads it").Shot("nation-partner-refused")
	v.Fill("Name of the partner", "A society").Fill("Who speaks for it?", "Its president").Click("Save").At("/nation/strands/").Click("Add a commitment").Want(200)
	v.Fill("What will be there?", "Two webinars").Fill("Who sees to it?", "Its board")
	j.date(v, "Due on", 40)
	v.Click("Save").Visit("/nation/partners").Says("A society", "Two webinars").Shot("nation-partners").Click("A society").Click("End with this partner").Want(200).Says("Ended")
}

// grouped is a group that meets today.
func (j *journey) grouped(v *browser.Visitor) {
	v.Visit("/groups").Want(200).Says("There are no groups yet").Click("Add a group").Want(200)
	j.refused(v, "Save", "Select what kind of group it is", "Enter the name of the group", "Enter what it is for").Shot("group-add-refused")
	v.Choose("Task group").Fill("Name of the group", "Technology and access").Fill("What is it for?", "One front door for small organisations").Click("Save").At("/groups/")
	one := v.Path
	v.Click("Add a member").Want(200)
	j.refused(v, "Save", "Enter the name", "Enter whom they speak for", "Select what they are in the group").Shot("group-join-refused")
	v.Fill("Name", "Nell Ashby").Fill("Whom do they speak for?", "Nurses").Choose("Chair").Click("Save").At(one).Click("Plan a meeting").Want(200)
	j.refused(v, "Save", "Enter the day of the meeting", "Enter when it starts, such as 09:30", "Enter where it is").Shot("group-meet-refused")
	j.date(v, "Day of the meeting", 0)
	v.Fill("Starts at", "09:30").Fill("Where?", "By video").Click("Save").At("/group-meetings/")
	meeting := v.Path
	v.Click("Add a paper").Want(200)
	j.refused(v, "Save", "Enter a title", "Select what it is for", "Enter who presents it", "Enter the paper").Shot("group-paper-refused")
	v.Fill("Title", "One front door").Choose("To decide").Fill("Who presents it?", "Nell Ashby").Fill("The paper", "# Why\n\n- Practices ask for it").Click("Save").At(meeting).Click("Add a paper that is a file").Want(200)
	v.Swap("Save", "Select a file").Want(422).Says("Enter a title", "Select what it is for", "Enter who presents it").Shot("group-file-refused")
	path := filepath.Join(j.t.TempDir(), "Costs.txt")
	j.must(os.WriteFile(path, []byte("A day of an administrator"), 0o600))
	v.Upload("Which file?", path).Fill("Title", "What it costs").Choose("To note").Fill("Who presents it?", "Nell Ashby").Swap("Save", "Costs.txt").At(meeting)
	if got := v.Download("Costs.txt, 1 KB"); string(got) != "A day of an administrator" {
		j.t.Errorf("the paper is %.100s", got)
	}
	v.Visit(meeting).Want(200).Click("Write down a decision").Want(200)
	j.refused(v, "Save", "Enter what was decided", "Enter why").Shot("group-decision-refused")
	v.Fill("What was decided?", "Three systems try it").Fill("Why?", "It was tried in one place alone").Click("Save").At(meeting).Click("Write down an action").Want(200)
	j.refused(v, "Save", "Enter what is to be done", "Enter who does it", "Enter by when").Shot("group-action-refused")
	v.Fill("What is to be done?", "Find three systems").Fill("Who does it?", "Nell Ashby")
	j.date(v, "By when?", -2)
	v.Click("Save").At(meeting).Click("Say who came").Want(200)
	j.refused(v, "Save", "Select who came").Shot("group-held-refused")
	v.Choose("Nell Ashby, Nurses").Click("Save").At(meeting).Says("Who came", "Nell Ashby").Shot("group-meeting").Click("See the pack for this meeting, to print").Want(200).Says("Agenda", "Find three systems", "2 days overdue", "The programme: overdue, and next due", "Guide for small employers", "Practices ask for it").Shot("group-pack")
	v.Visit("/groups").Says("Overdue, and due soon", "Find three systems").Shot("groups").Click("Say that it is done Find three systems").Want(200)
	j.refused(v, "Save", "Enter when it was done", "Enter what came of it").Shot("group-done-refused")
	j.date(v, "When was it done?", 0)
	v.Fill("What came of it?", "Three have agreed").Click("Save").At(one).Says("Three have agreed", "Three systems try it").Shot("group").
		Click("Leaves the group Nell Ashby").Want(200).Click("The group meets no more").Want(200).Says("Meets no more")
}

// called is a survey that a lead answers, and what came of it.
func (j *journey) called(v, lead *browser.Visitor) {
	lead.Visit("/calls").Want(200).Says("Nothing is asked at the moment").Shot("calls-none")
	v.Visit("/nation/calls").Want(200).Says("There are no calls yet").Click("Make a call").Want(200)
	j.refused(v, "Save", "Select what you ask for", "Select whom you ask", "Enter a title", "Enter what it is about and what happens with the answers", "Enter the last day to answer").Shot("call-add-refused")
	v.Choose("Answers to questions").Choose("Organisations").Fill("Title", "Practices").Fill("What is it about, and what happens with the answers?", "We decide on a pattern with them.").Fill("Questions", "Do you serve practices? | Yes; No\nWhat stands in the way?")
	j.date(v, "Last day to answer", 30)
	v.Click("Save").At("/nation/calls/").Says("This is a draft")
	one := v.Path
	v.Click("Change the words").Want(200).Fill("Title", "")
	j.refused(v, "Save", "Enter a title").Shot("call-edit-refused")
	v.Fill("Title", "Practices and small employers").Click("Save").At(one).Shot("call-draft").Click("Publish").Want(200).Says("Published", "Open")
	lead.Visit("/calls").Click("Practices and small employers").Want(200).Shot("call-answer")
	asked := lead.Path
	j.refused(lead, "Hand it over", "Select an answer: Do you serve practices?", "Enter an answer: What stands in the way?", "Select whether your organisation is named", "Agree that this is handed over").Shot("call-answer-refused")
	lead.ChooseIn("Do you serve practices?", "Yes").Fill("What stands in the way?", "Money").Choose("No, leave our name out").Choose("I may answer for my organisation, and agree that this is handed over to Sample Nation. It cannot be called back.").
		Click("Hand it over").At(asked).Says("What you handed over on", "Money")
	v.Visit(one).Says("One answer", "Yes: one organisation", "Money", "An organisation that is not named").Hides("Wyre Valley Hospitals").Shot("call-answers")
	j.close(one, j.w.NationalLead().As(access.NationalLead, access.Growth))
	v.Visit("/nation/calls").Says("Closed: say what came of it").Shot("calls").Click("Practices and small employers").Click("Say what came of it").Want(200)
	j.refused(v, "Tell everybody", "Enter what you heard", "Enter what you do about it").Shot("call-tell-refused")
	v.Fill("What did you hear?", "Money stands in the way").Fill("What do you do about it?", "A fund for practices").Click("Tell everybody").At(one).Says("Told")
	lead.Visit("/calls").Says("Answered", "What came of it").Shot("calls-lead").Click("Practices and small employers").Want(200).Says("What you said", "A fund for practices", "What you handed over on").Shot("call-told")
}

// close lets the last day of a call pass: the clock of the walk stands still.
func (j *journey) close(one string, a access.Actor) {
	j.t.Helper()
	err := j.h.db.InTenant(j.t.Context(), a, func(tx *postgres.Tx) error {
		_, err := tx.Exec(j.t.Context(), `update nation_call set closes_on = published_on - 1 where id = $1`, strings.TrimPrefix(one, "/nation/calls/"))
		return err
	})
	if err != nil {
		j.t.Fatal(err)
	}
}

// collected is a case study that a lead hands over; the national lead reads it with its chart, until it is taken back.
func (j *journey) collected(v, lead *browser.Visitor) {
	v.Visit("/nation/studies").Want(200).Says("No case study stands here yet").Shot("studies-none")
	ctx, now, id := j.t.Context(), j.h.now(), uuid.New()
	calls, national := call.New(j.h.db), j.w.NationalLead().As(access.NationalLead, access.Growth)
	j.must(calls.Add(ctx, national, now, call.In{ID: id, Kind: call.Cases, Asks: call.Leads, Title: "What shortened waits", About: "What failed included.", Closes: locale.Day(now).AddDays(30)}))
	j.must(calls.Publish(ctx, national, now, id, 1))
	j.verdict()
	write, admin := j.w.OHLead.As(access.Lead, access.Growth), j.w.OHAdmin.As(access.OHAdmin, access.Growth)
	review, ends := casestudy.Days(locale.Day(now))
	in := casestudy.In{ID: uuid.New(), Place: casestudy.Inside, Driver: "D2", Title: "Seen sooner", Need: "People waited too long", Done: "A clinic on Thursdays", Failed: "Nobody came in the evening", Contact: "Staff Health", Review: review, Ends: ends}
	stories := j.h.app.Stories
	j.must(stories.Save(ctx, write, now, in))
	judged, err := stories.Judged(ctx, write, now)
	if err != nil || len(judged) != 1 {
		j.t.Fatal(len(judged), err)
	}
	j.must(stories.Measure(ctx, write, now, in.ID, casestudy.MeasureIn{Forecast: judged[0].Forecast, Version: 1}))
	j.must(stories.Check(ctx, admin, now, in.ID, 2))
	j.must(stories.Publish(ctx, write, now, in.ID, 3))

	lead.Visit("/calls").Click("What shortened waits").Want(200).Click("Choose a case study to hand over").Want(200)
	j.refused(lead, "Hand it over", "Select a case study", "Agree that it is handed over").Shot("study-refused")
	lead.Choose("Seen sooner, shown until " + ends.Long() + ". No effect claimed").Choose("I may speak for my organisation, and agree that Sample Nation reads it and names us.").Click("Hand it over").At("/calls/studies").Says("Shown there until").Shot("studies-handed")
	v.Visit("/nation/studies").Want(200).Says("Seen sooner", "No effect claimed", "Wyre Valley Hospitals").Shot("studies").Click("Seen sooner").Want(200).Says("No effect claimed", "Nobody came in the evening", "in March 2024", "It stays as it was then").Shot("study")
	if table := v.Visit("/nation/studies").Download("Download what was measured as a table (CSV)"); !strings.Contains(string(table), "Wyre Valley Hospitals,Seen sooner,D2") {
		j.t.Errorf("the table is %.200s", table)
	}
	lead.Visit("/calls/studies").Click("Take it back Seen sooner").At("/calls/studies").Says("Ended on")
	v.Visit("/nation/studies").Says("No case study stands here yet")
}

func (j *journey) must(err error) {
	j.t.Helper()
	if err != nil {
		j.t.Fatal(err)
	}
}

// taught is a cohort whose applications are over.
func (j *journey) taught(v *browser.Visitor) {
	v.Visit("/nation/cohorts").Want(200).Says("There are no cohorts yet").Click("Offer a cohort").Want(200)
	j.refused(v, "Save", "Enter the name of the cohort", "Enter who it is for and what they learn", "Enter how many places there are, as a number", "Enter when applications close", "Enter when it starts", "Enter when it ends").Shot("cohort-add-refused")
	v.Fill("Cohort", "Leaders").Fill("Who is it for, and what do they learn?", "For leads").Fill("Places", "40")
	j.date(v, "Applications close on", 0)
	j.date(v, "It starts on", 0)
	j.date(v, "It ends on", 90)
	v.Click("Save").At("/nation/cohorts").Says("Open for applications until", "Not counted yet")
	err := j.h.db.InTenant(j.t.Context(), j.w.NationalLead().As(access.NationalLead, access.Growth), func(tx *postgres.Tx) error {
		_, err := tx.Exec(j.t.Context(), `insert into nation_cohort (organisation_id, id, title, about, places, closes_on, starts_on, ends_on, made_at, made_by) select organisation_id, gen_random_uuid(), 'Technicians', about, places, closes_on - 40, starts_on - 30, ends_on, made_at, made_by from nation_cohort where organisation_id = $1`, j.w.Nation)
		return err
	})
	j.must(err)
	v.Visit("/nation/cohorts").Click("Say how many applied: Technicians").Want(200)
	j.refused(v, "Save", "Enter how many, as a number").Shot("cohort-count-refused")
	v.Fill("How many people applied?", "62").Click("Save").At("/nation/cohorts").Says("About 60").Click("Say how many started: Technicians").Want(200).Fill("How many people started?", "5").Click("Save").Says("Too few to show").Shot("cohorts")
}

// requested is a table for an information request, from what an organisation lets go on to the nation.
func (j *journey) requested(v, lead *browser.Visitor) {
	month := sharing.Last(locale.Day(j.h.now()))
	for _, item := range []string{"Missed appointments", "Actions of the plan that are done", "What you share goes to the national programme as well"} {
		lead.Visit("/sharing").Click("Ask to share: "+item).Want(200).Select("From which month on?", month.MonthYear()).Click("Ask an executive to agree").At("/sharing")
		j.as(j.w.Executive, access.Executive).Visit("/sharing").Click("Agree to share: " + item).At("/sharing")
	}
	lead.Visit("/sharing").Click("See what would leave now").Want(200).Says("It goes to Sample Nation as well").Shot("sharing-nation").Click("Release it").At("/sharing/releases/")
	v.Visit("/system").Want(200).Says("Missed appointments", "1 of 2").Shot("nation-figures")
	v.Visit("/nation/extracts").Want(200).Says("No table was made yet").Click("Make a table").Want(200)
	j.refused(v, "Make the table", "Enter the reference of the request", "Select a measure", "Select the first month", "Select the last month", "Select by what it is divided").Shot("extract-refused")
	v.Fill("Reference of the request", "FOI 7").Choose("Missed appointments").Select("From which month?", month.MonthYear()).Select("To which month?", month.MonthYear()).Choose("Organisation").
		Click("Make the table").At("/nation/extracts/").Says("FOI 7", "Made only from figures that organisations released").Shot("extract")
	if table := v.Download("Download the table (CSV)"); !strings.Contains(string(table), "organisation,organisations,numerator") {
		j.t.Errorf("the table is %.200s", table)
	}
	v.Visit("/nation/extracts").Says("FOI 7").Shot("extracts")
}
