package questionset

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// Settings are the kinds of organisation a question can apply to.
var Settings = []string{"trust", "icb", "primary_care"}

// Reserved begins the codes of the starter set.
const Reserved = "OURS"

// The bounds of a row: a statement is read on a phone, and a set is answered by people.
const (
	longestText  = 600
	longestCode  = 40
	mostRows     = 2000
	latestNumber = 999 // of a version
)

// Question is one row.
type Question struct {
	Code       string   `yaml:"code" json:"code"`
	Version    int      `yaml:"version" json:"version"`
	Subsection string   `yaml:"subsection" json:"subsection"`
	Statement  string   `yaml:"statement" json:"statement"`
	Guidance   string   `yaml:"guidance" json:"guidance"`
	Evidence   string   `yaml:"evidence" json:"evidence"`
	Applies    []string `yaml:"applies" json:"applies"`
	Short      bool     `yaml:"short" json:"short"`
}

// Same says whether two versions of a question are word for word the same.
func (q Question) Same(o Question) bool {
	return q.Code == o.Code && q.Version == o.Version && q.Subsection == o.Subsection && q.Statement == o.Statement && q.Guidance == o.Guidance &&
		q.Evidence == o.Evidence && q.Short == o.Short && slices.Equal(q.Applies, o.Applies)
}

// Reject is a row that was not taken.
type Reject struct {
	Line   int    `json:"line"`
	Column string `json:"column"`
	Reason string `json:"reason"`
}

// Row is a question with the line it stood on.
type Row struct {
	Question
	Line int
}

// File is what a file held.
type File struct {
	Name    string // of the set; "" where the file does not say
	Rows    int    // read, rejected ones too
	Good    []Row
	Rejects []Reject
}

// Digest identifies what a file said: the same file again, or the same rows in another spelling, have the same.
func (f File) Digest() (string, error) {
	questions := make([]Question, len(f.Good))
	for i, r := range f.Good {
		questions[i] = r.Question
	}
	text, err := json.Marshal(struct {
		Name      string
		Questions []Question
		Rejects   []Reject
	}{f.Name, questions, f.Rejects})
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}

var codePattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)

// gather checks rows as they come.
type gather struct {
	file        *File
	subsections []string
	seen        map[string]bool
}

// take checks a row and keeps it, or says why not.
func (g *gather) take(line int, q Question) {
	g.file.Rows++
	reject := func(column, reason string) { g.file.Rejects = append(g.file.Rejects, Reject{line, column, reason}) }
	q.Code, q.Subsection, q.Statement = strings.TrimSpace(q.Code), strings.TrimSpace(q.Subsection), strings.TrimSpace(q.Statement)
	q.Guidance, q.Evidence = strings.TrimSpace(q.Guidance), strings.TrimSpace(q.Evidence)
	if len(q.Applies) == 0 {
		q.Applies = Settings
	}
	q.Applies = slices.Clone(q.Applies)
	slices.Sort(q.Applies)
	q.Applies = slices.Compact(q.Applies)
	switch {
	case !codePattern.MatchString(q.Code) || len(q.Code) > longestCode:
		reject("code", "a code has 1 to 40 letters, figures, dots and dashes")
	case strings.HasPrefix(strings.ToUpper(q.Code), Reserved):
		reject("code", "codes that begin with OURS belong to the starter set")
	case g.seen[q.Code]:
		reject("code", "the code is in the file twice")
	case q.Version < 1 || q.Version > latestNumber:
		reject("version", "a version is a whole number from 1 to 999")
	case !slices.Contains(g.subsections, q.Subsection):
		reject("subsection", "the sub-section is not in the framework")
	case q.Statement == "":
		reject("statement", "there is no statement")
	case tooLong(q.Statement) || tooLong(q.Guidance) || tooLong(q.Evidence):
		reject("statement", "a text is longer than 600 characters")
	case slices.ContainsFunc(q.Applies, func(s string) bool { return !slices.Contains(Settings, s) }):
		reject("applies", "it applies to trust, icb or primary_care")
	default:
		g.seen[q.Code] = true
		g.file.Good = append(g.file.Good, Row{q, line})
	}
}

func tooLong(s string) bool { return len([]rune(s)) > longestText }
