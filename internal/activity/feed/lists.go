package feed

import (
	"fmt"
	"io/fs"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/platform/pack"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

// The fields that a column can be.
const (
	fieldKind         = "kind"
	fieldTime         = "time"
	fieldOrganisation = "organisation"
	fieldPerson       = "person"
	fieldCase         = "case"
	fieldEvent        = "event"
	fieldScore        = "score"
	fieldMinutes      = "minutes"
)

// Fields lists them in the order of the form; from staff_group on they are codes.
var Fields = []string{fieldKind, fieldTime, fieldPerson, fieldCase, fieldEvent, fieldOrganisation, fieldMinutes, "staff_group", "reason", "source", "priority", "outcome", "class", fieldScore}

var codeFields = Fields[7:]

// lists are the codes that an import accepts, and the headings it guesses by.
type lists struct {
	headings map[string][]string
	codes    map[string]map[string]string // field: folded: code
}

func loadLists(content fs.FS) (lists, error) {
	var own struct {
		Headings map[string][]string `yaml:"headings"`
		Codes    map[string][]string `yaml:"codes"`
	}
	var groups struct {
		StaffGroups []struct {
			Name string
			Also []string
		} `yaml:"staff_groups"`
	}
	type coded []struct{ Code string }
	var reasons struct{ Items coded }
	var triage struct{ Outcomes coded }
	var fitness struct{ Codes coded }
	var closing struct{ Reasons coded }
	for name, into := range map[string]any{"activity-feed": &own, "absence-definitions": &groups, "referral-reasons": &reasons, "triage": &triage, "fitness": &fitness, "closing-reasons": &closing} {
		if err := pack.Read(content, name, into); err != nil {
			return lists{}, err
		}
	}
	l := lists{own.Headings, map[string]map[string]string{}}
	add := func(field, theirs, code string) {
		if l.codes[field] == nil {
			l.codes[field] = map[string]string{}
		}
		l.codes[field][sheet.Fold(theirs)] = code
	}
	for field, codes := range own.Codes {
		for _, c := range codes {
			add(field, c, c)
		}
	}
	for _, g := range groups.StaffGroups {
		for _, n := range append(g.Also, g.Name) {
			add("staff_group", n, g.Name)
		}
	}
	add("staff_group", "Other", "Other")
	for _, x := range reasons.Items {
		add("reason", x.Code, x.Code)
	}
	for _, x := range slices.Concat(triage.Outcomes, fitness.Codes, closing.Reasons) {
		add("outcome", x.Code, x.Code)
	}
	for _, f := range codeFields {
		if len(l.codes[f]) == 0 {
			return lists{}, fmt.Errorf("no codes for %s", f)
		}
	}
	return l, nil
}

// code gives our code of a word.
func (l lists) code(field, word string) (string, bool) {
	c, ok := l.codes[field][sheet.Fold(word)]
	return c, ok
}
