package browser

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Download gives the file that comes by the link that says so, or by the button of a form without fields. A browser puts
// it into a folder and stays where it is, so this asks for it beside the browser, as the same person.
func (v *Visitor) Download(words string) []byte {
	v.t.Helper()
	found := v.pressable("", words)
	list, err := ask(v, chromedp.AttributesAll(found, chromedp.NodeReady))
	v.must("download "+words, err)
	method, to := http.MethodGet, list[0]["href"]
	if to == "" {
		forms, err := ask(v, chromedp.AttributesAll(v.one("//form[.//button["+says(words)+"]]", words), chromedp.NodeReady))
		v.must("download "+words, err)
		method, to = http.MethodPost, forms[0]["action"]
	}
	jar, err := ask(v, func(ctx context.Context, t *chromedp.Target) (network.GetCookiesResult, error) {
		return cdp.Call(ctx, t, network.GetCookies, network.GetCookiesParams{})
	})
	v.must("read cookies", err)
	at, err := url.Parse(v.site.URL + v.Path)
	v.must("download "+words, err)
	at, err = at.Parse(to)
	v.must("download "+words, err)
	ctx, cancel := context.WithTimeout(v.ctx, patience)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, method, at.String(), nil)
	v.must("download "+words, err)
	for _, c := range jar.Cookies {
		r.AddCookie(&http.Cookie{Name: c.Name, Value: c.Value})
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := http.DefaultClient.Do(r)
	v.must("download "+words, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	v.must("download "+words, err)
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Disposition") == "" {
		v.t.Fatalf("%s at %s: %s answers %d and is no download", v.view.Name, v.Path, words, answer.StatusCode)
	}
	return body
}

// Print gives the page as a PDF, on A4 unless its style sheet says otherwise.
func (v *Visitor) Print() []byte {
	v.t.Helper()
	const inch = 25.4 // millimetres
	pdf, err := ask(v, func(ctx context.Context, t *chromedp.Target) (page.PrintToPDFResult, error) {
		return cdp.Call(ctx, t, page.PrintToPDF, page.PrintToPDFParams{PaperWidth: 210 / inch, PaperHeight: 297 / inch, PreferCSSPageSize: new(true), GenerateTaggedPDF: new(true)})
	})
	v.must("print", err)
	return pdf.Data
}

// Pages counts the pages of a PDF that Chromium made: it writes each as an object of its own, uncompressed.
func Pages(pdf []byte) int {
	return bytes.Count(pdf, []byte("/Type /Page\n")) + bytes.Count(pdf, []byte("/Type /Page "))
}
