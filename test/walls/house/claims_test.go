package house_test

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

// cell is a cell of a table with a number in it.
type cell struct {
	path string
	in   table
	row  []string
	i    int
	text string
}

// beside gives what stands in another column of the row.
func (c cell) beside(column string) string {
	for i, text := range c.row {
		if c.in.column(i) == column {
			return text
		}
	}
	return ""
}

// A claim says what the numbers of a column are, and holds them to it: "" where they are.
type claim struct {
	path, caption, column *regexp.Regexp
	holds                 func(*reading, cell) string
}

func says(path, caption, column string, holds func(*reading, cell) string) claim {
	return claim{regexp.MustCompile(`^` + path), regexp.MustCompile(`^(?:` + caption + `)$`), regexp.MustCompile(`^(?:` + column + `)$`), holds}
}

const everything = `.*`

// counted are the units of counts of people, or of what happened to them.
const counted = `(?:referrals?|episodes?|injury|injuries|incidents?|people|person|cases?|contacts?|appointments?|reports?|answers?)`

var (
	number  = regexp.MustCompile(`^-?[0-9][0-9,]*(\.[0-9]+)?`)
	unit    = regexp.MustCompile(`^((?i:fewer than )?[0-9][0-9,]*) ` + counted + `$`)
	share   = regexp.MustCompile(`^([0-9]+(?:\.[0-9])?)%$`)
	period  = regexp.MustCompile(` \([^()]*\)$`)
	sayings = regexp.MustCompile(`((?i:fewer than )?[0-9][0-9,]*) ` + counted + `\b`)
	scores  = regexp.MustCompile(`^([0-9]+)%(?: or (less|more))?(?: \(about ([0-9]+) answered\))?$`)
)

// claims are tried in their order. What is about people comes first, and is held to its rule; then what is about none.
var claims = []claim{
	// Counts, and what is made of them.
	says(`/data/`, `.*\(`+counted+`\)`, `Value`, counts),
	says(`/data/`, `Every period`, `Numerator`, counts),
	says(`/data/`, `Every period`, `Denominator`, rounded),
	says(`/data/`, `Every period`, `Value`, ofRow),
	says(`/data(\?|$)`, `Series`, `Latest`, latest),
	says(`/data/`, `.*`, `Value`, rate),
	says(`/performance/`, `.*\(`+counted+`\)`, `Value`, counts),
	says(`/performance/`, `.*\(%\)`, `Value`, ofFew),
	says(`/performance/access_equity`, everything, `Staff|People|Contacts`, rounded),
	says(`/performance/access_equity`, everything, `Contacts for 1,000 staff|The rest|Ratio and 95% interval|What it says`, rate),
	says(`/performance`, everything, `Out of`, rounded),
	says(`/performance`, everything, `90th centile`, statistic),
	says(`/performance`, everything, `Response rate \(%\)`, rate),
	says(`/performance/`, `.*\((working days|days|of 5)\)`, `Value`, statistic),
	says(`/performance(\?|$)`, everything, `Last month|With stop-clocks`, latest),
	says(`/performance(\?|$)`, `Measures taken in by file, and absence`, `Last period`, ofFile),
	says(`/performance(\?|$)`, everything, `In a sentence`, spoken),
	says(`/performance(\?|$)`, `Days in each state for an average case \(days\)`, `Time|Share`, rate),
	says(`/absence`, `.*\((days|episodes)\)`, `Value`, days),
	says(`/absence`, everything, `Days, 12 months`, days),
	says(`/absence`, everything, `By month|Last month|Value|Share|Running total`, rate),
	says(`/plan/balance`, everything, `Contacts in 12 months`, balance),
	says(`/need/rounds/[^/]+/results`, `.*, since the last round`, everything, rate), // points
	says(`/need/rounds/[^/]+/results`, everything, `Everybody|Board|Managers|Staff side|Occupational health|Staff networks`, score),
	says(`/need/rounds/[^/]+/results`, everything, `Gap|Since the last round`, rate),
	says(`/figures(\?|$)`, everything, `Latest`, latest),
	says(`/figures/`, `terms`, `Value`, latest),
	says(`/data/survey`, everything, everything, rate), // groups of survey answers have 11 people or more: package survey

	// About no person.
	says(`/.*/rejects.csv`, `csv`, `Line`, free),
	says(`/`, everything, `Mean|Lower limit|Upper limit`, free), // of the values shown: see chart
	says(`/`, `terms`, `(?i:Definition|Version|Source|Period|What is counted|Clock rule|Left out|Question it answers|In our catalogue|Target|Where the definition comes from)`, free), // what a figure means
	says(`/`, `terms`, `Registered|Last changed|Source last filled|Periods with a number|Confidence|Risk|Cost`, free),
	says(`/`, everything, `Variation|Target|Period|Measure|Question|Figure|State|What it would say`, free),
	says(`/performance/missing`, everything, everything, free),              // names of sources
	says(`/data(\?|$)`, `Series`, `With a number`, free),                    // of its periods
	says(`/need/rounds/[^/]+/results`, `Suggested order`, everything, free), // what people judged
	says(`/assurance`, everything, everything, free),
	says(`/evidence`, everything, everything, free),
	says(`/effect`, everything, everything, free),
	says(`/need/questions`, everything, everything, free),
	says(`/plan/`, everything, everything, free),
}

// free holds nothing: the numbers are about no person.
func free(*reading, cell) string { return "" }

func counts(r *reading, c cell) string { return r.count(c.path+" | "+c.row[0], c.text) }

// rounded is a count that is in no sum.
func rounded(r *reading, c cell) string {
	return r.count(c.path+" | "+c.in.caption+" | "+c.in.column(c.i)+" | "+c.row[0], c.text)
}

func balance(r *reading, c cell) string { return r.count("contacts of "+c.row[0], c.text) }

// days lost are no people, and are rounded like them.
func days(r *reading, c cell) string {
	if n, err := strconv.Atoi(strings.ReplaceAll(c.text, ",", "")); err == nil && n%5 != 0 && !strings.Contains(c.in.caption, "England") && !strings.Contains(c.path, "scope=england") {
		return "is not rounded"
	}
	return ""
}

// ofRow is a count with its unit, or made of the rounded counts beside it.
func ofRow(r *reading, c cell) string {
	if m := unit.FindStringSubmatch(c.text); m != nil {
		return r.count(c.path+" | "+c.row[0], m[1])
	}
	v, err1 := strconv.ParseFloat(number.FindString(c.text), 64)
	n, err2 := strconv.ParseFloat(strings.ReplaceAll(c.beside("Numerator"), ",", ""), 64)
	d, err3 := strconv.ParseFloat(strings.ReplaceAll(c.beside("Denominator"), ",", ""), 64)
	if err1 != nil || err2 != nil || err3 != nil || d == 0 {
		return "is of no counts that are shown"
	}
	for _, per := range []float64{100, 1000, 10000} {
		if math.Abs(v-per*n/d) <= 0.0501 {
			return ""
		}
	}
	return "is not made of the rounded counts beside it"
}

// ofFew is a percentage of counts of the small sample, where nobody has more than 40 of anything in a month. Made of rounded
// counts it can be few numbers, and none between. Where the page says what it is of, it is of that.
func ofFew(_ *reading, c cell) string {
	text := strings.TrimSuffix(c.text, "%")
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return "is no percentage"
	}
	least, most := 15, 40
	if n, err := strconv.Atoi(strings.ReplaceAll(c.beside("Out of"), ",", "")); err == nil {
		least, most = n, n
	}
	for whole := least; whole <= most; whole += 5 {
		for part := 0; part <= whole; part += 5 {
			if part != 5 && (math.Abs(v-100*float64(part)/float64(whole)) <= 0.0501 || v == math.Round(100*float64(part)/float64(whole))) {
				return ""
			}
		}
	}
	return "is not made of rounded counts"
}

// rate is a rate, a share or a mean that says nothing of how many it is of.
func rate(_ *reading, c cell) string {
	if unit.MatchString(c.text) {
		return "is a count"
	}
	return ""
}

// statistic is a median or a percentile of days.
func statistic(_ *reading, c cell) string {
	if !number.MatchString(c.text) || strings.Contains(c.text, "%") {
		return "is no statistic"
	}
	return ""
}

// latest is a figure with its unit and period.
func latest(r *reading, c cell) string {
	text := period.ReplaceAllString(c.text, "")
	m := unit.FindStringSubmatch(text)
	switch {
	case strings.HasPrefix(c.path, "/figures/wait/") || strings.Contains(c.row[0], ", in the last quarter simulated: "):
		return "" // a list to come in simulated runs is of nobody
	case m != nil:
		return r.count(c.path+" | "+c.row[0]+" | "+c.text, m[1])
	case share.MatchString(text) && (strings.HasPrefix(c.path, "/performance") || strings.HasPrefix(c.path, "/figures/indicator")):
		return ofFew(r, cell{text: text})
	case regexp.MustCompile(`^[0-9]+$`).MatchString(text):
		return "has no unit"
	}
	return ""
}

// ofFile is a measure that came by file: a count with its unit, or a rate.
func ofFile(r *reading, c cell) string {
	if m := unit.FindStringSubmatch(c.text); m != nil {
		return r.count(c.path+" | "+c.row[0]+" | "+c.text, m[1])
	}
	return rate(r, c)
}

// spoken is a sentence: it may hold counts among other things.
func spoken(r *reading, c cell) string {
	for _, m := range sayings.FindAllStringSubmatchIndex(c.text, -1) {
		if strings.HasSuffix(c.text[:m[0]], "around ") { // the mean of those shown
			continue
		}
		if fault := r.count(c.path+" | "+c.text+" | "+strconv.Itoa(m[0]), c.text[m[2]:m[3]]); fault != "" {
			return fault
		}
	}
	return ""
}

// score of a round: from 5 to 95, and about how many answered.
func score(_ *reading, c cell) string {
	m := scores.FindStringSubmatch(c.text)
	if m == nil {
		return "is no score"
	}
	v, _ := strconv.Atoi(m[1])
	n, _ := strconv.Atoi(m[3])
	switch {
	case v < 5 || v > 95 || v == 5 && m[2] != "less" || v == 95 && m[2] != "more":
		return "says that all gave the same"
	case n%5 != 0:
		return "says exactly how many answered"
	}
	return ""
}
