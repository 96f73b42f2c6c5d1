package disclosure

// Split is a share as two counts that may leave together, of exact ones. Besides what is too small itself, it hides a part whose
// rest is too small: whoever is given 95 of 100 who were seen in time knows of about five who were not. The whole may then still be
// shown, as it says nothing of how it is divided. Where the whole is hidden, the part is.
func Split(part, whole int, topic Topic) (p, w Figure) {
	if part > whole {
		panic("disclosure: a part greater than its whole")
	}
	p, w = Count(part, topic), Count(whole, topic)
	if w.state != shown || topic.Rule().Hides(whole-part) {
		p = Figure{state: hidden, topic: topic}
		if whole == 0 && w.state == shown {
			p = w
		}
	}
	return p, w
}

// Tells says whether a percentage of a month may be published for everybody beside the counts that leave of it: where it is what they make,
// and so tells nothing that they do not. A percentage of a month whose part is hidden would tell a small rest.
func Tells(percent float64, part, whole Figure) bool {
	n, ok := Share(part, whole).Value()
	return ok && percent == float64(n)
}

// RoundedShare is part of whole per cent, of counts that Count has rounded: shown from 11 up.
func RoundedShare(part, whole int) (percent float64, ok bool) {
	return Rate(Figure{state: shown, rounded: part}, Figure{state: shown, rounded: whole}, 100)
}

// MayBeShown says whether Count could have given a value: what comes from elsewhere is held to it.
func MayBeShown(rounded int, topic Topic) bool {
	rule := topic.Rule()
	return rounded%base == 0 && (rounded == 0 && !rule.Zero || rounded >= Round(rule.Threshold))
}
