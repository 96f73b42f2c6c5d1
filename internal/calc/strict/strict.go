// Package strict decodes JSON for the calculators and refuses what encoding/json
// lets pass: unknown keys, keys that differ only in case, the same key twice,
// and anything after the value, at every depth; and null inside a list of plain
// values, which would be read as 0. A whole number may be written 2.0 or 2e0, as
// other languages write it; 2.5 is none. What is wrong is named by its path, such as
// people[3].band. A calculator that silently ignored a misspelt
// "fix_afer" would answer a question that nobody asked.
package strict

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// deepest is far beyond any input of a calculator, and a bound on the recursion.
const deepest = 32

// Object decodes one JSON object into the struct that v points to. Only keys
// named in a json tag of a struct are allowed, exactly as written; a map takes
// any key once, and a type that decodes itself judges its own keys.
func Object(data []byte, v any) error {
	dec := &reader{Decoder: json.NewDecoder(bytes.NewReader(data))}
	dec.UseNumber() // how large a number may be is for the field to say
	if start := bytes.TrimLeft(data, " \t\r\n"); len(start) > 0 && start[0] != '{' {
		return errors.New("the input is not a JSON object")
	}
	if err := check(dec, reflect.TypeOf(v).Elem(), 0); err != nil {
		return reason(err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return errors.New("there is something after the JSON value")
	}
	data = dec.rewritten(data)
	err := json.Unmarshal(data, v)
	if err == nil {
		return nil
	}
	// encoding/json does not say which entry of a list it was: look for it.
	dec = &reader{Decoder: json.NewDecoder(bytes.NewReader(data)), tried: data}
	dec.UseNumber()
	if found := check(dec, reflect.TypeOf(v).Elem(), 0); found != nil {
		err = found
	}
	return reason(err)
}

// reader notes on its way the whole numbers that are not written as such. With tried, the text that it reads, it tries
// each value on its type as well.
type reader struct {
	*json.Decoder
	wholes []whole
	tried  []byte
}

// whole is where one ends, how long it is, and how encoding/json wants it.
type whole struct {
	end    int64
	length int
	digits string
}

// note takes a number that was just read for an integer.
func (r *reader) note(n json.Number) {
	const biggest = 1 << 53 // beyond, not every whole number is a float
	x, err := n.Float64()
	if err == nil && x == math.Trunc(x) && math.Abs(x) <= biggest && strings.ContainsAny(n.String(), ".eE") {
		r.wholes = append(r.wholes, whole{r.InputOffset(), len(n), strconv.FormatInt(int64(x), 10)})
	}
}

func (r *reader) rewritten(data []byte) []byte {
	if len(r.wholes) == 0 {
		return data
	}
	var out []byte
	from := 0
	for _, w := range r.wholes {
		out = append(append(out, data[from:int(w.end)-w.length]...), w.digits...)
		from = int(w.end)
	}
	return append(out, data[from:]...)
}

var (
	decodesItself = reflect.TypeFor[json.Unmarshaler]()
	decodesText   = reflect.TypeFor[encoding.TextUnmarshaler]()
)

// errNull is null where the type has no way to keep it. For a key of a struct that
// is as if the key were absent; for an entry of a list it is a mistake.
var (
	errNull      = errors.New("null is no value here")
	errNullEntry = errors.New("null in the list: every entry needs a value")
	errDeep      = fmt.Errorf("the JSON is nested deeper than %d levels", deepest)
)

// check reads one value. A nil type means that nothing is known about its keys.
func check(dec *reader, t reflect.Type, depth int) error {
	if depth > deepest {
		return errDeep
	}
	plain := t != nil && !slices.Contains([]reflect.Kind{reflect.Pointer, reflect.Slice, reflect.Map, reflect.Interface}, t.Kind())
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	from, itself := dec.InputOffset(), t
	if t != nil && (reflect.PointerTo(t).Implements(decodesItself) || reflect.PointerTo(t).Implements(decodesText)) {
		t, plain = nil, plain && !reflect.PointerTo(t).Implements(decodesItself)
	}
	token, err := dec.Token()
	if err != nil {
		return err
	}
	switch token {
	case json.Delim('{'):
		err = checkKeys(dec, t, depth)
	case json.Delim('['):
		err = checkEntries(dec, t, depth)
	case nil:
		if plain {
			return errNull
		}
	default:
		if n, ok := token.(json.Number); ok && t != nil && t.Kind() >= reflect.Int && t.Kind() <= reflect.Uint64 {
			dec.note(n)
		}
		return dec.try(itself, from)
	}
	if err == nil && token != nil {
		_, err = dec.Token() // the closing bracket
	}
	if err == nil {
		err = dec.try(itself, from)
	}
	return err
}

func checkEntries(dec *reader, t reflect.Type, depth int) error {
	var element reflect.Type
	if t != nil && (t.Kind() == reflect.Slice || t.Kind() == reflect.Array) {
		element = t.Elem()
	}
	for i := 0; dec.More(); i++ {
		err := check(dec, element, depth+1)
		if err == errNull {
			err = errNullEntry
		}
		if err != nil && !broken(err) {
			return within("["+strconv.Itoa(i)+"]", err)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func checkKeys(dec *reader, t reflect.Type, depth int) error {
	seen := map[string]bool{}
	for dec.More() {
		token, err := dec.Token()
		if err != nil {
			return err
		}
		key, _ := token.(string) // the decoder allows nothing else here
		var value reflect.Type
		if t != nil {
			switch t.Kind() {
			case reflect.Struct:
				var ok bool
				if value, ok = field(t, key); !ok {
					return fmt.Errorf("unknown key %q", key)
				}
			case reflect.Map:
				value = t.Elem()
			}
		}
		if seen[key] {
			return fmt.Errorf("key %q appears twice", key)
		}
		seen[key] = true
		err = check(dec, value, depth+1)
		switch {
		case err == errNull && t.Kind() == reflect.Struct:
		case err != nil && !broken(err):
			return within(key, err)
		case err != nil:
			return err
		}
	}
	return nil
}

// field is the type of the field that a tag names exactly so.
func field(t reflect.Type, key string) (reflect.Type, bool) {
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if name == key && name != "" && name != "-" {
			return t.Field(i).Type, true
		}
	}
	return nil, false
}
