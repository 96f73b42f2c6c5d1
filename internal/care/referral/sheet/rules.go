package sheet

import (
	"slices"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

// Part is one question page, one row of the task list.
type Part string

// The parts.
const (
	Reason    Part = "reason"
	Why       Part = "why"
	AbsenceOf Part = "absence"
	Work      Part = "work"
	Tried     Part = "tried"
	Questions Part = "questions"
	Viewers   Part = "viewers"
	ToldThem  Part = "told"
)

// Parts lists them in the order of the journey.
var Parts = []Part{Reason, Why, AbsenceOf, Work, Tried, Questions, Viewers, ToldThem}

// After gives the part that follows, or "" after the last.
func (p Part) After() Part {
	i := slices.Index(Parts, p)
	if i < 0 || i+1 == len(Parts) {
		return ""
	}
	return Parts[i+1]
}

// Optional says whether a sheet can be sent without it.
func (p Part) Optional() bool { return p == Work || p == Tried || p == Viewers }

// Empty says whether an optional part has no answer.
func (t Text) Empty(p Part) bool {
	switch p {
	case Work:
		return len(t.Demands)+len(t.Hazards) == 0
	case Tried:
		return t.Tried == ""
	case Viewers:
		return len(t.Viewers) == 0
	}
	return false
}

// Missing lists the parts without which the sheet cannot be sent on a day, in page order; changed is the day on which
// an answer was last changed, zero where none was. A form page finds the same faults earlier; this is the rule that a
// command asks.
func (t Text) Missing(today, changed civil.Date) []Part {
	l := Lists()
	ok := map[Part]bool{
		Reason:    l.Reasons.Has(t.Reason),
		Why:       fits(t.Why, MaxWhy),
		AbsenceOf: t.Absence.ok(),
		Work:      all(t.Demands, l.Demands) && all(t.Hazards, l.Hazards),
		Tried:     t.Tried == "" || fits(t.Tried, MaxTried),
		Questions: t.asks(),
		Viewers:   len(t.Viewers) <= MaxViewers,
		ToldThem:  t.Told.ok(today, changed) && t.Told.Shown == t.Digest(),
	}
	var out []Part
	for _, p := range Parts {
		if !ok[p] {
			out = append(out, p)
		}
	}
	return out
}

func (a Absence) ok() bool {
	if a.Now == "yes" {
		return !a.First.IsZero() && !a.BackEarly() && !a.NoteEarly()
	}
	return a.Now == "no"
}

// BackEarly says whether they are expected back before they went.
func (a Absence) BackEarly() bool { return early(a.Return, a.First) }

// NoteEarly says whether the fit note ends before the absence begins, which makes it the note of another one.
func (a Absence) NoteEarly() bool { return early(a.FitNote, a.First) }

// Early says whether they are said to have been shown the answers before the day on which these last changed.
func (t Told) Early(changed civil.Date) bool { return early(t.On, changed) }

// early is false where either day is not known.
func early(d, first civil.Date) bool { return !d.IsZero() && !first.IsZero() && d.Before(first) }

func (t Told) ok(today, changed civil.Date) bool {
	return t.Done == "yes" && !t.On.IsZero() && !t.On.After(today) && !t.Early(changed) && slices.Contains(Hows, t.How)
}

func (t Text) asks() bool {
	for _, q := range t.Own {
		if !fits(q, MaxQuestion) {
			return false
		}
	}
	return all(t.Questions, Lists().Questions) && len(t.Own) <= MaxOwn && len(t.Questions)+len(t.Own) > 0
}

func all(codes []string, l List) bool {
	return !slices.ContainsFunc(codes, func(c string) bool { return !l.Has(c) })
}

func fits(s string, n int) bool { return strings.TrimSpace(s) != "" && len([]rune(s)) <= n }

// Completeness is the share, in percent, of the optional facts that help OH decide without asking back: when
// the absence began and is to end, how often they were off, the job, its hazards, and what was tried.
func (t Text) Completeness() int {
	facts := []bool{
		t.Absence.Now == "no" || !t.Absence.Return.IsZero() || !t.Absence.FitNote.IsZero(),
		t.Absence.Spells != nil || t.Absence.Days != nil,
		len(t.Demands) > 0,
		len(t.Hazards) > 0,
		t.Tried != "",
	}
	n := 0
	for _, have := range facts {
		if have {
			n++
		}
	}
	return 100 * n / len(facts)
}

// AbsentDays is how many days they had been off on a day, the first day counted; 0 where they are at work, or nobody knows since when.
func (t Text) AbsentDays(on civil.Date) int {
	if t.Absence.Now != "yes" || t.Absence.First.IsZero() || t.Absence.First.After(on) {
		return 0
	}
	return on.DaysSince(t.Absence.First) + 1
}
