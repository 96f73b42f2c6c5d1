package tree

import (
	"errors"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Sealer turns numbered events into leaves, stored hashes and a signed
// checkpoint. It holds the signing key and nothing else; who stores the result
// must store all of it or none, and then write the checkpoint's file.
type Sealer struct {
	signer note.Signer
}

// NewSealer reads a signing key made by GenerateKey.
func NewSealer(signerKey string) (*Sealer, error) {
	signer, err := note.NewSigner(signerKey)
	if err != nil {
		return nil, errors.New("audit signing key is malformed")
	}
	return &Sealer{signer}, nil
}

// Numbered is an event and its place in the log.
type Numbered struct {
	Seq   int64
	Event Event
}

// Batch is what sealing yields.
type Batch struct {
	Leaves     []tlog.Hash // one for each event, in order
	FirstHash  int64       // tlog's index at which Hashes begin
	Hashes     []tlog.Hash // to be stored for later batches, densely
	Checkpoint Checkpoint
	Signed     []byte // the bytes of the checkpoint's file
}

// Seal continues the log that ends at previous (Empty() for a new one) with a
// batch that must carry on its numbers without a gap. stored gives the hashes
// of earlier batches. It refuses to sign when those no longer make the tree of
// the previous checkpoint: then the store was changed, and a signature over it
// would make the change look right.
func (s *Sealer) Seal(previous Checkpoint, events []Numbered, stored tlog.HashReader, at time.Time) (Batch, error) {
	if len(events) == 0 {
		return Batch{}, errors.New("seal audit events: nothing to seal")
	}
	b := Batch{FirstHash: tlog.StoredHashCount(previous.Size)}
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		return b.readOver(stored, indexes)
	})
	next := previous.Size
	for _, e := range events {
		if e.Seq != next {
			return Batch{}, fmt.Errorf("seal audit events: number %d where %d was due", e.Seq, next)
		}
		leaf := LeafHash(e.Event)
		hashes, err := tlog.StoredHashesForRecordHash(e.Seq, leaf, reader)
		if err != nil {
			return Batch{}, fmt.Errorf("hash audit event %d: %w", e.Seq, err)
		}
		b.Leaves = append(b.Leaves, leaf)
		b.Hashes = append(b.Hashes, hashes...)
		next++
	}
	root, err := tlog.TreeHash(next, reader)
	if err != nil {
		return Batch{}, fmt.Errorf("hash audit tree: %w", err)
	}
	b.Checkpoint = Checkpoint{
		Size: next, Root: root,
		PreviousSize: previous.Size, PreviousRoot: previous.Root,
		At: at.UTC().Truncate(time.Second),
	}
	if err := Consistent(previous, b.Checkpoint, reader); err != nil {
		return Batch{}, err
	}
	b.Signed, err = b.Checkpoint.sign(s.signer)
	return b, err
}

// readOver reads hashes of this batch from memory and older ones from the store.
func (b *Batch) readOver(stored tlog.HashReader, indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	var older, place []int64
	for i, index := range indexes {
		if at := index - b.FirstHash; at >= 0 {
			if at >= int64(len(b.Hashes)) {
				return nil, fmt.Errorf("audit hash %d does not exist yet", index)
			}
			hashes[i] = b.Hashes[at]
			continue
		}
		older, place = append(older, index), append(place, int64(i))
	}
	if len(older) == 0 {
		return hashes, nil
	}
	read, err := stored.ReadHashes(older)
	if err != nil {
		return nil, fmt.Errorf("read stored audit hashes: %w", err)
	}
	if len(read) != len(older) {
		return nil, fmt.Errorf("read stored audit hashes: %d of %d", len(read), len(older))
	}
	for i, h := range read {
		hashes[place[i]] = h
	}
	return hashes, nil
}

// Consistent proves by RFC 6962 section 2.1.2 that the log of newer begins
// with the whole log of older, from the stored hashes.
func Consistent(older, newer Checkpoint, stored tlog.HashReader) error {
	if older.Size == 0 {
		return nil // every log begins with the empty one
	}
	proof, err := tlog.ProveTree(newer.Size, older.Size, stored)
	if err != nil {
		return fmt.Errorf("prove audit log consistent: %w", err)
	}
	if err := tlog.CheckTree(proof, newer.Size, newer.Root, older.Size, older.Root); err != nil {
		return fmt.Errorf("stored audit hashes do not continue checkpoint %d: the store was changed", older.Size)
	}
	return nil
}
