package diagnosticweb

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/round"
	"github.com/rowan-ohwb/rowan/internal/growth/document/documentview"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func (p *pages) rounds(c *web.Context) error {
	all, err := p.s.Rounds(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Render(roundsPage(c.Page("need.rounds.title", "/need"), roundTable(c.Ctx(), all, c.May(diagnostic.Lead)), len(all) > 0, c.May(diagnostic.Lead)))
}

func path(id uuid.UUID, rest string) string { return "/need/rounds/" + id.String() + rest }

func roundTable(ctx context.Context, all []diagnostic.Round, leads bool) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "need.rounds.all"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "need.rounds.name"), locale.T(ctx, "need.rounds.scope"), locale.T(ctx, "need.rounds.state"))}
	for _, r := range all {
		name := nhsuk.TableCell{Text: r.Name}
		switch {
		case r.Closed:
			name.Href = path(r.ID, "/results")
		case leads:
			name.Href = path(r.ID, "")
		}
		t.Rows = append(t.Rows, []nhsuk.TableCell{name, {Text: scope(ctx, r)}, {Text: state(ctx, r)}})
	}
	return t
}

func scope(ctx context.Context, r diagnostic.Round) string {
	text := locale.T(ctx, "need.round.scope."+r.Scope)
	if r.ScopeText != "" {
		text += ": " + r.ScopeText
	}
	return text
}

func state(ctx context.Context, r diagnostic.Round) string {
	if r.Closed {
		return locale.T(ctx, "need.rounds.closed", "date", locale.Date(r.ClosedAt))
	}
	return locale.T(ctx, "need.rounds.open", "date", locale.Date(r.OpenUntil))
}

func (p *pages) startGet(c *web.Context) error {
	v := url.Values{"scope": {"organisation"}, "setting": {"trust"}}
	for _, e := range p.s.Framework().Elements {
		v.Add("elements", e.Code)
		v.Set("target-"+e.Code, strconv.Itoa(p.s.Framework().Target))
	}
	form.SetDate(v, "until", c.Now.AddDate(0, 0, 28))
	return p.startPage(c, form.Of(v))
}

func (p *pages) startPage(c *web.Context, f form.Form) error {
	sets, err := p.s.Sets(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	options := []form.Option{{Value: "", Text: p.s.Starter().Name}}
	for _, s := range sets {
		options = append(options, form.Option{Value: s.ID.String(), Text: c.T("need.round.set.value", "name", s.Name, "n", s.Count)})
	}
	rounds, err := p.s.Rounds(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	page := startPage(c.FormPage("need.start.title", "/need/rounds", f), f, p.s.Framework(), options, scopes(c.Ctx(), rounds))
	if f.Bad() {
		return c.Invalid(page)
	}
	return c.Render(page)
}

// scopes are the sites and staff groups of earlier rounds: one that is chosen is spelled as it was, so that the new round is
// set beside the earlier one.
func scopes(ctx context.Context, rounds []diagnostic.Round) []form.Option {
	out := []form.Option{{Value: "", Text: locale.T(ctx, "need.round.same.none")}}
	for _, r := range rounds {
		x := form.Option{Value: r.Scope + ":" + r.ScopeText, Text: scope(ctx, r)}
		if r.ScopeText != "" && !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}

func (p *pages) startPost(c *web.Context) error {
	f := form.From(c.R)
	plan := diagnostic.Plan{Name: f.Get("name"), Scope: f.Get("scope"), ScopeText: f.Get("scope_text"), Setting: f.Get("setting"), Short: f.Get("short") == "yes",
		Elements: f.All("elements"), Targets: map[string]int{}, OpenUntil: f.Date("until")}
	if kind, text, ok := strings.Cut(f.Get("same"), ":"); ok {
		plan.Scope, plan.ScopeText = kind, text
	}
	for _, e := range p.s.Framework().Elements {
		plan.Targets[e.Code], _ = strconv.Atoi(f.Get("target-" + e.Code)) // what is no number is no target, and Check says so
	}
	if s := f.Get("set"); s != "" {
		id, err := uuid.Parse(s)
		if err != nil {
			return fault.Missing("question set")
		}
		plan.Set = id
	}
	if f.Bad() { // a date that is none
		for _, x := range p.s.Check(plan, c.Now) {
			if x.Name != "until" {
				f.Faults = append(f.Faults, x)
			}
		}
		return p.startPage(c, f)
	}
	id, faults, err := p.s.Start(c.Ctx(), c.Actor, c.Now, plan)
	if err != nil {
		return err
	}
	if f.Faults = faults; f.Bad() {
		return p.startPage(c, f)
	}
	c.Flash("need.start.done")
	return c.Redirect(path(id, ""))
}

// open loads a round that is still open; a closed one leads to its results.
func (p *pages) open(c *web.Context) (diagnostic.Progress, error) {
	id, err := c.ID("id")
	if err != nil {
		return diagnostic.Progress{}, err
	}
	r, err := p.s.Find(c.Ctx(), c.Actor, id)
	if err == nil && r.Closed && c.R.Method == "POST" {
		return r, fault.New(fault.Conflict, "need.round.closed")
	}
	return r, err
}

func (p *pages) round(c *web.Context) error {
	r, err := p.open(c)
	if err != nil {
		return err
	}
	if r.Closed {
		return c.Redirect(path(r.ID, "/results"))
	}
	params := c.Page("need.rounds.title", "/need/rounds")
	params.Title = r.Name
	return c.Render(roundPage(params, p.s.Framework(), r))
}

func turnout(ctx context.Context, r diagnostic.Progress) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "need.round.turnout"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "need.invite.perspective"), locale.T(ctx, "need.round.links"), locale.T(ctx, "need.round.submitted"))}
	for _, x := range r.Turnout {
		submitted := few(ctx, x.Submitted)
		if x.Submitted > 0 {
			submitted = locale.T(ctx, "need.round.about", "n", x.Submitted)
		}
		t.Rows = append(t.Rows, nhsuk.Cells(locale.T(ctx, "need.perspective."+string(x.Perspective)), few(ctx, x.Links), submitted))
	}
	return t
}

func few(ctx context.Context, n int) string {
	if n == diagnostic.TooFew {
		return locale.T(ctx, "need.round.few")
	}
	return locale.Number(n)
}

func (p *pages) inviteGet(c *web.Context) error {
	r, err := p.open(c)
	if err != nil {
		return err
	}
	return p.invitePage(c, r, form.Of(url.Values{"n": {"10"}}))
}

func (p *pages) invitePage(c *web.Context, r diagnostic.Progress, f form.Form) error {
	page := invitePage(c.FormPage("need.invite.title", path(r.ID, ""), f), f)
	if f.Bad() {
		return c.Invalid(page)
	}
	return c.Render(page)
}

// invitePost shows the links in its answer: they are shown once, so no page could show them after a redirect.
func (p *pages) invitePost(c *web.Context) error {
	r, err := p.open(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	n, _ := strconv.Atoi(f.Get("n")) // what is no number is none, and Invite says so
	tokens, faults, err := p.s.Invite(c.Ctx(), c.Actor, c.Now, r.ID, round.Perspective(f.Get("perspective")), n)
	if err != nil {
		return err
	}
	if f.Faults = faults; f.Bad() {
		return p.invitePage(c, r, f)
	}
	for i := range tokens {
		tokens[i] = p.base + "/need/answer/" + tokens[i]
	}
	return c.Render(linksPage(c.Page("need.links.title", path(r.ID, "")), r.Round, f.Get("perspective"), tokens))
}

// of gives the questions of the element in the path.
func (p *pages) of(c *web.Context, all []diagnostic.Question) ([]diagnostic.Question, error) {
	var out []diagnostic.Question
	for _, q := range all {
		if q.Element == c.R.PathValue("element") {
			out = append(out, q)
		}
	}
	if len(out) == 0 {
		return nil, fault.Missing("element")
	}
	return out, nil
}

// votes names the field of a count.
func votes(place int, p round.Perspective, score int) string {
	return "n-" + strconv.Itoa(place) + "-" + string(p) + "-" + strconv.Itoa(score)
}

var scores = []int{0, 1, 2, 3, 4, round.NotApplicable}

func (p *pages) workshopGet(c *web.Context) error {
	r, err := p.open(c)
	if err != nil {
		return err
	}
	list, err := p.of(c, r.Questions)
	if err != nil {
		return err
	}
	tallies, err := p.s.Tallies(c.Ctx(), c.Actor, r.ID)
	if err != nil {
		return err
	}
	v := url.Values{}
	for i, q := range list {
		for _, t := range tallies {
			if t.Code == q.Code {
				v.Set(votes(i, t.Perspective, t.Score), strconv.Itoa(t.N))
			}
		}
	}
	return p.workshopPage(c, r, list, form.Of(v))
}

func (p *pages) workshopPage(c *web.Context, r diagnostic.Progress, list []diagnostic.Question, f form.Form) error {
	params := c.FormPage("need.workshop.title", path(r.ID, ""), f)
	params.Wide = true
	page := workshopPage(params, p.s.Framework().Title(c.R.PathValue("element")), list, f)
	if f.Bad() {
		return c.Invalid(page)
	}
	return c.Render(page)
}

func (p *pages) workshopPost(c *web.Context) error {
	r, err := p.open(c)
	if err != nil {
		return err
	}
	list, err := p.of(c, r.Questions)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	var counted []round.Tally
	for i, q := range list {
		for _, perspective := range round.Perspectives {
			for _, score := range scores {
				n, _ := f.Int(votes(i, perspective, score), "need.workshop.n.wrong", 0, diagnostic.MostVotes)
				counted = append(counted, round.Tally{Perspective: perspective, Code: q.Code, Score: score, N: n})
			}
		}
	}
	if f.Bad() {
		return p.workshopPage(c, r, list, f)
	}
	return c.Done(p.s.Count(c.Ctx(), c.Actor, c.Now, r.ID, counted), "need.workshop.saved", path(r.ID, ""))
}

func (p *pages) evidenceGet(c *web.Context) error { return p.evidencePage(c, form.Form{}) }

func (p *pages) evidencePage(c *web.Context, f form.Form) error {
	r, err := p.open(c)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(r.Questions, func(q diagnostic.Question) bool { return q.Code == c.R.PathValue("code") })
	if i < 0 {
		return fault.Missing("question")
	}
	figures, err := p.s.Figures(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	options := []form.Option{{Value: "", Text: c.T("need.evidence.choose")}}
	for _, x := range figures {
		options = append(options, form.Option{Value: x.Ref.String(), Text: x.Title + ", " + x.PeriodText})
	}
	q := r.Questions[i]
	cited, err := p.s.Recheck(c.Ctx(), c.Actor, c.Now, r.Evidence[q.Code])
	if err != nil {
		return err
	}
	file, err := uuid.NewV7() // sent twice, the form keeps one file
	if err != nil {
		return err
	}
	page := evidencePage(c.FormPage("need.evidence.title", path(r.ID, ""), f), f, q, cited, options, r.Files[q.Code], path(r.ID, "/evidence/"+q.Code+"/file"), file.String())
	if f.Bad() {
		return c.Invalid(page)
	}
	return c.Render(page)
}

func (p *pages) evidencePost(c *web.Context) error {
	r, err := p.open(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	ref, ok := figure.ParseRef(f.Get("figure"))
	if !ok {
		f.Faults.Add("figure", "need.evidence.figure.empty")
		return p.evidencePage(c, f)
	}
	return c.Done(p.s.Attach(c.Ctx(), c.Actor, c.Now, r.ID, c.R.PathValue("code"), ref), "need.evidence.done", path(r.ID, ""))
}

// filePost keeps a file beside a question.
func (p *pages) filePost(c *web.Context) error {
	r, err := p.open(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := uuid.Parse(f.Get("id"))
	if err != nil {
		return fault.Missing("id")
	}
	u, err := documentview.Cleared(c, &f)
	if err != nil {
		return err
	}
	if u == nil && !f.Bad() {
		f.Faults.Add("file", "form.upload.empty")
	}
	if f.Bad() {
		return p.evidencePage(c, f)
	}
	return c.Done(p.s.AttachFile(c.Ctx(), c.Actor, c.Now, r.ID, c.R.PathValue("code"), id, *u), "need.evidence.done", path(r.ID, ""))
}

func (p *pages) closeGet(c *web.Context) error {
	r, err := p.open(c)
	if err != nil {
		return err
	}
	return c.Render(closePage(c.Page("need.close.title", path(r.ID, "")), r))
}

func (p *pages) closePost(c *web.Context) error {
	r, err := p.open(c)
	if err != nil {
		return err
	}
	return c.Done(p.s.Close(c.Ctx(), c.Actor, c.Now, r.ID), "need.close.done", path(r.ID, "/results"))
}
