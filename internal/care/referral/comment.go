package referral

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/care/referral/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// MaxComment bounds a comment, in characters.
const MaxComment = 2000

// Reader is for whom a person writes a comment.
type Reader string

// A comment goes to OH alone or to OH and those who may see the referral: nothing in between.
const (
	OH     Reader = "oh"
	Shared Reader = "shared"
)

// Readers lists them for the form, the more private first.
var Readers = []string{string(OH), string(Shared)}

// Remark is what a person says about a referral. ID comes from the page, so a second press says it once.
type Remark struct {
	ID, Referral uuid.UUID
	To           Reader
	Text         string
}

// Check says what is wrong with a remark.
func (r Remark) Check() (f fault.Fields) {
	if r.To != OH && r.To != Shared {
		f.Add("to", "my.comment.to.empty")
	}
	f.Text("text", "my.comment.text.empty", r.Text, MaxComment)
	return f
}

// Comment keeps a remark. Only a shared one is told to the referrer.
func (s *Service) Comment(ctx context.Context, actor access.Actor, at time.Time, in Remark) (fault.Fields, error) {
	if f := in.Check(); len(f) > 0 {
		return f, nil
	}
	return nil, s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		r, err := load(ctx, tx, in.Referral)
		if err != nil {
			return err
		}
		q := db.New(tx)
		var n int64
		if in.To == Shared {
			n, err = q.InsertSharedComment(ctx, db.InsertSharedCommentParams{OrganisationID: r.Organisation, ServiceID: r.Service, ID: in.ID, ReferralID: r.ID, PersonID: actor.Person, Text: in.Text, At: at})
		} else {
			var text []byte
			if text, err = s.d.Box.Seal(sealed.OHComment, r.Service, in.ID, in.Text); err != nil {
				return err
			}
			n, err = q.InsertOHComment(ctx, db.InsertOHCommentParams{ServiceID: r.Service, ID: in.ID, OrganisationID: r.Organisation, ReferralID: r.ID, PersonID: actor.Person, Text: text, At: at})
		}
		if err != nil {
			return fmt.Errorf("insert comment: %w", err)
		}
		if n == 0 {
			return nil
		}
		if err := audit.Append(ctx, tx, audit.Entry{At: at, Action: "referral.commented", Kind: "referral", Object: r.ID, Subject: actor.Person, Ground: "own", Detail: map[string]string{"to": string(in.To)}}); err != nil {
			return err
		}
		if in.To == OH {
			return nil
		}
		return message.Queue(ctx, tx, message.Out{Key: "referral_comment:" + in.ID.String(), Organisation: r.Organisation, Service: r.Service,
			To: r.Referrer, Capacity: message.Work, Template: "referral_comment", At: at})
	})
}
