// Package site is what an OH service says in public to the staff it looks after: what it offers, how to refer yourself, what
// happens when, whom to call, how to join it, and news. It is served by the same binary, without a sign-in, a session or a cookie.
//
// A page is Markdown, with a second text for easy reading. Its life:
//
//	draft --offer--> offered --publish--> published --(the next one is published)--> replaced
//	  ^                 |                     |
//	  +----- return ----+                     +--withdraw--> withdrawn
//
// Communications, and the team, write and offer. The lead of the service publishes, gives back with a reason, or withdraws: what is
// said about health in the service's name is read by somebody of the service first. What is published is what was read: a version
// that was saved meanwhile is refused. Each version is kept as it was. Saving an offered version makes it a draft again.
//
// Every page has a day on which it is to be looked at again, at most a year ahead. Afterwards it stays, and the list of pages says
// that it is due: a page that vanished by itself would leave somebody without help.
//
// Help in a crisis is not a page of the editors. It is made of the house's own words and of the service's own number, stands on
// every page of the site, and nobody can take it away.
//
// The measured wait is the service's own indicator, after disclosure control and with its month; where it is hidden, or was never
// switched on, the site says nothing about it. A vacancy is shown while it is advertised in the workforce plan, marked public, and
// not past its last day.
//
// Row security says what is public: the hall login, which answers whoever is not signed in, reads published versions, public
// vacancies and the settings, without the names of those who wrote them, and no draft.
package site
