package strict

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

func TestObject(t *testing.T) {
	type input struct {
		N    int    `json:"n"`
		List []int  `json:"list,omitempty"`
		Not  string `json:"-"`
		Deep map[string][]*struct {
			X int `json:"x"`
		} `json:"deep"`
		Any json.RawMessage    `json:"any"`
		Map map[string]float64 `json:"map"`
	}
	var got input
	if err := Object([]byte(` {"n":1,"list":[2,3],"deep":{"a":[{"x":1},null],"A":null},"any":[{"free":[]}]} `), &got); err != nil || got.N != 1 || len(got.List) != 2 {
		t.Errorf("%+v %v", got, err)
	}
	if err := Object([]byte(`{"n": 2.0 ,"list":[3e0,-4.00,0.5E1,6,-0.0],"deep":{"a":[{"x":70e-1}]},"map":{"f":1.5,"g":2.0},"any":2.0}`), &got); err != nil ||
		got.N != 2 || !slices.Equal(got.List, []int{3, -4, 5, 6, 0}) || got.Deep["a"][0].X != 7 || got.Map["f"] != 1.5 || string(got.Any) != "2.0" {
		t.Errorf("whole numbers written as floats: %+v %v", got, err)
	}
	if err := Object([]byte(`{"n":null,"list":null,"deep":null}`), &got); err != nil {
		t.Error("null for a key is as if it were absent:", err)
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
		`{"n":2.5e0}`:        "n cannot hold a number 2.5e0",
		`{"n":1e300}`:        "n cannot hold a number",
		`{"n":1e999}`:        "n cannot hold a number",
		`{"list":[2.0,2.5]}`: "cannot hold a number 2.5",
		`{"n":1,}`:           "bad JSON",
		`{"list":[1,"two"]}`: "cannot hold a string",

		`{"deep":{"a":[{"x":1},{"X":2}]}}`:     `unknown key "X"`,
		`{"deep":{"a":[{"x":1,"x":2}]}}`:       `"x" appears twice`,
		`{"deep":{"a":[],"a":[]}}`:             `"a" appears twice`,
		`{"any":` + strings.Repeat("[", 99):    "nested deeper",
		`{"deep":{"a":[{"x":1}`:                "ends too early",
		`{"deep":3}`:                           "deep cannot hold a number",
		`{"list":[1,null]}`:                    "list: null in the list",
		`{"map":{"a":null}}`:                   "a: null is no value",
		`{"any":{"free":1,"Free":2,"free":3}}`: `"free" appears twice`,
	} {
		if err := Object([]byte(in), &got); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", in, err, want)
		}
	}
}
