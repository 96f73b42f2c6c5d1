package e2e

import (
	"testing"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

// TestWalkHelp opens the pages at the foot of every page, signed in or not.
func TestWalkHelp(t *testing.T) {
	h := open(t, false)
	inEveryView(t, func(t *testing.T, view browser.View) {
		v := h.visitor(t, view)
		v.Visit("/").At("/sign-in").Click("Get help now").At("/help/urgent").Says("116 123")
		for _, page := range []string{"/help/accessibility", "/help/privacy", "/help/contact"} {
			v.Visit(page).Want(200)
		}
		v.Visit("/nowhere").Want(404)
	})
}

// TestWalkSignIn is refused with nothing and with wrong details, which are not told apart.
func TestWalkSignIn(t *testing.T) {
	h := open(t, false)
	inEveryView(t, func(t *testing.T, view browser.View) {
		v := h.visitor(t, view).Visit("/sign-in").Want(200)
		v.Click("Sign in").Want(422).Says("Enter your work e-mail address", "Enter your password")
		v.Fill("Work e-mail address", "nobody@trust.example").Fill("Password", "three random words").Fill("Code from your authenticator app", "123456")
		v.Click("Sign in").Want(422).Says("Those details do not match").Hides("three random words")
	})
}

// TestWalkLink opens somebody's own pages by a one-time link: a wrong date first, and the link is over afterwards.
func TestWalkLink(t *testing.T) {
	h := open(t, false)
	w := world.New(t, h.db)
	inEveryView(t, func(t *testing.T, view browser.View) {
		path := h.link(t, w.Nurse)
		v := h.visitor(t, view).Visit(path).Want(200)
		v.Click("Continue").Want(422).Says("Enter your date of birth")
		v.Date("What is your date of birth?", "1", "1", "1970").Click("Continue").Want(422).Says("does not match")
		v.Date("What is your date of birth?", "7", "3", "1984").Click("Continue").At("/my")
		h.visitor(t, view).Visit(path).Want(410).Says("does not open any more")
	})
}

// TestWalkDemo picks somebody, sees who they are on every page, changes role and signs out.
func TestWalkDemo(t *testing.T) {
	h := open(t, true)
	w := world.New(t, h.db)
	inEveryView(t, func(t *testing.T, view browser.View) {
		v := h.signIn(t, view, w.OHNurse, access.Nurse)
		v.Visit("/account/role").Want(200).Says("You are acting as OH nurse", "Helen Marsh").Shot("role")
		v.Visit("/account/step-up").Want(200).Click("Confirm it is me").Visit("/account/role").Says("Demonstration")
		v.Click("Sign out").At("/sign-in")
		v.Visit("/account/role").At("/sign-in")
	})
}
