package document

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/document/redaction"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

const (
	// Longest is the most that a file may have, in bytes: a policy of 200 pages with pictures has about 5 MB.
	Longest = 10 << 20
	// longestWords is how many characters of a file are kept to be searched: a book of 500 pages has about a million.
	longestWords = 1_000_000
	// longestName keeps what a browser sends as a file name within a line.
	longestName = 120
)

// The media types that are taken, and how their names end.
const (
	pdf  = "application/pdf"
	png  = "image/png"
	jpeg = "image/jpeg"
	docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	odt  = "application/vnd.oasis.opendocument.text"
	csvT = "text/csv"
	text = "text/plain"
)

var endings = map[string][]string{pdf: {".pdf"}, png: {".png"}, jpeg: {".jpg", ".jpeg"}, docx: {".docx"}, xlsx: {".xlsx"}, odt: {".odt"}, csvT: {".csv", ".txt"}, text: {".txt", ".md", ".csv"}}

// Upload is a file that was read and may be kept.
type Upload struct {
	Name      string
	MediaType string
	SHA256    string
	Words     *string // nil: none are known
	Unread    bool    // it holds more than words
	Cleared   string  // why that, or what looks like a person in it, is about nobody
	content   []byte
}

const (
	// longestCleared is room for a reason, not for a story.
	longestCleared = 300
	// mostSaid is how many findings are named: whoever has more has a list of people.
	mostSaid = 5
)

// Doubt refuses a file that holds what looks like a person, or that cannot be searched, until somebody has said why it is about
// nobody. The evidence room asks that of each finding on a page of its own, and freezes nothing before; where a file is laid
// beside a principle or an answer nothing is frozen later, so it is asked at the door.
func (u Upload) Doubt(today civil.Date) (f fault.Fields) {
	texts := []string{u.Name}
	if u.Words != nil {
		texts = append(texts, *u.Words)
	}
	var said []string
	for _, x := range redaction.ScanAll(today, texts...) {
		said = append(said, x.Text)
	}
	switch {
	case utf8.RuneCountInString(u.Cleared) > longestCleared:
		f.Add("cleared", "form.too_long", "n", longestCleared)
	case u.Cleared != "":
	case len(said) > 0:
		f.Add("cleared", "document.cleared.found", "what", strings.Join(said[:min(len(said), mostSaid)], "; "))
	case u.Unread:
		f.Add("cleared", "document.cleared.unread")
	}
	return f
}

// Take reads a file. One that is not taken is a *sheet.Refused.
func Take(name string, r io.Reader) (Upload, error) {
	content, sum, err := sheet.Whole(r, Longest)
	if err != nil {
		return Upload{}, err
	}
	u := Upload{SHA256: sum, content: content}
	if err := u.recognise(); err != nil {
		return Upload{}, err
	}
	if u.Words != nil && utf8.RuneCountInString(*u.Words) > longestWords {
		u.Words, u.Unread = nil, true
	}
	u.Name = named(name, u.MediaType)
	return u, nil
}

// recognise says from its content what a file is, and what it says.
func (u *Upload) recognise() error {
	for mark, media := range map[string]string{"%PDF-": pdf, "\x89PNG\r\n\x1a\n": png, "\xff\xd8\xff": jpeg} {
		if bytes.HasPrefix(u.content, []byte(mark)) {
			u.MediaType, u.Unread = media, true
			return nil
		}
	}
	if bytes.HasPrefix(u.content, []byte("PK\x03\x04")) {
		return u.unpack()
	}
	words := strings.TrimPrefix(string(u.content), "\ufeff")
	if !plain(words) {
		return &sheet.Refused{Key: "document.refused.kind"}
	}
	if u.MediaType = text; tabular(words) {
		u.MediaType = csvT
	}
	u.Words = &words
	return nil
}

// plain says whether a content is text and nothing else.
func plain(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && !strings.ContainsRune("\t\n\r\f", r) })
}

// tabular says whether a text is a table: two rows or more, all of the same two columns or more.
func tabular(s string) bool {
	r := csv.NewReader(strings.NewReader(s))
	r.ReuseRecord = true
	for rows := 0; ; rows++ {
		cells, err := r.Read()
		switch {
		case errors.Is(err, io.EOF):
			return rows > 1
		case err != nil || len(cells) < 2:
			return false
		}
	}
}

// named is the name a file is kept under: without a path or signs that no name has, and ending as its content says, so
// that nobody's computer opens a text as a page or a program.
func named(name, media string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.C, r) || strings.ContainsRune(`"<>|:*?/`, r) || !utf8.ValidRune(r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, name))
	if name == "" || name == "." {
		name = "document"
	}
	ending := strings.ToLower(path.Ext(name))
	if !slices.Contains(endings[media], ending) {
		ending = endings[media][0]
		name += ending
	}
	if r := []rune(name); len(r) > longestName {
		name = string(r[:longestName-len(ending)]) + ending
	}
	return name
}
