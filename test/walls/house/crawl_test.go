package house_test

import (
	"fmt"
	"html"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/test/walls"
)

// sampled is how many ids of each column the crawl tries: slots and sessions are alike, and there are hundreds.
const sampled = 3

// ids lists what identifies anything of a tenant: some of every uuid column of every table of it, the tenant's own
// objects first.
func (x *tenant) ids() []string {
	x.t.Helper()
	conn := x.super()
	c, err := walls.Read(ctx, conn)
	if err != nil {
		x.t.Fatal(err)
	}
	tenantColumn := map[string]string{}
	for _, col := range c.Columns {
		if col.Name == "organisation_id" && tenantColumn[col.Table] == "" || col.Name == "service_id" {
			tenantColumn[col.Table] = col.Name
		}
	}
	out := []string{x.case1.String(), x.case2.String(), x.report.String(), x.w.Nurse.Person.String(), x.w.Trust.String()}
	for _, col := range c.Columns {
		by := tenantColumn[col.Table]
		if col.Type != "uuid" || by == "" {
			continue
		}
		rows, err := conn.Query(ctx, fmt.Sprintf(`select distinct %s::text from %s where %s in ($1, $2) and %s is not null limit %d`, col.Name, col.Table, by, col.Name, sampled), x.w.Service, x.w.Trust)
		if err != nil {
			x.t.Fatal(err)
		}
		for rows.Next() {
			var id string
			if err := rows.Scan(&id); err != nil {
				x.t.Fatal(err)
			}
			out = append(out, id)
		}
		if err := rows.Err(); err != nil {
			x.t.Fatal(err)
		}
	}
	slices.Sort(out[5:])
	return unique(out)
}

func unique(in []string) (out []string) {
	seen := map[string]bool{}
	for _, s := range in {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

var parameter = regexp.MustCompile(`\{[a-z]+\}`)

// fill puts values into the parameters of a route's path, in their order; the last value serves those that are left.
func fill(path string, values ...string) string {
	i := 0
	return parameter.ReplaceAllStringFunc(path, func(string) string {
		v := values[min(i, len(values)-1)]
		i++
		return v
	})
}

// paths are the addresses of a route with every id: for a path with two parameters, the tenant's first objects
// before every id.
func paths(r web.Route, ids []string) (out []string) {
	switch len(parameter.FindAllString(r.Path, -1)) {
	case 0:
		return []string{r.Path}
	case 1:
		for _, id := range ids {
			out = append(out, fill(r.Path, id))
		}
	default:
		for _, first := range ids[:min(5, len(ids))] {
			for _, id := range ids {
				out = append(out, fill(r.Path, first, id))
			}
		}
	}
	return out
}

// addresses are where attributes of a page (href, src) lead inside the house, without what is after a #. Ten thousands
// of pages are read, and a regular expression takes longer for one than the page does.
func addresses(body string, attributes ...string) (out []string) {
	for _, name := range attributes {
		for rest := body; ; {
			_, after, found := strings.Cut(rest, name+`="/`)
			if !found {
				break
			}
			end := strings.IndexAny(after, `"#`)
			if end < 0 {
				break
			}
			out, rest = append(out, html.UnescapeString("/"+after[:end])), after[end:]
		}
	}
	return out
}

// crawl asks for every GET route with every id, then follows every link, and shows each answer once. A route that the
// role may never use is asked with the tenant's first objects only: it is refused before it looks at the id.
func (v *visitor) crawl(ids []string, look func(path string, a answer)) (asked int) {
	var queue []string
	for _, r := range v.h.app.Routes {
		if r.Method != http.MethodGet {
			continue
		}
		use := ids
		if !r.Public && !v.h.app.Table.MayEver(v.role, r.Permission) {
			use = ids[:min(5, len(ids))]
		}
		queue = append(queue, paths(r, use)...)
	}
	queue = append(queue, "/healthz", "/readyz", "/metrics", "/no-such-page")
	seen := map[string]bool{}
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		if seen[path] || strings.HasPrefix(path, "/assets/") {
			continue
		}
		seen[path] = true
		a := v.get(path)
		asked++
		look(path, a)
		if to := a.header.Get("Location"); strings.HasPrefix(to, "/") {
			queue = append(queue, to)
		}
		queue = append(queue, addresses(a.body, "href", "action", "src")...)
	}
	return asked
}
