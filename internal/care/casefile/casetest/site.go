package casetest

import (
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/care/casefile"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/casefileweb"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/glass"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/glass/glassweb"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/note"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/note/noteweb"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/own"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/own/ownweb"
	"github.com/rowan-ohwb/rowan/internal/care/triage"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// Site serves every page of the clinical record at one time of day: a relationship that one page makes or ends shows
// on another.
func (b *Bench) Site(at time.Time) *webtest.Site {
	now := func() time.Time { return at }
	cases := casefile.New(casefile.Deps{DB: b.DB, Ledger: b.Ledger, Box: b.Box, Now: now})
	notes := note.New(note.Deps{DB: b.DB, Ledger: b.Ledger, Box: b.Box})
	people := glass.New(glass.Deps{DB: b.DB, NameRange: nameRange, Now: now})
	return webtest.New(b.T, at, slices.Concat(casefileweb.Routes(cases, casefileweb.Views{}), noteweb.Routes(notes, cases, func(r casefile.Referral) templ.Component { return templ.Raw("referral-" + r.Kind) }),
		glassweb.Routes(people), ownweb.Routes(own.New(b.DB, b.Box))), casefile.Rules, note.Rules, glass.Rules, own.Rules, triage.Rules)
}

// nameRange folds as the test world does.
func nameRange(prefix string) (from, to string) {
	if prefix == "" {
		return "", ""
	}
	from = strings.ToLower(prefix)
	return from, from + "\U0010FFFF"
}
