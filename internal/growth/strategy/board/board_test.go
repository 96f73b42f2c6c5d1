package board_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/board"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/strategytest"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

var (
	ctx = context.Background()
	now = strategytest.Now
)

func signing(h *strategytest.House, approve bool) board.Signing {
	return board.Signing{Approve: approve, Name: " " + h.Executive.Name + " ", Post: "Chief people officer", Words: "The costs are not clear"}
}

func version(t *testing.T, h *strategytest.House, n int) board.Version {
	t.Helper()
	v, err := h.Board.Version(ctx, h.Lead, n)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func wants(t *testing.T, kind fault.Kind, err error) {
	t.Helper()
	if err == nil || fault.KindOf(err) != kind {
		t.Errorf("error %v, want of kind %v", err, kind)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestVersion(t *testing.T) {
	h := strategytest.New(t)
	n, err := h.Board.Open(ctx, h.Lead, now, "Staff who are well")
	must(t, err)
	_, err = h.Board.Open(ctx, h.Lead, now, "Another")
	wants(t, fault.Conflict, err)
	wants(t, fault.Conflict, h.Board.Submit(ctx, h.Lead, now, n)) // there is nothing in it
	one := h.Fill(t)
	must(t, h.Board.Reword(ctx, h.Lead, now, n, "Staff who are well and stay"))
	must(t, h.Board.Submit(ctx, h.Lead, now, n))
	wants(t, fault.Conflict, h.Board.Reword(ctx, h.Lead, now, n, "Too late"))
	frozen := version(t, h, n)

	// The plan goes on, the version does not.
	must(t, h.Plan.MoveAction(ctx, h.Lead, now, one.Action, strategy.Planned, strategy.Started, ""))
	if d := cmp.Diff(frozen.Snapshot, version(t, h, n).Snapshot); d != "" {
		t.Errorf("a submitted version changed: %s", d)
	}

	// The signature waits for the log and for every characteristic.
	wants(t, fault.Conflict, h.Board.Sign(ctx, h.Executive, now, n, signing(h, true)))
	must(t, h.Board.Judge(ctx, h.Lead, now, n, h.Plan.Pack().AllCharacteristics()[1:], board.Impact{Effect: board.Better, Evidence: "e"}))
	if m := version(t, h, n).Missing(); !m.Talk || len(m.Characteristics) != 1 {
		t.Errorf("missing: %+v", m)
	}
	wants(t, fault.Conflict, h.Board.Sign(ctx, h.Executive, now, n, signing(h, true)))
	h.Complete(t, n)
	wants(t, fault.Invalid, h.Board.Sign(ctx, h.Executive, now, n, board.Signing{Approve: true, Name: "Somebody Else", Post: "p"}))
	must(t, h.Board.Sign(ctx, h.Executive, now.Add(time.Minute), n, signing(h, true)))
	signed := version(t, h, n)
	if s := signed.Signature; s == nil || s.By != h.Executive.Name || s.Post != "Chief people officer" || !s.At.Equal(now.Add(time.Minute)) || !signed.Verify() {
		t.Errorf("signed %+v", s)
	}
	wants(t, fault.Conflict, h.Board.LogTalk(ctx, h.Lead, now, n, board.Talk{ID: uuid.New(), On: civil.Of(now), Who: "w", Asked: "a", Changed: "c"}))
	wants(t, fault.Conflict, h.Board.Judge(ctx, h.Lead, now, n, []string{"age"}, board.Impact{Effect: board.Better, Evidence: "e"}))

	// The next one begins with the equality impact of this one, and takes its place.
	must(t, h.Board.Enforce(ctx, h.Lead, now, n))
	next, err := h.Board.Open(ctx, h.Lead, now, "Further")
	must(t, err)
	if v := version(t, h, next); len(v.Impacts) != len(v.Characters) || len(v.Talks) != 0 {
		t.Errorf("version %d begins with %d impacts and %d talks", next, len(v.Impacts), len(v.Talks))
	}
	must(t, h.Board.Submit(ctx, h.Lead, now, next))
	diff := board.Diff(frozen.Snapshot, version(t, h, next).Snapshot)
	if len(diff) != 2 || diff[0].Kind != "vision" || diff[1].Kind != "action" || diff[1].Edits[0] != (board.Edit{Name: "action_status", Before: "planned", After: "started"}) {
		t.Errorf("differences %+v", diff)
	}
	h.Complete(t, next)
	must(t, h.Board.Sign(ctx, h.Executive, now, next, signing(h, true)))
	must(t, h.Board.Enforce(ctx, h.Lead, now, next))
	if v := version(t, h, n); v.State != board.Replaced || v.ReplacedAt.IsZero() || !v.Verify() {
		t.Errorf("the version before is %s", v.State)
	}
	_, err = h.Board.Version(ctx, h.W.Foreign.As(access.Lead, access.Growth), n)
	wants(t, fault.NotFound, err)
}

// TestFrozen goes past the commands: the growth login itself is refused.
func TestFrozen(t *testing.T) {
	h := strategytest.New(t)
	h.Fill(t)
	n, err := h.Board.Open(ctx, h.Lead, now, "Staff who are well")
	must(t, err)
	must(t, h.Board.Submit(ctx, h.Lead, now, n))
	h.Complete(t, n)
	try := func(want, sql string) {
		t.Helper()
		err := h.DB.InTenant(ctx, h.Lead, func(tx *postgres.Tx) error {
			_, err := tx.Exec(ctx, sql)
			return err
		})
		if postgres.Code(err) != want {
			t.Errorf("%s: %v, want %s", sql, err, want)
		}
	}
	try(postgres.Locked, `update plan_version set snapshot = '{}', hash = encode(sha256('{}'), 'hex')`)
	try(postgres.Locked, `update plan_version set vision = 'Another'`)
	try(postgres.Locked, `update plan_version set submitted_by = 'Another'`)
	try(postgres.Locked, `update plan_version set state = 'draft', snapshot = null, hash = null, submitted_at = null`)
	try(postgres.Locked, `update plan_version set state = 'in_force'`)
	try(postgres.PermissionDenied, `update plan_version set n = 9`)
	try(postgres.PermissionDenied, `delete from plan_version`)
	try(postgres.PermissionDenied, `update plan_coproduction set who = 'Another'`)
	must(t, h.Board.Sign(ctx, h.Executive, now, n, signing(h, true)))
	try(postgres.Locked, `update plan_version set words = 'Another'`)
	try(postgres.Locked, `update plan_version set state = 'returned'`)
	try(postgres.Locked, `update plan_equality set effect = 'worse', mitigation = 'm'`)
}

// TestVersionLife drives a plan at random: the states follow the drawing, one draft, one in force, and what was frozen
// stays.
func TestVersionLife(t *testing.T) {
	h := strategytest.New(t)
	h.Fill(t)
	states, frozen := map[int]board.State{}, map[int]string{}
	rapid.Check(t, func(r *rapid.T) {
		for range rapid.IntRange(1, 6).Draw(r, "steps") {
			n := len(states)
			switch rapid.IntRange(0, 4).Draw(r, "step") {
			case 0:
				m, err := h.Board.Open(ctx, h.Lead, now, "Staff who are well")
				if (err == nil) == (states[n] == board.Draft) {
					r.Fatalf("open beside a version that is %q: %v", states[n], err)
				}
				if err == nil {
					states[m] = board.Draft
					h.Complete(t, m)
				}
			case 1:
				if err := h.Board.Submit(ctx, h.Lead, now, n); (err == nil) != (states[n] == board.Draft) {
					r.Fatalf("submit one that is %q: %v", states[n], err)
				} else if err == nil {
					states[n] = board.Submitted
				}
			case 2, 3:
				in := signing(h, rapid.Bool().Draw(r, "approve"))
				if err := h.Board.Sign(ctx, h.Executive, now, n, in); (err == nil) != (states[n] == board.Submitted) {
					r.Fatalf("sign one that is %q: %v", states[n], err)
				} else if err == nil {
					states[n] = map[bool]board.State{true: board.Approved, false: board.Returned}[in.Approve]
				}
			case 4:
				err := h.Board.Enforce(ctx, h.Lead, now, n)
				if (err == nil) != (states[n] == board.Approved) {
					r.Fatalf("put in force one that is %q: %v", states[n], err)
				}
				if err == nil {
					for m, s := range states {
						if s == board.InForce {
							states[m] = board.Replaced
						}
					}
					states[n] = board.InForce
				}
			}
		}
		all, err := h.Board.Versions(ctx, h.Guardian)
		if err != nil {
			r.Fatal(err)
		}
		for _, v := range all {
			if v.State != states[v.N] {
				r.Fatalf("version %d is %s, want %s", v.N, v.State, states[v.N])
			}
			if was := frozen[v.N]; was != "" && was != v.Hash {
				r.Fatalf("version %d changed", v.N)
			}
			frozen[v.N] = v.Hash
		}
	})
}

func TestPaper(t *testing.T) {
	h := strategytest.New(t)
	h.Fill(t)
	n, err := h.Board.Open(ctx, h.Lead, now, "Staff who are well")
	must(t, err)
	in := board.ItemIn{ID: uuid.New(), Version: n, Title: "Our plan", Meeting: civil.Of(now), Recommendation: "Approve it", Wellbeing: "Shorter waits"}
	wants(t, fault.Invalid, h.Board.AddItem(ctx, h.Lead, now, in)) // a draft may still change
	must(t, h.Board.Submit(ctx, h.Lead, now, n))
	must(t, h.Board.AddItem(ctx, h.Lead, now, in))
	must(t, h.Board.AddItem(ctx, h.Lead, now, in))

	due := civil.Of(now).AddDays(7)
	k := board.Question{ID: uuid.New(), Item: in.ID, Text: "Where does it come from?", Owner: "Head of OH", Due: due}
	must(t, h.Board.Ask(ctx, h.Guardian, now, k))
	must(t, h.Board.Ask(ctx, h.Guardian, now, k))
	got, err := h.Board.Question(ctx, h.Lead, k.ID)
	must(t, err)
	if got.Overdue(due) || !got.Overdue(due.AddDays(1)) || got.PaperTitle != "Our plan" || got.Asked.By != h.Guardian.Name {
		t.Errorf("the question is %+v", got)
	}
	wants(t, fault.NotFound, h.Board.Answer(ctx, h.Lead, now, k.ID, "From there", "test/none"))
	must(t, h.Board.Answer(ctx, h.Lead, now, k.ID, "From referrals", strategytest.Waits, strategytest.Rest))
	wants(t, fault.Conflict, h.Board.Answer(ctx, h.Lead, now, k.ID, "From elsewhere"))
	got, err = h.Board.Question(ctx, h.Lead, k.ID)
	must(t, err)
	if got.Answer != "From referrals" || len(got.Sources) != 2 || got.Overdue(due.AddDays(1)) {
		t.Errorf("the question is %+v", got)
	}

	decide := func(c board.Choice) error {
		return h.Board.Decide(ctx, h.Executive, now, uuid.New(), in.ID, board.Decision{Choice: c, Words: "As recommended", On: civil.Of(now)})
	}
	must(t, decide(board.More))
	must(t, decide(board.More))
	must(t, decide(board.Conditions))
	wants(t, fault.Conflict, decide(board.Decline))
	wants(t, fault.Conflict, decide(board.More))
	item, err := h.Board.Item(ctx, h.Guardian, in.ID)
	must(t, err)
	if d, ok := item.Decided(); !ok || d.Choice != board.Conditions || len(item.Decisions) != 3 || len(item.Questions) != 1 {
		t.Errorf("the paper is %+v", item)
	}
	stranger := h.W.Foreign.As(access.Executive, access.Growth)
	wants(t, fault.NotFound, h.Board.Ask(ctx, stranger, now, board.Question{ID: uuid.New(), Item: in.ID, Text: "t", Owner: "o", Due: due}))
}
