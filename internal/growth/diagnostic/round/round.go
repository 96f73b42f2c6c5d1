package round

import "math"

// Perspective is the place from which somebody answers. There is no other fact about them.
type Perspective string

// The perspectives, and the whole they make.
const (
	Board        Perspective = "board"
	Manager      Perspective = "manager"
	StaffSide    Perspective = "staff_side"
	OH           Perspective = "oh"
	StaffNetwork Perspective = "staff_network"
	All          Perspective = "all"
)

// Perspectives lists them in the order of the pages.
var Perspectives = []Perspective{Board, Manager, StaffSide, OH, StaffNetwork}

// NotApplicable is the score of an answer that says so.
const NotApplicable = -1

// MaxScore is "embedded and evaluated".
const MaxScore = 4

// Few is how many respondents are too few to show: issue 3 merges a perspective under five into "all".
const Few = 5

// nearest is what the turnout of all is rounded to. Exact ones, or one for each perspective, would give hidden ones away: of
// 18 with one perspective of 10 shown and two hidden, both are four. solve_test.go tries them all.
const nearest = 5

// About is a turnout as it may be said.
func About(n int) int { return (n + nearest/2) / nearest * nearest }

// Question is what the results need to know of a question. Code is its identity over versions.
type Question struct {
	Code       string
	Version    int
	Element    string
	Subsection string
}

// Vote is a score of one voice that came by link.
type Vote struct {
	Voice       string
	Perspective Perspective
	Code        string
	Score       int // 0 to 4, or NotApplicable
}

// Tally is how often a workshop gave a score.
type Tally struct {
	Perspective Perspective
	Code        string
	Score       int
	N           int
}

// Record is all that a round holds.
type Record struct {
	Questions []Question
	Votes     []Vote
	Tallies   []Tally
}

// State says whether a cell has a score.
type State string

// The states. Nothing and Hidden are never taken for each other, nor for zero.
const (
	Shown   State = "shown"
	Hidden  State = "hidden"
	Nothing State = "nothing"
)

// Cell is one score.
type Cell struct {
	State    State
	Percent  float64 // a whole number from Floor to Ceiling when Shown: gaps, changes and colours are worked out from what is said
	Answered int     // about how many respondents, of all when Shown: to the nearest 5; of a perspective nothing is said
	sum      int     // of scores
	answers  int
}

// Floor and Ceiling are the least and the most that is said of a score. Of five people who all gave the highest score but
// one, who gave the next, the score is 95: nobody is then seen to have given the highest.
const Floor, Ceiling = 5, 95

func (c *Cell) settle() {
	if c.State == Shown && c.answers > 0 {
		c.Percent = math.Round(min(Ceiling, max(Floor, c.percent())))
	}
}

func (c *Cell) percent() float64 { return 100 * float64(c.sum) / float64(c.answers) / MaxScore }

// heads counts the answers to some questions, by question and perspective, and who gave them.
type heads struct {
	sum, answers map[string]map[Perspective]int // by question
	voices       map[string]map[Perspective]map[string]bool
	votes        map[string]map[Perspective]int // of workshops
}

func newHeads() heads {
	return heads{map[string]map[Perspective]int{}, map[string]map[Perspective]int{}, map[string]map[Perspective]map[string]bool{}, map[string]map[Perspective]int{}}
}

func (h heads) give(code string, p Perspective, score, n int) {
	if h.answers[code] == nil {
		h.sum[code], h.answers[code], h.voices[code], h.votes[code] = map[Perspective]int{}, map[Perspective]int{}, map[Perspective]map[string]bool{}, map[Perspective]int{}
	}
	h.sum[code][p] += score * n
	h.answers[code][p] += n
}

func (r Record) heads(of func(code string) bool) heads {
	h := newHeads()
	for _, v := range r.Votes {
		if v.Score == NotApplicable || !of(v.Code) {
			continue
		}
		h.give(v.Code, v.Perspective, v.Score, 1)
		if h.voices[v.Code][v.Perspective] == nil {
			h.voices[v.Code][v.Perspective] = map[string]bool{}
		}
		h.voices[v.Code][v.Perspective][v.Voice] = true
	}
	for _, t := range r.Tallies {
		if t.Score == NotApplicable || t.N == 0 || !of(t.Code) {
			continue
		}
		h.give(t.Code, t.Perspective, t.Score, t.N)
		h.votes[t.Code][t.Perspective] += t.N
	}
	return h
}

// total is how many answered a question.
func (h heads) total(code string) (n int) {
	for _, x := range h.answers[code] {
		n += x
	}
	return n
}

// few says whether somebody answered any of the questions, but too few.
func (h heads) few() bool {
	for code := range h.answers {
		if n := h.total(code); n > 0 && n < Few {
			return true
		}
	}
	return false
}

// counted leaves out the questions that too few answered: they are in no cell. Who answered any of them is told.
func (h heads) counted() (out heads, left map[Perspective]bool) {
	out, left = newHeads(), map[Perspective]bool{}
	for code, by := range h.answers {
		if h.total(code) < Few {
			for p := range by {
				left[p] = true
			}
			continue
		}
		out.sum[code], out.answers[code], out.voices[code], out.votes[code] = h.sum[code], h.answers[code], h.voices[code], h.votes[code]
	}
	return out, left
}

// respondents of a perspective.
func (h heads) respondents(p Perspective) int {
	came, most := map[string]bool{}, 0
	for code := range h.answers {
		for v := range h.voices[code][p] {
			came[v] = true
		}
		most = max(most, h.votes[code][p])
	}
	return len(came) + most
}

// fewest is the least number of answers that a perspective gave to a question of which it gave any.
func (h heads) fewest(p Perspective) (n int) {
	for _, by := range h.answers {
		if x := by[p]; x > 0 && (n == 0 || x < n) {
			n = x
		}
	}
	return n
}

// exposed says whether the shown perspectives, taken from all, would leave too few answers to some question, or a score beyond
// what is said of any.
func (h heads) exposed(cells map[Perspective]Cell) bool {
	for _, by := range h.answers {
		rest := 0
		for p, n := range by {
			if cells[p].State != Shown {
				rest += n
			}
		}
		if rest > 0 && rest < Few {
			return true
		}
	}
	var rest Cell
	shown := false
	for _, c := range cells {
		if shown = shown || c.State == Shown; c.State != Shown {
			rest.sum, rest.answers = rest.sum+c.sum, rest.answers+c.answers
		}
	}
	return shown && rest.answers > 0 && (rest.percent() < Floor || rest.percent() > Ceiling)
}

// cells decides which perspectives of a leaf are shown; see the package's comment.
func (h heads) cells() map[Perspective]Cell {
	h, left := h.counted()
	out, all := map[Perspective]Cell{}, Cell{State: Nothing}
	for _, p := range Perspectives {
		c := Cell{State: Nothing}
		for code := range h.answers {
			c.sum, c.answers = c.sum+h.sum[code][p], c.answers+h.answers[code][p]
		}
		switch n := h.fewest(p); {
		case n >= Few:
			c.State = Shown
		case n > 0 || left[p]:
			c.State = Hidden
		}
		all.sum, all.answers, all.Answered = all.sum+c.sum, all.answers+c.answers, all.Answered+h.respondents(p)
		out[p] = c
	}
	for h.exposed(out) {
		smallest := Perspective("")
		for _, p := range Perspectives {
			if out[p].State == Shown && (smallest == "" || h.fewest(p) < h.fewest(smallest)) {
				smallest = p
			}
		}
		c := out[smallest] // there is one: each counted question has enough answers of all
		c.State = Hidden
		out[smallest] = c
	}
	switch {
	case all.answers > 0:
		all.State = Shown
		all.Answered = About(all.Answered)
	case len(left) > 0:
		all.State = Hidden
	}
	out[All] = all
	for p, c := range out {
		switch {
		case all.State == Hidden:
			c = Cell{State: Hidden} // those from whom nobody answered too: four of four perspectives would be one each
		case c.State != Shown:
			c = Cell{State: c.State} // nothing of it leaves this function
		}
		c.settle()
		out[p] = c
	}
	return out
}
