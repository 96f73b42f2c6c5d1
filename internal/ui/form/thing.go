package form

import (
	"math"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Fresh is an empty form for a thing that gets this id: sent twice, it makes one thing.
func Fresh() Form { return Of(url.Values{"id": {uuid.Must(uuid.NewV7()).String()}}) }

// Own is the id of the thing that a form is about; a form without one was not made by a page.
func (f Form) Own() (uuid.UUID, error) {
	id := f.ID("id")
	if id == uuid.Nil {
		return uuid.Nil, fault.Missing("form")
	}
	return id, nil
}

// ID reads an id that was chosen; what is none is the nil id.
func (f Form) ID(name string) uuid.UUID {
	id, err := uuid.Parse(f.Get(name))
	if err != nil {
		return uuid.Nil
	}
	return id
}

// Stamp writes when the thing that a form shows was last changed: the value "seen".
func Stamp(at time.Time) string { return at.UTC().Format(time.RFC3339Nano) }

// Seen reads it back, so that a change by somebody else meanwhile is found; zero where the form does not say.
func (f Form) Seen() time.Time {
	at, err := time.Parse(time.RFC3339Nano, f.Get("seen"))
	if err != nil {
		return time.Time{}
	}
	return at
}

// Whole reads a whole number, with or without commas and a pound sign; -1 where there is none.
func (f Form) Whole(name string) int {
	n, err := strconv.Atoi(strings.NewReplacer(",", "", "£", "").Replace(f.Get(name)))
	if err != nil {
		return -1
	}
	return n
}

// Decimal reads a number that may have a fraction and commas; an empty field is nought, and what is no number is a fault under key.
func (f *Form) Decimal(name, key string) float64 {
	text := strings.ReplaceAll(f.Get(name), ",", "")
	if text == "" {
		return 0
	}
	const most = 1e9
	x, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(x) || math.Abs(x) > most {
		f.Faults.Add(name, key)
		return 0
	}
	return x
}

// Day reads a day as Date does; one that is missing or not real is the zero day.
func (f *Form) Day(name string, label ...string) civil.Date {
	t := f.Date(name, label...)
	if t.IsZero() {
		return civil.Date{}
	}
	return locale.Day(t)
}

// SetDay stores a day so that Day and the date fields show it.
func SetDay(v url.Values, name string, d civil.Date) {
	if !d.IsZero() {
		SetDate(v, name, locale.CivilDate(d.Year, d.Month, d.Day))
	}
}
