package e2e

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

// walkHelp opens the pages at the foot of every page, signed in or not.
func walkHelp(t *testing.T) {
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

// walkSignIn is refused with nothing and with wrong details, which are not told apart.
func walkSignIn(t *testing.T) {
	h := open(t, false)
	inEveryView(t, func(t *testing.T, view browser.View) {
		v := h.visitor(t, view).Visit("/sign-in").Want(200)
		v.Click("Sign in").Want(422).Says("Enter your work e-mail address", "Enter your password")
		v.Fill("Work e-mail address", "nobody@trust.example").Fill("Password", "three random words").Fill("Code from your authenticator app", "123456")
		v.Click("Sign in").Want(422).Says("Those details do not match").Hides("three random words")
	})
}

// walkLink opens somebody's own pages by a one-time link: a wrong date first, and the link is over afterwards.
func walkLink(t *testing.T) {
	h := open(t, false)
	w := world.New(t, h.db)
	inEveryView(t, func(t *testing.T, view browser.View) {
		path := h.link(t, w.Nurse)
		v := h.visitor(t, view).Visit(path).Want(200)
		v.Click("Continue").Want(422).Says("Enter your date of birth")
		v.Date("What is your date of birth?", "1", "1", "1970").Click("Continue").Want(422).Says("does not match")
		v.Date("What is your date of birth?", "7", "3", "1984").Click("Continue").At("/my")
		h.visitor(t, view).Visit(path).Want(410).Says("does not open any more").Click("Send me a new link").Want(200).Says("no more than 3 a day")
	})
}

// walkDemo picks somebody, sees who they are on every page, changes role and signs out.
func walkDemo(t *testing.T) {
	h := open(t, true)
	w := world.New(t, h.db)
	inEveryView(t, func(t *testing.T, view browser.View) {
		v := h.signIn(t, view, w.OHNurse, access.Nurse)
		v.Visit("/account/role").Want(200).Says("You are acting as OH nurse", "Helen Marsh").Shot("role")
		v.Visit("/account/step-up").Want(200).Click("Confirm it is me").Visit("/account/role").Says("Demonstration")
		v.Click("Your professional registration").Want(200).Shot("registration").Fill("Registration number", "").Click("Save registration").Want(422)
		v.Choose("Nursing and Midwifery Council").Fill("Registration number", "00Z 2345E").Click("Save registration").Want(200).Says("Your registration is saved")
		v.Says("If you do nothing on this page, you are signed out after 15 minutes")
		v.NearEnd("You will be signed out in 2 minutes").Shot("session").StaySignedIn()
		v.Click("Sign out").At("/sign-in")
		v.Visit("/account/role").At("/sign-in")
	})
}

// walkInvitation sets a password, signs in with a recovery code and confirms again before something risky.
func walkInvitation(t *testing.T) {
	h := open(t, false)
	w := world.New(t, h.db)
	inEveryView(t, func(t *testing.T, view browser.View) {
		id, login := uuid.New(), "kim."+uuid.NewString()[:8]+"@trust.example"
		err := h.app.Accounts.Create(t.Context(), access.SystemActor(access.Hall, w.Trust, w.Service), time.Now().Add(-24*time.Hour), []account.NewAccount{{
			ID: id, Login: login, Name: "Kim Dale", Organisation: w.Trust, Person: w.Ward.Person, Invited: true,
		}})
		if err != nil {
			t.Fatal(err)
		}
		token, err := h.keys.MintLink(seal.Link{ID: uuid.New(), Purpose: account.InvitationPurpose, Object: id, Expires: time.Now().Add(time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		v := h.visitor(t, view).Visit("/invitation/" + token).Want(200).Says("Kim Dale")
		v.Fill("Choose a password", "short").Click("Set password").Want(422).Says("12 characters or more")
		v.Fill("Choose a password", "three random words").Click("Set password").Want(200)
		codes := v.Lines("code")
		if len(codes) != 10 {
			t.Fatalf("%d recovery codes, want 10", len(codes))
		}
		v.Click("Sign in").Want(422).Says("Enter the code").Fill("Code from your authenticator app", "000000").Click("Sign in").Want(422).Says("does not match", codes[0])
		v.Fill("Code from your authenticator app", codes[0]).Click("Sign in").At("/my").Visit("/account/step-up").Want(200)
		v.Click("Confirm it is me").Want(422)
		v.Fill("Code from your authenticator app", "000000").Click("Confirm it is me").Want(422).Says("does not match")
		v.Fill("Code from your authenticator app", codes[1]).Click("Confirm it is me").Visit("/account/role").Want(200).Says("Kim Dale")
		h.visitor(t, view).Visit("/invitation/" + token).Want(410)
	})
}
