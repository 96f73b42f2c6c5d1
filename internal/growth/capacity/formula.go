package capacity

// Formula is what the arithmetic of waiting lists says beside the simulation.
type Formula struct {
	Load float64 `json:"load"`
}
