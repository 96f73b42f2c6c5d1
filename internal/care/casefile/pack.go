package casefile

import (
	"fmt"
	"sync"

	"gopkg.in/yaml.v3"

	"github.com/rowan-ohwb/rowan/content"
)

// ClosingReasons lists the codes of packs/closing-reasons.yaml that somebody may choose, in the order of the pack.
var ClosingReasons = sync.OnceValue(func() []string {
	b, err := content.FS.ReadFile("packs/closing-reasons.yaml")
	if err != nil {
		panic(err) // the packs are embedded: a broken file is a broken build
	}
	var pack struct {
		Reasons []struct {
			Code   string
			Chosen bool
		}
	}
	if err := yaml.Unmarshal(b, &pack); err != nil {
		panic(fmt.Errorf("closing-reasons.yaml: %w", err))
	}
	var codes []string
	for _, r := range pack.Reasons {
		if r.Chosen {
			codes = append(codes, r.Code)
		}
	}
	return codes
})
