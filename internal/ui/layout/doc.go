// Package layout is the shell of every page: head, bars, header, way back, messages, main, footer.
//
// It holds what no page may leave out:
//
//   - a signed-in person always sees who they are, in which role and for whom, and can sign out;
//   - "Get help now" is on every page, in the header, signed in or not: people reach occupational health in distress;
//   - an installation with invented data, or without clinical safety approval, says so on every page and on paper;
//   - after a failed submission the title starts with "Error: " and the error summary is the first thing in main, so
//     that a screen reader says it first;
//   - the service is named in words. Rowan is not an NHS body and shows no NHS logo.
//
// There is no inline script or style: the page works under [Policy], and without JavaScript.
package layout

// Policy is the content security policy that these pages are made for and tested under.
const Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"

// HelpPath is the page for someone who needs help now; it needs no sign-in.
const HelpPath = "/help/urgent"

// RolePath is the page on which somebody chooses what they act as.
const RolePath = "/account/role"
