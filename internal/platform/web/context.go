package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"strconv"
	"time"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Context is what a handler needs of one request.
type Context struct {
	W      http.ResponseWriter
	R      *http.Request
	Actor  access.Actor  // behind the route's wall
	Object access.Object // what the loader found
	Now    time.Time     // of the request: commands take it as a parameter
	srv    *Server
	open   bool // the page of an open route: there is no session
}

// Ctx is the request's context, with the words of its language.
func (c *Context) Ctx() context.Context { return c.R.Context() }

// T gives a text by key.
func (c *Context) T(key string, args ...any) string { return locale.T(c.Ctx(), key, args...) }

// ID gives a path value as an id; a text that is none is a missing page.
func (c *Context) ID(name string) (uuid.UUID, error) { return PathID(c.R, name) }

// PathID gives a path value as an id; loaders use it.
func PathID(r *http.Request, name string) (uuid.UUID, error) {
	id, err := uuid.Parse(r.PathValue(name))
	if err != nil {
		return uuid.Nil, fault.Missing(name)
	}
	return id, nil
}

// Render answers a page. It is rendered whole before the first byte goes out, so a failing template is an
// error page and not half a page.
func (c *Context) Render(page templ.Component) error { return c.RenderStatus(http.StatusOK, page) }

// Invalid answers the form again, with what was typed and the faults beside the fields.
func (c *Context) Invalid(page templ.Component) error {
	return c.RenderStatus(http.StatusUnprocessableEntity, page)
}

// usualPage holds nearly every page (the manager's list of 20 has 17 KB, the dashboard 30 KB), so that its buffer does not
// grow by halves.
const usualPage = 32 << 10

// RenderStatus answers a page with a status.
func (c *Context) RenderStatus(status int, page templ.Component) error {
	b := bytes.NewBuffer(make([]byte, 0, usualPage))
	if err := page.Render(context.WithValue(c.Ctx(), mayKey{}, c.May), b); err != nil {
		return err
	}
	c.W.Header().Set("Content-Type", "text/html; charset=utf-8")
	c.W.Header().Set("Content-Length", strconv.Itoa(b.Len())) // which spares the browser chunks
	c.W.WriteHeader(status)
	_, err := c.W.Write(b.Bytes())
	return err
}

// Redirect sends the browser on after a POST, so that a reload repeats nothing.
func (c *Context) Redirect(path string) error {
	http.Redirect(c.W, c.R, path, http.StatusSeeOther)
	return nil
}

// Text gives a form field, trimmed. The body was parsed and bounded before the handler ran.
func (c *Context) Text(name string) string { return text(c.R, name) }

// Upload gives the file of a field and the name it was sent under, after the server has bounded and parsed the body.
// No file is nil and no error.
func (c *Context) Upload(name string) (multipart.File, string, error) {
	file, header, err := c.R.FormFile(name)
	switch {
	case errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart):
		return nil, "", nil
	case err != nil:
		return nil, "", fmt.Errorf("open upload: %w", err)
	}
	return file, header.Filename, nil
}

// Texts gives every value of a field (checkboxes).
func (c *Context) Texts(name string) []string { return c.R.PostForm[name] }

// May says whether the actor could ever use a permission: pages show no link that leads nowhere.
func (c *Context) May(p access.Permission) bool { return c.srv.table.MayEver(c.Actor.Role, p) }

type mayKey struct{}

// May says the same to a template that is drawn on many pages, each of which would have to hand it down. Where no page is
// answered (a text that is frozen), nobody may anything.
func May(ctx context.Context, p access.Permission) bool {
	may, ok := ctx.Value(mayKey{}).(func(access.Permission) bool)
	return ok && may(p)
}

// Flash keeps a success message for the next page.
func (c *Context) Flash(key string) { c.srv.sessions.Put(c.Ctx(), flashKey, key) }

// Done ends what a form or a button did: it says so on the page to, or fails.
func (c *Context) Done(err error, said, to string) error {
	if err != nil {
		return err
	}
	c.Flash(said)
	return c.Redirect(to)
}

// CSV is the kind of a table that a spreadsheet reads.
const CSV = "text/csv; charset=utf-8"

// Attach makes the answer a file to keep, of a kind (its Content-Type) and with a name that is ours, never one that somebody typed.
func (c *Context) Attach(kind, name string) {
	c.W.Header().Set("Content-Type", kind)
	c.W.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
}

// Later keeps where somebody wants to go once they have signed in, or act in another role. Next gives it, once.
func (c *Context) Later(path string) { c.srv.sessions.Put(c.Ctx(), laterKey, path) }

// Next is where Later said that somebody wants to go; "" for nowhere.
func (c *Context) Next() string { return c.srv.sessions.PopString(c.Ctx(), laterKey) }
