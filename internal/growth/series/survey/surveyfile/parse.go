// Package surveyfile reads results of staff surveys in two layouts: the national file (one column for each year) and
// the results of an organisation (one row for each question, year, group and answer). docs/data-in.md shows both.
//
// A dash in the national file is a question that was not asked that year: not collected, which is not zero. A group
// with fewer than 11 responses is hidden here, at the door: neither its shares nor its number go any further.
package surveyfile

import (
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/growth/series/seriesfile"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

// Own is whose results are those of the organisation itself.
const Own = "own"

// Result is the share of one answer to a question in a year.
type Result struct {
	Row       sheet.Row
	Column    string // where the share stands in the file
	Whose     string // Own, or the type of organisation as published
	Question  string // "q11a"
	Wording   string // "" where the file does not say
	Year      int
	Part      string // the group, folded; "" for everybody
	PartName  string
	Answer    string
	State     seriesfile.State
	Share     float64
	Responses int // 0 where it is not known
}

// Sink takes what is read. An error that is no *sheet.Reject stops the reading.
type Sink interface {
	Result(Result) error
	Reject(error) error // gives back what is no reject
}

var (
	question = regexp.MustCompile(`^[a-z]{1,3}[0-9]{1,3}[a-z0-9_]{0,6}$`)
	year     = regexp.MustCompile(`^20[0-9]{2}$`)
)

// longest wording of a question and of an answer.
const longestWording, longestAnswer = 300, 80

// Parse reads a file of either layout and says how many rows it had.
func Parse(r io.Reader, sink Sink) (rows int, err error) {
	t, err := sheet.NewTable(r)
	if err != nil {
		return 0, err
	}
	read := local
	if t.Has("organisation type") {
		if err := t.Need("question", "organisation type", "response"); err != nil {
			return 0, err
		}
		var years []string
		for _, h := range t.Heading {
			if year.MatchString(h) {
				years = append(years, h)
			}
		}
		if len(years) == 0 {
			return 0, &sheet.Refused{Key: "survey.import.years"}
		}
		read = func(r sheet.Row, sink Sink) error { return published(r, years, sink) }
	} else if err := t.Need("question", "year", "group", "responses", "answer", "share"); err != nil {
		return 0, err
	}
	for {
		row, err := t.Next()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		rows++
		if err == nil {
			err = read(row, sink)
		}
		if err != nil {
			if err := sink.Reject(err); err != nil {
				return rows, err
			}
		}
	}
}

// what reads a question: its code, and its wording behind a dash.
func what(r sheet.Row) (code, wording string, err error) {
	code, wording, _ = strings.Cut(r.Get("question"), " - ")
	code, wording = strings.ToLower(strings.TrimSpace(code)), strings.TrimSpace(wording)
	if w := r.Get("wording"); w != "" {
		wording = w
	}
	switch {
	case !question.MatchString(code):
		return "", "", r.Fault("question", "survey.reject.question")
	case len(wording) > longestWording:
		return "", "", r.Fault("wording", "survey.reject.long")
	}
	return strings.Clone(code), strings.Clone(wording), nil
}

func answer(r sheet.Row, column string) (string, error) {
	a := r.Get(column)
	if a == "" || len(a) > longestAnswer {
		return "", r.Fault(column, "survey.reject.answer")
	}
	return strings.Clone(a), nil
}

// published reads a row of the national file: all its years, or none.
func published(r sheet.Row, years []string, sink Sink) error {
	x := Result{Row: r, Whose: strings.Clone(r.Get("organisation type"))}
	var err error
	if x.Question, x.Wording, err = what(r); err != nil {
		return err
	}
	if x.Answer, err = answer(r, "response"); err != nil {
		return err
	}
	if x.Whose == "" || strings.EqualFold(x.Whose, Own) || len(x.Whose) > longestAnswer {
		return r.Fault("organisation type", "survey.reject.whose")
	}
	var all []Result
	for _, y := range years {
		x.Column, x.State, x.Share = y, seriesfile.Known, 0
		x.Year, _ = strconv.Atoi(y) // the expression has seen to it
		switch cell := r.Get(y); cell {
		case "-":
			x.State = seriesfile.NotCollected
		case "*":
			x.State = seriesfile.Suppressed
		default:
			var ok bool
			if x.Share, ok = share(cell); !ok {
				return r.Fault(y, "survey.reject.share")
			}
		}
		all = append(all, x)
	}
	for _, x := range all {
		if err := sink.Result(x); err != nil {
			return err
		}
	}
	return nil
}

func local(r sheet.Row, sink Sink) error {
	x := Result{Row: r, Column: "share", Whose: Own, PartName: strings.Clone(r.Get("group"))}
	var err error
	if x.Question, x.Wording, err = what(r); err != nil {
		return err
	}
	if x.Answer, err = answer(r, "answer"); err != nil {
		return err
	}
	if x.Part, err = seriesfile.Part(x.PartName); err != nil {
		return r.Fault("group", "series.reject.group")
	}
	if !year.MatchString(r.Get("year")) {
		return r.Fault("year", "survey.reject.year")
	}
	x.Year, _ = strconv.Atoi(r.Get("year"))
	var ok bool
	if x.State, ok = seriesfile.ParseState(r.Get("state")); !ok {
		return r.Fault("state", "series.reject.state")
	}
	responses, of := r.Get("responses"), r.Get("share")
	switch {
	case x.State != seriesfile.Known && of != "":
		return r.Fault("state", "series.reject.both")
	case x.State != seriesfile.Known:
		return sink.Result(x)
	}
	if x.Responses, err = strconv.Atoi(strings.ReplaceAll(responses, ",", "")); err != nil || x.Responses < 0 || x.Responses > 10_000_000 {
		return r.Fault("responses", "survey.reject.responses")
	}
	if x.Share, ok = share(of); !ok && !(of == "" && !disclosure.Group(x.Responses)) {
		return r.Fault("share", "survey.reject.share")
	}
	if !disclosure.Group(x.Responses) {
		x.State, x.Share, x.Responses = seriesfile.Suppressed, 0, 0
	}
	return sink.Result(x)
}

// share reads a share as a fraction (0.442) or with its sign (44.2%). A bare 44.2 could be meant either way by
// somebody else, and is refused.
func share(s string) (float64, bool) {
	number, percent := strings.CutSuffix(s, "%")
	x, ok := seriesfile.Number(strings.TrimSpace(number))
	if percent {
		x /= 100
	}
	return x, ok && x <= 1
}
