package clinicview

import (
	"context"
	"math"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/growth/capacity/clinics"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// Gives is what a profession gives a week now, by its name; "all" where the ledger names none.
type Gives map[string]float64

// table lays the clinics that there are beside those of a scenario.
func table(ctx context.Context, now []clinics.Group, changes clinics.Changes) nhsuk.TableParams {
	t := func(key string, args ...any) string { return locale.T(ctx, "capacity.clinics."+key, args...) }
	p := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: t("caption"), Size: "m"}, Head: nhsuk.Heads(t("what"), t("now"))}
	if len(changes) > 0 {
		p.Head = nhsuk.Heads(t("what"), t("now"), t("then"))
	}
	row := func(name, there, then string) {
		cells := nhsuk.Cells(name, there, then)
		p.Rows = append(p.Rows, cells[:len(p.Head)])
	}
	to := func(c clinics.Change) string {
		if c.To.Sessions == 0 {
			return t("closed")
		}
		return size(ctx, c.To)
	}
	for _, g := range now {
		then := t("same")
		if i := slices.IndexFunc(changes, func(c clinics.Change) bool { return c.Name == g.Name && c.Role == g.Role && c.Was == g.Size }); i >= 0 {
			then = to(changes[i])
		}
		row(title(ctx, g.Name, g.Role), size(ctx, g.Size), then)
	}
	for _, c := range changes {
		switch {
		case c.New():
			row(title(ctx, c.Name, c.Role), t("none"), to(c))
		case !c.Stands(now):
			row(title(ctx, c.Name, c.Role), t("otherwise", "was", size(ctx, c.Was)), to(c))
		}
	}
	return p
}

// gives says, of each profession with other clinics, how many appointments that makes.
func gives(ctx context.Context, now []clinics.Group, changes clinics.Changes, given Gives) (out []string) {
	room := clinics.Room(now)
	var roles []string
	for _, c := range changes {
		if !slices.Contains(roles, c.Role) {
			roles = append(roles, c.Role)
		}
	}
	slices.Sort(roles)
	whole := func(x float64) string { return number(math.Round(x)) }
	for _, role := range roles {
		is, there, everybody := given[role], room[role], false
		if x, one := given["all"]; one { // the ledger names no professions, so all clinics are of one list
			if role != roles[0] {
				break
			}
			is, there, everybody = x, 0, true
			for _, r := range room {
				there += r
			}
		}
		then, _ := changes.Gives(role, everybody, is, room)
		name := "capacity.role." + role
		if everybody {
			name = "capacity.role.all"
		}
		if there == 0 && is == 0 {
			out = append(out, locale.T(ctx, "capacity.clinics.gives.new", "role", locale.Key(name), "then", whole(then)))
			continue
		}
		out = append(out, locale.T(ctx, "capacity.clinics.gives", "role", locale.Key(name), "n", whole(there), "given", whole(is), "then", whole(then)))
	}
	return out
}

// stands says that all that changes is as it was when the scenario was made.
func stands(now []clinics.Group, changes clinics.Changes) bool {
	return !slices.ContainsFunc(changes, func(c clinics.Change) bool { return !c.Stands(now) })
}
