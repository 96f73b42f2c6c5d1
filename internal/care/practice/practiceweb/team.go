package practiceweb

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/care/practice"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func (p *pages) team(c *web.Context) error {
	t, err := p.s.Find(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	params := c.Page("practice.team.title", "/practice")
	params.Wide = true
	return c.Render(teamPage(params, t))
}

func memberPath(account uuid.UUID) string { return "/practice/team/" + account.String() }

// matrix is a role's people against its competencies.
func matrix(ctx context.Context, t practice.Team, role string) nhsuk.TableParams {
	out := table(ctx, locale.T(ctx, "practice.role."+role), "practice.colleague")
	out.ID, out.Compact = "role-"+role, true
	out.Scroll = len(t.Pack.Of(role)) > 8 // more do not fit on a laptop
	for _, c := range t.Pack.Of(role) {
		out.Head = append(out.Head, nhsuk.TableHead{Text: c.Name})
	}
	for _, p := range t.In(role) {
		cells := []nhsuk.TableCell{{Text: p.Name, Href: memberPath(p.Account)}}
		for _, c := range t.Pack.Of(role) {
			if s := p.State(c.Key).Standing; s == practice.None {
				cells = append(cells, nhsuk.TableCell{Text: locale.T(ctx, "practice.mark.none"), VisuallyHiddenText: locale.T(ctx, "practice.standing.none")})
			} else {
				cells = append(cells, nhsuk.TableCell{HTML: mark(s)})
			}
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}

// colours set the standings apart; the words carry them.
var colours = map[practice.Standing]string{practice.Unsupervised: "green", practice.Waiting: "blue", practice.Learning: "grey", practice.Lapsed: "red", practice.Stopped: "red"}

// roles are those that somebody of the team has.
func roles(t practice.Team) (out []string) {
	for _, r := range practice.Roles {
		if len(t.In(r)) > 0 {
			out = append(out, r)
		}
	}
	return out
}

// contents lead to the parts of the page: on a telephone the tables are long.
func contents(ctx context.Context, t practice.Team) (out []ask.Link) {
	for _, r := range roles(t) {
		out = append(out, ask.Link{Path: "#role-" + r, Text: locale.T(ctx, "practice.role."+r)})
	}
	return append(out, ask.Link{Path: "#cover", Text: locale.T(ctx, "practice.cover")}, ask.Link{Path: "#year", Text: locale.T(ctx, "practice.year.title")})
}

// coverTable is what the team can do, whoever does it.
func coverTable(ctx context.Context, t practice.Team) nhsuk.TableParams {
	out := table(ctx, locale.T(ctx, "practice.cover"), "practice.competence", "practice.cover.holders", "practice.cover.coming", "practice.cover.remark")
	out.ID = "cover"
	for _, c := range t.Covers() {
		remark := ""
		switch c.Holders {
		case 0:
			remark = locale.T(ctx, "practice.cover.none")
		case 1:
			remark = locale.T(ctx, "practice.cover.only", "name", c.Only)
		}
		cells := nhsuk.Cells(c.Name, locale.Number(c.Holders), locale.Number(c.Coming), remark)
		out.Rows = append(out.Rows, cells)
	}
	return out
}

// yearTable is what each did in twelve months to stay able: hours, never what.
func yearTable(ctx context.Context, t practice.Team) nhsuk.TableParams {
	out := table(ctx, locale.T(ctx, "practice.year.title"), "practice.colleague", "practice.year.cpd", "practice.year.supervision", "practice.year.last", "practice.supervision.whom")
	out.ID = "year"
	for _, p := range t.People {
		cells := nhsuk.Cells(p.Name, hours(ctx, p.CPD), hours(ctx, p.Supervised), long(ctx, p.LastSession), p.LastWith)
		cells[0].Href = memberPath(p.Account)
		out.Rows = append(out.Rows, cells)
	}
	return out
}

func (p *pages) member(c *web.Context) error {
	m, err := p.colleague(c)
	if err != nil {
		return err
	}
	params := c.Page("practice.team.title", "/practice/team")
	params.Title = m.Name
	return c.Render(memberPage(params, mine{Person: m, pack: p.s.Pack(), today: locale.Day(c.Now)}, m.Account == c.Actor.Account))
}

// memberTable is a colleague's competencies with what the lead may do about each; about their own they may do nothing here.
func (m mine) memberTable(ctx context.Context, self bool) nhsuk.TableParams {
	t := table(ctx, locale.T(ctx, "practice.competencies.title"), "practice.competence", "practice.standing.theirs", "practice.signed", "practice.do")
	for _, c := range m.list() {
		s := m.State(c.Key)
		cells := nhsuk.Cells(c.Name, standing(ctx, s), signed(ctx, s), "")
		switch {
		case self:
		case s.Asked:
			cells[3] = nhsuk.TableCell{Text: locale.T(ctx, "practice.sign.link"), Href: signPath(m.Account, c.Key), VisuallyHiddenText: c.Name}
		case s.Standing == practice.Unsupervised:
			cells[3] = nhsuk.TableCell{Text: locale.T(ctx, "practice.withdraw.link"), Href: withdrawPath(m.Account, c.Key), VisuallyHiddenText: c.Name}
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

func (m mine) memberSummary(ctx context.Context) nhsuk.SummaryListParams {
	return nhsuk.SummaryListParams{Rows: []nhsuk.SummaryRow{
		nhsuk.Row(locale.T(ctx, "practice.role.in"), locale.T(ctx, "practice.role."+m.Role)).WithChange(memberPath(m.Account)+"/role", locale.T(ctx, "practice.role.in")),
		nhsuk.Row(locale.T(ctx, "practice.cpd.title"), locale.T(ctx, "practice.year", "hours", hours(ctx, m.CPD))),
		nhsuk.Row(locale.T(ctx, "practice.supervision.title"), locale.T(ctx, "practice.year", "hours", hours(ctx, m.Supervised))+". "+locale.T(ctx, "practice.supervision.last", "day", long(ctx, m.LastSession))),
	}}
}

func (p *pages) due(c *web.Context) error {
	t, err := p.s.Find(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(duePage(c.Page("practice.due.title", "/practice"), t))
}

func dueTable(ctx context.Context, t practice.Team) nhsuk.TableParams {
	out := table(ctx, locale.T(ctx, "practice.due.caption"), "practice.colleague", "practice.due.what", "practice.due.when")
	for _, d := range t.Due() {
		cells := nhsuk.Cells(d.Name, what(ctx, t.Pack, d), when(ctx, d, t.Today))
		cells[0].Href = memberPath(d.Account)
		out.Rows = append(out.Rows, cells)
	}
	return out
}

// unwritten names those who have written down none of what is expected of their role.
func unwritten(ctx context.Context, t practice.Team) (out []string) {
	for _, p := range t.People {
		for _, kind := range p.Unwritten(t.Pack) {
			out = append(out, locale.T(ctx, "practice.due.unwritten."+kind, "name", p.Name))
		}
	}
	return out
}

// interval says what is expected how often of whom, and whose choice that is.
func interval(ctx context.Context, x practice.Interval) string {
	var roles []string
	for _, r := range x.Roles {
		roles = append(roles, locale.T(ctx, "practice.role."+r))
	}
	whose := "practice.intervals.rule"
	if x.Own {
		whose = "practice.intervals.own"
	}
	return locale.T(ctx, "practice.intervals."+x.Kind, "n", x.Months, "roles", strings.Join(roles, ", ")) + " " + locale.T(ctx, whose, "source", x.Source, "mark", x.Mark, "from", x.From.Long())
}

// silent are those whose role has a register and who have given no entry.
func silent(t practice.Team) (out []practice.Person) {
	for _, p := range t.People {
		if p.Unregistered() {
			out = append(out, p)
		}
	}
	return out
}
