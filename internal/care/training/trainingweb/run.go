package trainingweb

import (
	"context"
	"net/url"
	"strconv"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/care/training"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

type boardView struct {
	training.Board
	More bool // courses of the pack that are not on
}

// open are the courses that are run.
func (v boardView) open() (out []training.Course) {
	for _, x := range v.Courses {
		if x.Open() {
			out = append(out, x)
		}
	}
	return out
}

func (p *pages) board(c *web.Context) error {
	b, err := p.s.Board(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(boardPage(c.Page("training.title", ""), boardView{b, len(p.left(b)) > 0}))
}

// left lists the courses of the pack that are not on.
func (p *pages) left(b training.Board) (out []string) {
	for _, k := range p.s.Pack().Courses {
		if !b.On[k.Code] {
			out = append(out, k.Code)
		}
	}
	return out
}

func (p *pages) addForm(c *web.Context, f form.Form) (*ask.Page, error) {
	b, err := p.s.Board(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return nil, err
	}
	var options []form.Option
	for _, code := range p.left(b) {
		options = append(options, form.Option{Value: code, Key: "training.course." + code, HintKey: "training.course." + code + ".about"})
	}
	return &ask.Page{Title: c.T("training.add"), Form: f, Button: "training.add.save", Links: []ask.Link{{Path: "/training/own", Text: c.T("training.own")}}, Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.Radios(f, form.Field{Name: "code", Key: "training.code", Options: options})}
	}}, nil
}

func (p *pages) add(c *web.Context) error {
	a, err := p.addForm(c, form.Fresh())
	if err != nil {
		return err
	}
	return a.Answer(c, board)
}

func (p *pages) addPost(c *web.Context) error {
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	code := f.Get("code")
	var found fault.Fields
	if _, known := p.s.Pack().Kind(code); !known {
		found.Add("code", "training.code.empty")
	}
	a, err := p.addForm(c, f)
	if err != nil {
		return err
	}
	if a.Found(found) {
		return a.Answer(c, board)
	}
	return c.Done(p.s.SwitchOn(c.Ctx(), c.Actor, c.Now, id, code, c.T("training.course."+code), c.T("training.course."+code+".about")), "training.added", board)
}

func ownForm(c *web.Context, f form.Form) *ask.Page {
	return &ask.Page{Title: c.T("training.own"), Form: f, Button: "training.add.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Text(f, form.Field{Name: "title", Key: "training.course.title"}),
			form.TextArea(f, form.Field{Name: "about", Key: "training.about", Rows: 4, Max: training.MaxAbout}),
			form.Radios(f, form.Field{Name: "audience", Key: "training.audience", Options: form.Options("training.for", training.Audiences...)}),
			form.Text(f, form.Field{Name: "minutes", Key: "training.minutes", Width: 4}),
			form.Text(f, form.Field{Name: "renew", Key: "training.renew", Width: 3}),
		}
	}}
}

func (p *pages) own(c *web.Context) error { return ownForm(c, form.Fresh()).Answer(c, board) }

func (p *pages) ownPost(c *web.Context) error {
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	in := training.CourseIn{ID: id, Title: f.Get("title"), About: f.Get("about"), Audience: f.Get("audience"), Minutes: number(f, "minutes")}
	if f.Get("renew") != "" {
		if in.Renew = number(f, "renew"); in.Renew == 0 {
			in.Renew = -1 // 0 is said by leaving it empty
		}
	}
	a := ownForm(c, f)
	if a.Found(training.CheckCourse(in)) {
		return a.Answer(c, board)
	}
	return c.Done(p.s.Make(c.Ctx(), c.Actor, c.Now, in), "training.added", board)
}

// number reads a whole number; what is none is out of every range.
func number(f form.Form, name string) int {
	n, err := strconv.Atoi(f.Get(name))
	if err != nil {
		return -1
	}
	return n
}

func (p *pages) find(c *web.Context) (training.View, error) {
	id, err := c.ID("course")
	if err != nil {
		return training.View{}, err
	}
	return p.s.Course(c.Ctx(), c.Actor, c.Now, id)
}

func (p *pages) course(c *web.Context) error {
	v, err := p.find(c)
	if err != nil {
		return err
	}
	return c.Render(courseView(c.Page("training.page", board, "title", v.Title), v, p.s.Pack()))
}

func (p *pages) end(c *web.Context) error {
	v, err := p.find(c)
	if err != nil {
		return err
	}
	return (&ask.Page{Title: c.T("training.end.title", "title", v.Title), Lede: c.T("training.end.lede"), Form: form.Of(url.Values{}), Button: "training.end"}).Answer(c, coursePath(v.ID))
}

func (p *pages) endPost(c *web.Context) error {
	v, err := p.find(c)
	if err != nil {
		return err
	}
	return c.Done(p.s.End(c.Ctx(), c.Actor, c.Now, v.ID), "training.ended", board)
}

func openForm(c *web.Context, f form.Form, v training.View) *ask.Page {
	return &ask.Page{Title: c.T("training.open.title", "title", v.Title), Lede: c.T("training.open.lede"), Form: f, Button: "training.open.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Date(f, form.Field{Name: "on", Key: "training.on"}),
			form.Text(f, form.Field{Name: "at", Key: "training.at", Width: 5}),
			form.Radios(f, form.Field{Name: "online", Key: "training.online", Options: form.Options("training.online", "no", "yes")}),
			form.Text(f, form.Field{Name: "place", Key: "training.place"}),
			form.Text(f, form.Field{Name: "places", Key: "training.places", Width: 3}),
			form.Text(f, form.Field{Name: "trainer", Key: "training.trainer"}),
		}
	}}
}

func (p *pages) open(c *web.Context) error {
	v, err := p.find(c)
	if err != nil {
		return err
	}
	return openForm(c, form.Fresh(), v).Answer(c, coursePath(v.ID))
}

func (p *pages) openPost(c *web.Context) error {
	v, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	in := training.SessionIn{ID: id, On: f.Day("on"), At: f.Get("at"), Online: f.Get("online"), Place: f.Get("place"), Places: number(f, "places"), Trainer: f.Get("trainer")}
	a := openForm(c, f, v)
	if a.Found(training.CheckSession(in, c.Now)) {
		return a.Answer(c, coursePath(v.ID))
	}
	return c.Done(p.s.Open(c.Ctx(), c.Actor, c.Now, v.ID, in), "training.opened", coursePath(v.ID))
}

func (p *pages) register(c *web.Context) (training.Register, error) {
	of, err := c.ID("course")
	if err != nil {
		return training.Register{}, err
	}
	id, err := c.ID("id")
	if err != nil {
		return training.Register{}, err
	}
	r, err := p.s.Register(c.Ctx(), c.Actor, id)
	if err == nil && r.Course != of {
		err = fault.Missing("session")
	}
	return r, err
}

type sessionView struct {
	training.Register
	Coming, Markable bool
}

func (p *pages) session(c *web.Context) error {
	r, err := p.register(c)
	if err != nil {
		return err
	}
	return c.Render(sessionPage(c.Page("training.session.title", coursePath(r.Course), "title", r.Title, "when", when(r.Session)), sessionView{r, r.Coming(c.Now), p.s.Pack().Markable(r.Session, c.Now)}))
}

func (p *pages) cancel(c *web.Context) error {
	r, err := p.register(c)
	if err != nil {
		return err
	}
	return (&ask.Page{Title: c.T("training.cancel.title", "when", when(r.Session)), Lede: c.T("training.cancel.lede", "n", len(r.Places)), Form: form.Of(url.Values{}), Button: "training.cancel"}).Answer(c, sessionPath(r.Session))
}

func (p *pages) cancelPost(c *web.Context) error {
	r, err := p.register(c)
	if err != nil {
		return err
	}
	return c.Done(p.s.Cancel(c.Ctx(), c.Actor, c.Now, r.ID), "training.cancelled", sessionPath(r.Session))
}

// attendanceForm asks who came, and that nobody is forgotten: once it is saved, certificates are out.
func attendanceForm(c *web.Context, f form.Form, r training.Register) *ask.Page {
	var options []form.Option
	for _, x := range r.Places {
		if x.State == training.Booked {
			options = append(options, form.Option{Value: x.ID.String(), Text: x.Name})
		}
	}
	return &ask.Page{Title: c.T("training.attendance.title", "when", when(r.Session)), Lede: c.T("training.attendance.lede"), Form: f, Button: "training.attendance.save", Questions: func(f form.Form) (out []templ.Component) {
		if len(options) > 0 {
			out = append(out, form.Checkboxes(f, form.Field{Name: "came", Key: "training.came", Options: options}))
		}
		return append(out, form.Checkboxes(f, form.Field{Name: "all", Key: "training.all", Options: form.Options("training.all", "yes")}))
	}}
}

func (p *pages) attendance(c *web.Context) error {
	r, err := p.register(c)
	if err != nil {
		return err
	}
	return attendanceForm(c, form.Of(url.Values{}), r).Answer(c, sessionPath(r.Session))
}

func (p *pages) attendancePost(c *web.Context) error {
	r, err := p.register(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	var found fault.Fields
	if f.Get("all") != "yes" {
		found.Add("all", "training.all.empty")
	}
	a := attendanceForm(c, f, r)
	if a.Found(found) {
		return a.Answer(c, sessionPath(r.Session))
	}
	var came []uuid.UUID
	for _, x := range r.Places {
		for _, v := range f.All("came") {
			if v == x.ID.String() {
				came = append(came, x.ID)
			}
		}
	}
	return c.Done(p.s.Mark(c.Ctx(), c.Actor, c.Now, r.ID, came), "training.marked", sessionPath(r.Session))
}

func courseTable(ctx context.Context, all []training.Course) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "training.courses"), Size: "m"}, Head: nhsuk.Heads(locale.T(ctx, "training.course"), locale.T(ctx, "training.audience"), locale.T(ctx, "training.length"))}
	for _, x := range all {
		row := nhsuk.Cells(x.Title, whom(ctx, x), length(ctx, x.Minutes))
		row[0].Href = coursePath(x.ID)
		t.Rows = append(t.Rows, row)
	}
	return t
}

// whom says for whom a course is, to the role.
func whom(ctx context.Context, x training.Course) string {
	if x.Role != "" {
		return locale.T(ctx, "training.for.role", "role", locale.T(ctx, "role."+x.Role))
	}
	return locale.T(ctx, "training.for."+x.Audience)
}

// heldTable lists sessions with their course, for the board, or their state, for a course.
func heldTable(ctx context.Context, caption string, all []training.Session, named bool) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: caption, Size: "m"}, Head: nhsuk.Heads(locale.T(ctx, "training.when"), locale.T(ctx, "training.course"), locale.T(ctx, "training.places.short"))}
	if !named {
		t.Head[1].Text = locale.T(ctx, "training.state")
	}
	for _, s := range all {
		row := nhsuk.Cells(when(s), s.Title, locale.T(ctx, "training.taken", "n", s.Taken, "of", s.Places, "waiting", s.Waiting))
		if !named {
			row[1].Text = standing(ctx, s)
		}
		row[0].Href = sessionPath(s)
		t.Rows = append(t.Rows, row)
	}
	return t
}

func standing(ctx context.Context, s training.Session) string {
	switch {
	case s.Cancelled:
		return locale.T(ctx, "training.standing.off")
	case s.Marked:
		return locale.T(ctx, "training.standing.marked")
	}
	return locale.T(ctx, "training.standing.open")
}

func registerTable(ctx context.Context, r training.Register) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "training.register"), Size: "m"}, Head: nhsuk.Heads(locale.T(ctx, "training.certificate.name"), locale.T(ctx, "training.state"))}
	for _, x := range r.Places {
		t.Rows = append(t.Rows, nhsuk.Cells(x.Name, locale.T(ctx, "training.state."+x.State)))
	}
	return t
}

func resultTable(ctx context.Context, asked []string, all []training.Result) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "training.results"), Size: "m"}, Head: nhsuk.Heads(locale.T(ctx, "training.results.to"), locale.T(ctx, "training.results.n"))}
	for _, q := range asked {
		t.Head = append(t.Head, nhsuk.TableHead{Text: locale.T(ctx, "training.ask."+q+".short"), Format: "numeric"})
	}
	for _, r := range all {
		row := nhsuk.Cells(locale.Date(r.At), locale.T(ctx, "training.results.about", "n", r.Answers))
		for _, m := range r.Means {
			row = append(row, nhsuk.TableCell{Text: strconv.FormatFloat(m, 'f', 1, 64), Format: "numeric"})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func sessionRows(ctx context.Context, r training.Register) nhsuk.SummaryListParams {
	return nhsuk.SummaryListParams{Rows: []nhsuk.SummaryRow{nhsuk.Row(locale.T(ctx, "training.where"), where(ctx, r.Session, true)), nhsuk.Row(locale.T(ctx, "training.trainer"), r.Trainer), nhsuk.Row(locale.T(ctx, "training.length"), length(ctx, r.Minutes)),
		nhsuk.Row(locale.T(ctx, "training.places.short"), locale.T(ctx, "training.taken", "n", r.Taken, "of", r.Session.Places, "waiting", r.Waiting))}}
}
