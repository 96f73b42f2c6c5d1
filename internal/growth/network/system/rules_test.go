package system

import (
	"slices"
	"strconv"
	"testing"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
)

var october = civil.MustParse("2026-10-01")

func value(code, name string, month civil.Date, part, whole int, definition string) Value {
	v := Value{Who: Who{"key", code}, Name: name, Figure: release.Figure{Metric: "K10", Month: month, Definition: definition, State: release.Known, Part: &part, Whole: &whole}}
	if whole == 0 {
		v.State = release.Nothing
	}
	return v
}

func hidden(v Value) Value {
	v.State, v.Part = release.Hidden, nil
	return v
}

// TestCompare: only organisations of which every month is known, under one version of the definition, stand beside each other; who is
// not in it is named with the reason.
func TestCompare(t *testing.T) {
	p, err := release.Load(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	m, _ := p.Find("K10")
	september, v1 := october.AddMonths(-1), "K10, version 1"
	values := []Value{
		value("BBBBBB", "", september, 20, 200, v1), value("BBBBBB", "", october, 30, 200, v1),
		value("AAAAAA", "", september, 10, 100, v1), value("AAAAAA", "", october, 10, 100, v1),
		value("CCCCCC", "Moors", september, 15, 150, v1), value("CCCCCC", "Moors", october, 15, 150, v1),
		value("DDDDDD", "", september, 15, 150, v1), hidden(value("DDDDDD", "", october, 3, 150, v1)),
		value("EEEEEE", "", october, 15, 150, v1),
		value("FFFFFF", "", september, 15, 150, v1), value("FFFFFF", "", october, 15, 150, "K10, version 0"),
		value("GGGGGG", "", september, 0, 0, v1), value("GGGGGG", "", october, 0, 0, v1),
	}
	c, err := compare(m, values, october, 2, 9, p, Who{"key", "AAAAAA"})
	if err != nil || c.Enough != Yes || c.Covered != 7 || c.Of != 9 || c.Definition != v1 || len(c.Months) != 2 || c.Changed {
		t.Fatalf("%+v %v", c, err)
	}
	var order, left []string
	for _, u := range c.Units {
		order = append(order, u.Code+strconv.Itoa(u.Part)+"/"+strconv.Itoa(u.Whole))
	}
	for _, l := range c.Left {
		left = append(left, l.Code+string(l.Why))
	}
	// By name, named ones first: a table by figures would be a ranking.
	if !slices.Equal(order, []string{"CCCCCC30/300", "AAAAAA20/200", "BBBBBB50/400"}) || !c.Units[1].Own || c.Units[0].Own {
		t.Errorf("%v", order)
	}
	if !slices.Equal(left, []string{"DDDDDDfew", "EEEEEEmonths", "FFFFFFdefinition", "GGGGGGnothing"}) {
		t.Errorf("%v", left)
	}
	if c.Funnel.Target != 100.0/900 || len(c.Funnel.Limits) != curve || c.Units[0].Label == "" {
		t.Errorf("%+v", c.Funnel)
	}
	if values[0].Code != "BBBBBB" {
		t.Error("what was handed in has changed")
	}
}

// TestEnough: three organisations, and none over 80%.
func TestEnough(t *testing.T) {
	p, err := release.Load(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	for name, x := range map[string]struct {
		whole []int
		want  Enough
	}{"none": {nil, FewUnits}, "two": {[]int{100, 100}, FewUnits}, "three": {[]int{100, 100, 100}, Yes}, "80%": {[]int{80, 10, 10}, Yes}, "over 80%": {[]int{82, 9, 9}, Dominated}} {
		var units []Unit
		for _, w := range x.whole {
			units = append(units, Unit{Whole: w})
		}
		if got := enough(units, p); got != x.want {
			t.Errorf("%s: %s, want %s", name, got, x.want)
		}
	}
}

// TestWindow: months are joined as far back as the definition was the same.
func TestWindow(t *testing.T) {
	values := []Value{value("A", "", october, 1, 10, "v2"), value("B", "", october, 1, 10, "v2"), value("C", "", october, 1, 10, "v1"), value("A", "", october.AddMonths(-1), 1, 10, "v2"), value("A", "", october.AddMonths(-2), 1, 10, "v1")}
	months, definition, changed := window(values, october, 3)
	if definition != "v2" || !changed || len(months) != 2 || months[0] != october.AddMonths(-1) {
		t.Errorf("%v %s %v", months, definition, changed)
	}
	if months, _, changed = window(values, october, 1); changed || len(months) != 1 {
		t.Errorf("%v %v", months, changed)
	}
	// Before anything was shared nothing has changed.
	if months, _, changed = window(values[:4], october, 3); changed || len(months) != 2 {
		t.Errorf("%v %v", months, changed)
	}
	if got := prevailing([]Value{value("A", "", october, 1, 10, "v1"), value("B", "", october, 1, 10, "v2")}, october); got != "v2" {
		t.Errorf("of two that are used alike: %s", got)
	}
}
