// Package fault names the few kinds of error that a user may be told about. Everything else is internal: it
// is logged, and its text never reaches a page.
package fault

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Kind decides the status and the words a user sees.
type Kind int

// The kinds. Forbidden looks like NotFound to the user, so that a page never tells whether a thing exists.
const (
	Internal Kind = iota
	Invalid
	NotFound
	Forbidden
	Conflict
	Unavailable
	SignIn     // a session is needed
	StepUp     // a fresh second factor is needed
	Unreadable // sealed text that does not open: altered, moved, or sealed with another key
)

// Error carries a kind and, for Conflict and Unavailable, the key of the words that explain it.
type Error struct {
	Kind Kind
	Key  string // key of the public message in content/words
	err  error
}

func (e *Error) Error() string {
	if e.err != nil {
		return e.err.Error()
	}
	return e.Key
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.err }

// New makes an error of a kind with the key of its public message.
func New(k Kind, key string) error { return &Error{Kind: k, Key: key} }

// Wrap gives a cause a kind and a public message.
func Wrap(k Kind, key string, err error) error { return &Error{Kind: k, Key: key, err: err} }

// Missing is the error for a thing that does not exist, or that the actor may not know about.
func Missing(what string) error {
	return &Error{Kind: NotFound, Key: "fault.not_found", err: fmt.Errorf("%s not found", what)}
}

// KindOf finds the kind of an error; an error of no kind is Internal.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// KeyOf finds the key of the public message, or "".
func KeyOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Key
	}
	return ""
}

// Field is one thing wrong with what somebody typed: data, never an error value.
type Field struct {
	Name string // name of the form field; the error summary links to it
	Key  string // key of the message
	Args []any  // name, value, name, value ...
}

// Fields collects what is wrong with a form, in page order.
type Fields []Field

// Add notes one more.
func (f *Fields) Add(name, key string, args ...any) {
	*f = append(*f, Field{Name: name, Key: key, Args: args})
}

// Text notes a text that is empty, under its key, or longer than most characters.
func (f *Fields) Text(name, key, value string, most int) {
	if strings.TrimSpace(value) == "" {
		f.Add(name, key)
		return
	}
	f.Long(name, value, most)
}

// Long notes a text that is longer than most characters.
func (f *Fields) Long(name, value string, most int) {
	if utf8.RuneCountInString(value) > most {
		f.Add(name, "form.too_long", "n", most)
	}
}

// Merge puts what a rule found, in the order of its list, together with what could not be read. A field has one fault,
// and the one of reading wins: a date that is none is not a missing date as well. What else could not be read stands last.
func (f *Fields) Merge(found Fields) {
	read := *f
	out := make(Fields, 0, len(read)+len(found))
	for _, x := range found {
		if out.Of(x.Name) != nil {
			continue
		}
		if typed := read.Of(x.Name); typed != nil {
			x = *typed
		}
		out = append(out, x)
	}
	for _, x := range read {
		if found.Of(x.Name) == nil {
			out = append(out, x)
		}
	}
	*f = out
}

// Order sorts by where the fields stand on the page; names lists them from top to bottom, and one that is not on it
// stands last.
func (f Fields) Order(names []string) {
	place := func(x Field) int {
		if i := slices.Index(names, x.Name); i >= 0 {
			return i
		}
		return len(names)
	}
	slices.SortStableFunc(f, func(a, b Field) int { return place(a) - place(b) })
}

// Of gives the first fault of a field, or nil.
func (f Fields) Of(name string) *Field {
	for i := range f {
		if f[i].Name == name {
			return &f[i]
		}
	}
	return nil
}
