package documentweb_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/document"
	"github.com/rowan-ohwb/rowan/internal/growth/document/documentweb"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

var now = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// TestDownload gives a file to those who read evidence, as an attachment that no browser opens as a page of ours.
func TestDownload(t *testing.T) {
	db := world.Open(t)
	w, id := world.New(t, db), uuid.Must(uuid.NewV7())
	u, err := document.Take("Bericht \u00fcber.html", strings.NewReader("<script>alert(1)</script>"))
	if err == nil {
		err = db.InTenant(t.Context(), w.OHLead.As(access.Lead, access.Growth), func(tx *postgres.Tx) error {
			_, err := document.Keep(t.Context(), tx, now, id, u)
			return err
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	site := webtest.New(t, now, documentweb.Routes(document.New(db)), document.Rules)
	path := "/documents/" + id.String()
	for _, actor := range []access.Actor{w.OHLead.As(access.Lead, access.Growth), w.Guardian.As(access.Guardian, access.Growth), w.Executive.As(access.Executive, access.Growth)} {
		got := site.As(actor).Get(path).Want(200)
		for name, want := range map[string]string{"Content-Type": "text/plain; charset=utf-8", "Content-Disposition": "attachment; filename*=utf-8''Bericht%20%C3%BCber.html.txt",
			"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"} {
			if h := got.Header[name]; len(h) != 1 || h[0] != want {
				t.Errorf("%s is %q, want %q", name, h, want)
			}
		}
		if got.Body != "<script>alert(1)</script>" {
			t.Errorf("the file is %q", got.Body)
		}
	}
	for name, actor := range map[string]access.Actor{"another trust": w.Foreign.As(access.Lead, access.Growth), "a nurse": w.OHNurse.As(access.Nurse, access.Growth)} {
		if got := site.As(actor).Get(path); got.Status != 404 || strings.Contains(got.Body, "alert") {
			t.Errorf("%s gets %d", name, got.Status)
		}
	}
	site.As(w.OHLead.As(access.Lead, access.Growth)).Get("/documents/" + uuid.NewString()).Want(404)
	site.As(w.OHLead.As(access.Lead, access.Growth)).Get("/documents/x").Want(404)
}
