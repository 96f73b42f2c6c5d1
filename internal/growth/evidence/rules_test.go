package evidence

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
)

var today = civil.MustParse("2026-11-22")

func names(f fault.Fields) (out []string) {
	for _, x := range f {
		out = append(out, x.Name+": "+x.Key)
	}
	return out
}

func TestBand(t *testing.T) {
	for days, want := range map[int]int{-1: 0, 0: 30, 30: 30, 31: 60, 60: 60, 61: 90, 90: 90, 91: 0, 1000: 0} {
		if got := Band(today.AddDays(days), today); got != want {
			t.Errorf("%d days before: band %d, want %d", days, got, want)
		}
	}
	if Band(civil.Date{}, today) != 0 {
		t.Error("what does not run out is in a band")
	}
}

func TestJudge(t *testing.T) {
	item := func(s Status, days int) Item {
		if days == 0 {
			return Item{Status: s}
		}
		return Item{Status: s, ValidUntil: today.AddDays(days)}
	}
	for name, c := range map[string]struct {
		items []Item
		want  State
		todo  Todo
	}{
		"nothing":                       {nil, Missing, Add},
		"accepted for ever":             {[]Item{item(Accepted, 0)}, Met, ""},
		"accepted for 91 days":          {[]Item{item(Accepted, 91)}, Met, ""},
		"accepted for 90 days":          {[]Item{item(Accepted, 90)}, Partly, Extend},
		"run out":                       {[]Item{item(Accepted, -1)}, Missing, Renew},
		"a draft":                       {[]Item{item(Draft, 0)}, Partly, Finish},
		"in review":                     {[]Item{item(Review, 0), item(Draft, 0)}, Partly, Look},
		"a draft that has run out":      {[]Item{item(Draft, -5)}, Missing, Renew},
		"replaced":                      {[]Item{item(Replaced, 0)}, Missing, Add},
		"one runs out, another is good": {[]Item{item(Accepted, 10), item(Accepted, 200)}, Met, ""},
		"one has run out, a draft":      {[]Item{item(Accepted, -10), item(Draft, 0)}, Partly, Finish},
	} {
		if got := Judge(c.items, today); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
		if c.want != Met {
			if got, _ := todo(c.items, today); got != c.todo {
				t.Errorf("%s: %s is to do, want %s", name, got, c.todo)
			}
		}
	}
}

var rankOf = map[State]int{Missing: 0, Partly: 1, Met: 2}

// TestReadinessProperties: more evidence never makes a standard worse, waiting never makes it better, and the share is
// whole only when everything is met.
func TestReadinessProperties(t *testing.T) {
	anyItem := rapid.Custom(func(t *rapid.T) Item {
		i := Item{Status: rapid.SampledFrom([]Status{Draft, Review, Accepted, Replaced}).Draw(t, "status")}
		if rapid.Bool().Draw(t, "runs out") {
			i.ValidUntil = today.AddDays(rapid.IntRange(-200, 400).Draw(t, "days"))
		}
		return i
	})
	rapid.Check(t, func(t *rapid.T) {
		items := rapid.SliceOfN(anyItem, 0, 5).Draw(t, "items")
		state := Judge(items, today)
		if more := Judge(append(slices.Clone(items), anyItem.Draw(t, "one more")), today); rankOf[more] < rankOf[state] {
			t.Fatalf("one more item turns %s into %s", state, more)
		}
		if later := Judge(items, today.AddDays(rapid.IntRange(0, 500).Draw(t, "later"))); rankOf[later] > rankOf[state] {
			t.Fatalf("waiting turns %s into %s", state, later)
		}
		var tally Tally
		all := rapid.SliceOfN(rapid.SampledFrom([]State{Missing, Partly, Met}), 0, 300).Draw(t, "states")
		met := 0
		for _, s := range all {
			tally.Add(s)
			if s == Met {
				met++
			}
		}
		p := tally.Percent()
		if tally.All() != len(all) || tally.Met != met || p < 0 || p > 100 || (p == 100) != (len(all) > 0 && met == len(all)) {
			t.Fatalf("%d of %d met give %d%%", met, len(all), p)
		}
	})
}

// TestNext puts what must be met first, then what is most urgent, then the list's own order.
func TestNext(t *testing.T) {
	st := func(code, level string) Standard { return Standard{Code: code, Level: level} }
	got := next([]Next{{st("a", "should"), Renew, nil}, {st("b", "must"), Finish, nil}, {st("c", "must"), Add, nil}, {st("d", "must"), Add, nil}, {st("e", "must"), Renew, nil}, {st("f", "must"), Extend, nil}, {st("g", "must"), Look, nil}})
	order := ""
	for _, n := range got {
		order += n.Standard.Code
	}
	if order != "ecdfgba" {
		t.Errorf("the order is %s", order)
	}
}

func TestCheck(t *testing.T) {
	good := NewItem{Kind: KindLink, Title: "Policy", Body: "https://example.org", Owner: "Head of OH", Reviewer: "Medical director", Collected: today}
	for name, c := range map[string]struct {
		change func(*NewItem)
		want   []string
	}{
		"good":                {func(*NewItem) {}, nil},
		"nothing":             {func(n *NewItem) { *n = NewItem{Kind: KindNote} }, []string{"title: evidence.item.title.empty", "body: evidence.item.body.empty", "collected: evidence.item.collected.empty", "owner: evidence.item.owner.empty", "reviewer: evidence.item.reviewer.empty"}},
		"no link":             {func(n *NewItem) { n.Body = "" }, []string{"body: evidence.item.link.empty"}},
		"an insecure link":    {func(n *NewItem) { n.Body = "http://example.org" }, []string{"body: evidence.item.link.bad"}},
		"a link to a host":    {func(n *NewItem) { n.Body = "//example.org" }, []string{"body: evidence.item.link.bad"}},
		"a page of Rowan":     {func(n *NewItem) { n.Body = "/evidence/audits" }, nil},
		"tomorrow":            {func(n *NewItem) { n.Collected = today.AddDays(1) }, []string{"collected: evidence.item.collected.future"}},
		"over before":         {func(n *NewItem) { n.ValidUntil = today.AddDays(-1) }, []string{"valid_until: evidence.item.valid_until.early"}},
		"reviews itself":      {func(n *NewItem) { n.Reviewer = " head of oh" }, []string{"reviewer: evidence.item.reviewer.same"}},
		"no figure":           {func(n *NewItem) { n.Kind = KindFigure }, []string{"figure: evidence.item.figure.empty"}},
		"a figure that stays": {func(n *NewItem) { n.Kind, n.Kept, n.Title = KindFigure, true, "" }, nil},
	} {
		n := good
		c.change(&n)
		if got := names(n.Check(today)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
