package absencefile

import (
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"strings"
	"time"

	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

// reading is the state of one Parse.
type reading struct {
	packs   Packs
	sink    Sink
	header  header
	summary Summary
	rejects []Reject
	seed    maphash.Seed // new for each file: employees cannot be told across files
	trust   tally
}

// row is one record; its cells are valid until the next is read.
type row struct {
	*header
	cells []string
}

func (r row) cell(f field) string {
	if i := r.at[f]; i >= 0 {
		return strings.TrimSpace(r.cells[i])
	}
	return ""
}

// rowFault is why a row is rejected.
type rowFault struct {
	column string
	reason string // a key of words
}

func (f *rowFault) Error() string { return f.reason }

// fault blames the column of a field.
func (r row) fault(f field, reason string) error {
	if i := r.at[f]; i >= 0 {
		return &rowFault{r.names[i], reason}
	}
	return &rowFault{"", reason}
}

// errSkip is returned for a row that is none of our business.
var errSkip = errors.New("not sickness absence")

// Parse reads a file of any known layout into the sink. Rows that cannot be
// counted are rejects; an error means that the file as a whole was not read,
// and that what the sink was given is to be dropped.
func Parse(r io.Reader, packs Packs, sink Sink) (Summary, []Reject, error) {
	p := &reading{packs: packs, sink: sink, seed: maphash.MakeSeed(), trust: newTally(packs.longTermDays)}
	err := p.parse(r)
	return p.summary, p.rejects, err
}

func (p *reading) parse(r io.Reader) error {
	records, err := sheet.NewReader(r)
	if err != nil {
		return err
	}
	records.ReuseRecord = true
	heading, err := records.Read()
	if err != nil {
		return &UnknownLayoutError{}
	}
	if p.header, err = sniff(heading); err != nil {
		return err
	}
	p.summary.Layout = p.header.name
	for {
		cells, err := records.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		p.summary.Rows++
		if err != nil {
			line, reason, fatal := sheet.BadRecord(err)
			if fatal != nil {
				return fatal
			}
			p.reject(line, "", reason)
			continue
		}
		line, _ := records.FieldPos(0)
		if err := p.row(line, row{&p.header, cells}); err != nil {
			return err
		}
	}
	return p.flush()
}

func (p *reading) row(line int, r row) error {
	var fault *rowFault
	switch err := p.header.read(p, r); {
	case err == nil:
		p.summary.Accepted++
	case errors.Is(err, errSkip):
		p.summary.Skipped++
	case errors.As(err, &fault):
		p.reject(line, fault.column, fault.reason)
	default:
		return fmt.Errorf("keep absence figures: %w", err)
	}
	return nil
}

func (p *reading) reject(line int, column, reason string) {
	p.summary.Rejected++
	if len(p.rejects) < maxRejects {
		p.rejects = append(p.rejects, Reject{line, column, reason})
	}
}

// counted keeps the totals of the summary.
func (p *reading) counted(month time.Time, days float64) {
	p.summary.DaysLost += days
	if p.summary.First.IsZero() || month.Before(p.summary.First) {
		p.summary.First = month
	}
	if month.After(p.summary.Last) {
		p.summary.Last = month
	}
}
