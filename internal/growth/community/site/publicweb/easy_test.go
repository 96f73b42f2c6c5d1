package publicweb_test

import (
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/rowan-ohwb/rowan/internal/growth/community/site"
	"github.com/rowan-ohwb/rowan/internal/growth/community/site/siteview"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// builtIn are the pages that a site has before anybody writes one.
var builtIn = []string{"", "/refer", "/steps", "/contacts", "/careers", "/news", "/help-now"}

// mostWords is how long a sentence in easy words may be.
const mostWords = 15

var sentence = regexp.MustCompile(`[.?!](?:\s+|$)`)

// long lists sentences of a text that are too long to be easy.
func long(text string) (out []string) {
	for _, s := range sentence.Split(text, -1) {
		if len(strings.Fields(s)) > mostWords {
			out = append(out, s)
		}
	}
	return out
}

// blocks are the paragraphs, points and headings between header and foot.
func blocks(t *testing.T, p *webtest.Page) (out []string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(p.Body))
	if err != nil {
		t.Fatal(err)
	}
	var text func(*html.Node) string
	text = func(n *html.Node) string {
		if n.Type == html.TextNode {
			return n.Data
		}
		var b strings.Builder
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			b.WriteString(text(c))
		}
		return b.String()
	}
	var walk func(*html.Node, bool)
	walk = func(n *html.Node, in bool) {
		in = in || n.Data == "main"
		if in && strings.Contains(" p li h1 h2 h3 dt dd a ", " "+n.Data+" ") {
			out = append(out, strings.Join(strings.Fields(text(n)), " "))
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, in)
		}
	}
	walk(root, false)
	return out
}

// TestEasy: each built-in page has an easy-read version that is linked from it and leads back; its sentences are short, and help is on it.
func TestEasy(t *testing.T) {
	h := open(t)
	for _, path := range builtIn {
		at := h.at + path
		full := h.Anonymous().Get(at).Want(200).Says("Read this page in easy words").Hides("Read the full page")
		if !strings.Contains(full.Body, `href="`+at+`?read=easy"`) {
			t.Errorf("%s does not lead to its easy words", path)
		}
		easy := h.Anonymous().Get(at+"?read=easy").Want(200).Says("Read the full page", "999", "111", "116 123", "85258").Hides("Read this page in easy words")
		if !strings.Contains(easy.Body, `href="`+at+`"`) {
			t.Errorf("%s does not lead back from its easy words", path)
		}
		all := blocks(t, easy)
		if len(all) < 12 {
			t.Errorf("%s says little: %q", path, all)
		}
		for _, b := range all {
			for _, s := range long(b) {
				t.Errorf("%s: longer than %d words: %s", path, mostWords, s)
			}
		}
		if h.Anonymous().Get(at).Want(200).Body != full.Body {
			t.Errorf("%s is not itself after its easy words were read", path)
		}
	}
	if got := long("One two. A b c d e f g h i j k l m n o p. Three?"); len(got) != 1 {
		t.Errorf("the test finds %q", got)
	}
}

// TestUsualEasy: what a site starts with has one idea a line, at most two short sentences.
func TestUsualEasy(t *testing.T) {
	for _, k := range site.Fixed {
		v, ok := siteview.Usual(locale.Into(ctx, locale.English()), string(k))
		lines := strings.Split(v.Easy, "\n")
		if !ok || len(lines) < 5 || v.Easy == v.Words {
			t.Errorf("%s: %q", k, v.Easy)
		}
		for _, line := range lines {
			if n := len(sentence.FindAllString(strings.TrimLeft(line, "0123456789. "), -1)); n > 2 || len(long(line)) > 0 {
				t.Errorf("%s: more than one idea: %s", k, line)
			}
		}
	}
}
