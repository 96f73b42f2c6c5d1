package e2e

import (
	"net/url"
	"slices"
	"strings"

	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

// question is one of the round, what is answered, and the need that its gap is made into.
type question struct {
	element, title, subsection, section, statement string
	scores                                         [5]int // in the order of the perspectives
	importance, reach                              string
	need                                           string // "" where there is no gap
}

// asked are the questions of the round, the biggest gaps first: one for each element, so that a room can vote on one
// screen. Only the managers' training is as it should be.
var asked = []question{
	{"E1", "Improving personal health and wellbeing", "E1.1", "Mental and emotional wellbeing", "Staff get help for their mental health within days.", [5]int{3, 2, 0, 1, 0}, "5", "60", "Staff wait too long for help with their mental health"},
	{"E4", "Managers and leaders", "E4.3", "Skilled managers", "Line managers hold wellbeing conversations.", [5]int{4, 3, 3, 3, 3}, "", "", ""},
	{"E5", "Environment", "E5.2", "Facilities to rest, recover and succeed", "Every shift has a place to rest.", [5]int{3, 1, 0, 1, 1}, "4", "50", "Night staff have nowhere to rest"},
	{"E7", "Professional wellbeing support", "E7.1", "Support services and partners", "Occupational health is staffed for what staff need.", [5]int{2, 2, 1, 1, 1}, "3", "40", "Occupational health cannot see everybody in time"},
}

// perspectives are the five, as the pages name them.
var perspectives = []string{"Board", "Managers", "Staff side", "Occupational health", "Staff networks"}

// scores are the answers as a respondent and as a room reads them.
var (
	answers = []string{"0: not in place", "1: planned", "2: partly in place", "3: in place", "4: embedded and evaluated"}
	counts  = []string{"0 not in place", "1 planned", "2 partly", "3 in place", "4 embedded"}
)

// room is how many of each perspective vote in the workshop; with the one who answers by link they are just enough to be
// shown.
const room = "5"

// begin is an empty organisation's start: the self-check and the route from sponsorship to evaluation.
func (p *planner) begin() {
	v := p.asLead().Visit("/need").Want(200).Says("Start with the self-check")
	p.shot(v, "need").Click("Organisation leaders").Want(200).Says("No position yet").Press("(//main//a[contains(@href, '/need/selfcheck/')])[1]").Want(200).Click("Save").Want(422)
	v.Choose("Started").Fill("What shows it (optional)", "Board minute 12").Fill("Next step (optional)", "Ask five perspectives").Fill("Owner", "Head of occupational health").Select("A figure that shows it (optional)", "Wait to be seen, median")
	p.date(v, "By when", 1, 20)
	v.Click("Save").Want(200).Says("Saved", "Board minute 12", "Wait to be seen, median")
	p.shot(v, "need-selfcheck")
	v.Visit("/need").Says("1 of").Click("Secure sponsorship and roles").Want(200).Click("Save").Want(422)
	v.ChooseIn("How far is it?", "Done")
	p.date(v, "Done on", 0, 2)
	v.Click("Save").Want(200).Says("Done on").Click("Secure sponsorship and roles").Want(200)
	p.shot(v, "need-step")
	if !strings.HasPrefix(string(v.Download("Download the template (Markdown)")), "# ") {
		p.t.Error("the template is not Markdown")
	}
}

// ask takes in the organisation's own questions, starts the round, attaches a figure and gives out links.
func (p *planner) ask() {
	v := p.asLead().Visit("/need/rounds").Want(200).Says("There is no round yet").Click("Question sets").Want(200).Click("Rowan starter set").Want(200).Says("not the national diagnostic")
	v.Visit("/need/questions").Swap("Take in the questions", "There is a problem").Want(422)
	v.Visit("/need/questions").Upload("File of questions", p.write("questions.csv", questions())).Swap("Take in the questions", "1 row was not taken").Want(200)
	p.shot(v, "need-questions")
	if got := string(v.Download("Download the rows that were not taken")); !strings.HasPrefix(got, "Line,Column,Reason\n") {
		p.t.Errorf("the rows that were not taken are %q", got)
	}
	v.Visit("/need/rounds").Click("Start a round").Want(200).Click("Start the round").Want(422)
	v.Fill("Name of the round", "Spring round").Select("Question set", "questions (")
	p.shot(v, "need-start").Click("Start the round").At("/need/rounds/").Want(200).Says("The round is open", "Occupational health")
	p.round, _, _ = strings.Cut(v.Path, "?")
	p.shot(v, "need-round").Click(asked[3].statement).Want(200).Click("Attach the figure").Want(422).Select("Figure", "Wait to be seen, median").Click("Attach the figure").Want(200).Says("1 figure")
	v.Click(asked[3].statement).Want(200).Swap("Attach the file", "Select a file").Want(422)
	p.shot(v, "need-file-refused").Upload("Which file?", p.write("names.txt", "Mrs Winter, nights")).Swap("Attach the file", "words that look like a person: Mrs Winter").Want(422)
	p.shot(v, "need-file-doubted").Upload("Which file?", p.write("rota.txt", "Nights: no canteen")).Swap("Attach the file", "2 figures and files").Want(200)
	v.Visit(p.round).Click("Make links").Want(200).Click("Make the links").Want(422)
}

// questions is the file, with a row that cannot be taken.
func questions() string {
	var b strings.Builder
	b.WriteString("code,version,subsection,statement,guidance,evidence,applies,short\n")
	for _, q := range asked {
		b.WriteString("WALK-" + q.subsection + ",1," + q.subsection + "," + q.statement + ",,,,yes\n")
	}
	b.WriteString("WALK-X,1,E9.9,Nothing of the framework.,,,,yes\n")
	return b.String()
}

// answer is the respondents' part: one of each perspective by link, without signing in, and the rest in a room.
func (p *planner) answer() {
	lead := p.asLead()
	for i, perspective := range perspectives {
		lead.Visit(p.round+"/invite").Want(200).Choose(perspective).Fill("How many links", "1").Click("Make the links").Want(200).Says("These links are shown once")
		links := lead.Lines("main ol li")
		if len(links) != 1 {
			p.t.Fatalf("%d links, want 1", len(links))
		}
		at, err := url.Parse(links[0])
		if err != nil {
			p.t.Fatal(err)
		}
		p.respond(p.h.visitor(p.t, p.view), at.Path, i)
	}
	lead.Visit(p.round).Want(200).Says("Fewer than 5")
	for _, q := range asked {
		lead.Visit(p.round + "/workshop/" + q.element).Want(200)
		if q.element == "E1" {
			lead.FillIn(perspectives[0], counts[3], "many").Click("Save the votes").Want(422).FillIn(perspectives[0], counts[3], "")
		}
		for i, perspective := range perspectives {
			lead.FillIn(perspective, counts[q.scores[i]], room)
		}
		if q.element == "E1" {
			p.shot(lead, "need-workshop")
		}
		lead.Click("Save the votes").Want(200).Says("Votes saved")
	}
}

// respond is one respondent: saves, comes back, goes on, submits, and cannot come again.
func (p *planner) respond(v *browser.Visitor, path string, perspective int) {
	v.Visit(path).Want(200).Says("Rowan does not know who you are", perspectives[perspective]).Click(asked[0].title).Want(200)
	if perspective == 0 {
		p.shot(v, "answer").Unfold().Fill("Web address", "javascript:x").Click("Save").Want(422).Unfold().Fill("Web address", "")
	}
	for i, q := range asked {
		v.ChooseIn(q.statement, answers[q.scores[perspective]])
		if i == 0 {
			v.Unfold().Fill("Comment", "Nights are hardest.").Click("Save").Want(200).Says("You can change it until you submit")
			if perspective == 0 {
				p.elsewhere(v, path)
			}
			v.Visit(path).Click(q.title).Want(200)
		}
		v.Click("Save and go to the next element").Want(200)
	}
	p.shot(v, "answer-home").Visit(path).Click("Submit my answers").Want(200).Says("Thank you").Visit(path).Want(410).Says("already submitted")
}

// elsewhere opens a link in another browser, as whoever made it could: it says nothing of the answers without the code.
func (p *planner) elsewhere(v *browser.Visitor, path string) {
	code := v.Visit(path).Unfold().Lines("main details strong")
	if len(code) != 1 {
		p.t.Fatalf("%d codes, want 1", len(code))
	}
	other := p.h.visitor(p.t, p.view).Visit(path).Want(200).Says("Another browser has begun with this link").Hides(asked[0].title)
	p.shot(other, "answer-elsewhere").Click("Go on").Want(422).Fill("Code", code[0]).Click("Go on").Want(200).Says(asked[0].title)
}

// close freezes the round; its results say where the gaps are, and where perspectives disagree.
func (p *planner) close() {
	v := p.asLead().Visit("/need/rounds").Want(200).Click("Spring round").Want(200).Click("Close the round").Want(200)
	p.shot(v, "need-close").Click("Close and freeze").At(p.round+"/results").Want(200).Says("The round is closed", "points apart: ask why before acting", "fingerprint still matches")
	p.shot(v, "need-results").Click("Weigh the gaps").Want(200).FillIn(asked[0].section, "Importance, 1 to 5", "9").Click("Save").Want(422)
	for _, q := range asked {
		if q.need != "" {
			v.FillIn(q.section, "Importance, 1 to 5", q.importance).FillIn(q.section, "Reach, percent of staff", q.reach)
		}
	}
	p.shot(v, "need-rank").Click("Save").Want(200).Says("Suggested order")
	p.asGuardian().Visit("/need/rounds").Want(200).Click("Spring round").Want(200).Says("Suggested order").Hides("Weigh the gaps")
}

// propose finds the three biggest gaps, in the order in which the results suggest them, and makes each a need.
func (p *planner) propose() {
	v := p.asLead().Visit("/need").Click("See the rounds").Click("Spring round").Want(200)
	p.round, _, _ = strings.Cut(strings.TrimSuffix(v.Path, "/results"), "?")
	for i, q := range slices.DeleteFunc(slices.Clone(asked), func(q question) bool { return q.need == "" }) {
		v.Visit(p.round + "/results").Click(q.section).Want(200)
		if i == 0 {
			p.shot(v.Says("Nights are hardest."), "need-subsection")
		}
		v.Click("Propose a need from this gap").Want(200).Fill("What do staff need?", "").Click("Add need").Want(422)
		v.Fill("What do staff need?", q.need).ChooseIn("How important is it, from 1 to 5?", q.importance).Fill("About how many of 100 staff does it affect?", q.reach)
		v.Click("Add need").At("/plan/needs/").Want(200).Says("Need added", "Gap: "+q.section, q.section)
		p.needs = append(p.needs, v.Path)
		v.Click("Decide on this need").Want(200).Click("Save").Want(422).Choose("Agree that staff need it").Click("Save").Want(200).Says("Agreed")
	}
	p.shot(v, "plan-need").Click("Change this need").Want(200).Fill("What do staff need?", "").Click("Save").Want(422)
	v.Visit("/plan/needs").Want(200)
	p.shot(v, "plan-needs")
	rows := v.Lines("main tbody tr")
	for i, q := range slices.DeleteFunc(slices.Clone(asked), func(q question) bool { return q.need == "" }) {
		if i >= len(rows) || !strings.Contains(rows[i], q.need) {
			p.t.Errorf("the needs are %q, want %q at place %d", rows, q.need, i)
		}
	}
}
