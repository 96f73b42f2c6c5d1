package round_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/round"
)

var questions = []round.Question{
	{Code: "a1", Version: 1, Element: "E1", Subsection: "E1.1"}, {Code: "a2", Version: 1, Element: "E1", Subsection: "E1.1"},
	{Code: "b1", Version: 1, Element: "E1", Subsection: "E1.2"}, {Code: "c1", Version: 1, Element: "E2", Subsection: "E2.1"},
}

var rules = round.Rules{Targets: map[string]int{"E1": 75, "E2": 75}, AmberWithin: 20, Disagreement: 25}

// voices makes n voices of a perspective that give one score to every question.
func voices(p round.Perspective, n, score int) (out []round.Vote) {
	for i := range n {
		for _, q := range questions {
			out = append(out, round.Vote{Voice: fmt.Sprint(p, i), Perspective: p, Code: q.Code, Score: score})
		}
	}
	return out
}

func join(parts ...[]round.Vote) round.Record {
	return round.Record{Questions: questions, Votes: slices.Concat(parts...)}
}

func TestScores(t *testing.T) {
	for name, x := range map[string]struct {
		votes []round.Vote
		want  map[round.Perspective]string // percent or state
		light round.Light
	}{
		"nobody":                   {nil, map[round.Perspective]string{round.All: "nothing", round.Board: "nothing"}, round.Grey},
		"four are too few":         {voices(round.Board, 4, 4), map[round.Perspective]string{round.All: "hidden", round.Board: "hidden"}, round.Grey},
		"five are enough":          {voices(round.Board, 5, 4), map[round.Perspective]string{round.All: "100", round.Board: "100"}, round.Green},
		"a small one merges":       {slices.Concat(voices(round.Board, 3, 0), voices(round.Manager, 2, 4)), map[round.Perspective]string{round.All: "40", round.Board: "hidden", round.Manager: "hidden"}, round.Red},
		"subtraction is prevented": {slices.Concat(voices(round.Board, 3, 0), voices(round.Manager, 5, 4), voices(round.OH, 9, 2)), map[round.Perspective]string{round.Board: "hidden", round.Manager: "hidden", round.OH: "50"}, round.Amber},
		"five hidden together":     {slices.Concat(voices(round.Board, 3, 0), voices(round.StaffSide, 2, 0), voices(round.OH, 9, 3)), map[round.Perspective]string{round.Board: "hidden", round.StaffSide: "hidden", round.OH: "75"}, round.Red},
	} {
		got := round.Compute(join(x.votes), rules).Elements[0]
		for p, want := range x.want {
			c := got.Cells[p]
			said := string(c.State)
			if c.State == round.Shown {
				said = fmt.Sprint(math.Round(c.Percent))
			} else if c.Percent != 0 || c.Answered != 0 {
				t.Errorf("%s: a cell that is not shown says %+v", name, c)
			}
			if said != want {
				t.Errorf("%s, %s: %s, want %s", name, p, said, want)
			}
		}
		if got.Light != x.light {
			t.Errorf("%s: %s, want %s", name, got.Light, x.light)
		}
	}
}

func TestNotApplicableIsInNoDenominator(t *testing.T) {
	votes := voices(round.OH, 6, 3)
	for i := range votes {
		if votes[i].Code == "a1" {
			votes[i].Score = round.NotApplicable
		}
	}
	if got := round.Compute(join(votes), rules).Subsections[0].All(); got.Percent != 75 || got.Answered != 5 {
		t.Errorf("got %+v", got)
	}
}

func TestWorkshopCountsAsVoices(t *testing.T) {
	r := round.Record{Questions: questions, Tallies: []round.Tally{{round.Manager, "a1", 2, 7}, {round.Manager, "a1", round.NotApplicable, 3}, {round.Manager, "a2", 4, 5}}}
	got := round.Compute(r, rules).Subsections[0].Cells[round.Manager]
	if got.Answered != 0 || math.Abs(got.Percent-100*34.0/48) > 1e-9 {
		t.Errorf("got %+v", got)
	}
}

func TestDisagreementIsAFinding(t *testing.T) {
	got := round.Compute(join(voices(round.Board, 6, 4), voices(round.StaffSide, 6, 1)), rules).Findings
	if len(got) != 5 || got[0].High != round.Board || got[0].Low != round.StaffSide || got[0].Points() != 75 {
		t.Errorf("findings %+v", got)
	}
	if got := round.Compute(join(voices(round.Board, 6, 3), voices(round.StaffSide, 4, 0), voices(round.OH, 9, 3)), rules).Findings; len(got) != 0 {
		t.Errorf("a hidden perspective makes a finding: %+v", got)
	}
}

func TestCompareTakesTheQuestionsOfBoth(t *testing.T) {
	before, now := join(voices(round.OH, 6, 1)), join(voices(round.OH, 6, 3))
	now.Questions = slices.Clone(questions)
	now.Questions[0].Version = 2
	now.Questions[3].Code = "new"
	got := round.Compare(before, now)
	if len(got) != 2 || got[0] != (round.Change{Subsection: "E1.1", Before: 25, Now: 75, Questions: 2, Reworded: 1}) {
		t.Errorf("changes %+v", got)
	}
	// one question went; only two people had answered it: what both share less what one shows would be those two
	before.Votes = slices.DeleteFunc(before.Votes, func(v round.Vote) bool { return v.Code == "a2" && v.Voice > "oh1" })
	now.Questions[1].Code = "other"
	if got := round.Compare(before, now); slices.ContainsFunc(got, func(c round.Change) bool { return c.Subsection == "E1.1" }) {
		t.Errorf("an unsafe comparison is shown: %+v", got)
	}
}

func TestRank(t *testing.T) {
	rows := []round.Row{{Code: "x", Gap: 10}, {Code: "y", Gap: 40}, {Code: "z", Gap: 0}, {Code: "u", Gap: 5}}
	ranked, unweighed := round.Rank(rows, map[string]round.Weight{"x": {5, 100}, "y": {2, 50}, "z": {5, 100}})
	if len(ranked) != 2 || ranked[0].Code != "x" || ranked[0].Product != 50 || ranked[1].Product != 40 || len(unweighed) != 1 {
		t.Errorf("%+v %+v", ranked, unweighed)
	}
}

// TestNothingCanBeSubtracted: whatever people answer, no shown cell, and no difference of shown cells, is of one to four
// respondents; and a shown score lies within the scores that were given.
func TestNothingCanBeSubtracted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := round.Record{Questions: questions}
		exact := map[string]map[round.Perspective]map[string]bool{}
		for _, p := range round.Perspectives {
			for i := range rapid.IntRange(0, 9).Draw(t, string(p)) {
				voice := fmt.Sprint(p, i)
				for _, q := range questions {
					score := rapid.IntRange(-2, 4).Draw(t, "score") // -2 is no answer
					if score == -2 {
						continue
					}
					r.Votes = append(r.Votes, round.Vote{Voice: voice, Perspective: p, Code: q.Code, Score: score})
					if score >= 0 {
						if exact[q.Subsection] == nil {
							exact[q.Subsection] = map[round.Perspective]map[string]bool{}
						}
						if exact[q.Subsection][p] == nil {
							exact[q.Subsection][p] = map[string]bool{}
						}
						exact[q.Subsection][p][voice] = true
					}
				}
			}
		}
		got := round.Compute(r, rules)
		for _, row := range got.Subsections {
			total, shown := 0, 0
			for _, p := range round.Perspectives {
				n, c := len(exact[row.Code][p]), row.Cells[p]
				total += n
				if (n == 0 && row.All().State != round.Hidden) != (c.State == round.Nothing) {
					t.Fatalf("%s %s: %d answered, state %s", row.Code, p, n, c.State)
				}
				if c.State == round.Shown {
					if n < round.Few || c.Answered != 0 || c.Percent < 0 || c.Percent > 100 {
						t.Fatalf("%s %s: %d answered, shows %+v", row.Code, p, n, c)
					}
					shown += n
				}
			}
			if all := row.All(); (all.State == round.Shown) != (total >= round.Few) {
				t.Fatalf("%s: %d answered, all %s", row.Code, total, all.State)
			}
			if left := total - shown; shown > 0 && left > 0 && left < round.Few {
				t.Fatalf("%s: all less the shown leaves %d", row.Code, left)
			}
		}
		for _, row := range got.Elements { // an element holds nothing that its shown leaves do not
			for p, c := range row.Cells {
				any := slices.ContainsFunc(got.Subsections, func(x round.Row) bool {
					return x.Element == row.Code && x.Cells[p].State == round.Shown
				})
				if any != (c.State == round.Shown) {
					t.Fatalf("%s %s: %s", row.Code, p, c.State)
				}
			}
		}
	})
}
