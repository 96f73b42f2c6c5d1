package buddy_test

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/community/buddy"
	"github.com/rowan-ohwb/rowan/internal/growth/community/buddy/buddyweb"
	"github.com/rowan-ohwb/rowan/internal/growth/community/communitytest"
	"github.com/rowan-ohwb/rowan/internal/growth/community/member"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

var now = communitytest.Now

// TestBetweenTheTwo goes from a request over a no that becomes a yes to its end; and nobody else has a row of it.
func TestBetweenTheTwo(t *testing.T) {
	h := communitytest.New(t)
	alone := communitytest.In(func(in *member.ProfileIn) { in.Alone, in.Wants = "yes", []string{"E6"} })
	h.OK(h.Members.Say(t.Context(), h.Helen, now, alone))
	h.OK(h.Members.Say(t.Context(), h.Iris, now, communitytest.In(func(in *member.ProfileIn) { in.Offers = []string{"E6"} })))
	h.Join(h.Ruth, h.Carl, h.Anne)
	h.OK(h.Members.Moderator(t.Context(), h.Host, now, h.Carl.Account, true))
	site := webtest.New(t, now, buddyweb.Routes(buddy.New(h.DB, h.Members)), buddy.Rules)
	helen, iris, ruth := site.As(h.Helen), site.As(h.Iris), site.As(h.Ruth)
	toIris, toHelen := "/community/buddies/"+h.Iris.Account.String(), "/community/buddies/"+h.Helen.Account.String()
	do := func(what string) map[string][]string { return map[string][]string{"do": {what}} }
	walls := func(rows int) {
		t.Helper()
		for name, a := range map[string]access.Actor{"another member": h.Ruth, "a moderator": h.Carl, "their lead": h.Anne, "the host": h.Host, "the nation": h.Nation, "a manager": h.Ward} {
			for _, sql := range []string{`select 1 from community_buddy`, `update community_buddy set state = 'buddies', answered_on = '2026-11-10'`, `delete from community_buddy`} {
				h.OK(h.DB.InTenant(t.Context(), a, func(tx *postgres.Tx) error {
					tag, err := tx.Exec(t.Context(), sql)
					if tag.RowsAffected() != 0 {
						t.Errorf("%s: %s", name, sql)
					}
					return err
				}))
			}
		}
		h.OK(h.DB.InTenant(t.Context(), h.Helen, func(tx *postgres.Tx) error {
			tag, err := tx.Exec(t.Context(), `select 1 from community_buddy`)
			if int(tag.RowsAffected()) != rows {
				t.Errorf("Helen has %d rows, want %d", tag.RowsAffected(), rows)
			}
			return err
		}))
	}
	iris.Get("/community/buddies").Want(200).Says("You can be asked").Hides("Ask Helen Marsh")
	iris.Post(toHelen, do("ask")).Want(404) // is not alone
	helen.Get("/community/buddies").Want(200).Says("You have no buddy yet", "Ask Iris Webb to be your buddy").Hides("Ask Ruth")
	helen.Post("/community/buddies/"+h.Ruth.Account.String(), do("ask")).Want(404) // does not fit
	helen.Post("/community/buddies/"+uuid.NewString(), do("end")).Want(404)
	helen.Post(toIris, do("shout")).Want(404)
	helen.Post(toIris, do("ask")).To("/community/buddies")
	helen.Post(toIris, do("ask")).Want(409)
	helen.Post(toIris, do("accept")).Want(409) // for the other
	walls(1)
	iris.Get("/community/buddies").Says("They ask you to be their buddy", "Accept Helen Marsh", "Say no to Helen Marsh")
	ruth.Get("/community/buddies").Hides("Helen Marsh", "Iris Webb")
	ruth.Post(toHelen, do("accept")).Want(404)
	iris.Post(toHelen, do("decline")).To("/community/buddies")
	helen.Get("/community/buddies").Says("They cannot at the moment").Hides("Ask Iris Webb")
	helen.Post(toIris, do("end")).Want(409) // and nobody is asked twice
	helen.Post(toIris, do("ask")).Want(409)
	iris.Post(toHelen, do("accept")).To("/community/buddies")
	iris.Post(toHelen, do("decline")).Want(409)
	walls(1)
	for _, p := range []*webtest.Page{helen.Get("/community/buddies").Says("End it with Iris Webb"), iris.Get("/community/buddies").Says("End it with Helen Marsh")} {
		p.Want(200).Says("Your buddies")
	}
	iris.Post(toHelen, do("end")).To("/community/buddies")
	walls(0)
	helen.Post(toIris, do("ask")).To("/community/buddies")
	h.OK(h.Members.Leave(t.Context(), h.Iris, now))
	walls(0)
	site.As(h.Host).Get("/community/buddies").Want(404)
	site.As(h.Ward).Get("/community/buddies").Want(404)
}
