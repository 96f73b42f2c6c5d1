package casefile

import (
	"sync"

	"github.com/rowan-ohwb/rowan/internal/platform/pack"
)

// ClosingReasons lists the codes of packs/closing-reasons.yaml that somebody may choose, in the order of the pack.
var ClosingReasons = sync.OnceValue(func() []string {
	type closing struct {
		Reasons []struct {
			Code   string
			Chosen bool
		}
	}
	var codes []string
	for _, r := range pack.BuiltIn[closing]("closing-reasons").Reasons {
		if r.Chosen {
			codes = append(codes, r.Code)
		}
	}
	return codes
})
