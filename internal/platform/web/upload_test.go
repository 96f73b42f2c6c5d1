package web_test

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// counted is a body that knows how much of it was read.
type counted struct {
	io.Reader
	read int
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.read += n
	return n, err
}

// TestUploadIsReadLast: whoever may not send a file cannot fill the disk with it.
func TestUploadIsReadLast(t *testing.T) {
	const take, own = access.Permission("file.take"), access.Permission("file.own")
	rules := []access.Rule{
		{Permission: take, Wall: access.Growth, Data: access.D7, Purpose: "Take in a file", Allow: map[access.Role][]access.Relation{access.Lead: {access.Any}}},
		{Permission: own, Wall: access.Growth, Data: access.D7, Purpose: "Take in a file of one's own", Allow: map[access.Role][]access.Relation{access.Nurse: {access.Author}}},
	}
	done := func(c *web.Context) error {
		file, _, err := c.R.FormFile("file")
		if err != nil {
			return err
		}
		defer file.Close()
		n, err := io.Copy(io.Discard, file)
		if err == nil && n != 2<<20 {
			t.Errorf("the handler found %d bytes", n)
		}
		c.W.WriteHeader(http.StatusNoContent)
		return err
	}
	route := func(path string, needs access.Permission, public bool) web.Route {
		return web.Route{Method: http.MethodPost, Path: path, Wall: access.Growth, Permission: needs, Load: web.NoObject, Handle: done, Public: public}
	}
	site := webtest.New(t, time.Now(), []web.Route{route("/take", take, false), route("/own", own, false)}, rules)
	actor := func(r access.Role) *webtest.Browser {
		return site.As(access.Actor{Account: uuid.New(), Role: r, Wall: access.Growth})
	}
	for name, x := range map[string]struct {
		by   *webtest.Browser
		path string
		code int
		read bool
	}{
		"may":                 {actor(access.Lead), "/take", http.StatusNoContent, true},
		"role may not":        {actor(access.Nurse), "/take", http.StatusNotFound, false},
		"not in this case":    {actor(access.Nurse), "/own", http.StatusNotFound, false},
		"nobody is signed in": {site.Anonymous(), "/take", http.StatusSeeOther, false},
	} {
		t.Run(name, func(t *testing.T) {
			var form bytes.Buffer
			m := multipart.NewWriter(&form)
			part, err := m.CreateFormFile("file", "big.csv")
			if err == nil {
				_, err = part.Write(make([]byte, 2<<20))
			}
			if err != nil || m.Close() != nil {
				t.Fatal(err)
			}
			body := &counted{Reader: &form}
			r := httptest.NewRequest(http.MethodPost, x.path, body)
			r.Header.Set("Content-Type", m.FormDataContentType())
			r.Header.Set("Sec-Fetch-Site", "same-origin")
			x.by.Send(r).Want(x.code)
			if (body.read > 0) != x.read {
				t.Errorf("%d bytes of the upload were read", body.read)
			}
		})
	}
}
