package assurance

import (
	"slices"
	"strings"
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
)

// The longest texts. A pack has at most eight pages, so nobody may fill one alone.
const (
	longestTitle = 120
	LongestWords = 300 // of what goes into a pack
	longestOwner = 80
	longestLink  = 500
	// MostFigures is how many figures one question, answer or statement relies on.
	MostFigures = 3
)

// Life is where a question stands.
type Life string

// The lives of a question.
const (
	Open     Life = "open"
	Answered Life = "answered"
	Accepted Life = "accepted"
)

// EntryKind is what may follow a question.
type EntryKind string

// The entries.
const (
	EntryAnswered EntryKind = "answered"
	EntryAgain    EntryKind = "again"
	EntryAccepted EntryKind = "accepted"
)

// life is where a question stands after its entries.
func life(entries []Entry) Life {
	if len(entries) == 0 {
		return Open
	}
	switch entries[len(entries)-1].Kind {
	case EntryAnswered:
		return Answered
	case EntryAccepted:
		return Accepted
	}
	return Open
}

// mayFollow says whether an entry may follow a question that stands so.
func mayFollow(l Life, k EntryKind) bool {
	if k == EntryAnswered {
		return l == Open
	}
	return l == Answered
}

// due is the day by which a question is to be answered: its own, or the one it was last asked again with.
func due(first civil.Date, entries []Entry) civil.Date {
	for _, e := range slices.Backward(entries) {
		if e.Kind == EntryAgain {
			return e.Due
		}
	}
	return first
}

// FinancialYear is the calendar year in which the financial year of a day begins: in April.
func FinancialYear(d civil.Date) int {
	if d.Month < time.April {
		return d.Year - 1
	}
	return d.Year
}

// Quarter is the quarter of the financial year: 1 begins in April.
func Quarter(d civil.Date) int { return (int(d.Month)+8)%12/3 + 1 }

// plan lists the steps of a year with the days on which they are due. A year that is planned in its course begins with
// the day: a plan does not start overdue.
func (g Guide) plan(year int, today civil.Date) (out []Step) {
	for quarter := 1; quarter <= 4; quarter++ {
		first := civil.Date{Year: year, Month: time.April, Day: 1}.AddMonths(3 * (quarter - 1))
		for _, s := range g.Cycle {
			if slices.Contains(s.Quarters, quarter) && !first.AddDays(s.Day).Before(today) {
				out = append(out, Step{Year: year, Quarter: quarter, Code: s.Code, Title: s.Name, Due: first.AddDays(s.Day)})
			}
		}
	}
	return out
}

// link holds an address to what a page may lead to: a page of Rowan, or a secure page elsewhere.
func link(f *fault.Fields, name, text string) {
	inside := strings.HasPrefix(text, "/") && !strings.HasPrefix(text, "//") && !strings.HasPrefix(text, `/\`)
	switch {
	case text != "" && !inside && !strings.HasPrefix(text, "https://"):
		f.Add(name, "assurance.evidence.link.bad")
	case len(text) > longestLink:
		f.Add(name, "form.too_long", "n", longestLink)
	}
}

// CheckEvidence says what is wrong with a document or decision.
func (g Guide) CheckEvidence(e NewEvidence, today civil.Date) (f fault.Fields) {
	if e.Kind == KindFigure {
		if e.Figure.Kind == "" {
			f.Add("figure", "assurance.evidence.figure.empty")
		}
		return f
	}
	f.Text("title", "assurance.evidence.title.empty", e.Title, longestTitle)
	link(&f, "link", e.Link)
	switch {
	case e.Dated.IsZero():
		f.Add("dated", "assurance.evidence.dated.empty")
	case e.Dated.After(today):
		f.Add("dated", "assurance.evidence.dated.future")
	}
	if !e.ValidUntil.IsZero() && e.ValidUntil.Before(e.Dated) {
		f.Add("valid_until", "assurance.evidence.valid_until.early")
	}
	if e.File != nil {
		f = append(f, e.File.Doubt(today)...)
	}
	return f
}

// CheckRating says what is wrong with a rating: only the lowest stands without a line of evidence.
func (g Guide) CheckRating(r NewRating) (f fault.Fields) {
	if !slices.ContainsFunc(g.Ratings, func(x Grade) bool { return x.Code == r.Rating }) {
		f.Add("rating", "assurance.rate.rating.empty")
	}
	for _, l := range r.Lines {
		if !slices.ContainsFunc(g.Lines, func(x Named) bool { return x.Code == l }) {
			f.Add("lines", "assurance.rate.lines.empty")
			break
		}
	}
	if len(r.Lines) == 0 && r.Rating != g.Lowest().Code {
		f.Add("lines", "assurance.rate.lines.empty")
	}
	f.Text("words", "assurance.rate.words.empty", r.Words, LongestWords)
	return f
}

// CheckQuestion says what is wrong with a question.
func (g Guide) CheckQuestion(q NewQuestion, today civil.Date) (f fault.Fields) {
	f.Text("words", "assurance.ask.words.empty", q.Words, LongestWords)
	if _, ok := g.Principle(q.Principle); q.Principle != "" && !ok {
		f.Add("principle", "assurance.ask.principle.unknown")
	}
	f.Text("owner", "assurance.ask.owner.empty", q.Owner, longestOwner)
	checkDue(&f, q.Due, today)
	return f
}

func checkDue(f *fault.Fields, day, today civil.Date) {
	switch {
	case day.IsZero():
		f.Add("due", "assurance.ask.due.empty")
	case day.Before(today):
		f.Add("due", "assurance.ask.due.past")
	}
}

// CheckEntry says what is wrong with what follows a question.
func CheckEntry(e NewEntry, today civil.Date) (f fault.Fields) {
	switch e.Kind {
	case EntryAnswered:
		f.Text("words", "assurance.answer.words.empty", e.Words, LongestWords)
	case EntryAgain:
		f.Text("words", "assurance.close.words.empty", e.Words, LongestWords)
		checkDue(&f, e.Due, today)
	case EntryAccepted:
		f.Long("words", e.Words, LongestWords)
	default:
		f.Add("kind", "assurance.close.kind.empty")
	}
	return f
}

// Effects are how a decision may affect the health of staff.
var Effects = []string{"better", "worse", "mixed", "none", "unknown"}

// CheckStatement says what is wrong with an impact statement. Harm that is expected or possible needs its mitigation.
func CheckStatement(s NewStatement) (f fault.Fields) {
	f.Text("decision", "assurance.statement.decision.empty", s.Decision, longestTitle)
	if s.Meeting.IsZero() {
		f.Add("meeting", "assurance.statement.meeting.empty")
	}
	f.Text("groups", "assurance.statement.groups.empty", s.Groups, LongestWords)
	if !slices.Contains(Effects, s.Effect) {
		f.Add("effect", "assurance.statement.effect.empty")
	}
	f.Text("effect_words", "assurance.statement.effect_words.empty", s.EffectWords, LongestWords)
	switch n := len([]rune(s.Mitigation)); {
	case n == 0 && (s.Effect == "worse" || s.Effect == "mixed" || s.Effect == "unknown"):
		f.Add("mitigation", "assurance.statement.mitigation.empty")
	case n > LongestWords:
		f.Add("mitigation", "form.too_long", "n", LongestWords)
	}
	return f
}

// CheckDone says what is wrong with the day on which a step was done.
func CheckDone(on civil.Date, words string, today civil.Date) (f fault.Fields) {
	switch {
	case on.IsZero():
		f.Add("done", "assurance.done.done.empty")
	case on.After(today):
		f.Add("done", "assurance.done.done.future")
	}
	f.Long("words", words, LongestWords)
	return f
}
