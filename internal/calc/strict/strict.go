// Package strict decodes JSON for the calculators and refuses what encoding/json
// lets pass: unknown keys, keys that differ only in case, the same key twice,
// and anything after the value. A calculator that silently ignored a misspelt
// "fix_afer" would answer a question that nobody asked.
package strict

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
)

// Object decodes one JSON object into the struct that v points to. Only keys
// named in a json tag of that struct are allowed, exactly as written.
func Object(data []byte, v any) error {
	allowed := keys(reflect.TypeOf(v).Elem())
	dec := json.NewDecoder(bytes.NewReader(data))
	open, err := dec.Token()
	if err != nil {
		return reason(err)
	}
	if open != json.Delim('{') {
		return errors.New("the input is not a JSON object")
	}
	seen := map[string]bool{}
	for dec.More() {
		tok, err := dec.Token()
		if err != nil {
			return reason(err)
		}
		key, _ := tok.(string) // the decoder allows nothing else here
		switch {
		case !allowed[key]:
			return fmt.Errorf("unknown key %q", key)
		case seen[key]:
			return fmt.Errorf("key %q appears twice", key)
		}
		seen[key] = true
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return reason(err)
		}
	}
	if _, err := dec.Token(); err != nil {
		return reason(err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return errors.New("there is something after the JSON value")
	}
	return reason(json.Unmarshal(data, v))
}

func keys(t reflect.Type) map[string]bool {
	m := map[string]bool{}
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if name != "" && name != "-" {
			m[name] = true
		}
	}
	return m
}

// reason turns the decoder's error into a sentence for the person at the shell.
func reason(err error) error {
	var typ *json.UnmarshalTypeError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("the JSON ends too early")
	case errors.As(err, &typ):
		if typ.Field == "" {
			return fmt.Errorf("the JSON holds a %s that cannot be used", typ.Value)
		}
		return fmt.Errorf("%s cannot hold a %s", typ.Field, typ.Value)
	}
	return fmt.Errorf("bad JSON: %w", err)
}
