package ledger

import (
	"os"
	"testing"
	"testing/fstest"

	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// house is the source of a few handlers, and of what they refuse with.
var house = fstest.MapFS{
	"internal/ui/ask/ask.go": {Data: []byte(`package ask

import "github.com/rowan-ohwb/rowan/internal/platform/web"

func (p *Page) Answer(c *web.Context, back string) error {
	if p.Form.Bad() {
		return c.Invalid(draw(p))
	}
	return c.Render(draw(p))
}

func Show(c *web.Context, p Page) error { return p.Answer(c, "") }

func Done(c *web.Context) error { return c.Redirect("/") }

func (b *Board[N]) Draw(c *web.Context) error { return c.Render(b.page()) }

func (b *Board[N]) Save(c *web.Context) error { return Show(c, Page{}) }
`)},
	"internal/x/xweb/pages.go": {Data: []byte(`package xweb

import (
	"net/http"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	shared "github.com/rowan-ohwb/rowan/internal/ui/ask"
)

func (p *pages) itself(c *web.Context) error { return c.Invalid(nil) }

func (p *pages) byHelper(c *web.Context) error { return p.again(c, nil) }

func (p *pages) again(c *web.Context, page any) error { return p.itself(c) }

func (p *pages) byFunction(c *web.Context) error { return ask.Show(c, ask.Page{}) }

func (p *pages) byOtherName(c *web.Context) error { return shared.Show(c, shared.Page{}) }

func (p *pages) byMethod(c *web.Context) error {
	a := form(c)
	return a.Answer(c, "/x")
}

func (p *pages) byGeneric(c *web.Context) error { return p.board.Save(c) }

func (p *pages) byStatus(c *web.Context) error { return c.RenderStatus(http.StatusUnprocessableEntity, nil) }

func (p *pages) byAnswer(c *web.Context) error { return p.draw(c, c.Invalid) }

func (p *pages) byHandler(c *web.Context) error { return p.with(c, p.itself) }

func (p *pages) byValue(c *web.Context) error { return p.find(c) }

func (p *pages) within(s side) web.Handler {
	return func(c *web.Context) error { return ask.Show(c, ask.Page{}) }
}

func wrapped(h web.Handler) web.Handler {
	return func(c *web.Context) error { return h(c) }
}

func (p *pages) draw(c *web.Context, answer func(any) error) error { return answer(nil) }

func (p *pages) with(c *web.Context, h web.Handler) error { return c.Redirect("/") }

func (p *pages) done(c *web.Context) error { return ask.Done(c) }

func (p *pages) draws(c *web.Context) error { return p.board.Draw(c) }

func (p *pages) answers(c *web.Context) error { return p.s.Answer(c.Ctx(), c.Actor, c.Now) }

func (p *pages) odd(c *web.Context) error { return fault.New(fault.Invalid, "x.odd") }

func (p *pages) field(c *web.Context) error {
	o := other{}
	o.itself = append(o.itself, 1)
	return c.Redirect("/")
}

func (p *pages) quiet(s side) web.Handler {
	return func(c *web.Context) error { return c.Redirect(s.back) }
}

func (o *third) itself(c *web.Context) error { return c.Redirect("/") }
`)},
	"internal/x/xweb/pages_test.go": {Data: []byte(`package xweb

func (p *pages) done(c *web.Context) error { return c.Invalid(nil) }
`)},
}

// TestRefuses follows a handler to where it refuses: in its own package, on a page that the house shares, and by a
// function that was handed on. What cannot be followed is demanded.
func TestRefuses(t *testing.T) {
	s := NewSource(house)
	for _, c := range []struct {
		handler string
		want    bool
	}{
		{"(*pages).itself-fm", true},
		{"(*pages).byHelper-fm", true},
		{"(*pages).byFunction-fm", true},
		{"(*pages).byOtherName-fm", true},
		{"(*pages).byMethod-fm", true},
		{"(*pages).byGeneric-fm", true},
		{"(*pages).byStatus-fm", true},
		{"(*pages).byAnswer-fm", true},
		{"(*pages).byHandler-fm", true},
		{"(*pages).byValue-fm", true}, // it may be any function
		{"(*pages).within.func1", true},
		{"Routes.(*pages).within.func4", true},
		{"Routes.Routes.func2.wrapped.func6", true}, // it may be any handler
		{"(*pages).gone-fm", true},                  // its source is not found
		{"(*pages).done-fm", false},
		{"(*pages).draws-fm", false},
		{"(*pages).answers-fm", false}, // a method of that name that takes no Context
		{"(*pages).odd-fm", false},     // 400
		{"(*pages).field-fm", false},   // a field that has the name of a method
		{"(*pages).quiet.func1", false},
		{"Routes.Routes.func2.(*pages).quiet.func6.1", false},
		{"(*third).itself-fm", false}, // not the method of that name of another type
	} {
		if got := s.refuses(module + "internal/x/xweb." + c.handler); got != c.want {
			t.Errorf("%s is demanded: %v, want %v", c.handler, got, c.want)
		}
	}
	if !s.refuses("example.org/x.post") {
		t.Error("a handler from elsewhere is not demanded")
	}
}

// TestRefusesThroughHouse asks of handlers as they are: what is wrong is shown by the page that the house shares, or
// by what the posts of a community share, and a form that has no answer to be wrong is not demanded.
func TestRefusesThroughHouse(t *testing.T) {
	s := NewSource(os.DirFS("../../.."))
	for handler, want := range map[string]bool{
		"internal/care/practice/practiceweb.(*pages).cpdAddPost-fm":                   true,
		"internal/growth/community/post/postweb.(*pages).askPost-fm":                  true,
		"internal/growth/community/post/postweb.(*pages).recallPost-fm":               true,
		"internal/care/appointment/appointmentweb.(*pages).bookPost-fm":               true,
		"internal/care/referral/referweb.Routes.Routes.func3.(*pages).stepPost.func9": true,
		"internal/care/referral/referweb.Routes.Routes.func3.(*pages).takePost.func9": false,
		"internal/growth/community/post/postweb.(*pages).withdrawPost-fm":             false,
		"internal/care/practice/practiceweb.(*pages).cpdRemovePost-fm":                false,
	} {
		if got := s.refuses(module + handler); got != want {
			t.Errorf("%s is demanded: %v, want %v", handler, got, want)
		}
	}
	// A handler is known by its name when it runs: that of a test has no source here.
	if !s.Refuses(web.Route{Handle: func(c *web.Context) error { return c.Redirect("/") }}) {
		t.Error("a handler without source is not demanded")
	}
}
