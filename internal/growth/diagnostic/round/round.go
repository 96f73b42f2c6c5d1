package round

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
	Percent  float64 // 0 to 100 when Shown
	Answered int     // about how many respondents, of all when Shown: to the nearest 5; of a perspective nothing is said
	sum      int     // of scores
	answers  int
}

func (c *Cell) settle() {
	if c.State == Shown && c.answers > 0 {
		c.Percent = 100 * float64(c.sum) / float64(c.answers) / MaxScore
	}
}

// heads counts respondents and scores of some questions by perspective.
type heads struct {
	sum, answers map[Perspective]int
	voices       map[Perspective]map[string]bool
	votes        map[Perspective]map[string]int // of workshops, by question
}

func (r Record) heads(of func(code string) bool) heads {
	h := heads{map[Perspective]int{}, map[Perspective]int{}, map[Perspective]map[string]bool{}, map[Perspective]map[string]int{}}
	for _, v := range r.Votes {
		if v.Score == NotApplicable || !of(v.Code) {
			continue
		}
		h.sum[v.Perspective] += v.Score
		h.answers[v.Perspective]++
		if h.voices[v.Perspective] == nil {
			h.voices[v.Perspective] = map[string]bool{}
		}
		h.voices[v.Perspective][v.Voice] = true
	}
	for _, t := range r.Tallies {
		if t.Score == NotApplicable || t.N == 0 || !of(t.Code) {
			continue
		}
		h.sum[t.Perspective] += t.Score * t.N
		h.answers[t.Perspective] += t.N
		if h.votes[t.Perspective] == nil {
			h.votes[t.Perspective] = map[string]int{}
		}
		h.votes[t.Perspective][t.Code] += t.N
	}
	return h
}

// respondents of a perspective.
func (h heads) respondents(p Perspective) int {
	most := 0
	for _, n := range h.votes[p] {
		most = max(most, n)
	}
	return len(h.voices[p]) + most
}

// cells decides which perspectives of a leaf are shown; see the package's comment.
func (h heads) cells() map[Perspective]Cell {
	out := map[Perspective]Cell{}
	all := Cell{State: Nothing}
	rest, smallest := 0, Perspective("")
	for _, p := range Perspectives {
		c := Cell{State: Nothing, Answered: h.respondents(p), sum: h.sum[p], answers: h.answers[p]}
		all.sum, all.answers, all.Answered = all.sum+c.sum, all.answers+c.answers, all.Answered+c.Answered
		switch {
		case c.Answered == 0:
		case c.Answered < Few:
			c.State = Hidden
			rest += c.Answered
		default:
			c.State = Shown
			if smallest == "" || c.Answered < out[smallest].Answered {
				smallest = p
			}
		}
		out[p] = c
	}
	if rest > 0 && rest < Few && smallest != "" {
		c := out[smallest]
		c.State = Hidden
		out[smallest] = c
	}
	switch {
	case all.Answered >= Few:
		all.State = Shown
	case all.Answered > 0:
		all.State = Hidden
	}
	out[All] = all
	for p, c := range out {
		if c.State != Shown {
			c = Cell{State: c.State} // nothing of it leaves this function
		}
		c.Answered = (c.Answered + nearest/2) / nearest * nearest
		if p != All {
			c.Answered = 0
			if all.State == Hidden {
				c.State = Hidden // and so are those from whom nobody answered: four of four perspectives would be one each
			}
		}
		c.settle()
		out[p] = c
	}
	return out
}
