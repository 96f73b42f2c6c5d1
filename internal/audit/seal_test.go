package audit_test

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/audit/tree"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

var (
	ctx   = context.Background()
	house = access.SystemActor(access.Audit, uuid.Nil, uuid.Nil)
	now   = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	trust = access.Actor{Organisation: uuid.New(), Service: uuid.New(), Account: uuid.New(), Role: access.Nurse, Wall: access.Clinical}
	other = access.Actor{Organisation: uuid.New(), Service: uuid.New(), Account: uuid.New(), Role: access.Nurse, Wall: access.Clinical}
)

// log is the audit of this package's database: it is one for an installation, so the tests of this file run one
// after the other on it.
type log struct {
	*testing.T
	db     *postgres.DB
	key    seal.Secret
	folder string
}

func (l *log) sealer(folder string, at time.Time) *audit.Sealer {
	l.Helper()
	s, err := audit.NewSealer(audit.SealerDeps{DB: l.db, Key: l.key, Checkpoints: folder, Now: func() time.Time { return at }})
	if err != nil {
		l.Fatal(err)
	}
	return s
}

func (l *log) append(actor access.Actor, n int) {
	l.Helper()
	err := l.db.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		var list []audit.Entry
		for i := range n {
			list = append(list, audit.Entry{At: now.Add(time.Duration(i) * time.Millisecond), Action: "casefile.opened", Kind: "casefile", Object: uuid.New(), Subject: uuid.New(), Ground: "case",
				Denied: i%7 == 0, Detail: map[string]string{"reason": "LTS", "version": "2"}})
		}
		return audit.AppendAll(ctx, tx, list)
	})
	if err != nil {
		l.Fatal(err)
	}
}

func (l *log) seal(s *audit.Sealer) int {
	l.Helper()
	n, err := s.Seal(ctx)
	if err != nil {
		l.Fatal(err)
	}
	return n
}

func (l *log) verify(actor access.Actor, folder string) tree.Report {
	l.Helper()
	var out bytes.Buffer
	if err := audit.Export(ctx, l.db, actor, now, &out); err != nil {
		l.Fatal(err)
	}
	path := filepath.Join(l.TempDir(), "export.jsonl")
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		l.Fatal(err)
	}
	r, err := audit.VerifyFiles(path, folder)
	if err != nil {
		l.Fatal(err)
	}
	return r
}

func TestSeal(t *testing.T) {
	key, err := tree.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	l := &log{t, world.Open(t), seal.Secret(key), t.TempDir()}
	s := l.sealer(l.folder, now)

	if n := l.seal(s); n != 1 {
		t.Errorf("an empty log begins with a heartbeat, not %d events", n)
	}
	if n := l.seal(s); n != 0 {
		t.Errorf("nothing happened and %d events were sealed", n)
	}
	l.append(trust, 30)
	l.append(other, 20)
	if n := l.seal(s); n != 50 {
		t.Errorf("sealed %d of 50", n)
	}
	l.append(trust, 10) // older by their time than what is sealed: they only get later numbers
	if n := l.seal(s); n != 10 {
		t.Errorf("sealed %d of 10 late ones", n)
	}
	if r := l.verify(house, l.folder); !r.OK() || r.Withheld != 0 || r.Events != 61 || r.Checkpoints != 3 {
		t.Errorf("the whole log: %+v", r)
	}
	guardian := access.Actor{Organisation: trust.Organisation, Service: trust.Service, Role: access.Caldicott, Wall: access.Audit}
	if r := l.verify(guardian, l.folder); !r.OK() || r.Withheld != 21 || r.Events != 61 {
		t.Errorf("one tenant's export: %+v", r)
	}
	t.Run("hour of silence", func(t *testing.T) {
		l.seal(s) // the rows of the two exports
		if n := l.seal(l.sealer(l.folder, now.Add(time.Hour))); n != 1 {
			t.Errorf("no heartbeat: %d", n)
		}
	})
	t.Run("two servers", func(t *testing.T) {
		mine, theirs := l.sealer(l.folder, now), l.sealer(t.TempDir(), now)
		l.append(trust, 500)
		var wg sync.WaitGroup
		sum := make([]int, 2)
		for i, s := range []*audit.Sealer{mine, theirs} {
			wg.Go(func() {
				for range 5 {
					n, err := s.Seal(ctx)
					if err != nil {
						t.Error(err)
					}
					sum[i] += n
				}
			})
		}
		wg.Wait()
		if sum[0]+sum[1] != 500 {
			t.Errorf("sealed %d and %d of 500", sum[0], sum[1])
		}
		l.seal(mine)
		if r := l.verify(house, l.folder); !r.OK() {
			t.Errorf("%+v", r)
		}
		l.seal(mine)
	})
	t.Run("tampering", func(t *testing.T) { l.T = t; l.tamperings() })
	t.Run("lost tail", func(t *testing.T) {
		l.T = t
		l.append(trust, 5)
		s := l.sealer(l.folder, now)
		l.seal(s)
		l.undone(`delete from audit_checkpoint where size = (select max(size) from audit_checkpoint)`, func() {
			l.append(trust, 1)
			if _, err := s.Seal(ctx); err == nil || !strings.Contains(err.Error(), "was sealed") {
				t.Errorf("sealed a second history: %v", err)
			}
		})
	})
	t.Run("job", func(t *testing.T) {
		l.T = t
		runner := job.NewRunner(l.db, slog.New(slog.DiscardHandler))
		s, size := l.sealer(l.folder, now), l.verify(house, l.folder).Newest.Size
		s.Register(runner)
		l.append(trust, 3)
		if err := runner.Start(ctx); err != nil {
			t.Fatal(err)
		}
		defer func() { _ = runner.Stop(ctx) }()
		for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
			if r := l.verify(house, l.folder); r.OK() && r.Newest.Size > size {
				return
			} else if time.Now().After(deadline) {
				t.Fatalf("the periodic job sealed nothing: %+v", r)
			}
		}
	})
	t.Run("speed", func(t *testing.T) {
		l.T = t
		l.append(trust, 20_000)
		s := l.sealer(l.folder, now)
		start := time.Now()
		n := l.seal(s)
		t.Logf("sealed %d events in %v", n, time.Since(start))
		l.analyze()
		start = time.Now()
		if r := l.verify(house, l.folder); !r.OK() {
			t.Errorf("%+v", r)
		} else {
			t.Logf("exported and verified %d in %v", r.Events, time.Since(start))
		}
		start = time.Now()
		l.seal(s)
		t.Logf("a run with little to do: %v", time.Since(start))
	})
}

// analyze has PostgreSQL count the rows, as its own daemon does a minute after so many came at once.
func (l *log) analyze() {
	l.Helper()
	c, err := pgx.Connect(ctx, world.Super(l))
	if err != nil {
		l.Fatal(err)
	}
	defer c.Close(ctx)
	if _, err := c.Exec(ctx, `analyze audit_event, audit_leaf`); err != nil {
		l.Fatal(err)
	}
}

// undone runs SQL as the superuser with triggers and keys off, as somebody who owns the server could, then fn, and
// puts the tables back.
func (l *log) undone(sql string, fn func()) {
	l.Helper()
	c, err := pgx.Connect(ctx, world.Super(l))
	if err != nil {
		l.Fatal(err)
	}
	defer c.Close(ctx)
	exec := func(sql string) {
		l.Helper()
		if _, err := c.Exec(ctx, sql); err != nil {
			l.Fatalf("%s: %v", sql, err)
		}
	}
	exec(`set session_replication_role = replica`)
	tables := []string{"audit_event", "audit_leaf", "audit_hash", "audit_checkpoint"}
	for _, t := range tables {
		exec(`create temp table kept_` + t + ` as select * from ` + t)
	}
	exec(sql)
	fn()
	for _, t := range tables {
		exec(`delete from ` + t)
		exec(`insert into ` + t + ` select * from kept_` + t)
	}
}

// tamperings are what somebody with the database, but without the key, can do to it.
func (l *log) tamperings() {
	const seq = `(select event_id from audit_leaf where seq = 20)`
	for _, c := range []struct{ name, sql string }{
		{"change a row", `update audit_event set actor_account = gen_random_uuid() where id = ` + seq},
		{"change a time", `update audit_event set at = at + interval '1 microsecond' where id = ` + seq},
		{"change a name", `update audit_event set actor_name = 'Ruth Vale' where id = ` + seq},
		{"change where it came from", `update audit_event set address = '192.0.2.99', channel = 'link', strength = 'link' where id = ` + seq},
		{"change a detail", `update audit_event set detail = '{"reason": "STS", "version": "2"}' where id = ` + seq},
		{"delete a row", `delete from audit_event where id = ` + seq},
		{"delete a row and its leaf", `with gone as (delete from audit_leaf where seq = 20 returning event_id) delete from audit_event where id in (select event_id from gone)`},
		{"delete and renumber", `delete from audit_leaf where seq = 20; update audit_leaf set seq = -seq where seq > 20; update audit_leaf set seq = -seq - 1 where seq < 0`},
		{"swap two rows", `update audit_leaf set seq = -1 where seq = 20; update audit_leaf set seq = 20 where seq = 21; update audit_leaf set seq = 21 where seq = -1`},
		{"insert a row", `update audit_leaf set seq = -seq where seq >= 20; update audit_leaf set seq = 1 - seq where seq < 0;
 create temp table forged as select * from audit_event where id = (select event_id from audit_leaf where seq = 19); update forged set id = gen_random_uuid();
 insert into audit_event select * from forged; insert into audit_leaf select 20, id, sha256('forged') from forged`},
		{"change a leaf", `update audit_leaf set hash = sha256(hash) where seq = 20`},
		{"cut the tail off", `delete from audit_leaf where seq > 40; delete from audit_checkpoint where size > 41`},
	} {
		l.Run(c.name, func(t *testing.T) {
			l := &log{t, l.db, l.key, l.folder}
			l.undone(c.sql, func() {
				r := l.verify(house, l.folder)
				if r.OK() {
					t.Error("not found")
				} else {
					t.Log(r.Findings[0])
				}
			})
		})
	}
	l.Run("re-chain under another key", func(t *testing.T) {
		l := &log{t, l.db, l.key, l.folder}
		forged := *l
		key, err := tree.GenerateKey()
		if err != nil {
			t.Fatal(err)
		}
		forged.key, forged.folder = seal.Secret(key), t.TempDir()
		l.undone(`delete from audit_leaf; delete from audit_hash; delete from audit_checkpoint; update audit_event set subject_person = gen_random_uuid() where id = `+
			`(select id from audit_event order by id limit 1)`, func() {
			forged.seal(forged.sealer(forged.folder, now))
			if r := forged.verify(house, forged.folder); !r.OK() {
				t.Errorf("the forgery is sound in itself: %v", r.Findings)
			}
			if r := l.verify(house, l.folder); r.OK() {
				t.Error("not found under the true checkpoints")
			}
			if _, err := l.sealer(l.folder, now).Seal(ctx); err == nil {
				t.Error("the true sealer continued the forgery")
			}
		})
	})
}
