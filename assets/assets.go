// Package assets holds the built style sheet, scripts and icon, and serves them.
//
// Everything is under one path that carries a hash of all the files, /assets/HASH/rowan.css, so a browser may keep a
// file for a year and still never shows a new page with an old style sheet. One hash for all lets rowan.mjs import
// its neighbour by a relative path. A path with another hash gets the file of this binary, not to be kept: behind a
// load balancer in the middle of an upgrade, a page of the new version may ask the old one.
//
// The files are made by `make assets` and are not committed. Without them the program compiles and runs, and [Built]
// is false.
package assets

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

//go:embed all:dist
var dist embed.FS

// Prefix is where [Handler] expects to be mounted.
const Prefix = "/assets/"

// types are the media types by extension. The mime package would ask the operating system, which may call .mjs
// anything, and a browser runs a module under a JavaScript type only.
var types = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".mjs": "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
}

type file struct {
	mediaType string
	plain     []byte
	gzipped   []byte
}

type set struct {
	hash  string
	files map[string]file
}

var built = mustLoad(dist)

// mustLoad panics where the embedded files cannot be read, which only a broken build can bring about.
func mustLoad(from fs.FS) set {
	s, err := load(from)
	if err != nil {
		panic(fmt.Sprintf("assets: %v", err))
	}
	return s
}

// load reads the files in the order of their names, so that the hash depends on nothing else.
func load(from fs.FS) (set, error) {
	s := set{files: map[string]file{}}
	sum := sha256.New()
	err := fs.WalkDir(from, "dist", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || types[path.Ext(name)] == "" {
			return err
		}
		data, err := fs.ReadFile(from, name)
		if err != nil {
			return err
		}
		name = strings.TrimPrefix(name, "dist/")
		fmt.Fprintf(sum, "%s %d\n", name, len(data))
		sum.Write(data)
		f := file{mediaType: types[path.Ext(name)], plain: data}
		var z bytes.Buffer
		w := gzip.NewWriter(&z)
		if _, err := w.Write(data); err != nil {
			return err
		}
		if err := w.Close(); err != nil {
			return err
		}
		f.gzipped = z.Bytes()
		s.files[name] = f
		return nil
	})
	// 12 hex digits are 48 bits: enough to tell any two builds apart, short enough to read in a log.
	s.hash = hex.EncodeToString(sum.Sum(nil))[:12]
	return s, err
}

// Built says whether the binary holds its assets.
func Built() bool { return len(built.files) > 0 }

// Path is the address of a file: Path("rowan.css").
func Path(name string) string { return Prefix + built.hash + "/" + name }

// Handler serves the files.
func Handler() http.Handler { return built }

// ServeHTTP answers GET and HEAD.
func (s set) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "Method not allowed", http.StatusMethodNotAllowed)
		return
	}
	hash, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, Prefix), "/")
	f, ok := s.files[name]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", f.mediaType)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Vary", "Accept-Encoding")
	h.Set("Cache-Control", "no-store")
	if hash == s.hash {
		h.Set("Cache-Control", "public, max-age=31536000, immutable") // a year: the longest that caches honour
	}
	body := f.plain
	if AcceptsGzip(r) {
		h.Set("Content-Encoding", "gzip")
		body = f.gzipped
	}
	h.Set("Content-Length", fmt.Sprint(len(body)))
	if r.Method == http.MethodGet {
		_, _ = w.Write(body) // the reader has gone; nothing to do about it
	}
}

// AcceptsGzip reads Accept-Encoding; "gzip;q=0" refuses it.
func AcceptsGzip(r *http.Request) bool {
	for _, part := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		coding, weight, _ := strings.Cut(strings.ReplaceAll(part, " ", ""), ";")
		if coding == "gzip" {
			return weight != "q=0" && weight != "q=0.0"
		}
	}
	return false
}
