// Package contractview draws what was agreed on with a client and the packs of its reviews: for the service and for the client alike, so
// that both read the same.
package contractview

import (
	"context"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/network/contract"
	"github.com/rowan-ohwb/rowan/internal/growth/network/contract/price"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// Months is a span of months in words: "June 2026 to November 2026"; to is the first day of the month after.
func Months(ctx context.Context, from, to civil.Date) string {
	last := to.AddMonths(-1)
	if last == from {
		return from.MonthYear()
	}
	return locale.T(ctx, "contract.months", "from", from.MonthYear(), "to", last.MonthYear())
}

// Aim says what a level aims at: "At least 90% within 10 working days".
func Aim(ctx context.Context, target int, atMost bool, days *int) string {
	aim := "least"
	if atMost {
		aim = "most"
	}
	if days == nil {
		return locale.T(ctx, "contract.aim."+aim, "target", target)
	}
	return locale.T(ctx, "contract.aim."+aim+"_days", "target", target, "days", locale.T(ctx, "contract.working_days", "n", *days))
}

// Clock says which clock a level has.
func Clock(ctx context.Context, clock string) string { return locale.T(ctx, "contract.clock."+clock) }

// Price says what a price is of: "£45 each", "£12,000 a year".
func Price(ctx context.Context, p price.Pence, basis string) string {
	return locale.T(ctx, "contract.price."+basis, "price", p.String())
}

// Expected says what is expected in a year and in which band the price holds; "" where nobody says.
func Expected(ctx context.Context, n, band int) string {
	if n == 0 {
		return locale.T(ctx, "contract.expected.unsaid")
	}
	return locale.T(ctx, "contract.expected.says", "n", locale.Number(n), "band", band)
}

// Item names an item.
func Item(ctx context.Context, item string) string { return locale.T(ctx, "contract.item."+item) }

// Scale says where a level of integration stands on the house's own scale.
func Scale(ctx context.Context, level string, scale []string, version int) string {
	i := slices.Index(scale, level)
	if i < 0 {
		return locale.T(ctx, "client.unsaid")
	}
	return locale.T(ctx, "contract.scale", "n", i+1, "of", len(scale), "level", locale.T(ctx, "client.integration."+level), "version", version)
}

// Told says a count: "about 25", "fewer than 8", "none".
func Told(ctx context.Context, t contract.Told) string {
	switch {
	case t.Hidden:
		return locale.T(ctx, "contract.few")
	case t.N == 0:
		return locale.T(ctx, "contract.none")
	}
	return locale.T(ctx, "contract.about", "n", locale.Number(t.N))
}

// Share says a share: "90% (about 45 of 50)".
func Share(ctx context.Context, s contract.Share) string {
	whole := Told(ctx, s.Whole)
	switch {
	case s.Small == contract.SmallNone && s.Whole.N == 0:
		return locale.T(ctx, "contract.share.none")
	case s.Small != contract.SmallNone:
		return locale.T(ctx, "contract.share."+string(s.Small), "whole", whole)
	case s.Percent == nil:
		return locale.T(ctx, "contract.share.counts", "part", Told(ctx, s.Part), "whole", whole)
	}
	return locale.T(ctx, "contract.share.percent", "percent", *s.Percent, "part", Told(ctx, s.Part), "whole", whole)
}

// Reach says whether a level was kept.
func Reach(ctx context.Context, s contract.Share) string {
	if s.Reach == "" {
		return locale.T(ctx, "contract.reach.nothing")
	}
	return locale.T(ctx, "contract.reach."+string(s.Reach))
}

// Amount says what a price came to.
func Amount(ctx context.Context, l contract.LineSays) string {
	switch {
	case l.Unknown:
		return locale.T(ctx, "contract.amount.unknown")
	case l.About():
		return locale.T(ctx, "contract.amount.about", "amount", l.Amount.String())
	}
	return l.Amount.String()
}

func total(ctx context.Context, c contract.Content) string {
	key := "contract.total.exact"
	switch {
	case c.Partly:
		key = "contract.total.partly"
	case c.About:
		key = "contract.total.about"
	}
	return locale.T(ctx, key, "amount", c.Total.String())
}

func levels(ctx context.Context, c contract.Content) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "contract.levels"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "contract.level"), locale.T(ctx, "contract.agreed"), locale.T(ctx, "contract.came"), locale.T(ctx, "contract.verdict"), locale.T(ctx, "contract.definition"))}
	for _, l := range c.Levels {
		came := Share(ctx, l.Share)
		if l.Undue.Hidden || l.Undue.N > 0 {
			came += ". " + locale.T(ctx, "contract.undue", "n", Told(ctx, l.Undue))
		}
		t.Rows = append(t.Rows, nhsuk.Cells(named(ctx, l.Title, l.From, l.To, c), Aim(ctx, l.Target, l.AtMost, l.Days)+". "+Clock(ctx, l.Clock), came, Reach(ctx, l.Share), l.Definition))
	}
	return t
}

// named says of what did not hold in the whole of a pack's months when it did.
func named(ctx context.Context, title string, from, to civil.Date, c contract.Content) string {
	if from == c.From && to == c.To {
		return title
	}
	return title + ", " + Months(ctx, from, to)
}

func lines(ctx context.Context, c contract.Content) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "contract.lines"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "contract.what_for"), locale.T(ctx, "contract.price"), locale.T(ctx, "contract.expected_year"), locale.T(ctx, "contract.counted"), locale.T(ctx, "contract.place"), locale.T(ctx, "contract.comes_to"))}
	for _, l := range c.Lines {
		counted, place := locale.T(ctx, "contract.uncounted"), locale.T(ctx, "contract.place.unsaid")
		if l.Counted {
			counted = Told(ctx, l.Count)
		}
		if l.Place != "" {
			place = locale.T(ctx, "contract.place."+string(l.Place))
		}
		t.Rows = append(t.Rows, nhsuk.Cells(named(ctx, Item(ctx, l.Item), l.From, l.To, c), Price(ctx, l.Pence, l.Basis), Expected(ctx, l.Expected, l.Band), counted, place, Amount(ctx, l)))
	}
	return t
}

// Actions lists what was agreed on, as it stands.
func Actions(ctx context.Context, all []contract.Done) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "contract.actions"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "contract.what"), locale.T(ctx, "contract.side"), locale.T(ctx, "contract.due"), locale.T(ctx, "contract.state"))}
	for _, x := range all {
		state := "contract.open"
		if x.Done {
			state = "contract.done"
		}
		t.Rows = append(t.Rows, nhsuk.Cells(x.What, locale.T(ctx, "contract.side."+x.Side), x.Due.Long(), locale.T(ctx, state)))
	}
	return t
}

func feedback(ctx context.Context, c contract.Content) []nhsuk.SummaryRow {
	score := locale.T(ctx, "contract.score.none")
	switch {
	case c.Score.Hidden:
		score = locale.T(ctx, "contract.score.hidden")
	case c.Score.Mean != "":
		score = locale.T(ctx, "contract.score.mean", "mean", c.Score.Mean)
	}
	return []nhsuk.SummaryRow{nhsuk.Row(locale.T(ctx, "contract.score"), score), nhsuk.Row(locale.T(ctx, "contract.answers"), Share(ctx, c.Answers))}
}

func facts(ctx context.Context, c contract.Content, scale []string) []nhsuk.SummaryRow {
	rows := []nhsuk.SummaryRow{nhsuk.Row(locale.T(ctx, "contract.service"), c.Service), nhsuk.Row(locale.T(ctx, "contract.client"), c.Client), nhsuk.Row(locale.T(ctx, "contract.span"), Months(ctx, c.From, c.To))}
	if c.Model != "" {
		rows = append(rows, nhsuk.Row(locale.T(ctx, "client.model"), locale.T(ctx, "client.model."+c.Model)))
	}
	if c.Level != "" {
		rows = append(rows, nhsuk.Row(locale.T(ctx, "contract.integration"), Scale(ctx, c.Level, scale, c.Scale)))
	}
	if !c.Last.IsZero() {
		rows = append(rows, nhsuk.Row(locale.T(ctx, "client.last"), locale.T(ctx, "contract.notice_by", "last", c.Last.Long(), "by", contract.NoticeBy(c.Last, c.Notice).Long())))
	}
	return rows
}
