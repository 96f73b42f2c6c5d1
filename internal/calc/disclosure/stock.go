package disclosure

import "math"

// stockBase is what a stock is rounded to: more than the threshold of General, and no less than that of Special.
const stockBase = 10

// StockRounding is how far a shown stock may be from the exact one.
const StockRounding = stockBase / 2

// Stock is an amount of the same people who are counted again and again: those in post this quarter, the next, and as they are expected
// in a year. What two of them differ by tells of those who came and left, so a stock is rounded to ten: of two that are neighbours
// nobody need have left, and between others at least as many did as the threshold. It is hidden where the people, or the
// amount, are fewer than the threshold, and so is nought.
func Stock(amount float64, people int, topic Topic) Figure {
	if people < topic.threshold() || amount < float64(topic.threshold()) {
		return Figure{state: hidden, topic: topic}
	}
	return Figure{state: shown, rounded: stockBase * int(math.Round(amount/stockBase)), topic: topic}
}

// MayBeStock says whether Stock could have given a value: what comes from elsewhere is held to it.
func MayBeStock(rounded int) bool { return rounded >= stockBase && rounded%stockBase == 0 }

// Portion is a part of a stock: what is shown of it, how much it is, and the most that it can be as everybody knows.
type Portion struct {
	Shown        Figure
	Amount, Most float64
}

// Narrows says whether a stock that is shown tells of a hidden part, or of several together that are fewer than the threshold, what the
// rest does not: that somebody is in it, or that it is less than the most that everybody knows of.
func Narrows(whole Figure, parts []Portion, topic Topic) bool {
	all, ok := whole.Value()
	if !ok {
		return false
	}
	var hidden []Portion
	low, high := 0.0, 0.0 // of the parts that are shown
	for _, p := range parts {
		v, ok := p.Shown.Value()
		if !ok {
			hidden = append(hidden, p)
			continue
		}
		low += math.Max(0, float64(v-StockRounding))
		high += math.Min(p.Most, float64(v+StockRounding))
	}
	for set := 1; set < 1<<min(len(hidden), 12); set++ {
		amount, most, rest, n := 0.0, 0.0, 0.0, 0
		for i, p := range hidden {
			if set>>i&1 == 1 {
				amount, most, n = amount+p.Amount, most+p.Most, n+1
			} else {
				rest += p.Most
			}
		}
		if n > 1 && amount >= float64(topic.threshold()) {
			continue
		}
		if float64(all-StockRounding)-high-rest > 1e-9 || float64(all+StockRounding)-low < most-1e-9 {
			return true
		}
	}
	return false
}
