package document

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

// What an office file may unpack to: a document of 10 MB with a thousand pages of text stays well under both.
const (
	mostUnpacked = 64 << 20
	mostParts    = 5_000
)

var (
	errTooMuch = &sheet.Refused{Key: "document.refused.unpacked"}
	errBroken  = &sheet.Refused{Key: "document.refused.broken"}
	errKind    = &sheet.Refused{Key: "document.refused.kind"}
	errMacro   = &sheet.Refused{Key: "document.refused.macro"}
)

// unpack says which office file a zip is, and reads its words. Of parts that are no XML it says only that they are there.
func (u *Upload) unpack() error {
	z, err := zip.NewReader(bytes.NewReader(u.content), int64(len(u.content)))
	if err != nil {
		return errBroken
	}
	if len(z.File) > mostParts {
		return errTooMuch
	}
	if u.MediaType = office(z); u.MediaType == "" {
		return errKind
	}
	var b strings.Builder
	left := int64(mostUnpacked)
	for _, f := range z.File {
		switch ending := strings.ToLower(path.Ext(f.Name)); {
		case strings.HasPrefix(strings.ToLower(path.Base(f.Name)), "vbaproject") || strings.HasPrefix(f.Name, "Basic/") || strings.HasPrefix(f.Name, "Scripts/"):
			return errMacro
		case f.Flags&1 != 0: // encrypted
			return errBroken
		case ending == ".xml":
			if err := words(&b, f, &left); err != nil {
				return err
			}
		case ending == ".rels" || strings.HasSuffix(f.Name, "/") || f.Name == "mimetype" || strings.HasPrefix(f.Name, "Thumbnails/"):
		default:
			u.Unread = true
		}
	}
	text := b.String()
	u.Words = &text
	return nil
}

// office recognises a kind of office file by the part that holds its text; "" is none of them.
func office(z *zip.Reader) string {
	for _, kind := range []struct{ part, media string }{{"word/document.xml", docx}, {"xl/workbook.xml", xlsx}} {
		if f, err := z.Open(kind.part); err == nil {
			_ = f.Close()
			return kind.media
		}
	}
	return declared(z)
}

// declared recognises an OpenDocument text by what it says it is.
func declared(z *zip.Reader) string {
	f, err := z.Open("mimetype")
	if err != nil {
		return ""
	}
	defer func() { _ = f.Close() }()
	kind, err := io.ReadAll(io.LimitReader(f, int64(len(odt)+2)))
	if err != nil || strings.TrimSpace(string(kind)) != odt {
		return ""
	}
	return odt
}

// ends are the elements after which a word does not go on: paragraphs, cells, rows, shared strings, tabs, breaks. Within
// them a word may be cut into runs at any letter, which belong together again.
var ends = map[string]bool{"p": true, "h": true, "c": true, "row": true, "si": true, "is": true, "tab": true, "br": true, "s": true, "line-break": true, "v": true, "f": true}

// said are the attributes that hold words: who changed or commented on something, what a picture shows, how a sheet is
// called.
var said = map[string]bool{"author": true, "descr": true, "title": true, "name": true}

// deepest is how far elements may lie in each other: a table in a table in a text box has about 40.
const deepest = 256

// words adds the text of one XML part. left is what may still be unpacked of the whole file: a part that says it is
// small and is not, counts as what it is.
func words(b *strings.Builder, f *zip.File, left *int64) error {
	r, err := f.Open()
	if err != nil {
		return errBroken
	}
	defer func() { _ = r.Close() }()
	counted := &bounded{r, left}
	d := xml.NewDecoder(counted)
	shared := false // the value of a cell is the number of a shared string, which is elsewhere
	skip, depth := 0, 0
	for {
		t, err := d.Token()
		switch {
		case errors.Is(err, io.EOF):
			b.WriteByte('\n')
			return nil
		case errors.Is(err, errTooMuch):
			return errTooMuch
		case err != nil:
			return errBroken
		}
		switch t := t.(type) {
		case xml.StartElement:
			if depth++; depth > deepest {
				return errBroken
			}
			for _, a := range t.Attr {
				if said[a.Name.Local] {
					b.WriteString("\n" + a.Value + "\n")
				}
			}
			if t.Name.Local == "c" {
				shared = attribute(t, "t") == "s"
			}
			if shared && t.Name.Local == "v" {
				skip++
			}
		case xml.EndElement:
			depth--
			if shared && t.Name.Local == "v" {
				skip--
			}
			if ends[t.Name.Local] || inProperties(f.Name) {
				b.WriteByte('\n')
			}
		case xml.CharData:
			if skip == 0 {
				b.Write(t)
			}
		}
	}
}

// inProperties holds a part to be a list of facts about the file, such as who wrote it: each element is one.
func inProperties(name string) bool {
	return strings.HasPrefix(name, "docProps/") || name == "meta.xml"
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// bounded reads until nothing is left.
type bounded struct {
	r    io.Reader
	left *int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if *b.left -= int64(n); *b.left < 0 {
		return 0, errTooMuch
	}
	return n, err
}
