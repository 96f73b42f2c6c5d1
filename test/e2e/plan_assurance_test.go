package e2e

import (
	"strings"

	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

// assure is the guardian's ten minutes: evidence, a rating, and a question about a figure, asked in two clicks.
func (p *planner) assure() {
	v := p.asLead().Visit("/assurance").Want(200).Click("Easy, confidential occupational health").Want(200).Click("Add a figure").Want(200).Click("Add evidence").Want(422)
	v.Select("Which figure?", "Wait to be seen, median").Click("Add evidence").Want(200).Says("Evidence added").Click("Add a decision").Want(200).Fill("What was decided", "Strategy for the year approved").Fill("Where it can be read (optional)", "/plan/board")
	p.date(v, "Date of the decision", 0, 16)
	v.Click("Add evidence").Want(200)

	g := p.asGuardian().At("/assurance").Want(200)
	p.shot(g, "assurance").Click("Easy, confidential occupational health").Want(200).Click("Rate this principle").Want(200)
	rating := g.Lines("main fieldset:first-of-type .nhsuk-radios__label")[0]
	g.Choose(rating).Fill("Why?", "Waits have fallen, and staff side says so too")
	for i, line := range g.Lines(".nhsuk-checkboxes__label") {
		if i == 0 {
			g.Choose(line)
		}
	}
	g.Click("Save rating").Want(200).Says("Rating saved")

	p.source(g, "/assurance", cited)
	p.question = p.doubt(g, "/assurance").Path
	v.Visit(p.question).Want(200).Click("Answer").Want(200).Fill("Your answer", "Nurses triage on two days since the start of the action.").Select("Figure 1 (optional)", "Wait to be seen, median").Click("Send answer").Want(200)
	p.shot(v, "assurance-answer")
	g.Visit(p.question).Want(200).Click("Accept or ask again").Want(200).Choose("I accept it").Click("Save").Want(200).Says("Answer accepted")
}

// cited is the first figure of a page, and live the first link to one.
const (
	cited = "(//main//*[contains(@class, 'rowan-figure')]//a)[1]"
	live  = "(//main//a[starts-with(@href, '/figures/')])[1]"
)

// beside is the way to a question beside the first figure of a page.
const beside = "(//main//a[starts-with(@href, '/assurance/questions/ask?')])[1]"

// source goes from a figure of a page to where it comes from in one click.
func (p *planner) source(v *browser.Visitor, page, figure string) {
	p.t.Helper()
	v.Visit(page).Want(200).Press(figure).Want(200).Says("Definition", "Version", "Source")
}

// doubt goes from a figure of a page to a question about it in two clicks and no typing: the first opens the form, with the
// figure and a question in it, and the second sends it. There is no third.
func (p *planner) doubt(v *browser.Visitor, page string) *browser.Visitor {
	p.t.Helper()
	v.Visit(page).Want(200)
	v.Press(beside).Want(200).At("/assurance/questions/ask").Says("About the figure:")
	return v.Click("Send question").Want(200).At("/assurance/questions/").Says("Question asked", "Where does this number come from?")
}

// pack is frozen by the lead and read, printed and questioned by the guardian.
func (p *planner) pack() {
	v := p.asLead().Visit("/assurance/packs").Want(200).Click("Make the pack").Want(200).Says("Unchanged since it was made", "Nurses triage on two days", "More than foretold", "Too early (Withdrawn)", "is in force, signed by "+p.executive.Name)
	made := v.Path
	p.shot(v, "assurance-pack")
	file := v.Download("Download the pack")
	v.Visit(p.question).Want(200)

	g := p.asGuardian().Visit("/assurance/packs").Want(200).Visit(made).Want(200)
	if n := browser.Pages(g.Print()); n < 1 || n > packPages {
		p.t.Errorf("the pack prints on %d pages, want at most %d", n, packPages)
	}
	if again := g.Download("Download the pack"); string(again) != string(file) {
		p.t.Error("the pack has changed")
	}
	for _, page := range []string{p.forecast, "/plan/versions/1/page", p.objective, p.needs[0]} {
		p.source(g, page, cited)
		p.doubt(g, page)
	}
	if annex := g.Visit(made).Lines(".rowan-pack__annex li"); len(annex) == 0 || len(annex) < len(g.Lines(".rowan-pack-ask a")) || !strings.Contains(annex[0], "Source: ") {
		p.t.Errorf("the annex says %q", annex)
	}
	p.shot(g, "assurance-pack-guardian")
	p.doubt(g, made)
	for _, page := range []string{"/performance", "/performance/first_seen_median", "/figures", "/figures/indicator/K02"} {
		p.doubt(g, page)
	}
	for _, page := range []string{"/performance", "/figures", "/plan/balance"} {
		p.source(g, page, live)
	}
}

// packPages is what somebody reads in ten minutes.
const packPages = 8

// origins asks of every figure there is where it comes from, as somebody does who has only that question.
func (p *planner) origins() {
	v := p.asGuardian().Visit("/data").Want(200).Click("All figures").Want(200).Says("Every figure that plans, dashboards and packs rely on")
	p.shot(v, "figures").Click("Wait to be seen, median").Want(200).Says("Definition", "Version", "Source", "Period")
	p.shot(v, "figure").Click("See it in full").Want(200).Visit("/figures").Click("Staff turnover in the period").Want(200)
}
