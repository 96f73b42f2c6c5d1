package strict

import (
	"strings"
	"testing"
)

func TestObject(t *testing.T) {
	type input struct {
		N    int    `json:"n"`
		List []int  `json:"list,omitempty"`
		Not  string `json:"-"`
	}
	var got input
	if err := Object([]byte(` {"n":1,"list":[2,3]} `), &got); err != nil || got.N != 1 || len(got.List) != 2 {
		t.Errorf("%+v %v", got, err)
	}
	for in, want := range map[string]string{
		``:                   "ends too early",
		`{"n":1`:             "ends too early",
		`{"n":`:              "ends too early",
		`null`:               "not a JSON object",
		`[]`:                 "not a JSON object",
		`{"N":1}`:            `unknown key "N"`,
		`{"Not":"x"}`:        `unknown key "Not"`,
		`{"n":1,"n":2}`:      `"n" appears twice`,
		`{"n":1}x`:           "something after",
		`{"n":1} {"n":1}`:    "something after",
		`{"n":"1"}`:          "n cannot hold a string",
		`{"n":1.5}`:          "n cannot hold a number",
		`{"n":1,}`:           "bad JSON",
		`{"list":[1,"two"]}`: "cannot hold a string",
	} {
		if err := Object([]byte(in), &got); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", in, err, want)
		}
	}
}
