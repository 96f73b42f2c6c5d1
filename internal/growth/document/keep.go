package document

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/document/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// File is what a document is, without what is in it.
type File struct {
	ID        uuid.UUID
	Name      string
	MediaType string
	Size      int
	SHA256    string
	Unread    bool   // it holds something that Rowan cannot search: somebody has to read it
	Cleared   string // why that, or what looks like a person in it, is about nobody; "" where nobody was asked
	At        time.Time
	By        string
}

// Path is where it is opened.
func (f File) Path() string { return "/documents/" + f.ID.String() }

// Kilobytes is the size as it is shown: at least one.
func (f File) Kilobytes() int { return (f.Size + 1023) / 1024 }

// Keep keeps a file in the caller's transaction. The same id again gives what was kept under it first, so that a form
// sent twice keeps one.
func Keep(ctx context.Context, tx *postgres.Tx, now time.Time, id uuid.UUID, u Upload) (File, error) {
	rows, err := db.New(tx).InsertDocument(ctx, db.InsertDocumentParams{OrganisationID: tx.Actor.Organisation, ID: id, Name: u.Name, MediaType: u.MediaType, Size: int32(len(u.content)),
		Sha256: u.SHA256, Content: u.content, Words: u.Words, Unread: u.Unread, Cleared: u.Cleared, At: now.UTC(), By: tx.Actor.Name})
	if err != nil {
		return File{}, fmt.Errorf("insert document: %w", err)
	}
	if rows > 0 {
		if err := audit.Append(ctx, tx, audit.Entry{At: now, Action: "document.kept", Kind: "document", Object: id}); err != nil {
			return File{}, err
		}
	}
	all, err := Load(ctx, tx, id)
	if err != nil {
		return File{}, err
	}
	return all[id], nil
}

// Load gives documents by id, in the caller's transaction.
func Load(ctx context.Context, tx *postgres.Tx, ids ...uuid.UUID) (map[uuid.UUID]File, error) {
	out := map[uuid.UUID]File{}
	if len(ids) == 0 {
		return out, nil
	}
	rows, err := db.New(tx).ListDocuments(ctx, db.ListDocumentsParams{OrganisationID: tx.Actor.Organisation, Ids: ids})
	if err != nil {
		return nil, fmt.Errorf("list documents: %w", err)
	}
	for _, r := range rows {
		out[r.ID] = File{r.ID, r.Name, r.MediaType, int(r.Size), r.Sha256, r.Unread, r.Cleared, r.At, r.By}
	}
	return out, nil
}

// Words gives the words of documents by id, in the caller's transaction; one without known words is left out.
func Words(ctx context.Context, tx *postgres.Tx, ids ...uuid.UUID) (map[uuid.UUID]string, error) {
	out := map[uuid.UUID]string{}
	if len(ids) == 0 {
		return out, nil
	}
	rows, err := db.New(tx).ListWords(ctx, db.ListWordsParams{OrganisationID: tx.Actor.Organisation, Ids: ids})
	if err != nil {
		return nil, fmt.Errorf("list words: %w", err)
	}
	for _, r := range rows {
		out[r.ID] = postgres.Value(r.Words)
	}
	return out, nil
}

// Service hands documents out.
type Service struct{ db *postgres.DB }

// New makes the service.
func New(d *postgres.DB) *Service { return &Service{d} }

// Open gives a document with its content, and puts down who opened it.
func (s *Service) Open(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) (f File, content []byte, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		r, err := db.New(tx).FindDocument(ctx, db.FindDocumentParams{OrganisationID: a.Organisation, ID: id})
		switch {
		case errors.Is(err, pgx.ErrNoRows):
			return fault.Missing("document")
		case err != nil:
			return fmt.Errorf("find document: %w", err)
		}
		f, content = File{r.ID, r.Name, r.MediaType, int(r.Size), r.Sha256, r.Unread, r.Cleared, r.At, r.By}, r.Content
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "document.opened", Kind: "document", Object: id})
	})
	return f, content, err
}
