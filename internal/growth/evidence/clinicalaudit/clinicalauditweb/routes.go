// Package clinicalauditweb is the list of clinical audits, one line of audits with its re-audits compared, and the form
// that records one.
package clinicalauditweb

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/document/redaction"
	"github.com/rowan-ohwb/rowan/internal/growth/evidence/clinicalaudit"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

type pages struct{ s *clinicalaudit.Service }

// Routes of the slice.
func Routes(s *clinicalaudit.Service) []web.Route {
	p := &pages{s}
	route := web.Behind(access.Growth)
	return []web.Route{
		route(http.MethodGet, "/evidence/audits", clinicalaudit.Read, p.list),
		route(http.MethodGet, "/evidence/audits/record", clinicalaudit.Record, p.recordGet),
		route(http.MethodPost, "/evidence/audits/record", clinicalaudit.Record, p.recordPost),
		route(http.MethodGet, "/evidence/audits/{id}", clinicalaudit.Read, p.one),
		route(http.MethodPost, "/evidence/audits/{id}/withdraw", clinicalaudit.Record, p.withdraw),
	}
}

type listView struct {
	Lines     []clinicalaudit.Line
	Withdrawn []clinicalaudit.Audit
	Today     civil.Date
	Exact     bool // the reader may see exact counts
}

func (p *pages) list(c *web.Context) error {
	all, err := p.s.List(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	v := listView{Today: locale.Day(c.Now), Exact: c.May(clinicalaudit.Record)}
	v.Lines = clinicalaudit.Lines(all, v.Today)
	for _, a := range all {
		if a.Withdrawn() {
			v.Withdrawn = append(v.Withdrawn, a)
		}
	}
	return c.Render(listPage(c.Page("evidence.audits.title", "/evidence"), v))
}

type oneView struct {
	Audit clinicalaudit.Audit
	Line  clinicalaudit.Line // that the audit is in; empty if it was withdrawn
	Today civil.Date
	Exact bool
}

func (p *pages) one(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	all, err := p.s.List(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	v := oneView{Today: locale.Day(c.Now), Exact: c.May(clinicalaudit.Record)}
	same := func(a clinicalaudit.Audit) bool { return a.ID == id }
	i := slices.IndexFunc(all, same)
	if i < 0 {
		return fault.Missing("audit")
	}
	v.Audit = all[i]
	for _, l := range clinicalaudit.Lines(all, v.Today) {
		if slices.ContainsFunc(l.Audits, same) {
			v.Line = l
		}
	}
	params := c.Page("evidence.audits.title", "/evidence/audits")
	params.Title = v.Audit.Topic
	return c.Render(onePage(params, v))
}

type recordView struct {
	Form     form.Form
	First    string // the topic of the audit that this one repeats
	Suspects []redaction.Finding
}

func (p *pages) recordView(c *web.Context, f form.Form) (recordView, clinicalaudit.Audit, error) {
	v := recordView{Form: f}
	if f.Get("first") == "" {
		return v, clinicalaudit.Audit{}, nil
	}
	id, err := uuid.Parse(f.Get("first"))
	if err != nil {
		return v, clinicalaudit.Audit{}, fault.Missing("audit")
	}
	all, err := p.s.List(c.Ctx(), c.Actor)
	if err != nil {
		return v, clinicalaudit.Audit{}, err
	}
	i := slices.IndexFunc(all, func(a clinicalaudit.Audit) bool { return a.ID == id })
	if i < 0 {
		return v, clinicalaudit.Audit{}, fault.Missing("audit")
	}
	v.First = all[i].Topic
	return v, all[i], nil
}

func back(f form.Form) string {
	if f.Get("first") != "" {
		return "/evidence/audits/" + f.Get("first")
	}
	return "/evidence/audits"
}

func (p *pages) recordGet(c *web.Context) error {
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	f := form.Of(url.Values{"id": {id.String()}, "first": {c.R.URL.Query().Get("first")}})
	v, first, err := p.recordView(c, f)
	if err != nil {
		return err
	}
	if v.First != "" { // the same question again: topic, standard, target and owner are those of the first
		f.Values.Set("topic", first.Topic)
		f.Values.Set("standard", first.Standard)
		f.Values.Set("target", strconv.Itoa(first.Target))
		f.Values.Set("owner", first.Owner)
	}
	return c.Render(recordPage(c.Page("evidence.audit.record", back(f)), v))
}

func (p *pages) recordPost(c *web.Context) error {
	v, _, err := p.recordView(c, form.From(c.R))
	if err != nil {
		return err
	}
	f := &v.Form
	n := clinicalaudit.New{Topic: f.Get("topic"), Standard: f.Get("standard"), Found: f.Get("findings"), Actions: f.Get("actions"), Owner: f.Get("owner"), Cleared: f.Get("cleared"),
		Target: number(*f, "target"), Sample: number(*f, "sample"), Denominator: number(*f, "denominator"), Numerator: number(*f, "numerator"), On: f.Day("on", "evidence.audit.on"), Again: f.Day("again", "evidence.audit.again")}
	if n.ID, err = uuid.Parse(f.Get("id")); err != nil {
		return fault.Missing("id")
	}
	if v.First != "" {
		if n.First, err = uuid.Parse(f.Get("first")); err != nil {
			return fault.Missing("audit")
		}
	}
	v.Suspects = n.Suspects(locale.Day(c.Now))
	f.Faults.Merge(n.Check(locale.Day(c.Now)))
	f.Faults.Order(asked)
	if f.Bad() {
		return c.Invalid(recordPage(c.FormPage("evidence.audit.record", back(*f), v.Form), v))
	}
	return c.Done(p.s.Record(c.Ctx(), c.Actor, c.Now, n), "evidence.audit.saved", "/evidence/audits/"+n.ID.String())
}

// number reads a whole number; what is none is -1, which the check refuses.
func number(f form.Form, name string) int {
	n, err := strconv.Atoi(f.Get(name))
	if err != nil {
		return -1
	}
	return n
}

// asked are the questions in the order of the page.
var asked = []string{"topic", "standard", "target", "on", "sample", "denominator", "numerator", "findings", "actions", "owner", "again", "cleared"}

func (p *pages) withdraw(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	return c.Done(p.s.Withdraw(c.Ctx(), c.Actor, c.Now, id), "evidence.audit.withdrawn", "/evidence/audits/"+id.String())
}
