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
