package conversationweb_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/conversation"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/conversation/conversationweb"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// No employer-side column, page, form, export or log can hold free text of a conversation:
//
//   - every column that the employer login may read or write is an id, a day, a time, or a code from a list in the schema, which is the
//     list of the pack;
//   - no page has a field that a sentence fits in, only choices and the parts of dates; no page is a file to take away;
//   - whatever is sent to every form, in every field there is and in fields there are not, no table of the whole database holds it
//     afterwards, as text or as the bytes of it: no audit row, message, job or activity row either. Nor does the log, at its most
//     talkative.
func TestNoText(t *testing.T) {
	ctx := context.Background()
	db := world.Open(t)
	w := world.New(t, db)
	conn, err := pgx.Connect(ctx, world.Super(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(ctx) })
	columns(t, conn)

	var logged bytes.Buffer
	was := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug})))
	t.Cleanup(func() { slog.SetDefault(was) })
	s := conversation.New(deps(db))
	site := webtest.New(t, now, conversationweb.Routes(s), conversation.Rules)
	ward, person := site.As(w.Ward.As(access.Manager, access.Employer)), w.Nurse.Person
	const canary = "CANARY she said that"
	offer, second := uuid.New(), uuid.New()
	ward.Post("/conversations/team/"+person.String()+"/offer", url.Values{"id": {offer.String()}, "note": {canary}, "reason": {canary}}).Want(303)
	fill := strings.NewReplacer("{person}", person.String(), "{id}", offer.String(), "{code}", url.PathEscape(canary))
	posts, gets := 0, 0
	for _, r := range conversationweb.Routes(s) {
		if r.Wall != access.Employer && r.Wall != access.Growth {
			continue
		}
		path := fill.Replace(r.Path)
		if r.Method == "GET" {
			b := ward
			if r.Wall == access.Growth {
				b = site.As(w.HR.As(access.HR, access.Growth))
			}
			caretest.NoRoom(t, path, b.Get(path).Want(200))
			gets++
			continue
		}
		posts++
		id := second
		if strings.HasSuffix(r.Path, "/offer") {
			id = offer // one is open at a time
		}
		send(t, ward, path, id, canary)
	}
	if posts < 4 || gets < 5 {
		t.Fatalf("%d forms and %d pages", posts, gets)
	}
	for _, r := range conversationweb.Routes(s) {
		if strings.Contains(r.Path, "export") || strings.Contains(r.Path, ".csv") || strings.Contains(r.Path, "download") {
			t.Errorf("%s takes conversations away", r.Path)
		}
	}
	// A form whose request breaks off is what the log tells most of.
	gone, stop := context.WithCancel(ctx)
	stop()
	broken := httptest.NewRequestWithContext(gone, http.MethodPost, "/conversations/team/"+person.String()+"/offer", strings.NewReader(url.Values{"id": {second.String()}, "note": {canary}}.Encode()))
	broken.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	broken.Header.Set("Sec-Fetch-Site", "same-origin")
	ward.Send(broken).Want(500)
	if log := logged.String() + site.Logged.String(); strings.Contains(log, "CANARY") || !strings.Contains(log, "request failed") {
		t.Errorf("the log holds what was typed, or nothing: %s", log)
	}
	if n := scan(t, conn, "select count(*) from conversation where organisation_id = '"+w.Trust.String()+"'"); n < 2 {
		t.Errorf("%d conversations: the forms wrote nothing", n)
	}
	caretest.Nowhere(t, conn, "CANARY she")
}

func scan(t *testing.T, conn *pgx.Conn, sql string) (n int) {
	t.Helper()
	if err := conn.QueryRow(context.Background(), sql).Scan(&n); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return n
}

// columns holds the schema to days and codes: every table of conversations there is.
func columns(t *testing.T, conn *pgx.Conn) {
	t.Helper()
	rows, err := conn.Query(context.Background(), `select c.relname::text from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r','v','m','p','f') and c.relname like '%conversation%'`)
	if err != nil {
		t.Fatal(err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	p := conversation.Lists()
	lists := map[string][]string{"conversation.with_role": p.With, "conversation_agreed.code": p.Actions, "conversation_signpost.code": p.Signposts,
		"conversation.state": {"asked", "offered", "held", "declined", "elsewhere"}, "conversation.answered_by": {"manager", "person"}}
	if seen := caretest.Coded(t, conn, tables, lists); seen < 22 {
		t.Errorf("%d columns", seen)
	}
}

// send sends a form twice: with words wherever there is a field, and as it should be with words beside.
func send(t *testing.T, b *webtest.Browser, path string, id uuid.UUID, canary string) {
	t.Helper()
	bad, good := url.Values{"id": {id.String()}}, url.Values{}
	for _, field := range []string{"outcome", "with", "actions", "signposts", "on-day", "on-month", "on-year", "next-day", "next-month", "next-year", "note", "text", "words", "code", "reason", "comment"} {
		bad.Set(field, canary)
	}
	for k, v := range bad {
		good[k] = slices.Clone(v)
	}
	form := b.Get(strings.TrimSuffix(path, "/offer"))
	if form.Status == 200 {
		if seen := form.Form().Get("seen"); seen != "" {
			good.Set("seen", seen)
		}
	}
	for field, value := range map[string]string{"outcome": "held", "with": "manager", "actions": "breaks", "signposts": "learning", "on-day": now.Format("2"), "on-month": now.Format("1"), "on-year": now.Format("2006"), "next-day": "", "next-month": "", "next-year": ""} {
		good.Set(field, value)
	}
	if p := b.Post(path, bad); p.Status >= 500 {
		t.Errorf("%s answers %d", path, p.Status)
	}
	b.Post(path, good).Want(303)
}
