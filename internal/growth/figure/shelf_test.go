package figure

import (
	"context"
	"testing"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

// counted is a shelf that knows how often it was opened.
type counted struct{ opened int }

func (c *counted) Kinds() []string { return []string{"x"} }
func (c *counted) List(context.Context, access.Actor, time.Time) ([]Figure, error) {
	return nil, nil
}

func (c *counted) Figure(_ context.Context, _ access.Actor, _ time.Time, ref Ref, period civil.Date) (Figure, error) {
	return Figure{Ref: ref, Period: period, State: Known}, nil
}

func (c *counted) Open(context.Context, access.Actor, time.Time) (Book, error) {
	c.opened++
	return c, nil
}

// TestShelf: several figures of a page open a shelf once, and the next page opens it anew.
func TestShelf(t *testing.T) {
	shelf := &counted{}
	s := New(nil, NewLibrary(shelf))
	for range 2 {
		one, two := Citation{Figure: Figure{Ref: Ref{"x", "one"}}}, Citation{Figure: Figure{Ref: Ref{"x", "two"}}}
		all, err := s.CheckAll(t.Context(), access.Actor{}, time.Time{}, one, two, one)
		if err != nil || len(all) != 3 || all[1].Now.Ref.Name != "two" {
			t.Fatal(all, err)
		}
	}
	if shelf.opened != 2 {
		t.Errorf("opened %d times", shelf.opened)
	}
}
