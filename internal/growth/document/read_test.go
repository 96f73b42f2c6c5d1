package document

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

// packed makes a zip of parts, in their order: name, content, name, content.
func packed(t *testing.T, parts ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err == nil {
			_, err = w.Write([]byte(parts[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const letter = `<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>Mrs Win</w:t></w:r><w:r><w:t>ter agreed</w:t></w:r></w:p><w:p><w:ins w:author="A. Reviewer"><w:r><w:t>to it</w:t></w:r></w:ins></w:p></w:body></w:document>`

// TestDoubt: a file with what looks like a person, or that cannot be searched, waits for a reason, and no other does.
func TestDoubt(t *testing.T) {
	for _, c := range []struct{ name, content, cleared, want string }{
		{"a.txt", "How we assess stress", "", ""},
		{"a.txt", "Mrs Winter agreed", "", "document.cleared.found"},
		{"Mrs Winter.txt", "We agreed", "", "document.cleared.found"},
		{"a.docx", packed(t, "[Content_Types].xml", "<Types/>", "word/document.xml", letter), "", "document.cleared.found"},
		{"a.txt", "Mrs Winter agreed", "Of a play", ""},
		{"a.pdf", "%PDF-1.7\n", "", "document.cleared.unread"},
		{"a.pdf", "%PDF-1.7\n", "I read it", ""},
		{"a.pdf", "%PDF-1.7\n", strings.Repeat("a", longestCleared+1), "form.too_long"},
	} {
		u, err := Take(c.name, strings.NewReader(c.content))
		if err != nil {
			t.Fatal(err)
		}
		u.Cleared = c.cleared
		got := ""
		if f := u.Doubt(civil.MustParse("2026-11-22")); len(f) > 0 {
			got = f[0].Key
		}
		if got != c.want {
			t.Errorf("%s, %q: %q, want %q", c.name, c.cleared, got, c.want)
		}
	}
}

// TestTake holds every kind to its content, and what is not one to its reason.
func TestTake(t *testing.T) {
	none := "-" // no words are known
	word := func(more ...string) string {
		return packed(t, append([]string{"[Content_Types].xml", "<Types/>", "word/document.xml", letter}, more...)...)
	}
	for name, c := range map[string]struct {
		name, content string
		media, kept   string
		words         string // part of the words
		unread        bool
		refused       string
	}{
		"text":                   {name: "Minutes.txt", content: "\ufeffWe agreed.\r\nAll of us, in fact.\n", media: text, kept: "Minutes.txt", words: "We agreed.\r\nAll of us"},
		"a table":                {name: "counts.csv", content: "month,n\n\"May, 2026\",12\n", media: csvT, kept: "counts.csv", words: "May, 2026"},
		"a page is text":         {name: "page.html", content: "<script>alert(1)</script>", media: text, kept: "page.html.txt", words: "alert"},
		"a table by content":     {name: "counts.exe", content: "a,b\n1,2\n", media: csvT, kept: "counts.exe.csv", words: "1,2"},
		"pdf":                    {name: "policy.PDF", content: "%PDF-1.7\n", media: pdf, kept: "policy.PDF", words: none, unread: true},
		"pdf under another name": {name: "policy.txt", content: "%PDF-1.7\n", media: pdf, kept: "policy.txt.pdf", words: none, unread: true},
		"png":                    {name: "a.png", content: "\x89PNG\r\n\x1a\n\x00", media: png, kept: "a.png", words: none, unread: true},
		"jpeg":                   {name: "a.jpeg", content: "\xff\xd8\xff\xe0", media: jpeg, kept: "a.jpeg", words: none, unread: true},
		"word":                   {name: "a.docx", content: word(), media: docx, kept: "a.docx", words: "Mrs Winter agreed"},
		"who changed it":         {name: "a.docx", content: word(), media: docx, kept: "a.docx", words: "\nA. Reviewer\n"},
		"a header":               {name: "a.docx", content: word("word/header1.xml", "<h><p>a.b@example.org</p></h>"), media: docx, kept: "a.docx", words: "a.b@example.org"},
		"its properties":         {name: "a.docx", content: word("docProps/core.xml", "<c><creator>Ann</creator><title>Plan</title></c>"), media: docx, kept: "a.docx", words: "Ann\nPlan"},
		"word with a picture":    {name: "a.docx", content: word("word/media/image1.png", "x"), media: docx, kept: "a.docx", words: "Mrs Winter", unread: true},
		"excel": {name: "a.xlsx", content: packed(t, "xl/workbook.xml", `<w><sheet name="Waits"/></w>`, "xl/sharedStrings.xml", "<sst><si><r><t>To</t></r><r><t>tal</t></r></si></sst>",
			"xl/worksheets/sheet1.xml", `<s><row><c t="s"><v>4005</v></c><c><v>9434765919</v></c><c t="inlineStr"><is><t>here</t></is></c></row></s>`), media: xlsx, kept: "a.xlsx", words: "Total\n"},
		"open document":       {name: "C:\\Users\\x\\a.odt", content: packed(t, "mimetype", odt, "content.xml", "<d><p>A pl<span>an</span></p></d>"), media: odt, kept: "a.odt", words: "A plan\n"},
		"too many words":      {name: "a.txt", content: strings.Repeat("word ", longestWords), media: text, kept: "a.txt", words: none, unread: true},
		"odd signs in a name": {name: "a\u202ecod\"<\r\n.txt", content: "x", media: text, kept: "acod.txt", words: "x"},
		"no name":             {name: "..", content: "x", media: text, kept: "...txt", words: "x"},
		"a long name":         {name: strings.Repeat("n", 200) + ".txt", content: "x", media: text, kept: strings.Repeat("n", longestName-4) + ".txt", words: "x"},

		"nothing":                          {content: "", refused: "document.refused.empty"},
		"too long":                         {content: strings.Repeat("x", Longest+1), refused: "document.refused.long"},
		"a program":                        {name: "a.txt", content: "MZ\x90\x00\x03", refused: "document.refused.kind"},
		"text of another encoding":         {name: "a.txt", content: "caf\xe9", refused: "document.refused.kind"},
		"text with control signs":          {name: "a.txt", content: "a\x1bb", refused: "document.refused.kind"},
		"an old or locked word file":       {name: "a.doc", content: "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", refused: "document.refused.kind"},
		"another zip":                      {name: "a.docx", content: packed(t, "a.txt", "x"), refused: "document.refused.kind"},
		"an open document that is no text": {name: "a.odt", content: packed(t, "mimetype", odt+"-master", "content.xml", "<d/>"), refused: "document.refused.kind"},
		"half a zip":                       {name: "a.docx", content: word()[:100], refused: "document.refused.broken"},
		"broken xml":                       {name: "a.docx", content: packed(t, "word/document.xml", "<a><b></a>"), refused: "document.refused.broken"},
		"endless depth":                    {name: "a.docx", content: packed(t, "word/document.xml", strings.Repeat("<a>", deepest+1)), refused: "document.refused.broken"},
		"macros":                           {name: "a.docx", content: word("word/vbaProject.bin", "x"), refused: "document.refused.macro"},
		"a bomb":                           {name: "a.docx", content: packed(t, "word/document.xml", "<a>"+strings.Repeat(" ", mostUnpacked)+"</a>"), refused: "document.refused.unpacked"},
		"a bomb in parts":                  {name: "a.docx", content: packed(t, "word/document.xml", "<a>"+strings.Repeat(" ", mostUnpacked/2)+"</a>", "word/b.xml", "<a>"+strings.Repeat(" ", mostUnpacked/2)+"</a>"), refused: "document.refused.unpacked"},
	} {
		t.Run(name, func(t *testing.T) {
			u, err := Take(c.name, strings.NewReader(c.content))
			if c.refused != "" {
				var refused *sheet.Refused
				if !errors.As(err, &refused) || refused.Key != c.refused {
					t.Errorf("error is %v, want %s", err, c.refused)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if u.MediaType != c.media || u.Name != c.kept || u.Unread != c.unread || len(u.SHA256) != 64 {
				t.Errorf("it is %s, %q, unread %v, %s", u.MediaType, u.Name, u.Unread, u.SHA256)
			}
			if (u.Words == nil) != (c.words == none) || u.Words != nil && !strings.Contains(*u.Words, c.words) {
				t.Errorf("words are %q", wordsOf(u))
			}
		})
	}
}

func wordsOf(u Upload) string {
	if u.Words == nil {
		return "unknown"
	}
	return *u.Words
}

// TestCells reads numbers of a sheet, and not the numbers under which its words are kept elsewhere.
func TestCells(t *testing.T) {
	u, err := Take("a.xlsx", strings.NewReader(packed(t, "xl/workbook.xml", "<w/>", "xl/worksheets/sheet1.xml", `<s><row><c t="s"><v>4005</v></c><c><v>9434765919</v></c></row></s>`)))
	if err != nil || strings.Contains(wordsOf(u), "4005") || !strings.Contains(wordsOf(u), "9434765919") {
		t.Errorf("words are %q, %v", wordsOf(u), err)
	}
}
