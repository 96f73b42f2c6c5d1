// Package documentview draws documents on the pages of other slices, and reads them from their forms.
package documentview

import (
	"errors"

	"github.com/rowan-ohwb/rowan/internal/growth/document"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// Cleared reads the same with the reason why what looks like a person in it is about nobody (Ask asks for it), and says what is
// wrong with it.
func Cleared(c *web.Context, f *form.Form) (*document.Upload, error) {
	u, err := Upload(c, f)
	if u == nil || err != nil {
		return u, err
	}
	u.Cleared = f.Get("cleared")
	f.Faults = append(f.Faults, u.Doubt(locale.Day(c.Now))...)
	return u, nil
}

// Upload reads the field "file" of a form. No file is nil; one that is not taken is a fault of the form.
func Upload(c *web.Context, f *form.Form) (*document.Upload, error) {
	file, name, err := c.Upload("file")
	if err != nil || file == nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	u, err := document.Take(name, file)
	var refused *sheet.Refused
	if errors.As(err, &refused) {
		f.Faults.Add("file", refused.Key, refused.Args...)
		return nil, nil
	}
	return &u, err
}
