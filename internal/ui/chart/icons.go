package chart

import "github.com/rowan-ohwb/rowan/internal/calc/spc"

// iconForm is how an icon looks: its colour class, its letter and its arrow.
type iconForm struct{ class, letter, arrow string }

const (
	arrowUp   = "M32 34L32 16M26 22L32 15L38 22"
	arrowDown = "M32 14L32 32M26 26L32 33L38 26"
)

var variationForms = map[spc.Variation]iconForm{
	spc.VariationCommonCause:     {"common", "", ""},
	spc.VariationImprovementHigh: {"improvement", "H", arrowUp},
	spc.VariationImprovementLow:  {"improvement", "L", arrowDown},
	spc.VariationConcernHigh:     {"concern", "H", arrowUp},
	spc.VariationConcernLow:      {"concern", "L", arrowDown},
	spc.VariationNeutralHigh:     {"neutral", "H", arrowUp},
	spc.VariationNeutralLow:      {"neutral", "L", arrowDown},
}

var assuranceForms = map[spc.Assurance]iconForm{
	spc.Pass:      {"improvement", "P", ""},
	spc.Fail:      {"concern", "F", ""},
	spc.HitOrMiss: {"common", "?", ""},
}
