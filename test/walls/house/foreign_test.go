package house_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// How many random requests prove that a tenant's text stays in it: what make test takes time for, and what make prove does.
const (
	requestsInTest  = 3_000
	requestsInProof = 100_000
)

// party is a tenant with its people signed in, each as what they are.
type party struct {
	*tenant
	ids      []string
	visitors []*visitor
}

// TestForeignTenants sends random requests over three tenants, each with its own journey behind it: any route, any id
// of any tenant, any person. No answer holds another tenant's canary, and an object of another tenant looks like one
// that never was.
func TestForeignTenants(t *testing.T) {
	n, seed := requestsInTest, uint64(time.Now().UnixNano())
	if os.Getenv("ROWAN_PROVE") != "" {
		n = requestsInProof
	}
	if s, err := strconv.ParseUint(os.Getenv("ROWAN_SEED"), 10, 64); err == nil {
		seed = s
	}
	t.Logf("%d requests, ROWAN_SEED=%d", n, seed)
	random := rand.New(rand.NewPCG(seed, 0))
	h := open(t)
	parties := []*party{h.party("one"), h.party("two"), h.party("three")}
	counts, foreignIDs, began := map[int]int{}, 0, time.Now()
	routes := slices.DeleteFunc(slices.Clone(h.app.Routes), ends)
	for range n {
		mine, theirs := random.IntN(len(parties)), random.IntN(len(parties))
		p := parties[mine]
		v, r := p.visitors[random.IntN(len(p.visitors))], routes[random.IntN(len(routes))]
		pick := func() string { return parties[theirs].ids[random.IntN(len(parties[theirs].ids))] }
		if r.Method == http.MethodGet && random.IntN(4) == 0 {
			pick = func() string { return parties[theirs].ids[random.IntN(3)] } // the objects that a journey is about
		}
		first, mixed := pick(), strings.Count(r.Path, "{") == 2 && random.IntN(2) == 0
		if mixed {
			first = p.ids[random.IntN(2)] // another tenant's note in one's own case
		}
		path := fill(r.Path, first, pick())
		a := v.ask(r, path, []string{pick(), pick(), pick()})
		counts[a.status]++
		if mine != theirs {
			foreignIDs++
		}
		if fault := foreignText(a, p.tag); fault != "" {
			t.Errorf("%s %s as %s of %s: %s", r.Method, path, v.role, p.tag, fault)
		}
		if a.status >= http.StatusInternalServerError {
			t.Errorf("%s %s as %s of %s: %d", r.Method, path, v.role, p.tag, a.status)
		}
		switch {
		case mine == theirs || aboutNothing(r):
		case mixed:
			if never := v.ask(r, fill(r.Path, first, uuid.NewString()), []string{pick()}); never.status != a.status {
				t.Errorf("%s %s as %s of %s: another tenant's object answers %d, one that never was %d", r.Method, path, v.role, p.tag, a.status, never.status)
			}
		case !slices.Contains(closed(v, r), a.status):
			t.Errorf("%s %s as %s of %s: another tenant's object answers %d", r.Method, path, v.role, p.tag, a.status)
		}
	}
	t.Logf("statuses %v; %d with another tenant's ids; %s", counts, foreignIDs, time.Since(began).Round(time.Second))
	if m := canary.FindString(h.log.String()); m != "" {
		t.Errorf("the log says %s", m)
	}
}

// party does a journey and signs everybody in.
func (h *house) party(tag string) *party {
	h.t.Helper()
	p := &party{tenant: h.journey(tag)}
	p.ids = p.tenant.ids()
	for _, role := range access.Roles {
		if role == access.Anonymous {
			p.visitors = append(p.visitors, h.anonymous())
			continue
		}
		p.visitors = append(p.visitors, h.signIn(cast(p.w)[role], role))
	}
	return p
}

// closed lists how a door that one may not open looks: not there, or to somebody without a session the way to sign in.
func closed(v *visitor, r web.Route) []int {
	switch {
	case v.role == access.Anonymous && r.Public: // a page for whoever is not signed in says that there is no such thing
		return []int{http.StatusSeeOther, http.StatusUnauthorized, http.StatusNotFound}
	case v.role == access.Anonymous:
		return []int{http.StatusSeeOther, http.StatusUnauthorized}
	}
	return []int{http.StatusNotFound}
}

// ends says whether a route ends sessions or begins others, which would leave the visitor somebody else.
func ends(r web.Route) bool {
	return r.Method == http.MethodPost && (r.Path == "/sign-out" || r.Path == "/account/role" || strings.HasPrefix(r.Path, "/demo/"))
}

// foreignText finds a canary of another tenant anywhere in an answer.
func foreignText(a answer, tag string) string {
	for _, m := range canary.FindAllString(a.whole(), -1) {
		if !strings.HasPrefix(m, "canary-"+tag+"-") {
			return "shows " + m
		}
	}
	return ""
}

// TestForeignTextIsFound proves the measure: a canary of another tenant in a header or a page is found, one's own not.
func TestForeignTextIsFound(t *testing.T) {
	own := fmt.Sprintf("<p>canary-one-%s-note</p>", private)
	for name, c := range map[string]struct {
		a    answer
		want bool
	}{
		"own":    {answer{body: own}, false},
		"body":   {answer{body: own + "<p>canary-two-open-why"}, true},
		"header": {answer{header: http.Header{"Location": {"/x?canary-three-private-note"}}, body: uuid.NewString()}, true},
	} {
		if got := foreignText(c.a, "one") != ""; got != c.want {
			t.Errorf("%s: found %v, want %v", name, got, c.want)
		}
	}
}
