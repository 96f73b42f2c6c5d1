package activity

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/workday"
)

// Measured counts the waits that some events make by themselves, whatever the ledger holds beside them. An event tells
// of a wait only together with another one of its case.
func Measured(rows []Known) map[Measure]int {
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b Known) int {
		return cmp.Or(bytes.Compare(a.Case[:], b.Case[:]), a.At.Compare(b.At), bytes.Compare(a.ID[:], b.ID[:]))
	})
	r := newRoll(workday.England())
	for i, x := range rows {
		if i == 0 || x.Case != rows[i-1].Case {
			r.begin()
		}
		r.add(event{organisation: x.Organisation, at: x.At, kind: x.Kind, source: x.Codes.Source, priority: x.Codes.Priority, outcome: x.Codes.Outcome})
	}
	out := map[Measure]int{}
	for k, n := range r.waits {
		if k.clock == Raw {
			out[k.measure] += n
		}
	}
	return out
}
