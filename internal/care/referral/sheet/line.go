package sheet

import (
	"slices"
	"strconv"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

// Line is one question of the sheet with its answer in words, as every reader sees it: manager, OH and the
// person. Answers are plain texts; a list has one for each item. Key names the question's words; codes of our
// own lists (yes, in_person) are named by AnswerKeys instead, since they have words by key too.
type Line struct {
	Part       Part
	Key        string
	Answers    []string
	AnswerKeys []string
}

// Lines gives the whole sheet in order. Lines without an answer are there too, with none: a reader sees what
// was not said.
func (t Text) Lines() []Line {
	l := Lists()
	out := []Line{
		{Part: Reason, Key: "sheet.reason", Answers: some(name(l.Reasons, t.Reason))},
		{Part: Why, Key: "sheet.why", Answers: some(t.Why)},
		{Part: AbsenceOf, Key: "sheet.absent", AnswerKeys: keys("form.", t.Absence.Now)},
	}
	if t.Absence.Now == "yes" {
		out = append(out,
			Line{Part: AbsenceOf, Key: "sheet.first", Answers: day(t.Absence.First)},
			Line{Part: AbsenceOf, Key: "sheet.return", Answers: day(t.Absence.Return)},
			Line{Part: AbsenceOf, Key: "sheet.fit_note", Answers: day(t.Absence.FitNote)})
	}
	return append(out,
		Line{Part: AbsenceOf, Key: "sheet.spells", Answers: number(t.Absence.Spells)},
		Line{Part: AbsenceOf, Key: "sheet.days", Answers: number(t.Absence.Days)},
		Line{Part: Work, Key: "sheet.demands", Answers: names(l.Demands, t.Demands)},
		Line{Part: Work, Key: "sheet.hazards", Answers: names(l.Hazards, t.Hazards)},
		Line{Part: Tried, Key: "sheet.tried", Answers: some(t.Tried)},
		Line{Part: Questions, Key: "sheet.questions", Answers: append(names(l.Questions, t.Questions), t.Own...)},
		Line{Part: Viewers, Key: "sheet.viewers", Answers: people(t.Viewers)},
		Line{Part: ToldThem, Key: "sheet.told", Answers: day(t.Told.On)},
		Line{Part: ToldThem, Key: "sheet.how", AnswerKeys: keys("sheet.how.", t.Told.How)})
}

// Change is one line of the sheet before and after.
type Change struct {
	Part          Part
	Key           string
	Before, After Line
}

// Changes lists the lines that differ between two versions, in order.
func Changes(before, after Text) []Change {
	old := map[string]Line{}
	for _, l := range before.Lines() {
		old[l.Key] = l
	}
	var out []Change
	for _, l := range after.Lines() {
		was := old[l.Key]
		delete(old, l.Key)
		if !same(was, l) {
			out = append(out, Change{Part: l.Part, Key: l.Key, Before: was, After: l})
		}
	}
	for _, l := range before.Lines() { // lines that the later version no longer asks
		if was, left := old[l.Key]; left && len(was.Answers)+len(was.AnswerKeys) > 0 {
			out = append(out, Change{Part: l.Part, Key: l.Key, Before: was, After: Line{Part: l.Part, Key: l.Key}})
		}
	}
	return out
}

func same(a, b Line) bool {
	return slices.Equal(a.Answers, b.Answers) && slices.Equal(a.AnswerKeys, b.AnswerKeys)
}

func some(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

func name(l List, code string) string {
	if code == "" {
		return ""
	}
	return l.Name(code)
}

// names follows the order of the list, so that ticking the same boxes in another order is no change.
func names(l List, codes []string) []string {
	var out []string
	for _, c := range l.Items {
		if slices.Contains(codes, c.Code) {
			out = append(out, c.Name)
		}
	}
	return out
}

func day(d civil.Date) []string {
	if d.IsZero() {
		return nil
	}
	return []string{d.Long()}
}

func number(n *int) []string {
	if n == nil {
		return nil
	}
	return []string{strconv.Itoa(*n)}
}

func people(list []Named) []string {
	var out []string
	for _, p := range list {
		text := p.Name
		if p.Title != "" {
			text += ", " + p.Title
		}
		out = append(out, text)
	}
	return out
}

func keys(prefix, code string) []string {
	if code == "" {
		return nil
	}
	return []string{prefix + code}
}
