// Package siteview draws the pages of the public site. The site and the editors' preview share it, so what is approved is what is
// shown.
package siteview

import (
	"context"

	"github.com/rowan-ohwb/rowan/internal/growth/community/site"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// View is a page of a site.
type View struct {
	site.Public
	site.Version
	Easy    bool // show the text in easy words
	Preview bool // for the editors: links to the other text are theirs
}

// words is the text that is shown.
func (v View) words() string {
	if v.Easy {
		return v.Version.Easy
	}
	return v.Words
}

// either is that of the house's own words beside the text: in easy words beside an easy one.
func (v View) either(full, easy string) string {
	if v.Easy {
		return easy
	}
	return full
}

// path is where the page is.
func (v View) path() string {
	if v.Kind == site.Home {
		return v.Address.Path()
	}
	return v.Address.Path() + "/" + v.Version.Path
}

// Usual is what a fixed page says where the editors have published nothing: a site is of use from the day it is opened.
func Usual(ctx context.Context, path string) (site.Version, bool) {
	for _, k := range site.Fixed {
		if path == string(k) {
			return site.Version{Path: path, Kind: k, Title: locale.T(ctx, "site.usual."+path+".title"), Words: locale.T(ctx, "site.usual."+path+".words"), Easy: locale.T(ctx, "site.usual."+path+".easy")}, true
		}
	}
	return site.Version{}, false
}
