package feedback_test

import (
	"testing"

	"github.com/rowan-ohwb/rowan/internal/activity/theme"
	"github.com/rowan-ohwb/rowan/internal/care/feedback"
)

func TestCheckQuote(t *testing.T) {
	const said = "They were kind. I waited six weeks on Ward 7, which was too long, and then it helped."
	for words, want := range map[string]string{
		said:                              "",
		"they were  kind.":                "",
		"I waited six weeks … too long":   "",
		"They were kind. ... It helped.":  "",
		"":                                "feedback.quote.words.empty",
		" … ":                             "feedback.quote.words.empty",
		"They were very kind":             "feedback.quote.words.other",
		"it helped … They were kind":      "feedback.quote.words.other",
		"They were kind … They were kind": "feedback.quote.words.other",
		"They were unkind":                "feedback.quote.words.other",
	} {
		got := ""
		if f := feedback.CheckQuote(words, said); len(f) > 0 {
			got = f[0].Key
		}
		if got != want {
			t.Errorf("%q: %q, want %q", words, got, want)
		}
	}
}

func TestCheckReading(t *testing.T) {
	for name, x := range map[string]struct {
		r    feedback.Reading
		want int
	}{
		"good":     {feedback.Reading{Themes: []string{"waiting"}, Tone: theme.Better}, 0},
		"aside":    {feedback.Reading{Aside: true}, 0},
		"nothing":  {feedback.Reading{}, 2},
		"unknown":  {feedback.Reading{Themes: []string{"diagnosis"}, Tone: theme.Well}, 1},
		"four":     {feedback.Reading{Themes: []string{"waiting", "informed", "respect", "thanks"}, Tone: theme.Well}, 1},
		"bad tone": {feedback.Reading{Themes: []string{"waiting"}, Tone: "angry"}, 1},
	} {
		if f := x.r.Check(theme.List()); len(f) != x.want {
			t.Errorf("%s: %v", name, f)
		}
	}
}
