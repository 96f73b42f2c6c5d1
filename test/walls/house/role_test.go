package house_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// named are the parameters that are a code of the pages themselves, known to everybody who may open them, or a token.
var named = []string{"{indicator}", "{code}", "{name}", "{token}"}

// aboutNothing says whether a route is about no object of a tenant.
func aboutNothing(r web.Route) bool {
	return !parameter.MatchString(r.Path) || slices.ContainsFunc(named, func(n string) bool { return strings.Contains(r.Path, n) })
}

// plain leaves the navigation out. It marks where one is, which follows from the role and the address, which the visitor knows.
func plain(body string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(body, "<nav")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		if _, body, found = strings.Cut(rest, "</nav>"); !found {
			return b.String() + "<nav" + rest
		}
	}
}

// ask sends a request for a route to a path; a POST carries ids where forms have them.
func (v *visitor) ask(r web.Route, path string, ids []string) answer {
	if r.Method == http.MethodGet {
		return v.get(path)
	}
	form := url.Values{}
	for i, field := range []string{"id", "person", "case", "referral", "slot", "note", "into", "account", "task", "report", "viewer"} {
		form.Set(field, ids[i%len(ids)])
	}
	if aboutNothing(r) {
		// Such a form makes something of the visitor's own under the id that its page carries. Keys begin with the
		// tenant, so another tenant's id would work, and the visitor would then rightly find an object under it.
		form.Set("id", uuid.NewString())
	}
	a := v.post(path, form)
	switch {
	case r.Permission == account.Manage || strings.HasPrefix(r.Path, "/demo/"):
		v.again() // the form may have ended the session
	case a.status == http.StatusSeeOther && v.role != access.Anonymous:
		v.get("/help/contact") // shows what went well, so that the next page does not
	}
	return a
}

// TestEveryRouteAsEveryRole walks the route table as each role, in its own tenant and as a stranger, with ids of
// another tenant, of the same tenant without a relation, and with texts that are no ids.
func TestEveryRouteAsEveryRole(t *testing.T) {
	h := open(t)
	x := h.journey("roles")
	strangers := h.build()
	ids := x.ids()
	asked, missing := 0, 0
	for _, role := range access.Roles {
		t.Run(string(role), func(t *testing.T) {
			v := h.anonymous()
			if role != access.Anonymous {
				v = h.signIn(cast(strangers)[role], role)
			}
			none := plain(v.get("/no-such-page").body)
			for _, r := range h.app.Routes {
				for _, id := range foreign(r, ids, h.app.Table.MayEver(role, r.Permission)) {
					path := fill(r.Path, id, ids[0])
					a := v.ask(r, path, ids)
					asked++
					if a.status == http.StatusNotFound {
						missing++
					}
					if fault := judge(h, v, r, a, none); fault != "" {
						t.Errorf("%s %s: %s: %d %s", r.Method, path, fault, a.status, a.header.Get("Location"))
						break
					}
				}
			}
		})
	}
	t.Logf("%d routes as %d roles: %d requests, %d answered as missing", len(h.app.Routes), len(access.Roles), asked, missing)
}

// foreign are ids that a stranger tries on a route: none, unknown, and another tenant's objects, the first of them where
// the role may never use the route: that is refused before anything looks at the id (TestRoleGoesFirst of package web).
func foreign(r web.Route, ids []string, may bool) []string {
	if !parameter.MatchString(r.Path) {
		return []string{""}
	}
	out := append([]string{"not-an-id", uuid.NewString(), uuid.Nil.String()}, ids[:5]...)
	if !may && !r.Public {
		return out
	}
	for i := 5; i < len(ids); i += 9 { // one in nine: the random requests of foreign_test.go try them all
		out = append(out, ids[i])
	}
	return out
}

// judge says what is wrong with a stranger's answer. Forbidden looks like missing: the same bytes.
func judge(h *house, v *visitor, r web.Route, a answer, none string) string {
	may := h.app.Table.MayEver(v.role, r.Permission)
	if canary.MatchString(a.whole()) {
		return "shows another tenant's text"
	}
	switch {
	case a.status >= http.StatusInternalServerError:
		return "fails"
	case v.role == access.Anonymous && !r.Public:
		if r.Method == http.MethodPost && a.status == http.StatusUnauthorized || a.status == http.StatusSeeOther && a.header.Get("Location") == "/sign-in" {
			return ""
		}
		return "answers without a session"
	case r.Public:
		return ""
	case !may || !aboutNothing(r):
		if a.status != http.StatusNotFound {
			return "does not look as if it were missing"
		}
		if plain(a.body) != none {
			return "the page for a forbidden object differs from the missing page"
		}
	case r.Method == http.MethodGet && !parameter.MatchString(r.Path) && a.status != http.StatusOK && a.status != http.StatusSeeOther:
		return "is refused to a role that may open it"
	case !slices.Contains([]int{200, 303, 400, 404, 409, 422}, a.status):
		return "answers in an unknown way"
	}
	return ""
}

// TestUnrelatedColleagues asks for the objects of a journey as people of the same tenant who have the role and no
// relation to anything in it.
func TestUnrelatedColleagues(t *testing.T) {
	h := open(t)
	x := h.journey("unrelated")
	for _, c := range []struct {
		who  world.Who
		role access.Role
	}{
		{x.w.Peer, access.Manager}, {x.w.LocalManager, access.Manager}, {x.w.OHLead, access.HR}, {x.w.Local, access.Person}, {x.w.OHPhysician2, access.Physician}, {x.w.OHPhysio, access.Physio},
	} {
		if c.role == access.HR {
			h.exec(access.SystemActor(access.Hall, x.w.Trust, uuid.Nil), `insert into role_grant (id, account_id, role, organisation_id, valid_from) values ($1,$2,'hr',$3,'2020-04-01')`,
				uuid.New(), c.who.Account, x.w.Trust)
		}
		t.Run(string(c.role)+" "+c.who.Name, func(t *testing.T) {
			v := h.signIn(c.who, c.role)
			none := plain(v.get("/no-such-page").body)
			n := 0
			for _, r := range h.app.Routes {
				for _, first := range []string{x.case1.String(), x.case2.String(), x.report.String()} {
					if aboutNothing(r) || strings.HasPrefix(r.Path, "/people/") {
						continue
					}
					var asked string // a path without a second parameter is one path
					for _, second := range append([]string{x.case1.String()}, texts(x.notes)...) {
						path := fill(r.Path, first, second)
						if path == asked {
							continue
						}
						asked = path
						a := v.ask(r, path, []string{first})
						n++
						if m := canary.FindStringSubmatch(a.whole()); m != nil && m[1] == private {
							t.Errorf("%s %s shows %s to somebody unrelated", r.Method, path, m[0])
						}
						if teamwork(r) && c.role.IsClinician() && slices.Contains([]int{http.StatusOK, http.StatusConflict}, a.status) {
							continue
						}
						if a.status != http.StatusNotFound || plain(a.body) != none && !r.Open { // an open page knows no session, and greets nobody
							t.Errorf("%s %s answers %d to somebody unrelated", r.Method, path, a.status)
						}
					}
				}
			}
			t.Logf("%d requests", n)
		})
	}
}

// teamwork is what every clinician of a service does for all its cases, so that no referral waits for one of them: they
// see that there is a case and when it could be booked, and no private text.
func teamwork(r web.Route) bool {
	return strings.HasPrefix(r.Path, "/queue/") || r.Path == "/cases/{id}/book"
}

func texts(ids []uuid.UUID) (out []string) {
	for _, id := range ids {
		out = append(out, id.String())
	}
	return out
}
