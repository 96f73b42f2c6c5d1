package house_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// table is a table of a page or of a file, or a list of terms, whose one row has a column for each term.
type table struct {
	caption string
	head    []string
	rows    [][]string
}

// column names a column; one without a heading has its number.
func (x table) column(i int) string {
	if i < len(x.head) && x.head[i] != "" {
		return x.head[i]
	}
	return fmt.Sprintf("column %d", i+1)
}

// readTables reads the tables of an answer by what it is.
func readTables(kind, body string) ([]table, error) {
	switch kind, _, _ = strings.Cut(kind, ";"); kind {
	case "text/html":
		return pageTables(body)
	case "text/csv":
		rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
		return grid("csv", rows), err
	case "text/markdown", "text/plain":
		return markdownTables(body), nil
	case "application/x-ndjson", "application/jsonl", "application/json":
		return jsonTables(body)
	case "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":
		return sheetTables(body)
	}
	if strings.HasPrefix(kind, "image/") || kind == "text/css" {
		return nil, nil
	}
	return nil, fmt.Errorf("nobody knows how to read %q", kind)
}

func grid(caption string, rows [][]string) []table {
	if len(rows) == 0 {
		return nil
	}
	return []table{{caption: caption, head: rows[0], rows: rows[1:]}}
}

func pageTables(body string) (out []table, err error) {
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	var text func(n *html.Node) string
	text = func(n *html.Node) string {
		if n.Type == html.TextNode {
			return n.Data
		}
		if class := webtest.Attr(n, "class"); strings.Contains(class, "rowan-ask") || strings.Contains(class, "hidden") && strings.Contains(webtest.Attr(n.Parent, "class"), "rowan-number") {
			return "" // the name of a figure, and the way to a question about it, are no part of the number
		}
		var b strings.Builder
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			b.WriteString(text(c))
			b.WriteString(" ")
		}
		return b.String()
	}
	clean := func(n *html.Node) string { return strings.Join(strings.Fields(text(n)), " ") }
	var visit func(n *html.Node, in int)
	visit = func(n *html.Node, in int) {
		if n.Type == html.ElementNode {
			switch n.Data {
			case "table":
				out, in = append(out, table{}), len(out)
			case "dl":
				out, in = append(out, table{caption: "terms", rows: [][]string{nil}}), len(out)
			case "dt":
				out[in].head = append(out[in].head, clean(n))
			case "dd":
				for len(out[in].rows[0]) < len(out[in].head)-1 {
					out[in].rows[0] = append(out[in].rows[0], "")
				}
				if n := len(out[in].rows[0]); n >= len(out[in].head) { // a second description: the way to change it
					out[in].head = append(out[in].head, "more")
				}
				out[in].rows[0] = append(out[in].rows[0], clean(n))
			case "caption":
				out[in].caption = clean(n)
			case "tr":
				out[in].row(n, clean)
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			visit(c, in)
		}
	}
	visit(doc, -1)
	return out, nil
}

func (x *table) row(n *html.Node, clean func(*html.Node) string) {
	var row []string
	head := true
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			row = append(row, clean(c))
			head = head && c.Data == "th"
		}
	}
	if head && x.head == nil && x.rows == nil {
		x.head = row
		return
	}
	for i := range min(len(row), len(x.head)) { // on a small screen a cell repeats its heading
		row[i] = strings.TrimSpace(strings.TrimPrefix(row[i], x.head[i]))
	}
	x.rows = append(x.rows, row)
}

func markdownTables(body string) (out []table) {
	var rows [][]string
	end := func() {
		out, rows = append(out, grid("markdown", rows)...), nil
	}
	for line := range strings.Lines(body) {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "|") {
			end()
			continue
		}
		var row []string
		for cell := range strings.SplitSeq(strings.Trim(line, "|"), "|") {
			row = append(row, strings.TrimSpace(cell))
		}
		if strings.Trim(strings.Join(row, ""), "-: ") != "" {
			rows = append(rows, row)
		}
	}
	end()
	return out
}

// jsonTables reads one value, or one a line. What is inside another is a column of its own, named by its way.
func jsonTables(body string) ([]table, error) {
	x := table{caption: "json"}
	for d := json.NewDecoder(strings.NewReader(body)); ; {
		var v any
		if err := d.Decode(&v); err == io.EOF {
			return []table{x}, nil
		} else if err != nil {
			return nil, err
		}
		many, ok := v.([]any)
		if !ok {
			many = []any{v}
		}
		for _, one := range many {
			flat := map[string]string{}
			flatten("", one, flat)
			row := make([]string, len(x.head))
			for _, name := range slices.Sorted(maps.Keys(flat)) {
				i := slices.Index(x.head, name)
				if i < 0 {
					i, x.head, row = len(x.head), append(x.head, name), append(row, "")
				}
				row[i] = flat[name]
			}
			x.rows = append(x.rows, row)
		}
	}
}

func flatten(name string, v any, into map[string]string) {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			flatten(strings.TrimPrefix(name+"."+k, "."), x, into)
		}
	case []any:
		for i, x := range v {
			flatten(name+"."+strconv.Itoa(i), x, into)
		}
	default:
		into[name] = fmt.Sprint(v)
	}
}

// sheetTables reads the sheets of a workbook.
func sheetTables(body string) (out []table, err error) {
	z, err := zip.NewReader(bytes.NewReader([]byte(body)), int64(len(body)))
	if err != nil {
		return nil, err
	}
	read := func(name string, into any) error {
		f, err := z.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		return xml.NewDecoder(f).Decode(into)
	}
	var shared struct {
		Items []struct {
			Text string `xml:"t"`
		} `xml:"si"`
	}
	if slices.ContainsFunc(z.File, func(f *zip.File) bool { return f.Name == "xl/sharedStrings.xml" }) {
		if err := read("xl/sharedStrings.xml", &shared); err != nil {
			return nil, err
		}
	}
	for _, f := range z.File {
		if !strings.HasPrefix(f.Name, "xl/worksheets/") || !strings.HasSuffix(f.Name, ".xml") {
			continue
		}
		var sheet struct {
			Rows []struct {
				Cells []struct {
					Kind   string `xml:"t,attr"`
					Value  string `xml:"v"`
					Inline string `xml:"is>t"`
				} `xml:"c"`
			} `xml:"sheetData>row"`
		}
		if err := read(f.Name, &sheet); err != nil {
			return nil, err
		}
		var rows [][]string
		for _, r := range sheet.Rows {
			var row []string
			for _, c := range r.Cells {
				text := c.Value + c.Inline
				if i, err := strconv.Atoi(c.Value); err == nil && c.Kind == "s" && i < len(shared.Items) {
					text = shared.Items[i].Text
				}
				row = append(row, text)
			}
			rows = append(rows, row)
		}
		out = append(out, grid("sheet", rows)...)
	}
	return out, nil
}

// workbook makes a file of one sheet.
func workbook(t *testing.T, rows string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("xl/worksheets/sheet1.xml")
	if err == nil {
		_, err = io.WriteString(w, "<worksheet><sheetData>"+rows+"</sheetData></worksheet>")
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}
