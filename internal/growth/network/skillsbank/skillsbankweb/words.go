package skillsbankweb

import (
	"context"
	"slices"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/network/skillsbank"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// slots are half-days in words.
func slots(ctx context.Context, all []string) string {
	words := make([]string, len(all))
	for i, s := range all {
		words[i] = locale.T(ctx, "skills.slot."+s)
	}
	return strings.Join(words, ", ")
}

func span(ctx context.Context, from, until civil.Date, all []string) string {
	return locale.T(ctx, "skills.span", "from", from.Long(), "until", until.Long(), "slots", slots(ctx, all))
}

// holds are the competencies that an offer holds on a day.
func (p *pages) holds(ctx context.Context, o skillsbank.Offer, today civil.Date) string {
	var words []string
	for _, h := range o.Held {
		switch {
		case h.Until.Before(today):
			words = append(words, locale.T(ctx, "skills.ended", "what", p.s.Named(h.Competence), "day", h.Until.Long()))
		case h.Until.Year < 9999:
			words = append(words, locale.T(ctx, "skills.until", "what", p.s.Named(h.Competence), "day", h.Until.Long()))
		default:
			words = append(words, p.s.Named(h.Competence))
		}
	}
	return strings.Join(words, "; ")
}

// where are the places of an offer in words.
func where(ctx context.Context, b skillsbank.Board, ids []string) string {
	var words []string
	for _, m := range b.Partners {
		if slices.Contains(ids, m.ID.String()) {
			words = append(words, m.Name)
		}
	}
	if slices.Contains(ids, skillsbank.Remote) {
		words = append(words, locale.T(ctx, "skills.remote"))
	}
	return strings.Join(words, ", ")
}

// who is the person of an offer: by name where it may be seen, else by role and band.
func who(ctx context.Context, o skillsbank.Offer) string {
	what := locale.T(ctx, "skills.who", "role", locale.T(ctx, "skills.role."+o.Role), "band", locale.T(ctx, "skills.band."+o.Band))
	if o.Name != "" {
		return o.Name + ", " + what
	}
	return what
}

func (p *pages) offerRows(ctx context.Context, b skillsbank.Board, o skillsbank.Offer, today civil.Date) []nhsuk.SummaryRow {
	return []nhsuk.SummaryRow{
		nhsuk.Row(locale.T(ctx, "skills.holds"), p.holds(ctx, o, today)),
		nhsuk.Row(locale.T(ctx, "skills.when"), span(ctx, o.From, o.Until, o.Slots)),
		nhsuk.Row(locale.T(ctx, "skills.where"), where(ctx, b, o.Places)),
	}
}

func (p *pages) needRows(ctx context.Context, n skillsbank.Need, met int) []nhsuk.SummaryRow {
	place := n.Place
	if n.Remote {
		place = locale.T(ctx, "skills.place.remote", "place", n.Place)
	}
	return []nhsuk.SummaryRow{
		nhsuk.Row(locale.T(ctx, "skills.where"), place),
		nhsuk.Row(locale.T(ctx, "skills.when"), span(ctx, n.From, n.Until, n.Slots)),
		nhsuk.Row(locale.T(ctx, "skills.hours"), locale.T(ctx, "skills.met", "met", met, "of", n.Hours)),
	}
}

// reasons say why an offer fits: each a sentence, none about how good somebody is.
func (p *pages) reasons(ctx context.Context, n skillsbank.Need, f skillsbank.Fit) []string {
	holds := locale.T(ctx, "skills.fit.holds", "what", p.s.Named(n.Competence))
	for _, h := range f.Offer.Held {
		if h.Competence == n.Competence && h.Until.Year < 9999 {
			holds = locale.T(ctx, "skills.fit.holds_until", "what", p.s.Named(n.Competence), "day", h.Until.Long())
		}
	}
	out := []string{holds, locale.T(ctx, "skills.fit.free", "when", span(ctx, f.From, f.Until, f.Slots))}
	if f.Remote {
		return append(out, locale.T(ctx, "skills.fit.remote"))
	}
	return append(out, locale.T(ctx, "skills.fit.comes"))
}

// session is one in words, from the own side.
func (p *pages) session(ctx context.Context, b skillsbank.Board, s skillsbank.Session) string {
	other, key := s.Giver, "skills.session.taken"
	if s.Giver == b.Own {
		other, key = s.Organisation, "skills.session.given"
	}
	name := b.Name(other)
	if name == "" {
		name = locale.T(ctx, "skills.left")
	}
	person := locale.T(ctx, "skills.somebody")
	if o, ok := b.Offer(s.Giver, s.Offer); ok {
		person = who(ctx, o)
	}
	return locale.T(ctx, key, "who", person, "other", name, "day", s.On.Long(), "part", locale.T(ctx, "skills.part."+s.Part), "hours", locale.T(ctx, "skills.hours.n", "n", s.Hours))
}

// stands says how it stands with a session.
func stands(ctx context.Context, b skillsbank.Board, s skillsbank.Session, today civil.Date) string {
	switch {
	case !s.Over() && !b.Stands(s, today):
		return locale.T(ctx, "skills.state.gone")
	case s.State == skillsbank.Offered && (s.Giver == b.Own && s.GiverAgreed || s.Organisation == b.Own && s.TakerAgreed):
		return locale.T(ctx, "skills.state.other")
	case s.State == skillsbank.Offered:
		return locale.T(ctx, "skills.state.you")
	}
	return locale.T(ctx, "skills.state."+string(s.State))
}

// mayAgree says whether the own side is asked to agree to a session.
func mayAgree(b skillsbank.Board, s skillsbank.Session, today civil.Date) bool {
	mine := s.Giver == b.Own && !s.GiverAgreed || s.Organisation == b.Own && !s.TakerAgreed
	return s.State == skillsbank.Offered && mine && !s.On.Before(today) && b.Stands(s, today)
}

// quarter is a quarter in words.
func quarter(ctx context.Context, d civil.Date) string {
	return locale.T(ctx, "skills.quarter", "from", d.MonthYear(), "until", d.AddMonths(2).MonthYear())
}

// tally is the table of hours given and received.
func tally(ctx context.Context, b skillsbank.Board) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "skills.tally"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "skills.quarter.head"), locale.T(ctx, "network.organisation"), locale.T(ctx, "skills.given"), locale.T(ctx, "skills.received"), locale.T(ctx, "skills.balance"))}
	for _, h := range skillsbank.Tally(b.Sessions) {
		name := b.Name(h.Organisation)
		if name == "" {
			name = locale.T(ctx, "skills.left")
		}
		t.Rows = append(t.Rows, nhsuk.Cells(quarter(ctx, h.Quarter), name, locale.Number(h.Given), locale.Number(h.Received), locale.T(ctx, "skills.more", "n", h.Given-h.Received)))
	}
	return t
}
