package browser

import (
	"bytes"
	"context"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

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
