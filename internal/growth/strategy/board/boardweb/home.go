package boardweb

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/board"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/strategyview"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// homeView is the way from a need to a decision, what is late, and what went stale.
type homeView struct {
	Plan      strategy.Plan
	Latest    *board.Version     // the newest version, with what goes along with it
	InForce   int                // its number, or 0
	Pending   []board.Difference // what the version in force does not have
	Writes    bool
	Items     []board.Item
	Late      []strategy.Action
	Questions []board.Question // open and overdue
	Stale     []strategy.Source
	Checked   strategyview.Checked
}

func (p *pages) home(c *web.Context) error {
	var v homeView
	var err error
	if v.Plan, err = p.s.Plan().Find(c.Ctx(), c.Actor); err != nil {
		return err
	}
	versions, err := p.s.Versions(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	if len(versions) > 0 {
		latest, err := p.s.Version(c.Ctx(), c.Actor, versions[0].N)
		if err != nil {
			return err
		}
		v.Latest = &latest
	}
	if x := board.InForceOf(versions); x != nil {
		v.InForce, v.Pending = x.N, board.Pending(x.Snapshot, v.Plan)
	}
	v.Writes = c.May(strategy.Write)
	if v.Items, err = p.s.Items(c.Ctx(), c.Actor); err != nil {
		return err
	}
	if v.Checked, err = strategyview.Check(c, p.s.Plan(), v.Plan.Sources()...); err != nil {
		return err
	}
	v.overdue(locale.Day(c.Now))
	return c.Render(homePage(c.Page("board.home.title", ""), v, locale.Day(c.Now)))
}

func (v *homeView) overdue(today civil.Date) {
	for _, x := range v.Plan.Actions {
		if x.Late(today) {
			v.Late = append(v.Late, x)
		}
	}
	for _, i := range v.Items {
		for _, q := range i.Questions {
			if q.Overdue(today) {
				v.Questions = append(v.Questions, q)
			}
		}
	}
	said := map[strategy.Source]bool{} // needs, objectives and actions may rely on one figure as it stood at the same time
	for _, s := range v.Plan.Sources() {
		what := s
		what.Citation = uuid.Nil
		if x := v.Checked[s.Citation].Standing; (x == figure.Stale || x == figure.Recounted || x == figure.Gone) && !said[what] {
			said[what] = true
			v.Stale = append(v.Stale, s)
		}
	}
}

// step is one task on the way.
type step struct {
	name, href string
	again      bool // it was done, and must be looked at again
	done       bool
	open       bool // it can be done now
}

// steps are the way from a need to what is registered before an action starts. Each can be done when the one it rests
// on is there; none is forced.
func (v homeView) steps() []step {
	agreed := slices.ContainsFunc(v.Plan.Needs, func(n strategy.Need) bool { return n.Status == strategy.Agreed || n.Status == strategy.Met })
	var started, talked, judged, again, submitted, signed bool
	version := "/plan/versions"
	l := v.current()
	if l != nil {
		version = path(*l)
		m := l.Missing()
		started, talked, judged = true, !m.Talk, len(m.Characteristics)+len(m.Again) == 0
		again = l.State.TakesMore() && len(m.Again) > 0
		judged = judged || !l.State.TakesMore()
		submitted, signed = l.State.Frozen(), l.State == board.Approved || l.State == board.InForce || l.State == board.Replaced
	}
	papers := l != nil && len(papersOf(v.Items, l.N)) > 0
	decided := papers && slices.ContainsFunc(papersOf(v.Items, l.N), func(x board.Item) bool { _, ok := x.Decided(); return ok })
	current := l != nil && v.InForce == l.N
	return []step{
		{"measure", "/need", false, len(v.Plan.Needs) > 0, true},
		{"needs", "/plan/needs", false, agreed, true},
		{"objectives", "/plan/objectives", false, len(v.Plan.Standing()) > 0, true},
		{"actions", "/plan/actions", false, len(v.Plan.Actions) > 0, len(v.Plan.Standing()) > 0},
		{"version", v.begin(), false, started, true},
		{"talks", version + suffix(started, "/coproduction"), false, talked, started},
		{"impacts", version + suffix(started, "/equality"), again, judged, started},
		{"submit", version, false, submitted, started && len(v.Plan.Actions) > 0},
		{"paper", "/plan/board", false, papers, submitted},
		{"decide", "/plan/board", false, decided, papers},
		{"sign", version, false, signed, submitted},
		{"force", version, false, current, signed},
	}
}

// current is the version for which the steps stand: the newest, unless it was returned, or is in force without all that
// was planned since. Then the steps stand for the next one, which nobody has started yet.
func (v homeView) current() *board.Version {
	if l := v.Latest; l != nil && (l.State.Open() || l.State == board.InForce && len(v.Pending) == 0) {
		return l
	}
	return nil
}

// begin is where a version is started, or where the one that is on its way is.
func (v homeView) begin() string {
	switch l := v.Latest; {
	case l != nil && l.State.Open():
		return path(*l)
	case v.Writes:
		return "/plan/versions/start"
	}
	return "/plan/versions"
}

// waiting counts what is not in the version in force: needs, objectives, actions.
func (v homeView) waiting(kind string) (n int) {
	for _, d := range v.Pending {
		if d.Kind == kind {
			n++
		}
	}
	return n
}

func suffix(there bool, s string) string {
	if there {
		return s
	}
	return ""
}

func tasks(ctx context.Context, v homeView) nhsuk.TaskListParams {
	var t nhsuk.TaskListParams
	for _, s := range v.steps() {
		item := nhsuk.TaskListItem{Heading: nhsuk.HeadingParams{Text: locale.T(ctx, "board.home.step."+s.name)}, Hint: nhsuk.HintParams{Text: locale.T(ctx, "board.home.step."+s.name+".what")}, Href: s.href}
		switch {
		case s.done:
			item.Status.Text = locale.T(ctx, "board.home.done")
		case s.again:
			item.Status.Tag = &nhsuk.TagParams{Text: locale.T(ctx, "board.impact.again"), Colour: "orange"}
		case s.open:
			item.Status.Tag = &nhsuk.TagParams{Text: locale.T(ctx, "board.home.open"), Colour: "blue"}
		default:
			item.Href, item.Status.Text = "", locale.T(ctx, "board.home.later")
		}
		t.Items = append(t.Items, item)
	}
	return t
}
