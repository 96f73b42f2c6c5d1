package framework

// Part is a text of a theme that differs between two versions.
type Part struct {
	What          string // title, use, internal, procured or evidence
	Level         int    // 0 for the theme as a whole
	Before, After string
}

// Change is how a theme differs between two versions.
type Change struct {
	Code, Title string // as it is now, or was
	Kind        string
	Parts       []Part
}

// The kinds of a change.
const (
	Added   = "added"
	Removed = "removed"
	Changed = "changed"
)

// Diff lists, theme by theme in the order of the newer version, what differs; themes that are gone come last. A theme is the same by its
// code, wherever it stands.
func Diff(before, after []Theme) (out []Change) {
	for _, t := range after {
		old, there := Find(before, t.Code)
		c := Change{Code: t.Code, Title: t.Title, Kind: Changed, Parts: parts(old, t)}
		if !there {
			c.Kind = Added
		}
		if len(c.Parts) > 0 {
			out = append(out, c)
		}
	}
	for _, t := range before {
		if _, there := Find(after, t.Code); !there {
			out = append(out, Change{Code: t.Code, Title: t.Title, Kind: Removed, Parts: parts(t, Theme{})})
		}
	}
	return out
}

func parts(a, b Theme) (out []Part) {
	add := func(what string, level int, before, after string) {
		if before != after {
			out = append(out, Part{what, level, before, after})
		}
	}
	add("title", 0, a.Title, b.Title)
	add("use", 0, used(a), used(b))
	for n := 1; n <= Levels; n++ {
		add(Internal, n, at(a.Levels, n), at(b.Levels, n))
		add(Procured, n, at(a.Bought, n), at(b.Bought, n))
		add("evidence", n, a.Counts(n), b.Counts(n))
	}
	return out
}

// used is what a theme is about, said in one way; "" for none.
func used(t Theme) string {
	if t.Use == "" && t.Code != "" {
		return Internal
	}
	return t.Use
}

// Same says whether what is rated of a theme is the same in two versions: its words for one kind of service, and its evidence.
func Same(a, b Theme, use string) bool {
	for n := 1; n <= Levels; n++ {
		if at(a.Words(use), n) != at(b.Words(use), n) || a.Counts(n) != b.Counts(n) {
			return false
		}
	}
	return a.Title == b.Title
}
