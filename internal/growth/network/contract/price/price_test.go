package price

import (
	"testing"

	"pgregory.net/rapid"
)

func TestText(t *testing.T) {
	for text, want := range map[string]Pence{"0": 0, "45": 4500, "45.5": 4550, "£1,250.05": 125005, " 12 000 ": 1200000, "1000000000": Most} {
		if got, err := Parse(text); err != nil || got != want {
			t.Errorf("%q: %d, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "-1", "1.234", ".5", "5.", "1e3", "1000000000.01", "99999999999", "twelve", "٤٥"} {
		if got, err := Parse(text); err == nil {
			t.Errorf("%q: %d", text, got)
		}
	}
	for p, want := range map[Pence]string{0: "£0", 5: "£0.05", 4500: "£45", 123450: "£1,234.50", 100000000: "£1,000,000", -250: "-£2.50"} {
		if p.String() != want {
			t.Errorf("%d: %s", p, p)
		}
	}
}

// What is written is read again.
func TestTextAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := Pence(rapid.Int64Range(0, int64(Most)).Draw(t, "p"))
		if got, err := Parse(p.String()); err != nil || got != p {
			t.Fatalf("%d is written %s and read %d, %v", p, p, got, err)
		}
	})
}

// However the months of some years are divided, nothing is lost and nothing is made, and no month is more than a penny from another.
func TestBlock(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		year := Pence(rapid.Int64Range(0, int64(Most)).Draw(t, "year"))
		years := rapid.IntRange(1, 10).Draw(t, "years")
		sum, at := Pence(0), 0
		for at < 12*years {
			to := min(at+rapid.IntRange(1, 9).Draw(t, "months"), 12*years)
			sum, at = sum+Block(year, at, to), to
		}
		if sum != year*Pence(years) {
			t.Fatalf("%d a year comes to %d in %d years", year, sum, years)
		}
		m := rapid.IntRange(0, 120).Draw(t, "month")
		if d := Block(year, m, m+1) - year/12; d < 0 || d > 1 {
			t.Fatalf("month %d of %d is %d from a twelfth", m, year, d)
		}
	})
}

// A band has an inside, an outside below and one above, in this order, and what is expected lies inside.
func TestPlace(t *testing.T) {
	for n, want := range map[int]Band{0: Below, 53: Below, 54: Within, 60: Within, 66: Within, 67: Above} {
		if got := Place(n, 120, 10, 6); got != want {
			t.Errorf("%d of 120 a year in 6 months: %s, want %s", n, got, want)
		}
	}
	order := map[Band]int{Below: 0, Within: 1, Above: 2}
	rapid.Check(t, func(t *rapid.T) {
		expected, percent := rapid.IntRange(1, 1_000_000).Draw(t, "expected"), rapid.IntRange(0, 100).Draw(t, "percent")
		months, n := rapid.IntRange(1, 24).Draw(t, "months"), rapid.IntRange(0, 3_000_000).Draw(t, "n")
		if order[Place(n, expected, percent, months)] > order[Place(n+1, expected, percent, months)] {
			t.Fatal("one more lies lower")
		}
		if Place(expected, expected, percent, 12) != Within {
			t.Fatal("what is expected is outside")
		}
		if wider := Place(n, expected, min(percent+1, 100), months); Place(n, expected, percent, months) == Within && wider != Within {
			t.Fatal("a wider band holds less")
		}
		m := n + rapid.IntRange(0, 10).Draw(t, "more")
		want := PlaceOf(n, m, expected, percent, months)
		for k := n; k <= m; k++ {
			if got := Place(k, expected, percent, months); want != Edge && got != want {
				t.Fatalf("%d lies %s, all of %d to %d %s", k, got, n, m, want)
			}
		}
	})
}

// A verdict holds for every share that fits what is told, and there is one of each kind where there is none.
func TestReachOf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		part := Span{Least: rapid.IntRange(0, 40).Draw(t, "part")}
		part.Most = part.Least + rapid.IntRange(0, 7).Draw(t, "wider part")
		// Some share fits: the most of the whole is no less than the least of its part.
		whole := Span{Most: rapid.IntRange(max(part.Least, 1), 57).Draw(t, "whole")}
		whole.Least = whole.Most - rapid.IntRange(0, min(7, whole.Most-1)).Draw(t, "wider whole")
		target, atMost := rapid.IntRange(0, 100).Draw(t, "target"), rapid.Bool().Draw(t, "at most")
		met, missed := 0, 0
		for p := part.Least; p <= part.Most; p++ {
			for w := max(p, whole.Least); w <= whole.Most; w++ {
				if atMost && 100*p <= target*w || !atMost && 100*p >= target*w {
					met++
				} else {
					missed++
				}
			}
		}
		want := Close
		switch {
		case missed == 0:
			want = Met
		case met == 0:
			want = Missed
		}
		if got := ReachOf(part, whole, target, atMost); got != want {
			t.Fatalf("part %v of %v, target %d, at most %v: %s, want %s", part, whole, target, atMost, got, want)
		}
	})
}
