package montecarlo

import (
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/strict"
)

func decode(t testing.TB, data string) Input {
	t.Helper()
	var in Input
	if err := strict.Object([]byte(data), &in); err != nil {
		t.Fatal(err)
	}
	return in
}
