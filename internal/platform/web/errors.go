package web

import (
	"net/http"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// status decides what the user sees of an error. Forbidden looks like missing.
func status(k fault.Kind) (code int, title, body string) {
	switch k {
	case fault.NotFound, fault.Forbidden:
		return http.StatusNotFound, "fault.not_found.title", "fault.not_found"
	case fault.Invalid:
		return http.StatusBadRequest, "fault.not_found.title", "fault.not_found"
	case fault.Conflict:
		return http.StatusConflict, "fault.conflict.title", "fault.conflict"
	case fault.Unavailable:
		return http.StatusServiceUnavailable, "fault.unavailable.title", "fault.unavailable"
	case fault.Unreadable:
		return http.StatusInternalServerError, "fault.unreadable.title", "fault.unreadable"
	default:
		return http.StatusInternalServerError, "fault.internal.title", "fault.internal"
	}
}

// fail answers an error: the one place where errors become pages and log lines. Neither path, nor query, nor
// the error's text of an internal fault reaches the page; the log has the route's pattern, never the URL.
func (s *Server) fail(c *Context, pattern string, err error) {
	kind := fault.KindOf(err)
	switch kind {
	case fault.SignIn:
		if s.keep(c) {
			return
		}
		http.Redirect(c.W, c.R, "/sign-in", http.StatusSeeOther)
		return
	case fault.StepUp:
		http.Redirect(c.W, c.R, "/account/step-up", http.StatusSeeOther)
		return
	}
	code, title, body := status(kind)
	if kind == fault.Conflict || kind == fault.Unavailable {
		if k := fault.KeyOf(err); k != "" {
			body = k
		}
	}
	reference := ""
	if code == http.StatusInternalServerError {
		reference = c.Actor.RequestID
		s.log.ErrorContext(c.Ctx(), "request failed", "route", pattern, "request", c.Actor.RequestID, "role", c.Actor.Role, "err", err)
	}
	if err := c.RenderStatus(code, s.errorPage(c, title, body, reference)); err != nil {
		s.log.ErrorContext(c.Ctx(), "error page failed", "route", pattern, "err", err)
	}
}

// keep answers a form that was sent after the session had ended: the page holds what was typed, to be sent again after
// signing in elsewhere, so a time-out costs nobody their words. An upload is not kept: browsers refuse to fill one in.
func (s *Server) keep(c *Context) bool {
	if c.R.Method != http.MethodPost || s.cfg.SignedOut == nil || strings.HasPrefix(c.R.Header.Get("Content-Type"), "multipart/") || parse(c.W, c.R) != nil {
		return false
	}
	c.Actor.Role = access.Anonymous
	return c.RenderStatus(http.StatusUnauthorized, s.cfg.SignedOut(c, form.From(c.R))) == nil
}
