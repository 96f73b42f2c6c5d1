package publicweb

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/assets"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/site"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/markdown"
)

const (
	// fresh is how long an answer is kept, here and by caches: a correction to a page is everywhere within two minutes.
	fresh = time.Minute
	// again is when a site that could not be read is asked for once more, while the old one is shown.
	again = 10 * time.Second
)

// shelves holds the sites that were asked for. The lock is over the names alone: a site is read under its own, so that many who ask
// for addresses that are nobody's hold up nobody else's.
type shelves struct {
	mu    sync.Mutex
	sites map[string]*place
}

// place is where a site stands.
type place struct {
	mu sync.Mutex
	*shelf
}

// at gives the place of a site, and makes it.
func (s *shelves) at(slug string) *place {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.sites == nil {
		s.sites = map[string]*place{}
	}
	if s.sites[slug] == nil {
		s.sites[slug] = &place{}
	}
	return s.sites[slug]
}

// drop forgets the place of a site that is not there: only as many stand as there are sites, and questions under way.
func (s *shelves) drop(slug string, p *place) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.sites[slug] == p {
		delete(s.sites, slug)
	}
}

// shelf is one site as it was read, with the answers made of it so far.
type shelf struct {
	site.Public
	changes int64 // of the service, before it was read
	until   time.Time

	mu      sync.Mutex
	answers map[string]*answer // by page; there are only as many as the site has pages

	index func() site.Index // of its texts, made when somebody first searches
}

// answer is a page as it is sent.
type answer struct {
	plain, zipped []byte
	tag           string
}

// find gives the site at the address, from the shelf where it is fresh.
func (p *pages) find(c *web.Context) (*shelf, error) {
	slug := c.R.PathValue("slug")
	if len(site.CheckSlug(slug)) > 0 { // bytes that the database would refuse too
		return nil, fault.Missing("site")
	}
	at := p.ready.at(slug)
	at.mu.Lock()
	defer at.mu.Unlock()
	old, changes := at.shelf, p.s.Changes()
	if old != nil && old.changes == changes && c.Now.Before(old.until) && c.Now.After(old.until.Add(-fresh-time.Second)) {
		return old, nil
	}
	read, err := p.s.Public(c.Ctx(), c.Actor, c.Now, slug)
	switch {
	case err != nil && old != nil && fault.KindOf(err) != fault.NotFound:
		old.until = c.Now.Add(again)
		return old, nil
	case err != nil:
		p.ready.drop(slug, at)
		return nil, err
	}
	at.shelf = &shelf{Public: read, changes: changes, until: c.Now.Add(fresh), answers: map[string]*answer{},
		index: sync.OnceValue(func() site.Index { return read.Index(markdown.Text) })}
	return at.shelf, nil
}

// give answers with a page of the site, made once and kept under a name.
func (s *shelf) give(c *web.Context, name string, draw func() templ.Component) error {
	s.mu.Lock()
	a := s.answers[name]
	if a == nil {
		var err error
		if a, err = made(c, draw()); err != nil {
			s.mu.Unlock()
			return err
		}
		s.answers[name] = a
	}
	s.mu.Unlock()
	h := c.W.Header()
	h.Set("Cache-Control", "public, max-age="+strconv.Itoa(int(fresh.Seconds())))
	h.Set("ETag", a.tag)
	h.Set("Vary", "Accept-Encoding")
	if c.R.Header.Get("If-None-Match") == a.tag {
		c.W.WriteHeader(http.StatusNotModified)
		return nil
	}
	body := a.plain
	if assets.AcceptsGzip(c.R) {
		h.Set("Content-Encoding", "gzip")
		body = a.zipped
	}
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	_, err := c.W.Write(body)
	return err
}

// made draws a page. The tag is a weak one: the packed and the plain answer say the same.
func made(c *web.Context, page templ.Component) (*answer, error) {
	var b, z bytes.Buffer
	if err := page.Render(c.Ctx(), &b); err != nil {
		return nil, err
	}
	w := gzip.NewWriter(&z)
	if _, err := w.Write(b.Bytes()); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(b.Bytes())
	return &answer{plain: b.Bytes(), zipped: z.Bytes(), tag: `W/"` + hex.EncodeToString(sum[:8]) + `"`}, nil
}
