package feed

import (
	"errors"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

// reading turns rows of a file into events.
type reading struct {
	mapping       Mapping
	lists         lists
	service       uuid.UUID
	organisation  uuid.UUID            // where the file names none
	organisations map[string]uuid.UUID // by code, in capitals
	now           time.Time
	values        map[string]map[string]string // folded
	rejects       sheet.Rejects
	events        []activity.Known
}

// parse reads a whole file and says how many rows it had.
func (p *reading) parse(r io.Reader) (rows int, err error) {
	t, err := sheet.NewTable(r)
	if err != nil {
		return 0, err
	}
	if err := t.Need(slices.Sorted(maps.Values(p.mapping.Columns))...); err != nil {
		return 0, err
	}
	p.values = map[string]map[string]string{}
	for f, words := range p.mapping.Values {
		p.values[f] = map[string]string{}
		for theirs, ours := range words {
			p.values[f][sheet.Fold(theirs)] = ours
		}
	}
	for {
		row, err := t.Next()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		rows++
		if err == nil {
			err = p.row(row)
		}
		var bad *sheet.Reject
		switch {
		case errors.As(err, &bad):
			p.rejects.Add(*bad)
		case err != nil:
			return rows, err
		}
	}
}

// get gives a field as the file has it.
func (p *reading) get(r sheet.Row, field string) string {
	if c := p.mapping.Columns[field]; c != "" {
		return r.Get(c)
	}
	return ""
}

// word gives a field after its translation.
func (p *reading) word(r sheet.Row, field string) string {
	v := p.get(r, field)
	if ours, ok := p.values[field][sheet.Fold(v)]; ok && v != "" {
		return ours
	}
	if v == "" {
		return p.mapping.Fixed[field]
	}
	return v
}

func (p *reading) row(r sheet.Row) error {
	e, ok := p.lists.kind(p.word(r, fieldKind))
	if !ok {
		return r.Fault(fieldKind, "feed.reject.kind")
	}
	at, ok := instant(p.get(r, fieldTime))
	if !ok {
		return r.Fault(fieldTime, "feed.reject.time")
	}
	if at.After(p.now.AddDate(0, 0, 1)) { // a day, for clocks and zones
		return r.Fault(fieldTime, "feed.reject.future")
	}
	organisation := p.organisation
	if code := p.word(r, fieldOrganisation); code != "" {
		if organisation, ok = p.organisations[strings.ToUpper(code)]; !ok {
			return r.Fault(fieldOrganisation, "feed.reject.organisation")
		}
	}
	person := p.get(r, fieldPerson)
	if person == "" {
		return r.Fault(fieldPerson, "feed.reject.person")
	}
	known := activity.Known{Row: activity.Row{Kind: e.kind, Organisation: organisation, Service: p.service,
		Person: p.name("person", person), Actor: p.name("actor", "feed"), At: at.Add(rank(e.kind))}}
	identity := strings.Join([]string{p.get(r, fieldKind), p.get(r, fieldTime), p.get(r, fieldOrganisation), person, p.get(r, fieldCase)}, "\x1f")
	if number := p.get(r, fieldEvent); number != "" {
		identity = "number\x1f" + number
	}
	known.ID = p.name("event", identity)
	if c := p.get(r, fieldCase); c != "" {
		known.Case = p.name("case", c)
	} else { // nothing ties it to another event
		known.Case = p.name("case of event", identity)
	}
	codes := map[string]string{}
	for _, f := range codeFields {
		v := p.word(r, f)
		if v == "" || p.get(r, f) == "" && e.codes[f] != "" {
			codes[f] = e.codes[f] // what comes with the kind wins over what is fixed for the file
			continue
		}
		c, ok := p.lists.code(f, v)
		switch {
		case ok:
			codes[f] = c
		case f == "staff_group": // as everywhere in the house
			codes[f] = "Other"
		default:
			return r.Fault(f, "feed.reject.code")
		}
	}
	if e.kind == activity.FeedbackGiven { // of any other event a score says nothing that is counted
		codes["outcome"] = codes[fieldScore]
	}
	need, _ := activity.Needs(e.kind)
	for _, f := range need {
		if codes[f] == "" {
			return r.Fault(f, "feed.reject.needs")
		}
	}
	known.Codes = activity.Codes{StaffGroup: codes["staff_group"], Reason: codes["reason"], Class: codes["class"], Source: codes["source"], Priority: codes["priority"], Outcome: codes["outcome"]}
	if known.Codes.Minutes, ok = minutes(e.kind, p.get(r, fieldMinutes)); !ok {
		return r.Fault(fieldMinutes, "feed.reject.minutes")
	}
	p.events = append(p.events, known)
	return nil
}

// minutes are those of a contact; of any other event they say nothing that is counted.
func minutes(k activity.Kind, s string) (n int, ok bool) {
	if k != activity.ContactRecorded || s == "" {
		return 0, true
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= 0 && n <= activity.LongestContact
}

// name makes an id of the service and a reference: the same each time, and of no use to anybody else once the ledger
// has turned it into a pseudonym.
func (p *reading) name(kind, reference string) uuid.UUID {
	return uuid.NewSHA1(p.service, []byte("feed\x1f"+kind+"\x1f"+reference))
}

// rank orders events that share a time.
func rank(k activity.Kind) time.Duration {
	return time.Duration(slices.Index(activity.Kinds, k)) * time.Microsecond
}

var layouts = []string{"2006-01-02T15:04:05Z07:00", "2006-01-02 15:04:05", "2006-01-02T15:04:05", "2006-01-02 15:04", "2006-01-02T15:04", "02/01/2006 15:04:05", "02/01/2006 15:04", "2006-01-02", "02/01/2006", "02-Jan-2006", "2/1/2006"}

// firstYear: no system of today holds events of before.
const firstYear = 1980

// instant reads a time as it is in England, or a day.
func instant(s string) (time.Time, bool) {
	for _, l := range layouts {
		if t, err := time.ParseInLocation(l, s, locale.London); err == nil {
			return t.UTC(), t.Year() >= firstYear
		}
	}
	return time.Time{}, false
}
