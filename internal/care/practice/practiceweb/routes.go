// Package practiceweb is the part of the site about the practice of the OH team: one's own competencies, development,
// supervision and registration; colleagues who wait for sign-off; and for the lead the team and what is due.
package practiceweb

import (
	"context"
	"net/http"
	"strconv"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/practice"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

type pages struct{ s *practice.Service }

// Routes of the slice.
func Routes(s *practice.Service) []web.Route {
	p := &pages{s}
	var all []web.Route
	on := web.Behind(access.Clinical)
	for _, x := range []struct {
		path      string
		needs     access.Permission
		get, post web.Handler
	}{
		{"/practice", practice.Own, p.home, nil},
		{"/practice/competencies", practice.Own, p.competencies, nil},
		{"/practice/competencies/{code}", practice.Own, p.competence, p.competencePost},
		{"/practice/competencies/{code}/stop", practice.Own, p.stop, p.stopPost},
		{"/practice/cpd", practice.Own, p.cpd, nil},
		{"/practice/cpd/add", practice.Own, p.cpdAdd, p.cpdAddPost},
		{"/practice/cpd/{id}", practice.Own, p.cpdChange, p.cpdChangePost},
		{"/practice/cpd/{id}/remove", practice.Own, p.cpdRemove, p.cpdRemovePost},
		{"/practice/supervision", practice.Own, p.supervision, nil},
		{"/practice/supervision/add", practice.Own, p.supervisionAdd, p.supervisionAddPost},
		{"/practice/supervision/{id}/remove", practice.Own, p.supervisionRemove, p.supervisionRemovePost},
		{"/practice/registration", practice.Own, p.registration, nil},
		{"/practice/registration/add", practice.Own, p.registrationAdd, p.registrationAddPost},
		{"/practice/registration/{code}/end", practice.Own, p.registrationEnd, p.registrationEndPost},
		{"/practice/sign-off", practice.Sign, p.asking, nil},
		{"/practice/sign-off/{account}/{competence}", practice.Sign, p.sign, p.signPost},
		{"/practice/withdraw/{account}/{competence}", practice.Sign, p.withdraw, p.withdrawPost},
		{"/practice/team", practice.Read, p.team, nil},
		{"/practice/team/{account}", practice.Read, p.member, nil},
		{"/practice/team/{account}/role", practice.Assign, p.role, p.rolePost},
		{"/practice/due", practice.Read, p.due, nil},
	} {
		all = append(all, on(http.MethodGet, x.path, x.needs, x.get))
		if x.post != nil {
			all = append(all, on(http.MethodPost, x.path, x.needs, x.post))
		}
	}
	return all
}

// table is one with its caption and heads.
func table(ctx context.Context, caption string, heads ...string) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: caption, Size: "m"}}
	for _, key := range heads {
		t.Head = append(t.Head, nhsuk.TableHead{Text: locale.T(ctx, key)})
	}
	return t
}

// hours says minutes in hours: "1.5 hours".
func hours(ctx context.Context, minutes int) string {
	return locale.T(ctx, "practice.hours", "n", number(minutes))
}

func number(minutes int) string {
	return strconv.FormatFloat(float64(minutes*100/60)/100, 'f', -1, 64)
}

// long says a day, or that there is none.
func long(ctx context.Context, d civil.Date) string {
	if d.IsZero() {
		return locale.T(ctx, "practice.never")
	}
	return d.Long()
}

// what names something that is due.
func what(ctx context.Context, p practice.Pack, d practice.Due) string {
	name := d.What
	if c, ok := p.Competence(d.What); ok && d.Kind == "competence" {
		name = c.Name
	}
	return locale.T(ctx, "practice.due.kind."+d.Kind, "what", name)
}

// when says how soon.
func when(ctx context.Context, d practice.Due, today civil.Date) string {
	if d.Over(today) {
		if d.Again() {
			return locale.T(ctx, "practice.due.expected", "day", d.On.Long())
		}
		return locale.T(ctx, "practice.due.over", "day", d.On.Long())
	}
	return locale.T(ctx, "practice.due.in", "day", d.On.Long(), "n", d.On.DaysSince(today))
}

func standing(ctx context.Context, s practice.State) string {
	if s.Standing == practice.Unsupervised && !s.Signed.Expires.IsZero() {
		return locale.T(ctx, "practice.standing.until", "day", s.Signed.Expires.Long())
	}
	return locale.T(ctx, "practice.standing."+string(s.Standing))
}

// The parts of reading a form. What cannot be read is a value that no rule lets pass.
