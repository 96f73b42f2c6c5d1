// Package prose finds the numbers that somebody typed into a text, and says of each whether the case says the same elsewhere from its
// source, said it once and the source has moved on, or never did.
//
// Numbers are those with a unit that a reader would check: amounts of money (£12,345, £1.2m, 12,000 pounds), percentages (12.5%, 12 per
// cent, 87 in 100), percentage points, days (10 working days, a 10-day target) and whole time equivalents (4.2 WTE), each also as a range.
// A number without one of them is left alone: dates, years, clauses, bands, the numbers of a list, and levels such as "95% interval", "£1" in
// "for each £1" and "5 days a week". Numbers that are written out in words are not found.
package prose

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Unit is what a number counts.
type Unit string

// The units. Days of two kinds are not the same; days of no kind may be any.
const (
	Money   Unit = "money"
	Percent Unit = "percent"
	Points  Unit = "points"
	Days    Unit = "days"
	WTE     Unit = "wte"
)

// Number is a number in a text.
type Number struct {
	Text  string // as it was typed, with its unit
	Unit  Unit
	Kind  string // of days: "working", "calendar"; "" for any
	Value float64
	Step  float64 // the worth of the last digit that was meant
}

var (
	token            = regexp.MustCompile(`(?:£[ \t\x{a0}]?[-−]?)?(?:\d{1,3}(?:[,\x{a0}\x{2009}\x{202f}]\d{3})+|\d+)(?:\.\d+)?`)
	scaled           = regexp.MustCompile(`^[ \t\x{a0}]?(?i:(bn|billion|mn|m|million|k|thousand))\b`)
	pounds           = regexp.MustCompile(`^[ \t\x{a0}](?i:pounds)\b`)
	cent             = regexp.MustCompile(`^[ \t\x{a0}]?(?:%|(?i:per[ \t\x{a0}]?cent)\b)`)
	percentagePoints = regexp.MustCompile(`^[ \t\x{a0}-](?i:percentage[ \t\x{a0}-]points?)\b`)
	point            = regexp.MustCompile(`^[ \t\x{a0}-](?i:points?)\b`)
	level            = regexp.MustCompile(`^[ \t\x{a0}](?i:confidence|credible|prediction|interval|intervals|range|band)\b`)
	among            = regexp.MustCompile(`^[ \t\x{a0}](?i:in|out of)[ \t\x{a0}](?i:every[ \t\x{a0}]|each[ \t\x{a0}])?(1,?000|100|10)\b`)
	time             = regexp.MustCompile(`^[ \t\x{a0}-](?i:hours?|days?|weeks?|months?|quarters?|years?|working|calendar|simulated|runs)\b`)
	days             = regexp.MustCompile(`^[ \t\x{a0}-]((?i:working|calendar|sick|sickness|clinic|lost|study)[ \t\x{a0}-])?(?i:days?)\b`)
	weekly           = regexp.MustCompile(`^[ \t\x{a0}](?i:a|per|each|every)[ \t\x{a0}](?i:week)\b`)
	wte              = regexp.MustCompile(`^[ \t\x{a0}]?(?i:wte|fte|whole[ \t\x{a0}-]time equivalents?)\b`)

	band   = regexp.MustCompile(`(?i:\bbands?|\bphase|\bannex|\bclause|\bsection|\bpart|\btable|\bstep)[ \t\x{a0}]$`)
	year   = regexp.MustCompile(`(?i:\b(?:in|since|by|during|until|of))[ \t\x{a0}]$`)
	each   = regexp.MustCompile(`(?i:\b(?:each|every|per|for))[ \t\x{a0}]$`)
	joined = regexp.MustCompile(`^[ \t\x{a0}]?(?:-|–|—|to|and)[ \t\x{a0}]?$`)
	word   = regexp.MustCompile(`\pL-$`)
	both   = regexp.MustCompile(`(?i:\bbetween)[ \t\x{a0}]$`)
)

// found is a number where it stands.
type found struct {
	Number
	from, until, end int // of the digits, and the end of the unit
	scale            float64
	decimals         int
}

// Find lists the numbers of a text in their order.
func Find(text string) (out []Number) {
	var all []*found
	for _, at := range token.FindAllStringIndex(text, -1) {
		if n := len(all); n > 0 && at[0] < all[n-1].end { // the hundred of "87 in 100"
			continue
		}
		if f := read(text, at[0], at[1]); f != nil {
			all = append(all, f)
		}
	}
	for i := len(all) - 1; i > 0; i-- { // the first of a range has the unit of the last
		a, b := all[i-1], all[i]
		gap := text[a.until:b.from]
		if !joined.MatchString(gap) || strings.TrimSpace(gap) == "and" && !both.MatchString(text[:a.from]) {
			continue
		}
		switch {
		case a.Unit == Money && a.scale == 1 && b.Unit == "" && b.scale > 1, a.Unit == Money && b.Unit == "" && strings.TrimSpace(gap) != "and" && strings.TrimSpace(gap) != "to" && b.scale == 1:
			a.scale, b.Unit = b.scale, Money
		case a.Unit == "" && a.scale == 1 && b.Unit != "" && b.Unit != Money && !band.MatchString(text[:a.from]):
			a.Unit, a.Kind = b.Unit, b.Kind
		}
	}
	for _, f := range all {
		if f.Unit == "" {
			continue
		}
		f.Value *= f.scale
		f.Step = f.step()
		f.Text = strings.Join(strings.Fields(text[f.from:f.end]), " ")
		out = append(out, f.Number)
	}
	return out
}

// read makes a number of the digits at a place, without a unit where it has none of its own; nil where they belong to a word, a date or a clause.
func read(text string, from, until int) *found {
	before, after := text[:from], text[until:]
	last, _ := utf8.DecodeLastRuneInString(before)
	if last != utf8.RuneError && (unicode.IsLetter(last) || unicode.IsDigit(last) || strings.ContainsRune("_/", last)) || tail(before, ".,:") || head(after, ".,:/") {
		return nil
	}
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '.' {
			return r
		}
		return -1
	}, text[from:until])
	value, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		return nil
	}
	_, part, _ := strings.Cut(digits, ".")
	f := &found{Number: Number{Value: value}, from: from, until: until, end: until, scale: 1, decimals: len(part)}
	money := strings.HasPrefix(text[from:until], "£")
	if word.MatchString(before) && !money { // COVID-19
		return nil
	}
	f.sign(before, text[from:until])
	if m := scaled.FindStringSubmatch(after); m != nil {
		f.scale = map[string]float64{"b": 1e9, "m": 1e6, "k": 1e3, "t": 1e3}[strings.ToLower(m[1][:1])]
		f.until += len(m[0])
		f.end, after = f.until, after[len(m[0]):]
	}
	switch m := pounds.FindString(after); {
	case money && value == 1 && f.scale == 1 && each.MatchString(before):
		return nil
	case money:
		f.Unit = Money
	case m != "":
		f.Unit, f.end = Money, f.end+len(m)
	case f.scale == 1:
		f.unit(before, after)
	}
	return f
}

// unit is what stands behind a number.
func (f *found) unit(before, after string) {
	if band.MatchString(before) {
		return
	}
	if m := cent.FindString(after); m != "" {
		rest := after[len(m):]
		if level.MatchString(rest) {
			return
		}
		f.Unit, f.end = Percent, f.end+len(m)
		if m := point.FindString(rest); m != "" {
			f.Unit, f.end = Points, f.end+len(m)
		}
		return
	}
	if m := percentagePoints.FindString(after); m != "" {
		f.Unit, f.end = Points, f.end+len(m)
		return
	}
	if m := among.FindStringSubmatch(after); m != nil && !time.MatchString(after[len(m[0]):]) {
		if all, _ := strconv.ParseFloat(strings.ReplaceAll(m[1], ",", ""), 64); f.Value >= 0 && f.Value <= all {
			f.Unit, f.Value, f.end, f.scale = Percent, 100*f.Value/all, f.end+len(m[0]), 1
			f.decimals += int(math.Round(math.Log10(all))) - 2
		}
		return
	}
	if m := days.FindStringSubmatch(after); m != nil {
		if weekly.MatchString(after[len(m[0]):]) || f.Value >= 1900 && f.Value < 2100 && year.MatchString(before) {
			return
		}
		f.Unit, f.end = Days, f.end+len(m[0])
		if kind := strings.ToLower(strings.Trim(m[1], " -\t\n")); kind == "working" || kind == "calendar" {
			f.Kind = kind
		}
		return
	}
	if m := wte.FindString(after); m != "" {
		f.Unit, f.end = WTE, f.end+len(m)
	}
}

// sign reads a minus before the digits or the pound; a hyphen after a word or a number is none.
func (f *found) sign(before, own string) {
	if strings.ContainsAny(own, "-−") {
		f.Value = -f.Value
		return
	}
	for _, minus := range []string{"-", "−", "minus "} {
		rest, ok := strings.CutSuffix(before, minus)
		last, _ := utf8.DecodeLastRuneInString(rest)
		if ok && (rest == "" || unicode.IsSpace(last) || last == '(') {
			f.Value, f.from = -f.Value, f.from-len(minus)
			return
		}
	}
}

// tail says that a text ends with one of the marks after a digit, head that it begins with one before a digit.
func tail(s, marks string) bool {
	n := len(s)
	return n > 1 && strings.ContainsRune(marks, rune(s[n-1])) && s[n-2] >= '0' && s[n-2] <= '9'
}

func head(s, marks string) bool {
	return s != "" && s[0] >= '0' && s[0] <= '9' || len(s) > 1 && strings.ContainsRune(marks, rune(s[0])) && s[1] >= '0' && s[1] <= '9'
}

// step is the worth of the last digit that was meant: of £1.2m a hundred thousand. Whole thousands may be rounded, as far as three digits
// are left (two with a word for the size): £412,000 is £412,345, and £400,000 is not.
func (f *found) step() float64 {
	step := f.scale * math.Pow10(-f.decimals)
	if f.Unit != Money || f.Value == 0 {
		return step
	}
	least := 2
	if f.scale == 1 {
		least = 3
		if f.decimals == 0 && math.Mod(f.Value, 1000) == 0 {
			step = 1000
		}
	}
	return min(step, max(math.Pow10(int(math.Floor(math.Log10(math.Abs(f.Value))))-least+1), math.Pow10(-f.decimals)))
}
