package load

import (
	"context"
	"slices"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Verdict says in one sentence how many things are red and amber.
func Verdict(ctx context.Context, list []Look) string {
	red := 0
	for _, x := range list {
		if x.Red {
			red++
		}
	}
	amber := len(list) - red
	switch {
	case red == 0:
		return locale.T(ctx, "load.verdict.amber", "n", amber)
	case amber == 0:
		return locale.T(ctx, "load.verdict.red", "n", red)
	}
	return locale.T(ctx, "load.verdict.both", "n", red, "amber", amber)
}

// Poor says that something that was counted needs a look, and not only that something is not collected: then whoever plans to grow is told.
func Poor(list []Look) bool {
	return slices.ContainsFunc(list, func(x Look) bool { return !strings.HasSuffix(x.Key, ".none") })
}
