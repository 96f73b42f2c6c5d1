// Package template tells growth of the clinics that a service plans by the week, in counts: how many sessions a week of which profession, how
// many appointments in each and how long these are. The worker writes them with the other roll-ups; no row names a person.
package template

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Clinics are those of one name, profession, size and length.
type Clinics struct {
	Name     string // without days of the week; "" where a clinician is named in it
	Role     string // as the ledger names it
	Sessions int    // a week
	Slots    int    // appointments in each
	Minutes  int    // of one
	From, To civil.Date
}

// InForce says that they take place on a day; To is the day after the last.
func (c Clinics) InForce(d civil.Date) bool {
	return !c.From.After(d) && (c.To.IsZero() || d.Before(c.To))
}

// planned is one row of the plan of a service.
type planned struct {
	Clinics
	clinician string
}

const read = `select name, role, slots, slot_minutes, clinician_name, valid_from, valid_to from clinic where service_id = $1`

// Roll counts the clinics of a service anew, behind the worker wall.
func Roll(ctx context.Context, tx *postgres.Tx, service uuid.UUID, at time.Time) error {
	rows, err := tx.Query(ctx, read, service)
	if err != nil {
		return fmt.Errorf("read clinics: %w", err)
	}
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (planned, error) {
		p := planned{Clinics: Clinics{Sessions: 1}}
		var from time.Time
		var to *time.Time
		err := row.Scan(&p.Name, &p.Role, &p.Slots, &p.Minutes, &p.clinician, &from, &to)
		p.From, p.To = civil.Of(from), civil.FromNull(to)
		return p, err
	})
	if err != nil {
		return fmt.Errorf("read clinics: %w", err)
	}
	if _, err := tx.Exec(ctx, `delete from rollup_clinic where service_id = $1`, service); err != nil {
		return fmt.Errorf("clear the roll-up of clinics: %w", err)
	}
	for n, c := range gather(all) {
		if _, err := tx.Exec(ctx, `insert into rollup_clinic (service_id, n, name, role, sessions, slots, minutes, starts_on, ends_on, made_at) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`,
			service, n, c.Name, c.Role, c.Sessions, c.Slots, c.Minutes, c.From.UTC(), c.To.Null(), at.UTC()); err != nil {
			return fmt.Errorf("roll up clinics: %w", err)
		}
	}
	return nil
}

// gather counts the sessions of what is alike, by profession and name.
func gather(all []planned) (out []Clinics) {
	named := map[string]bool{}
	for _, p := range all {
		for _, word := range words(p.clinician) {
			named[word] = true
		}
	}
	for _, p := range all {
		c := p.Clinics
		c.Name = plain(c.Name, named)
		if i := slices.IndexFunc(out, func(x Clinics) bool { x.Sessions = c.Sessions; return x == c }); i >= 0 {
			out[i].Sessions++
			continue
		}
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b Clinics) int {
		if by := strings.Compare(a.Role+"\x00"+a.Name, b.Role+"\x00"+b.Name); by != 0 {
			return by
		}
		if by := a.From.Compare(b.From); by != 0 {
			return by
		}
		return (a.Minutes-b.Minutes)*100 + a.Slots - b.Slots
	})
	return out
}

// times are what a name says of when a clinic is: clinics of several days are one.
var times = []string{"monday", "tuesday", "wednesday", "thursday", "friday", "mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "am", "pm", "morning", "afternoon"}

// plain is a name of a clinic without days of the week; "" where a clinician's name is in it.
func plain(name string, named map[string]bool) string {
	for _, word := range words(name) {
		if named[word] {
			return ""
		}
	}
	var kept []string
	for _, field := range strings.Fields(name) {
		if w := words(field); len(w) == 1 && slices.Contains(times, w[0]) {
			if len(kept) > 0 { // the comma before a day goes with it
				kept[len(kept)-1] = strings.TrimRight(kept[len(kept)-1], ",;:-–")
			}
			continue
		}
		kept = append(kept, field)
	}
	return strings.Join(strings.Fields(strings.Join(kept, " ")), " ")
}

// titles name nobody, and nor do initials.
var titles = []string{"dr", "mr", "ms", "mx", "mrs", "miss", "prof", "professor", "doctor", "sister", "nurse"}

// words are those of a name that could name a person, in small letters.
func words(name string) (out []string) {
	for _, word := range strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if len([]rune(word)) > 1 && !slices.Contains(titles, word) {
			out = append(out, word)
		}
	}
	return out
}

// Read gives the clinics of the service that the row policy shows.
func Read(ctx context.Context, tx *postgres.Tx) (out []Clinics, err error) {
	rows, err := tx.Query(ctx, `select name, role, sessions, slots, minutes, starts_on, ends_on from rollup_clinic order by n`)
	if err != nil {
		return nil, fmt.Errorf("read the roll-up of clinics: %w", err)
	}
	out, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (c Clinics, err error) {
		var from time.Time
		var to *time.Time
		err = row.Scan(&c.Name, &c.Role, &c.Sessions, &c.Slots, &c.Minutes, &from, &to)
		c.From, c.To = civil.Of(from), civil.FromNull(to)
		return c, err
	})
	if err != nil {
		return nil, fmt.Errorf("read the roll-up of clinics: %w", err)
	}
	return out, nil
}
