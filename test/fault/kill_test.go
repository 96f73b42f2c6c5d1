package fault

import (
	"bytes"
	"context"
	"math/rand/v2"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
)

// people is how many members of staff work at once, beside the OH administrator.
const people = 6

// TestKill kills the server and PostgreSQL by turns under load.
func TestKill(t *testing.T) {
	rounds := 2
	if os.Getenv("ROWAN_PROVE") != "" {
		rounds = 10
	}
	r := install(t)
	h := r.settle(people, rounds*200)
	r.start()
	r.ready()
	w := begin(t, r, h)
	rng := rand.New(rand.NewPCG(20261122, 2))
	var took [2][]time.Duration
	unready := 0
	for range rounds {
		for which, strike := range []func(){r.killServer, r.killPostgres} {
			w.progress(10 + rng.IntN(30))
			time.Sleep(time.Duration(rng.IntN(20_000)) * time.Microsecond) // anywhere in a request, not at its end
			struck := time.Now()
			strike()
			if r.ready() && which == 1 {
				unready++
			}
			took[which] = append(took[which], time.Since(struck))
		}
	}
	w.progress(20)
	w.end()
	if t.Failed() {
		t.Fatalf("the log says: %s", r.log)
	}
	r.settleJobs()
	w.judge()
	t.Logf("%d kills of the server, back after %v (longest); %d of PostgreSQL, back after %v, /readyz seen at 503 in %d",
		rounds, slices.Max(took[0]).Round(time.Millisecond), rounds, slices.Max(took[1]).Round(time.Millisecond), unready)
	t.Logf("%d self-referrals and %d bookings acknowledged in %d requests", len(w.referrals), len(w.bookings), w.requests.Load())
	w.proveAudit()
	if pid, _ := r.postmaster(); pid != 0 {
		t.Errorf("PostgreSQL %d is left after Ctrl-C", pid)
	}
}

func (r *rowan) killServer() {
	r.kill()
	r.start()
}

// killPostgres kills the postmaster, and waits until another one has taken its place: until then /readyz may not
// have noticed yet.
func (r *rowan) killPostgres() {
	pid, _ := r.postmaster()
	if pid <= 1 {
		r.t.Fatal("no postmaster to kill")
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		r.t.Fatal(err)
	}
	for end := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		if now, _ := r.postmaster(); now != 0 && now != pid {
			return
		}
		if time.Now().After(end) {
			r.t.Fatalf("PostgreSQL does not come back: %s", r.log)
		}
	}
}

// work is the load, and what it was told is done.
type work struct {
	t        *testing.T
	r        *rowan
	h        house
	stop     chan struct{}
	done     sync.WaitGroup
	acked    atomic.Int64
	requests atomic.Int64

	mu        sync.Mutex
	referrals []uuid.UUID
	bookings  []booked
}

// booked is an acknowledged booking.
type booked struct{ id, kase, slot uuid.UUID }

// begin signs everybody in and sets them to work.
func begin(t *testing.T, r *rowan, h house) *work {
	t.Helper()
	w := &work{t: t, r: r, h: h, stop: make(chan struct{})}
	admin := newClient(t, r)
	admin.join(h.admin, adminEmail)
	staff := make([]*client, 0, people)
	for email, path := range h.staff {
		c := newClient(t, r)
		c.join(path, email)
		staff = append(staff, c)
	}
	w.done.Go(func() { w.book(admin) })
	for _, c := range staff {
		w.done.Go(func() { w.refer(c) })
	}
	return w
}

func (w *work) over() bool {
	select {
	case <-w.stop:
		return true
	default:
		return w.t.Failed()
	}
}

// refer refers oneself again and again.
func (w *work) refer(c *client) {
	for !w.over() {
		id := uuid.New()
		tries, done := c.insist("/my/refer", url.Values{"id": {id.String()}, "step": {"send"}, "reason": {"STR"}, "text": {"I cannot sleep"}, "contact": {"phone"}}, "/my/refer/"+id.String())
		w.requests.Add(int64(tries))
		if done {
			w.mu.Lock()
			w.referrals = append(w.referrals, id)
			w.mu.Unlock()
			w.acked.Add(1)
		}
	}
}

// book books one waiting case after the other.
func (w *work) book(c *client) {
	for i, kase := range w.h.waiting {
		if w.over() {
			return
		}
		b := booked{uuid.New(), kase, w.h.slots[i]}
		tries, done := c.insist("/cases/"+kase.String()+"/book", url.Values{"id": {b.id.String()}, "slot": {b.slot.String()}}, "/appointments/"+b.id.String())
		w.requests.Add(int64(tries))
		if done {
			w.mu.Lock()
			w.bookings = append(w.bookings, b)
			w.mu.Unlock()
			w.acked.Add(1)
		}
	}
}

// progress waits until n more things were acknowledged.
func (w *work) progress(n int) {
	w.t.Helper()
	want := w.acked.Load() + int64(n)
	for end := time.Now().Add(patience); w.acked.Load() < want; time.Sleep(time.Millisecond) {
		if w.t.Failed() || time.Now().After(end) {
			w.t.Fatalf("work stands still; the log says: %s", w.r.log)
		}
	}
}

// end has everybody finish what they are at.
func (w *work) end() {
	close(w.stop)
	w.done.Wait()
}

// settleJobs waits until no job is left. A job that a killed server was at is tried again after five minutes: the
// test makes those minutes pass in the table, between two starts, so that no running job is touched.
func (r *rowan) settleJobs() {
	r.t.Helper()
	r.stop()
	r.start()
	r.ready()
	conn := r.super()
	ctx := context.Background()
	tag, err := conn.Exec(ctx, `update river.river_job set attempted_at = attempted_at - interval '1 hour' where state = 'running' and attempted_at < $1`, r.began)
	if err != nil {
		r.t.Fatal(err)
	}
	conn.Close(ctx)
	r.stop()
	r.start()
	r.ready()
	conn = r.super()
	defer conn.Close(ctx)
	for end := time.Now().Add(patience); ; time.Sleep(100 * time.Millisecond) {
		var open int
		err := conn.QueryRow(ctx, `select count(*) from river.river_job where state in ('running', 'available', 'retryable') or state = 'scheduled' and scheduled_at <= now()`).Scan(&open)
		if err != nil {
			r.t.Fatal(err)
		}
		if open == 0 {
			break
		}
		if time.Now().After(end) {
			r.t.Fatalf("%d jobs do not end; the log says: %s", open, r.log)
		}
	}
	r.t.Logf("%d jobs were interrupted and tried again", tag.RowsAffected())
}

// judge counts every effect of what was acknowledged, and looks for any that nobody was told of.
func (w *work) judge() {
	w.t.Helper()
	conn := w.r.super()
	defer conn.Close(context.Background())
	count := func(sql string, args ...any) (n int) {
		w.t.Helper()
		if err := conn.QueryRow(context.Background(), sql, args...).Scan(&n); err != nil {
			w.t.Fatalf("%s: %v", sql, err)
		}
		return n
	}
	lost, twice := 0, 0
	once := func(what, sql string, id any) {
		switch n := count(sql, id); {
		case n == 0:
			lost++
			w.t.Errorf("%v: acknowledged, but %s is lost", id, what)
		case n > 1:
			twice++
			w.t.Errorf("%v: %s is there %d times", id, what, n)
		}
	}
	for _, id := range w.referrals {
		once("the self-referral", `select count(*) from self_referral where id = $1`, id)
		once("its case", `select count(*) from casefile where id = $1 and state = 'received'`, id)
		once("the case's first state", `select count(*) from casefile_state where casefile_id = $1`, id)
		once("its audit row", `select count(*) from audit_event where object_id = $1 and action = 'referral.submitted'`, id)
		once("its message", `select count(*) from outbox where message_key = $1 and state = 'shown'`, "self_referral_received:"+id.String())
	}
	for _, b := range w.bookings {
		once("the appointment", `select count(*) from appointment where id = $1 and state = 'booked'`, b.id)
		once("the slot's appointment", `select count(*) from appointment where slot_id = $1 and state = 'booked'`, b.slot)
		once("the case's state", `select count(*) from casefile_state where casefile_id = $1 and state = 'booked'`, b.kase)
		once("its audit row", `select count(*) from audit_event where object_id = $1 and action = 'appointment.booked'`, b.id)
		once("its message", `select count(*) from outbox where message_key = $1 and state = 'shown'`, "appointment_booked:"+b.id.String())
	}
	for what, n := range map[string][2]int{
		"self-referrals":      {len(w.referrals) + len(w.h.waiting), count(`select count(*) from self_referral`)},
		"cases":               {len(w.referrals) + len(w.h.waiting), count(`select count(*) from casefile`)},
		"appointments":        {len(w.bookings), count(`select count(*) from appointment`)},
		"submissions counted": {len(w.referrals), count(`select count(*) from activity where kind = 'referral.submitted'`)},
		"bookings counted":    {len(w.bookings), count(`select count(*) from activity where kind = 'appointment.booked'`)},
		// A reminder falls due at nine, whatever is killed.
		"messages":            {len(w.referrals) + len(w.bookings), count(`select count(*) from outbox where template <> 'appointment_reminder'`)},
		"jobs without effect": {0, count(`select count(*) from river.river_job j where state = 'completed' and not exists (select from job_effect e where e.job_id = j.id)`)},
		"jobs that gave up":   {0, count(`select count(*) from river.river_job where state in ('discarded', 'cancelled')`)},
	} {
		if n[0] != n[1] {
			w.t.Errorf("%s: %d, want %d", what, n[1], n[0])
		}
	}
	w.t.Logf("%d lost, %d twice", lost, twice)
}

// proveAudit exports the audit, verifies it with the command that an outsider uses, and finds each effect in it.
func (w *work) proveAudit() {
	r := w.r
	r.t.Helper()
	r.stop()
	export := r.file("audit.jsonl")
	r.do("audit", "export", "--out", export)
	said := r.do("audit", "verify", "--checkpoints", r.data+"/checkpoints", export)
	if !strings.Contains(said, "Nothing was altered") {
		r.t.Errorf("the audit: %s", said)
	}
	b, err := os.ReadFile(export)
	if err != nil {
		r.t.Fatal(err)
	}
	ids := slices.Clone(w.referrals)
	for _, b := range w.bookings {
		ids = append(ids, b.id)
	}
	for _, id := range ids {
		if !bytes.Contains(b, []byte(id.String())) {
			r.t.Errorf("%s is not in the exported audit", id)
		}
	}
	r.t.Log(strings.Join(strings.Fields(said), " "))
}
