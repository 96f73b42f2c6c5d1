package round

import (
	"cmp"
	"slices"
)

// Largest puts the largest gaps first. Equals keep the order of the framework, and what has no score comes last, so that the
// order tells nothing of it.
func Largest(rows []Row) []Row {
	out := slices.Clone(rows)
	slices.SortStableFunc(out, func(a, b Row) int {
		return cmp.Or(cmp.Compare(b.Gap, a.Gap), cmp.Compare(unscored(a), unscored(b)))
	})
	return out
}

// Biggest gives the largest gaps, at most n of them.
func Biggest(rows []Row, n int) []Row {
	out := slices.DeleteFunc(Largest(rows), func(r Row) bool { return r.Gap == 0 })
	return out[:min(n, len(out))]
}

func unscored(r Row) int {
	if r.All().State == Shown {
		return 0
	}
	return 1
}

// Weight is what people say about a gap: how much it matters (1 to 5) and whom it reaches (percent of staff).
type Weight struct {
	Importance, Reach int
}

// Suggestion is a gap in the order that gap x importance x reach suggests. People decide.
type Suggestion struct {
	Row
	Weight  Weight
	Product float64
}

// Rank puts the gaps that people have weighed in order, largest first; equals keep the order of the framework.
func Rank(rows []Row, weights map[string]Weight) (ranked []Suggestion, unweighed []Row) {
	for _, r := range rows {
		w, ok := weights[r.Code]
		switch {
		case r.Gap == 0:
		case !ok:
			unweighed = append(unweighed, r)
		default:
			ranked = append(ranked, Suggestion{r, w, r.Gap * float64(w.Importance) * float64(w.Reach) / 100})
		}
	}
	slices.SortStableFunc(ranked, func(a, b Suggestion) int { return cmp.Compare(b.Product, a.Product) })
	return ranked, unweighed
}
