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

// placed is what is wrong at a path.
type placed struct {
	path string
	err  error
}

func (p *placed) Error() string { return p.path + ": " + p.err.Error() }
func (p *placed) Unwrap() error { return p.err }

// within puts a step in front of the path. An error without a path is of the value itself.
func within(step string, err error) error {
	var inner *placed
	if step == "" {
		step = `""`
	}
	switch {
	case !errors.As(err, &inner):
		return &placed{step, err}
	case inner.path[0] == '[':
		return &placed{step + inner.path, inner.err}
	}
	return &placed{step + "." + inner.path, inner.err}
}

// broken says that the text is no JSON, wherever that is.
func broken(err error) bool {
	var syntax *json.SyntaxError
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, errDeep) || errors.As(err, &syntax)
}

// try decodes the value that begins after the place from and was just read.
func (r *reader) try(t reflect.Type, from int64) error {
	if r.tried == nil || t == nil {
		return nil
	}
	raw := bytes.TrimLeft(r.tried[from:r.InputOffset()], " \t\r\n,:")
	return json.Unmarshal(raw, reflect.New(t).Interface())
}

// reason turns the decoder's error into a sentence for the person at the shell.
func reason(err error) error {
	var typ *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	var where *placed
	switch {
	case err == nil:
		return nil
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("the JSON ends too early")
	case errors.As(err, &where) && errors.As(where.err, &typ):
		return fmt.Errorf("%s cannot hold %s", where.path, article(typ.Value))
	case errors.As(err, &typ):
		return fmt.Errorf("the JSON holds %s that cannot be used", article(typ.Value))
	case errors.As(err, &syntax):
		return fmt.Errorf("bad JSON: %w", err)
	}
	return err
}

// article puts "a" or "an" before what encoding/json calls a value: an object, a number 2.5.
func article(value string) string {
	if strings.HasPrefix(value, "object") || strings.HasPrefix(value, "array") {
		return "an " + value
	}
	return "a " + value
}
