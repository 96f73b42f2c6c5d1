package procured_test

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/network/procured"
	"github.com/rowan-ohwb/rowan/internal/growth/network/procured/procuredweb"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// TestPages: each side says its own on its own pages and reads both; what is refused says why and keeps what was typed; a client, a provider or
// a theme of somebody else is not there, neither to read nor to write; and who is of no side finds nothing.
func TestPages(t *testing.T) {
	_, w, s := open(t)
	site := webtest.New(t, now, procuredweb.Routes(s), procured.Rules)
	lead, admin := site.As(w.OHLead.As(access.Lead, access.Growth)), site.As(w.OHAdmin.As(access.OHAdmin, access.Growth))
	buyer := access.Actor{Account: uuid.New(), Name: "Hari", Organisation: w.Community, Role: access.HR, Wall: access.Growth}
	hr := site.As(buyer)
	of, by := "/agreements/"+w.Community.String()+"/framework", "/our-contract/framework/"+w.Trust.String()

	lead.Get(of).Want(200)
	admin.Get(of).Want(200)
	hr.Get("/our-contract/framework").Want(200)
	hr.Get(by).Want(200)

	f := lead.Get(of + "/M01/rate").Want(200).Form()
	webtest.Fill(f, "on-year", "2027", "evidence", "", "next", "")
	lead.Post(of+"/M01/rate", f).Refuses("Select a level", "Enter what shows it", "Enter a day that has come")
	webtest.Fill(f, "level", "3", "on-year", "2026", "evidence", "Mrs Winter", "next", "More clinics")
	lead.Post(of+"/M01/rate", f).Want(422).Says("Mrs Winter", "More clinics")
	webtest.Fill(f, "evidence", "Waiting times of a year")
	lead.Post(of+"/M01/rate", f).To(of + "/M01")
	lead.Post(of+"/M01/rate", f).To(of + "/M01") // sent twice
	admin.Get(of+"/M01").Want(200).Says("Waiting times of a year", "More clinics")
	hr.Get(by + "/M01").Want(200).Says("Waiting times of a year")

	f = hr.Get(by + "/M01/rate").Want(200).Form()
	hr.Post(by+"/M01/rate", webtest.Fill(f, "level", "1", "evidence", "Nobody came on Fridays", "next", "Fridays")).To(by + "/M01")
	lead.Get(of+"/M01").Want(200).Says("Nobody came on Fridays", "Waiting times of a year")
	lead.Get(of).Want(200).Says("10 November 2026")

	// An administrator of the service reads and does not judge; neither side is at home on the other's pages.
	admin.Get(of + "/M01/rate").Want(404)
	admin.Post(of+"/M01/rate", f).Want(404)
	hr.Get(of).Want(404)
	hr.Post(of+"/M01/rate", f).Want(404)
	lead.Get(by).Want(404)
	lead.Post(by+"/M01/rate", f).Want(404)

	stranger := w.Foreign.As(access.Lead, access.Growth)
	elsewhere := buyer
	elsewhere.Organisation = stranger.Organisation
	for name, x := range map[string]struct {
		who  *webtest.Browser
		path string
	}{"a client of somebody else": {site.As(stranger), of}, "a provider of somebody else": {site.As(elsewhere), by}, "no client": {lead, "/agreements/" + uuid.NewString() + "/framework"}, "no provider": {hr, "/our-contract/framework/" + uuid.NewString()}} {
		for _, path := range []string{x.path, x.path + "/M01", x.path + "/M01/rate"} {
			x.who.Get(path).Want(404)
		}
		f.Set("id", uuid.NewString())
		if got := x.who.Post(x.path+"/M01/rate", f); got == nil {
			t.Error(name)
		} else {
			got.Want(404)
		}
	}
	for _, path := range []string{of + "/M99", of + "/M99/rate"} {
		lead.Get(path).Want(404)
	}
	lead.Post(of+"/M99/rate", f).Want(404)
	for _, role := range []access.Role{access.Guardian, access.SystemLead, access.Manager} {
		a := buyer
		a.Role = role
		site.As(a).Get(by).Want(404)
		site.As(a).Get(of).Want(404)
	}
}
