// Package icalendar writes the part of RFC 5545 that Rowan needs: a calendar of days and times that a phone or a mail program subscribes to
// or takes in as a file.
//
// Lines end in CRLF and are folded at 75 bytes, never inside a character (3.1); text is escaped (3.3.11); an event keeps its UID for as
// long as it is the same event, and SEQUENCE counts its changes, so that a calendar moves it and does not show it twice (3.8.4.7,
// 3.8.7.4). A whole day has no time zone. The end of a day is the day after it (3.6.1).
package icalendar

import (
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

// ContentType is the type of a calendar.
const ContentType = "text/calendar; charset=utf-8"

// Calendar is a name and its days.
type Calendar struct {
	Name   string
	Events []Event
}

// Event is one whole day or, where Starts is set, a time of it.
type Event struct {
	UID     string // the same for as long as it is the same event
	Day     civil.Date
	Starts  time.Time
	Minutes int // from Starts
	Summary string
	Place   string    // "" for none
	Busy    bool      // the day is taken; otherwise it is shown and free
	Version int       // counts changes, from 0
	Changed time.Time // when it came to be as it is
}

// producer names the program, as 3.7.3 asks.
const producer = "-//Rowan//Rowan//EN"

// refresh is how often a program that subscribes should look again: a change of plan is agreed days before it begins.
const refresh = "PT6H"

// moment is how a time is written, in UTC (3.3.5, form 2): a phone shows it in its own zone.
const moment = "20060102T150405Z"

// Write writes the calendar.
func Write(w io.Writer, c Calendar) error {
	b := &strings.Builder{}
	line := func(name, value string) { fold(b, name+":"+value) }
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", producer)
	line("CALSCALE", "GREGORIAN")
	line("METHOD", "PUBLISH")
	line("X-WR-CALNAME", Escape(c.Name))
	line("REFRESH-INTERVAL;VALUE=DURATION", refresh)
	for _, e := range c.Events {
		line("BEGIN", "VEVENT")
		line("UID", Escape(e.UID))
		line("DTSTAMP", e.Changed.UTC().Format(moment))
		line("SEQUENCE", strconv.Itoa(e.Version))
		if e.Starts.IsZero() {
			line("DTSTART;VALUE=DATE", e.Day.UTC().Format("20060102"))
			line("DTEND;VALUE=DATE", e.Day.AddDays(1).UTC().Format("20060102"))
		} else {
			line("DTSTART", e.Starts.UTC().Format(moment))
			line("DTEND", e.Starts.Add(time.Duration(e.Minutes)*time.Minute).UTC().Format(moment))
		}
		line("SUMMARY", Escape(e.Summary))
		if e.Place != "" {
			line("LOCATION", Escape(e.Place))
		}
		line("CLASS", "PRIVATE")
		if e.Busy {
			line("TRANSP", "OPAQUE")
		} else {
			line("TRANSP", "TRANSPARENT")
		}
		line("END", "VEVENT")
	}
	line("END", "VCALENDAR")
	_, err := io.WriteString(w, b.String())
	return err
}

var escapes = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`)

// Escape writes text as a value. Control characters have no place in one.
func Escape(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, escapes.Replace(strings.ToValidUTF8(text, "\ufffd")))
}

// widest is how many bytes a line has at most, without its end.
const widest = 75

// fold writes a line, and goes on in the next with a space before it where it is too long.
func fold(b *strings.Builder, line string) {
	room := widest
	for len(line) > room {
		n := room
		for !utf8.RuneStart(line[n]) {
			n--
		}
		b.WriteString(line[:n] + "\r\n ")
		line, room = line[n:], widest-1
	}
	b.WriteString(line + "\r\n")
}
