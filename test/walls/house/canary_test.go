package house_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
)

var canary = regexp.MustCompile(`canary-[a-z0-9]+-([a-z]+)-([a-z0-9-]+)`)

// reader is somebody whose pages are searched, and which canaries they were written for.
type reader struct {
	name string
	who  world.Who
	role access.Role
	may  func(path, kind, field string) bool
}

func never(string, string, string) bool { return false }

// recipient reads the referral and, on the pages of that referral, what was released.
func recipient(path, kind, _ string) bool {
	return kind == open_ || kind == released && strings.HasPrefix(path, "/referrals/")
}

// desk is an OH administrator: they see a case along and read what the person and the referrer wrote to OH, never
// the record.
func desk(_, kind, field string) bool {
	record := strings.HasPrefix(field, "note") || strings.HasPrefix(field, "addendum") || strings.HasPrefix(field, "counselling") || strings.HasPrefix(field, "self-note")
	return kind == open_ || kind == private && !record
}

// colleague is a clinician: the record, but not the counsellor's notes.
func colleague(_, _, field string) bool { return !strings.HasPrefix(field, "counselling") }

func readers(w *world.World) []reader {
	return []reader{
		{"the referrer", w.Ward, access.Manager, recipient},
		{"HR named in the referral", w.HR, access.HR, recipient},
		{"HR as a manager", w.HR, access.Manager, recipient},
		{"another manager", w.Peer, access.Manager, never},
		{"the nurse as a manager", w.Nurse, access.Manager, never},
		{"a manager of another client", w.LocalManager, access.Manager, never},
		{"a manager elsewhere", w.ForeignManager, access.Manager, never},
		{"the lead", w.OHLead, access.Lead, func(path, kind, _ string) bool {
			return kind == service && strings.HasPrefix(path, "/service/feedback")
		}},
		{"the Caldicott guardian", w.Caldicott, access.Caldicott, func(path, kind, _ string) bool {
			return kind == review && strings.HasPrefix(path, "/audit/break-glass")
		}},
		{"the administrator", w.Peer, access.Admin, never},
		{"an OH administrator", w.OHAdmin, access.OHAdmin, desk},
		{"the clinician", w.OHNurse, access.Nurse, colleague},
		{"a physician of the service", w.OHPhysician2, access.Physician, func(_, kind, _ string) bool { return kind != private && kind != review && kind != mine }},
		{"a nurse elsewhere", w.ForeignOHNurse, access.Nurse, never},
	}
}

// TestNoCanaryReachesThem does the whole job with a canary in every text, then reads every page that anybody on the
// employer's, the growth and the audit side can reach, and everywhere else that text could have gone.
func TestNoCanaryReachesThem(t *testing.T) {
	h := open(t)
	x := h.journey("crawl")
	ids := x.ids()
	asked := 0
	for _, r := range readers(x.w) {
		t.Run(r.name, func(t *testing.T) {
			v := h.signIn(r.who, r.role)
			pages, seen := 0, 0
			look := func(path string, a answer) {
				if a.status >= http.StatusInternalServerError && path != "/readyz" { // no jobs run meanwhile
					t.Errorf("%s answers %d", path, a.status)
				}
				if a.status == http.StatusOK {
					pages++
				}
				for _, m := range canary.FindAllStringSubmatch(a.whole(), -1) {
					if seen++; !r.may(path, m[1], m[2]) {
						t.Errorf("%s shows %s", path, m[0])
					}
				}
			}
			n := v.crawl(ids, look)
			if r.role == access.Caldicott {
				look("POST /audit/export", v.post("/audit/export", url.Values{}))
			}
			asked += n
			t.Logf("%d requests, %d pages, %d canaries where they belong", n, pages, seen)
		})
	}
	t.Logf("%d requests", asked)
	x.places(t)
	if m := canary.FindString(h.log.String()); m != "" {
		t.Errorf("the log says %s", m)
	}
}

// places searches the whole database: a column outside the clinical classes holds no canary at all, what the employer
// reads none that is private, and the job queue none.
func (x *tenant) places(t *testing.T) {
	t.Helper()
	conn := x.super()
	c, d := catalogue(t, conn)
	searched, found := 0, 0
	for _, col := range c.Columns {
		mark := "canary-" + x.tag + "-"
		switch d.Data(col.Table, col.Name) {
		case "D3", "D4", "D5":
			continue
		case "D6":
			if col.Table == "break_glass" {
				mark += private
			}
		case "D2":
			mark += private
			found += count(t, conn, fmt.Sprintf(`select count(*) from %s where %s::text like '%%canary-%s-%s%%'`, col.Table, col.Name, x.tag, released))
		}
		searched++
		if n := count(t, conn, fmt.Sprintf(`select count(*) from %s where position($1 in %s::text) > 0`, col.Table, col.Name), mark); n > 0 {
			t.Errorf("%s.%s holds a canary in %d rows", col.Table, col.Name, n)
		}
	}
	if found == 0 {
		t.Error("nothing was released: the search looks at the wrong tenant")
	}
	t.Logf("%d columns outside the record hold no clinical canary", searched)
}
