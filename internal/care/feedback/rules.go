package feedback

import (
	"slices"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/activity/theme"
	"github.com/rowan-ohwb/rowan/internal/fault"
)

// Reading is what somebody of the team says that a comment is about.
type Reading struct {
	Themes []string
	Tone   string
	Aside  bool // it may show who wrote it
}

// Check finds what is missing. A comment that is set aside needs nothing else.
func (r Reading) Check(p theme.Pack) (f fault.Fields) {
	if r.Aside {
		return nil
	}
	if !slices.Contains(theme.Tones, r.Tone) {
		f.Add("tone", "feedback.mark.tone.empty")
	}
	switch {
	case len(r.Themes) == 0 || slices.ContainsFunc(r.Themes, func(c string) bool { return !p.Knows(c) }):
		f.Add("themes", "feedback.mark.themes.empty")
	case len(r.Themes) > p.Most:
		f.Add("themes", "feedback.mark.themes.many", "n", p.Most)
	}
	return f
}

// cut is how a quote says that something was left out.
const cut = "…"

// fold makes words comparable: a quote may begin with a capital where the comment does not.
func fold(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// CheckQuote finds what is wrong with a quote: every part of it, between the places where something was left out, stands in the
// comment, in its order. Nobody puts words into somebody's mouth.
func CheckQuote(words, comment string) (f fault.Fields) {
	if strings.Trim(words, cut+". \t\r\n") == "" {
		f.Add("words", "feedback.quote.words.empty")
		return f
	}
	rest := fold(comment)
	for part := range strings.SplitSeq(strings.ReplaceAll(words, "...", cut), cut) {
		part = fold(part)
		_, after, found := strings.Cut(rest, part)
		if !found {
			f.Add("words", "feedback.quote.words.other")
			return f
		}
		rest = after
	}
	return f
}
