package referweb

import (
	"net/url"

	"github.com/rowan-ohwb/rowan/internal/care/referral/sheet"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

var workStep = step{
	part: sheet.Work, page: workPage,
	fill: func(t sheet.Text) url.Values { return url.Values{"demand": t.Demands, "hazard": t.Hazards} },
	take: func(f form.Form) func(*sheet.Text) {
		demands, hazards := known(sheet.Lists().Demands, f.All("demand")), known(sheet.Lists().Hazards, f.All("hazard"))
		return func(t *sheet.Text) { t.Demands, t.Hazards = demands, hazards }
	},
}

var triedStep = step{
	part: sheet.Tried, page: triedPage,
	fill: func(t sheet.Text) url.Values { return url.Values{"tried": {t.Tried}} },
	read: func(_ *pages, _ *web.Context, v *stepView) (func(*sheet.Text), error) {
		v.Form.Limit("tried", sheet.MaxTried)
		tried := v.Form.Get("tried")
		return func(t *sheet.Text) { t.Tried = tried }, nil
	},
}
