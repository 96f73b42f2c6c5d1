package personweb_test

import (
	"bytes"
	"mime/multipart"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/person"
	"github.com/rowan-ohwb/rowan/internal/person/personweb"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

const feed = "employee_number,assignment_number,primary,family_name,given_name,date_of_birth,work_email,mobile,personal_email,job_title,band,staff_group,site,department,team,contracted_hours,shift_pattern,manager_employee_number,start_date,end_date\n" +
	"20000006,20000006,Y,Okafor,Amara,1984-03-07,,,,Sister,Band 6,Nursing,Main,Medicine,Ward 7,37.5,,99999999,2020-04-01,\n" +
	"77777777,77777777,Y,Okafor,Amara,1984-03-07,,,,Staff nurse,Band 5,Nursing,Main,Medicine,Ward 7,37.5,,,2020-04-01,\n" +
	"1,1,Y,Short,Number,1984-03-07,,,,Porter,Band 2,Estates,Main,,,37.5,,,2020-04-01,\n"

func post(b *webtest.Browser, path, field, content string) *webtest.Page {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	if field == "file" {
		part, _ := w.CreateFormFile("file", "staff.csv")
		_, _ = part.Write([]byte(content))
	} else {
		_ = w.WriteField(field, content)
	}
	_ = w.Close()
	r := httptest.NewRequest("POST", path, &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return b.Send(r)
}

func TestImportPages(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	site := webtest.New(t, now, personweb.Routes(person.New(person.Deps{DB: db})), person.Rules)
	hr := site.As(w.HR.As(access.HR, access.Hall))

	hr.Get("/people-admin/import").Want(200).Says("Update the staff list")
	post(hr, "/people-admin/import", "file", "").Want(422).Says("Choose a staff file")
	post(hr, "/people-admin/import", "other", "x").Want(422).Says("Choose a staff file")
	post(hr, "/people-admin/import", "file", "a,b\n").Want(422).Says("not the heading of a staff file")

	shown := post(hr, "/people-admin/import", "file", feed).Want(200).Says("What this file would change", "Okafor", "77777777", "1 row was not taken", "Line: 2")
	carried := shown.Form().Get("feed")
	post(hr, "/people-admin/import/rejects", "feed", carried).Want(200).Says("Short", "not eight digits")
	post(hr, "/people-admin/import/confirm", "feed", carried).Want(200).Says("The staff list is up to date")
	again := post(hr, "/people-admin/import", "file", feed).Want(200).Says("already agrees with this file")
	if strings.Contains(again.Body, "/people-admin/import/confirm") {
		t.Error("there is something to confirm when nothing changes")
	}
	post(hr, "/people-admin/import/confirm", "feed", "not ours").Want(400)

	for _, role := range access.Roles {
		if role == access.HR || role == access.Anonymous {
			continue
		}
		site.As(w.HR.As(role, access.Hall)).Get("/people-admin/import").Want(404)
	}
}
