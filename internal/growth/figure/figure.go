package figure

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
)

// State says whether there is a value, and why there is none. The four reasons are never mixed up, nor taken for zero.
type State string

// The states.
const (
	Known        State = "known"
	Hidden       State = "hidden"        // too small to show
	NotCollected State = "not_collected" // nobody measured it
	NotDeclared  State = "not_declared"  // it was asked for and not answered
	Nothing      State = "nothing"       // measured, and there were no events to make it of
)

// Ref names a figure: kind is a book's, name is the book's own.
type Ref struct{ Kind, Name string }

// ParseRef reads "kind/name".
func ParseRef(s string) (Ref, bool) {
	kind, name, ok := strings.Cut(s, "/")
	return Ref{kind, name}, ok && kind != "" && name != ""
}

func (r Ref) String() string { return r.Kind + "/" + r.Name }

// Path is the page of the figure as it is now.
func (r Ref) Path() string { return "/figures/" + r.Kind + "/" + r.Name }

// PathOf is the page of the figure of a period, as it is now; of the zero period it is Path.
func (r Ref) PathOf(period civil.Date) string {
	if period.IsZero() {
		return r.Path()
	}
	return r.Path() + "?period=" + period.String()
}

// Figure is a number with everything that says where it came from.
type Figure struct {
	Ref        Ref
	Title      string // what it is, in words
	State      State
	Value      string     // as a page shows it, with its unit; "" unless Known
	Number     *float64   // nil unless Known
	Period     civil.Date // first day of the period it describes; zero where it has none
	PeriodText string     // "October 2026", "2024 survey"
	Definition string     // what is counted, over what, and which clock
	Version    string     // of the definition: "K02, version 1"
	Changed    string     // what that version counts differently from the one before, in one line; "" where nobody says. Not kept: a citation is of its own version
	Source     string     // where the data came from
	SourceAt   time.Time  // when the source was last filled
	More       string     // path of the page that shows it in full
	Doubts     []string   // why it may not be relied on today, each in a few words: its simulation is out of date. Not kept
}

// Digest identifies what the figure says: definition version, period, state and value.
func (f Figure) Digest() string {
	sum := sha256.Sum256([]byte(strings.Join([]string{f.Ref.String(), f.Version, f.Period.String(), string(f.State), f.Value}, "\x1f")))
	return hex.EncodeToString(sum[:])
}

// Book is what a slice offers. Every method runs as the actor, behind the growth wall.
type Book interface {
	// Kinds lists the kinds of reference the book knows.
	Kinds() []string
	// List gives the latest figure of each reference, in the order of its own pages.
	List(ctx context.Context, a access.Actor, now time.Time) ([]Figure, error)
	// Figure gives one: of a period, or the latest if the period is zero. fault.Missing if there is none.
	Figure(ctx context.Context, a access.Actor, now time.Time, ref Ref, period civil.Date) (Figure, error)
}

// Shelf is a book that reads what all of its figures are made of at once.
type Shelf interface {
	Book
	// Open gives the book as it stands now, for this actor.
	Open(ctx context.Context, a access.Actor, now time.Time) (Book, error)
}

// Library joins the books.
type Library struct {
	books  []Book
	kinds  map[string]Book
	opened map[Book]Book // by shelf, while one page is made; nil in the library of the house
}

// Reading is the library while one page is made for one actor: a shelf is opened once, however many of its figures are asked
// for. It is not for several goroutines.
func (l *Library) Reading() *Library {
	return &Library{books: l.books, kinds: l.kinds, opened: map[Book]Book{}}
}

// NewLibrary makes a library.
func NewLibrary(books ...Book) *Library {
	l := &Library{kinds: map[string]Book{}}
	l.Add(books...)
	return l
}

// Add puts books in, before anybody reads. A slice that relies on figures may offer some too: it is given the library
// first. Two books of one kind are a mistake of the composition root.
func (l *Library) Add(books ...Book) {
	for _, b := range books {
		l.books = append(l.books, b)
		for _, k := range b.Kinds() {
			if l.kinds[k] != nil {
				panic(fmt.Sprintf("two books of figures of kind %s", k))
			}
			l.kinds[k] = b
		}
	}
}

// List gives every figure there is.
func (l *Library) List(ctx context.Context, a access.Actor, now time.Time) ([]Figure, error) {
	var all []Figure
	for _, b := range l.books {
		part, err := b.List(ctx, a, now)
		if err != nil {
			return nil, err
		}
		all = append(all, part...)
	}
	return all, nil
}

// Find gives one figure.
func (l *Library) Find(ctx context.Context, a access.Actor, now time.Time, ref Ref, period civil.Date) (Figure, error) {
	b := l.kinds[ref.Kind]
	if b == nil {
		return Figure{}, fault.Missing("figure")
	}
	if shelf, ok := b.(Shelf); ok && l.opened != nil {
		if l.opened[b] == nil {
			opened, err := shelf.Open(ctx, a, now)
			if err != nil {
				return Figure{}, err
			}
			l.opened[b] = opened
		}
		b = l.opened[b]
	}
	return b.Figure(ctx, a, now, ref, period)
}
