package referweb

import (
	"net/url"
	"strconv"

	"github.com/rowan-ohwb/rowan/internal/care/referral/sheet"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

var reasonStep = step{
	part: sheet.Reason, page: reasonPage,
	fill: func(t sheet.Text) url.Values { return url.Values{"reason": {t.Reason}} },
	read: func(_ *pages, _ *web.Context, v *stepView) (func(*sheet.Text), error) {
		if !sheet.Lists().Reasons.Has(v.Form.Get("reason")) {
			v.Form.Faults.Add("reason", "refer.reason.empty")
		}
		reason := v.Form.Get("reason")
		return func(t *sheet.Text) { t.Reason = reason }, nil
	},
}

var whyStep = step{
	part: sheet.Why, page: whyPage,
	fill: func(t sheet.Text) url.Values { return url.Values{"why": {t.Why}} },
	read: func(_ *pages, _ *web.Context, v *stepView) (func(*sheet.Text), error) {
		why := v.Form.Required("why", "refer.why.empty")
		v.Form.Limit("why", sheet.MaxWhy)
		return func(t *sheet.Text) { t.Why = why }, nil
	},
}

var absenceStep = step{part: sheet.AbsenceOf, page: absencePage, fill: fillAbsence, read: readAbsence}

func fillAbsence(t sheet.Text) url.Values {
	v := url.Values{"now": {t.Absence.Now}}
	form.SetDay(v, "first", t.Absence.First)
	form.SetDay(v, "return", t.Absence.Return)
	form.SetDay(v, "fit_note", t.Absence.FitNote)
	for name, n := range map[string]*int{"spells": t.Absence.Spells, "days": t.Absence.Days} {
		if n != nil {
			v.Set(name, strconv.Itoa(*n))
		}
	}
	return v
}

func readAbsence(_ *pages, c *web.Context, v *stepView) (func(*sheet.Text), error) {
	f := &v.Form
	a := sheet.Absence{Now: f.OneOf("now", "refer.absence.empty", "yes", "no")}
	if a.Now == "yes" {
		a.First, a.Return, a.FitNote = f.Day("first", "refer.absence.first"), f.Day("return", "refer.absence.return"), f.Day("fit_note", "refer.absence.fit_note")
		switch {
		case f.Faults.Of("first") != nil:
		case a.First.IsZero():
			f.Faults.Add("first", "refer.absence.first.empty")
		case a.First.After(locale.Day(c.Now)):
			f.Faults.Add("first", "refer.absence.first.future")
		}
		if a.BackEarly() {
			f.Faults.Add("return", "refer.absence.return.before")
		}
		if a.NoteEarly() {
			f.Faults.Add("fit_note", "refer.absence.fit_note.before")
		}
	}
	// 366 days fit in twelve months of a leap year
	if n, ok := f.Int("spells", "refer.absence.spells.number", 0, 366); ok {
		a.Spells = &n
	}
	if n, ok := f.Int("days", "refer.absence.days.number", 0, 366); ok {
		a.Days = &n
	}
	return func(t *sheet.Text) { t.Absence = a }, nil
}
