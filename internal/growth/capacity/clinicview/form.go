// Package clinicview asks what a scenario changes of the clinics that a service plans by the week, and shows it.
package clinicview

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"github.com/rowan-ohwb/rowan/internal/growth/capacity/clinics"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// seen is the hidden field that says which clinics the form was made of: its fields are by their place among them.
const seen = "clinics_seen"

// parts are the fields of a clinic, in their order.
var parts = []string{"role", "sessions", "slots", "minutes"}

// field is the name of a field of the clinics at a place; of the new one behind the last.
func field(at int, part string) string { return "clinic_" + strconv.Itoa(at) + "_" + part }

// print is the same for the same clinics.
func print(now []clinics.Group) string {
	const enough = 8
	sum := sha256.Sum256(fmt.Append(nil, now))
	return hex.EncodeToString(sum[:enough])
}

// Begin puts into a form which clinics it is made of.
func Begin(v url.Values, now []clinics.Group) { v.Set(seen, print(now)) }

// Names are those of the fields, in their order on the page.
func Names(now []clinics.Group) (out []string) {
	for i := range len(now) + 1 {
		for _, part := range parts {
			out = append(out, field(i, part))
		}
	}
	return out
}

// Read reads what was typed, with its faults; role tells whether a profession is known. What is as it was is no change.
func Read(f *form.Form, now []clinics.Group, role func(string) bool) (out clinics.Changes) {
	typed := func(i int) bool {
		return slices.ContainsFunc(parts, func(part string) bool { return f.Get(field(i, part)) != "" })
	}
	if old := f.Get(seen); old != "" && old != print(now) {
		for _, name := range Names(now) {
			if f.Get(name) != "" {
				f.Faults.Add(name, "capacity.add.clinics.seen")
				break
			}
		}
	}
	f.Values.Set(seen, print(now))
	var at []int
	for i := range len(now) + 1 {
		if !typed(i) {
			continue
		}
		var c clinics.Change
		if i < len(now) {
			c = clinics.Change{Name: now[i].Name, Role: now[i].Role, Was: now[i].Size}
		} else {
			c.Role = f.Get(field(i, "role"))
		}
		if c.To.Sessions = c.Was.Sessions; f.Get(field(i, "sessions")) != "" {
			c.To.Sessions = f.Decimal(field(i, "sessions"), "capacity.number")
		}
		c.To.Slots, _ = f.Int(field(i, "slots"), "capacity.add.clinics.slots.range", 1, clinics.MostSlots)
		c.To.Minutes, _ = f.Int(field(i, "minutes"), "capacity.add.clinics.minutes.range", clinics.LeastMinutes, clinics.MostMinutes)
		if c = c.Filled(); c.To != c.Was {
			out, at = append(out, c), append(at, i)
		}
	}
	for k, i := range at { // one by one, so that each fault stands beside its field
		for _, bad := range (clinics.Changes{out[k]}).Check(role) {
			for _, part := range parts {
				if bad.Name == clinics.Field(0, part) && f.Faults.Of(field(i, part)) == nil {
					bad.Name = field(i, part)
					f.Faults = append(f.Faults, bad)
				}
			}
		}
	}
	return out
}

// open says that a clinic has something typed, or a fault.
func open(f form.Form, at int) bool {
	return slices.ContainsFunc(parts, func(part string) bool {
		return f.Get(field(at, part)) != "" || f.Faults.Of(field(at, part)) != nil
	})
}

// size writes sessions, appointments and minutes.
func size(ctx context.Context, s clinics.Size) string {
	return locale.T(ctx, "capacity.clinics.size", "n", number(s.Sessions), "slots", s.Slots, "minutes", s.Minutes)
}

// title is what clinics are called: their name and whose they are, or only that where no name may be shown.
func title(ctx context.Context, name, role string) string {
	whose := locale.Key("capacity.role." + role)
	if name == "" {
		return locale.T(ctx, "capacity.clinics.unnamed", "role", whose)
	}
	return locale.T(ctx, "capacity.clinics.named", "name", name, "role", whose)
}

func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// asked is the field of a clinic, with what there is now.
func asked(ctx context.Context, g clinics.Group, at int, part string) form.Field {
	now := map[string]string{"sessions": number(g.Sessions), "slots": strconv.Itoa(g.Slots), "minutes": strconv.Itoa(g.Minutes)}[part]
	args := []any{"clinic", locale.T(ctx, "capacity.clinics.each", "title", title(ctx, g.Name, g.Role), "slots", g.Slots, "n", g.Minutes), "now", now}
	key := map[string]string{"sessions": "capacity.add.clinics.sessions", "slots": "capacity.add.clinics.slots", "minutes": "capacity.add.clinics.minutes"}[part]
	return form.Field{Name: field(at, part), Key: key, Args: args, Width: 5}
}
