package mentoringweb

import (
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/care/mentoring"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// The meetings of a mentorship, the day of the next, and the log that each keeps.

func meetingForm(c *web.Context, f form.Form, m mentoring.Mentorship) *ask.Page {
	return &ask.Page{Title: c.T("mentoring.meeting.add"), Lede: c.T("mentoring.meeting.lede", "name", m.Other()), Form: f, Button: "mentoring.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.Date(f, form.Field{Name: "on", Key: "mentoring.meeting.on"}), form.Text(f, form.Field{Name: "minutes", Key: "mentoring.meeting.minutes", Width: 3})}
	}}
}

func (p *pages) meeting(c *web.Context) error {
	m, err := going(c)
	if err != nil {
		return err
	}
	return meetingForm(c, form.Fresh(), m).Answer(c, m.Path())
}

func (p *pages) meetingPost(c *web.Context) error {
	m, err := going(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	in := mentoring.MeetingIn{On: f.Day("on"), Minutes: f.Whole("minutes")}
	if in.ID, err = f.Own(); err != nil {
		return err
	}
	a := meetingForm(c, f, m)
	if a.Found(mentoring.CheckMeeting(in, locale.Day(m.AnsweredAt), locale.Day(c.Now))) {
		return a.Answer(c, m.Path())
	}
	return c.Done(p.s.Met(c.Ctx(), c.Actor, c.Now, m, in), "mentoring.saved", m.Path())
}

func (p *pages) meetingRemove(c *web.Context) error {
	m, err := going(c)
	if err != nil {
		return err
	}
	id, err := c.ID("meeting")
	if err != nil {
		return err
	}
	return c.Done(p.s.NotMet(c.Ctx(), c.Actor, c.Now, m, id), "mentoring.removed", m.Path())
}

func nextForm(c *web.Context, f form.Form, m mentoring.Mentorship) *ask.Page {
	return &ask.Page{Title: c.T("mentoring.next.title"), Lede: c.T("mentoring.next.lede", "name", m.Other()), Form: f, Button: "mentoring.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.Date(f, form.Field{Name: "next", Key: "mentoring.next"})}
	}}
}

func (p *pages) next(c *web.Context) error {
	m, err := going(c)
	if err != nil {
		return err
	}
	f := form.Of(url.Values{})
	form.SetDay(f.Values, "next", m.Next)
	return nextForm(c, f, m).Answer(c, m.Path())
}

func (p *pages) nextPost(c *web.Context) error {
	m, err := going(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	on := f.Day("next")
	a := nextForm(c, f, m)
	if a.Found(mentoring.CheckNext(on, locale.Day(c.Now))) {
		return a.Answer(c, m.Path())
	}
	return c.Done(p.s.Plan(c.Ctx(), c.Actor, c.Now, m, on), "mentoring.saved", m.Path())
}

func entryForm(c *web.Context, f form.Form, m mentoring.Mentorship) *ask.Page {
	return &ask.Page{Title: c.T("mentoring.log.add"), Lede: c.T("mentoring.log.lede", "name", m.Other()), Form: f, Button: "mentoring.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.TextArea(f, form.Field{Name: "words", Key: "mentoring.log.words", Rows: 8, Max: mentoring.MaxText})}
	}}
}

func (p *pages) entry(c *web.Context) error {
	m, err := going(c)
	if err != nil {
		return err
	}
	return entryForm(c, form.Fresh(), m).Answer(c, m.Path())
}

func (p *pages) entryPost(c *web.Context) error {
	m, err := going(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	a := entryForm(c, f, m)
	if a.Found(mentoring.CheckEntry(f.Get("words"))) {
		return a.Answer(c, m.Path())
	}
	return c.Done(p.s.Write(c.Ctx(), c.Actor, c.Now, m, id, f.Get("words")), "mentoring.saved", m.Path())
}

func (p *pages) entryShow(c *web.Context) error {
	m := of(c)
	id, err := c.ID("entry")
	if err != nil {
		return err
	}
	show, said := form.From(c.R).Get("show") == "yes", "mentoring.log.hidden"
	if show {
		said = "mentoring.log.shown"
	}
	return c.Done(p.s.Show(c.Ctx(), c.Actor, c.Now, m, id, show), said, m.Path())
}

// own finds the entry of the reader's own that a page is about.
func (p *pages) own(c *web.Context) (m mentoring.Mentorship, e mentoring.Entry, err error) {
	m = of(c)
	id, err := c.ID("entry")
	if err != nil {
		return m, e, err
	}
	b, err := p.s.Open(c.Ctx(), c.Actor, c.Now, m)
	if err != nil {
		return m, e, err
	}
	i := slices.IndexFunc(b.Log, func(e mentoring.Entry) bool { return e.ID == id && e.Mine })
	if i < 0 {
		return m, e, fault.Missing("entry")
	}
	return m, b.Log[i], nil
}

func (p *pages) entryRemove(c *web.Context) error {
	m, e, err := p.own(c)
	if err != nil {
		return err
	}
	page := &ask.Page{Title: c.T("mentoring.log.remove", "when", locale.DateTime(e.At)), Lede: c.T("mentoring.log.remove.what"), Form: form.Of(url.Values{}), Button: "mentoring.remove"}
	return page.Answer(c, m.Path())
}

func (p *pages) entryRemovePost(c *web.Context) error {
	m, e, err := p.own(c)
	if err != nil {
		return err
	}
	return c.Done(p.s.Forget(c.Ctx(), c.Actor, c.Now, m, e.ID), "mentoring.removed", m.Path())
}
