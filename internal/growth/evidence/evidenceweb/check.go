package evidenceweb

import (
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/document"
	"github.com/rowan-ohwb/rowan/internal/growth/document/redaction"
	"github.com/rowan-ohwb/rowan/internal/growth/evidence"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// checkView shows the words of an item or standard with what looks like a person in them.
type checkView struct {
	Form     form.Form
	Texts    []string
	Words    string              // of a file
	Findings []redaction.Finding // the first of them
	More     int                 // findings that are not shown
	Change   string              // where the words can be changed; "" for a standard
	File     *document.File      // and where another file can take its place
	Replace  string
	Today    civil.Date
}

// mostFindings is how many findings the page asks about. A file with more is a list of people: it is replaced.
const mostFindings = 20

// reason is the name of a finding's box. Twelve hexadecimal digits of its digest tell the findings of a page apart.
func reason(f redaction.Finding) string { return "reason-" + f.Digest()[:12] }

func (p *pages) checkView(c *web.Context, f form.Form) (v checkView, id uuid.UUID, back string, err error) {
	if id, err = c.ID("id"); err != nil {
		return v, id, "", err
	}
	r, err := p.s.Search(c.Ctx(), c.Actor, c.Now, id)
	if err != nil {
		return v, id, "", err
	}
	v = checkView{Form: f, Findings: r.Findings(id), Today: r.Today}
	if n := len(v.Findings); n > mostFindings {
		v.Findings, v.More = v.Findings[:mostFindings], n-mostFindings
	}
	if i, ok := r.Item(id); ok {
		back = "/evidence/items/" + id.String()
		v.Texts, v.Words, v.Change = i.Texts(), r.Words(i), back+"/change"
		if v.File = i.File; v.File != nil {
			v.Replace = "/evidence/add/file?replaces=" + id.String()
		}
		return v, id, back, nil
	}
	s, ok := r.Standard(id)
	if !ok {
		return v, id, "", fault.Missing("evidence")
	}
	v.Texts = s.Texts()
	return v, id, "/evidence/standards/" + id.String(), nil
}

func (p *pages) checkGet(c *web.Context) error {
	v, _, back, err := p.checkView(c, form.Form{})
	if err != nil {
		return err
	}
	return c.Render(checkPage(c.Page("evidence.check.title", back), v))
}

func (p *pages) checkPost(c *web.Context) error {
	v, id, back, err := p.checkView(c, form.From(c.R))
	if err != nil {
		return err
	}
	reasons := map[string]string{}
	for _, x := range v.Findings {
		if given := v.Form.Get(reason(x)); given != "" {
			v.Form.Limit(reason(x), evidence.LongestReason)
			reasons[x.Digest()] = given
		}
	}
	if len(reasons) == 0 && len(v.Findings) > 0 {
		v.Form.Faults.Add(reason(v.Findings[0]), "evidence.check.empty")
	}
	if v.Form.Bad() {
		return c.Invalid(checkPage(c.FormPage("evidence.check.title", back, v.Form), v))
	}
	return c.Done(p.s.Clear(c.Ctx(), c.Actor, c.Now, id, reasons), "evidence.check.saved", back)
}
