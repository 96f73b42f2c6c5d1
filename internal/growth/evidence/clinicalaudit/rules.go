package clinicalaudit

import (
	"fmt"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/document/redaction"
)

// The longest texts, and the largest sample: no service audits more records at once.
const (
	longestTopic = 120
	longestPost  = 80
	// LongestText is the longest paragraph.
	LongestText = 2000
	// LongestReason is the longest reason why words are not about a person.
	LongestReason = 200
	// MostRecords is the largest sample.
	MostRecords = 100000
)

// Shown is an audit's result as its reader may see it. Percent is nil where it is hidden.
type Shown struct {
	Sample, Met, Of string
	Share           string
	Percent         *float64
}

// Show gives the exact result, or the one after disclosure control.
func (a Audit) Show(exact bool) Shown {
	if exact {
		p := 100 * float64(a.Numerator) / float64(a.Denominator)
		return Shown{fmt.Sprint(a.Sample), fmt.Sprint(a.Numerator), fmt.Sprint(a.Denominator), fmt.Sprintf("%.1f%%", p), &p}
	}
	count := func(n int) disclosure.Figure { return disclosure.Count(n, disclosure.Special) }
	met, of := count(a.Numerator), count(a.Denominator)
	share := disclosure.Share(met, of)
	s := Shown{Sample: count(a.Sample).String(), Met: met.String(), Of: of.String(), Share: share.String()}
	if n, ok := share.Value(); ok {
		p := float64(n)
		s.Percent = &p
	}
	return s
}

// Verdict says how a result lies to its target.
type Verdict string

// The verdicts.
const (
	Reached Verdict = "reached"
	Below   Verdict = "below"
	Unknown Verdict = "unknown" // too few to show
)

// Verdict compares a result with the target.
func (a Audit) Verdict(exact bool) Verdict {
	p := a.Show(exact).Percent
	switch {
	case p == nil:
		return Unknown
	case *p >= float64(a.Target):
		return Reached
	}
	return Below
}

// Trend says what became of a line of audits.
type Trend string

// The trends.
const (
	Better  Trend = "better"
	Worse   Trend = "worse"
	Same    Trend = "same"
	NoTrend Trend = "unknown" // one of both is too small to show
)

// Compare gives the change from the first audit to a later one in percentage points.
func Compare(first, later Audit, exact bool) (Trend, float64) {
	a, b := first.Show(exact).Percent, later.Show(exact).Percent
	switch {
	case a == nil || b == nil:
		return NoTrend, 0
	case *b > *a:
		return Better, *b - *a
	case *b < *a:
		return Worse, *a - *b
	}
	return Same, 0
}

func needed(f *fault.Fields, name, text string, longest int) {
	f.Text(name, "evidence.audit."+name+".empty", text, longest)
}

// Suspects lists what looks like a person in the words of an audit.
func (n New) Suspects(today civil.Date) []redaction.Finding {
	return redaction.ScanAll(today, n.Topic, n.Standard, n.Found, n.Actions, n.Owner)
}

// Check says what is wrong with an audit.
func (n New) Check(today civil.Date) (f fault.Fields) {
	needed(&f, "topic", n.Topic, longestTopic)
	needed(&f, "standard", n.Standard, LongestText)
	if n.Target < 1 || n.Target > 100 {
		f.Add("target", "evidence.audit.target.bad")
	}
	switch {
	case n.On.IsZero():
		f.Add("on", "evidence.audit.on.empty")
	case n.On.After(today):
		f.Add("on", "evidence.audit.on.future")
	}
	if n.Sample < 1 || n.Sample > MostRecords {
		f.Add("sample", "evidence.audit.sample.bad")
	}
	switch {
	case n.Denominator < 1 || n.Denominator > MostRecords:
		f.Add("denominator", "evidence.audit.denominator.bad")
	case n.Sample >= 1 && n.Denominator > n.Sample:
		f.Add("denominator", "evidence.audit.denominator.more")
	}
	switch {
	case n.Numerator < 0 || n.Numerator > MostRecords:
		f.Add("numerator", "evidence.audit.numerator.bad")
	case n.Denominator >= 1 && n.Numerator > n.Denominator:
		f.Add("numerator", "evidence.audit.numerator.more")
	}
	needed(&f, "findings", n.Found, LongestText)
	needed(&f, "actions", n.Actions, LongestText)
	needed(&f, "owner", n.Owner, longestPost)
	if !n.Again.IsZero() && !n.Again.After(n.On) {
		f.Add("again", "evidence.audit.again.early")
	}
	if len(n.Suspects(today)) > 0 {
		needed(&f, "cleared", n.Cleared, LongestReason)
	}
	return f
}
