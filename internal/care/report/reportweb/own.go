package reportweb

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/care/report"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

type ownView struct {
	report.File
	Form     form.Form
	Latest   report.Version
	Text     report.Text
	SentAt   time.Time // zero when the latest version has not gone
	Due      time.Time // when the manager is told that there is no report
	Open     bool      // the person has not said anything of the latest version
	Redoing  bool      // the clinician is at work on a correction
	Current  string    // words of the choice that holds
	Options  []form.Option
	To       []form.Option // whom the person may agree to, one by one; none when agreeing is not offered
	CanSay   bool
	Question string // key of the radios
	Send     string // key of the button
}

func (p *pages) ownList(c *web.Context) error {
	reports, told, err := p.s.ListOwn(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Render(ownListPage(c.Page("report.own.title", "/my"), reports, told))
}

func (p *pages) ownGet(c *web.Context) error {
	f := c.Object.Value.(report.File)
	if err := p.s.NoteOwnReading(c.Ctx(), c.Actor, c.Now, f); err != nil {
		return err
	}
	everybody := url.Values{} // ticked until the person says otherwise
	for _, id := range f.Standing.Recipients {
		everybody.Add("to", id.String())
	}
	v := own(c.Ctx(), f, form.Of(everybody))
	return c.Render(ownPage(c.Page(v.title(), "/my/reports"), v))
}

// own works out what the person can do with their report now.
func own(ctx context.Context, f report.File, answers form.Form) ownView {
	v := ownView{File: f, Form: answers, Latest: f.Standing.LatestSigned()}
	v.Text = f.Texts[v.Latest.N]
	v.SentAt, _ = f.ReleasedAt(v.Latest.N)
	last, spoke := f.Standing.Last()
	if spoke {
		v.Current = f.Said[len(f.Said)-1].Words
	} else {
		v.Current = report.Words(ctx, report.Say{Kind: report.Choice, Way: report.AfterRead}, f.RecipientNames)
	}
	if v.Latest.N == 0 {
		v.CanSay, v.Question, v.Send, v.Options = true, "report.own.choose", "report.own.choose.send", options(ctx, f, choices())
		return v
	}
	v.Due = report.Deadline(v.Latest.SignedAt, f.ReviewDays)
	v.Open = f.Waits()
	v.Redoing = spoke && last.Kind == report.CorrectionAsked && last.Version == v.Latest.N
	if v.SentAt.IsZero() {
		list := answersTo(v)
		v.CanSay, v.Question, v.Send, v.Options = true, "report.own.decide", "report.own.decide.send", options(ctx, f, list)
		if list[0].say.Kind == report.Given {
			v.Options[0].Text = report.Words(ctx, list[0].say, []string{locale.T(ctx, "report.own.ticked")})
			for i, id := range f.Standing.Recipients {
				v.To = append(v.To, form.Option{Value: id.String(), Text: f.RecipientNames[i]})
			}
		}
	}
	return v
}

func (v ownView) title() string {
	switch {
	case v.Latest.N == 0:
		return "report.own.page.waiting"
	case v.CanSay:
		return "report.own.page.read"
	}
	return "report.own.page.released"
}

// offeredDays are the days to object that a page offers: each has its own exact words. A week is common, a
// fortnight suits a person on leave; the database allows any number to 30.
var offeredDays = []int{5, 7, 14}

// choices are what can be said before a report is signed, by the value of their radio button.
func choices() []choice {
	out := []choice{{"after_read", report.Say{Kind: report.Choice, Way: report.AfterRead}}, {"now", report.Say{Kind: report.Choice, Way: report.Now}}}
	for _, n := range offeredDays {
		out = append(out, choice{"after_days-" + strconv.Itoa(n), report.Say{Kind: report.Choice, Way: report.AfterDays, Days: n}})
	}
	return out
}

// answersTo are what can be said about the signed version.
func answersTo(v ownView) []choice {
	n := v.Latest.N
	refused := choice{"refused", report.Say{Kind: report.Refused, Version: n}}
	correction := choice{"correction", report.Say{Kind: report.CorrectionAsked, Version: n}}
	last, spoke := v.Standing.Last()
	if v.Redoing {
		return []choice{refused}
	}
	if spoke && last.Kind == report.Given && last.Version == n {
		return []choice{{"withdrawn", report.Say{Kind: report.Withdrawn}}, correction}
	}
	return []choice{{"given", report.Say{Kind: report.Given, Version: n}}, correction, refused}
}

type choice struct {
	value string
	say   report.Say
}

func options(ctx context.Context, f report.File, list []choice) []form.Option {
	out := make([]form.Option, len(list))
	for i, x := range list {
		out[i] = form.Option{Value: x.value, Text: report.Words(ctx, x.say, f.RecipientNames)}
	}
	return out
}

func pick(list []choice, value string) (report.Say, bool) {
	i := slices.IndexFunc(list, func(x choice) bool { return x.value == value })
	if i < 0 {
		return report.Say{}, false
	}
	return list[i].say, true
}

func (p *pages) ownPost(c *web.Context) error {
	f := c.Object.Value.(report.File)
	answers := form.From(c.R)
	v := own(c.Ctx(), f, answers)
	list, empty := answersTo(v), "report.own.decide.empty"
	if v.Latest.N == 0 {
		list, empty = choices(), "report.way.empty"
	}
	// The page named the version it showed: an answer to an older one is no answer to this one.
	if answers.Get("version") != strconv.Itoa(v.Latest.N) {
		return c.Redirect("/my/reports/" + f.ID.String())
	}
	in, ok := pick(list, answers.Get("say"))
	if last, spoke := f.Standing.Last(); !ok && spoke && string(last.Kind) == answers.Get("say") {
		return c.Redirect("/my/reports/" + f.ID.String()) // the same click twice
	}
	if !ok {
		v.Form.Faults.Add("say", empty)
		return c.Invalid(ownPage(c.FormPage(v.title(), "/my/reports", v.Form), v))
	}
	if in.Kind == report.CorrectionAsked {
		return c.Redirect("/my/reports/" + f.ID.String() + "/correction")
	}
	if in.Kind == report.Given {
		if in.Recipients = recipients(answers); len(in.Recipients) == 0 {
			v.Form.Faults.Add("to", "report.own.to.empty")
			return c.Invalid(ownPage(c.FormPage(v.title(), "/my/reports", v.Form), v))
		}
	}
	in.Report = f.ID
	if err := p.s.Say(c.Ctx(), c.Actor, c.Now, in); err != nil {
		return err
	}
	c.Flash(map[report.EventKind]string{report.Choice: "report.flash.chosen", report.Given: "report.flash.agreed", report.Refused: "report.flash.refused",
		report.Withdrawn: "report.flash.withdrawn"}[in.Kind])
	return c.Redirect("/my/reports/" + f.ID.String())
}

// recipients are those whom the person left ticked.
func recipients(f form.Form) (out []uuid.UUID) {
	for _, value := range f.All("to") {
		if id, err := uuid.Parse(value); err == nil {
			out = append(out, id)
		}
	}
	return out
}

func (p *pages) askGet(c *web.Context) error {
	f := c.Object.Value.(report.File)
	v := own(c.Ctx(), f, form.Of(map[string][]string{"correction": {uuid.NewString()}}))
	if v.Latest.N == 0 || !v.CanSay || v.Redoing {
		return c.Redirect("/my/reports/" + f.ID.String())
	}
	return c.Render(askPage(c.Page("report.own.correction.title", "/my/reports/"+f.ID.String()), v))
}

func (p *pages) askPost(c *web.Context) error {
	f := c.Object.Value.(report.File)
	answers := form.From(c.R)
	text := answers.Required("text", "report.own.correction.text.empty")
	answers.Limit("text", 4000)
	v := own(c.Ctx(), f, answers)
	back := "/my/reports/" + f.ID.String()
	id, err := uuid.Parse(answers.Get("correction"))
	if err != nil || slices.ContainsFunc(f.Corrections, func(x report.Correction) bool { return x.ID == id }) {
		return c.Redirect(back) // the same click twice
	}
	if answers.Bad() {
		return c.Invalid(askPage(c.FormPage("report.own.correction.title", back, answers), v))
	}
	err = p.s.Say(c.Ctx(), c.Actor, c.Now, report.Say{Report: f.ID, Kind: report.CorrectionAsked, Version: v.Latest.N, Correction: id, Text: text})
	if err != nil {
		return err
	}
	c.Flash("report.flash.correction")
	return c.Redirect(back)
}

// names joins the recipients for a sentence.
func names(list []string) string { return strings.Join(list, "; ") }
