package form_test

import (
	"net/url"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

func TestThing(t *testing.T) {
	f := form.Fresh()
	id, err := f.Own()
	if err != nil || id == uuid.Nil || form.Fresh().Get("id") == id.String() {
		t.Errorf("a fresh form has the id %s, %v", id, err)
	}
	for _, bad := range []string{"", "x", uuid.Nil.String()} {
		if _, err := form.Of(url.Values{"id": {bad}}).Own(); fault.KindOf(err) != fault.NotFound {
			t.Errorf("the id %q gives %v, want not found", bad, err)
		}
	}
	at := time.Date(2026, 11, 22, 9, 30, 1, 234567000, time.UTC)
	if got := form.Of(url.Values{"seen": {form.Stamp(at.In(time.FixedZone("", 3600)))}}).Seen(); !got.Equal(at) {
		t.Errorf("seen is %s, want %s", got, at)
	}
	if !form.Of(url.Values{"seen": {"yesterday"}}).Seen().IsZero() {
		t.Error("what is no time was seen")
	}
	for text, want := range map[string]int{"": -1, "12": 12, "£1,250": 1250, "1.5": -1, "x": -1} {
		if got := form.Of(url.Values{"n": {text}}).Whole("n"); got != want {
			t.Errorf("%q is %d, want %d", text, got, want)
		}
	}
}

func TestDay(t *testing.T) {
	want := civil.Date{Year: 2026, Month: time.July, Day: 1} // in summer time, when London's midnight is not that of UTC
	v := url.Values{}
	form.SetDay(v, "on", want)
	f := form.Of(v)
	if got := f.Day("on"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	form.SetDay(v, "none", civil.Date{})
	if got := f.Day("none"); !got.IsZero() || f.Bad() || len(v) != 3 {
		t.Errorf("no day is %s, %v", got, v)
	}
	v.Set("on-day", "31")
	v.Set("on-month", "2")
	if got := f.Day("on"); !got.IsZero() || f.Faults.Of("on") == nil {
		t.Errorf("31 February is %s, %v", got, f.Faults)
	}
}

func TestNameOf(t *testing.T) {
	f, q := form.Of(nil), form.Field{Name: "why", Key: "form.yes"}
	if form.NameOf(form.Text(f, q)) != "why" || form.NameOf(form.Date(f, q)) != "why" || form.NameOf(form.Submit("form.yes")) != "" {
		t.Error("a question does not know its name, or a button has one")
	}
}
