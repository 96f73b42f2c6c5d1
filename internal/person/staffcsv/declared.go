package staffcsv

import (
	"slices"
	"strings"
)

// Declared is what somebody declared to their employer, in codes. It is counted by group and read by nobody.
type Declared struct{ Sex, EthnicGroup, Disability string }

// NotDeclared is a code of each: nothing was said, which is no no.
const NotDeclared = "not_declared"

// declaredColumns may be left out.
var declaredColumns = []string{"sex", "ethnic_group", "disability"}

// unsaid are the words by which ESR and others say that nothing was.
var unsaid = []string{"", "not_declared", "not_stated", "not_known", "unknown", "unspecified", "undefined", "prefer_not_to_answer", "prefer_not_to_say", "z", "z_not_stated"}

var (
	sexes        = map[string]string{"f": "female", "female": "female", "m": "male", "male": "male"}
	disabilities = map[string]string{"y": "yes", "yes": "yes", "n": "no", "no": "no"}
	// ethnicLetters are those of the national code that ESR puts first: "A White - British". The groups are the five of the census.
	ethnicLetters = map[byte]string{'a': "white", 'b': "white", 'c': "white", 'd': "mixed", 'e': "mixed", 'f': "mixed", 'g': "mixed", 'h': "asian", 'j': "asian", 'k': "asian", 'l': "asian",
		'm': "black", 'n': "black", 'p': "black", 'r': "asian", 's': "other"}
	ethnicGroups = []string{"asian", "black", "mixed", "white", "other"}
)

// declares says whether a heading has any of the columns.
func declares(at map[string]int) bool {
	return slices.ContainsFunc(declaredColumns, func(c string) bool { _, ok := at[c]; return ok })
}

// declared reads them; nil where the feed has none of the columns.
func (f field) declared() *Declared {
	if !declares(f.at) {
		return nil
	}
	return &Declared{
		Sex:         f.code("sex", func(s string) string { return sexes[s] }),
		EthnicGroup: f.code("ethnic_group", ethnic),
		Disability:  f.code("disability", func(s string) string { return disabilities[s] }),
	}
}

// code reads a cell into a code.
func (f field) code(column string, of func(string) string) string {
	s := strings.NewReplacer(" - ", "_", "-", "_", " ", "_").Replace(strings.ToLower(f.cell(column)))
	if slices.Contains(unsaid, s) {
		return NotDeclared
	}
	code := of(s)
	if code == "" {
		f.reject(column, "person.import.why.declared")
	}
	return code
}

// ethnic reads a group by its name, or by the letter of the national code alone or before words.
func ethnic(s string) string {
	if slices.Contains(ethnicGroups, s) {
		return s
	}
	if len(s) == 1 || len(s) > 2 && s[1] == '_' {
		return ethnicLetters[s[0]]
	}
	return ""
}
