package hindsight

import "testing"

// TestErred: the two means are of all weeks, whichever way single weeks were.
func TestErred(t *testing.T) {
	if _, _, ok := (Back{}).Erred(); ok {
		t.Error("without weeks there is nothing to say")
	}
	expected, happened, ok := Back{Weeks: []Week{{Middle: 60, Happened: 80}, {Middle: 70, Happened: 66}, {Middle: 80, Happened: 94}, {Middle: 90, Happened: 100}}}.Erred()
	if !ok || expected != 75 || happened != 85 {
		t.Errorf("expected %v, happened %v", expected, happened)
	}
}

// TestOutside: weeks are counted against the band, and it errs one way only where twice as many weeks lie on that side.
func TestOutside(t *testing.T) {
	weeks := func(happened ...float64) (b Back) {
		for _, x := range happened {
			b.Weeks = append(b.Weeks, Week{Low: 50, Middle: 60, High: 70, Happened: x})
		}
		return b
	}
	for _, c := range []struct {
		b               Back
		side            Side
		longer, shorter int
		ok              bool
	}{
		{Back{}, Both, 0, 0, false},
		{weeks(50, 60, 70), Both, 0, 0, false},
		{weeks(40, 49, 60, 71), Shorter, 1, 2, true},
		{weeks(40, 49, 71, 80, 90), Both, 3, 2, true},
		{weeks(80, 60, 60), Longer, 1, 0, true},
		{weeks(49), Shorter, 0, 1, true},
	} {
		side, longer, shorter, ok := c.b.Outside()
		if ok != c.ok || longer != c.longer || shorter != c.shorter || ok && side != c.side {
			t.Errorf("%v: %s, %d longer, %d shorter, %v", c.b.Weeks, side, longer, shorter, ok)
		}
	}
}
