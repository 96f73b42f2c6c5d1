package assuranceweb

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/assurance"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/figure/figureview"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// begin makes an empty form with the id that what it makes will have: sent twice, it makes one.
func begin() (form.Form, error) {
	id, err := uuid.NewV7()
	return form.Of(url.Values{"id": {id.String()}}), err
}

// choices offers every figure there is.
func (p *pages) choices(c *web.Context) ([]form.Option, error) {
	all, err := p.s.Library().List(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return nil, err
	}
	out := []form.Option{{Value: "", Key: "assurance.figure.choose"}}
	for _, f := range all {
		out = append(out, form.Option{Value: f.Ref.String(), Text: f.Title + ": " + figureview.Value(c.Ctx(), f) + " (" + f.PeriodText + ")"})
	}
	return out, nil
}

// figureFields are the names of the boxes in which figures are chosen.
func figureFields() (names []string) {
	for i := range assurance.MostFigures {
		names = append(names, "figure"+strconv.Itoa(i+1))
	}
	return names
}

// asCited begins the choice of a figure as it was cited before.
const asCited = "cited:"

// chosen reads the figures of a form: as they were cited, and of today. One that is not offered is a forged form.
func chosen(f form.Form, names ...string) (cited []uuid.UUID, refs []figure.Ref, err error) {
	for _, n := range names {
		if f.Get(n) == "" {
			continue
		}
		if text, ok := strings.CutPrefix(f.Get(n), asCited); ok {
			id, err := uuid.Parse(text)
			if err != nil {
				return nil, nil, fault.Missing("citation")
			}
			cited = append(cited, id)
			continue
		}
		ref, ok := figure.ParseRef(f.Get(n))
		if !ok {
			return nil, nil, fault.Missing("figure")
		}
		refs = append(refs, ref)
	}
	return cited, refs, nil
}

// on says a day in words.
func on(t time.Time) string { return locale.Date(t) }
