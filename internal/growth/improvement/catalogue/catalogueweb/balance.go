package catalogueweb

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/catalogue"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/chart"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func (p *pages) balance(c *web.Context) error {
	year, _ := strconv.Atoi(c.R.URL.Query().Get("year")) // what is no year is the newest
	b, err := p.s.Balance(c.Ctx(), c.Actor, c.Now, year)
	if err != nil {
		return err
	}
	return c.Render(balancePage(c.Page("improvement.balance.title", "/plan"), b, c.May(improvement.Write)))
}

func balanceTable(ctx context.Context, b catalogue.Balance) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "improvement.balance.caption", "year", catalogue.YearText(b.Year)), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "improvement.class"), locale.T(ctx, "improvement.balance.spend"), locale.T(ctx, "improvement.balance.hours"), locale.T(ctx, "improvement.balance.contacts"),
			locale.T(ctx, "improvement.balance.open"), locale.T(ctx, "improvement.balance.needs"))}
	for _, r := range b.Rows {
		t.Rows = append(t.Rows, []nhsuk.TableCell{{Text: locale.T(ctx, "improvement.class."+r.Class)},
			{HTML: cited("spend."+r.Class, amount(ctx, "improvement.pounds", r.Spend, r.SpendShare), r.SpendShare != nil)},
			{HTML: cited("hours."+r.Class, amount(ctx, "improvement.hours", r.Hours, r.HoursShare), r.HoursShare != nil)},
			{HTML: cited("contacts."+r.Class, contacts(ctx, r), r.Contacts.Collected())},
			{Text: locale.Number(r.Open)}, {Text: locale.Number(r.Needs)}})
	}
	return t
}

// amount writes what was entered with its share, or that nobody knows.
func amount(ctx context.Context, key string, n *int64, share *int) string {
	if n == nil {
		return locale.T(ctx, "improvement.not_collected")
	}
	text := locale.T(ctx, key, "n", int(*n))
	if share != nil {
		text += " (" + locale.T(ctx, "improvement.percent", "n", *share) + ")"
	}
	return text
}

func contacts(ctx context.Context, r catalogue.Row) string {
	n, ok := r.Contacts.Value()
	switch {
	case !r.Contacts.Collected():
		return locale.T(ctx, "improvement.not_collected")
	case !ok:
		return locale.T(ctx, "improvement.too_few")
	}
	text := locale.Number(n)
	if share, ok := r.ContactShare.Value(); ok {
		text += " (" + locale.T(ctx, "improvement.percent", "n", share) + ")"
	}
	return text
}

func path(name string) string { return figure.Ref{Kind: catalogue.FigureKind, Name: name}.Path() }

// sentence says of contacts what the table says, largest share first; "" where no share may be shown.
func sentence(ctx context.Context, b catalogue.Balance) string {
	largest, most := "", -1
	for _, r := range b.Rows {
		if share, ok := r.ContactShare.Value(); ok && share > most {
			largest, most = r.Class, share
		}
	}
	if most < 0 {
		return ""
	}
	return locale.T(ctx, "improvement.balance.sentence", "class", strings.ToLower(locale.T(ctx, "improvement.class."+largest)), "share", most)
}

// drawn is the mix of what is known of every class: a part that is missing would make the others look larger.
func drawn(ctx context.Context, b catalogue.Balance) (out []chart.Stack) {
	count := chart.Stack{Mix: true, ID: "contacts", Title: locale.T(ctx, "improvement.balance.chart.contacts", "month", b.To.MonthYear()), Unit: locale.T(ctx, "improvement.balance.unit.contacts")}
	spend := chart.Stack{Mix: true, ID: "spend", Title: locale.T(ctx, "improvement.balance.chart.spend", "year", catalogue.YearText(b.Year)), Unit: locale.T(ctx, "improvement.balance.unit.spend")}
	hours := chart.Stack{Mix: true, ID: "hours", Title: locale.T(ctx, "improvement.balance.chart.hours", "year", catalogue.YearText(b.Year)), Unit: locale.T(ctx, "improvement.balance.unit.hours")}
	for _, r := range b.Rows {
		label := locale.T(ctx, "improvement.class."+r.Class)
		if share := r.ContactShare; shown(share) {
			n, _ := r.Contacts.Value()
			count.Parts = append(count.Parts, chart.Part{Label: label, Value: float64(n)})
		}
		if r.SpendShare != nil {
			spend.Parts = append(spend.Parts, chart.Part{Label: label, Value: float64(*r.Spend)})
		}
		if r.HoursShare != nil {
			hours.Parts = append(hours.Parts, chart.Part{Label: label, Value: float64(*r.Hours)})
		}
	}
	for _, p := range []chart.Stack{spend, hours, count} {
		if len(p.Parts) == len(b.Rows) {
			out = append(out, p)
		}
	}
	return out
}

func shown(p disclosure.Percentage) bool {
	_, ok := p.Value()
	return ok
}

func (p *pages) enter(c *web.Context) error {
	year, _ := strconv.Atoi(c.R.URL.Query().Get("year"))
	b, err := p.s.Balance(c.Ctx(), c.Actor, c.Now, year)
	if err != nil {
		return err
	}
	f := form.Of(url.Values{"year": {strconv.Itoa(b.Year)}})
	for _, r := range b.Rows {
		for name, n := range map[string]*int64{"spend_": r.Spend, "hours_": r.Hours} {
			if n != nil {
				f.Values.Set(name+r.Class, strconv.FormatInt(*n, 10))
			}
		}
	}
	return p.askEnter(c, f)
}

func (p *pages) askEnter(c *web.Context, f form.Form) error {
	var years []form.Option
	for _, y := range catalogue.Years(locale.Day(c.Now)) {
		years = append(years, form.Option{Value: strconv.Itoa(y), Text: catalogue.YearText(y)})
	}
	fields := []templ.Component{form.Select(f, form.Field{Name: "year", Key: "improvement.balance.year", Options: years})}
	for _, class := range improvement.Classes {
		fields = append(fields,
			form.Text(f, form.Field{Name: "spend_" + class, Key: "improvement.balance.enter.spend." + class, Width: 10}),
			form.Text(f, form.Field{Name: "hours_" + class, Key: "improvement.balance.enter.hours." + class, Width: 10}))
	}
	return ask.Show(c, "/plan/balance", ask.Page{Title: c.T("improvement.balance.enter.title"), Lede: c.T("improvement.balance.enter.lede"), Form: f, Button: "improvement.balance.enter.button"}, fields...)
}

func (p *pages) enterPost(c *web.Context) error {
	f := form.From(c.R)
	var years []string
	for _, y := range catalogue.Years(locale.Day(c.Now)) {
		years = append(years, strconv.Itoa(y))
	}
	year, _ := strconv.Atoi(f.OneOf("year", "improvement.balance.year.empty", years...))
	var entries []catalogue.Entry
	for _, class := range improvement.Classes {
		of := locale.Key("improvement.class." + class)
		entries = append(entries, catalogue.Entry{Class: class,
			Spend: catalogue.Number(&f.Faults, "spend_"+class, "improvement.balance.enter.spend.bad", f.Get("spend_"+class), "class", of),
			Hours: catalogue.Number(&f.Faults, "hours_"+class, "improvement.balance.enter.hours.bad", f.Get("hours_"+class), "class", of)})
	}
	if f.Bad() {
		return p.askEnter(c, f)
	}
	return c.Done(p.s.Enter(c.Ctx(), c.Actor, c.Now, year, entries), "improvement.saved", "/plan/balance?year="+strconv.Itoa(year))
}
