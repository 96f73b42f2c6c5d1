// Package upload is what every page does that takes in a file of rows: it opens the file, says beside the field when there is none or
// when it is not taken as a whole, and gives the rows that were not taken as a file of their own.
package upload

import (
	"errors"
	"mime/multipart"

	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// Take gives the file of the field "file" to take, unless the form is bad already or there is none. A *sheet.Refused error becomes a
// fault of the field; after that, f.Bad says that the form is to be shown again. The file is closed afterwards.
func Take(c *web.Context, f *form.Form, take func(name string, file multipart.File) error) error {
	file, name, err := c.Upload("file")
	if err != nil {
		return err
	}
	if file == nil {
		f.Faults.Add("file", "form.upload.empty")
		return nil
	}
	defer file.Close()
	if f.Bad() {
		return nil
	}
	err = take(name, file)
	var refused *sheet.Refused
	if errors.As(err, &refused) {
		f.Faults.Add("file", refused.Key, refused.Args...)
		return nil
	}
	return err
}

// Rejects answers with the rows that were not taken as a CSV file: line, column and reason, never what the row held.
func Rejects(c *web.Context, list []sheet.Reject) error {
	c.Attach(web.CSV, "rejects.csv")
	return sheet.WriteRejects(c.W, list, c.T)
}
