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
		"five are enough":          {voices(round.Board, 5, 4), map[round.Perspective]string{round.All: "95", round.Board: "95"}, round.Green},
		"a small one merges":       {slices.Concat(voices(round.Board, 3, 0), voices(round.Manager, 2, 4)), map[round.Perspective]string{round.All: "40", round.Board: "hidden", round.Manager: "hidden"}, round.Red},
		"subtraction is prevented": {slices.Concat(voices(round.Board, 3, 0), voices(round.Manager, 5, 4), voices(round.OH, 9, 2)), map[round.Perspective]string{round.Board: "hidden", round.Manager: "hidden", round.OH: "50"}, round.Amber},
		"the lowest of a few":      {slices.Concat(voices(round.Board, 3, 0), voices(round.StaffSide, 2, 0), voices(round.OH, 9, 3)), map[round.Perspective]string{round.Board: "hidden", round.StaffSide: "hidden", round.OH: "hidden", round.All: "48"}, round.Red},
		"five hidden together":     {slices.Concat(voices(round.Board, 3, 1), voices(round.StaffSide, 2, 0), voices(round.OH, 9, 3)), map[round.Perspective]string{round.Board: "hidden", round.StaffSide: "hidden", round.OH: "75"}, round.Red},
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

// TestFewAnswersToAQuestion: five people who answered one question each are five respondents, and every answer is one person's.
func TestFewAnswersToAQuestion(t *testing.T) {
	q := make([]round.Question, 5)
	r := round.Record{Questions: q}
	for i := range q {
		q[i] = round.Question{Code: fmt.Sprint("q", i), Version: 1, Element: "E1", Subsection: "E1.1"}
		r.Votes = append(r.Votes, round.Vote{Voice: fmt.Sprint("board", i), Perspective: round.Board, Code: q[i].Code, Score: i})
	}
	if got := round.Compute(r, rules).Subsections[0]; got.All().State != round.Hidden || got.Cells[round.Board].State != round.Hidden {
		t.Errorf("single answers are shown: %+v", got.Cells)
	}
	for i := range 9 { // nine of the service answer the first two: the other three stay out; the board's one answer to each is in all,
		// and so the service is not shown beside it
		for _, x := range q[:2] {
			r.Votes = append(r.Votes, round.Vote{Voice: fmt.Sprint("oh", i), Perspective: round.OH, Code: x.Code, Score: 2})
		}
	}
	got := round.Compute(r, rules).Subsections[0]
	if all := got.All(); all.State != round.Shown || all.Percent != 46 /* 100*37/80 */ || got.Cells[round.Board].State != round.Hidden || got.Cells[round.OH].State != round.Hidden {
		t.Errorf("%+v", got.Cells)
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
	if got.Answered != 0 || got.Percent != 71 /* 100*34/48 */ {
		t.Errorf("got %+v", got)
	}
}

func TestDisagreementIsAFinding(t *testing.T) {
	got := round.Compute(join(voices(round.Board, 6, 4), voices(round.StaffSide, 6, 1)), rules).Findings
	if len(got) != 5 || got[0].High != round.Board || got[0].Low != round.StaffSide || got[0].Points() != 70 {
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
	if len(got) != 6 || got[0] != (round.Change{Code: "E1.1", Perspective: round.All, Before: 25, Now: 75, Questions: 2, Reworded: 1}) ||
		got[1] != (round.Change{Code: "E1.1", Perspective: round.OH, Before: 25, Now: 75, Questions: 2, Reworded: 1}) ||
		got[5] != (round.Change{Code: "E1", Perspective: round.OH, Before: 25, Now: 75, Questions: 3, Reworded: 1}) {
		t.Errorf("changes %+v", got)
	}
	// one question went; only two people had answered it: what both share less what one shows would be those two
	before.Votes = slices.DeleteFunc(before.Votes, func(v round.Vote) bool { return v.Code == "a2" && v.Voice > "oh1" })
	now.Questions[1].Code = "other"
	if got := round.Compare(before, now); slices.ContainsFunc(got, func(c round.Change) bool { return c.Code == "E1.1" }) {
		t.Errorf("an unsafe comparison is shown: %+v", got)
	}
}

// TestCompareByPerspective: what a round hides is in no comparison, on neither side.
func TestCompareByPerspective(t *testing.T) {
	before := join(voices(round.OH, 9, 1), voices(round.Board, 5, 2), voices(round.Manager, 6, 2))
	now := join(voices(round.OH, 9, 3), voices(round.Board, 4, 4), voices(round.Manager, 6, 1))
	for _, c := range round.Compare(before, now) {
		if c.Perspective == round.Board || c.Perspective == round.Manager { // the managers are hidden beside the four of the board
			t.Errorf("%+v", c)
		}
	}
	now = join(voices(round.OH, 9, 3), voices(round.Board, 8, 4), voices(round.Manager, 6, 1))
	moved := map[round.Perspective]float64{}
	for _, c := range round.Compare(before, now) {
		if c.Code == "E1" {
			moved[c.Perspective] = c.Points()
		}
	}
	if moved[round.OH] != 50 || moved[round.Board] != 45 || moved[round.Manager] != -25 || len(moved) != 4 {
		t.Errorf("moved %v", moved)
	}
}

// TestLargest: what has no score comes after what has none to close, whatever stands first in the framework.
func TestLargest(t *testing.T) {
	cell := func(s round.State) map[round.Perspective]round.Cell {
		return map[round.Perspective]round.Cell{round.All: {State: s}}
	}
	rows := []round.Row{{Code: "hidden", Cells: cell(round.Hidden)}, {Code: "met", Cells: cell(round.Shown)}, {Code: "a", Gap: 10, Cells: cell(round.Shown)},
		{Code: "b", Gap: 30, Cells: cell(round.Shown)}, {Code: "c", Gap: 10, Cells: cell(round.Shown)}}
	var got []string
	for _, r := range round.Largest(rows) {
		got = append(got, r.Code)
	}
	if want := []string{"b", "a", "c", "met", "hidden"}; !slices.Equal(got, want) || rows[0].Code != "hidden" {
		t.Errorf("%q", got)
	}
	if big := round.Biggest(rows, 2); len(big) != 2 || big[0].Code != "b" || len(round.Biggest(rows, 9)) != 3 {
		t.Errorf("%+v", big)
	}
}

// TestSumsAgree: gaps, disagreements and changes are those of the whole numbers that are shown, and equal gaps have one colour.
func TestSumsAgree(t *testing.T) {
	lights := map[float64]round.Light{}
	for sum := range 4*16 + 1 {
		r := record(sum)
		for _, row := range round.Compute(r, rules).Subsections {
			c := row.All()
			if c.State != round.Shown || c.Percent != math.Trunc(c.Percent) || row.Gap != max(0, float64(row.Target)-c.Percent) {
				t.Fatalf("%d: %+v", sum, row)
			}
			if was, ok := lights[row.Gap]; ok && was != row.Light {
				t.Errorf("a gap of %v is %s and %s", row.Gap, was, row.Light)
			}
			lights[row.Gap] = row.Light
		}
	}
}

// record is sixteen answers of the board to one question, that come to a sum.
func record(sum int) round.Record {
	r := round.Record{Questions: []round.Question{{Code: "a1", Version: 1, Element: "E1", Subsection: "E1.1"}}}
	for i := range 16 {
		score := min(round.MaxScore, sum)
		sum -= score
		r.Votes = append(r.Votes, round.Vote{Voice: fmt.Sprint(i), Perspective: round.Board, Code: "a1", Score: score})
	}
	return r
}

func TestRank(t *testing.T) {
	rows := []round.Row{{Code: "x", Gap: 10}, {Code: "y", Gap: 40}, {Code: "z", Gap: 0}, {Code: "u", Gap: 5}}
	ranked, unweighed := round.Rank(rows, map[string]round.Weight{"x": {5, 100}, "y": {2, 50}, "z": {5, 100}})
	if len(ranked) != 2 || ranked[0].Code != "x" || ranked[0].Product != 50 || ranked[1].Product != 40 || len(unweighed) != 1 {
		t.Errorf("%+v %+v", ranked, unweighed)
	}
}

// TestNothingCanBeSubtracted: whatever people answer, no shown cell, and no difference of shown cells, holds one to four answers
// to a question; and a shown score lies within what may be said.
func TestNothingCanBeSubtracted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := round.Record{Questions: questions}
		exact := map[string]map[round.Perspective]int{} // answers, by question
		for _, q := range questions {
			exact[q.Code] = map[round.Perspective]int{}
		}
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
						exact[q.Code][p]++
					}
				}
			}
		}
		got := round.Compute(r, rules)
		for _, row := range got.Subsections {
			given, counted := map[round.Perspective]int{}, 0
			for _, q := range questions {
				total, shown := 0, 0
				for _, p := range round.Perspectives {
					n := exact[q.Code][p]
					total += n
					if q.Subsection == row.Code {
						given[p] += n
					}
					if row.Cells[p].State == round.Shown {
						shown += n
					}
				}
				if q.Subsection != row.Code || total < round.Few {
					continue
				}
				counted++
				for _, p := range round.Perspectives {
					if n := exact[q.Code][p]; row.Cells[p].State == round.Shown && n > 0 && n < round.Few {
						t.Fatalf("%s %s: %d answers to %s are shown", row.Code, p, n, q.Code)
					}
				}
				if left := total - shown; shown > 0 && left > 0 && left < round.Few {
					t.Fatalf("%s: all less the shown leaves %d answers to %s", row.Code, left, q.Code)
				}
			}
			if all := row.All(); (all.State == round.Shown) != (counted > 0) {
				t.Fatalf("%s: %d questions with enough answers, all %s", row.Code, counted, all.State)
			}
			for _, p := range round.Perspectives {
				c := row.Cells[p]
				if (given[p] == 0 && row.All().State != round.Hidden) != (c.State == round.Nothing) {
					t.Fatalf("%s %s: %d answers, state %s", row.Code, p, given[p], c.State)
				}
				if c.State == round.Shown && (c.Answered != 0 || c.Percent < round.Floor || c.Percent > round.Ceiling) || c.State != round.Shown && c != (round.Cell{State: c.State}) {
					t.Fatalf("%s %s shows %+v", row.Code, p, c)
				}
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
