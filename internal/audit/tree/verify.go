package tree

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"golang.org/x/mod/sumdb/note"
)

// Kind names a sort of finding; the command line prints it, tests ask for it.
type Kind string

// The findings. Number and place are where the fault shows, which for a log
// hashed anew is the first checkpoint that no longer fits.
const (
	BadCheckpoint     Kind = "bad checkpoint"     // altered, foreign or misnamed
	MissingCheckpoint Kind = "missing checkpoint" // the chain of checkpoints has a gap
	BadLine           Kind = "bad line"           // not what an export holds
	OutOfOrder        Kind = "out of order"       // deleted, inserted, repeated or moved
	ChangedEvent      Kind = "changed event"      // event and leaf hash disagree
	RootMismatch      Kind = "root mismatch"      // the events are not those that were signed
	TruncatedExport   Kind = "truncated export"   // ends before the newest checkpoint
	UncoveredEvents   Kind = "uncovered events"   // goes on after the newest checkpoint
	NothingSigned     Kind = "nothing signed"     // no checkpoint at all proves nothing
)

// Finding is one thing that is wrong.
type Finding struct {
	Kind   Kind
	Seq    int64 // the event or the size of the checkpoint
	Detail string
}

func (f Finding) String() string { return fmt.Sprintf("%s at %d: %s", f.Kind, f.Seq, f.Detail) }

// Report is the outcome of a verification.
type Report struct {
	Events      int64
	Withheld    int64      // of them, lines without an event: another tenant's, or blanked by whoever handed over the export
	Checkpoints int        // with a good signature
	Newest      Checkpoint // zero when there is none
	Findings    []Finding  // the first maxFindings
	Total       int        // of findings, also those not listed
}

// OK says whether the log is exactly what was signed.
func (r Report) OK() bool { return r.Total == 0 }

// maxFindings keeps the report of a wholly replaced log readable.
const maxFindings = 100

// maxLine bounds the memory an export can ask for; a real line is about 1 kB.
const maxLine = 1 << 20

func (r *Report) find(kind Kind, seq int64, format string, args ...any) {
	r.Total++
	if len(r.Findings) < maxFindings {
		r.Findings = append(r.Findings, Finding{kind, seq, fmt.Sprintf(format, args...)})
	}
}

// Verify checks an export against the checkpoints in a folder (os.DirFS) under
// the verifier key. Whatever is wrong with the log is in the report; an error
// means that it could not be read at all.
func Verify(export io.Reader, checkpoints fs.FS, verifierKey string) (Report, error) {
	verifier, err := note.NewVerifier(verifierKey)
	if err != nil {
		return Report{}, fmt.Errorf("read audit verifier key: %w", err)
	}
	var r Report
	chain, err := r.readChain(checkpoints, verifier)
	if err != nil {
		return Report{}, err
	}
	err = r.readExport(export, chain)
	return r, err
}

func (r *Report) readExport(export io.Reader, chain []Checkpoint) error {
	in := bufio.NewReaderSize(export, maxLine)
	var log frontier
	var due int64 // the next number
	compared := 0 // checkpoints already reached
	diverged := false
	for {
		raw, err := in.ReadSlice('\n')
		if errors.Is(err, io.EOF) && len(raw) == 0 {
			break
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			r.find(BadLine, due, "a line is longer than %d bytes; reading stopped", maxLine)
			break
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("read audit export: %w", err)
		}
		r.Events++
		line, ok := r.readLine(raw, due)
		if ok && line.Seq != due {
			r.find(OutOfOrder, line.Seq, "number %d where %d was due", line.Seq, due)
			due = line.Seq // go on from here, or every later line would be a finding
		}
		due++
		leaf := LeafHash(line.Event)
		if ok && line.Withheld() {
			leaf = line.Leaf
			r.Withheld++
		}
		if ok && leaf != line.Leaf {
			r.find(ChangedEvent, line.Seq, "its hash is not that of its content")
		}
		log.add(leaf)
		if compared < len(chain) && chain[compared].Size == log.size {
			if c := chain[compared]; c.Root != log.root() && !diverged {
				diverged = true // all later roots differ too; the first one tells where
				r.find(RootMismatch, c.Size, "events %d to %d are not those that were signed",
					c.PreviousSize, c.Size-1)
			}
			compared++
		}
	}
	switch newest := r.Newest.Size; {
	case log.size < newest:
		r.find(TruncatedExport, log.size, "%d events, but checkpoint %d was signed; "+
			"if it is newer than the export, export again", log.size, newest)
	case log.size > newest && len(chain) > 0:
		r.find(UncoveredEvents, newest, "%d events after the newest checkpoint", log.size-newest)
	}
	return nil
}

// readLine reads one line and sees that it is spelled as an export spells it.
func (r *Report) readLine(raw []byte, due int64) (Line, bool) {
	var line Line
	if err := json.Unmarshal(raw, &line); err != nil {
		r.find(BadLine, due, "line %d is not an audit event", r.Events)
		return line, false
	}
	if again, err := line.bytes(); err != nil || !bytes.Equal(again, raw) {
		r.find(BadLine, due, "line %d is not spelled as an export spells it", r.Events)
	}
	return line, true
}
