package survey_test

import (
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/survey"
)

// TestOpen: a survey is open on its last day too, and never after those asked were told what came of it.
func TestOpen(t *testing.T) {
	last := civil.MustParse("2026-11-20")
	for name, c := range map[string]struct {
		told, today string
		want        bool
	}{
		"before":       {"", "2026-11-19", true},
		"the last day": {"", "2026-11-20", true},
		"after":        {"", "2026-11-21", false},
		"told early":   {"2026-11-19", "2026-11-19", false},
	} {
		s := survey.Sheet{Closes: last}
		if c.told != "" {
			s.Told = civil.MustParse(c.told)
		}
		if got := s.Open(civil.MustParse(c.today)); got != c.want || s.Answered() != (c.told != "") {
			t.Errorf("%s: open %t, answered %t", name, got, s.Answered())
		}
	}
}

// TestCheckWords: every question is answered, by one of its options or in words of some length that look like nobody; what is wrong
// stands beside its own question.
func TestCheckWords(t *testing.T) {
	asked := []survey.Question{{Words: "How often?", Options: []string{"Weekly", "Never"}}, {Words: "What would help?"}}
	person := func(text string) string {
		if strings.Contains(text, "Mrs Winter") {
			return "Mrs Winter"
		}
		return ""
	}
	for name, c := range map[string]struct {
		answers []string
		want    string // fields and keys
	}{
		"whole":              {[]string{"Weekly", "A rota"}, ""},
		"nothing":            {nil, "qa call.answer.choose, qb call.answer.empty"},
		"no option":          {[]string{"Monthly", "A rota"}, "qa call.answer.choose"},
		"blank":              {[]string{"Never", " \n"}, "qb call.answer.empty"},
		"as long as may be":  {[]string{"Never", strings.Repeat("é", survey.MostAnswer)}, ""},
		"longer":             {[]string{"Never", strings.Repeat("é", survey.MostAnswer+1)}, "qb form.too_long"},
		"somebody":           {[]string{"Never", "Ask Mrs Winter"}, "qb call.answer.person"},
		"more than is asked": {[]string{"Never", "A rota", "and more"}, ""},
	} {
		var got []string
		for _, f := range survey.CheckWords(asked, c.answers, person) {
			got = append(got, f.Name+" "+f.Key)
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: %v, want %q", name, got, c.want)
		}
	}
}
