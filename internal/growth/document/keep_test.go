package document

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

var now = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// TestKeep keeps a file once, gives it back as it was, to its own organisation alone, and lets nothing change it.
func TestKeep(t *testing.T) {
	db := world.Open(t)
	w, ctx, id := world.New(t, db), t.Context(), uuid.Must(uuid.NewV7())
	lead, foreign, s := w.OHLead.As(access.Lead, access.Growth), w.Foreign.As(access.Lead, access.Growth), New(db)
	keep := func(name, content string) (f File) {
		t.Helper()
		u, err := Take(name, strings.NewReader(content))
		if err == nil {
			err = db.InTenant(ctx, lead, func(tx *postgres.Tx) error {
				f, err = Keep(ctx, tx, now, id, u)
				return err
			})
		}
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	first := keep("Minutes.txt", "We agreed")
	if again := keep("Other.txt", "We did not"); again != first || first.Name != "Minutes.txt" || first.Size != 9 || first.Unread || first.By != lead.Name {
		t.Errorf("kept is %+v, then %+v", first, again)
	}
	f, content, err := s.Open(ctx, lead, now, id)
	if err != nil || string(content) != "We agreed" || f != first {
		t.Errorf("opened is %+v, %q, %v", f, content, err)
	}
	if _, _, err := s.Open(ctx, foreign, now, id); fault.KindOf(err) != fault.NotFound {
		t.Errorf("another trust gets %v", err)
	}
	err = db.InTenant(ctx, lead, func(tx *postgres.Tx) error {
		all, err := Words(ctx, tx, id)
		if all[id] != "We agreed" {
			t.Errorf("words are %q", all)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var kept, opened int
	owner, err := pgx.Connect(ctx, world.Super(t))
	if err != nil {
		t.Fatal(err)
	}
	defer owner.Close(ctx)
	if err := owner.QueryRow(ctx, "select count(*) filter (where action = 'document.kept'), count(*) filter (where action = 'document.opened') from audit_event where object_id = $1", id).Scan(&kept, &opened); err != nil || kept != 1 || opened != 1 {
		t.Errorf("audited are %d kept and %d opened, %v", kept, opened, err)
	}
	for _, change := range []string{"update document set name = 'x'", "delete from document", "insert into document select organisation_id, gen_random_uuid(), name, media_type, size, repeat('0', 64), content, words, unread, at, by from document"} {
		if _, err := owner.Exec(ctx, change); err == nil {
			t.Errorf("%s is not refused", change)
		}
	}
}
