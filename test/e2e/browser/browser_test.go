package browser_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/ui/layout"
	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

// listener is a test that notes what it is told instead of failing.
type listener struct {
	testing.TB
	told []string
}

func (l *listener) Errorf(format string, args ...any) {
	l.told = append(l.told, fmt.Sprintf(format, args...))
}

func (l *listener) Fatalf(format string, args ...any) {
	l.Errorf(format, args...)
	runtime.Goexit()
}

// told runs a walk and gives what it would have failed with.
func told(t *testing.T, walk func(t testing.TB)) []string {
	l := &listener{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		walk(l)
	}()
	<-done
	return l.told
}

// page is a page with nothing wrong around the given body.
func page(body string) string {
	return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>A page</title><link rel="stylesheet" href="/page.css"></head><body><main><h1>A page</h1>` + body + `</main></body></html>`
}

const fields = `<form method="post" enctype="multipart/form-data">
<label for="why">Why "now"?</label> <input id="why" name="why" value="old">
<label for="more">Tell us more</label> <textarea id="more" name="more"></textarea>
<label for="list">Site</label> <select id="list" name="list"><option value="a">Main site</option><option value="b">Mill Lane</option></select>
<fieldset><legend>When did it start?</legend><label for="d">Day</label><input id="d" name="d"><label for="m">Month</label><input id="m" name="m"><label for="y">Year</label><input id="y" name="y"></fieldset>
<fieldset><legend>Do they drive?</legend><input type="radio" id="r1" name="drive" value="yes"><label for="r1">Yes</label><input type="radio" id="r2" name="drive" value="no"><label for="r2">No</label></fieldset>
<fieldset><legend>Are they told?</legend><input type="radio" id="t1" name="told" value="yes"><label for="t1">Yes</label></fieldset>
<input type="checkbox" id="c" name="sure" value="1"><label for="c">I am sure</label>
<label for="f">A file</label> <input type="file" id="f" name="f">
<details><summary>More</summary><p>Unfolded words</p></details>
<ul><li>Amara Okafor <button name="who" value="amara">Pick</button></li><li>Tom Reid <button name="who" value="tom">Pick</button></li></ul></form>`

// faulty are pages with one fault each, and what the browser must say of it.
var faulty = map[string]struct{ body, want string }{
	"axe":       {`<img src="/dot.svg">`, "image-alt"},
	"contrast":  {`<p class="pale">Hard to read</p>`, "color-contrast"},
	"style":     {`<p style="color:red">x</p>`, "Content Security Policy"},
	"script":    {`<script>document.title = "x"</script>`, "Content Security Policy"},
	"console":   {`<script src="/bad.js"></script>`, "exception"},
	"resource":  {`<script src="/assets/gone.js"></script>`, "404"},
	"wide":      {`<p>` + strings.Repeat("x", 200) + `</p>`, "in a window of 320"},
	"headings":  {`<h1>Another</h1>`, "has 2 h1"},
	"status500": {``, "status 500"},
	"status422": {``, `want Error: first`},
}

func serve(t *testing.T, posted *string) *httptest.Server {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /fields", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, page(fields)) })
	mux.HandleFunc("POST /fields", func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseMultipartForm(1 << 20); err != nil {
			t.Error(err)
		}
		*posted = r.PostForm.Encode()
		for _, f := range r.MultipartForm.File["f"] {
			*posted += "&file=" + f.Filename
		}
		fmt.Fprint(w, page("<p>Thank you</p>"))
	})
	mux.HandleFunc("GET /bad/{fault}", func(w http.ResponseWriter, r *http.Request) {
		name := r.PathValue("fault")
		if code, ok := strings.CutPrefix(name, "status"); ok {
			var status int
			fmt.Sscan(code, &status)
			w.WriteHeader(status)
		}
		fmt.Fprint(w, page(faulty[name].body))
	})
	mux.HandleFunc("GET /list", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "who", Value: "amara"})
		fmt.Fprint(w, page(fmt.Sprintf(`<p>Came with %q</p><p><a href="list.csv" download>Get the list</a></p><form method="post" action="/list.csv"><button>Make the list</button></form>`, r.Header["Cookie"])))
	})
	mux.HandleFunc("/list.csv", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Disposition", `attachment; filename="list.csv"`)
		fmt.Fprint(w, r.Method, r.Header["Cookie"])
	})
	mux.HandleFunc("GET /order", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, page(`<a href="#a">First</a> <a href="#b" tabindex="2">Second</a>`))
	})
	mux.HandleFunc("GET /bad.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		fmt.Fprint(w, `throw new Error("broken")`)
	})
	mux.HandleFunc("GET /page.css", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/css")
		fmt.Fprint(w, `.pale { color: #ccc; background: #fff } summary { line-height: 24px }`)
	})
	mux.HandleFunc("GET /dot.svg", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "image/svg+xml")
		fmt.Fprint(w, `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>`)
	})
	mux.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", layout.Policy)
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func site(t *testing.T, posted *string) (*browser.Chrome, *browser.Site) {
	t.Helper()
	chrome, err := browser.Start(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(chrome.Close)
	axe, err := browser.NewAxe("../../..")
	if err != nil {
		t.Fatal(err)
	}
	return chrome, &browser.Site{URL: serve(t, posted).URL, Axe: axe, Shots: t.TempDir()}
}

// TestFieldsAreFilled fills every kind of field by its words, with and without JavaScript.
func TestFieldsAreFilled(t *testing.T) {
	var posted string
	chrome, s := site(t, &posted)
	file := filepath.Join(t.TempDir(), "staff.csv")
	if err := os.WriteFile(file, []byte("a,b"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, view := range browser.Views {
		t.Run(view.Name, func(t *testing.T) {
			v := chrome.Visitor(t, s, view).Visit("/fields").Want(200)
			v.Fill(`Why "now"?`, "her back").Fill("Tell us more", "Two\nlines").Select("Site", "Mill Lane").Date("When did it start?", "7", "3", "2026")
			v.ChooseIn("Do they drive?", "No").ChooseIn("Are they told?", "Yes").Choose("I am sure").Upload("A file", file)
			v.Open("More").Says("Unfolded words").Shot("fields")
			v.ClickIn("Tom Reid", "Pick").Want(200).Says("Thank you").Hides("Unfolded")
			want := "d=7&drive=no&list=b&m=3&more=Two%0D%0Alines&sure=1&told=yes&who=tom&why=her+back&y=2026&file=staff.csv"
			if posted != want {
				t.Errorf("posted %s, want %s", posted, want)
			}
			_, err := os.Stat(filepath.Join(s.Shots, "fields-"+view.Name+".png"))
			if pictured := err == nil; pictured == view.Plain {
				t.Errorf("pictured %v (%v)", pictured, err)
			}
		})
	}
}

// TestDownload takes files by a link and by a button, as who is signed in.
func TestDownload(t *testing.T) {
	chrome, s := site(t, new(string))
	v := chrome.Visitor(t, s, browser.DesktopPlain).Visit("/list")
	for words, want := range map[string]string{"Get the list": "GET[who=amara]", "Make the list": "POST[who=amara]"} {
		if got := string(v.Download(words)); got != want {
			t.Errorf("%s brings %q, want %q", words, got, want)
		}
	}
}

// TestNextVisitorIsSomebodyElse sits down at a window that was used: nothing of its last visitor is left.
func TestNextVisitorIsSomebodyElse(t *testing.T) {
	chrome, s := site(t, new(string))
	for _, who := range []string{"first", "next"} {
		t.Run(who, func(t *testing.T) {
			v := chrome.Visitor(t, s, browser.Phone).Visit("/list").Says("Came with []").Visit("/list").Says(`Came with ["who=amara"]`)
			if v.Pages != 2 {
				t.Errorf("%d pages, want 2", v.Pages)
			}
		})
	}
}

// TestFaultsAreFound walks to pages with one fault each: each is told, and it alone.
func TestFaultsAreFound(t *testing.T) {
	var posted string
	chrome, s := site(t, &posted)
	for name, f := range faulty {
		t.Run(name, func(t *testing.T) {
			said := told(t, func(l testing.TB) { chrome.Visitor(l, s, browser.Phone).Visit("/bad/" + name) })
			if !strings.Contains(strings.Join(said, "\n"), f.want) {
				t.Errorf("told %q, want %q", said, f.want)
			}
		})
	}
	for name, walk := range map[string]func(v *browser.Visitor){
		"no link or button says":  func(v *browser.Visitor) { v.Click("Nothing of the kind") },
		"2 links or buttons say":  func(v *browser.Visitor) { v.Click("Pick") },
		"0 fields say":            func(v *browser.Visitor) { v.Fill("No such field", "x") },
		"does not say":            func(v *browser.Visitor) { v.Says("Words that are not there") },
		"shows \"Tom Reid\"":      func(v *browser.Visitor) { v.Hides("Tom Reid") },
		"status 200, want 404":    func(v *browser.Visitor) { v.Want(404) },
		"at /fields, want /other": func(v *browser.Visitor) { v.At("/other") },
	} {
		t.Run(name, func(t *testing.T) {
			said := told(t, func(l testing.TB) { walk(chrome.Visitor(l, s, browser.Desktop).Visit("/fields")) })
			if len(said) != 1 || !strings.Contains(said[0], name) {
				t.Errorf("told %q, want %q", said, name)
			}
		})
	}
}

// TestKeysGoThrough finds what the Tab key does not come to in the order of the page, once, and leaves the focus where it was.
func TestKeysGoThrough(t *testing.T) {
	var posted string
	chrome, s := site(t, &posted)
	s.Keys = new(browser.Once)
	said := told(t, func(l testing.TB) {
		chrome.Visitor(l, s, browser.Desktop).Visit("/order").TabTo("Second").Visit("/order")
	})
	if len(said) != 1 || !strings.Contains(said[0], "desktop at /order: Tab number") || s.Keys.Runs != 1 {
		t.Errorf("told %q in %d times, want the link that comes too early, once", said, s.Keys.Runs)
	}
	chrome.Visitor(t, s, browser.Desktop).Visit("/fields")
}

// TestWithoutBrowser says what to install.
func TestWithoutBrowser(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := browser.Start(context.Background()); err == nil || !strings.Contains(err.Error(), "apt-get install chromium") {
		t.Errorf("said %v", err)
	}
}
