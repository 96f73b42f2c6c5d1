package indicatorweb

import (
	"net/url"
	"slices"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// markMonths is how far back a mark may begin: as far as the charts go, and the month that runs.
const markMonths = 36

// markView is the form.
type markView struct {
	Form   form.Form
	Name   string // of the measure
	Kinds  []string
	Asks   bool // which way an initiative should go
	Months []form.Option
}

func (p *pages) markView(c *web.Context, f form.Form) (markView, error) {
	v := markView{Form: f, Name: c.T("indicator.mark.all"), Kinds: []string{string(indicator.Initiative)}}
	if id := c.R.PathValue("indicator"); id != indicator.Every {
		i := slices.IndexFunc(p.s.Definitions(), func(d indicator.Definition) bool { return d.ID == id && d.Charted() })
		if i < 0 {
			return v, fault.Missing("indicator")
		}
		v.Name, v.Asks = c.T("indicator."+id+".title"), p.s.Definitions()[i].Direction == spc.Neutral
		v.Kinds = []string{string(indicator.Annotation), string(indicator.Initiative), string(indicator.Recalculate)}
	}
	v.Months = []form.Option{{Value: "", Key: "indicator.mark.month.choose"}}
	months := indicator.Months(c.Now, markMonths)
	for _, m := range slices.Backward(append(months, months[len(months)-1].AddMonths(1))) {
		v.Months = append(v.Months, form.Option{Value: m.String(), Text: m.MonthYear()})
	}
	return v, nil
}

func (p *pages) markGet(c *web.Context) error {
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	// A chart that suggests a recalculation leads here with its month chosen; the reason is still to be written.
	asked := c.R.URL.Query()
	v, err := p.markView(c, form.Of(url.Values{"id": {id.String()}, "kind": asked["kind"], "month": asked["month"]}))
	if err != nil {
		return err
	}
	if len(v.Kinds) == 1 {
		v.Form.Values.Set("kind", v.Kinds[0])
	}
	return c.Render(markPage(c.Page("indicator.mark.title", p.back(c), "name", v.Name), v))
}

func (p *pages) markPost(c *web.Context) error {
	v, err := p.markView(c, form.From(c.R))
	if err != nil {
		return err
	}
	f := v.Form
	m := indicator.Mark{Indicator: c.R.PathValue("indicator"), Kind: indicator.MarkKind(f.Get("kind")), Text: f.Get("text"), Direction: spc.Direction(f.Get("direction"))}
	if m.ID, err = uuid.Parse(f.Get("id")); err != nil {
		return fault.Missing("mark")
	}
	if month := f.Get("month"); month != "" {
		if m.Month, err = civil.Parse(month); err != nil {
			return fault.Missing("month")
		}
	}
	if v.Form.Faults = p.s.Check(m, c.Now); v.Form.Bad() {
		return c.Invalid(markPage(c.FormPage("indicator.mark.title", p.back(c), v.Form, "name", v.Name), v))
	}
	return c.Done(p.s.AddMark(c.Ctx(), c.Actor, c.Now, m), "indicator.mark.saved", p.back(c))
}

// back leads to the chart, or to the board for a mark on all of them.
func (p *pages) back(c *web.Context) string {
	if id := c.R.PathValue("indicator"); id != indicator.Every {
		return "/performance/" + id
	}
	return "/performance"
}
