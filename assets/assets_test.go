package assets

import (
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"strings"
	"testing"
	"testing/fstest"
)

func testSet(t *testing.T, css string) set {
	t.Helper()
	s, err := load(fstest.MapFS{
		"dist/.gitkeep":  {},
		"dist/rowan.css": {Data: []byte(css)},
		"dist/rowan.mjs": {Data: []byte("export {}")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func get(s http.Handler, method, path, encoding string) *http.Response {
	r := httptest.NewRequest(method, path, nil)
	r.Header.Set("Accept-Encoding", encoding)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w.Result()
}

func TestServe(t *testing.T) {
	s := testSet(t, "html{}")
	for _, c := range []struct {
		name, method, path string
		status             int
		mediaType, cache   string
	}{
		{"style sheet", "GET", Prefix + s.hash + "/rowan.css", 200, "text/css; charset=utf-8", "public, max-age=31536000, immutable"},
		{"module", "GET", Prefix + s.hash + "/rowan.mjs", 200, "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"},
		{"head", "HEAD", Prefix + s.hash + "/rowan.css", 200, "text/css; charset=utf-8", "public, max-age=31536000, immutable"},
		{"another version", "GET", Prefix + "0123456789ab/rowan.css", 200, "text/css; charset=utf-8", "no-store"},
		{"not a file", "GET", Prefix + s.hash + "/passwd", 404, "text/plain; charset=utf-8", ""},
		{"not for serving", "GET", Prefix + s.hash + "/.gitkeep", 404, "text/plain; charset=utf-8", ""},
		{"above", "GET", Prefix + s.hash + "/../assets.go", 404, "text/plain; charset=utf-8", ""},
		{"no file", "GET", Prefix, 404, "text/plain; charset=utf-8", ""},
		{"post", "POST", Prefix + s.hash + "/rowan.css", 405, "text/plain; charset=utf-8", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := get(s, c.method, c.path, "")
			if r.StatusCode != c.status || r.Header.Get("Content-Type") != c.mediaType || r.Header.Get("Cache-Control") != c.cache {
				t.Errorf("got %d %q %q, want %d %q %q", r.StatusCode, r.Header.Get("Content-Type"), r.Header.Get("Cache-Control"), c.status, c.mediaType, c.cache)
			}
		})
	}
}

func TestGzip(t *testing.T) {
	s := testSet(t, strings.Repeat("p{margin:0}", 100))
	for _, c := range []struct {
		encoding string
		zipped   bool
	}{{"", false}, {"gzip, br", true}, {"br, gzip;q=0.5", true}, {"gzip;q=0", false}, {"deflate", false}} {
		r := get(s, "GET", Prefix+s.hash+"/rowan.css", c.encoding)
		var body io.Reader = r.Body
		if zipped := r.Header.Get("Content-Encoding") == "gzip"; zipped != c.zipped {
			t.Errorf("Accept-Encoding %q: gzip = %v, want %v", c.encoding, zipped, c.zipped)
		} else if zipped {
			z, err := gzip.NewReader(body)
			if err != nil {
				t.Fatal(err)
			}
			body = z
		}
		data, err := io.ReadAll(body)
		if err != nil || string(data) != strings.Repeat("p{margin:0}", 100) {
			t.Errorf("Accept-Encoding %q: %d bytes, error %v", c.encoding, len(data), err)
		}
	}
}

func TestHashFollowsContent(t *testing.T) {
	if a, b := testSet(t, "html{}"), testSet(t, "html{ }"); a.hash == b.hash {
		t.Error("another style sheet, the same address")
	}
	if a, b := testSet(t, "html{}"), testSet(t, "html{}"); a.hash != b.hash {
		t.Error("the same files, another address")
	}
}

// TestBuiltOfTheseSources finds a style sheet or script that is older than its source, which the compiler does not see: charts
// whose classes the old style sheet lacks are drawn without a line.
func TestBuiltOfTheseSources(t *testing.T) {
	sum := sha256.New()
	for _, folder := range []string{"images", "js", "scss"} {
		files, err := os.ReadDir(folder) // in order of name
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			data, err := os.ReadFile(path.Join(folder, f.Name()))
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(sum, "%s/%s\n", folder, f.Name())
			sum.Write(data)
		}
	}
	if made, err := dist.ReadFile("dist/sources"); err != nil || string(made) != hex.EncodeToString(sum.Sum(nil)) {
		t.Error("assets/dist was not made of these sources: run make assets")
	}
}
