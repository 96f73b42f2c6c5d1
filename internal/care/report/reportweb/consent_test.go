package reportweb_test

import (
	"testing"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
)

// TestReaching: where a link to the report goes is said, and the link sent again; who gets none is to be telephoned.
func TestReaching(t *testing.T) {
	c, site := open(t)
	kase := "/cases/" + c.ID.String()
	nurse, admin := site.As(c.Clinician), site.As(c.W.OHAdmin.As(access.OHAdmin, access.Clinical))
	c.Sign("v1")
	for _, page := range []string{"/report", "/consent"} {
		nurse.Get(kase+page).Want(200).Says("sent to their mobile number …111", "Send the link again").Hides("No safe contact")
	}
	form := admin.Get(kase + "/consent").Want(200).Hides("07700900111").Form()
	admin.Post(kase+"/consent/link", form).To(kase + "/consent")
	admin.Post(kase+"/consent/link", nil).Want(404) // a form that the page did not make
	site.As(c.Person).Post(kase+"/consent/link", form).Want(404)

	caretest.Unreached(t, c.DB, c.W.Nurse)
	for _, page := range []string{"/report", "/consent"} {
		nurse.Get(kase+page).Want(200).Says("Amara Okafor will not get a link", "Record how to reach them").Hides("Send the link again")
	}
	admin.Post(kase+"/consent/link", form).Want(409)
}

// TestSignedToNobody: a signature does not claim that somebody was told who cannot be.
func TestSignedToNobody(t *testing.T) {
	c, site := open(t)
	caretest.Unreached(t, c.DB, c.W.Nurse)
	desk, nurse := "/cases/"+c.ID.String()+"/report", site.As(c.Clinician)
	nurse.Post(desk, merge(merge(nurse.Get(desk).Want(200).Form(), typed), map[string]string{"do": "preview"})).To(desk + "/preview")
	nurse.Get(desk + "/preview").Want(200).Says("will not get a link")
	nurse.Post(desk+"/sign", nurse.Get(desk+"/sign").Want(200).Says("will not get a link").Form()).To(desk)
	nurse.Get(desk).Want(200).Says("will not get a link", "Record what they decide by telephone")
}
