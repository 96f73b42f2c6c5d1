package evidence

import (
	"cmp"
	"slices"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
)

// The longest texts.
const (
	longestTitle = 200
	LongestNote  = 4000 // of a note, about two pages
	longestPost  = 80
	longestLink  = 500
	// LongestReason is the longest reason why a finding is not about a person.
	LongestReason = 200
)

// Bands are the days before the last valid day at which a reminder is due, the first first.
var Bands = []int{90, 60, 30}

// Band is the band of days before its last valid day in which something is today; 0 where it is in none.
func Band(validUntil, today civil.Date) (band int) {
	if validUntil.IsZero() || validUntil.Before(today) {
		return 0
	}
	left := validUntil.DaysSince(today)
	for _, b := range Bands {
		if left <= b {
			band = b
		}
	}
	return band
}

// Standing is where an item stands on a day.
func (i Item) Standing(today civil.Date) Status {
	if i.Status != Replaced && !i.ValidUntil.IsZero() && i.ValidUntil.Before(today) {
		return Expired
	}
	return i.Status
}

// moves are what may be done with an item by hand.
var moves = map[Status][]Status{Draft: {Review}, Review: {Draft, Accepted}}

// Moves lists where an item may go from where it stands. What has run out is changed or replaced first.
func (i Item) Moves(today civil.Date) []Status {
	if i.Standing(today) == Expired {
		return nil
	}
	return moves[i.Status]
}

// State says how well a standard is met.
type State string

// The states, the worst first.
const (
	Missing State = "missing"
	Partly  State = "partly"
	Met     State = "met"
)

// Judge says how well the evidence in use meets a standard.
func Judge(items []Item, today civil.Date) State {
	state := Missing
	for _, i := range items {
		switch i.Standing(today) {
		case Accepted:
			if Band(i.ValidUntil, today) == 0 {
				return Met
			}
			state = Partly
		case Draft, Review:
			state = Partly
		}
	}
	return state
}

// Tally counts standards by state.
type Tally struct{ Met, Partly, Missing int }

// Add counts one more.
func (t *Tally) Add(s State) {
	switch s {
	case Met:
		t.Met++
	case Partly:
		t.Partly++
	default:
		t.Missing++
	}
}

// All is how many there are.
func (t Tally) All() int { return t.Met + t.Partly + t.Missing }

// Percent is the share met, rounded down: 100 only when all are.
func (t Tally) Percent() int {
	if t.All() == 0 {
		return 0
	}
	return 100 * t.Met / t.All()
}

// Todo is what to do for a standard.
type Todo string

// What to do, the most urgent first.
const (
	Renew  Todo = "renew"  // all its evidence has run out
	Add    Todo = "add"    // it never had any
	Extend Todo = "extend" // its accepted evidence runs out within 90 days
	Look   Todo = "review" // it waits for the reviewer
	Finish Todo = "finish" // it is a draft
)

var urgency = []Todo{Renew, Add, Extend, Look, Finish}

// Next is one thing to do next, and the item it is about if there is one.
type Next struct {
	Standard Standard
	Todo     Todo
	Item     *Item
}

// todo says what brings a standard that is not met forward.
func todo(items []Item, today civil.Date) (Todo, *Item) {
	best, item := Add, (*Item)(nil)
	rank := map[Todo]int{Add: 0, Renew: 1, Finish: 2, Look: 3, Extend: 4} // the evidence that is furthest says what to do
	for n, i := range items {
		t := Add
		switch i.Standing(today) {
		case Expired:
			t = Renew
		case Draft:
			t = Finish
		case Review:
			t = Look
		case Accepted:
			t = Extend
		}
		if rank[t] > rank[best] {
			best, item = t, &items[n]
		}
	}
	return best, item
}

// next orders what to do: what must be met before what should, then by urgency, then as the list has it.
func next(all []Next) []Next {
	slices.SortStableFunc(all, func(a, b Next) int {
		return cmp.Or(cmp.Compare(a.Standard.Level, b.Standard.Level), cmp.Compare(slices.Index(urgency, a.Todo), slices.Index(urgency, b.Todo)))
	})
	return all
}

// Check says what is wrong with an item.
func (n NewItem) Check(today civil.Date) (f fault.Fields) {
	switch n.Kind {
	case KindFigure:
		if n.Figure.Kind == "" && !n.Kept {
			f.Add("figure", "evidence.item.figure.empty")
		}
	default:
		f.Text("title", "evidence.item.title.empty", n.Title, longestTitle)
	}
	switch {
	case n.Kind == KindFile && n.File == nil && !n.Kept:
		f.Add("file", "form.upload.empty")
	case n.Kind == KindNote:
		f.Text("body", "evidence.item.body.empty", n.Body, LongestNote)
	case n.Kind == KindLink && n.Body == "":
		f.Add("body", "evidence.item.link.empty")
	case n.Kind == KindLink && !address(n.Body):
		f.Add("body", "evidence.item.link.bad")
	case n.Kind == KindLink && len(n.Body) > longestLink:
		f.Add("body", "form.too_long", "n", longestLink)
	}
	if n.Kind != KindFigure {
		switch {
		case n.Collected.IsZero():
			f.Add("collected", "evidence.item.collected.empty")
		case n.Collected.After(today):
			f.Add("collected", "evidence.item.collected.future")
		}
	}
	if !n.ValidUntil.IsZero() && n.ValidUntil.Before(n.Collected) {
		f.Add("valid_until", "evidence.item.valid_until.early")
	}
	f.Text("owner", "evidence.item.owner.empty", n.Owner, longestPost)
	f.Text("reviewer", "evidence.item.reviewer.empty", n.Reviewer, longestPost)
	if r := strings.TrimSpace(n.Reviewer); r != "" && strings.EqualFold(r, strings.TrimSpace(n.Owner)) {
		f.Add("reviewer", "evidence.item.reviewer.same")
	}
	return f
}

// address holds a link to what a page may lead to: a page of Rowan, or a secure page elsewhere.
func address(text string) bool {
	inside := strings.HasPrefix(text, "/") && !strings.HasPrefix(text, "//") && !strings.HasPrefix(text, `/\`)
	return inside || strings.HasPrefix(text, "https://")
}
