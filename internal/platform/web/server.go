package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/a-h/templ"
	"github.com/alexedwards/scs/v2"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

const flashKey = "flash"

// laterKey is where the session keeps the page that somebody came for before they had signed in.
const laterKey = "later"

// Config is what a server is made of.
type Config struct {
	Routes   []Route
	Table    *access.Table
	Sessions *scs.SessionManager
	// Actor turns the session into who acts, behind the hall wall; a fault.SignIn error means nobody.
	Actor func(ctx context.Context) (access.Actor, error)
	// Denied records an attempt that the table refused.
	Denied func(ctx context.Context, a access.Actor, p access.Permission, o access.Object, reason string)
	// SignedOut draws the page for a form that came after the session had ended, with what was typed in it. Where it is
	// nil the browser is sent to sign in.
	SignedOut func(c *Context, typed form.Form) templ.Component
	// ErrorPage draws the page of an error; reference is "" unless support needs one.
	ErrorPage func(c *Context, titleKey, bodyKey, reference string) templ.Component
	Frame     Frame
	Assets    http.Handler
	Plain     map[string]http.Handler // /healthz, /readyz, /metrics: no session, no page
	// TrustedProxy says that a proxy of ours stands in front: then the address of a request is what it says it is.
	TrustedProxy bool
	Now          func() time.Time
	Log          *slog.Logger
}

// Server answers requests from the route table.
type Server struct {
	table     *access.Table
	sessions  *scs.SessionManager
	cfg       Config
	log       *slog.Logger
	errorPage func(c *Context, titleKey, bodyKey, reference string) templ.Component
	handler   http.Handler
}

// New checks the route table against the access table and builds the server, or says what is wrong.
func New(cfg Config) (*Server, error) {
	if err := check(cfg.Routes, cfg.Table); err != nil {
		return nil, fmt.Errorf("route table: %w", err)
	}
	s := &Server{table: cfg.Table, sessions: cfg.Sessions, cfg: cfg, log: cfg.Log, errorPage: cfg.ErrorPage}
	pages, root := http.NewServeMux(), http.NewServeMux()
	for _, r := range cfg.Routes {
		if r.Open {
			root.Handle(r.Pattern(), noStore(s.serve(r)))
		} else {
			pages.HandleFunc(r.Pattern(), s.serve(r))
		}
	}
	pages.HandleFunc("/", s.missing)
	withSession := cfg.Sessions.LoadAndSave(http.HandlerFunc(pages.ServeHTTP))
	for path, h := range cfg.Plain {
		root.Handle("GET "+path, h)
	}
	root.Handle("GET /assets/", cfg.Assets)
	root.Handle("/", noStore(http.NewCrossOriginProtection().Handler(withSession)))
	s.handler = s.recover(secure(root))
	return s, nil
}

// ServeHTTP makes Server a handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// serve answers one route: who, may they, find, act, and errors to fail.
func (s *Server) serve(route Route) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		c := s.context(w, r)
		c.open = route.Open
		if err := s.answer(c, route); err != nil {
			s.fail(c, route.Pattern(), err)
		}
	}
}

func (s *Server) answer(c *Context, route Route) error {
	actor := access.Actor{Role: access.Anonymous}
	if !route.Open {
		known, err := s.cfg.Actor(c.Ctx())
		if err != nil && !route.Public {
			return err
		}
		if err == nil {
			actor = known
		}
	}
	c.Actor = actor.Via(c.Actor).At(route.Wall)
	if err := s.role(c, route); err != nil {
		return err
	}
	// An upload may be spooled to disk, so it is read last: by somebody who may send it.
	upload := isUpload(c.R)
	if !upload {
		if err := parse(c.W, c.R); err != nil {
			return err
		}
	}
	object, err := s.allow(c, route)
	if err != nil {
		return err
	}
	if upload {
		if err := parseUpload(c.W, c.R, route.Public); err != nil {
			return err
		}
	}
	c.Object = object
	return route.Handle(c)
}

// role asks the table about the role alone: for one that may never, nothing is read or loaded.
func (s *Server) role(c *Context, route Route) error {
	if route.Public || s.table.MayEver(c.Actor.Role, route.Permission) {
		return nil
	}
	s.cfg.Denied(c.Ctx(), c.Actor, route.Permission, access.Object{}, "role")
	return forbidden(route.Permission, "role")
}

// allow loads the object and asks the table.
func (s *Server) allow(c *Context, route Route) (access.Object, error) {
	object, err := route.Load(c.Ctx(), c.Actor, c.R)
	if err != nil {
		return access.Object{}, err
	}
	if route.Public {
		return object, nil
	}
	d := s.table.Decide(c.Actor, route.Permission, object)
	if !d.Allowed {
		s.cfg.Denied(c.Ctx(), c.Actor, route.Permission, object, d.Reason)
		return access.Object{}, forbidden(route.Permission, d.Reason)
	}
	rule, _ := s.table.Rule(route.Permission)
	if rule.StepUp && c.Now.Sub(c.Actor.SteppedUpAt) > stepUpValid {
		return access.Object{}, errStepUp
	}
	return object, nil
}

// stepUpValid is how long a second factor counts for risky actions: long enough for one task, too short for an
// unattended ward PC.
const stepUpValid = 10 * time.Minute

func (s *Server) context(w http.ResponseWriter, r *http.Request) *Context {
	// Nobody until the session says who: a page drawn before that shows no name, no role and no way to sign out.
	return &Context{W: w, R: r, Now: s.cfg.Now(), srv: s, Actor: access.Actor{Role: access.Anonymous, RequestID: requestID(r), Channel: access.Browser, Address: address(r, s.cfg.TrustedProxy)}}
}

func (s *Server) missing(w http.ResponseWriter, r *http.Request) {
	c := s.context(w, r)
	if actor, err := s.cfg.Actor(c.Ctx()); err == nil {
		c.Actor = actor.Via(c.Actor)
	}
	s.fail(c, "none", forbidden("", "route"))
}
