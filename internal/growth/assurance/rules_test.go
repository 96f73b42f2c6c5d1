package assurance

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
)

var today = civil.MustParse("2026-11-10")

func TestGuide(t *testing.T) {
	g, err := LoadGuide(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	if len(g.Principles) != 9 || len(g.Questions) != 10 || g.Mark != "M" {
		t.Errorf("%d principles, %d questions, mark %s", len(g.Principles), len(g.Questions), g.Mark)
	}
	for day, want := range map[string]string{"2023-09-30": "Wellbeing Guardian", "2023-10-01": "Health and Wellbeing Guardian", "2026-11-10": "Health and Wellbeing Guardian"} {
		if got := g.Label(civil.MustParse(day)); got != want {
			t.Errorf("on %s the role is called %s, want %s", day, got, want)
		}
	}
	if got := g.Grade("full"); got.Name != "full" || got.Colour != "grey" {
		t.Errorf("a rating of another scale is shown as %+v", got)
	}
}

// TestGuideRefuses changes one thing of the pack at a time.
func TestGuideRefuses(t *testing.T) {
	for name, change := range map[string]func(*Guide){
		"no principles":         func(g *Guide) { g.Principles = nil },
		"a code twice":          func(g *Guide) { g.Principles = append(g.Principles, g.Principles[0]) },
		"no meaning":            func(g *Guide) { g.Principles[3].Meaning = "" },
		"a scale of one":        func(g *Guide) { g.Ratings = g.Ratings[:1] },
		"a grade without name":  func(g *Guide) { g.Ratings[1].Name = "" },
		"a fifth quarter":       func(g *Guide) { g.Cycle[0].Quarters = []int{5} },
		"a day in the next one": func(g *Guide) { g.Cycle[0].Day = 90 },
		"no version":            func(g *Guide) { g.Version = 0 },
		"no mark":               func(g *Guide) { g.Mark = "" },
		"no date":               func(g *Guide) { g.EffectiveFrom = "soon" },
		"nothing to begin with": func(g *Guide) { g.FigureQuestions = nil },
	} {
		g, err := LoadGuide(content.FS)
		if err != nil {
			t.Fatal(err)
		}
		change(&g)
		if g.check() == nil {
			t.Errorf("%s: the pack is taken", name)
		}
	}
}

func TestLife(t *testing.T) {
	answered, again, accepted := Entry{Kind: EntryAnswered}, Entry{Kind: EntryAgain, Due: today.AddDays(9)}, Entry{Kind: EntryAccepted}
	for name, c := range map[string]struct {
		entries []Entry
		want    Life
		due     civil.Date
		follows []EntryKind
	}{
		"asked":          {nil, Open, today, []EntryKind{EntryAnswered}},
		"answered":       {[]Entry{answered}, Answered, today, []EntryKind{EntryAgain, EntryAccepted}},
		"asked again":    {[]Entry{answered, again}, Open, today.AddDays(9), []EntryKind{EntryAnswered}},
		"answered again": {[]Entry{answered, again, answered}, Answered, today.AddDays(9), []EntryKind{EntryAgain, EntryAccepted}},
		"accepted":       {[]Entry{answered, accepted}, Accepted, today, nil},
	} {
		got := life(c.entries)
		if got != c.want || due(today, c.entries) != c.due {
			t.Errorf("%s: %s, due %s", name, got, due(today, c.entries))
		}
		var follows []EntryKind
		for _, k := range []EntryKind{EntryAnswered, EntryAgain, EntryAccepted} {
			if mayFollow(got, k) {
				follows = append(follows, k)
			}
		}
		if len(follows) != len(c.follows) || len(follows) > 0 && follows[0] != c.follows[0] {
			t.Errorf("%s: may be followed by %v, want %v", name, follows, c.follows)
		}
	}
}

func TestOverdue(t *testing.T) {
	for name, c := range map[string]struct {
		got, want bool
	}{
		"open on its day":       {Question{Life: Open, Due: today}.Overdue(today), false},
		"open a day after":      {Question{Life: Open, Due: today.AddDays(-1)}.Overdue(today), true},
		"answered late":         {Question{Life: Answered, Due: today.AddDays(-9)}.Overdue(today), false},
		"valid until today":     {Evidence{ValidUntil: today}.Expired(today), false},
		"valid until yesterday": {Evidence{ValidUntil: today.AddDays(-1)}.Expired(today), true},
		"valid for ever":        {Evidence{}.Expired(today), false},
		"a step of today":       {Step{Due: today}.Overdue(today), false},
		"a step of yesterday":   {Step{Due: today.AddDays(-1)}.Overdue(today), true},
		"done late":             {Step{Due: today.AddDays(-1), DoneOn: today}.Overdue(today), false},
	} {
		if c.got != c.want {
			t.Errorf("%s: overdue %v", name, c.got)
		}
	}
}

// TestPlan holds every step of any year to its own quarter.
func TestPlan(t *testing.T) {
	g, err := LoadGuide(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		year := rapid.IntRange(2020, 2100).Draw(t, "year")
		start := civil.Date{Year: year, Month: 4, Day: 1}
		steps, from := g.plan(year, start), start.AddDays(rapid.IntRange(0, 364).Draw(t, "day"))
		if len(steps) != 26 { // six steps in each quarter, and one in the first and in the last
			t.Fatalf("%d steps", len(steps))
		}
		left := g.plan(year, from)
		if len(left) > 0 && left[0].Due.Before(from) {
			t.Fatalf("planned on %s, %s is due on %s", from, left[0].Code, left[0].Due)
		}
		for _, s := range steps {
			if FinancialYear(s.Due) != year || Quarter(s.Due) != s.Quarter {
				t.Fatalf("%s of %d, quarter %d is due on %s", s.Code, year, s.Quarter, s.Due)
			}
		}
	})
}

// TestChecks reaches every fault that a form can have.
func TestChecks(t *testing.T) {
	g, err := LoadGuide(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	long := make([]byte, 301)
	for i := range long {
		long[i] = 'x'
	}
	document := NewEvidence{Kind: KindDocument, Title: "Stress policy", Link: "https://example.org/policy", Dated: today}
	with := func(change func(*NewEvidence)) NewEvidence {
		e := document
		change(&e)
		return e
	}
	for name, c := range map[string]struct {
		got  []string
		want string // the field; "" if nothing is wrong
	}{
		"a document":            {names(g.CheckEvidence(document, today)), ""},
		"without a link":        {names(g.CheckEvidence(with(func(e *NewEvidence) { e.Link = "" }), today)), ""},
		"a page of ours":        {names(g.CheckEvidence(with(func(e *NewEvidence) { e.Link = "/plan/board" }), today)), ""},
		"a page elsewhere":      {names(g.CheckEvidence(with(func(e *NewEvidence) { e.Link = "//evil.example" }), today)), "link"},
		"a page elsewhere, too": {names(g.CheckEvidence(with(func(e *NewEvidence) { e.Link = `/\evil.example` }), today)), "link"},
		"a script":              {names(g.CheckEvidence(with(func(e *NewEvidence) { e.Link = "javascript:alert(1)" }), today)), "link"},
		"no title":              {names(g.CheckEvidence(with(func(e *NewEvidence) { e.Title = " " }), today)), "title"},
		"no date":               {names(g.CheckEvidence(with(func(e *NewEvidence) { e.Dated = civil.Date{} }), today)), "dated"},
		"dated tomorrow":        {names(g.CheckEvidence(with(func(e *NewEvidence) { e.Dated = today.AddDays(1) }), today)), "dated"},
		"over before it began":  {names(g.CheckEvidence(with(func(e *NewEvidence) { e.ValidUntil = today.AddDays(-1) }), today)), "valid_until"},
		"no figure":             {names(g.CheckEvidence(NewEvidence{Kind: KindFigure}, today)), "figure"},
		"a figure":              {names(g.CheckEvidence(NewEvidence{Kind: KindFigure, Figure: figure.Ref{Kind: "test", Name: "x"}}, today)), ""},
		"a rating":              {names(g.CheckRating(NewRating{Rating: "limited", Lines: []string{"management"}, Words: "Gaps"})), ""},
		"none without evidence": {names(g.CheckRating(NewRating{Rating: "none", Words: "Nothing there"})), ""},
		"no rating":             {names(g.CheckRating(NewRating{Lines: []string{"management"}, Words: "Gaps"})), "rating"},
		"no line":               {names(g.CheckRating(NewRating{Rating: "limited", Words: "Gaps"})), "lines"},
		"a forged line":         {names(g.CheckRating(NewRating{Rating: "limited", Lines: []string{"fourth"}, Words: "Gaps"})), "lines"},
		"no reason":             {names(g.CheckRating(NewRating{Rating: "none"})), "words"},
		"a long reason":         {names(g.CheckRating(NewRating{Rating: "none", Words: string(long)})), "words"},
		"a question":            {names(g.CheckQuestion(NewQuestion{Words: "Why?", Owner: "Head of OH", Due: today}, today)), ""},
		"no words":              {names(g.CheckQuestion(NewQuestion{Owner: "Head of OH", Due: today}, today)), "words"},
		"no owner":              {names(g.CheckQuestion(NewQuestion{Words: "Why?", Due: today}, today)), "owner"},
		"no day":                {names(g.CheckQuestion(NewQuestion{Words: "Why?", Owner: "Head of OH"}, today)), "due"},
		"a day that is over":    {names(g.CheckQuestion(NewQuestion{Words: "Why?", Owner: "Head of OH", Due: today.AddDays(-1)}, today)), "due"},
		"no such principle":     {names(g.CheckQuestion(NewQuestion{Words: "Why?", Owner: "Head of OH", Due: today, Principle: "x"}, today)), "principle"},
		"an empty answer":       {names(CheckEntry(NewEntry{Kind: EntryAnswered}, today)), "words"},
		"again without words":   {names(CheckEntry(NewEntry{Kind: EntryAgain, Due: today}, today)), "words"},
		"again without a day":   {names(CheckEntry(NewEntry{Kind: EntryAgain, Words: "And nights?"}, today)), "due"},
		"accepted":              {names(CheckEntry(NewEntry{Kind: EntryAccepted}, today)), ""},
		"accepted at length":    {names(CheckEntry(NewEntry{Kind: EntryAccepted, Words: string(long)}, today)), "words"},
		"neither":               {names(CheckEntry(NewEntry{}, today)), "kind"},
		"no harm":               {names(CheckStatement(NewStatement{Decision: "Close the canteen", Meeting: today, Groups: "Nights", Effect: "none", EffectWords: "There is another"})), ""},
		"harm left so":          {names(CheckStatement(NewStatement{Decision: "Close the canteen", Meeting: today, Groups: "Nights", Effect: "worse", EffectWords: "No warm food"})), "mitigation"},
		"no effect":             {names(CheckStatement(NewStatement{Decision: "Close the canteen", Meeting: today, Groups: "Nights", EffectWords: "x"})), "effect"},
		"done today":            {names(CheckDone(today, "", today)), ""},
		"done tomorrow":         {names(CheckDone(today.AddDays(1), "", today)), "done"},
		"done when?":            {names(CheckDone(civil.Date{}, "", today)), "done"},
	} {
		if c.want == "" && len(c.got) > 0 || c.want != "" && (len(c.got) != 1 || c.got[0] != c.want) {
			t.Errorf("%s: faults %v, want %q", name, c.got, c.want)
		}
	}
}
