package strict

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// own decodes itself from a number that is not under 0, day from a text.
type own int

func (o *own) UnmarshalJSON(data []byte) error {
	n, err := strconv.Atoi(string(data))
	switch {
	case err != nil:
		return errors.New("no number")
	case n < 0:
		return errors.New("under zero")
	}
	*o = own(n)
	return nil
}

type day string

func (d *day) UnmarshalText(text []byte) error {
	if len(text) != len("2026-01-02") {
		return fmt.Errorf("%s is no day", text)
	}
	*d = day(text)
	return nil
}

func TestObject(t *testing.T) {
	type input struct { // of every shape that a calculator uses
		N    int    `json:"n"`
		List []int  `json:"list,omitempty"`
		Not  string `json:"-"`
		Deep map[string][]*struct {
			X int `json:"x"`
		} `json:"deep"`
		Any json.RawMessage    `json:"any"`
		Map map[string]float64 `json:"map"`
		Own []own              `json:"own"`
		Day map[string]day     `json:"day"`
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

		`{"deep":{"a":[{"x":1},{"X":2}]}}`:                   `deep.a[1]: unknown key "X"`,
		`{"deep":{"a":[{"x":1,"x":2}]}}`:                     `deep.a[0]: key "x" appears twice`,
		`{"deep":{"a":[],"a":[]}}`:                           `"a" appears twice`,
		`{"any":` + strings.Repeat("[", 99):                  "nested deeper",
		`{"deep":{"a":[{"x":1}`:                              "ends too early",
		`{"deep":3}`:                                         "deep cannot hold a number",
		`{"list":[1,null]}`:                                  "list[1]: null in the list",
		`{"map":{"a":null}}`:                                 "map.a: null is no value",
		`{"any":{"free":1,"Free":2,"free":3}}`:               `"free" appears twice`,
		`{"any":{"free":{"a":[1,{"b":1,"b":2}]}}}`:           `any.free.a[1]: key "b" appears twice`,
		`{"deep":{"a":[{"x":1}],"b":[{"x":1},{"x":"two"}]}}`: `deep.b[1].x cannot hold a string`,
		`{"deep":{"b":[{"x":2.0},{"x":1.5}]}}`:               `deep.b[1].x cannot hold a number 1.5`,
		`{"deep":{"b":[{"x":1},[2]]}}`:                       `deep.b[1] cannot hold an array`,
		`{"deep":{"b":{"x":1}}}`:                             `deep.b cannot hold an object`,
		`{"list":[ 1 , true ]}`:                              `list[1] cannot hold a bool`,
		`{"map":{"a":1,"b":[1]}}`:                            `map.b cannot hold an array`,
		`{"map":{"":{"":0,""0`:                               `map."": key "" appears twice`,
		`{"any":{"":{"":0,"":0}}}`:                           `any."": key "" appears twice`,
		`{"own":[1,2,-3]}`:                                   `own[2]: under zero`,
		`{"own":[{"a":[1]}]}`:                                `own[0]: no number`,
		`{"day":{"a":"2026-01-02"," b ":"soon"}}`:            `day. b : soon is no day`,
		`{"day":{"a":7}}`:                                    `day.a cannot hold a number`,
	} {
		if err := Object([]byte(in), &got); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", in, err, want)
		}
	}
}
