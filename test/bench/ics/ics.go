// Package ics times the pages of an ICS of eight organisations with 60,000 staff: those of its lead, and those of the people who work
// in its largest trust.
package ics

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/app"
	"github.com/rowan-ohwb/rowan/internal/config"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
)

const (
	// icsFolder names a demonstration of the sample ics that was made before, so that it is not made anew.
	icsFolder = "ROWAN_ICS"
	// icsRequests is how often each page is asked for, after a few that nobody counts.
	icsRequests, icsFirst = 60, 3
	// host is the trust whose lead looks.
	host = "Wyre Valley Hospitals"
)

// Pages asks for the pages as their lead and as the lead of the largest trust, then for every page of the menus of those who work there,
// signed in with a session as a browser is. Nothing else runs in Rowan meanwhile, and what else the machine does is said. The sample is
// made below a folder, if nobody has named one that was made before; line prints a figure.
func Pages(ctx context.Context, folder string, line func(what, figure string)) error {
	dir := os.Getenv(icsFolder)
	if dir == "" {
		dir = filepath.Join(folder, "ics")
	}
	began := time.Now()
	site, err := app.OpenDemo(ctx, app.Demo{Config: config.Config{Data: dir, Listen: "127.0.0.1:0", Demo: true}.FromEnv(), Seed: 1, Sample: app.ICSSample, Now: time.Now,
		Log: slog.New(slog.DiscardHandler), Say: func(string) {}})
	if err != nil {
		return err
	}
	defer site.Close(ctx)
	if os.Getenv(icsFolder) == "" {
		size, err := weigh(dir)
		if err != nil {
			return err
		}
		line("made in, on disk", fmt.Sprintf("%.0f s, %d MB", time.Since(began).Seconds(), size>>20))
	}
	pack, err := release.Load(content.FS)
	if err != nil {
		return err
	}
	server := httptest.NewServer(site.Handler)
	defer server.Close()
	paths := []string{"/system", "/system/levels", "/system/plans", "/system/releases", "/system/export", "/system/equity", "/system/equity/table"}
	lead := []string{"/sharing", "/sharing/preview"}
	for _, m := range pack.Metrics {
		if m.Kind == release.Share {
			paths = append(paths, "/system/metrics/"+m.ID, "/system/metrics/"+m.ID+"?span=12")
			lead = append(lead, "/sharing/compare/"+m.ID)
		}
	}
	lead = append(lead, "/sharing/releases/[0-9a-f-]+", "/sharing/equity")
	// What a national lead has besides what an ICS has, over all who agreed.
	nation := append([]string{"/nation", "/nation/partners", "/nation/calls", "/nation/studies", "/nation/cohorts", "/nation/extracts", "/groups"}, paths...)
	load, err := os.ReadFile("/proc/loadavg")
	if err == nil {
		line("load of the machine in the last minute", strings.Fields(string(load))[0])
	}
	for _, x := range []struct {
		role  access.Role
		place string
		paths []string
	}{{access.SystemLead, "", append(slices.Clone(paths), "/system/pooled", "/system/people-plan", "/system/skills")}, {access.NationalLead, "", nation}, {access.Lead, host, lead}, {access.OHAdmin, host, nil}, {access.Nurse, host, nil}, {access.Executive, host, nil}} {
		v, err := enter(ctx, site, server.URL, x.role, x.place)
		if err != nil {
			return err
		}
		main, err := v.navigation()
		if err != nil {
			return err
		}
		for _, path := range append(x.paths, main...) {
			if err := v.time(path, line); err != nil {
				return err
			}
		}
	}
	return nil
}

// weigh adds up the files of a folder.
func weigh(dir string) (bytes int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) { // PostgreSQL removes some meanwhile
			return nil
		}
		if err != nil || d.IsDir() {
			return err
		}
		if info, err := d.Info(); err == nil {
			bytes += info.Size()
		}
		return nil
	})
	return bytes, err
}

// guest is somebody who is signed in.
type guest struct {
	*http.Client
	base string
	role access.Role
}

// enter signs in as the first who has a role at a place.
func enter(ctx context.Context, site *app.Site, base string, role access.Role, place string) (*guest, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	people, err := site.Accounts.DemoPeople(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range people {
		if !slices.Contains(p.Roles, role) || place != "" && p.Place != place {
			continue
		}
		v := &guest{&http.Client{Jar: jar}, base, role}
		r, err := v.PostForm(base+"/demo/sign-in", url.Values{"account": {p.ID.String()}, "role": {string(role)}})
		if err != nil {
			return nil, err
		}
		return v, errors.Join(r.Body.Close(), wanted(r))
	}
	return nil, fmt.Errorf("nobody is %s at %q", role, place)
}

func wanted(r *http.Response) error {
	if r.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answered %s", r.Request.URL.Path, r.Status)
	}
	return nil
}

func (v *guest) get(path string) (string, error) {
	r, err := v.Client.Get(v.base + path)
	if err != nil {
		return "", err
	}
	page, err := io.ReadAll(r.Body)
	return string(page), errors.Join(err, r.Body.Close(), wanted(r))
}

var menu = regexp.MustCompile(`nhsuk-header__navigation-link"[^>]*href="(/[^"?]*)"|href="(/[^"?]*)"[^>]*nhsuk-header__navigation-link"`)

// navigation lists the pages of the menu.
func (v *guest) navigation() (out []string, err error) {
	page, err := v.get("/")
	if err != nil {
		return nil, err
	}
	for _, m := range menu.FindAllStringSubmatch(page, -1) {
		if path := m[1] + m[2]; !slices.Contains(out, path) {
			out = append(out, path)
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("the menu of %s has no links", v.role)
	}
	return out, nil
}

// time asks for a page many times. A path with a pattern at its end is the first link of the page above it that fits.
func (v *guest) time(path string, line func(what, figure string)) error {
	name := path
	if above, found := strings.CutSuffix(path, "/releases/[0-9a-f-]+"); found {
		page, err := v.get(above)
		if err != nil {
			return err
		}
		name = above + "/releases/{id}"
		if path = regexp.MustCompile(path).FindString(page); path == "" {
			return fmt.Errorf("%s leads to no release", above)
		}
	}
	times := make([]time.Duration, 0, icsRequests)
	for i := range icsFirst + icsRequests {
		start := time.Now()
		page, err := v.get(path)
		if err != nil {
			return err
		}
		if len(page) < 500 {
			return fmt.Errorf("%s says %q", path, page)
		}
		if i >= icsFirst {
			times = append(times, time.Since(start))
		}
	}
	slices.Sort(times)
	mark := ""
	p95 := times[len(times)*95/100]
	if p95 > 300*time.Millisecond {
		mark = "  over the aim"
	}
	line(fmt.Sprintf("%s %s", v.role, name), fmt.Sprintf("p50 %v, p95 %v%s", times[len(times)/2].Round(time.Millisecond), p95.Round(time.Millisecond), mark))
	return nil
}
