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

// stage is where a report stands for the person it is about. The page's heading, what stands on top of it and the choices
// below follow from it.
type stage string

const (
	waiting   stage = "waiting"   // nothing is signed: they choose how it may go
	toRead    stage = "read"      // a signed version that they have said nothing of
	answered  stage = "answered"  // the same, after a correction that they asked for
	checking  stage = "checking"  // the clinician is at work on a correction
	agreed    stage = "agreed"    // and it has not gone yet
	refused   stage = "refused"   // they did not agree
	withdrawn stage = "withdrawn" // they took their agreement back
	released  stage = "released"
)

// open says whether the person has still to speak of the newest version.
func (s stage) open() bool { return s == toRead || s == answered }

type ownView struct {
	report.File
	Form     form.Form
	Stage    stage
	Latest   report.Version
	Text     report.Text
	Last     report.Event        // what they said last; zero when they said nothing
	SentAt   time.Time           // zero when the latest version has not gone
	Due      time.Time           // when the manager is told that there is no report
	Over     bool                // Due has come, and they were told
	Goes     time.Time           // when an early choice of theirs sends it; zero without one
	Before   int                 // the version that they read before the latest; 0 for none
	Asked    []report.Correction // which the latest version answers, or that wait for an answer
	Earlier  []report.Correction // all others
	Current  string              // words of the choice that holds
	Who      []string            // who gets it, would get it or got it
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
	v := own(c.Ctx(), f, form.Of(everybody)).at(c.Now)
	return c.Render(ownPage(c.Page(v.title(), "/my/reports"), v))
}

// own works out what the person can do with their report now.
func own(ctx context.Context, f report.File, answers form.Form) ownView {
	v := ownView{File: f, Form: answers, Latest: f.Standing.LatestSigned(), Who: f.RecipientNames, Earlier: f.Corrections}
	v.Text = f.Texts[v.Latest.N]
	v.SentAt, _ = f.ReleasedAt(v.Latest.N)
	var spoke bool
	if v.Last, spoke = f.Standing.Last(); spoke {
		v.Current = f.Said[len(f.Said)-1].Words
	} else {
		v.Current = report.Words(ctx, report.Say{Kind: report.Choice, Way: report.AfterRead}, f.RecipientNames)
	}
	if v.Latest.N == 0 {
		v.Stage, v.CanSay, v.Question, v.Send, v.Options = waiting, true, "report.own.choose", "report.own.choose.send", options(ctx, f, choices())
		return v
	}
	v.Due = report.Deadline(v.Latest.SignedAt, f.ReviewDays)
	if at, _, ok := f.Standing.Early(v.Latest.N); ok {
		v.Goes = at
	}
	v.stand()
	if v.SentAt.IsZero() {
		list := answersTo(v)
		v.CanSay, v.Question, v.Send, v.Options = true, "report.own.decide", "report.own.decide.send", options(ctx, f, list)
		if v.Question = "report.own.change"; v.Stage.open() {
			v.Question = "report.own.decide"
		} else if list[0].say.Kind == report.Given {
			v.Question = "report.own.agree_after_all"
		}
		if list[0].say.Kind == report.Given {
			v.Options[0].Text = report.Words(ctx, list[0].say, []string{locale.T(ctx, "report.own.ticked")})
			for i, id := range f.Standing.Recipients {
				v.To = append(v.To, form.Option{Value: id.String(), Text: f.RecipientNames[i]})
			}
		}
	}
	return v
}

// stand finds the stage of a report with a signed version, and what the page shows on top for it. A word counts for the
// latest version when it names it; one that names none when it was said after the signature.
func (v *ownView) stand() {
	v.Before = before(v.Standing)
	said := v.Last.Version == v.Latest.N || v.Last.Kind == report.Withdrawn && !v.Last.At.Before(v.Latest.SignedAt)
	switch {
	case !v.SentAt.IsZero():
		v.Stage, v.Who = released, v.names(v.sent().Recipients)
	case !said && slices.ContainsFunc(v.Corrections, v.answers):
		v.Stage = answered
		v.Asked, v.Earlier = split(v.Corrections, v.answers)
	case !said:
		v.Stage = toRead
	case v.Last.Kind == report.CorrectionAsked:
		v.Stage = checking
		v.Asked, v.Earlier = split(v.Corrections, func(x report.Correction) bool { return x.Version == v.Latest.N })
	case v.Last.Kind == report.Given:
		v.Stage, v.Who = agreed, v.names(v.Last.Recipients)
	case v.Last.Kind == report.Withdrawn:
		v.Stage = withdrawn
	default:
		v.Stage = refused
	}
}

// before is the version that the person read before the latest: the one they spoke of last, else the one before it.
func before(s report.Standing) (n int) {
	latest := s.LatestSigned().N
	for _, e := range slices.Backward(s.Events) {
		if e.Version > 0 && e.Version < latest {
			return e.Version
		}
	}
	for _, v := range s.Versions {
		if !v.SignedAt.IsZero() && v.N < latest {
			n = max(n, v.N)
		}
	}
	return n
}

// answers says whether the latest version is the answer to a correction.
func (v *ownView) answers(x report.Correction) bool {
	return x.Version >= v.Before && x.Version < v.Latest.N
}

func split(list []report.Correction, top func(report.Correction) bool) (yes, no []report.Correction) {
	for _, x := range list {
		if top(x) {
			yes = append(yes, x)
		} else {
			no = append(no, x)
		}
	}
	return yes, no
}

// sent is the release of the latest version.
func (v *ownView) sent() (r report.ReleasedVersion) {
	for _, x := range v.Released {
		if x.Version == v.Latest.N {
			r = x
		}
	}
	return r
}

// names are those of some recipients, in the order of the report.
func (v *ownView) names(people []uuid.UUID) (out []string) {
	for i, id := range v.Standing.Recipients {
		if slices.Contains(people, id) {
			out = append(out, v.RecipientNames[i])
		}
	}
	return out
}

// at says whether the person's time is over; what they see of it is all that changes with it.
func (v ownView) at(now time.Time) ownView {
	v.Over = !v.Due.IsZero() && !now.Before(v.NoticeAt(v.Latest.N))
	return v
}

// sentBefore is when the newest of the versions that went was sent; zero when none has.
func (v ownView) sentBefore() (at time.Time) {
	for _, x := range v.Released {
		if x.At.After(at) {
			at = x.At
		}
	}
	return at
}

// timeKey says what the end of the person's time does, or did. With an earlier version out, the manager keeps it and is
// told all the same that there is no report for now.
func (v ownView) timeKey() string {
	switch later := len(v.Released) > 0; {
	case v.Over && later:
		return "report.own.status.over.later"
	case v.Over:
		return "report.own.status.over"
	case later:
		return "report.own.deadline.later"
	}
	return "report.own.deadline"
}

func (v ownView) title() string { return "report.own.page." + string(v.Stage) }

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

// answersTo are what can be said about the signed version: nothing that was said of it already.
func answersTo(v ownView) []choice {
	n := v.Latest.N
	refuse := choice{"refused", report.Say{Kind: report.Refused, Version: n}}
	correct := choice{"correction", report.Say{Kind: report.CorrectionAsked, Version: n}}
	agree := choice{"given", report.Say{Kind: report.Given, Version: n}}
	if v.Stage == checking {
		return []choice{refuse}
	}
	if v.Last.Kind == report.Given && v.Last.Version == n {
		return []choice{{"withdrawn", report.Say{Kind: report.Withdrawn}}, correct}
	}
	if v.Stage == refused || v.Stage == withdrawn {
		return []choice{agree, correct}
	}
	return []choice{agree, correct, refuse}
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
	v := own(c.Ctx(), f, answers).at(c.Now)
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
	if v.Latest.N == 0 || !v.CanSay || v.Stage == checking {
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
