// Package documentview draws documents on the pages of other slices, and reads them from their forms.
package documentview

import (
	"errors"

	"github.com/rowan-ohwb/rowan/internal/growth/document"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

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
